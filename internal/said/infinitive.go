package said

import "github.com/onrecord/onrecord/internal/news"

// infinitive reports whether c is a "to" clause with no subject.
func (r *reading) infinitive(c int) bool { return r.toMark(c) >= 0 && !r.finite(c) }

// toMark is the "to" of infinitive c, -1 where it has none.
func (r *reading) toMark(c int) int {
	for _, m := range r.doc.Children(c) {
		if m < c && r.rel(m, "mark", "case") && r.word(m) == "to" {
			return m
		}
	}
	return -1
}

// infinitiveOf: "The group vowed to strike again."
func (r *reading) infinitiveOf(v, at int, s sense) ([]piece, bool) {
	for _, c := range r.doc.Children(v) {
		if c < at || !r.rel(c, "xcomp", "advcl", "ccomp", "acl") {
			continue
		}
		m := r.toMark(c)
		if m < v || m > at+4 && s.frame == frameTo && !r.rel(c, "xcomp") && !r.adverbs(at, m) {
			continue
		}
		if s.frame == frameTo && r.objectBetween(v, m) {
			continue
		}
		from := m
		if w := r.word(from - 1); from-1 >= at && (w == "not" || w == "never" || w == "n't") {
			from-- // "promised | not to close the school"
		}
		if s.act == news.DeclineComment && !r.speechTarget(c) {
			return nil, false
		}
		pieces := r.pieces(from, r.contentEnd(v, r.hi[c]))
		if r.passive(v) {
			// "He is believed to have left": what is believed holds both.
			if p, ok := r.subjectPiece(v); ok {
				pieces = append(pieces, p)
			}
		}
		return pieces, true
	}
	if n := r.pastDay(at); (s.act == news.Promise || s.act == news.Threaten) && n >= 0 {
		verb := n + 1
		if negation(r.word(n)) {
			verb++
		}
		return r.pieces(n, r.contentEnd(v, max(r.hi[verb], verb+1))), true
	}
	// "declined | to comment": the parser may take the infinitive for a noun.
	if _, end := r.sentence(v); at+1 < end && r.word(at) == "to" && r.tok(at+1).XPOS == "VB" && (s.act != news.DeclineComment || r.speechTarget(at+1)) ||
		at+1 < end && s.act == news.DeclineComment && r.word(at) == "to" && r.word(at+1) == "comment" {
		return r.pieces(at, r.contentEnd(v, r.hi[at+1])), true
	}
	return nil, false
}

// pastDay is where the infinitive begins that follows a cue at once or after a day,
// with its "not": "vowed on Monday | not to yield"; -1 where none does.
func (r *reading) pastDay(at int) int {
	n := at
	for n < at+4 && n+2 < len(r.doc.Tokens) && (r.inTime(n) || r.tok(n).UPOS == "ADP" && r.inTime(n+1)) {
		n++
	}
	m := n
	if negation(r.word(m)) && m+2 < len(r.doc.Tokens) {
		m++
	}
	if m+1 < len(r.doc.Tokens) && r.word(m) == "to" && r.tok(m+1).XPOS == "VB" && r.doc.SentenceOf(at-1) == r.doc.SentenceOf(m+1) {
		return n
	}
	return -1
}

func (r *reading) adverbs(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tok(i).UPOS != "ADV" && r.tok(i).UPOS != "PART" && !r.rel(i, "obl", "advmod") {
			return false
		}
	}
	return true
}

func (r *reading) objectBetween(v, to int) bool {
	for _, c := range r.doc.Children(v) {
		if c > v && c < to && r.rel(c, "obj", "iobj") {
			return true
		}
	}
	return false
}

// speechTarget reports whether what was declined is to speak: "declined to
// comment", and not "declined to run".
func (r *reading) speechTarget(c int) bool {
	switch r.lemma(c) {
	case "comment", "say", "answer", "speak", "discuss", "elaborate", "confirm", "name", "identify", "give", "disclose",
		"reveal", "specify", "respond", "provide", "talk", "detail", "explain", "be", "offer", "share", "tell", "address",
		"speculate", "state", "clarify", "release":
		return true
	}
	return false
}

// gerundOf: "The state denied arming the group."
func (r *reading) gerundOf(v, at int) ([]piece, bool) {
	for _, c := range r.doc.Children(v) {
		if c >= at && r.rel(c, "xcomp", "ccomp", "obj", "advcl") && r.participle(c) && r.lo[c] <= at+2 {
			if r.rel(c, "advcl") && r.lo[c] > v+1 {
				continue
			}
			return r.pieces(max(r.lo[c], at), r.contentEnd(v, r.hi[c])), true
		}
	}
	return nil, false
}
