// Package actor joins the entities of many records: which persons, bodies,
// groups and places are the same across articles.
//
// It is a pure function of a set of entities that might be one (a block): the
// same actors come out in whatever order they are handed in. Nobody is joined on
// a bare surname, nor against a country, a register's number or a person's word.
package actor

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Profile is what the joining looks at of one entity of one record.
type Profile struct {
	Article string `json:"-"`
	Entity  string `json:"-"` // its id in the record
	Story   string `json:"-"` // "" where the article is in none

	Block    string           `json:"-"`
	Day      string           `json:"day"` // of publication; "" where unknown
	Type     news.EntityType  `json:"type"`
	Name     string           `json:"name"`  // the fullest in the article
	Names    []string         `json:"names"` // all, with Name
	Country  news.Optional    `json:"country"`
	Sectors  []string         `json:"sectors"`
	Roles    []news.Role      `json:"roles"`
	IDs      news.Identifiers `json:"identifiers"`
	Place    *news.Place      `json:"place"`
	Mates    []string         `json:"mates"`    // names of the company that it keeps
	Mentions int              `json:"mentions"` // in the article
}

// Ref names the entity.
func (p *Profile) Ref() news.ActorRef { return news.ActorRef{Article: p.Article, Entity: p.Entity} }

// Bounds of one profile.
const (
	maxMates = 24
	maxNames = 8
	maxRoles = 6
)

// Profiles are those of the entities of a record that have a name of their own.
// A person known by one word only ("Velin") is left out: it could be anybody.
func Profiles(article string, r *news.Record) []Profile {
	var out []Profile
	day := string(r.Article.Published)
	day = day[:min(len(day), len("2031-05-07"))]
	for i := range r.Entities {
		e := &r.Entities[i]
		if !named(e) {
			continue
		}
		block := BlockOf(e)
		if block == "" {
			continue
		}
		p := Profile{Article: article, Entity: e.ID, Block: block, Day: day, Type: e.Type, Name: oneLine(e.Name), Country: e.Country,
			Sectors: e.Sectors, Roles: e.Roles[:min(len(e.Roles), maxRoles)], IDs: e.Identifiers, Place: e.Place, Mentions: len(e.Mentions)}
		if !p.Country.Known() && e.Place != nil {
			p.Country = e.Place.Country
		}
		p.Names = append(p.Names, p.Name)
		for _, n := range e.Aliases {
			if n = oneLine(n); len(p.Names) < maxNames && !slices.Contains(p.Names, n) {
				p.Names = append(p.Names, n)
			}
		}
		p.Mates = mates(r, e)
		out = append(out, p)
	}
	return out
}

func named(e *news.Entity) bool {
	return slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.MentionName })
}

// mates are the persons, bodies and groups with a name of more than one word
// that the article names beside an entity, those of the most mentions first.
func mates(r *news.Record, of *news.Entity) []string {
	type mate struct {
		name string
		n    int
	}
	var all []mate
	for i := range r.Entities {
		e := &r.Entities[i]
		if e.ID == of.ID || !named(e) || !slices.Contains([]news.EntityType{news.Person, news.Organisation, news.Group}, e.Type) {
			continue
		}
		if name := fold(e.Name); strings.Contains(name, " ") && name != fold(of.Name) {
			all = append(all, mate{name, len(e.Mentions)})
		}
	}
	slices.SortFunc(all, func(a, b mate) int { return cmp.Or(b.n-a.n, cmp.Compare(a.name, b.name)) })
	var out []string
	for _, m := range all[:min(len(all), maxMates)] {
		if !slices.Contains(out, m.name) {
			out = append(out, m.name)
		}
	}
	return out
}

// Corrections are a person's word on entities that are one, or are not.
type Corrections struct {
	Together, Apart [][2]news.ActorRef
}

// Joined is an actor and the entities that it is made of.
type Joined struct {
	news.Actor // its ID is that which it would have were it new
	Members    []news.ActorRef
}
