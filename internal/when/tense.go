package when

import "github.com/onrecord/onrecord/internal/nlp"

// tenseAt is the tense of the clause that holds an expression. The words right
// before it are asked first: a date mostly belongs to the verb it follows,
// whatever the parse says.
func (m *matcher) tenseAt(f match) tense {
	if _, ok := f.meaning.(weekly); ok && m.low(f.from-1, "until", "till", "through") {
		return future // "the strike was extended until Friday", "rain is forecast until Tuesday"
	}
	if t := m.tenseBefore(f.from); t != unknown {
		return m.told(f, t)
	}
	if m.attributive(f) {
		return unknown
	}
	head := m.at(f.to - 1).token // the last word heads the phrase more often than the first
	if e := m.at(f.from).token; e < len(m.doc.Tokens) && m.doc.Tokens[e].UPOS == "PROPN" {
		head = e
	}
	if head >= len(m.doc.Tokens) || m.doc.Tokens[head].Deprel == "" {
		return m.wordTense(f.from)
	}
	return m.told(f, tenseOf(m.doc, head))
}

// told turns the present of headlines and captions into the past they tell:
// "Bomb kills nine on Friday".
func (m *matcher) told(f match, t tense) tense {
	if t == present && m.head {
		return past
	}
	return t
}

// attributive reports whether the expression is the modifier of a noun: "the
// June 3 hearing", "the agreement of July 18". The clause's tense is then not
// that of the hearing.
func (m *matcher) attributive(f match) bool {
	if m.low(f.from-1, "of") {
		return true // "the agreement of July 18"
	}
	return m.tag(f.to) == "NOUN" && m.at(f.to).kind == letters &&
		m.low(f.from-1, "a", "an", "the", "its", "their", "his", "her", "our", "for", "before", "despite")
}

// tenseBefore judges the verb that the expression directly follows: "scheduled
// for Saturday", "said on Monday", "will vote next Monday".
func (m *matcher) tenseBefore(i int) tense {
	k := i - 1
	for n := 0; n < 3 && m.low(k, "on", "for", "at", "by", "until", "till", "to", "in", "from", "around", "about", "the", "late", "early", "again"); n++ {
		k--
	}
	if m.low(k, "of") && m.low(k-1, "ahead") || m.low(i-1, "of") && m.low(i-2, "ahead") {
		return future
	}
	switch m.at(k).low {
	case "scheduled", "due", "slated", "planned", "expected", "rescheduled", "postponed", "upcoming", "deadline", "set":
		if m.at(k).low == "set" && !m.low(k+1, "for") {
			break
		}
		if m.low(k-1, "been", "originally", "initially") || m.low(k-1, "had") {
			return past
		}
		return future
	case "open", "opens", "close", "closes", "begin", "begins", "start", "starts", "resume", "resumes", "expire", "expires", "votes":
		if t := m.modalBefore(k); t != unknown {
			return t
		}
		return future
	}
	tok := m.at(k).token
	if k < 0 || tok >= len(m.doc.Tokens) || m.doc.Tokens[tok].UPOS != "VERB" {
		return unknown
	}
	if t := m.modalBefore(k); t != unknown {
		return t
	}
	t, _ := verbTense(m.doc, tok)
	return t
}

// modalBefore looks for "will" and its like left of a verb.
func (m *matcher) modalBefore(k int) tense {
	have := false
	for n := 1; n <= 4; n++ {
		switch m.at(k - n).low {
		case "have":
			have = true
		case "will", "shall", "would", "ll", "won":
			if have {
				return past
			}
			return future
		case "said", "that", ",", ".", "and", "was", "were", "had":
			return unknown
		}
	}
	return unknown
}

// tenseOf tells whether the clause of token i lies before or after the time of
// writing. News is told in the past, so only the marks of a future are looked
// for with care: "will meet on Friday", "a vote scheduled for Friday", "is to
// open on Friday", "said it would close on Friday".
func tenseOf(doc *nlp.Doc, i int) tense {
	if i >= len(doc.Tokens) {
		return unknown
	}
	const climbs = 12 // heads to pass on the way to a verb; deeper is not the same clause
	verbs := 0
	for range climbs {
		t := &doc.Tokens[i]
		if ahead[t.Lemma] && (t.UPOS == "VERB" || t.UPOS == "ADJ") {
			return future
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" || doc.Child(i, "cop") >= 0 {
			if v, ok := verbTense(doc, i); ok {
				if v == present && verbs > 0 {
					return unknown // the timetable's present governs its own day only
				}
				return v
			}
			verbs++
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
	case (t.XPOS == "VBZ" || t.XPOS == "VBP") && !reports[t.Lemma] && !sameInPast[t.Lemma]:
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

// reports are verbs whose present tense tells what was: "the ministry says".
var reports = map[string]bool{
	"say": true, "tell": true, "report": true, "announce": true, "claim": true, "show": true, "write": true, "note": true,
	"add": true, "see": true, "know": true, "think": true, "believe": true, "be": true, "have": true, "recall": true,
	"describe": true, "come": true, "follow": true, "date": true, "mark": true,
}

// sameInPast are verbs that look alike in both tenses, which the tagger mixes up.
var sameInPast = map[string]bool{
	"hit": true, "cut": true, "set": true, "put": true, "read": true, "shut": true, "hurt": true, "spread": true,
	"cast": true, "cost": true, "beat": true, "quit": true, "split": true, "let": true, "bid": true, "burst": true,
	"shed": true, "wound": true, "found": true, "fell": true, "lay": true,
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
