package jobs

import (
	"encoding/json"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Change counts what is in one record and not in another.
type Change struct {
	Added   int
	Lost    int
	Changed int // in both, with other values
}

func (c *Change) add(o Change) {
	c.Added, c.Lost, c.Changed = c.Added+o.Added, c.Lost+o.Lost, c.Changed+o.Changed
}

func (c Change) any() bool { return c != Change{} }

// Difference is how records of the same versions differ from those before.
type Difference struct {
	Records    int // that were compared
	Differing  int // of them with a difference
	Text       int // of them with another text or title
	Dates      int // of them with another date of publication
	Made       int // where there was none before, or a damaged one
	Entities   Change
	Statements Change
	Events     Change
}

// Add adds what another comparison found.
func (d *Difference) Add(o Difference) {
	d.Records, d.Differing, d.Text, d.Dates, d.Made = d.Records+o.Records, d.Differing+o.Differing, d.Text+o.Text, d.Dates+o.Dates, d.Made+o.Made
	d.Entities.add(o.Entities)
	d.Statements.add(o.Statements)
	d.Events.add(o.Events)
}

// Changed reports whether there is any difference.
func (d Difference) Changed() bool { return d.Differing > 0 }

// Compare tells two records of one version apart; before may be nil. A statement
// is the same where cue and content have the same words, an event where its
// trigger and sentence do, an entity where its name does. Positions, ids and
// confidence may differ.
func Compare(before, now *news.Record) Difference {
	d := Difference{Records: 1}
	if before == nil {
		d.Made, before = 1, &news.Record{}
	}
	if before.Article.Text != now.Article.Text || before.Article.Title != now.Article.Title {
		d.Text = 1
	}
	if before.Article.Published != now.Article.Published {
		d.Dates = 1
	}
	a, b := described(before), described(now)
	d.Entities, d.Statements, d.Events = change(a.entities, b.entities), change(a.statements, b.statements), change(a.events, b.events)
	if d.Made+d.Text+d.Dates > 0 || d.Entities.any() || d.Statements.any() || d.Events.any() {
		d.Differing = 1
	}
	return d
}

// position is where a place lies.
func position(p *news.Place) []any {
	if p == nil {
		return nil
	}
	return []any{p.Lat, p.Lon, p.Country, p.Admin1, p.Precision}
}

// descriptions are names and values that can be compared: the values of all that
// have one name, in the order of the text.
type descriptions struct{ entities, statements, events map[string][]string }

func described(r *news.Record) descriptions {
	out := descriptions{make(map[string][]string), make(map[string][]string), make(map[string][]string)}
	names := make(map[string]string)
	for i := range r.Entities {
		e := &r.Entities[i]
		names[e.ID] = e.Name
		put(out.entities, e.Name, []any{e.Type, e.Country, strings.Join(e.Sectors, " "), e.Identifiers, position(e.Place), len(e.Mentions)})
	}
	entity := func(id news.Optional) string { return names[string(id)] }
	statements := make(map[string]string)
	for i := range r.Statements {
		s := &r.Statements[i]
		var name []string
		if s.Cue != nil {
			name = append(name, s.Cue.Text)
		}
		for _, c := range s.Content {
			name = append(name, c.Text)
		}
		statements[s.ID] = strings.Join(name, "|")
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		source, phrase := "", ""
		if s.Source != nil {
			source = entity(s.Source.Entity)
			if s.Source.Phrase != nil {
				phrase = s.Source.Phrase.Text
			}
		}
		var answers []string
		for _, id := range s.Answers {
			answers = append(answers, statements[id])
		}
		put(out.statements, statements[s.ID], []any{source, phrase, s.Form, s.Act, s.Polarity, s.SaidAt, answers})
	}
	for i := range r.Events {
		e := &r.Events[i]
		var parties []string
		for _, list := range [][]news.Party{e.Actors, e.Recipients, e.Places} {
			for _, p := range list {
				parties = append(parties, entity(p.Entity)+"|"+p.Text)
			}
			parties = append(parties, "")
		}
		var counts []any
		for _, c := range e.Counts {
			counts = append(counts, []any{c.Kind, c.Low, c.Best, c.High, c.Qualifier, c.Of})
		}
		put(out.events, e.Trigger.Text+"|"+sentence(r, e.Trigger), []any{e.Type, e.Mode, strings.Join(e.Contexts, " "), parties, e.Time.Earliest, e.Time.Latest, e.Time.Basis, counts, e.Modality, e.Background, e.OwnVoice})
	}
	return out
}

// sentence is the sentence around a span.
func sentence(r *news.Record, s news.Span) string {
	for _, one := range r.Sentences {
		if one.Contains(s.Start) && one.End <= len(r.Article.Text) {
			return r.Article.Text[one.Start:one.End]
		}
	}
	return ""
}

func put(m map[string][]string, name string, values []any) {
	b, err := json.Marshal(values)
	if err != nil {
		b = nil // numbers that JSON does not have; the record could not have been written
	}
	m[name] = append(m[name], string(b))
}

func change(before, now map[string][]string) Change {
	var c Change
	for name, values := range now {
		old := before[name]
		for i, v := range values {
			switch {
			case i >= len(old):
				c.Added++
			case old[i] != v:
				c.Changed++
			}
		}
	}
	for name, values := range before {
		c.Lost += max(len(values)-len(now[name]), 0)
	}
	return c
}
