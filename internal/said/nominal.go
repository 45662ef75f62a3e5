package said

import "github.com/onrecord/onrecord/internal/news"

// findNoun looks for a statement whose cue is noun n: "the ministry's claim that
// the port is safe", "fears of a strike".
func (r *reading) findNoun(n int) {
	if r.taken[n] {
		return
	}
	if r.claimNoun(n) {
		return
	}
	senses := r.senses(r.cues.nouns, n)
	if len(senses) == 0 {
		return
	}
	for _, s := range senses {
		pieces, ok := r.nounComplement(n, s.frame)
		if !ok {
			continue
		}
		src, known := r.holder(n)
		weight := s.weight
		if !known {
			// "the decision to close the port" is somebody's; that a noun and an
			// infinitive or an "of" stand together says little.
			if s.frame != frameThat {
				return
			}
			weight -= 0.15
		}
		from := n
		if h := r.tok(n).Head; h >= 0 && h < n && n-h < 4 && r.rel(n, "obj") && r.supports(h) && r.finite(h) && !r.taken[h] {
			from = r.groupFrom(h)
		}
		r.add(finding{cue: n, cueFrom: from, cueTo: n + 1, source: src, pieces: pieces, act: s.act, frame: s.frame, weight: weight})
		return
	}
}

// claimNoun: "a claim of responsibility for the raid by the front".
func (r *reading) claimNoun(n int) bool {
	_, end := r.sentence(n)
	if n+2 >= end || r.lemma(n) != "claim" || r.word(n+1) != "of" || r.word(n+2) != "responsibility" {
		return false
	}
	src := noSource
	from, to := n+2, n+3
	for i := n + 3; i+1 < end && i < n+12 && !r.finite(i); i++ {
		switch r.word(i) {
		case "for":
			if h := r.tok(i).Head; h > i && from == n+2 {
				from, to = i+1, max(h+1, r.hi[h])
			}
		case "by", "from":
			if h := r.tok(i).Head; h > i && src.head < 0 {
				src, to = r.phrase(h), min(to, max(i, n+3))
			}
		}
	}
	if src.head < 0 {
		src, _ = r.holder(n)
	}
	return r.add(finding{cue: n, cueFrom: n, cueTo: n + 2, source: src, pieces: r.pieces(from, to), act: news.ClaimResponsibility, frame: frameObj, weight: 0.85})
}

func (r *reading) nounComplement(n int, f frame) ([]piece, bool) {
	switch f {
	case frameThat:
		for _, c := range r.doc.Children(n) {
			if c < n || !r.rel(c, "acl", "ccomp", "advcl", "dep") {
				continue
			}
			m := r.thatMark(c)
			if m < n || r.gap(c, m) {
				continue
			}
			return r.pieces(m+1, r.nounEnd(n, r.hi[c])), r.substantial(m+1, r.hi[c])
		}
		// The parser may hang the clause on the verb before: "trusts the claim | that".
		if m := n + 1; m+2 < len(r.doc.Tokens) && r.word(m) == "that" && r.rel(m, "mark") && r.tok(m+1).UPOS != "VERB" && r.tok(m+1).UPOS != "AUX" {
			if c := r.tok(m).Head; c > m && r.rel(n, "obj", "obl", "nmod") {
				return r.pieces(m+1, r.nounEnd(n, r.hi[c])), r.substantial(m+1, r.hi[c])
			}
		}
		if from, to, ok := r.clauseAfterThat(n); ok {
			return r.pieces(from, r.nounEnd(n, to)), r.substantial(from, to)
		}
		// "Their hope was that the port would open."
		if h := r.tok(n).Head; h >= 0 && r.rel(n, "nsubj") && h > n {
			if m := r.thatMark(h); m > n && r.doc.Child(h, "cop") >= 0 && r.doc.Child(h, "cop") < m {
				return r.pieces(m+1, r.cut(n, r.hi[h])), true
			}
			for _, c := range r.doc.Children(h) {
				if c > h && r.rel(c, "ccomp") && r.lemma(h) == "be" {
					from := r.clauseFrom(c, h)
					return r.pieces(from, r.cut(n, r.hi[c])), true
				}
			}
		}
	case frameTo:
		for _, c := range r.doc.Children(n) {
			if m := r.toMark(c); c > n && r.rel(c, "acl", "xcomp", "advcl") && m > n {
				return r.pieces(m, r.infinitiveEnd(n, m, r.hi[c])), true
			}
		}
		// The parser may hang it on the light verb: "renewed its threat | to strike".
		if m := n + 1; m+1 < len(r.doc.Tokens) && r.word(m) == "to" && r.tok(m+1).XPOS == "VB" && r.rel(n, "obj") && r.tok(m+1).Head == r.tok(n).Head && r.supports(r.tok(n).Head) {
			return r.pieces(m, r.infinitiveEnd(n, m, r.hi[m+1])), true
		}
		return r.nounPreposition(n, "to")
	case frameObj:
	default:
		return r.nounPreposition(n, f.preposition())
	}
	return nil, false
}

// nounEnd is where the clause of noun n ends that is known to reach to token to.
// Where the noun is an object, what follows without a comma belongs to the
// clause too.
func (r *reading) nounEnd(n, to int) int {
	if h := r.tok(n).Head; h >= 0 && h < n && r.rel(n, "obj", "obl", "xcomp") {
		return r.contentEnd(h, to)
	}
	return r.clip(n, r.cut(n, to))
}

// infinitiveEnd is nounEnd for an infinitive that begins at token m. Where the
// noun is a subject, the sentence's verb ends it: "the plan to sell the park |
// drew few complaints".
func (r *reading) infinitiveEnd(n, m, to int) int {
	if r.tok(n).Head >= 0 && !r.rel(n, "nsubj") {
		return r.nounEnd(n, to)
	}
	for i := m + 2; i < to; i++ {
		if x := r.tok(i).XPOS; x == "WDT" || x == "WP" || x == "IN" && r.tok(i).UPOS == "SCONJ" || r.separates(i) {
			break
		}
		if r.finite(i) && r.tok(i-1).UPOS != "PRON" {
			to = i
			break
		}
	}
	return r.nounEnd(n, to)
}

// nounPreposition: "accusations of fraud", "criticism of the plan".
func (r *reading) nounPreposition(n int, preposition string) ([]piece, bool) {
	for _, c := range r.doc.Children(n) {
		if c < n || !r.rel(c, "nmod", "acl", "obl") || !r.marked(c, preposition) {
			continue
		}
		if t := r.tok(c); t.UPOS == "PRON" || t.UPOS == "NUM" || t.UPOS == "DET" {
			return nil, false
		}
		from := r.lo[c]
		for from < c && (r.word(from) == preposition || r.punct(from)) {
			from++
		}
		to := r.hi[c]
		for _, d := range r.doc.Children(n) {
			if d > c && r.lo[d] == to && preposition == "against" && r.marked(d, "of") {
				to = r.hi[d] // "allegations against the bank | of fraud"
			}
		}
		return r.pieces(from, r.clip(n, r.cut(n, to))), true
	}
	// The parser may hang it on the light verb: "voiced doubts | over the count".
	if m := n + 1; m+1 < len(r.doc.Tokens) && r.word(m) == preposition && r.rel(m, "case", "mark") && r.rel(n, "obj") {
		if c := r.tok(m).Head; c > m && r.tok(c).Head == r.tok(n).Head && r.nominal(c) && r.tok(c).UPOS != "PRON" && !r.inTime(c) && r.supports(r.tok(n).Head) {
			return r.pieces(m+1, r.clip(n, r.cut(n, r.hi[c]))), true
		}
	}
	return nil, false
}

// clauseAfterThat reads "a warning that | the cliff could fall" by its words where the
// parser took "that" for a relative pronoun: a clause with a subject of its own,
// and not what one does with such a noun, "the claim that he made".
func (r *reading) clauseAfterThat(n int) (from, to int, ok bool) {
	_, end := r.sentence(n)
	m := n + 1
	if m+2 >= end || r.word(m) != "that" || r.tok(m+1).UPOS == "VERB" || r.tok(m+1).UPOS == "AUX" || r.tok(m+1).UPOS == "ADV" || r.punct(m+1) {
		return 0, 0, false
	}
	c := m + 1
	for c < end && c < m+12 && !r.finite(c) {
		if r.separates(c) {
			return 0, 0, false
		}
		c++
	}
	if c >= end || !r.finite(c) {
		return 0, 0, false
	}
	if h := r.tok(c).Head; r.tok(c).UPOS == "AUX" && h > c && h < end {
		c = h
	}
	if (r.supports(c) || r.gap(c, m)) && !r.objectAfter(c) {
		return 0, 0, false
	}
	to = r.hi[c]
	if r.lo[c] <= n {
		for to = c + 1; to < end && !r.separates(to) && !r.finite(to) && r.tok(to).Form != "."; {
			to++
		}
	}
	return m + 1, to, to > m+1
}

// thatMark is the "that" of clause c, -1 where it has none.
func (r *reading) thatMark(c int) int {
	for _, m := range r.doc.Children(c) {
		if m < c && r.word(m) == "that" && r.rel(m, "mark", "nsubj", "obj", "det", "advmod") {
			return m
		}
	}
	return -1
}

// gap reports whether "that" is a relative pronoun in clause c: "a claim that
// surprised many".
func (r *reading) gap(c, that int) bool {
	if r.rel(that, "obj") && r.doc.Child(c, "nsubj") > that && (r.passive(c) || r.modal(c) || r.objectAfter(c)) {
		return false // "fears that the dam may burst", "claims that officials took bribes"
	}
	if r.rel(that, "nsubj", "obj") || r.tok(c).Deprel == "acl:relcl" && r.supports(c) && !r.objectAfter(c) { // "the claim that he made"
		return true
	}
	if r.rel(c, "acl") && !r.objectAfter(c) && !r.passive(c) && r.doc.Child(c, "nsubj") > that && r.doc.Child(c, "ccomp", "xcomp") < 0 {
		switch r.lemma(c) { // "a charge that its neighbour rejected as a fairy tale"
		case "reject", "deny", "dismiss", "refute", "dispute", "contest", "rebut", "repeat", "withdraw", "retract", "ridicule", "denounce", "describe",
			"answer", "address", "face", "substantiate", "prove", "escape":
			return true
		}
	}
	return r.tok(that).XPOS == "WDT" && r.doc.Child(c, "nsubj") < 0
}

// objectAfter reports whether verb v has an object behind it.
func (r *reading) objectAfter(v int) bool {
	for _, c := range r.doc.Children(v) {
		if c > v && r.rel(c, "obj") {
			return true
		}
	}
	return false
}

// findAdjective looks for a statement whose cue is adjective a: "The union was
// confident that talks would resume."
func (r *reading) findAdjective(a int) {
	if r.taken[a] || !r.predicative(a) {
		return
	}
	senses := r.cues.adjectives[r.lemma(a)]
	if r.tok(a).UPOS == "VERB" {
		senses = r.cues.adjectives[r.word(a)]
	}
	for _, s := range senses {
		var pieces []piece
		switch s.frame {
		case frameThat:
			for _, c := range r.doc.Children(a) {
				bare := r.rel(c, "ccomp") && r.lo[c] == a+1 && r.doc.Child(c, "nsubj") > a && !r.interrogative(a+1)
				if c > a && r.rel(c, "ccomp", "advcl", "acl") && !r.infinitive(c) && (r.thatMark(c) > a || bare) {
					pieces = r.pieces(r.clauseFrom(c, a), r.contentEnd(a, r.hi[c]))
				}
			}
		case frameTo:
			for _, c := range r.doc.Children(a) {
				if m := r.toMark(c); c > a && r.rel(c, "xcomp", "advcl", "ccomp") && m > a && m <= a+2 {
					pieces = r.pieces(m, r.contentEnd(a, r.hi[c]))
				}
			}
		default:
			p, ok := r.obliqueOf(a, a+1, s.frame.preposition())
			if ok {
				pieces = p
			}
		}
		if len(pieces) == 0 || s.act == news.DeclineComment && r.word(r.doc.TokenAt(pieces[0].start)) != "comment" {
			continue
		}
		src, known := r.subjectOf(a)
		if !known || src.head < 0 || r.word(src.head) == "it" {
			return
		}
		r.add(finding{cue: a, cueFrom: a, cueTo: a + 1, source: src, pieces: pieces, act: s.act, frame: s.frame, negative: r.negated(a), weight: s.weight})
		return
	}
}

// state reports whether participle v tells how somebody feels, which the tagger takes
// for the passive of a verb: "we are | convinced that the bridge is safe".
func (r *reading) state(v int) bool {
	return r.tok(v).XPOS == "VBN" && !r.taken[v] && len(r.cues.adjectives[r.word(v)]) > 0 && r.doc.Child(v, "aux", "cop") >= 0 && r.agent(v) < 0 && r.doc.Child(v, "obj") < 0
}

// predicative reports whether adjective a is said of a subject.
func (r *reading) predicative(a int) bool {
	return r.doc.Child(a, "cop") >= 0 || r.doc.Child(a, "nsubj") >= 0 || r.rel(a, "xcomp", "conj", "advcl", "acl")
}
