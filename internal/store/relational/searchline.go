package relational

import (
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// mostShown is how much of the words of a statement or an event a row has, in
// bytes.
const mostShown = 2000

func (p *parts) named(v news.Party) query.Name {
	n := query.Name{Entity: v.Entity, Name: v.Text, Words: v.Text}
	if e := p.entities[v.Entity]; e != nil {
		n.Name = e.Name
	}
	return n
}

func (p *parts) allNamed(in []news.Party) []query.Name {
	out := make([]query.Name, 0, len(in))
	for _, v := range in {
		out = append(out, p.named(v))
	}
	return out
}

// statement is the row of a statement, without its article.
func (p *parts) statement(s *news.Statement) query.StatementRow {
	row := query.StatementRow{ID: s.ID, Act: s.Act, Form: s.Form, Polarity: s.Polarity, About: []query.Name{}, Confidence: s.Confidence}
	if s.Source != nil {
		n := query.Name{Entity: s.Source.Entity}
		if s.Source.Phrase != nil {
			n.Name, n.Words = s.Source.Phrase.Text, s.Source.Phrase.Text
		}
		if e := p.entities[s.Source.Entity]; e != nil {
			n.Name = e.Name
		}
		row.Speaker = &n
	}
	words := make([]string, len(s.Content))
	for i, c := range s.Content {
		words[i] = c.Text
	}
	row.Words = cut(strings.Join(words, " … "), mostShown)
	if len(s.Content) > 0 {
		row.Start = p.point(s.Content[0].Start)
	}
	if s.SaidAt != nil {
		row.SaidFirst, row.SaidLast = s.SaidAt.Earliest, s.SaidAt.Latest
	}
	for _, id := range s.About {
		if e := p.entities[news.Optional(id)]; e != nil {
			row.About = append(row.About, query.Name{Entity: news.Optional(id), Name: e.Name, Words: e.Name})
		}
	}
	return row
}

// event is the row of an event, without its article.
func (p *parts) event(e *news.Event) query.EventRow {
	row := query.EventRow{
		ID: e.ID, Type: e.Type, Mode: e.Mode, Contexts: append([]string{}, e.Contexts...), Modality: e.Modality, Background: e.Background,
		Words: p.sentence(e.Trigger), Start: p.point(e.Trigger.Start), Actors: p.allNamed(e.Actors), Recipients: p.allNamed(e.Recipients),
		Earliest: e.Time.Earliest, Latest: e.Time.Latest, Precision: e.Time.Precision, Counts: []query.Count{}, Confidence: e.Confidence,
	}
	if e.Place != nil {
		row.Place = &query.Spot{Name: p.named(*e.Place)}
		if entity := p.entities[e.Place.Entity]; entity != nil {
			row.Place.Place = entity.Place
		}
	}
	for i := range e.Counts {
		c := &e.Counts[i]
		row.Counts = append(row.Counts, query.Count{Kind: c.Kind, Low: c.Low, Best: c.Best, High: c.High, Qualifier: c.Qualifier, Words: c.Text})
	}
	return row
}

// sentence is the one that a span stands in, or the span itself.
func (p *parts) sentence(s news.Span) string {
	text := p.record.Article.Text
	for _, r := range p.record.Sentences {
		if r.Contains(s.Start) && 0 <= r.Start && r.End <= len(text) {
			return cut(strings.TrimSpace(text[r.Start:r.End]), mostShown)
		}
	}
	return s.Text
}

// point is a byte offset of the text in code points.
func (p *parts) point(at int) int {
	text := p.record.Article.Text
	if at < 0 || at > len(text) {
		return 0
	}
	// Offsets mostly rise, so the count goes on from the last.
	if at < p.counted {
		p.counted, p.points = 0, 0
	}
	p.points += utf8.RuneCountInString(text[p.counted:at])
	p.counted = at
	return p.points
}
