package who

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where"
)

// joinNames makes entities of the names: those of tables and places by their
// row, persons' full names before surnames, bodies' long forms before
// acronyms and short forms.
func (a *article) joinNames() {
	for i := range a.names {
		a.names[i].entity = -1
	}
	knownAs := a.knownAs()
	for i := range a.names { // rows of the tables
		n := &a.names[i]
		switch {
		case n.actor >= 0:
			n.entity = a.keyed("actor "+strconv.Itoa(n.actor), n)
		case n.code != "":
			n.entity = a.keyed("country "+n.code, n)
		case n.place >= 0 && a.places[n.place].Place == nil && a.places[n.place].Kind == where.PlaceName:
			n.place, n.known = -1, false // may be a person after all
		case n.place >= 0:
			n.entity = a.keyed(placeKey(a.places[n.place]), n)
		}
	}
	for i := range a.names { // persons' full names
		if n := &a.names[i]; n.entity < 0 && n.kind == news.Person && knownAs[i] == 0 {
			if words := a.nameWords(*n); len(words) > 1 {
				n.entity = a.fullPerson(words)
			}
		}
	}
	for i := range a.names { // "Odd Lien, better known as Kapo"
		if other := knownAs[i] - 1; other >= 0 && a.names[i].entity < 0 && a.names[other].entity >= 0 {
			e := a.names[other].entity
			a.names[i].entity, a.names[i].kind = e, a.entities[e].kind
			words := a.nameWords(a.names[i])
			a.index(e, words, a.entities[e].words)
			a.byKey["name "+strings.Join(words, " ")] = e
		}
	}
	for i := range a.names { // bodies' long names
		n := &a.names[i]
		if n.entity >= 0 {
			continue
		}
		words := a.nameWords(*n)
		switch {
		case len(words) == 0:
		case a.acronyms[a.doc.Span(n.from, n.to).Text].size > 1:
			n.entity = a.acronym(n, words)
		case n.kind != news.Person && len(words) > 1:
			n.entity = a.mistaken(n, words)
			if n.entity < 0 {
				n.entity = a.body(n, words)
			}
		}
	}
	for i := range a.names { // surnames
		if n := &a.names[i]; n.entity < 0 && n.kind == news.Person {
			if words := a.nameWords(*n); len(words) > 0 {
				if n.entity = a.firmShort(n, words); n.entity < 0 {
					n.entity = a.surname(i, words[0])
				}
			}
		}
	}
	for i := range a.names { // other single words, acronyms last
		n := &a.names[i]
		if n.entity >= 0 {
			continue
		}
		words := a.nameWords(*n)
		switch {
		case len(words) == 0:
		case isAcronym(a.doc.Tokens[n.from].Form):
			n.entity = a.acronym(n, words)
		default:
			if n.kind == news.Organisation {
				n.entity = a.firmShort(n, words)
			}
			if n.entity < 0 {
				n.entity = a.body(n, words)
			}
		}
	}
	for i := range a.names {
		if n := &a.names[i]; n.entity >= 0 {
			a.bind(n)
		}
	}
}

func placeKey(m where.Mention) string {
	switch {
	case (m.Kind == where.CountryName || m.Kind == where.Nationality) && m.Country.Known():
		return "country " + string(m.Country)
	case m.GeoNames != 0 && m.Kind == where.PlaceName:
		return "geonames " + strconv.Itoa(m.GeoNames)
	}
	return "place " + fold(m.Name)
}

// nameWords are the folded words of a name.
func (a *article) nameWords(n name) []string {
	var out []string
	for w := a.wordAt[n.from]; w < a.wordAt[n.to]; w++ {
		out = append(out, a.words[w].text)
	}
	return out
}

func (a *article) newEntity(kind news.EntityType) int {
	a.entities = append(a.entities, &entity{kind: kind, actor: -1, place: -1})
	return len(a.entities) - 1
}

// keyed returns the entity of a row or place, made on first sight.
func (a *article) keyed(key string, n *name) int {
	if e, ok := a.byKey[key]; ok {
		if n.kind == news.Person && n.actor >= 0 {
			a.beListed(e, n)
		}
		return e
	}
	e := a.newEntity(n.kind)
	ent := a.entities[e]
	ent.actor, ent.place = n.actor, n.place
	a.byKey[key] = e
	switch {
	case n.actor >= 0:
		act := a.lex.actors[n.actor]
		ent.country, ent.sectors = act.country, act.sectorsOn(a.published)
		ent.plural = act.kind == news.Group
		if act.kind == news.Person {
			a.beListed(e, n)
		}
	case n.place >= 0:
		ent.country = a.places[n.place].Country
	default:
		ent.country = news.Optional(n.code)
	}
	a.index(e, a.nameWords(*n), ent.words)
	return e
}

// bearers are the entities with a word in their names, the last hundred at
// most: a text with more is a list, and lists are not to cost squares.
func (a *article) bearers(w string) []int {
	list := a.byWord[w]
	return list[max(0, len(list)-100):]
}

// index files an entity under the words it was not yet filed under.
func (a *article) index(e int, words, old []string) {
	for _, w := range words {
		if !contains(old, w) {
			a.byWord[w] = append(a.byWord[w], e)
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
