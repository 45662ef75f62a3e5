package where

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// mentions turns what was accepted into mentions, in text order.
func (f *finding) mentions() []Mention {
	out := make([]Mention, 0, len(f.spans))
	for i := range f.spans {
		s := &f.spans[i]
		m := Mention{From: s.from, To: s.to}
		switch {
		case s.site:
			m.Kind, m.Name = Site, f.doc.Span(s.from, s.to).Text
			f.locate(&m, s.where, news.PrecisionSite)
		case s.people != nil:
			m.Kind, m.Name, m.Country, m.Place = Nationality, s.people.name, news.Optional(s.people.country), s.people.place
			if c, ok := f.g.countries[s.people.country]; ok && c.Name == m.Name {
				m.GeoNames = c.GeoNames
			}
		case s.chosen >= 0:
			p := s.options[s.chosen].place
			place := f.g.place(p)
			m.Kind, m.Name, m.Country, m.GeoNames, m.Place = PlaceName, p.Name, news.Optional(p.Country), p.GeoNames, &place
			if p.Kind == atlas.Country {
				m.Kind = CountryName
			}
			m.Capital = f.isCapital(p, s.key)
			if m.Capital && f.standsForGovernment(s) {
				f.asGovernment(&m, f.g.capitals[s.key])
			}
		default: // a place that no table has
			m.Kind, m.Name = PlaceName, f.doc.Span(s.from, s.to).Text
			f.locate(&m, s.where, "")
		}
		out = append(out, m)
	}
	return out
}

// locate puts a mention that no table has at the place it lies in or near. An
// unknown village is no better known than its district, so it keeps the
// district's precision.
func (f *finding) locate(m *Mention, at *atlas.Place, as news.PlacePrecision) {
	if at == nil {
		return
	}
	place := f.g.place(*at)
	if as != "" && place.Precision != news.PrecisionCountry && place.Precision != news.PrecisionAdmin1 {
		place.Precision = as
	}
	m.Place, m.Country = &place, place.Country
}

// isCapital reports whether a town is the capital that its name says.
func (f *finding) isCapital(p atlas.Place, key string) bool {
	code, ok := f.g.capitals[key]
	return ok && p.Kind == atlas.City && (p.Country == code || contains(p.ClaimedBy, code)) &&
		(p.Rank == atlas.National || p.Population > 100_000 || f.g.countries[code].Population < 5_000_000)
}

// standsForGovernment reports whether a capital is the government's name in
// words: "the Kabul government". Whether a bare "Kabul" is one is for package
// who to say.
func (f *finding) standsForGovernment(s *span) bool {
	if s.to >= len(f.doc.Tokens) {
		return false
	}
	switch f.doc.Tokens[s.to].Form {
	case "government", "regime", "administration", "authorities", "leadership":
		return f.doc.SentenceOf(s.to) == f.doc.SentenceOf(s.from)
	}
	return false
}

func (f *finding) asGovernment(m *Mention, code string) {
	c := f.g.countries[code]
	m.Kind, m.Name, m.Country, m.GeoNames = CountryName, c.Name, news.Optional(code), c.GeoNames
	m.Place = &c.Place
}
