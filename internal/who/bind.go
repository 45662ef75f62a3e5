package who

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where"
)

// bind records a name as a mention of its entity, with what its title says.
func (a *article) bind(n *name) {
	ent := a.entities[n.entity]
	if n.nation {
		a.knownBy(ent, n)
		ent.people = ent.people || a.peopleHere(n)
	}
	ent.votes[kindIndex(n.kind)]++
	if n.known {
		ent.votes[kindIndex(n.kind)] += 3
	}
	if !ent.named && !ent.country.Known() && ent.actor < 0 && ent.place < 0 && (n.kind == news.Organisation || n.kind == news.Group) {
		ent.country = a.countryInName(n)
	}
	ent.named = true
	if n.abroad != "" {
		ent.abroad, ent.people = n.abroad, true
	}
	if len(ent.sectors) == 0 && ent.actor < 0 && (n.kind == news.Organisation || n.kind == news.Group) {
		ent.sectors = a.sectorsOfBody(ent)
	}
	if n.gender != unknownGender {
		ent.gender = n.gender
	}
	if n.title[1] > n.title[0] {
		from, of := n.title[0], a.ownerOfTitle(n)
		if place, ok := a.placeOfTitle(n); ok {
			from++
			if of.text == "" {
				of = owner{place.entity, place.text}
			}
			if !ent.country.Known() {
				ent.country = place.country
			}
		}
		for _, r := range a.rolesOf(from, n.title[1]) {
			a.addRole(ent, r, of)
		}
		a.titles = append(a.titles, titleSpan{n.title[0], n.title[1], n.entity, a.wholeHead(n)})
	}
	if n.kind == news.OtherEntity && a.doc.Tokens[n.to-1].XPOS == "NNPS" {
		ent.plural, ent.people = true, true // "Muslims"
	}
	if n.kind == news.Person && ent.gender == unknownGender && len(ent.words) > 0 {
		ent.gender = a.lex.given[ent.words[0]]
	}
	if n.kind == news.OtherEntity && n.to-n.from == 1 && isAcronym(a.doc.Tokens[n.from].Form) && a.doc.Tokens[n.from].Deprel == "nsubj" && a.speaksAt(n.from) {
		ent.speaks = true
	}
	a.mentions = append(a.mentions, Mention{
		Entity: n.entity, From: n.from, To: n.to, Head: a.headOf(n.from, n.to), Kind: news.MentionName,
	})
}

// knownBy notes a name of a country that is not the country's own.
func (a *article) knownBy(ent *entity, n *name) {
	if ent.by == nil {
		ent.by = map[string]bool{}
	}
	ent.by[strings.Join(strings.Fields(a.doc.Span(n.from, n.to).Text), " ")] = true
}

// ownerOfTitle is the body or country of a title before a name, named before
// it or right after the name: "Senator Odd Lien of the Harbour Party".
func (a *article) ownerOfTitle(n *name) owner {
	of := a.ownerBefore(n.title[0])
	j := n.to
	if of.text != "" || j+1 >= len(a.doc.Tokens) || a.lower(j) != "of" {
		return of
	}
	if j++; a.lower(j) == "the" && j+1 < len(a.doc.Tokens) {
		j++
	}
	if m := a.nameAt[j]; m >= 0 && a.names[m].from == j && a.names[m].kind != news.Person && a.sameBlock(j, n.from) {
		return owner{a.names[m].entity, a.nameText(a.names[m])}
	}
	return of
}

// placeOfTitle is the place or body that a title begins with, where the tagger
// put it into a person's name: the "Sindh" of "Sindh Irrigation Minister Lien".
// Only a province or a large town of a country that the article names counts,
// so that the "Commerce" of a minister is no town of Texas.
func (a *article) placeOfTitle(n *name) (titlePlace, bool) {
	i := n.title[0]
	if form := a.doc.Tokens[i].Form; i+1 < n.title[1] && isAcronym(form) && a.lex.roles[a.lower(i)] == nil {
		if e, ok := a.byKey["name "+a.lower(i)]; ok { // "LWC chairperson Justice Odd Lien"
			return titlePlace{owner{e, form}, a.entities[e].country}, true
		}
	}
	if a.gaz == nil || i+1 >= n.title[1] || !capitalised(a.doc.Tokens[i].Form) || a.isModifier(i) || a.lex.roles[a.lower(i)] != nil || officeAdjectives[a.lower(i)] {
		return titlePlace{}, false
	}
	form := a.doc.Tokens[i].Form
	for _, c := range a.gaz.Lookup(form) {
		if a.counts[string(c.Country)] == 0 {
			continue
		}
		if c.Kind != where.PlaceName || c.Population < 100_000 && c.Place.Precision != news.PrecisionAdmin1 {
			break
		}
		of := titlePlace{owner{-1, form}, c.Country}
		if e, ok := a.byKey["geonames "+strconv.Itoa(c.GeoNames)]; ok {
			of.entity = e
		}
		return of, true
	}
	return titlePlace{}, false
}

// titlePlace is a place that a title begins with.
type titlePlace struct {
	owner
	country news.Optional
}

// wholeHead is the head of a name with its title and the body before it, when
// the parse has put it into the body's name: the "UN" of "UN envoy Odd Lien".
func (a *article) wholeHead(n *name) int {
	from := n.title[0]
	if j := from - 1; j >= 0 && a.nameAt[j] >= 0 && a.sameBlock(j, from) {
		from = a.names[a.nameAt[j]].from
	}
	if h := a.headOf(from, n.to); h < n.title[0] {
		return h
	}
	return -1
}

// headOf returns the token of a run whose head lies outside it.
func (a *article) headOf(from, to int) int {
	for i := from; i < to; i++ {
		if h := a.doc.Tokens[i].Head; h < from || h >= to {
			if a.doc.Tokens[i].UPOS != "PUNCT" {
				return i
			}
		}
	}
	return to - 1
}

var kinds = []news.EntityType{
	news.Person, news.Organisation, news.Group, news.Country, news.PlaceEntity, news.Facility, news.OtherEntity,
}

func kindIndex(k news.EntityType) int {
	for i, x := range kinds {
		if x == k {
			return i
		}
	}
	return len(kinds) - 1
}

// peopleHere reports whether the word for a country's people stands for some of
// them: "the Kenyans said", "40 Norwegians"; not "Norwegian police".
func (a *article) peopleHere(n *name) bool {
	t := a.doc.Tokens[n.to-1]
	return n.to-n.from == 1 && (t.XPOS == "NNS" || t.XPOS == "NNPS") && !a.modifiesNext(n.from)
}
