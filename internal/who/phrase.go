package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// phrase is a noun phrase whose head says that it is a person, a body, a
// group, a document or a place: "the interior minister", "two suspects".
type phrase struct {
	head, from, to int // half-open range in Doc.Tokens
	start          int // first word of the role's phrase: "police" of "a young police officer"
	role           *role
	plural         bool
	definite       bool // the, this, these, a possessive
	indefinite     bool // a, another, some, a number without "the"
	modifiers      []string
	of             int // token that names the owner, -1
	entity         int // -1 until resolved
	name           int // the name that stands beside it, -1
	predicate      bool
}

// findPhrases finds the descriptions by their head nouns.
func (a *article) findPhrases() {
	inTitle := make([]bool, len(a.doc.Tokens))
	for _, t := range a.titles {
		for i := t.from; i < t.to; i++ {
			inTitle[i] = true
		}
	}
	for i := range a.doc.Tokens {
		if a.skip[i] || a.nameAt[i] >= 0 || inTitle[i] {
			continue
		}
		sent := a.doc.Sentences[a.doc.SentenceOf(i)]
		if from, ok := a.agePhrase(i, sent.From, sent.To); ok {
			a.phraseAt[i] = len(a.phrases)
			a.phrases = append(a.phrases, phrase{head: i, from: from, to: i + 1, start: i, role: yearOld, entity: -1, of: -1, name: -1, definite: true, plural: a.lower(i) == "olds"})
			continue
		}
		if !a.nounLike(i, sent) || a.modifiesNext(i) {
			continue
		}
		r, size := a.roleAt(i, sent.From)
		if r == nil {
			if r = byEnding(singular(a.lower(i))); r == nil {
				continue
			}
			size = 1
		}
		for k := i - size + 1; k < i; k++ {
			if a.nameAt[k] >= 0 {
				r, size = a.lex.roles[a.lemma(i)], 1
				break
			}
		}
		if r == nil {
			continue
		}
		more := 0
		if key, n := a.ofPhrase(i, sent.To); n > 0 { // "secretary of state"
			r, more = a.lex.roles[key], n
		}
		p := phrase{head: i, to: i + 1, start: i - size + 1, role: r, entity: -1, of: -1, name: -1}
		a.spread(&p, sent)
		if more > 0 {
			p.to = max(p.to, i+1+more)
			if p.of > i && p.of < p.to {
				p.of = -1
			}
		}
		a.phraseAt[i] = len(a.phrases)
		a.phrases = append(a.phrases, p)
	}
}

// nounLike reports whether a token may head a description. Words such as
// "official" and "national" are often tagged as adjectives.
func (a *article) nounLike(i int, sent nlp.Sentence) bool {
	t := a.doc.Tokens[i]
	if a.verbAsPlural(i) {
		return false
	}
	if a.lower(i) == "heads" && i+1 < sent.To && a.headline(i) {
		switch a.lower(i + 1) {
		case "to", "for", "into", "home", "off", "back":
			return false // "Party heads to court"
		}
	}
	switch t.UPOS {
	case "NOUN":
		return true
	case "PROPN":
		return a.lex.roles[a.lemma(i)] != nil
	case "ADJ":
		r := a.lex.roles[a.lower(i)]
		if r == nil || r.class != personClass && a.lower(i) != "military" || i == sent.From {
			return false
		}
		if prev := a.doc.Tokens[i-1]; prev.UPOS != "DET" && prev.UPOS != "ADJ" && prev.UPOS != "NOUN" && a.nameAt[i-1] < 0 && !hyphen(prev.Form) {
			return false
		}
		if i+1 >= sent.To {
			return true
		}
		switch next := a.doc.Tokens[i+1]; next.UPOS {
		case "VERB", "AUX", "ADP":
			return next.XPOS != "VBG" && next.XPOS != "VBN" || next.UPOS == "AUX"
		case "PUNCT":
			return !hyphen(next.Form)
		}
	}
	return false
}

// ofPhrase returns the role that a noun makes with the "of" after it, and how
// many tokens that adds: "secretary of state", "member of parliament".
func (a *article) ofPhrase(i, last int) (string, int) {
	if i+2 >= last || a.lower(i+1) != "of" {
		return "", 0
	}
	key := a.lemma(i) + " of " + a.lower(i+2)
	if i+3 < last {
		if long := key + " " + a.lower(i+3); a.lex.roles[long] != nil {
			return long, 3
		}
	}
	if a.lex.roles[key] != nil {
		return key, 2
	}
	return "", 0
}

// modifiesNext reports whether a noun is only a modifier of one to its right:
// the police of "police chief".
func (a *article) modifiesNext(i int) bool {
	t := a.doc.Tokens[i]
	if t.UPOS == "NOUN" && i+1 < len(a.doc.Tokens) && pressNouns[a.lower(i)+" "+a.lemma(i+1)] {
		return true
	}
	if t.Head <= i {
		return false
	}
	if t.Head == i+1 && (a.verbAsPlural(i+1) || timeNouns[a.lower(i+1)] && a.isOfficeNoun(i)) {
		return false // "A Kenyan official today praised"
	}
	return nlp.IsRel(t.Deprel, "compound") || nlp.IsRel(t.Deprel, "amod") || nlp.IsRel(t.Deprel, "nmod") && t.Deprel == "nmod:desc"
}

// isOfficeNoun reports whether a token is the noun of an office.
func (a *article) isOfficeNoun(i int) bool {
	r := a.lex.roles[a.lower(i)]
	return r != nil && isOffice(r)
}

// spread finds how far a phrase reaches and what its words say of it.
func (a *article) spread(p *phrase, sent nlp.Sentence) {
	i := p.head
	t := a.doc.Tokens[i]
	p.plural = t.XPOS == "NNS" || t.XPOS == "NNPS" || p.role.class == personsClass
	p.from = p.start
	for _, c := range a.doc.Children(i) {
		if c > i {
			break
		}
		ct := a.doc.Tokens[c]
		switch {
		case nlp.IsRel(ct.Deprel, "det"):
			switch a.lower(c) {
			case "the", "this", "these", "that", "those", "both", "its", "their", "his", "her", "our", "my":
				p.definite = true
			default:
				p.indefinite = true
			}
		case ct.Deprel == "nmod:poss":
			p.definite = true
			p.of = c
		case nlp.IsRel(ct.Deprel, "nummod"):
			p.indefinite = true
			if a.lower(c) != "one" {
				p.plural = true
			}
		case nlp.IsRel(ct.Deprel, "amod") || nlp.IsRel(ct.Deprel, "compound") || ct.Deprel == "nmod:desc":
			if a.nameAt[c] >= 0 && p.of < 0 {
				p.of = c
			}
		default:
			continue
		}
		if c < p.from {
			p.from = a.leftEdge(c, 3)
		}
	}
	p.from = max(p.from, p.start-maxName)
	a.tighten(p)
	if p.from > sent.From && a.lower(p.from) == "least" && a.lower(p.from-1) == "at" {
		p.from-- // "killed at least 74 civilians", where "at" hangs elsewhere
	}
	// "Daesh-linked rebels": a word after a hyphen brings what is before it.
	for p.from-2 >= sent.From && hyphen(a.doc.Tokens[p.from-1].Form) && a.doc.Tokens[p.from-1].End == a.doc.Tokens[p.from].Start {
		p.from -= 2
	}
	for _, c := range a.doc.Children(i) {
		if c >= p.start {
			break
		}
		ct := a.doc.Tokens[c]
		if c >= p.from && a.nameAt[c] < 0 && (nlp.IsRel(ct.Deprel, "amod") || nlp.IsRel(ct.Deprel, "compound") || ct.Deprel == "nmod:desc") {
			p.modifiers = append(p.modifiers, a.lower(c))
		}
	}
	for k := p.start; k < i; k++ {
		p.modifiers = append(p.modifiers, a.lower(k))
	}
	if p.definite {
		p.indefinite = false
	}
	a.reachOwner(p, sent)
	if p.of < 0 {
		a.innerOwner(p)
	}
	// What stands right before may be an owner that the parse hung elsewhere:
	// "Afghan regime".
	if p.of < 0 && p.from > sent.From && a.nameAt[p.from-1] >= 0 && a.names[a.nameAt[p.from-1]].nation {
		p.of = p.from - 1
		p.from = a.names[a.nameAt[p.from-1]].from
	}
	a.reachBand(p, sent)
	if p.from > sent.From && !p.definite && !p.indefinite {
		switch a.lower(p.from - 1) {
		case "the":
			p.from--
			p.definite = true
		case "a", "an":
			p.from--
			p.indefinite = true
		}
	}
	if !p.definite && !p.indefinite && p.of < 0 {
		a.reachArticle(p, sent)
	}
	if n := a.nameAt[p.from]; n >= 0 {
		p.from = a.names[n].from
	}
	// "of" and what it names: "head of the union".
	for _, c := range a.doc.Children(i) {
		if c <= i || !nlp.IsRel(a.doc.Tokens[c].Deprel, "nmod") {
			continue
		}
		k := a.doc.Child(c, "case")
		if k != i+1 || a.lower(k) != "of" && a.lower(k) != "for" && a.lower(k) != "in" && a.lower(k) != "from" && a.lower(k) != "at" {
			continue
		}
		if c-i > 8 || a.lower(k) == "of" && a.accusedOf(p, i) {
			continue
		}
		if p.of < 0 && (a.lower(k) == "of" || a.lower(k) == "for" || a.nameAt[c] >= 0) {
			p.of = c
		}
		if a.lower(k) == "of" && (a.nameAt[c] >= 0 || p.role.class != organisation) {
			p.to = c + 1
			if n := a.nameAt[c]; n >= 0 && a.names[n].to > p.to {
				p.to = a.names[n].to
			}
		}
		break
	}
}

// accusedOf reports whether the "of" after a phrase goes with the verb before
// it: "accuses a militia of killings", "suspect the driver of theft".
func (a *article) accusedOf(p *phrase, i int) bool {
	if h := a.doc.Tokens[i].Head; h >= 0 && h < i && ofVerbs[a.headLemma(h)] {
		return true
	}
	return p.from > 0 && ofVerbs[singular(a.headLemma(p.from-1))]
}

// ofVerbs are done to somebody of something.
var ofVerbs = set("accuse", "suspect", "convict", "acquit", "rob", "strip", "deprive", "inform", "absolve", "cure", "remind", "warn", "rid")

// reachOwner takes the owner whose "'s" stands right before a phrase into it,
// which the parse may have hung elsewhere: "the group's Horn of Africa
// researcher" is the group's before it is the Horn's.
func (a *article) reachOwner(p *phrase, sent nlp.Sentence) {
	k := p.from - 2
	if k < sent.From || !possessive(a.doc.Tokens[k+1].Form) || p.definite && p.of >= 0 && p.of < p.from {
		return
	}
	if n := a.nameAt[k]; n >= 0 {
		p.of, p.from, p.definite = k, a.names[n].from, true
		return
	}
	if a.doc.Tokens[k].UPOS != "NOUN" {
		return
	}
	for j := k - 1; j >= sent.From && j > k-5; j-- {
		if a.doc.Tokens[j].UPOS == "DET" {
			p.of, p.from, p.definite = k, j, true
			return
		}
		if u := a.doc.Tokens[j].UPOS; u != "ADJ" && u != "NOUN" && u != "PROPN" || a.nameAt[j] >= 0 {
			return
		}
	}
}

// innerOwner finds the state or union that begins a phrase where the parse hangs
// it from a word between: the Kenya of "28 Kenyan government officials".
func (a *article) innerOwner(p *phrase) {
	for k := p.from; k < p.start; k++ {
		n := a.nameAt[k]
		if n < 0 || a.names[n].to > p.start {
			continue
		}
		nm := a.names[n]
		if nm.kind == news.Country || nm.actor >= 0 && a.lex.actors[nm.actor].country == "IGO" {
			if !(nm.to < p.start && hyphen(a.doc.Tokens[nm.to].Form)) { // not "Kenyan-led forces"
				p.of = k
			}
			return
		}
	}
}

// reachBand takes the name of a body or group right before a plural of persons
// into the phrase where the parse has the two side by side: in "Red Dune
// militants burned a village" both are subjects.
func (a *article) reachBand(p *phrase, sent nlp.Sentence) {
	if p.of >= 0 || !p.plural || p.definite || p.indefinite || p.from <= sent.From || a.nameAt[p.from-1] < 0 || a.caps[a.doc.SentenceOf(p.head)] {
		return
	}
	n := a.names[a.nameAt[p.from-1]]
	if n.kind != news.Organisation && n.kind != news.Group {
		return
	}
	h, t := a.doc.Tokens[a.headOf(n.from, n.to)], a.doc.Tokens[p.head]
	if h.Head == p.head || h.Head == t.Head && h.Deprel == t.Deprel {
		p.of, p.from = p.from-1, n.from
	}
}

// reachArticle finds the article of a phrase whose words the parse has torn
// apart: from the noun left over adjectives and nouns.
func (a *article) reachArticle(p *phrase, sent nlp.Sentence) {
	for k := p.from - 1; k >= sent.From && k > p.from-6; k-- {
		t := a.doc.Tokens[k]
		if a.nameAt[k] >= 0 && !a.names[a.nameAt[k]].nation {
			return
		}
		if timeNouns[a.lower(k)] {
			return
		}
		switch {
		case t.UPOS == "ADJ" || t.UPOS == "NOUN" && t.XPOS != "NNS" || hyphen(t.Form) || t.XPOS == "VBN":
			continue
		case t.UPOS != "DET":
			return
		}
		for j := k + 1; j < p.from; j++ {
			if hasAlphanumeric(a.doc.Tokens[j].Form) && a.nameAt[j] < 0 {
				p.modifiers = append(p.modifiers, a.lower(j))
			}
		}
		p.from = k
		switch a.lower(k) {
		case "the", "this", "these", "that", "those", "both":
			p.definite = true
		default:
			p.indefinite = true
		}
		return
	}
}

// tighten cuts a phrase where a verb, a clause or a quotation mark stands
// inside it, which a wrong parse can make: "these were not ordinary rebels".
func (a *article) tighten(p *phrase) {
	for k := p.start - 1; k >= p.from; k-- {
		t := a.doc.Tokens[k]
		cut := false
		switch t.UPOS {
		case "AUX", "SCONJ", "INTJ":
			cut = true
		case "VERB":
			cut = t.XPOS != "VBN" && t.XPOS != "VBG"
		case "PRON":
			cut = t.Deprel != "nmod:poss" && t.Deprel != "det"
		case "PUNCT", "SYM":
			cut = !hyphen(t.Form) && t.Form != "," && t.Form != "'" && t.Form != "’"
		}
		if cut || a.beforePhrase(k, p) {
			p.from = k + 1
			p.definite = p.definite && a.doc.Child(p.head, "det", "nmod:poss") > k
			if p.of >= 0 && p.of <= k {
				p.of = -1
			}
			return
		}
	}
}

// leftEdge is the first token of a modifier with its own modifiers, at most
// depth levels down.
func (a *article) leftEdge(i, depth int) int {
	edge := i
	if n := a.nameAt[i]; n >= 0 {
		edge = min(edge, a.names[n].from)
	}
	if depth == 0 {
		return edge
	}
	for _, c := range a.doc.Children(i) {
		if c > i {
			break
		}
		if r := a.doc.Tokens[c].Deprel; r == "punct" || r == "cc" {
			continue
		}
		edge = min(edge, a.leftEdge(c, depth-1))
	}
	return edge
}

// ownerOf returns the entity that a phrase belongs to, as far as the walk has
// come.
func (a *article) ownerOf(p *phrase) owner {
	if p.of < 0 {
		return nobody
	}
	if n := a.nameAt[p.of]; n >= 0 {
		return owner{a.names[n].entity, a.nameText(a.names[n])}
	}
	if q := a.phraseAt[p.of]; q >= 0 {
		ph := a.phrases[q]
		if ph.role.class == placeClass && ph.of >= 0 && a.nameAt[ph.of] >= 0 { // "of the province of Rosk"
			n := a.names[a.nameAt[ph.of]]
			return owner{n.entity, a.nameText(n)}
		}
		return owner{ph.entity, a.phraseText(&ph)}
	}
	for m := len(a.mentions) - 1; m >= 0 && m > len(a.mentions)-12; m-- {
		if a.mentions[m].Head == p.of {
			e := a.mentions[m].Entity
			return owner{e, a.entityName(e)}
		}
	}
	return nobody
}

// aboutNumber is how many tokens before a number say how exact it is: "at
// least 40 pupils" are 40 pupils by name.
func (a *article) aboutNumber(i int) int {
	n := 0
	switch a.lower(i) {
	case "at", "more", "fewer", "less", "up", "as":
		n = 2
	case "over", "about", "around", "nearly", "almost", "roughly", "approximately":
		n = 1
	}
	if n > 0 && i+n < len(a.doc.Tokens) && a.doc.Tokens[i+n].UPOS == "NUM" {
		return n
	}
	return 0
}

func (a *article) entityName(e int) string {
	ent := a.entities[e]
	if ent.place >= 0 && ent.kind == news.Country {
		return a.places[ent.place].Name
	}
	if ent.name != "" {
		return ent.name
	}
	return ""
}

// text is the phrase without its article.
func (a *article) phraseText(p *phrase) string {
	from := p.from
	for from < p.start {
		switch a.lower(from) {
		case "the", "a", "an", "this", "that", "these", "those", "all", "both", "its", "their", "his", "her", "whose", "some", "another", "any", "every", "each", "such", "own":
			from++
			continue
		}
		if n := a.aboutNumber(from); n > 0 {
			from += n
			continue
		}
		break
	}
	return strings.Join(strings.Fields(a.doc.Span(from, p.to).Text), " ")
}

// bare reports a singular noun with nothing before it: "in office", and in
// headlines "Minister quits".
func (p *phrase) bare() bool {
	return !p.plural && !p.definite && !p.indefinite && p.of < 0
}
