package said

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// deniedBy reports whether a relative clause begins at token n in which somebody
// answers the charge before it: "blamed the owner, | who denies any fault".
func (r *reading) deniedBy(n, to int) bool {
	if n+1 >= to || r.word(n) != "who" && r.word(n) != "which" {
		return false
	}
	for i := n + 1; i < to && i < n+5; i++ {
		if r.tok(i).UPOS != "VERB" {
			continue
		}
		for _, s := range r.senses(r.cues.verbs, i) {
			if s.act == news.Deny && len(s.tail) == 0 {
				return true
			}
		}
		break
	}
	return false
}

// cut ends content before the first remark that has a cue of its own: ", adding
// that …", ", according to …", ", the ministry said". from is the cue.
func (r *reading) cut(v, to int) int {
	q := -1
	if v >= 0 {
		q = r.quoteAt[v]
	}
	aside := v >= 0 && r.inAside(v)
	for i := v + 2; i+1 < to; i++ {
		if v >= 0 && r.tok(i).UPOS == "CCONJ" && r.quoteAt[i] == q {
			if n := r.sameSpeaker(i+1, v); n >= 0 {
				r.follows[n] = v
				return i
			}
		}
		if !r.separates(i) || r.quoteAt[i] != q {
			continue
		}
		n := i + 1
		if r.tok(i).Form == ";" || r.namesCharge(n, to) || r.deniedBy(n, to) {
			return i
		}
		if aside && r.endsAside(i) {
			r.leaveAside(v, i)
			return i
		}
		if v >= 0 && (r.newClause(i, to, v) || r.nothingMore(n, to) || r.spliced(n, to, v)) {
			return i
		}
		if r.tok(i).Form != "," {
			if k := r.closingDash(i, to); k >= 0 {
				i = k
			} else if v < 0 || r.afterDash(i, to) < to {
				return i
			}
			continue
		}
		if n < to && strings.HasSuffix(r.word(n), "ly") || n < to && (r.word(n) == "while" || r.word(n) == "also" || r.word(n) == "but" || r.word(n) == "and") {
			n++
		}
		if n < to && r.participle(n) && (r.speechVerb(n) || r.namingVerb(n)) && r.own(n) {
			return i
		}
		if r.withSaying(n, to) >= 0 {
			return i
		}
		if n < to && r.word(n) == "according" && n+1 < len(r.doc.Tokens) && r.word(n+1) == "to" {
			return i
		}
	}
	return to
}

// withSaying is the participle of a remark that begins at token n and has a speaker of
// its own: ", with the Post | reporting that …", -1 where none begins.
func (r *reading) withSaying(n, to int) int {
	if n >= to || r.word(n) != "with" {
		return -1
	}
	for v := n + 2; v < to && v < n+9; v++ {
		switch {
		case r.participle(v) && r.speechVerb(v):
			if r.nominal(v-1) && r.own(v) {
				return v
			}
			return -1
		case r.finite(v), r.punct(v):
			return -1
		}
	}
	return -1
}

// separates reports whether token i sets off a remark: a comma, a semicolon, or
// a dash with space around it.
func (r *reading) separates(i int) bool {
	switch r.tok(i).Form {
	case ",", ";", "—", "--":
		return true
	case "-", "–":
		return i > 0 && r.tok(i-1).End < r.tok(i).Start
	}
	return false
}

// newClause reports whether a clause with a subject of its own begins after the
// comma at token i, joined to an infinitive or object of cue v, which it cannot
// be part of: "vowed to rebuild, and the mayor has agreed".
func (r *reading) newClause(i, to, v int) bool {
	if i+3 >= to || r.word(i+2) == "that" || r.tok(i+1).UPOS != "CCONJ" && r.word(i+1) != "while" && r.word(i+1) != "so" {
		return false
	}
	for _, c := range r.doc.Children(v) {
		if c > v && c < i && r.rel(c, "ccomp", "csubj") && !r.infinitive(c) {
			return false // a clause may go on: "said he was ill, but he would come"
		}
	}
	for n := i + 2; n < to && n < i+14; n++ {
		if r.separates(n) {
			return false
		}
		if r.finite(n) {
			h := n
			if r.tok(n).UPOS == "AUX" && r.tok(n).Head > n {
				h = r.tok(n).Head
			}
			s := r.doc.Child(h, "nsubj")
			return s > i && s < n && !r.rel(h, "acl")
		}
	}
	return false
}

// nothingMore reports whether a remark of the article's begins at token n that the
// speaker gave no more than the claim: ", but offered no proof", ", without giving
// details", ", but did not elaborate".
func (r *reading) nothingMore(n, to int) bool {
	switch {
	case n+1 >= to:
		return false
	case r.word(n) == "without" && r.tok(n+1).XPOS == "VBG":
		n++
	case r.word(n) == "but" || r.word(n) == "and" || r.word(n) == "though" || r.word(n) == "although":
		n++
		for n < to && (r.tok(n).UPOS == "ADV" || r.word(n) == "has" || r.word(n) == "have") {
			n++
		}
	default:
		return false
	}
	negated := r.word(n-1) == "without"
	for ; n < to && (r.word(n) == "did" || r.word(n) == "do" || r.word(n) == "does" || r.word(n) == "not" || r.word(n) == "n't"); n++ {
		negated = negated || r.word(n) == "not" || r.word(n) == "n't"
	}
	if n >= to {
		return false
	}
	switch r.lemma(n) {
	case "elaborate":
		return negated
	case "decline", "refuse":
		return !negated && n+1 < to && r.word(n+1) == "to"
	case "offer", "give", "provide", "cite", "present", "produce", "name":
	default:
		return false
	}
	for i := n + 1; i < to && i < n+6; i++ {
		switch r.lemma(i) {
		case "no", "few", "little":
			negated = true
		case "proof", "evidence", "detail", "explanation", "reason", "source", "example", "figure", "name", "basis", "date", "timetable", "timeline":
			return negated
		}
	}
	return false
}

// spliced reports whether speakers begin a new clause of their own after the comma
// before token n: “I suspect they knew, | we asked them twice”.
func (r *reading) spliced(n, to, v int) bool {
	if r.quoteAt[v] < 0 || n+1 >= to || r.tok(v).UPOS != "VERB" {
		return false
	}
	s := r.subjectChild(v)
	if s < 0 || s > v || r.word(s) != "i" && r.word(s) != "we" {
		return false
	}
	w := r.word(n)
	return (w == "i" || w == "we") && (r.finite(n+1) || r.tok(n+1).UPOS == "AUX")
}

// closingDash is the partner of the dash at token i before token to, so that what
// stands between them is an aside of the speaker's; -1 where there is none.
func (r *reading) closingDash(i, to int) int {
	for n := i + 1; n < to; n++ {
		if r.tok(n).Form != "," && r.tok(n).Form != ";" && r.separates(n) {
			return n
		}
	}
	return -1
}

// namesCharge reports whether an apposition begins at token n that says what
// went before is a charge: ", allegations that the club denies".
func (r *reading) namesCharge(n, to int) bool {
	if n < to && r.tok(n).UPOS == "DET" {
		n++
	}
	if n >= to {
		return false
	}
	switch r.lemma(n) {
	case "accusation", "allegation", "charge", "claim":
		return r.tok(n).UPOS == "NOUN" && (n == 0 || r.rel(n, "appos", "conj", "parataxis", "obl", "obj", "nmod", "dep", "root"))
	}
	return false
}

// sameSpeaker is a further cue of the speaker of v from token n on, in the same
// tense and with no subject of its own, where the verb it is joined to cannot
// have its place: "said he would order a review and warned of delays"; -1 where
// there is none.
func (r *reading) sameSpeaker(n, v int) int {
	for n < len(r.doc.Tokens) && r.tok(n).UPOS == "ADV" {
		n++
	}
	if n < len(r.doc.Tokens) && r.finite(n) && r.finite(v) && r.lemma(n) == r.lemma(v) && r.speechVerb(n) && r.subjectChild(n) < n-1 {
		return n // "claimed the bridge was safe and | claims that it was tested"
	}
	if n >= len(r.doc.Tokens) || !r.finite(n) || r.tok(n).XPOS != r.tok(v).XPOS || !r.finite(v) || !r.speechVerb(n) {
		return -1
	}
	if !r.holdsVerb(v+1, n) && r.subjectChild(n) < n && (r.finite(v) || r.hasAux(v)) {
		return n // "named the boy as Ali | and said": no clause that it could join
	}
	if r.doc.Child(n, "nsubj") >= 0 {
		return -1
	}
	h := r.tok(n).Head
	switch {
	case h == v, h >= 0 && h < n && r.tok(h).XPOS != r.tok(n).XPOS:
		return n
	case h > v && h < n:
		// "condemned what it called a farce and demanded …"
		if s := r.doc.Child(h, "nsubj"); s >= 0 && pronoun(r.word(s)) {
			return n
		}
	}
	return -1
}

// own reports whether participle n has content of its own: an object, a clause
// or a phrase after it.
func (r *reading) own(n int) bool { return r.hi[n] > n+1 }
