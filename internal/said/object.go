package said

import (
	"github.com/onrecord/onrecord/internal/news"
)

// objectOf: "The report noted a sharp rise in arrests." With a cue of several
// words the object is what follows them: "shed light on the deal".
func (r *reading) objectOf(v, at int, s sense) ([]piece, bool) {
	if len(s.tail) > 0 {
		if r.lemma(v) == "stop" && (at >= len(r.doc.Tokens) || !r.speechVerb(at)) {
			return nil, false // "stopped short of blaming anyone", not of buying
		}
		return r.following(v, at)
	}
	if r.passive(v) {
		// "The plan was criticised" tells whom or what, and not much more.
		if p, ok := r.subjectPiece(v); ok && (s.act == news.Accuse || r.agent(v) >= 0) {
			return []piece{p}, true
		}
		return nil, false
	}
	if r.doc.Child(v, "iobj") >= 0 {
		return nil, false // "denied them visas"
	}
	if p, ok := r.relativeObject(v, s); ok {
		pieces := []piece{p}
		if _, end := r.sentence(v); s.act == news.Accuse && v+2 < end && r.word(v+1) == "on" {
			pieces = append(pieces, r.pieces(v+1, r.contentEnd(v, v+2))...) // "an attack that they blamed | on the rebels"
		}
		return pieces, true
	}
	for _, c := range r.doc.Children(v) {
		if c < v || !r.rel(c, "obj") {
			continue
		}
		if !r.contentful(c) && !(s.act == news.Deny && r.pointsBack(c)) || r.lemma(v) == "claim" && r.counted(c) || r.noWords(v, c) {
			return nil, false
		}
		from := max(r.lo[c], at)
		if r.finite(from) {
			return nil, false // "the rules he cited | are"
		}
		return r.pieces(from, r.objectEnd(v, c)), true
	}
	return nil, false
}

// relativeObject is the claim that a relative clause answers: "a charge that Tonga
// rejected", "an offer Tonga has refused".
func (r *reading) relativeObject(v int, s sense) (piece, bool) {
	h := r.tok(v).Head
	if !s.answersBack() && s.act != news.Accuse && s.act != news.Endorse || !r.rel(v, "acl") || h < 0 || h > v || !r.nominal(h) || r.doc.Child(v, "obj") > v {
		return piece{}, false
	}
	subject := r.doc.Child(v, "nsubj")
	if subject <= h || r.tok(subject).XPOS == "WDT" || r.tok(subject).XPOS == "WP" || len(r.senses(r.cues.nouns, h)) == 0 {
		return piece{}, false
	}
	p := r.phrase(h)
	return r.bytes(p.from, p.to), true
}

// noWords reports whether the deed that v names with object c is no speech: the
// guards who denied the doctors access, the state that recalled its envoy.
func (r *reading) noWords(v, c int) bool {
	switch r.lemma(v) {
	case "deny":
		switch r.lemma(c) {
		case "access", "entry", "visa", "bail", "permission", "permit", "passage", "treatment", "care", "food", "water", "aid",
			"service", "right", "parole", "asylum", "licence", "license", "chance", "opportunity", "leave", "citizenship":
			return true
		}
		for _, o := range r.doc.Children(v) {
			if o > v && r.rel(o, "obl") && r.caseOf(o) == "to" {
				return true // "denied passage to doctors"
			}
		}
	case "recall":
		switch r.lemma(c) {
		case "charge", "chargé", "consul", "diplomat", "delegation", "team", "troop", "staff", "vehicle", "car", "product", "batch", "parliament", "player":
			return true
		}
		return r.acts.speakers[r.lemma(c)] && r.doc.Child(c, "nmod:poss") >= 0
	}
	return false
}

// pointsBack reports whether the object is a bare pronoun for what was said
// before: "The army denied this."
func (r *reading) pointsBack(c int) bool {
	switch r.word(c) {
	case "this", "that", "it":
		return r.hi[c]-r.lo[c] == 1
	}
	return false
}

// contentful leaves out objects that say nothing by themselves: pronouns, times
// and reflexives.
func (r *reading) contentful(c int) bool {
	t := r.tok(c)
	if (t.UPOS == "PRON" || t.UPOS == "DET") && r.hi[c]-r.lo[c] < 3 {
		return false
	}
	return !(r.inTime(c) && r.hi[c]-r.lo[c] <= 2)
}

// counted reports whether object c is a number of lives: "the flood claimed
// eight people" claims nothing.
func (r *reading) counted(c int) bool {
	switch r.lemma(c) {
	case "life", "victim":
		return true
	}
	return r.doc.Child(c, "nummod") >= 0 || r.tok(c).UPOS == "NUM"
}

// following is the phrase that begins at token at, after a cue of several words.
func (r *reading) following(v, at int) ([]piece, bool) {
	_, end := r.sentence(v)
	if at >= end || r.punct(at) && r.quoteAt[at] < 0 || r.finite(at) || r.word(at-1) == "to" && r.tok(at).XPOS == "VB" && r.takesInfinitive(v) {
		return nil, false
	}
	best := -1
	for i := at; i < end && i < at+12; i++ {
		// the highest token whose subtree begins in the cue or here, and holds at
		if r.lo[i] <= at && r.hi[i] > at && !r.inChain(v, i) && (best < 0 || r.hi[i] > r.hi[best]) {
			best = i
		}
	}
	if best < 0 {
		return nil, false
	}
	return r.pieces(at, r.contentEnd(v, r.hi[best])), r.substantial(at, r.hi[best])
}

// takesInfinitive tells "agreed to meet" from "pointed to meat".
func (r *reading) takesInfinitive(v int) bool {
	for _, s := range r.senses(r.cues.verbs, v) {
		if s.frame == frameTo && len(s.tail) == 0 {
			return true
		}
	}
	return false
}

// inChain reports whether token i is v or governs it.
func (r *reading) inChain(v, i int) bool { return r.lo[i] <= v }

// commandOf: "The council urged both sides to withdraw."
func (r *reading) commandOf(v, at int, s sense) ([]piece, bool) {
	if r.passive(v) {
		return r.passiveCommand(v, at)
	}
	object := at
	if len(s.tail) == 0 {
		o := r.doc.Child(v, "obj", "iobj")
		if o < at {
			o = r.doc.Child(v, "ccomp", "xcomp")
			// "wants the state to act" may be one clause with a subject
			if o < at || r.toMark(o) < 0 || r.doc.Child(o, "nsubj") < at {
				return nil, false
			}
			return r.pieces(max(at, r.lo[o]), r.contentEnd(v, r.hi[o])), true
		}
		object = max(at, r.lo[o])
	}
	_, end := r.sentence(v)
	for i := object + 1; i+1 < end; i++ {
		if r.tok(i).Form == ";" {
			break
		}
		n := r.afterTo(i, end)
		if r.word(i) == "to" && n < end && (r.tok(n).XPOS == "VB" || (n > i+1 || len(s.tail) > 0) && r.verbLike(n, end)) || r.word(i) == "not" && r.word(i+1) == "to" {
			c := r.tok(i).Head
			if c < i || c >= end || r.lo[c] <= v {
				if r.tok(i+1).XPOS == "VB" {
					continue
				}
				c = n
			}
			if l := r.lemma(c); object == i-1 && (l == "name" || l == "identify" || l == "quote") {
				return nil, false // "asked not to be named"
			}
			return r.pieces(object, r.beforeWhich(c, r.contentEnd(v, r.hi[c]))), true
		}
	}
	return nil, false
}

// afterTo is the token after the "to" at token i, past what may stand before its
// verb: a quotation mark, an adverb. "called on them to | “at once | stop”"
func (r *reading) afterTo(i, end int) int {
	n := i + 1
	for n < end && n < i+4 && (r.mark(n) || r.tok(n).UPOS == "ADV") {
		n++
	}
	return n
}

// verbLike reports whether token i after "to" may be a verb that the tagger took
// for something else: "called on the guards to | free the boy".
func (r *reading) verbLike(i, end int) bool {
	if x := r.tok(i).XPOS; x != "JJ" && x != "NN" && x != "VBP" {
		return false
	}
	if i+1 >= end {
		return false
	}
	switch r.tok(i + 1).UPOS {
	case "DET", "PROPN", "PRON":
		return true
	}
	return false
}

// passiveCommand: "Residents were urged to stay indoors."
func (r *reading) passiveCommand(v, at int) ([]piece, bool) {
	for _, c := range r.doc.Children(v) {
		if c >= at && r.rel(c, "xcomp", "advcl", "ccomp") && r.toMark(c) >= at {
			pieces := r.pieces(r.toMark(c), r.contentEnd(v, r.hi[c]))
			if p, ok := r.subjectPiece(v); ok {
				pieces = append(pieces, p)
			}
			return pieces, true
		}
	}
	return nil, false
}

// subjectPiece is the phrase of v's subject, which in a passive is part of what
// is said.
func (r *reading) subjectPiece(v int) (piece, bool) {
	s := r.doc.Child(v, "nsubj")
	if s < 0 || r.tok(s).XPOS == "WP" || r.tok(s).XPOS == "WDT" || !r.nominal(s) {
		return piece{}, false
	}
	p := r.phrase(s)
	return r.bytes(p.from, p.to), true
}

// chargeOf: "The ministry accused its neighbour of arming the group." In the
// passive the accused is the subject.
func (r *reading) chargeOf(v, at int, preposition string) ([]piece, bool) {
	if _, end := r.sentence(v); preposition == "as" && at+2 < end && r.word(at) == "as" && !r.passive(v) {
		// "rejected as “absurd” a report that …"
		for i := at + 1; i < at+6 && i < end && !r.finite(i); i++ {
			if r.nominal(i) && r.quoteAt[i] < 0 {
				return r.pieces(at+1, r.contentEnd(v, max(r.hi[i], i+1))), true
			}
		}
	}
	var object int
	if r.passive(v) {
		object = v
	} else if o := r.doc.Child(v, "obj"); o >= at {
		object = o
	} else {
		return r.strayCharge(v, at, preposition)
	}
	for _, c := range r.doc.Children(v) {
		if c <= object || !r.rel(c, "obl", "advcl", "xcomp", "nmod", "ccomp") || !r.marked(c, preposition) {
			continue
		}
		if r.passive(v) {
			pieces := r.pieces(r.lo[c], r.contentEnd(v, r.hi[c]))
			if p, ok := r.subjectPiece(v); ok {
				pieces = append(pieces, p)
			}
			return pieces, true
		}
		return r.pieces(max(at, r.lo[object]), r.chargeEnd(v, c, r.hi[c])), true
	}
	if object == v {
		return nil, false
	}
	// The parser may hang the charge on the object: "accused him of fraud".
	for _, c := range r.doc.Children(object) {
		if c > object && r.rel(c, "nmod", "acl", "obl", "advcl") && r.marked(c, preposition) {
			return r.pieces(max(at, r.lo[object]), r.chargeEnd(v, c, r.hi[object])), true
		}
	}
	return nil, false
}

// beforeWhich cuts content that ends in a noun phrase before the comma of a clause in
// which the article explains it: "likened the dam to a sieve, | which lets all through".
func (r *reading) beforeWhich(from, to int) int {
	for i := from + 1; i+1 < to; i++ {
		if r.tok(i).Form == "," && r.quoteAt[i] < 0 {
			switch r.word(i + 1) {
			case "which", "who", "whose", "whom":
				return i
			case "the", "a", "an":
				if i+2 < to && superlative(r.word(i+2)) && !r.holdsVerb(i, to) {
					return i // "backed the plan, | the latest of three"
				}
			}
		}
	}
	return to
}

func superlative(w string) bool {
	switch w {
	case "first", "second", "third", "last", "latest", "most", "only", "biggest", "largest", "highest", "worst", "best":
		return true
	}
	return false
}

// chargeEnd is where a charge of cue v ends whose last phrase has the head c and is
// known to reach to token to: before the article explains it, and before it tells on
// what occasion the words fell: "attacked him as a fraud | during the debate".
func (r *reading) chargeEnd(v, c, to int) int {
	to = r.beforeWhich(c, r.contentEnd(v, to))
	if !r.nominal(c) {
		return to // "of being asleep when the alarm came in"
	}
	for _, h := range [...]int{v, c, v} { // "in a sermon | on Sunday": the last first
		for _, d := range r.doc.Children(h) {
			if d > c && r.lo[d] > c && r.lo[d] < to && r.hi[d] >= to && r.circumstance(d) {
				to = r.lo[d]
			}
		}
	}
	return to
}

// strayCharge reads "accused neighbouring Tonga of arming rebels" where the parser
// saw no object: everything from the cue to the end of the clause.
func (r *reading) strayCharge(v, at int, preposition string) ([]piece, bool) {
	if preposition != "of" && preposition != "for" || !r.finite(v) && !r.hasAux(v) {
		return nil, false
	}
	_, end := r.sentence(v)
	for i := at + 1; i+1 < end && i < at+12; i++ {
		if r.separates(i) || r.finite(i) {
			break
		}
		if r.word(i) != preposition || r.rel(i, "fixed") {
			continue
		}
		to := i + 1
		for to < end && !r.separates(to) {
			to++
		}
		return r.pieces(at, r.clip(v, r.cut(v, to))), r.nominal(i - 1)
	}
	return nil, false
}

// marked reports whether c is introduced by the preposition.
func (r *reading) marked(c int, preposition string) bool {
	for _, m := range r.doc.Children(c) {
		if m < c && r.rel(m, "case", "mark", "advmod") && r.word(m) == preposition {
			return true
		}
	}
	return false
}

// namingOf: "He called the vote a farce"; "She considers the plan dead."
func (r *reading) namingOf(v, at int, s sense) ([]piece, bool) {
	if r.passive(v) {
		for _, c := range r.doc.Children(v) {
			if c >= at && r.rel(c, "xcomp", "obj") && !r.infinitive(c) {
				pieces := r.pieces(max(at, r.lo[c]), r.contentEnd(v, r.hi[c]))
				if p, ok := r.subjectPiece(v); ok {
					pieces = append(pieces, p)
				}
				return pieces, true
			}
		}
		return nil, false
	}
	parts, from, to := 0, -1, 0
	for _, c := range r.doc.Children(v) {
		if c < at || r.infinitive(c) || r.punct(c) {
			continue
		}
		if r.rel(c, "obj", "iobj", "xcomp", "ccomp") {
			if r.rel(c, "ccomp") && s.frame == frameObjAdj {
				continue
			}
			parts++
			if from < 0 {
				from = max(at, r.lo[c])
			}
			to = max(to, r.hi[c])
		}
	}
	if from < 0 {
		return nil, false
	}
	to = r.contentEnd(v, to)
	if parts < 2 && !r.quotedPart(from, to) && !r.smallClause(v) && (s.frame == frameObjAdj || !r.twoPhrases(from, to)) {
		return nil, false
	}
	return r.pieces(from, to), true
}

// twoPhrases reports whether a second noun phrase begins inside the token range:
// "climate change | a hoax". The parser often takes it for one.
func (r *reading) twoPhrases(from, to int) bool {
	for i := from + 1; i < to && i < from+8; i++ {
		if r.tok(i).UPOS == "NUM" && i+1 < to && r.word(i+1) == "of" && r.nominal(i-1) {
			return true // "called the find | one of the best"
		}
		if t := r.tok(i); (t.UPOS == "ADJ" || t.XPOS == "VBN") && r.nominal(i-1) {
			return true // "the charges | unfounded"
		}
		if u := r.tok(i - 1).UPOS; r.tok(i).UPOS == "DET" && u != "ADP" && u != "VERB" && u != "SCONJ" && u != "DET" && u != "CCONJ" {
			return true
		}
	}
	return false
}

// smallClause reports whether the object and its name came as one clause.
func (r *reading) smallClause(v int) bool {
	c := r.doc.Child(v, "ccomp", "xcomp")
	return c > v && r.doc.Child(c, "nsubj") > v
}

// quotedPart reports whether some, not all, of the token range is quoted.
func (r *reading) quotedPart(from, to int) bool {
	in, out := false, false
	for i := from; i < to; i++ {
		if r.quoteAt[i] >= 0 {
			in = true
		} else if !r.punct(i) {
			out = true
		}
	}
	return in && out
}

// obliqueOf: "The party called for a boycott."
func (r *reading) obliqueOf(v, at int, preposition string) ([]piece, bool) {
	for _, c := range r.doc.Children(v) {
		if c < at || !r.rel(c, "obl", "advcl", "nmod", "xcomp", "ccomp", "obj") || !r.marked(c, preposition) {
			continue
		}
		if r.lo[c] > at+3 || r.tok(c).UPOS == "PRON" || r.inTime(c) && r.hi[c]-r.lo[c] < 4 {
			continue
		}
		from := r.lo[c]
		for from < c && r.word(from) == preposition {
			from++
		}
		return r.pieces(from, r.objectEnd(v, c)), true
	}
	// The phrase may hang on another word: "raised its voice in Geneva | against
	// the ban".
	for i := at; i < at+6 && i+1 < len(r.doc.Tokens) && !r.punct(i) && !r.finite(i); i++ {
		if r.word(i) != preposition || !r.rel(i, "case", "mark") {
			continue
		}
		h := r.tok(i).Head
		if h <= i {
			break
		}
		if i > at && at == v+1 {
			break // only right beside a cue of one word
		}
		if r.tok(h).UPOS == "PRON" || r.inTime(h) {
			break
		}
		return r.pieces(i+1, r.objectEnd(v, h)), true
	}
	return nil, false
}
