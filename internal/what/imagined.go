package what

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// imagined reports whether a mention tells of what happens in a story, on a
// canvas or in a drill, or is a figure of speech: "In the comic, pirates shell
// the harbour", "soldiers stormed a mock village", "the bank fired at debts".
func (r *reading) imagined(m *mention) bool {
	switch m.typ {
	case news.Assault, news.Accident, news.Disaster, news.Coerce:
	default:
		return false
	}
	return r.setInStory(m) || r.rehearsed(m) || r.bloodless(m)
}

// storyReach is how many words before a trigger the word for a work or a drill
// may stand.
const storyReach = 16

// setInStory looks for a work of art or a drill before the trigger. One that
// opens the sentence ("In the drill, …") holds whatever is told after it; one
// within it holds what is told in the tenses of a plot, which are not the past.
func (r *reading) setInStory(m *mention) bool {
	s := r.doc.Sentences[m.sentence]
	for i := max(s.From, m.token-storyReach); i < m.token; i++ {
		story, drill := r.c.classes["fiction"][r.lemma[i]], r.c.classes["exercise"][r.lemma[i]]
		if !story && !drill || r.doc.Tokens[i].UPOS == "VERB" {
			continue
		}
		if next := r.doc.Tokens[i+1]; next.UPOS == "NOUN" && i+1 < m.token && r.doc.Tokens[i].Head == i+1 || next.Form == "-" {
			continue // "a film director"
		}
		if r.lemma[i+1] == "of" && (r.lemma[i] == "series" || r.lemma[i] == "play" || r.lemma[i] == "drama") {
			continue // "a series of attacks"
		}
		if r.opens(i, s.From) {
			return true
		}
		if story && !m.frame.noun && r.plotTense(m.token) {
			return true
		}
	}
	return false
}

// opens reports whether a noun ends the phrase with "in", "on" or "during" that
// opens a sentence.
func (r *reading) opens(i, from int) bool {
	switch r.lemma[from] {
	case "in", "on", "during":
	default:
		return false
	}
	if i > from+6 {
		return false
	}
	for k := from + 1; k < i; k++ {
		switch r.doc.Tokens[k].UPOS {
		case "PUNCT":
			if r.doc.Tokens[k].Form == "," {
				return false
			}
		case "VERB":
			if r.doc.Tokens[k].Deprel != "amod" {
				return false
			}
		case "ADP":
			return false
		}
	}
	return true
}

// plotTense reports whether a verb stands in a tense that plots are told in.
func (r *reading) plotTense(v int) bool {
	switch r.tenseOf(v) {
	case past, pastPerfect:
		return r.doc.Tokens[v].XPOS == "VBN" && r.doc.Child(v, "aux") < 0 && r.doc.Child(v, "aux:pass") < 0 && !r.isTimeBelow(v)
	case future, would, possible, modal:
		return false
	}
	return true
}

func (r *reading) isTimeBelow(v int) bool { return r.timeBelow(v, 0) >= 0 }

// opensLife reports whether a sentence begins the story of a life: "Born in Oran
// in 1951, she was jailed twice".
func (r *reading) opensLife(s int) bool {
	return r.doc.Tokens[r.doc.Sentences[s].From].Form == "Born"
}

// rehearsed reports whether the act hangs on a verb of rehearsing or showing,
// or is done to a dummy.
func (r *reading) rehearsed(m *mention) bool {
	for steps, k := 0, r.doc.Tokens[m.token].Head; k >= 0 && steps < 6; steps, k = steps+1, r.doc.Tokens[k].Head {
		switch r.lemma[k] {
		case "rehearse", "simulate", "re-enact", "reenact", "dramatise", "dramatize", "depict", "portray":
			return true
		}
	}
	for _, heads := range [][]int{m.frame.subj, m.frame.obj} {
		for _, h := range heads {
			for k := h - 1; k >= 0 && k >= h-2; k-- {
				switch strings.ToLower(r.doc.Tokens[k].Form) {
				case "dummy", "mock", "simulated", "imaginary", "fictional", "fictitious", "pretend":
					return true
				}
			}
		}
	}
	return false
}

// bloodless reports whether a verb of violence is done by nobody armed to
// nothing that can be hurt or wrecked: "surgeons bombarded the tumour". Rules
// that ask for a certain object have looked for themselves.
func (r *reading) bloodless(m *mention) bool {
	if m.typ != news.Assault || m.frame.noun || m.effect || len(m.frame.obj) == 0 || m.rule.asks("obj") {
		return false
	}
	for _, h := range m.frame.subj {
		if r.isArmed(h) || r.doc.Tokens[h].UPOS == "PRON" {
			return false
		}
	}
	for _, h := range m.frame.obj {
		t := r.doc.Tokens[h]
		if t.UPOS != "NOUN" || r.entity(h) != nil || r.isParticipant(h) || r.isTime(h) || r.nameAt(h) >= 0 ||
			r.c.classes["weapon"][r.lemma[h]] || r.c.classes["instrument"][r.lemma[h]] || r.c.classes["crash-thing"][r.lemma[h]] || r.isPersonNoun(h) {
			return false
		}
		for _, c := range r.doc.Children(h) {
			if rel := r.doc.Tokens[c].Deprel; rel == "nummod" || nlp.IsRel(rel, "compound") && r.isParticipant(c) {
				return false
			}
		}
	}
	s := r.doc.Sentences[m.sentence]
	for i := max(s.From, m.token-nearWords); i < min(s.To, m.token+nearWords); i++ {
		if r.c.classes["instrument"][r.lemma[i]] && i != m.token || r.c.classes["weapon"][r.lemma[i]] || r.c.counts.object[r.lemma[i]] != "" && i != m.token {
			return false
		}
	}
	return true
}

// isArmed tells words for those who fight.
func (r *reading) isArmed(h int) bool {
	l := r.lemma[h]
	if r.c.classes["armed"][l] || r.c.classes["troops"][l] || r.c.classes["police"][l] {
		return true
	}
	e := r.entity(h)
	return e != nil && (e.Type == news.Country || e.Type == news.Group)
}

// asks reports whether a rule has a condition with the key.
func (rule *rule) asks(key string) bool {
	for i := range rule.conditions {
		for _, k := range rule.conditions[i].keys {
			if k == key && !rule.conditions[i].negated {
				return true
			}
		}
	}
	return false
}
