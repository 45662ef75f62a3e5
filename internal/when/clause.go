package when

import "github.com/onrecord/onrecord/internal/nlp"

// tenseOf tells whether the clause of token i lies before or after the time of
// writing. News is told in the past, so only the marks of a future are looked
// for with care: "will meet on Friday", "a vote scheduled for Friday", "is to
// open on Friday", "said it would close on Friday".
func tenseOf(doc *nlp.Doc, verbs verbList, i int) tense {
	if i >= len(doc.Tokens) {
		return unknown
	}
	const climbs = 12 // heads to pass on the way to a verb; deeper is not the same clause
	passed := 0       // verbs
	for range climbs {
		t := &doc.Tokens[i]
		if verbs.is(t.Lemma, ahead) && (t.UPOS == "VERB" || t.UPOS == "ADJ") {
			return future
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" || copular(doc, i) {
			if v, ok := verbTense(doc, verbs, i); ok {
				if v == present && passed > 0 {
					return unknown // the timetable's present governs its own day only
				}
				return v
			}
			passed++
		}
		if t.UPOS == "NOUN" && (t.Lemma == "deadline" || t.Lemma == "ultimatum") {
			return future
		}
		if t.Head < 0 {
			break
		}
		i = t.Head
	}
	return unknown
}

// dependents is how many dependents of a word are looked at: the auxiliaries of
// a verb are among its first, and a hostile text may hang thousands on one.
const dependents = 48

func first(doc *nlp.Doc, i int) []int {
	c := doc.Children(i)
	return c[:min(len(c), dependents)]
}

// copular reports whether the word is a predicate with a form of "be".
func copular(doc *nlp.Doc, i int) bool {
	for _, c := range first(doc, i) {
		if doc.Tokens[c].Deprel == "cop" {
			return true
		}
	}
	return false
}

// verbTense judges one verb; ok is false where its own form says nothing and
// the verb above it must: infinitives, participles.
func verbTense(doc *nlp.Doc, verbs verbList, i int) (tense, bool) {
	have, be, wasBe := false, false, false
	modal := ""
	to := false
	for _, c := range first(doc, i) {
		t := &doc.Tokens[c]
		switch {
		case nlp.IsRel(t.Deprel, "aux") || t.Deprel == "cop":
			switch t.Lemma {
			case "will", "shall", "would", "may", "might", "could", "should", "can", "must", "’ll", "'ll", "wo":
				modal = t.Lemma
			case "have":
				have = true
			case "be":
				be = true
				wasBe = wasBe || t.XPOS == "VBD"
			case "do":
				if t.XPOS == "VBD" {
					return past, true
				}
			}
		case t.Deprel == "mark" && t.Lemma == "to":
			to = true
		case t.UPOS == "PART" && t.Lemma == "to":
			to = true
		}
	}
	t := &doc.Tokens[i]
	switch {
	case modal != "" && have: // "would have met on Friday"
		return past, true
	case modal != "":
		return future, true
	case to && (be && !wasBe): // "is to be opened on Friday"
		return future, true
	case t.XPOS == "VBD", have, wasBe:
		return past, true
	case t.XPOS == "VBG" && be: // "are meeting on Friday"
		return unknown, true
	case to && t.Head >= 0:
		return infinitiveTense(doc, verbs, i)
	case (t.XPOS == "VBZ" || t.XPOS == "VBP") && verbs.is(t.Lemma, timetable):
		return future, true
	case (t.XPOS == "VBZ" || t.XPOS == "VBP") && !verbs.is(t.Lemma, reporting) && !verbs.is(t.Lemma, alike):
		return present, true
	case t.XPOS == "VBZ" || t.XPOS == "VBP":
		return unknown, true
	case t.XPOS == "VBN" && be, t.XPOS == "VB":
		return unknown, true
	case t.XPOS == "VBN" && nlp.IsRel(t.Deprel, "acl"): // "plans announced in January"
		return past, true
	}
	return unknown, false
}

// infinitiveTense judges "to meet on Friday" by what it depends on.
func infinitiveTense(doc *nlp.Doc, verbs verbList, i int) (tense, bool) {
	lemma := doc.Tokens[doc.Tokens[i].Head].Lemma
	return future, verbs.is(lemma, toward) && !verbs.is(lemma, aside)
}
