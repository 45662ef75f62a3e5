package where

import (
	"math"
	"strings"

	"github.com/onrecord/onrecord/internal/where/atlas"
)

// threshold is the evidence that makes a name a place. It and the weights below
// were set on the odd articles of GeoVirus, see docs/decisions/0005-gazetteer.md.
const threshold = 1.0

// weigh gives every span its evidence.
func (f *finding) weigh() {
	for i := range f.spans {
		s := &f.spans[i]
		s.evidence = f.context(i)
		if s.people == nil {
			s.evidence += f.prior(s)
		}
		if s.inside >= 0 {
			s.evidence += 3
		}
		if i > 0 && f.spans[i-1].inside == i {
			s.evidence += 1.5
		}
	}
	f.lists()
	f.spread()
}

// prior is what the name alone says: that of a state or a large city means the
// place as a rule, that of a village is as a rule somebody's or something's.
func (f *finding) prior(s *span) float64 {
	p := s.options[0].place
	var e float64
	switch p.Kind {
	case atlas.Country:
		e = 3
	case atlas.Admin1, atlas.Region:
		e = 1.8
	case atlas.Admin2:
		switch {
		case s.options[0].flag&atlas.Other != 0:
			e = -1.8 // "Bay" for Bay County
		case s.to-s.from > 1:
			e = 1 // "Kerr County"
		default:
			e = -0.8
		}
	case atlas.City:
		e = math.Min(2, math.Max(-0.6, math.Log10(float64(p.Population)+1)-4))
		if p.Rank == atlas.National {
			e = 2.4
		}
	}
	if s.to-s.from > 1 {
		e += 0.8
	}
	if s.to-s.from == 1 && days[strings.TrimSuffix(f.doc.Tokens[s.from].Form, ".")] {
		return -5
	}
	if f.g.common[s.key]&commonBody != 0 || noGround[s.key] {
		return -5 // "Xinhua", "the White House"
	}
	if compassOnly(s.key) && p.Kind != atlas.Country {
		return -2.5 // "the North", unless "North province"
	}
	if c := f.g.common[s.key]; c != 0 && s.to-s.from == 1 && s.options[0].flag&atlas.AsWritten == 0 {
		famous := p.Kind == atlas.Country || p.Population >= 1_000_000 && s.options[0].flag&atlas.Other == 0
		switch {
		case c&commonWord != 0 && famous:
			e--
		case c&commonWord != 0:
			e -= 2.5
		case famous:
			e -= 0.4
		default:
			e -= 1.3
		}
	}
	return e
}

// compassOnly reports whether a name says no more than a side of something: "the
// South", "Eastern District".
func compassOnly(key string) bool {
	for word := range strings.FieldsSeq(key) {
		if _, ok := divisions[word]; ok && word != key {
			continue
		}
		switch word {
		case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeast", "northwest",
			"southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "centre":
		default:
			return false
		}
	}
	return true
}

// lists lets places that stand in one list support each other: "in Khar, Nawagai
// and Salarzai".
func (f *finding) lists() {
	for n := range len(f.spans) - 1 {
		a, b := &f.spans[n], &f.spans[n+1]
		if a.people != nil || b.people != nil || !f.listed(a.to, b.from) {
			continue
		}
		if a.evidence >= 2 && b.evidence > -1.5 {
			b.evidence += 1
		} else if b.evidence >= 2 && a.evidence > -1.5 {
			a.evidence += 1
		}
	}
}

// listed reports whether only a comma or an "and" stands between two tokens.
func (f *finding) listed(from, to int) bool {
	if to-from < 1 || to-from > 2 {
		return false
	}
	for i := from; i < to; i++ {
		switch f.doc.Tokens[i].Form {
		case ",", "and", "or", "&", "/":
		default:
			return false
		}
	}
	return true
}

// spread lets the mentions of one name decide together: where one is clearly a
// place, or clearly somebody's name, the bare ones are so too.
func (f *finding) spread() {
	type sum struct{ place, person bool }
	sums := map[string]*sum{}
	for i := range f.spans {
		s := &f.spans[i]
		if s.people != nil {
			continue
		}
		k := sums[s.key]
		if k == nil {
			k = &sum{}
			sums[s.key] = k
		}
		if s.evidence >= 3 {
			k.place = true
		}
		if s.evidence <= -2 && f.g.common[s.key] != 0 {
			k.person = true
		}
	}
	for i := range f.spans {
		s := &f.spans[i]
		k := sums[s.key]
		if s.people != nil || k == nil {
			continue
		}
		switch {
		case k.place && !k.person && s.evidence > -2:
			s.evidence += 1
		case k.person && !k.place && s.evidence < 3:
			s.evidence -= 2.5
		}
	}
}
