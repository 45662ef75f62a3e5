package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// describe makes a resolved event of every group: the best value for each field,
// the words it is from, and the other values beside it. A value is always one
// that some article gives: no date and no place comes out finer than its
// evidence.
func (b *builder) describe() {
	for _, g := range b.groups {
		first := g.members[0]
		v := news.ResolvedEvent{
			ID: g.id, Story: news.Optional(first.article.Story), Joins: g.joins, Reported: news.Optional(first.article.Published),
			Type: typeField(g), Mode: modeField(g), Place: placeField(g), Time: timeField(g), Modality: modalityField(g),
			Background: true, Figures: []news.Figure{}, Tolls: []news.Toll{}, Claims: []string{},
		}
		if v.Joins == nil {
			v.Joins = []news.Join{}
		}
		articles, origins := map[string]bool{}, map[string]bool{}
		for _, m := range g.members {
			v.Members = append(v.Members, m.ref)
			articles[m.article.ID], origins[m.article.Origin] = true, true
			v.Background = v.Background && m.event.Background
		}
		v.Articles, v.Origins = len(articles), len(origins)
		v.Actors = b.sides(g, func(e *news.Event) []news.Party { return e.Actors })
		v.Recipients = b.sides(g, func(e *news.Event) []news.Party { return e.Recipients })
		b.state.Events = append(b.state.Events, v)
	}
}

// ballot gathers the values that the members of a group give.
type ballot[T any] struct {
	options []news.Option[T]
	keys    []string
	origins []map[string]bool
}

func (b *ballot[T]) cast(key string, value T, m *member, span news.Span) {
	i := slices.Index(b.keys, key)
	if i < 0 {
		i = len(b.keys)
		b.keys = append(b.keys, key)
		b.options = append(b.options, news.Option[T]{Value: value})
		b.origins = append(b.origins, map[string]bool{})
	}
	b.origins[i][m.article.Origin] = true
	b.options[i].Origins = len(b.origins[i])
	b.options[i].Evidence = append(b.options[i].Evidence, m.article.evidence(span))
}

// field puts the options in order, the best first: by weight, then by how many
// origins give it, then by who gave it first.
func (b *ballot[T]) field(weight func(T) int, reason string) news.Field[T] {
	order := make([]int, len(b.options))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(weight(b.options[j].Value), weight(b.options[i].Value)), cmp.Compare(b.options[j].Origins, b.options[i].Origins))
	})
	f := news.Field[T]{Given: []news.Option[T]{}, Reason: reason}
	for _, i := range order {
		f.Given = append(f.Given, b.options[i])
	}
	if len(f.Given) > 0 {
		f.Value = f.Given[0].Value
		if len(f.Given) == 1 {
			f.Reason = "the only value given"
		}
	} else {
		f.Reason = "nobody says"
	}
	return f
}

func same[T any](T) int { return 0 }

const mostOrigins = "given by the most origins, the first of them where equal"

func typeField(g *group) news.Field[news.EventType] {
	var b ballot[news.EventType]
	for _, m := range g.members {
		b.cast(string(m.event.Type), m.event.Type, m, m.event.Trigger)
	}
	return b.field(same, mostOrigins)
}

func modeField(g *group) news.Field[news.Optional] {
	var b ballot[news.Optional]
	for _, m := range g.members {
		if m.event.Mode.Known() {
			b.cast(string(m.event.Mode), m.event.Mode, m, m.event.Trigger)
		}
	}
	return b.field(same, mostOrigins)
}

func modalityField(g *group) news.Field[news.Modality] {
	weights := map[news.Modality]int{news.Occurred: 5, news.Ongoing: 4, news.Alleged: 3, news.Denied: 2, news.Planned: 1}
	var b ballot[news.Modality]
	for _, m := range g.members {
		b.cast(string(m.event.Modality), m.event.Modality, m, m.event.Trigger)
	}
	return b.field(func(m news.Modality) int { return weights[m] }, "what is told as done goes before what is alleged, denied or planned")
}

func timeField(g *group) news.Field[news.EventTime] {
	var b ballot[news.EventTime]
	for _, m := range g.members {
		t := m.time
		span := m.event.Trigger
		if t.Evidence != nil {
			span = *t.Evidence
		}
		t.Evidence = nil // each option lists its own
		b.cast(fmt.Sprint(t.Earliest, t.Latest, t.Precision, t.Basis), t, m, span)
	}
	return b.field(func(t news.EventTime) int {
		i := intervalOf(t)
		switch {
		case i.precise:
			return 1 << 20
		case i.text && i.length() > 0:
			return 1<<19 - min(i.length(), 1<<18)
		case i.text:
			return 1 << 10
		case i.to == unknownDay:
			return -1 << 30
		}
		return -i.to // of bounds by publication, the earliest is the narrowest
	}, "a day that a text gives goes before wider dates, and those before bounds by publication; among equals the most origins")
}

func placeField(g *group) news.Field[*news.Spot] {
	var b ballot[*news.Spot]
	towns := map[string]int{} // how many members stand in a town
	for _, m := range g.members {
		if m.place != nil {
			towns[townKey(m.place)]++
		}
	}
	for _, m := range g.members {
		if m.event.Place == nil {
			continue
		}
		s := &news.Spot{Name: oneLine(m.event.Place.Text), Place: m.place}
		if e := m.article.entity[string(m.event.Place.Entity)]; e != nil {
			s.Name = e.Name
		}
		b.cast(fold(s.Name), s, m, m.event.Place.Span)
	}
	fine := map[news.PlacePrecision]int{news.PrecisionSite: 2, news.PrecisionCity: 2, news.PrecisionAdmin2: 1, news.PrecisionAdmin1: 1}
	return b.field(func(s *news.Spot) int {
		if s.Place == nil {
			return 0
		}
		return 1 + fine[s.Place.Precision]*1000 + min(towns[townKey(s.Place)], 999)
	}, "a town goes before a province and that before a country; among towns the one that most articles give")
}

// townKey rounds a position to some ten kilometres.
func townKey(p *news.Place) string { return fmt.Sprintf("%.1f,%.1f", p.Lat, p.Lon) }

// sides lists the parties of a group, those of the most origins first.
func (b *builder) sides(g *group, of func(*news.Event) []news.Party) []news.Side {
	var votes ballot[string]
	for _, m := range g.members {
		for _, p := range of(m.event) {
			name, key := oneLine(p.Text), fold(oneLine(p.Text))
			if f := b.cast.of[entityRef{m.article.at, string(p.Entity)}]; f != nil {
				name, key = f.name, fold(f.name)
			}
			votes.cast(key, name, m, p.Span)
		}
	}
	out := []news.Side{}
	for _, o := range votes.field(same, "").Given {
		out = append(out, news.Side{Name: o.Value, Origins: o.Origins, Evidence: o.Evidence})
	}
	return out
}
