package what

import (
	"github.com/onrecord/onrecord/internal/news"
)

// isHurtBy reports whether a word begins what is said of the hurt without a verb
// of hurting: "23 were taken to hospital", "eleven suffered burns", "22 are in
// hospital", "two lost their legs".
func (r *reading) isHurtBy(i, end int) bool {
	reach := func(words map[string]bool, steps int) bool {
		for k := i + 1; k < end && k <= i+steps; k++ {
			if words[r.lemma[k]] {
				return true
			}
			switch r.doc.Tokens[k].UPOS {
			case "VERB", "PUNCT", "CCONJ":
				return false
			}
		}
		return false
	}
	switch r.lemma[i] {
	case "take", "rush", "send", "admit", "treat", "need", "fly", "airlift", "require", "in":
		return reach(hospitals, 5)
	case "suffer", "sustain", "receive", "have":
		return reach(harms, 4)
	case "lose":
		return reach(limbs, 3)
	}
	return false
}

var (
	hospitals = wordSet([]string{"hospital", "hospitals", "clinic", "infirmary"})
	harms     = wordSet([]string{"burn", "burns", "injury", "wound", "fracture", "bruise", "concussion", "inhalation"})
	limbs     = wordSet([]string{"leg", "arm", "limb", "foot", "hand", "finger", "eye", "sight"})
)

// kindAround reads a verb before a number together with the phrase after what is
// counted: "forced 2,300 villagers out of their homes", "sent nine people to
// hospital", "carried off 40 pupils as hostages".
func (r *reading) kindAround(c *count, from, end int) (news.CountKind, int) {
	v := c.quantity.from - 1
	if v < from || c.end >= end {
		return "", -1
	}
	after := func(words ...string) bool {
		for k := c.end; k < end && k < c.end+6; k++ {
			for _, w := range words {
				if r.lemma[k] == w {
					return true
				}
			}
			if r.doc.Tokens[k].UPOS == "PUNCT" || r.doc.Tokens[k].UPOS == "VERB" {
				return false
			}
		}
		return false
	}
	switch r.lemma[v] {
	case "force", "drive", "push", "chase":
		if l := r.lemma[c.end]; l == "from" || l == "out" || l == "into" || l == "off" {
			return news.Displaced, v
		}
		if c.end+1 < end && (r.lemma[c.end+1] == "flee" || r.lemma[c.end+1] == "leave") {
			return news.Displaced, v
		}
	case "send", "put", "take", "land":
		if after("hospital", "clinic") {
			return news.Injured, v
		}
		if after("hostage", "captive") {
			return news.Abducted, v
		}
	}
	return "", -1
}

// addParts makes parts of the numbers after a whole that add up to it: "five
// people were killed, three in Herat and two in Kabul".
func (r *reading) addParts(here []*count) {
	for i, whole := range here {
		if whole.kind == "" || whole.partOf != nil || whole.quantity.best == nil || whole.quantity.qualifier != news.Exact || *whole.quantity.best < 2 {
			continue
		}
		sum, k := 0, i+1
		for ; k < len(here) && sum < *whole.quantity.best; k++ {
			c := here[k]
			if c.kind != "" && c.kind != whole.kind || c.partOf != nil || c.quantity.best == nil || c.quantity.zero || c.head >= c.quantity.to && !r.countsPersons(c.head) {
				break
			}
			sum += *c.quantity.best
		}
		if sum != *whole.quantity.best || k-i < 3 {
			continue
		}
		for _, c := range here[i+1 : k] {
			c.kind, c.anchor, c.partOf, c.backward = whole.kind, whole.anchor, whole, true
		}
	}
}

// alone reports whether a count that nothing in its sentence bears is itself what
// the text tells: people are dead, hurt or driven out, and no cause is coded
// before it. Then the harm is the event: "Thousands fled as the lava came near".
func (r *reading) alone(m *mention, told bool) bool {
	if told || m.rule != looseRule || m.status.unreal {
		return false
	}
	if r.doc.Tokens[m.token].UPOS == "VERB" && r.tenseOf(m.token) == present {
		return false // "on average two hikers a year are hurt"
	}
	if k := m.token + 1; k < len(r.lemma) && (r.lemma[k] == "of" || r.lemma[k] == "from") {
		return false // "nine people died of hunger"
	}
	inStory := *m
	inStory.typ = news.Accident
	if r.imagined(&inStory) {
		return false // "in the simulation 4,000 people lost their homes"
	}
	real := false
	for _, c := range m.counts {
		switch c.kind {
		case news.Arrested, news.Participants:
			return false
		}
		real = real || !c.quantity.zero
	}
	return real
}

// causeOf is the type of a harm whose cause the rules do not know, by the words of
// its sentence: forces of nature, arms, else a mishap.
func (r *reading) causeOf(m *mention) news.EventType {
	for _, c := range m.counts {
		if c.kind == news.Abducted {
			return news.Assault
		}
	}
	s := r.doc.Sentences[m.sentence]
	for i := s.From; i < s.To; i++ {
		switch l := r.lemma[i]; {
		case r.c.classes["storm"][l] || r.c.classes["nature"][l] && r.doc.Tokens[i].UPOS == "NOUN":
			return news.Disaster
		case r.c.classes["armed"][l] || r.c.classes["weapon"][l] || r.c.classes["war"][l]:
			return news.Assault
		}
	}
	return news.Accident
}
