package who

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// naming are the words by which a text gives a name to what it has just
// described, the name right behind them.
var naming = [][]string{
	{"called"}, {"named"}, {"dubbed"}, {"styled"}, {"known", "as"}, {"calling", "itself"}, {"calling", "themselves"},
	{"that", "calls", "itself"}, {"which", "calls", "itself"}, {"that", "call", "themselves"}, {"who", "call", "themselves"},
}

// calledBy returns the name that the text gives to what a phrase describes, or
// -1: "a little-known group called Red Kestrel", "a militia known as the Sand
// Vipers". The text says outright what the name names, so that a body's word
// wins over a tagger that took the name for a person's.
func (a *article) calledBy(p *phrase, sent nlp.Sentence) int {
	for _, words := range naming {
		j := p.to
		for _, w := range words {
			if j >= sent.To || a.lower(j) != w {
				j = -1
				break
			}
			j++
		}
		if j < 0 {
			continue
		}
		if j < sent.To && a.lower(j) == "the" {
			j++
		}
		if j >= sent.To || a.nameAt[j] < 0 || a.names[a.nameAt[j]].from > j {
			return -1
		}
		n := a.nameAt[j]
		if a.describes(p, n) {
			return n
		}
		body := p.role.class == groupClass || p.role.class == organisation
		if e := a.names[n].entity; body && e >= 0 && !a.names[n].known && a.entities[e].kind == news.Person {
			return n
		}
		return -1
	}
	return -1
}
