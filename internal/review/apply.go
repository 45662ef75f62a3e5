package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// State is how a correction and the machine's present value agree.
type State string

// The states.
const (
	Stands    State = "stands"    // the machine gives what it gave
	Agrees    State = "agrees"    // the machine gives what the person said
	Disagrees State = "disagrees" // the machine gives a third value, or no longer what was accepted
	Lost      State = "lost"      // there is no such part any more
)

// Laid is a correction, and what came of it.
type Laid struct {
	Correction
	State State
	Part  string // id in the record; "" where it is lost
	Now   string // what the machine gives now
}

// Apply lays corrections over a record. The record itself stays as it is; ids of
// parts do too, so a rejected part leaves a gap.
func Apply(r *news.Record, corrections []Correction) (*news.Record, []Laid) {
	out := overlay(*r)
	out.Statements, out.Events, out.Entities = slices.Clone(r.Statements), slices.Clone(r.Events), slices.Clone(r.Entities)
	var laid []Laid
	gone := map[string]bool{}
	for _, c := range corrections {
		l := Laid{Correction: c, State: Lost}
		switch c.Object {
		case Statement:
			if i := nearest(c, len(out.Statements), func(i int) news.Span { return Anchor(&out.Statements[i]) }); i >= 0 {
				l.Part, l.Now = out.Statements[i].ID, Value(r, &r.Statements[i], c.Field)
				out.statement(&out.Statements[i], c)
			}
		case Event:
			if i := nearest(c, len(out.Events), func(i int) news.Span { return out.Events[i].Trigger }); i >= 0 {
				l.Part, l.Now = out.Events[i].ID, string(r.Events[i].Type)
				if c.Field == Type && c.Verdict == Mend {
					out.Events[i].Type, out.Events[i].Mode = news.EventType(c.Value), ""
				}
			}
		}
		if l.Part != "" {
			l.State = c.state(l.Now)
			if c.Verdict == Reject {
				gone[l.Part] = true
			}
		}
		laid = append(laid, l)
	}
	if len(gone) > 0 {
		drop(&out, gone)
	}
	done := news.Record(out)
	return &done, laid
}

// overlay is a record that is being corrected.
type overlay news.Record

func (c Correction) state(now string) State {
	switch {
	case c.Verdict == Mend && now == c.Value:
		return Agrees
	case c.Field == Whole || now == c.Machine:
		return Stands
	}
	return Disagrees
}

// Anchor is the span that names a statement.
func Anchor(s *news.Statement) news.Span {
	if len(s.Content) == 0 {
		return news.Span{}
	}
	return s.Content[0]
}

// nearest is the part that rests on the correction's words; of several, the one
// nearest to where they stood. It is −1 where none does.
func nearest(c Correction, n int, at func(int) news.Span) int {
	best, least := -1, 0
	for i := range n {
		s := at(i)
		if s.Text != c.Words {
			continue
		}
		if d := max(s.Start-c.Start, c.Start-s.Start); best < 0 || d < least {
			best, least = i, d
		}
	}
	return best
}

// Value is what the machine gives for a field of a statement.
func Value(r *news.Record, s *news.Statement, f Field) string {
	switch f {
	case Act:
		return string(s.Act)
	case Speaker:
		if s.Source == nil {
			return ""
		}
		for i := range r.Entities {
			if r.Entities[i].ID == string(s.Source.Entity) {
				return r.Entities[i].Name
			}
		}
		if s.Source.Phrase != nil {
			return strings.Join(strings.Fields(s.Source.Phrase.Text), " ")
		}
	}
	return ""
}

// statement mends a field of one.
func (r *overlay) statement(s *news.Statement, c Correction) {
	if c.Verdict != Mend {
		return
	}
	switch c.Field {
	case Act:
		s.Act = news.Act(c.Value)
	case Speaker:
		source := news.Source{}
		if s.Source != nil {
			source = *s.Source
		}
		source.Entity = news.Optional(r.entity(c.Value))
		s.Source = &source
	}
}

// entity is the id of the entity with the name, a new one where there is none.
func (r *overlay) entity(name string) string {
	for i := range r.Entities {
		if e := &r.Entities[i]; strings.EqualFold(e.Name, name) || slices.ContainsFunc(e.Aliases, func(a string) bool { return strings.EqualFold(a, name) }) {
			return e.ID
		}
	}
	id := fmt.Sprintf("e%d", len(r.Entities)+1)
	for slices.ContainsFunc(r.Entities, func(e news.Entity) bool { return e.ID == id }) {
		id += "r"
	}
	r.Entities = append(r.Entities, news.Entity{ID: id, Type: news.OtherEntity, Name: name})
	return id
}

// drop takes parts out, and what refers to them.
func drop(r *overlay, gone map[string]bool) {
	is := func(id string) bool { return gone[id] }
	without := func(ids []string) []string { return slices.DeleteFunc(slices.Clone(ids), is) }
	r.Statements = slices.DeleteFunc(r.Statements, func(s news.Statement) bool { return gone[s.ID] })
	r.Events = slices.DeleteFunc(r.Events, func(v news.Event) bool { return gone[v.ID] })
	for i := range r.Statements {
		s := &r.Statements[i]
		s.Events, s.Answers = without(s.Events), without(s.Answers)
		if gone[string(s.Within)] {
			s.Within = ""
		}
	}
	for i := range r.Events {
		v := &r.Events[i]
		v.Statements, v.Counts = without(v.Statements), slices.Clone(v.Counts)
		for j := range v.Counts {
			if gone[string(v.Counts[j].Statement)] {
				v.Counts[j].Statement = ""
			}
		}
	}
}
