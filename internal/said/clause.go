package said

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// findVerb looks for a statement whose cue is verb v, by the frames of cues.tsv.
func (r *reading) findVerb(v int) {
	if r.taken[v] || r.promptsReply(v) {
		return
	}
	senses := r.cues.verbs[r.lemma(v)]
	if len(senses) == 0 {
		senses = r.cues.verbs[r.word(v)] // "shed", "put": a lemma may be wrong
	}
	if len(senses) == 0 || r.quotingVerb(v) {
		return
	}
	for _, s := range senses {
		tail, ok := r.tail(v, s)
		if !ok {
			continue
		}
		pieces, ok := r.complement(v, tail, s)
		if !ok {
			continue
		}
		src, known := r.sourceOf(v)
		if !known && !r.bare(v) {
			src, known = r.nearest(v)
		}
		if r.idle(v, src, s) {
			continue
		}
		f := finding{cue: v, cueFrom: r.groupFrom(v), cueTo: tail, source: src, pieces: pieces, act: s.act, frame: s.frame, negative: r.negated(v), weight: s.weight}
		if !known {
			f.weight -= 0.2
		}
		r.add(f)
		return
	}
	for _, s := range senses {
		if tail, ok := r.tail(v, s); ok && (s.frame == frameQuote || s.frame == frameThat) && s.speaks() && r.findFronted(v, tail, s) {
			return
		}
	}
}

// quotingVerb reports whether v only brings in another cue: "was quoted as
// saying", "went on to say".
func (r *reading) quotingVerb(v int) bool {
	switch r.lemma(v) {
	case "quote", "cite":
		for _, c := range r.doc.Children(v) {
			if c > v && r.participle(c) && r.rel(c, "advcl", "xcomp", "obl", "ccomp", "acl") && r.speechVerb(c) {
				return true
			}
		}
	case "go", "come", "begin", "continue":
		for _, c := range r.doc.Children(v) {
			if c > v && r.rel(c, "xcomp", "advcl") && r.speechVerb(c) {
				return true
			}
		}
	}
	return false
}

// promptsReply reports whether v only tells what a reply is to: "Asked about
// the bridge, Lund said …".
func (r *reading) promptsReply(v int) bool {
	switch r.lemma(v) {
	case "ask", "press", "question", "respond", "reply", "speak", "talk", "comment":
	default:
		return false
	}
	h := r.tok(v).Head
	if !r.rel(v, "advcl") || h < 0 {
		return false
	}
	if x := r.tok(v).XPOS; x != "VBN" && x != "VBG" && !r.passive(v) {
		return false
	}
	return r.speechVerb(h)
}

// idle leaves out wishes and thoughts that nobody in particular is told to have
// ("anyone wanting to travel", "I want to thank …") and gerunds that only name a
// deed ("his role in supporting the club").
func (r *reading) idle(v int, s source, use sense) bool {
	if r.participle(v) && use.frame != frameThat && use.frame != frameWhomThat {
		if m := r.doc.Child(v, "mark", "case"); m >= 0 && m < v && r.tok(m).UPOS != "CCONJ" && r.tok(m).XPOS == "IN" && r.word(m) != "while" {
			return true
		}
	}
	if s.head < 0 {
		return false
	}
	switch r.word(s.head) {
	case "i", "we", "you":
		return use.frame == frameTo || use.frame == frameObjTo || r.quoteAt[v] >= 0 && !use.speaks()
	case "anyone", "anybody", "someone", "somebody", "nobody", "one", "everyone", "everybody":
		return !use.speaks()
	}
	return false
}

// bare reports whether v is an infinitive or participle that may well have no
// source of its own.
func (r *reading) bare(v int) bool {
	switch r.tok(v).XPOS {
	case "VB", "VBG", "VBN":
		return true
	}
	return false
}

// nearest is the source that stands right before a finite verb whose subject
// the parser did not see.
func (r *reading) nearest(v int) (source, bool) {
	from, _ := r.sentence(v)
	for i := v - 1; i >= from && i >= v-4; i-- {
		if r.nominal(i) {
			return r.phrase(i), true
		}
		if u := r.tok(i).UPOS; u != "ADV" && u != "AUX" && u != "PART" {
			break
		}
	}
	return noSource, false
}

// groupFrom is the first token of the verb group of v: "had also said".
func (r *reading) groupFrom(v int) int {
	from := v
	for i := v - 1; i >= 0 && i >= v-5; i-- {
		if r.tok(i).Head == v && r.rel(i, "aux", "advmod") && !r.punct(i) {
			from = i
			continue
		}
		break
	}
	return from
}

// tail matches the words of a cue after its first and returns the end of the
// cue. Up to two words may stand in between: "raised its voice".
func (r *reading) tail(v int, s sense) (int, bool) {
	at := v + 1
	_, end := r.sentence(v)
	for _, w := range s.tail {
		found := false
		for i := at; i < end && i < at+3; i++ {
			if r.word(i) == w || r.lemma(i) == w {
				at, found = i+1, true
				break
			}
			if r.punct(i) {
				break
			}
		}
		if !found {
			return 0, false
		}
	}
	return at, true
}

// complement is the content of verb v in the frame of sense s, where the cue
// ends at token at.
func (r *reading) complement(v, at int, s sense) ([]piece, bool) {
	switch s.frame {
	case frameThat, frameWhomThat, frameWh, frameWhomWh:
		return r.clauseOf(v, at, s)
	case frameTo, frameWhomTo:
		return r.infinitiveOf(v, at, s)
	case frameIng:
		return r.gerundOf(v, at)
	case frameObj:
		return r.objectOf(v, at, s)
	case frameObjTo:
		return r.commandOf(v, at, s)
	case frameObjObj, frameObjAdj:
		return r.namingOf(v, at, s)
	case frameQuote:
		return nil, false
	}
	if strings.HasPrefix(string(s.frame), "obj_") {
		return r.chargeOf(v, at, s.frame.preposition())
	}
	return r.obliqueOf(v, at, s.frame.preposition())
}

// clauseOf: "The minister said (that) the port would close."
func (r *reading) clauseOf(v, at int, s sense) ([]piece, bool) {
	first, last := -1, -1
	for _, c := range r.doc.Children(v) {
		if c < at {
			continue
		}
		if !r.clausal(c, v, s) {
			continue
		}
		if first < 0 {
			first = c
		}
		last = c
	}
	if first < 0 {
		return r.bareThat(v, at, s)
	}
	from := r.clauseStart(v, at, max(r.clauseFrom(first, v), at))
	if s.frame == frameWh || s.frame == frameWhomWh {
		if !r.interrogative(from) {
			return nil, false
		}
	}
	return r.pieces(from, r.contentEnd(v, r.hi[last])), r.substantial(from, r.hi[last])
}

// clauseStart moves the start of a clause back to the end of the cue where the
// parser left its subject outside: "says | the mayor’s row of late messages |
// was a joke". What may stand between is a time, a place or who is told.
func (r *reading) clauseStart(v, at, from int) int {
	if from <= at || r.tells(v) {
		return from
	}
	for i := at; i < from; i++ {
		c := r.below(i, v)
		switch {
		case r.punct(i), r.word(i) == "that":
			return from
		case c < 0, r.rel(c, "obl", "advmod", "nmod", "advcl"):
			return from
		case r.inTime(i):
			return from
		}
	}
	return at
}

// clausal reports whether dependent c of v can be the clause that is said.
func (r *reading) clausal(c, v int, s sense) bool {
	switch {
	case r.rel(c, "ccomp"):
		return !r.infinitive(c)
	case r.rel(c, "xcomp", "obj", "dep"):
		// A parser's slip: a complement clause has a subject or a finite verb.
		return s.weight >= 0.85 && !r.infinitive(c) && r.doc.Child(c, "nsubj") > v && (r.finite(c) || r.doc.Child(c, "cop", "aux") >= 0)
	case r.rel(c, "parataxis"):
		return s.speaks() && s.weight >= 0.9 && r.doc.Child(c, "nsubj") > v && r.lo[c] <= v+4
	case r.rel(c, "advcl", "acl"):
		m := r.doc.Child(c, "mark")
		return m > v && r.word(m) == "that"
	}
	return false
}

// bareThat reads "said (on Friday) that" and, after the surest verbs of speech,
// "said the port would close", where the parser lost the clause.
func (r *reading) bareThat(v, at int, s sense) ([]piece, bool) {
	_, end := r.sentence(v)
	if s.frame == frameWh || s.frame == frameWhomWh {
		return nil, false
	}
	from := -1
	for i := at; i < end && i <= at+6; i++ {
		if r.word(i) == "that" && r.tok(i).UPOS != "DET" && i+1 < end && (i > at || r.tok(i).XPOS != "WDT" || s.weight >= 0.9) {
			from = i + 1
			break
		}
		if r.finite(i) || r.punct(i) || i > at && s.frame != frameWhomThat && !r.inTime(i) && r.tok(i).UPOS != "ADP" && r.tok(i).UPOS != "ADV" && r.tok(i).UPOS != "DET" {
			break
		}
	}
	sure := s.frame == frameThat && s.speaks() && s.weight >= 0.9 && (r.finite(v) || r.hasAux(v)) && (r.lemma(v) == "say" || r.lemma(v) == "claim" || r.lemma(v) == "argue" || r.lemma(v) == "insist" || r.lemma(v) == "state")
	if from < 0 && sure && at < end && !r.punct(at) && r.tok(at).UPOS != "ADP" {
		from = at
	}
	if from < 0 || !r.holdsVerb(from, end) {
		return nil, false
	}
	for end > from && r.punct(end-1) && r.quoteAt[end-1] < 0 {
		end--
	}
	if from == at {
		// An inverted subject is no clause: “…”, said the man who was there.
		if v > 0 && r.comma(v-1) {
			return nil, false
		}
	}
	end = r.cut(v, end)
	return r.pieces(from, end), r.substantial(from, end)
}

// interrogative reports whether the clause at token i begins with a question
// word.
func (r *reading) interrogative(i int) bool {
	for n := i; n < i+3 && n < len(r.doc.Tokens); n++ {
		switch r.word(n) {
		case "whether", "if", "how", "why", "what", "when", "where", "who", "which", "whom", "whose":
			return true
		}
	}
	return false
}

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
		if m < v || m > at+4 && s.frame == frameTo && !r.adverbs(at, m) {
			continue
		}
		if s.frame == frameTo && r.objectBetween(v, m) {
			continue
		}
		from := m
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
	return nil, false
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

// objectOf: "The report noted a sharp rise in arrests." With a cue of several
// words the object is what follows them: "shed light on the deal".
func (r *reading) objectOf(v, at int, s sense) ([]piece, bool) {
	if len(s.tail) > 0 {
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
	for _, c := range r.doc.Children(v) {
		if c < v || !r.rel(c, "obj") {
			continue
		}
		if !r.contentful(c) {
			return nil, false
		}
		from := max(r.lo[c], at)
		return r.pieces(from, r.contentEnd(v, r.hi[c])), true
	}
	return nil, false
}

// contentful leaves out objects that say nothing by themselves: pronouns, times
// and reflexives.
func (r *reading) contentful(c int) bool {
	t := r.tok(c)
	if t.UPOS == "PRON" || t.UPOS == "DET" {
		return false
	}
	return !(r.inTime(c) && r.hi[c]-r.lo[c] <= 2)
}

// following is the phrase that begins at token at, after a cue of several words.
func (r *reading) following(v, at int) ([]piece, bool) {
	_, end := r.sentence(v)
	if at >= end || r.punct(at) && r.quoteAt[at] < 0 || r.finite(at) {
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
		if r.word(i) == "to" && r.tok(i+1).XPOS == "VB" || r.word(i) == "not" && r.word(i+1) == "to" {
			c := r.tok(i).Head
			if c < i || c >= end || r.lo[c] <= v {
				continue
			}
			return r.pieces(object, r.contentEnd(v, r.hi[c])), true
		}
	}
	return nil, false
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
	if s < 0 || r.tok(s).XPOS == "WP" || r.tok(s).XPOS == "WDT" {
		return piece{}, false
	}
	p := r.phrase(s)
	return r.bytes(p.from, p.to), true
}

// chargeOf: "The ministry accused its neighbour of arming the group." In the
// passive the accused is the subject.
func (r *reading) chargeOf(v, at int, preposition string) ([]piece, bool) {
	object := -1
	if r.passive(v) {
		object = v
	} else if o := r.doc.Child(v, "obj"); o >= at {
		object = o
	} else {
		return nil, false
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
		return r.pieces(max(at, r.lo[object]), r.contentEnd(v, r.hi[c])), true
	}
	if object == v {
		return nil, false
	}
	// The parser may hang the charge on the object: "accused him of fraud".
	for _, c := range r.doc.Children(object) {
		if c > object && r.rel(c, "nmod", "acl", "obl", "advcl") && r.marked(c, preposition) {
			return r.pieces(max(at, r.lo[object]), r.contentEnd(v, r.hi[object])), true
		}
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
		return r.pieces(from, r.contentEnd(v, r.hi[c])), true
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
		return r.pieces(i+1, r.contentEnd(v, r.hi[h])), true
	}
	return nil, false
}
