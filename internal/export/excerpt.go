package export

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// excerpt is the part of a record that one row is made of: the event or
// statement, and the entities and statements that it names. Its offsets are code
// points, and its words are those that may leave.
func (a *Article) excerpt(row Row) *news.Record {
	out := &news.Record{}
	names := map[string]bool{}
	if v := row.Event; v != nil {
		out.Events = []news.Event{copyEvent(v)}
		for _, p := range slices.Concat(v.Actors, v.Recipients, v.Places) {
			names[string(p.Entity)] = true
		}
		if v.Place != nil {
			names[string(v.Place.Entity)] = true
		}
		for _, id := range v.Statements {
			if s := a.x.statement[id]; s != nil {
				out.Statements = append(out.Statements, copyStatement(s))
			}
		}
	}
	if s := row.Statement; s != nil {
		out.Statements = []news.Statement{copyStatement(s)}
	}
	for i := range out.Statements {
		s := &out.Statements[i]
		if s.Source != nil {
			names[string(s.Source.Entity)] = true
		}
		if s.Via != nil {
			names[string(s.Via.Entity)] = true
		}
		if s.Addressee != nil {
			names[string(s.Addressee.Entity)] = true
		}
		for _, id := range s.About {
			names[id] = true
		}
	}
	for i := range a.Record.Entities {
		if e := &a.Record.Entities[i]; names[e.ID] {
			out.Entities = append(out.Entities, copyEntity(e))
		}
	}
	out.EachSpan(func(s *news.Span) {
		*s = news.Span{Start: a.point(s.Start), End: a.point(s.End), Text: a.passages.Of(*s)}
	})
	for i := range out.Events {
		for j := range out.Events[i].Counts {
			if c := &out.Events[i].Counts[j]; c.Text == "" {
				c.Of = "" // words of the text
			}
		}
	}
	return out
}

func copyEvent(v *news.Event) news.Event {
	c := *v
	c.Contexts, c.Mentions, c.Counts, c.Statements = full(v.Contexts), full(v.Mentions), full(v.Counts), full(v.Statements)
	c.Actors, c.Recipients, c.Places = full(v.Actors), full(v.Recipients), full(v.Places)
	c.Place, c.Time.Evidence = copied(v.Place), copied(v.Time.Evidence)
	return c
}

func copyStatement(s *news.Statement) news.Statement {
	c := *s
	if s.Source != nil {
		c.Source = &news.Source{Entity: s.Source.Entity, Phrase: copied(s.Source.Phrase), Implicit: s.Source.Implicit}
	}
	c.Cue, c.Addressee, c.Content = copied(s.Cue), copied(s.Addressee), full(s.Content)
	c.Answers, c.About, c.Events = full(s.Answers), full(s.About), full(s.Events)
	return c
}

// copyEntity leaves out the mentions: what a row rests on is in the row.
func copyEntity(e *news.Entity) news.Entity {
	c := *e
	c.Aliases, c.Sectors, c.Roles, c.Mentions = full(e.Aliases), full(e.Sectors), full(e.Roles), []news.Mention{}
	if e.Place != nil {
		p := *e.Place
		p.ClaimedBy = full(p.ClaimedBy)
		c.Place = &p
	}
	return c
}

// copyClaim is a claim whose offsets are code points and whose words are those
// that may leave. The offsets of an article that is not at hand are 0.
func (c *Claim) excerpt() news.Claim {
	out := *c.Claim
	gate := func(e news.Evidence) news.Evidence {
		a := c.article(e.Article)
		if a == nil {
			return news.Evidence{Article: e.Article}
		}
		return news.Evidence{Article: e.Article, Span: news.Span{Start: a.point(e.Start), End: a.point(e.End), Text: a.passages.Of(e.Span)}}
	}
	out.Words = gate(out.Words)
	out.About, out.Changed, out.Silent, out.Links = full(out.About), full(out.Changed), full(out.Silent), full(out.Links)
	out.Stances = full(out.Stances)
	for i := range out.Stances {
		s := &out.Stances[i]
		s.Copies, s.Evidence = full(s.Copies), full(s.Evidence)
		for j := range s.Evidence {
			s.Evidence[j] = gate(s.Evidence[j])
		}
	}
	return out
}

// full copies a slice; the copy of nil is empty, so that JSON has [] for it.
func full[T any](s []T) []T { return append(make([]T, 0, len(s)), s...) }

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}
