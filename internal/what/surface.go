package what

import "strings"

// misTagged reports whether a word that can only be a past tense ("struck",
// "shot") was read as a noun, as taggers that have seen few of them do. The
// parse around it is then worth little too.
func (r *reading) misTagged(i int) bool {
	t := r.doc.Tokens[i]
	if t.UPOS != "NOUN" && t.UPOS != "PROPN" && t.UPOS != "ADJ" {
		return false
	}
	if r.headlineVerb(i) {
		return true
	}
	past, ok := r.c.pastForms[strings.ToLower(t.Form)]
	if !ok || i == 0 || i+1 >= len(r.lemma) || t.Form[0] >= 'A' && t.Form[0] <= 'Z' {
		return false
	}
	// "The government cut the budget": no noun has an article after it.
	if next := r.doc.Tokens[i+1]; (next.UPOS == "ADP" || next.UPOS == "ADV") && t.UPOS == "NOUN" && r.verbless(r.doc.SentenceOf(i)) {
		// "A dam burst above the town": the sentence has no other verb.
	} else if !past.only && next.UPOS != "DET" && next.XPOS != "PRP$" && !r.c.particles[r.lemma[i+1]] {
		return false
	}
	// "the shot", "a held position" are none.
	switch r.doc.Tokens[i-1].UPOS {
	case "NOUN", "PROPN", "PRON", "ADV", "NUM":
		return r.doc.SentenceOf(i) == r.doc.SentenceOf(i-1)
	}
	return false
}

// headlineVerb reports whether a word that ends in -s and was read as a noun is
// the verb of a headline: it follows the name that begins one in which nothing
// else is a verb, and a noun phrase follows it. "Norway lifts blockade of port",
// "Chad Frees Two Reporters".
func (r *reading) headlineVerb(i int) bool {
	t := r.doc.Tokens[i]
	form := strings.ToLower(t.Form)
	s := r.doc.Sentences[r.doc.SentenceOf(i)]
	if !strings.HasSuffix(form, "s") || i == s.From || i+1 >= s.To || i > s.From+5 || r.c.verbs[r.c.verbForms[form]] == nil || r.c.nounForms[form] != "" && r.c.nounForms[form] != r.c.verbForms[form] {
		return false
	}
	for k := s.From; k < s.To; k++ {
		if u := r.doc.Tokens[k]; u.UPOS == "AUX" || u.UPOS == "VERB" && u.XPOS != "VBG" && u.XPOS != "VBN" {
			return false
		}
	}
	if e := r.entity(i - 1); e == nil || classOf(e.Type)&classParty == 0 || !r.goesByName(e) {
		return false
	}
	switch next := r.doc.Tokens[i+1]; next.UPOS {
	case "NOUN", "PROPN", "NUM", "DET", "ADJ":
		return next.Form != "of"
	}
	return false
}

// verbless reports whether nothing in a sentence of the body was read as a verb.
func (r *reading) verbless(s int) bool {
	sentence := r.doc.Sentences[s]
	if r.heading[sentence.Block] {
		return false
	}
	for i := sentence.From; i < sentence.To; i++ {
		if u := r.doc.Tokens[i].UPOS; u == "VERB" || u == "AUX" {
			return false
		}
	}
	return true
}

// nounAnyway reports whether a trigger that was tagged as another part of
// speech must be a noun by what stands before it: an article, with at most an
// adjective or a singular noun between ("an air raid hit", "a stern warning to").
func (r *reading) nounAnyway(i int) bool {
	t := r.doc.Tokens
	if i == 0 || i+1 >= len(t) || t[i].UPOS != "VERB" && t[i].UPOS != "ADJ" || r.doc.SentenceOf(i) != r.doc.SentenceOf(i-1) {
		return false
	}
	if t[i].XPOS == "VBD" || t[i].XPOS == "VBN" {
		return false
	}
	switch t[i+1].UPOS {
	case "DET", "PRON", "NUM", "NOUN", "PROPN", "ADJ":
		return false
	}
	k := i - 1
	if k > 0 && (t[k].UPOS == "ADJ" || t[k].UPOS == "NOUN" && t[k].XPOS == "NN") {
		k--
	}
	return t[k].UPOS == "DET" && k >= r.doc.Sentences[r.doc.SentenceOf(i)].From
}

// surfaceFrame reads the frame of a verb from the order of the words alone:
// the noun before it, the noun phrase after it, the phrases after that.
func (r *reading) surfaceFrame(v int) *frame {
	doc := r.doc
	f := &frame{trigger: v, verb: v, carrier: -1, parent: -1}
	s := doc.Sentences[doc.SentenceOf(v)]
	for j := v - 1; j >= s.From && j >= v-2; j-- {
		switch doc.Tokens[j].UPOS {
		case "NOUN", "PROPN", "PRON", "NUM":
			f.subj = r.spread(nil, j)
		case "ADV":
			continue
		}
		break
	}
	if h := r.nextNoun(v); h >= 0 && !r.headlineVerb(v) {
		f.obj = r.spread(nil, h)
	} else if h := r.runAfter(v, s.To); h >= 0 {
		f.obj = []int{h}
	}
	for i := v + 1; i < s.To && i < v+25; i++ {
		t := doc.Tokens[i]
		if t.UPOS == "VERB" || t.Form == ";" {
			break
		}
		if t.UPOS == "ADP" && t.Head > i && t.Head < s.To {
			f.preps = append(f.preps, prep{word: r.lemma[i], head: t.Head})
		}
	}
	return f
}

// runAfter is the last noun of the noun phrase behind a word, whatever the parse
// makes of it; -1 where none is.
func (r *reading) runAfter(v, end int) int {
	last := -1
	for i := v + 1; i < end && i < v+8; i++ {
		switch u := r.doc.Tokens[i].UPOS; {
		case u == "NOUN", u == "PROPN":
			last = i
		case last < 0 && (u == "DET" || u == "ADJ" || u == "NUM"):
		default:
			return last
		}
	}
	return last
}
