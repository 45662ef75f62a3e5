package who

import (
	"sort"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// past is one thing mentioned so far, the memory that descriptions and
// pronouns look back on. Things with no entity are kept too: "it" may mean
// the road.
type past struct {
	entity   int // -1 for a thing that is no entity
	from, to int
	head     int
	plural   bool
	subject  bool
	quoted   bool
	sentence int
	locative bool // "in Norway": seldom what "they" or "it" means
}

// lookBack is how many things a description looks back on; a pronoun looks
// back on a third of them.
const lookBack = 180

// walk goes through the text once and joins descriptions and pronouns to what
// was mentioned before.
func (a *article) walk() {
	a.noteOffices()
	sort.SliceStable(a.mentions, func(i, j int) bool { return a.mentions[i].From < a.mentions[j].From })
	// A phrase is read where its head stands, after the names and pronouns
	// inside it: "his lawyer", "Norway's police chief".
	named := a.mentions
	a.mentions = make([]Mention, 0, 2*len(named))
	var memory []past
	next := 0
	for i, t := range a.doc.Tokens {
		for next < len(named) && named[next].From <= i {
			m := named[next]
			a.mentions = append(a.mentions, m)
			thing := a.remember(m.Entity, m.From, m.To, m.Head)
			thing.subject = thing.subject || a.titledSubject(m.From)
			memory = append(memory, thing)
			next++
		}
		if a.skip[i] || a.nameAt[i] >= 0 {
			continue
		}
		if q := a.phraseAt[i]; q >= 0 {
			p := &a.phrases[q]
			a.resolvePhrase(p, memory)
			if p.entity >= 0 {
				a.mentions = append(a.mentions, Mention{p.entity, p.from, p.to, p.head, news.MentionNominal})
				a.describe(p)
			}
			past := a.remember(p.entity, p.from, p.to, p.head)
			past.plural = p.plural
			memory = append(memory, past)
			continue
		}
		switch t.UPOS {
		case "PRON", "DET":
			e := a.pronoun(i, memory)
			if e >= 0 {
				a.mentions = append(a.mentions, Mention{e, i, i + 1, i, news.MentionPronoun})
				memory = append(memory, a.remember(e, i, i+1, i))
			}
		case "NOUN":
			if (nlp.IsRel(t.Deprel, "nsubj") || nlp.IsRel(t.Deprel, "obj")) && !a.modifiesNext(i) {
				thing := a.remember(-1, i, i+1, i)
				thing.plural = t.XPOS == "NNS"
				memory = append(memory, thing)
			}
		}
	}
}

// titledSubject reports whether the title before a name is what the parse has
// for the subject: the "Minister" of "Minister Velin said".
func (a *article) titledSubject(i int) bool {
	n := a.nameAt[i]
	if n < 0 || a.names[n].title[0] == a.names[n].title[1] {
		return false
	}
	h := a.headOf(a.names[n].title[0], a.names[n].to)
	return nlp.IsRel(a.doc.Tokens[h].Deprel, "nsubj")
}

func (a *article) remember(e, from, to, head int) past {
	p := past{entity: e, from: from, to: to, head: head, quoted: a.quoted[head], sentence: a.doc.SentenceOf(head)}
	p.subject = nlp.IsRel(a.doc.Tokens[head].Deprel, "nsubj")
	if e >= 0 {
		a.entities[e].told++
		p.plural = a.entities[e].plural
		p.locative = a.locative(head)
	}
	return p
}

// headline reports whether a token stands in a block set as headlines are,
// where articles are left out.
func (a *article) headline(i int) bool {
	switch a.doc.BlockOf(i).Kind {
	case news.BlockTitle, news.BlockLead, news.BlockHeading, news.BlockCaption:
		return true
	}
	return false
}
