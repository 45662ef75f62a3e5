package who

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// introduced finds the person whom an opening leaves without a name and a
// paragraph soon after begins with, by name and age or by name and "who"; -1
// where there is none.
//
//	The head of the nurses' union walked out of the talks on Friday.
//	Carla Reyes, 47, said she would ballot members.
//
//	The mayor of Alvena resigned on Friday.
//	Duarte Reis, who had led the city for 11 years, said he was innocent.
//
// Only the first person whom the opening speaks of can be meant.
func (a *article) introduced(p *phrase) int {
	if p.role.class != personClass || p.plural || !nlp.IsRel(a.doc.Tokens[p.head].Deprel, "nsubj") && a.doc.Tokens[p.head].Deprel != "root" {
		return -1
	}
	block := a.doc.Sentences[a.doc.SentenceOf(p.head)].Block
	opening := block
	for opening > 0 && a.doc.Blocks[opening-1].Kind != news.BlockParagraph {
		opening-- // the headline and what else stands above the text
	}
	if opening > 0 && a.doc.Blocks[block].Kind == news.BlockParagraph {
		return -1
	}
	seen := 0
	for b := block + 1; b < len(a.doc.Blocks) && seen < 2; b++ {
		if a.doc.Blocks[b].Kind != news.BlockParagraph {
			continue
		}
		seen++
		i := a.doc.TokenAt(a.doc.Blocks[b].Start)
		if i >= len(a.doc.Tokens) {
			return -1
		}
		for steps := 0; steps < 3 && a.nameAt[i] < 0 && i+1 < len(a.doc.Tokens) && a.sameBlock(i, i+1); steps++ {
			i++ // "Captain Rosa Imhof, 41"
		}
		if a.nameAt[i] < 0 {
			continue
		}
		n := a.names[a.nameAt[i]]
		if n.kind != news.Person || n.entity < 0 || n.from != i || !a.ageFollows(n.to) && !(n.to-n.from > 1 && isOffice(p.role) && a.hasWho(n.to)) || a.namedBefore(n.entity, n.from) {
			continue
		}
		if ent := a.entities[n.entity]; !ent.gender.fits(p.role.gender) {
			return -1
		}
		if a.firstPersonPhrase(p, block) {
			return n.entity
		}
		return -1
	}
	return -1
}

// ageFollows reports whether ", 47," stands at token i.
func (a *article) ageFollows(i int) bool {
	t := a.doc.Tokens
	return i+2 < len(t) && t[i].Form == "," && t[i+1].UPOS == "NUM" && len(t[i+1].Form) == 2 && t[i+2].Form == ","
}

// namedBefore reports whether an entity has a name before token i.
func (a *article) namedBefore(e, i int) bool {
	for _, n := range a.names {
		if n.from >= i {
			break
		}
		if n.entity == e {
			return true
		}
	}
	return false
}

// firstPersonPhrase reports whether no person, named or described, comes before
// phrase p in its block.
func (a *article) firstPersonPhrase(p *phrase, block int) bool {
	for i := p.from - 1; i >= 0 && a.doc.Sentences[a.doc.SentenceOf(i)].Block == block; i-- {
		if n := a.nameAt[i]; n >= 0 && a.names[n].kind == news.Person {
			return false
		}
		if q := a.phraseAt[i]; q >= 0 && a.phrases[q].role.class == personClass && !a.phrases[q].plural {
			return false
		}
	}
	return true
}

// sameAsHeadline finds the person whom the headline only describes when the text
// first describes one by the same noun: "Pilot tells of chaos" and "A pilot who
// landed a burning jet"; -1 where there is none.
func (a *article) sameAsHeadline(p *phrase) int {
	if p.role.class != personClass || p.plural || a.headline(p.head) {
		return -1
	}
	key := "headline " + a.lemma(p.head)
	e, ok := a.byKey[key]
	if !ok {
		return -1
	}
	delete(a.byKey, key) // the next one may be another
	if a.entities[e].named || p.of >= 0 && p.of < p.head {
		return -1
	}
	return e
}
