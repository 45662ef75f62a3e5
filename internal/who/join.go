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
				n.entity = a.fullPerson(n, words)
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
				n.entity = a.surname(i, words[0])
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
			n.entity = a.body(n, words)
		}
	}
	for i := range a.names {
		if n := &a.names[i]; n.entity >= 0 {
			a.bind(n)
		}
	}
}

// knownAs maps names that the text gives as another's second name to that
// other name, counted from 1.
func (a *article) knownAs() map[int]int {
	out := map[int]int{}
	for i := 1; i < len(a.names); i++ {
		n, prev := a.names[i], a.names[i-1]
		j := n.from - 1
		if j < 2 || n.place >= 0 || n.from-prev.to > 8 || !a.sameBlock(prev.from, n.from) {
			continue
		}
		for j > prev.to && !hasAlphanumeric(a.doc.Tokens[j].Form) {
			j--
		}
		switch w := a.lower(j); {
		case w == "as" && a.lower(j-1) == "known":
			j -= 2
		case w == "alias" || w == "nicknamed" || w == "dubbed" || w == "aka":
			j--
		default:
			continue
		}
		for ; j >= prev.to; j-- {
			switch w := a.lower(j); w {
			case "better", "also", "commonly", "widely", "popularly", "locally", "otherwise", "formerly", "previously", "who", "is", "was", "best":
				continue
			default:
				if hasAlphanumeric(w) {
					j = -1
				}
			}
		}
		if j == prev.to-1 {
			out[i] = i
		}
	}
	return out
}

// mistaken finds the person whose full name the tagger took for a body's or a
// place's here and for a person's elsewhere; -1 where there is none.
func (a *article) mistaken(n *name, words []string) int {
	for _, e := range a.bearers(words[0]) {
		ent := a.entities[e]
		if ent.kind == news.Person && strings.Join(ent.words, " ") == strings.Join(words, " ") {
			n.kind = news.Person
			return e
		}
	}
	return -1
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
		return e
	}
	e := a.newEntity(n.kind)
	ent := a.entities[e]
	ent.actor, ent.place = n.actor, n.place
	a.byKey[key] = e
	if n.actor >= 0 {
		act := a.lex.actors[n.actor]
		ent.country, ent.sectors = act.country, act.sectors
		ent.plural = act.kind == news.Group
	} else if n.place >= 0 {
		ent.country = a.places[n.place].Country
	} else {
		ent.country = news.Optional(n.code)
	}
	for _, w := range a.nameWords(*n) {
		a.byWord[w] = append(a.byWord[w], e)
	}
	return e
}

// fullPerson joins a name of two words or more to the person it agrees with.
func (a *article) fullPerson(n *name, words []string) int {
	words = dropSuffix(words)
	for _, w := range words {
		for _, e := range a.bearers(w) {
			ent := a.entities[e]
			if ent.kind == news.Person && samePerson(ent.words, words) {
				if len(words) > len(ent.words) {
					a.index(e, words, ent.words)
					ent.words = words
				}
				return e
			}
		}
	}
	e := a.newEntity(news.Person)
	a.entities[e].words = words
	a.index(e, words, nil)
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

// dropSuffix takes "Jr", "Sr" and Roman numbers off the end of a name.
func dropSuffix(words []string) []string {
	for len(words) > 2 {
		switch words[len(words)-1] {
		case "jr", "sr", "ii", "iii", "iv":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	return words
}

// samePerson reports whether two full names may be one person's: the last
// words agree and the first do or one is the other's initial, or the words of
// the shorter all stand in the longer, in order ("Asha Rao", "Asha Devi Rao",
// "Rao Asha Devi" is another).
func samePerson(x, y []string) bool {
	if len(x) < 2 || len(y) < 2 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if x[len(x)-1] == y[len(y)-1] && (x[0] == y[0] || initial(x[0], y[0])) {
		return true
	}
	k := 0
	for _, w := range y {
		if k < len(x) && (w == x[k] || initial(x[k], w)) {
			k++
		}
	}
	return k == len(x) && (x[0] == y[0] || x[len(x)-1] == y[len(y)-1])
}

func initial(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) == 1 && y != "" && x[0] == y[0]
}

// surname joins a one-word name to the person who bears it: the last one named
// in full before it, else the next one after ("Velin quits", then "Mara Velin").
func (a *article) surname(i int, w string) int {
	best, bestRank := -1, 0
	for _, e := range a.bearers(w) {
		ent := a.entities[e]
		if ent.kind != news.Person {
			continue
		}
		rank := 1
		if len(ent.words) > 0 && ent.words[len(ent.words)-1] == w {
			rank = 2
		} else if len(ent.words) > 1 && (ent.words[0] == "mohammed" || ent.words[0] == "muhammad") && ent.words[0] == w {
			continue
		}
		if best < 0 || rank > bestRank {
			best, bestRank = e, rank
		} else if rank == bestRank && best != e {
			best = a.nearer(i, best, e)
		}
	}
	if best >= 0 {
		return best
	}
	e := a.newEntity(news.Person)
	a.entities[e].words = []string{w}
	a.byWord[w] = append(a.byWord[w], e)
	return e
}

// nearer returns which of two persons was named last before name i; where
// neither was, which is named first after it.
func (a *article) nearer(i, x, y int) int {
	for j := i - 1; j >= 0 && j > i-200; j-- {
		if e := a.names[j].entity; e == x || e == y {
			return e
		}
	}
	for j := i + 1; j < len(a.names) && j < i+200; j++ {
		if e := a.names[j].entity; e == x || e == y {
			return e
		}
	}
	return x
}

// body joins the name of a body, a work or a place of no table: to the same
// words, or to a longer name that begins or ends with them ("the Supreme
// Court" and "Supreme Court of Norway").
func (a *article) body(n *name, words []string) int {
	key := "name " + strings.Join(words, " ")
	if e, ok := a.byKey[key]; ok {
		return a.ofAnotherState(n, key, e)
	}
	if len(words) > 1 {
		if e := a.bodyLike(words); e >= 0 {
			a.byKey[key] = e
			return e
		}
	} else {
		// A single word may be a person's surname that the tagger mistook.
		if e := a.soleBearer(words[0]); e >= 0 {
			n.kind = a.entities[e].kind
			return e
		}
		if e := a.shortBody(words[0]); e >= 0 {
			return e
		}
	}
	e := a.newEntity(n.kind)
	a.entities[e].words = words
	a.entities[e].country = a.ownerCountry(n)
	a.byKey[key] = e
	if k := initials(words); k != "" {
		if _, taken := a.byKey["initials "+k]; !taken {
			a.byKey["initials "+k] = e
		}
	}
	a.index(e, words, nil)
	return e
}

// ofAnotherState tells "Egypt's Foreign Ministry" from "Sudan's Foreign
// Ministry": given the entity of that name so far, it returns the one of the
// owner's country, made where there is none. Without an owner the last one
// named is meant.
func (a *article) ofAnotherState(n *name, key string, e int) int {
	code := a.ownerCountry(n)
	if !code.Known() || a.entities[e].actor >= 0 || !a.entities[e].country.Known() || a.entities[e].country == code {
		return e
	}
	full := key + " of " + string(code)
	other, ok := a.byKey[full]
	if !ok {
		other = a.newEntity(n.kind)
		a.entities[other].words, a.entities[other].country = a.entities[e].words, code
		a.byKey[full] = other
	}
	a.byKey[key+" of "+string(a.entities[e].country)] = e
	a.byKey[key] = other
	return other
}

// ownerCountry is the country whose possessive or people stand right before
// the name of a body.
func (a *article) ownerCountry(n *name) news.Optional {
	j := n.from - 1
	if j > 0 && possessive(a.doc.Tokens[j].Form) {
		j--
	}
	if j < 0 || a.placeAt[j] < 0 || !a.sameBlock(j, n.from) {
		return ""
	}
	if p := a.places[a.placeAt[j]]; p.Kind == where.CountryName || p.Kind == where.Nationality {
		return p.Country
	}
	return ""
}

// bodyLike returns the body of no table whose name begins or ends with these
// words, or the other way round; -1 where there is none or there are several.
func (a *article) bodyLike(words []string) int {
	found, looked := -1, 0
	for _, w := range words {
		for _, e := range a.bearers(w) {
			if looked++; looked > 60 {
				return found
			}
			ent := a.entities[e]
			if e == found || ent.actor >= 0 || ent.place >= 0 || ent.kind == news.Person || len(ent.words) < 2 {
				continue
			}
			if partOf(words, ent.words) || partOf(ent.words, words) {
				if found >= 0 {
					return -1
				}
				found = e
			}
		}
	}
	if found >= 0 && len(words) > len(a.entities[found].words) {
		a.index(found, words, a.entities[found].words)
		a.entities[found].words = words
	}
	return found
}

// shortBody returns the body or group last named in full whose name has w for
// its kind: "the Front" of the Northern Dawn Front, "the Volunteers"; -1 where
// there is none.
func (a *article) shortBody(w string) int {
	found := -1
	for _, e := range a.bearers(w) {
		ent := a.entities[e]
		if (ent.kind == news.Organisation || ent.kind == news.Group) && len(ent.words) > 1 && contains(ent.words, w) &&
			(ent.words[len(ent.words)-1] == w || a.lex.roles[w] != nil) {
			found = e
		}
	}
	return found
}

// soleBearer returns the one person whose last name is w, or -1.
func (a *article) soleBearer(w string) int {
	found := -1
	for _, e := range a.bearers(w) {
		ent := a.entities[e]
		if ent.kind == news.Person && len(ent.words) > 0 && ent.words[len(ent.words)-1] == w {
			if found >= 0 && found != e {
				return -1
			}
			found = e
		}
	}
	return found
}

// partOf reports whether x ends y, or begins it before an "of": "Supreme
// Court" and "Supreme Court of Norway", not "Oslo University" and "Oslo
// University Hospital".
func partOf(x, y []string) bool {
	if len(x) >= len(y) {
		return false
	}
	begins, ends := true, true
	for i := range x {
		begins = begins && x[i] == y[i]
		ends = ends && x[i] == y[len(y)-len(x)+i]
	}
	return ends || begins && isSmallWord(y[len(x)])
}

// acronym joins an acronym to the body whose name the article gives with it
// or whose initials it is; else the acronym is a name of its own.
func (a *article) acronym(n *name, words []string) int {
	key := "name " + strings.Join(words, " ")
	if e, ok := a.byKey[key]; ok {
		return e
	}
	form := a.doc.Tokens[n.from].Form
	if long, ok := a.acronyms[form]; ok {
		for i := long.to - 1; i >= long.from; i-- {
			if m := a.nameAt[i]; m >= 0 && a.names[m].entity >= 0 && a.names[m].to == long.to {
				a.byKey[key] = a.names[m].entity
				return a.names[m].entity
			}
		}
	}
	if len(words) == 1 && len(words[0]) >= 3 {
		if e, ok := a.byKey["initials "+words[0]]; ok {
			a.byKey[key] = e
			return e
		}
	}
	e := a.newEntity(n.kind)
	a.entities[e].words = words
	a.byKey[key] = e
	a.index(e, words, nil)
	return e
}

func initials(words []string) string {
	if len(words) < 3 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		if !isSmallWord(w) {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// bind records a name as a mention of its entity, with what its title says.
func (a *article) bind(n *name) {
	ent := a.entities[n.entity]
	if n.nation {
		a.knownBy(ent, n)
	}
	ent.votes[kindIndex(n.kind)]++
	if n.known {
		ent.votes[kindIndex(n.kind)] += 3
	}
	if !ent.named && !ent.country.Known() && ent.actor < 0 && ent.place < 0 && (n.kind == news.Organisation || n.kind == news.Group) {
		ent.country = a.countryInName(n)
	}
	ent.named = true
	if len(ent.sectors) == 0 && ent.actor < 0 && (n.kind == news.Organisation || n.kind == news.Group) {
		ent.sectors = a.sectorsOfBody(ent)
	}
	if n.gender != unknownGender {
		ent.gender = n.gender
	}
	if n.title[1] > n.title[0] {
		for _, r := range a.rolesOf(n.title[0], n.title[1]) {
			a.addRole(ent, r, a.ownerOfTitle(n))
		}
		a.titles = append(a.titles, titleSpan{n.title[0], n.title[1], n.entity, a.wholeHead(n)})
	}
	if n.kind == news.OtherEntity && a.doc.Tokens[n.to-1].XPOS == "NNPS" {
		ent.plural = true // "Muslims"
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

// countryInName is the country whose name or people stand in a body's name:
// "Kenyan Interior Ministry", "Bank of Norway".
func (a *article) countryInName(n *name) news.Optional {
	for i := n.from; i < n.to; i++ {
		if p := a.placeAt[i]; p >= 0 && (a.places[p].Kind == where.CountryName || a.places[p].Kind == where.Nationality) {
			return a.places[p].Country
		}
		if a.gaz == nil {
			continue
		}
		form := a.doc.Tokens[i].Form
		if code, ok := a.gaz.NationalityOf(form); ok {
			return news.Optional(code)
		}
		if i > n.from {
			for _, c := range a.gaz.Lookup(form) {
				if c.Kind == where.CountryName {
					return c.Country
				}
			}
		}
	}
	return ""
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
