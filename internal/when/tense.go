package when

import "github.com/onrecord/onrecord/internal/nlp"

// tenseOf tells whether the clause of token i lies before or after the time of
// writing. News is told in the past, so only the marks of a future are looked
// for with care: "will meet on Friday", "a vote scheduled for Friday", "is to
// open on Friday", "said it would close on Friday".
func tenseOf(doc *nlp.Doc, i int) tense {
	if i >= len(doc.Tokens) {
		return unknown
	}
	const climbs = 12 // heads to pass on the way to a verb; deeper is not the same clause
	for range climbs {
		t := &doc.Tokens[i]
		if ahead[t.Lemma] && (t.UPOS == "VERB" || t.UPOS == "ADJ") {
			return future
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" || doc.Child(i, "cop") >= 0 {
			if v, ok := verbTense(doc, i); ok {
				return v
			}
		}
		if t.UPOS == "NOUN" && (t.Lemma == "deadline" || t.Lemma == "plan" || t.Lemma == "ultimatum") {
			return future
		}
		if t.Head < 0 {
			break
		}
		i = t.Head
	}
	return unknown
}

// ahead are verbs and adjectives of which the date is that of what is to come.
var ahead = map[string]bool{
	"schedule": true, "slate": true, "due": true, "upcoming": true, "forthcoming": true, "postpone": true,
	"reschedule": true, "expect": true, "plan": true, "await": true,
}

// verbTense judges one verb; ok is false where its own form says nothing and
// the verb above it must: infinitives, participles.
func verbTense(doc *nlp.Doc, i int) (tense, bool) {
	have, be, wasBe := false, false, false
	modal := ""
	to := false
	for _, c := range doc.Children(i) {
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
		return infinitiveTense(doc, i)
	case (t.XPOS == "VBZ" || t.XPOS == "VBP") && opensLater[t.Lemma]:
		return future, true
	case t.XPOS == "VBZ" || t.XPOS == "VBP":
		return unknown, true
	case t.XPOS == "VBN" && be:
		return unknown, true
	}
	return unknown, false
}

// opensLater are verbs whose present tense is the timetable's: "the trial
// opens on Friday".
var opensLater = map[string]bool{
	"open": true, "begin": true, "start": true, "close": true, "end": true, "expire": true, "resume": true,
	"vote": true, "meet": true, "convene": true, "return": true, "travel": true, "visit": true, "take": true,
}

// infinitiveTense judges "to meet on Friday" by what it depends on.
func infinitiveTense(doc *nlp.Doc, i int) (tense, bool) {
	h := doc.Tokens[i].Head
	if h < 0 {
		return unknown, false
	}
	switch doc.Tokens[h].Lemma {
	case "manage", "fail", "begin", "start", "continue", "help", "force", "decline", "refuse", "use":
		return unknown, false
	case "plan", "expect", "schedule", "set", "intend", "hope", "vow", "promise", "pledge", "agree", "decide",
		"threaten", "go", "want", "propose", "prepare", "due", "ready", "likely", "plans", "order", "ask", "urge", "call", "vote":
		return future, true
	}
	return unknown, false
}

// wordTense is the same for a text without a parse: the nearest mark of the
// future before the words, in the same sentence.
func (m *matcher) wordTense(i int) tense {
	const reach = 20 // words
	for k := i - 1; k >= 0 && k > i-reach; k-- {
		w := m.at(k)
		if w.kind == mark && (w.low == "." || w.low == "?" || w.low == "!") {
			break
		}
		switch w.low {
		case "will", "would", "scheduled", "due", "upcoming", "expected", "plans", "ll":
			return future
		case "said", "told", "was", "were", "had", "did":
			return past
		}
	}
	return unknown
}
