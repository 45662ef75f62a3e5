package actor

import (
	"cmp"
	"maps"
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// Bounds of what is kept of an actor.
const (
	maxJoins   = 100
	maxCompany = 20
	mostNames  = 20
	mostRoles  = 40
)

// describe makes an actor of a group.
func describe(g *group) Joined {
	var all []*Profile
	for _, p := range g.personas {
		all = append(all, p.profiles...)
	}
	slices.SortFunc(all, func(a, b *Profile) int { return compareRefs(a.Ref(), b.Ref()) })
	out := Joined{Actor: news.Actor{ID: ident(all[0].Ref()), Names: []news.ActorName{}, Sectors: []string{}, Roles: []news.ActorRole{}, Company: []news.ActorMate{}, Joins: []news.ActorJoin{}}}
	a := &out.Actor
	names, mates, sectors := map[string]int{}, map[string]int{}, map[string]int{}
	types, countries := map[news.EntityType]int{}, map[news.Optional]int{}
	articles := map[string]bool{}
	mentions := -1
	for _, p := range all {
		out.Members = append(out.Members, p.Ref())
		if !articles[p.Article] {
			articles[p.Article] = true
			a.Articles++
		}
		for _, n := range p.Names {
			names[n]++
		}
		for _, m := range p.Mates {
			mates[m]++
		}
		for _, s := range p.Sectors {
			sectors[s]++
		}
		types[p.Type]++
		if p.Country.Known() {
			countries[p.Country]++
		}
		if p.Day != "" {
			if day := news.Optional(p.Day); a.First == "" || day < a.First {
				a.First = day
			}
			a.Last = max(a.Last, news.Optional(p.Day))
		}
		if p.IDs.Wikidata.Known() && !a.Identifiers.Wikidata.Known() {
			a.Identifiers.Wikidata = p.IDs.Wikidata
		}
		if p.IDs.GeoNames != nil && a.Identifiers.GeoNames == nil {
			a.Identifiers.GeoNames = p.IDs.GeoNames
		}
		if p.Place != nil && p.Mentions > mentions {
			a.Place, mentions = p.Place, p.Mentions
		}
	}
	a.Type, a.Country = first(types), first(countries)
	for _, n := range ranked(names)[:min(len(names), mostNames)] {
		a.Names = append(a.Names, news.ActorName{Name: n, Articles: names[n]})
	}
	// The fullest of the names by which articles first call it.
	leads := map[string]int{}
	for _, p := range all {
		leads[p.Name]++
	}
	a.Name = slices.MaxFunc(ranked(leads), func(x, y string) int {
		return cmp.Or(cmp.Compare(leads[x], leads[y]), cmp.Compare(len(x), len(y)), cmp.Compare(y, x))
	})
	for _, m := range ranked(mates)[:min(len(mates), maxCompany)] {
		a.Company = append(a.Company, news.ActorMate{Name: m, Articles: mates[m]})
	}
	a.Sectors = append(a.Sectors, ranked(sectors)...)
	a.Roles = rolesOf(all)
	slices.SortFunc(g.joins, func(x, y news.ActorJoin) int { return cmp.Or(compareRefs(x.Member, y.Member), compareRefs(x.To, y.To)) })
	a.Joins = append(a.Joins, g.joins[:min(len(g.joins), maxJoins)]...)
	return out
}

// rolesOf dates the offices by the articles that give them, the latest first.
func rolesOf(all []*Profile) []news.ActorRole {
	at := map[string]*news.ActorRole{}
	in := map[string]map[string]bool{}
	byDay := slices.Clone(all)
	slices.SortStableFunc(byDay, func(a, b *Profile) int {
		undated := func(p *Profile) int { return map[bool]int{true: 1, false: 0}[p.Day == ""] }
		return cmp.Or(undated(a)-undated(b), cmp.Compare(a.Day, b.Day))
	})
	for _, p := range byDay {
		for _, r := range p.Roles {
			k := roleKey(r)
			if at[k] == nil {
				at[k] = &news.ActorRole{Title: oneLine(r.Title), Of: r.Of, First: news.Optional(p.Day), Evidence: news.Evidence{Article: p.Article, Span: r.Span}}
				in[k] = map[string]bool{}
			}
			if !in[k][p.Article] {
				in[k][p.Article] = true
				at[k].Articles++
			}
			at[k].Last = max(at[k].Last, news.Optional(p.Day))
		}
	}
	out := []news.ActorRole{}
	for _, k := range slices.Sorted(maps.Keys(at)) {
		out = append(out, *at[k])
	}
	slices.SortStableFunc(out, func(a, b news.ActorRole) int {
		return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(b.Articles, a.Articles))
	})
	return out[:min(len(out), mostRoles)]
}

// ranked are the keys, the most frequent first.
func ranked[K cmp.Ordered](n map[K]int) []K {
	return slices.SortedFunc(maps.Keys(n), func(a, b K) int { return cmp.Or(n[b]-n[a], cmp.Compare(a, b)) })
}

// first is the most frequent key.
func first[K cmp.Ordered](n map[K]int) (k K) {
	if len(n) == 0 {
		return k
	}
	return ranked(n)[0]
}
