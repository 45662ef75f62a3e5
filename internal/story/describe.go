package story

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

const (
	maxParties = 8 // of a story
	maxReasons = 6 // for an article to be in it
)

// Story describes a story of the window; ok is false where it has none of that
// id. Articles that came since the last settlement are among its members, each
// as an origin of its own unless it is a copy.
func (w *Window) Story(id string) (s news.Story, ok bool) {
	g := w.stories[id]
	if g == nil {
		return s, false
	}
	families := w.familiesOf(g)
	s = news.Story{ID: id, Parties: []news.StoryParty{}, Types: []news.EventType{}, Members: []news.StoryMember{},
		Origins: []news.Origin{}, Links: []news.StoryLink{}}
	var members []*item
	for _, f := range families {
		s.Origins = append(s.Origins, f.origin())
		members = append(append(members, f.anchor), f.copies...)
	}
	slices.SortFunc(members, byOrder)
	for _, it := range members {
		s.Members = append(s.Members, it.member())
		if day, dated := it.day(); dated {
			if d := date(day); s.First == "" || d < s.First {
				s.First = d
			}
			if d := date(day); d > s.Last {
				s.Last = d
			}
		}
	}
	s.FirstReport = members[0].id
	s.Title = titleOf(families)
	s.Parties = mainParties(families)
	s.Place = mainPlace(families)
	s.Types = mainTypes(families)
	for _, l := range g.links {
		if l.Story = w.Resolve(l.Story); l.Story != id {
			s.Links = append(s.Links, l)
		}
	}
	return s, true
}

// familiesOf are the texts of a story, those of open articles among them, in
// the order of their first articles.
func (w *Window) familiesOf(g *group) []*family {
	var all []*family
	of := map[*family]*family{}
	for _, f := range g.families {
		c := &family{f.anchor, slices.Clone(f.copies)}
		of[f] = c
		all = append(all, c)
	}
	added := map[*item]*family{}
	open := slices.DeleteFunc(slices.Clone(w.open), func(it *item) bool { return it.group != g })
	for _, it := range open {
		switch {
		case it.of != nil && it.of.settled && of[it.of.kin] != nil:
			f := of[it.of.kin]
			f.copies = append(f.copies, it)
			added[it] = f
		case it.of != nil && added[it.of] != nil:
			f := added[it.of]
			f.copies = append(f.copies, it)
			added[it] = f
		default:
			f := &family{anchor: it}
			added[it] = f
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(a, b *family) int { return byOrder(a.first(), b.first()) })
	return all
}

// first is the article that the others go back to. It is not the anchor where
// an earlier one came later.
func (f *family) first() *item {
	first := f.anchor
	for _, it := range f.copies {
		if byOrder(it, first) < 0 {
			first = it
		}
	}
	return first
}

func (f *family) origin() news.Origin {
	first := f.first()
	o := news.Origin{Article: first.id, Credit: news.Optional(first.Sketch.credit), Copies: []news.Copy{}}
	all := append([]*item{f.anchor}, f.copies...)
	slices.SortFunc(all, byOrder)
	for _, it := range all {
		if it == first {
			continue
		}
		c := f.copyOf(it, first)
		if !o.Credit.Known() {
			o.Credit = c.Credit
		}
		o.Copies = append(o.Copies, c)
	}
	return o
}

// copyOf says how an article of the family is a copy. The anchor, where it is
// not the first, is one of the first.
func (f *family) copyOf(it, first *item) news.Copy {
	if it.of != nil {
		return it.copy()
	}
	k := kin(it.Sketch, first.Sketch)
	if k.reason == "" { // of one family by way of others
		contained, _ := containment(it.shingles, first.shingles)
		k = kinship{news.Abridged, contained, shareCredit(it.Sketch, first.Sketch)}
	}
	return news.Copy{Article: it.id, Of: first.id, Reason: k.reason, Shared: k.shared, Credit: news.Optional(k.credit)}
}

// copiesOf are the copies that an article makes known: itself, unless it is the
// first now, and the one that was the first before.
func (f *family) copiesOf(it *item) []news.Copy {
	first := f.first()
	if it != first {
		return []news.Copy{it.copy()}
	}
	return []news.Copy{f.copyOf(f.anchor, first)}
}

func (it *item) member() news.StoryMember {
	m := news.StoryMember{Article: it.id, Because: []string{}}
	near, l := it.nearest, it.likeness
	if it.of != nil {
		near, l = it.of, dot(it.vector, it.of.vector)
	}
	if near != nil {
		m.Nearest, m.Likeness, m.Because = news.Optional(near.id), share(l), reasons(it.Sketch, near.Sketch, maxReasons)
	}
	return m
}

// titleOf is the headline of the text that is most like all the others.
func titleOf(families []*family) string {
	var sum vector
	for _, f := range families {
		sum = plus(sum, f.anchor.vector)
	}
	title, most := "", int64(-1)
	for _, f := range families {
		if l := dot(f.anchor.vector, sum); f.anchor.title != "" && l > most {
			title, most = f.anchor.title, l
		}
	}
	return title
}

// mainParties are those whom the texts are most about.
func mainParties(families []*family) []news.StoryParty {
	type entry struct {
		news.StoryParty
		weight int
		types  map[news.EntityType]int
	}
	at := map[string]int{}
	var all []entry
	for _, f := range families {
		seen := map[int]bool{}
		for _, p := range f.anchor.parties {
			key := strings.ToLower(p.Name)
			i, ok := at[key]
			if !ok {
				i = len(all)
				at[key] = i
				all = append(all, entry{StoryParty: p.StoryParty, types: map[news.EntityType]int{}})
			}
			if all[i].types[p.Type]++; !all[i].Country.Known() {
				all[i].Country = p.Country
			}
			if !seen[i] {
				seen[i] = true
				all[i].Origins++
			}
			all[i].weight += p.weight
		}
	}
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(b.Origins-a.Origins, b.weight-a.weight, strings.Compare(a.Name, b.Name))
	})
	out := []news.StoryParty{}
	for _, e := range all[:min(maxParties, len(all))] {
		for t, n := range e.types { // one name read as of several types is of that which most have
			if m := e.types[e.Type]; n > m || n == m && t < e.Type {
				e.Type = t
			}
		}
		out = append(out, e.StoryParty)
	}
	return out
}

// mainPlace is where most texts put it; of several the most exact.
func mainPlace(families []*family) *news.StoryPlace {
	exact := []news.PlacePrecision{news.PrecisionSite, news.PrecisionCity, news.PrecisionAdmin2, news.PrecisionAdmin1, news.PrecisionCountry}
	var all []news.StoryPlace
	for _, f := range families {
		for _, p := range f.anchor.places {
			i := slices.IndexFunc(all, func(q news.StoryPlace) bool { return q.Name == p.Name })
			if i < 0 {
				i = len(all)
				all = append(all, p)
			}
			all[i].Origins++
		}
	}
	if len(all) == 0 {
		return nil
	}
	best := slices.MinFunc(all, func(a, b news.StoryPlace) int {
		return cmp.Or(b.Origins-a.Origins, slices.Index(exact, a.Precision)-slices.Index(exact, b.Precision), strings.Compare(a.Name, b.Name))
	})
	return &best
}

// mainTypes are the types of events, those that most texts have first.
func mainTypes(families []*family) []news.EventType {
	n := map[news.EventType]int{}
	out := []news.EventType{}
	for _, f := range families {
		for _, t := range f.anchor.types {
			if n[t]++; n[t] == 1 {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, func(a, b news.EventType) int { return cmp.Or(n[b]-n[a], strings.Compare(string(a), string(b))) })
	return out
}
