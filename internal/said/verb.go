package said

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// findVerb looks for a statement whose cue is verb v, by the frames of cues.tsv.
func (r *reading) findVerb(v int) {
	if r.taken[v] || r.promptsReply(v) || r.onlyNames(v) {
		return
	}
	senses := r.senses(r.cues.verbs, v)
	if len(senses) == 0 || r.quotingVerb(v) {
		return
	}
	if r.parenthetical(v, senses) || r.headless(v) || r.findSpeakerLast(v, senses) {
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
		if !known && !r.bare(v) || known && src.head >= 0 && (r.quoteAt[src.head] >= 0 && r.quoteAt[v] < 0 || r.inTime(src.head) && r.tok(src.head).UPOS == "PROPN") {
			if s, ok := r.nearest(v); ok {
				src, known = s, true
			}
		}
		if s.act == news.DeclineComment && r.lemma(v) == "reach" {
			// "could not be reached for comment": who was not is the source
			if src, known = r.subjectOf(v); r.word(r.doc.TokenAt(pieces[0].start)) != "comment" {
				continue
			}
		}
		negative := r.negated(v)
		if r.nobody(src) {
			if s.act != news.ClaimResponsibility {
				return // "No witness said": nobody did
			}
			src, negative = noSource, true
		}
		if negative && s.answersBack() && r.tok(v).XPOS == "VB" && v > 0 && r.word(v-1) == "to" {
			continue // "promised not to reject the plan" is no silence
		}
		if known && src.head < 0 && !negative && r.passive(v) && !r.among(r.acts.untold, v) {
			continue // "was charged", "is intended": nobody's words
		}
		if r.idle(v, src, s) || s.act == news.Report && s.frame == frameObj && !r.isDocument(src) && s.weight < 0.8 {
			continue // polls show a close race; a man may show anything
		}
		f := finding{cue: v, cueFrom: r.groupFrom(v), cueTo: tail, source: src, pieces: pieces, act: s.act, frame: s.frame, negative: negative, weight: s.weight}
		if !known {
			f.weight -= 0.2
		}
		r.add(f)
		return
	}
	for _, s := range senses {
		if tail, ok := r.tail(v, s); ok && s.frame == frameThat && s.speaks() && r.findFronted(v, tail, s) {
			return
		}
	}
}

// headless reports whether v is a bare form that opens its sentence outside any
// quotation: an order to the reader, or a noun that the tagger took for a verb,
// "Blast in Tarn cuts power".
func (r *reading) headless(v int) bool {
	from, _ := r.sentence(v)
	if r.tok(v).XPOS != "VB" || r.quoteAt[v] >= 0 || r.subjectChild(v) >= 0 || v > from+4 {
		return false
	}
	for i := from; i < v; i++ {
		if u := r.tok(i).UPOS; u != "ADV" && u != "PUNCT" && u != "INTJ" && !negation(r.word(i)) && r.word(i) != "do" {
			return false // "Please, don't forget"
		}
	}
	return true
}

// onlyNames reports whether v gives a thing its name: "a so-called truce", "the
// programme is called “Safe Roads”".
func (r *reading) onlyNames(v int) bool {
	if v >= 2 && r.word(v-2) == "so" && r.tok(v-1).Form == "-" || v >= 1 && r.word(v-1) == "so" {
		return true
	}
	if n := v + 1; r.lemma(v) == "call" && n < len(r.doc.Tokens) && (r.word(n) == "itself" || r.word(n) == "themselves") {
		return true // "a group that calls itself the Reed Army"
	}
	if n := v + 1; n < len(r.doc.Tokens) && r.tok(n).UPOS == "ADP" && r.word(n) != "as" {
		return false // "called for"
	}
	switch r.word(v) {
	case "called", "named", "titled", "entitled", "known":
		return r.passive(v) && r.agent(v) < 0 && !r.doneByPerfect(v) || r.rel(v, "acl") && r.agent(v) < 0 && r.subjectChild(v) < 0
	}
	return false
}

// doneByPerfect reports whether the passive of v is in the perfect: "has been
// called a liar" tells of words that fell, "is called Safe Roads" does not.
func (r *reading) doneByPerfect(v int) bool {
	for _, c := range r.doc.Children(v) {
		if c < v && (r.word(c) == "been" || r.word(c) == "being") {
			return true
		}
	}
	return false
}

// parenthetical reads "The ferry, police said, sank" before the parse is asked,
// which sees the second half only.
func (r *reading) parenthetical(v int, senses []sense) bool {
	for _, s := range senses {
		if s.frame != frameThat && s.frame != frameWhomThat || !s.speaks() || s.weight < 0.85 {
			continue
		}
		tail, ok := r.tail(v, s)
		if !ok {
			continue
		}
		if tail >= len(r.doc.Tokens) || r.tok(tail).Form != "," && !r.speakerFollows(v, tail) {
			return false
		}
		return r.findFronted(v, tail, s)
	}
	return false
}

// speakerFollows reports whether nothing but a noun phrase stands between the cue
// and the next comma or stop: "…, said Lund, | the mayor".
func (r *reading) speakerFollows(v, tail int) bool {
	from, end := r.sentence(v)
	if v <= from || !r.comma(v-1) {
		return false
	}
	names := false
	for i := tail; i < end && !r.separates(i) && r.tok(i).Form != "." && r.quoteAt[i] == r.quoteAt[v]; i++ {
		if r.tok(i).UPOS == "VERB" || r.tok(i).UPOS == "AUX" || r.tok(i).UPOS == "SCONJ" {
			return false
		}
		names = names || r.nominal(i)
	}
	return names
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
	case "comment", "elaborate", "speak", "talk":
		h := r.tok(v).Head
		return h >= 0 && (r.lemma(h) == "decline" || r.lemma(h) == "refuse")
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
	from, end := r.sentence(v)
	if v <= from+1 && r.subjectChild(v) < from {
		for i := v + 1; i < end; i++ {
			if r.tok(i).Form == "," && r.quoteAt[i] == r.quoteAt[v] {
				return true
			}
		}
	}
	if v > from && r.tok(v).XPOS == "VBN" && (r.word(v-1) == "when" || r.word(v-1) == "if" || r.word(v-1) == "once") {
		return true // "when asked to comment on the sale"
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
	if use.act == news.DeclineComment && use.frame != frameTo && !r.negated(v) && r.lemma(v) != "stop" {
		return true // "responded to a question" is no silence
	}
	if use.frame != frameThat && use.frame != frameQuote && r.unnamed(v) {
		return true
	}
	if h := r.tok(v).Head; s.head < 0 && r.tok(v).XPOS == "VB" && h >= 0 && r.tok(h).UPOS == "ADJ" {
		return true // "it is pertinent to mention that"
	}
	if r.participle(v) && v > 0 && (use.act == news.Doubt || use.act == news.Deny) {
		switch r.lemma(v - 1) {
		case "petition", "suit", "lawsuit", "case", "appeal", "motion", "action":
			return true // "a petition challenging the canal": what it is, and nobody's words
		}
	}
	if w := r.lemma(v); (w == "decide" || w == "determine") && s.head >= 0 && use.frame != frameTo && r.cast.At(s.head) < 0 && r.modal(v) {
		return true // "a vote could decide whether": what hangs on it
	}
	if !use.speaks() && r.inQuestion(v) {
		return true
	}
	if s.head < 0 {
		return r.tok(v).XPOS == "VB" && use.frame != frameThat && r.groupFrom(v) == v // "possible to verify the claim"
	}
	if r.mute(s) {
		return true
	}
	switch r.word(s.head) {
	case "you":
		return use.frame != frameThat && use.frame != frameWhomThat || r.asked(v) // "Do you think …?"
	case "i", "we":
		return use.frame == frameTo || use.frame == frameObjInf || r.quoteAt[v] >= 0 && !use.speaks() && !(use.frame == frameThat && (r.conviction(v) || r.lemma(v) == "think"))
	case "nobody", "none":
		return true
	case "anyone", "anybody", "someone", "somebody", "one", "everyone", "everybody":
		return !use.speaks()
	}
	return false
}

// asked reports whether the sentence of v is a question.
func (r *reading) asked(v int) bool {
	_, to := r.sentence(v)
	for to > v && r.punct(to-1) {
		if r.tok(to-1).Form == "?" {
			return true
		}
		to--
	}
	return false
}

// modal reports whether verb v has a modal auxiliary.
func (r *reading) modal(v int) bool {
	for _, c := range r.doc.Children(v) {
		if c < v && r.tok(c).XPOS == "MD" {
			return true
		}
	}
	return false
}

// nobody reports whether a source names none: "No group", "none of them", "no one".
// That no group claimed an attack is worth a statement with no source and a
// negative polarity; that no one said a thing is none.
func (r *reading) nobody(s source) bool {
	if s.head < 0 {
		return false
	}
	switch r.word(s.from) {
	case "no", "none", "nobody", "no-one", "neither":
		return true
	}
	return false
}

// inQuestion reports whether the clause of v is asked and not told: "asked if she
// wanted to leave".
func (r *reading) inQuestion(v int) bool {
	m := r.doc.Child(v, "mark")
	if m < 0 || m > v || !r.rel(v, "ccomp") {
		return false
	}
	w := r.word(m)
	return w == "if" || w == "whether"
}

// unnamed reports whether v tells of no more than somebody's wish not to be named:
// "asked not to be named", "speaking on condition of anonymity".
func (r *reading) unnamed(v int) bool {
	switch r.lemma(v) {
	case "ask", "speak", "talk", "request":
	default:
		return false
	}
	for i := v + 1; i < v+6 && i < len(r.doc.Tokens); i++ {
		switch r.word(i) {
		case "anonymity", "named", "identified":
			return true
		}
	}
	return false
}

// bare reports whether v is an infinitive or participle that may well have no
// source of its own.
func (r *reading) bare(v int) bool {
	switch r.tok(v).XPOS {
	case "VB", "VBG", "VBN":
		for i := r.groupFrom(v); i < v; i++ {
			if r.finite(i) {
				return false
			}
		}
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
		if r.owned(i) {
			return r.phrase(i), true // "Norway’s | premier denied"
		}
		if u := r.tok(i).UPOS; u != "ADV" && u != "AUX" && u != "PART" {
			break
		}
	}
	return r.beforeAside(v)
}

// beforeAside is the source whose name stands between commas before verb v, where
// the parser saw no subject: "Asked about it, | the envoy, Pavel Gromov, said".
func (r *reading) beforeAside(v int) (source, bool) {
	from, _ := r.sentence(v)
	a := r.groupFrom(v) - 1
	if a <= from+2 || r.tok(a).Form != "," || r.nameAt[a-1] < 0 {
		return noSource, false
	}
	i := r.doc.Names[r.nameAt[a-1]].From - 1
	if i <= from || r.tok(i).Form != "," || !r.nominal(i-1) || r.inTime(i-1) {
		return noSource, false
	}
	h := i - 1
	for n := r.tok(h).Head; n > from && n < h && i-n < 12 && r.nominal(n) && !r.separatesAny(n, h); n = r.tok(h).Head {
		h = n // "the envoy of Chile", and no noun before the comma
	}
	if h <= from || r.caseOf(h) != "" || r.quoteAt[h] != r.quoteAt[v] {
		return noSource, false
	}
	s := r.phrase(h)
	s.to = min(s.to, i)
	return s, s.to > h
}

// separatesAny reports whether a comma or dash stands in the token range.
func (r *reading) separatesAny(from, to int) bool {
	for i := from; i < to; i++ {
		if r.separates(i) {
			return true
		}
	}
	return false
}

// owned reports whether token i is a noun that the tagger took for an adjective:
// one that has a possessor and stands right before a verb, "Norway’s | premier".
func (r *reading) owned(i int) bool {
	return r.tok(i).UPOS == "ADJ" && i > 0 && (r.tok(i-1).XPOS == "POS" || r.tok(i-1).XPOS == "PRP$")
}

// groupFrom is the first token of the verb group of v: "had also said".
func (r *reading) groupFrom(v int) int {
	from := v
	for i := v - 1; i >= 0 && i >= v-5; i-- {
		if r.tok(i).Head == v && r.rel(i, "aux", "advmod") && !r.punct(i) && !r.owned(i) && r.nameAt[i] < 0 { // a name is no adverb
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
			if r.punct(i) || particle(w) && r.tok(i).UPOS != "ADV" && !r.inTime(i) {
				break
			}
		}
		if !found {
			return 0, false
		}
	}
	return at, true
}

// particle reports whether a word of a cue must stand right behind the one
// before it: "spoke of", and not "spoke on condition of".
func particle(w string) bool {
	switch w {
	case "of", "on", "to", "for", "at", "in", "out", "up", "down", "off", "back", "with", "over", "against", "aside", "about", "as", "by", "upon":
		return true
	}
	return false
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
	case frameObjInf:
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
