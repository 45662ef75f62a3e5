package said

import (
	"github.com/onrecord/onrecord/internal/news"
)

// clauseOf: "The minister said (that) the port would close."
func (r *reading) clauseOf(v, at int, s sense) ([]piece, bool) {
	if r.passive(v) && !r.tells(v) {
		// "It was reported that", and not "he was admitted".
		if n := r.doc.Child(v, "nsubj"); n >= 0 && r.word(n) != "it" {
			return nil, false
		}
	}
	if p, ok := r.afterColon(at, s); ok {
		return p, true
	}
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
	if o := r.doc.Child(v, "obj"); o >= at && o < first && !r.tells(v) && len(r.senses(r.cues.nouns, o)) > 0 {
		return nil, false // "denied the allegation | that": the noun's clause
	}
	from := r.clauseStart(v, at, max(r.clauseFrom(first, v), at))
	from = r.afterTold(v, at, r.afterDay(from))
	if n := from + 1; r.word(from) == "that" && n < len(r.doc.Tokens) && !r.finite(n) && r.tok(n).UPOS != "AUX" && r.tok(n).UPOS != "NOUN" {
		from = n
	}
	if r.finite(from) && r.rel(v, "acl") && s.weight < 0.93 {
		return nil, false // "the rules he described | are", said of the rules
	}
	if end, ok := r.asideEnd(v, from); ok {
		return r.pieces(from, end), r.substantial(from, end)
	}
	if s.frame == frameWh || s.frame == frameWhomWh {
		if !r.interrogative(from) {
			return nil, false
		}
	}
	to := r.runOn(v, r.contentEnd(v, r.hi[last]))
	if r.tells(v) && !r.holdsVerb(from, to) && !r.looseVerb(from, to) {
		return nil, false // "told the children a story"
	}
	if !r.holdsVerb(from, to) && !r.rel(v, "acl") {
		// "says the two, identified as brothers, | were planning a raid"
		if p, ok := r.bareThat(v, at, s); ok && p[0].end > r.tok(to-1).End {
			return p, true
		}
	}
	return r.pieces(from, to), r.substantial(from, to)
}

// afterColon: "He added: nobody had asked him." The sentence after the colon is
// what was said, with marks or without.
func (r *reading) afterColon(at int, s sense) ([]piece, bool) {
	if !s.speaks() || s.weight < 0.85 || at+2 >= len(r.doc.Tokens) || r.tok(at).Form != ":" || r.quoteAt[at+1] >= 0 {
		return nil, false
	}
	_, end := r.sentence(at + 1)
	if b := r.doc.Sentences[r.doc.SentenceOf(at+1)].Block; b != r.doc.Sentences[r.doc.SentenceOf(at)].Block {
		// A paragraph set off by indenting or a change of type, which plain text
		// has lost.
		if r.doc.Blocks[b].Kind != news.BlockParagraph {
			return nil, false
		}
		for end < len(r.doc.Tokens) && r.doc.Sentences[r.doc.SentenceOf(end)].Block == b {
			_, end = r.sentence(end)
		}
	}
	return r.pieces(at+1, end), r.holdsVerb(at+1, end)
}

// runOn moves the end of a clause on where a verb follows that can only be its
// own: "saying falling numbers | left it no choice".
func (r *reading) runOn(v, to int) int {
	_, end := r.sentence(v)
	if to >= end || !r.finite(to) || r.rel(v, "acl") || r.quoteAt[to] != r.quoteAt[v] {
		return to
	}
	for to < end && !r.separates(to) {
		to++
	}
	for to > v+1 && r.punct(to-1) {
		to--
	}
	return r.cut(v, to)
}

// afterDay skips the day between a cue and its "that": "said Monday, that".
func (r *reading) afterDay(from int) int {
	n := from
	for n < from+3 && n+1 < len(r.doc.Tokens) && (r.inTime(n) || r.tok(n).Form == "," || r.tok(n).UPOS == "ADV" && r.tok(n+1).Form == ",") {
		n++
	}
	if n > from && r.word(n) == "that" {
		return n + 1
	}
	return from
}

// afterTold skips who is told where the parser took them for part of the
// clause: "told reporters | the road was open".
func (r *reading) afterTold(v, at, from int) int {
	if from != at || !r.tells(v) || at+2 >= len(r.doc.Tokens) {
		return from
	}
	next := r.tok(at + 1)
	starts := next.UPOS == "DET" || next.UPOS == "PRON" || r.word(at+1) == "that"
	switch t := r.tok(at); {
	case t.XPOS == "NNS" && (starts || next.UPOS == "PROPN"), t.XPOS == "NNP" && starts:
		return at + 1
	}
	switch r.word(at) {
	case "me", "him", "them", "us", "reporters", "journalists":
		return at + 1
	}
	return from
}

// asideEnd is where a clause about the speaker ends that the parser ran on: "The
// driver, who said he was tired, | was fined".
func (r *reading) asideEnd(v, from int) (int, bool) {
	s := r.doc.Child(v, "nsubj")
	if (s < 0 || r.word(s) != "who") && !r.inAside(v) {
		return 0, false
	}
	_, end := r.sentence(v)
	for i := from + 1; i+1 < end; i++ {
		if r.endsAside(i) {
			return r.cut(v, i), true
		}
	}
	return 0, false
}

// inAside reports whether v is the verb of a relative clause that a comma sets
// off: ", who had long denied it,".
func (r *reading) inAside(v int) bool {
	if from, _ := r.sentence(v); r.trails(v) && v-2 >= from && r.nominal(v-2) && !r.holdsVerb(from, v) {
		return true // "Lund, citing the cost, | rejected it"
	}
	i := r.groupFrom(v) - 1
	for i > 0 && (r.tok(i).UPOS == "ADV" || r.tok(i).UPOS == "AUX") {
		i--
	}
	return i > 0 && (r.word(i) == "who" || r.word(i) == "which") && r.tok(i-1).Form == ","
}

// leaveAside notes whom the aside of cue v is about, as the speaker of the verb
// that follows the comma at token i.
func (r *reading) leaveAside(v, i int) {
	n := i + 1
	if r.tok(n).UPOS == "ADV" {
		n++
	}
	from, end := r.sentence(v)
	for k := v - 1; k > from && n < end; k-- {
		if r.tok(k).Form == "," && r.nominal(k-1) {
			r.lent[n] = r.phrase(r.topNominal(k - 1))
			return
		}
	}
}

// endsAside reports whether the main clause goes on with its verb after the comma
// at token i.
func (r *reading) endsAside(i int) bool {
	if r.tok(i).Form != "," || r.quoteAt[i] >= 0 || i+1 >= len(r.doc.Tokens) {
		return false
	}
	n := i + 1
	if r.tok(n).UPOS == "ADV" && n+1 < len(r.doc.Tokens) {
		n++
	}
	if r.finite(n) {
		return true
	}
	// The tagger takes "…, resigned on Monday" for somebody who was resigned.
	if r.tok(n).XPOS != "VBN" || r.tok(n).UPOS != "VERB" {
		return false
	}
	_, end := r.sentence(n)
	for k := n + 1; k < end; k++ {
		if r.tok(k).Form == "," || r.word(k) == "by" {
			return false
		}
	}
	return true
}

// clauseStart moves the start of a clause back to the end of the cue where the
// parser left its subject outside: "says | the mayor’s row of late messages |
// was a joke". What may stand between is a time, a place or who is told.
func (r *reading) clauseStart(v, at, from int) int {
	if from <= at || r.tells(v) {
		return from
	}
	for i := at; i < from; i++ {
		if r.word(i) == "that" {
			return from
		}
		c := r.below(i, v)
		switch {
		case i == at && r.mark(i):
			continue // said | “safety first” was the rule
		case r.punct(i):
			return from
		case c < 0, r.rel(c, "advmod", "advcl"), r.rel(c, "obl", "nmod") && r.caseOf(c) != "":
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
	case r.participle(c) && c > v+1 && r.tok(c-1).Form == "," && r.speechVerb(c):
		return false // "disagreed, noting that": a cue of its own
	case r.tells(v) && r.told(c):
		return false
	case r.rel(c, "ccomp", "csubj"):
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

// told reports whether dependent c of a verb of telling is who is told, whatever
// the parser calls it: a noun with no verb.
func (r *reading) told(c int) bool {
	return r.nominal(c) && r.rel(c, "ccomp", "obj", "iobj", "xcomp") && !r.holdsVerb(r.lo[c], r.hi[c]) && r.doc.Child(c, "nsubj", "cop") < 0
}

// bareThat reads "said (on Friday) that" and, after the surest verbs of speech,
// "said the port would close", where the parser lost the clause.
func (r *reading) bareThat(v, at int, s sense) ([]piece, bool) {
	_, end := r.sentence(v)
	if s.frame == frameWh || s.frame == frameWhomWh {
		return nil, false
	}
	from := -1
	reach := 6
	if s.weight >= 0.93 {
		reach = 12 // "says in a letter from prison that"
	}
	for i := at; i < end && i <= at+reach; i++ {
		if r.word(i) == "that" && i > at && !r.tells(v) {
			if o := r.doc.Child(v, "obj"); o >= at && o < i {
				break // "denied the allegation | that": the noun's clause
			}
		}
		if r.word(i) == "that" && i+1 < end && (r.tok(i).UPOS != "DET" || r.tok(i+1).UPOS == "PROPN" || r.tok(i+1).UPOS == "DET") && (i > at || r.tok(i).XPOS != "WDT" || s.weight >= 0.9) {
			from = i + 1
			break
		}
		if r.finite(i) || r.punct(i) || i > at && reach < 12 && s.frame != frameWhomThat && !r.inTime(i) && r.tok(i).UPOS != "ADP" && r.tok(i).UPOS != "ADV" && r.tok(i).UPOS != "DET" {
			break
		}
	}
	sure := s.frame == frameThat && s.speaks() && s.weight >= 0.9 && (r.finite(v) || r.hasAux(v) || r.trails(v)) && (r.lemma(v) == "say" || r.lemma(v) == "claim" || r.lemma(v) == "argue" || r.lemma(v) == "insist" || r.lemma(v) == "state")
	if from < 0 && sure {
		from = r.pastAside(at, end)
	}
	if from < 0 && sure && at < end && !r.punct(at) && r.tok(at).UPOS != "ADP" && r.opensClause(at) {
		from = at
	}
	if from < 0 && s.frame == frameThat && s.weight >= 0.85 && !r.passive(v) && r.clauseAfterDate(v, at, end) {
		from = at
	}
	if from < 0 && s.frame == frameWhomThat && (r.finite(v) || r.hasAux(v)) {
		from = r.pastTold(at, end)
	}
	// A sentence after "said" is one whatever the tagger made of its verb.
	plain := from == at && from >= 0 && r.lemma(v) == "say" && end-from > 4 && r.doc.Child(v, "nsubj") >= 0 && r.doc.Child(v, "nsubj") < v
	if from < 0 || s.act != news.Demand && !plain && !r.holdsVerb(from, end) && !r.looseVerb(from, end) {
		return nil, false
	}
	for end > from && r.punct(end-1) && r.quoteAt[end-1] < 0 {
		end--
	}
	if from == at {
		// An inverted subject is no clause: “…”, said the man who was there.
		if first, _ := r.sentence(v); v > 0 && r.comma(v-1) {
			if n := r.subjectChild(v); n < first || n >= v {
				return nil, false
			}
		}
	}
	end = r.clip(v, r.cut(v, end))
	return r.pieces(from, end), r.substantial(from, end)
}

// pastAside is where the clause begins after words on when or where it was said:
// "said after the vote | he would resign", "says at a stop in Alta, Norway, that |
// it was closed"; -1 where the tokens open otherwise.
func (r *reading) pastAside(at, end int) int {
	if at >= end || r.tok(at).UPOS != "ADP" {
		return -1
	}
	for i := at + 1; i+1 < end && i < at+14; i++ {
		switch {
		case r.word(i) == "that" && r.tok(i-1).Form == ",":
			return i + 1
		case r.tok(i).XPOS == "PRP" && i > at+1 && r.nominal(i-1) && (r.finite(i+1) || r.tok(i+1).UPOS == "ADV" || r.tok(i+1).UPOS == "AUX"):
			return i
		case r.finite(i), r.quoteAt[i] != r.quoteAt[at]:
			return -1
		}
	}
	return -1
}

// clauseAfterDate reports whether a clause begins at token at with a date of its own
// before a comma: "estimated | by 2040, the town would need a second well".
func (r *reading) clauseAfterDate(v, at, end int) bool {
	if at+4 >= end || r.tok(at).UPOS != "ADP" {
		return false
	}
	if s := r.subjectChild(v); s < 0 || s > v {
		return false
	}
	i := at + 1
	for i < end && i < at+5 && (r.inTime(i) || r.tok(i).UPOS == "DET" || r.tok(i).UPOS == "ADJ") {
		i++
	}
	if i == at+1 || i+2 >= end || r.tok(i).Form != "," || !r.inTime(i-1) || r.tok(i+1).UPOS == "CCONJ" {
		return false
	}
	for n := i + 1; n < end && n < i+16; n++ {
		if r.finite(n) {
			return n > i+1 && r.nominal(i+1) || r.tok(i+1).UPOS != "ADV" && n > i+2
		}
		if r.quoteAt[n] >= 0 || r.separates(n) || r.participle(n) && r.speechVerb(n) {
			return false
		}
	}
	return false
}

// pastTold is where the clause begins after who was told and when, where the parser
// saw none: "told AFP | the books were in order", "told parliament on Tuesday | he
// would go"; -1 where the tokens open otherwise.
func (r *reading) pastTold(at, end int) int {
	i := at
	if i < end && r.tok(i).UPOS == "DET" {
		i++
	}
	switch {
	case i < end && r.nameAt[i] >= 0:
		i = r.doc.Names[r.nameAt[i]].To
	case i < end && (r.tok(i).UPOS == "NOUN" || r.tok(i).UPOS == "PROPN" || r.tok(i).XPOS == "PRP"):
		i++
	default:
		return -1
	}
	for i+1 < end && (r.inTime(i) || r.tok(i).UPOS == "ADP" && r.inTime(i+1)) {
		i++
	}
	if i+1 >= end || r.quoteAt[i] >= 0 {
		return -1
	}
	switch t := r.tok(i); {
	case t.UPOS == "DET", t.XPOS == "PRP", t.XPOS == "PRP$", t.UPOS == "PROPN":
		return i
	}
	return -1
}

// opensClause leaves out what may follow "said" and is no clause: "said
// something about it", "said when she left".
func (r *reading) opensClause(at int) bool {
	switch r.word(at) {
	case "something", "anything", "nothing", "everything", "much", "little", "enough", "so", "no", "yes", "goodbye", "hello",
		"when", "after", "before", "while", "as", "during", "because", "and", "but", "or":
		return false
	}
	return true
}

// trails reports whether v is a participle right after a comma: ", saying the
// road was open".
func (r *reading) trails(v int) bool {
	return r.participle(v) && v > 0 && r.tok(v-1).Form == ","
}

// looseVerb reports whether a past form in the token range may be its verb: the
// tagger takes "said the train left" for a train that was left.
func (r *reading) looseVerb(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if x := r.tok(i).XPOS; (x == "VBN" || x == "VBD") && r.tok(i).UPOS == "VERB" && r.nominal(i-1) {
			return true
		}
	}
	return false
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
