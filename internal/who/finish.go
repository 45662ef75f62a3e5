package who

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where"
)

// cast turns the entities in the making into news entities, in the order of
// their first mentions.
func (a *article) cast() *Cast {
	sort.SliceStable(a.mentions, func(i, j int) bool {
		if a.mentions[i].From != a.mentions[j].From {
			return a.mentions[i].From < a.mentions[j].From
		}
		return a.mentions[i].To > a.mentions[j].To
	})
	order := make([]int, len(a.entities)) // entity → place in the cast, -1 for none
	for i := range order {
		order[i] = -1
	}
	c := &Cast{}
	for _, m := range a.mentions {
		if order[m.Entity] < 0 {
			order[m.Entity] = len(c.Entities)
			c.Entities = append(c.Entities, a.finish(m.Entity, len(c.Entities)+1))
			c.traits = append(c.traits, a.traitsOf(m.Entity))
		}
	}
	for _, m := range a.mentions {
		m.Entity = order[m.Entity]
		c.Mentions = append(c.Mentions, m)
		ent := &c.Entities[m.Entity]
		span := a.doc.Span(m.From, m.To)
		ent.Mentions = append(ent.Mentions, news.Mention{Span: span, Kind: m.Kind})
	}
	for i := range c.Entities {
		nameFrom(&c.Entities[i], c.traits[i])
	}
	c.Index(len(a.doc.Tokens))
	for _, t := range a.titles {
		if order[t.entity] >= 0 {
			c.coverTitle(t.from, t.to, order[t.entity])
			if t.head >= 0 {
				c.coverHead(t.head, order[t.entity])
			}
		}
	}
	return c
}

// finish makes the news entity, but for its names and mentions.
func (a *article) finish(e, number int) news.Entity {
	ent := a.entities[e]
	out := news.Entity{
		ID: "e" + strconv.Itoa(number), Type: a.kindOf(ent), Country: ent.country,
		Aliases: []string{}, Sectors: []string{}, Roles: ent.roles, Mentions: []news.Mention{},
	}
	if out.Roles == nil {
		out.Roles = []news.Role{}
	}
	if ent.actor >= 0 && a.lex.actors[ent.actor].own != nil {
		out.Identifiers.Wikidata = a.lex.actors[ent.actor].own.Wikidata
	}
	if !out.Country.Known() && ent.place < 0 {
		out.Country = a.countryOfPeople(ent)
	}
	sectors := append([]string(nil), ent.sectors...)
	for _, r := range ent.roles {
		of := -1
		if r.Of.Known() {
			if of = a.entityNamed(string(r.Of)); of < 0 && r.Country.Known() {
				of = a.stateCalled(r)
			}
		}
		own := a.sectorsOfTitle(r.Title, of)
		if len(own) == 0 && r.Of.Known() {
			own = a.sectorsOfTitle(string(r.Of), -1) // "spokesman for the navy"
		}
		sectors = appendNew(sectors, own...)
		if !out.Country.Known() && r.Country.Known() {
			out.Country = r.Country
		}
	}
	if len(sectors) == 0 {
		sectors = appendNew(sectors, ent.office)
	}
	if ent.governs {
		sectors = appendNew(sectors, "GOV")
	}
	if ent.people && (ent.kind == news.Country || ent.kind == news.OtherEntity) && len(sectors) == 0 {
		sectors = appendNew(sectors, "CVL")
	}
	out.Sectors = appendNew(out.Sectors, sectors...)
	if !out.Country.Known() && ent.place < 0 && a.homeOfficial(ent) {
		out.Country = a.sole
	}
	if c, ok := a.countryOf(ent); ok {
		place, id := c.Place, c.GeoNames
		out.Place, out.Identifiers.GeoNames = &place, &id
	} else if ent.place >= 0 {
		p := a.places[ent.place]
		out.Place = p.Place
		if p.GeoNames != 0 {
			id := p.GeoNames
			out.Identifiers.GeoNames = &id
		}
		out.Country = p.Country
		if code := a.stateOfEmbassy(p); code.Known() {
			out.Country, out.Sectors = code, appendNew(out.Sectors, "GOV")
		}
	}
	return out
}

// stateOfEmbassy is the state whose embassy or consulate a site is, wherever
// it stands.
func (a *article) stateOfEmbassy(p where.Mention) news.Optional {
	if p.Kind != where.Site || a.gaz == nil {
		return ""
	}
	words := strings.Fields(p.Name)
	for i, w := range words {
		if w = fold(w); w != "embassy" && w != "consulate" || i == 0 {
			continue
		}
		if code, ok := a.gaz.NationalityOf(words[i-1]); ok {
			return news.Optional(code)
		}
		for _, c := range a.gaz.Lookup(strings.Join(words[:i], " ")) {
			if c.Kind == where.CountryName {
				return c.Country
			}
		}
	}
	return ""
}

// homeOfficial reports whether a person holds an office of state of no country
// named: like "the ministry", "Interior Minister Velin" is of the country that
// the article is about.
func (a *article) homeOfficial(ent *entity) bool {
	if ent.kind != news.Person || !ent.named {
		return false
	}
	office := false
	for _, r := range ent.roles {
		if r.Of.Known() {
			return false
		}
		for _, s := range a.sectorsOfTitle(r.Title, -1) {
			switch s {
			case "GOV", "MIL", "COP", "JUD", "LEG", "OPP", "ELI":
				office = true
			}
		}
	}
	return office
}

// kindOf settles an entity's type where its names were typed differently.
func (a *article) kindOf(ent *entity) news.EntityType {
	if ent.actor >= 0 || ent.place >= 0 || !ent.named || ent.kind == news.Country {
		return ent.kind
	}
	if ent.kind == news.OtherEntity && ent.speaks && len(ent.words) == 1 {
		return news.Organisation // an acronym that says something
	}
	best, n := ent.kind, ent.votes[kindIndex(ent.kind)]
	for i, k := range kinds {
		if ent.votes[i] > n {
			best, n = k, ent.votes[i]
		}
	}
	return best
}

// sectorsOfBody reads a body's sector off the nouns of its name.
func (a *article) sectorsOfBody(ent *entity) []string {
	for i := len(ent.words) - 1; i >= 0; i-- {
		r := a.lex.roles[ent.words[i]]
		if i > 0 { // "Police Department"
			if pair := a.lex.roles[ent.words[i-1]+" "+ent.words[i]]; pair != nil {
				r = pair
			}
		}
		if r == nil || r.class != organisation && r.class != groupClass {
			continue
		}
		if s := a.sectorsOf(r, ent.words[:i], -1); len(s) > 0 {
			return s
		}
	}
	return nil
}

// entityNamed finds the entity that the text of a role's body names.
func (a *article) entityNamed(text string) int {
	first, _, _ := strings.Cut(strings.TrimSpace(fold(text)), " ")
	for _, e := range a.bearers(first) {
		if k := a.entities[e].kind; k == news.Organisation || k == news.Group {
			return e
		}
	}
	return -1
}

// stateCalled returns the country that a role is of, where it is of the country
// and not of a place or body in it; -1 else.
func (a *article) stateCalled(r news.Role) int {
	e, ok := a.byKey["country "+string(r.Country)]
	if !ok || a.gaz == nil {
		return -1
	}
	if c, known := a.gaz.Country(string(r.Country)); known && fold(c.Name) == fold(string(r.Of)) {
		return e
	}
	for _, c := range a.gaz.Lookup(string(r.Of)) {
		if c.Kind == where.CountryName {
			return e
		}
	}
	return -1
}

// countryOf looks a country entity up in the gazetteer.
func (a *article) countryOf(ent *entity) (where.Country, bool) {
	if a.gaz == nil || ent.kind != news.Country || !ent.country.Known() {
		return where.Country{}, false
	}
	return a.gaz.Country(string(ent.country))
}

// nameFrom sets an entity's name and aliases: the fullest of its names as the
// text has them, and the table's only where the text has nothing but
// acronyms, nationalities and capitals.
func nameFrom(ent *news.Entity, t traits) {
	var names []string
	for _, m := range ent.Mentions {
		if m.Kind == news.MentionName {
			names = appendName(names, strings.Join(strings.Fields(m.Text), " "))
		}
	}
	for _, n := range names {
		if (t.name == "" || !isAcronym(lettersOf(n)) && !t.by[n]) && (ent.Name == "" || fuller(n, ent.Name)) {
			ent.Name = n
		}
	}
	if ent.Type == news.Country && t.name != "" && (contains(names, t.name) || ent.Name == "" || strings.EqualFold(ent.Name, t.name)) {
		ent.Name = t.name
	}
	if ent.Name == "" || t.listed && contains(names, t.name) {
		ent.Name = t.name
	}
	if ent.Name == "" {
		ent.Name = strings.Join(strings.Fields(ent.Mentions[0].Text), " ")
	}
	for _, n := range names {
		if n != ent.Name {
			ent.Aliases = append(ent.Aliases, n)
		}
	}
}

func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '&' {
			return -1
		}
		return r
	}, s)
}

func appendName(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	if len(list) < 40 {
		list = append(list, s)
	}
	return list
}

// fuller prefers more words, then small letters over capitals throughout.
func fuller(x, y string) bool {
	if nx, ny := len(strings.Fields(x)), len(strings.Fields(y)); nx != ny {
		return nx > ny
	}
	return utf8.RuneCountInString(x) > utf8.RuneCountInString(y) && strings.ToUpper(x) != x
}

// traitsOf keeps what the cast answers questions from.
func (a *article) traitsOf(e int) traits {
	ent := a.entities[e]
	t := traits{plural: ent.plural}
	if ent.actor >= 0 {
		t.media = a.lex.actors[ent.actor].media
		t.name = a.lex.actors[ent.actor].name
		t.listed = a.lex.actors[ent.actor].own != nil
	}
	if ent.place >= 0 && a.places[ent.place].Kind != where.Site {
		t.name = a.places[ent.place].Name
	}
	t.by = ent.by
	if ent.kind == news.Country {
		if c, ok := a.countryOf(ent); ok {
			t.name = c.Name
		}
	}
	if !ent.named {
		t.name = ent.name
	}
	return t
}
