package eval

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

// shared is where the gold and the corpora are; absent in a plain checkout.
const shared = "../../../shared"

// TestGoldAgainstItself turns answers into records and scores them: everything
// must be right.
func TestGoldAgainstItself(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared, "gold/*/*.json"))
	if len(files) == 0 {
		if _, err := os.Stat(shared); err != nil {
			t.Skipf("%s is absent: the gold sets are not part of the repository", shared)
		}
		t.Fatal("no gold files found")
	}
	for _, f := range files {
		d, err := LoadGold(f)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range d.Score(d.record()).Metrics {
			if want := 1.0; m.Kind != Tally && m.Value() != want || m.Kind == Tally && m.Value() != 0 {
				t.Errorf("%s: %s is %.3f (%+v)", d.File, m.Name, m.Value(), m)
			}
		}
	}
}

// record is the record that says what the gold says.
func (d *GoldDoc) record() *news.Record {
	r := &news.Record{Article: news.Article{Text: d.Text}}
	span := func(g news.Range) news.Span { return news.Span{Start: g.Start, End: g.End, Text: d.slice(g)} }
	party := func(names []string) (out []news.Party) {
		for _, n := range names {
			out = append(out, news.Party{Span: news.Span{Text: n}})
		}
		return out
	}
	for _, g := range d.Statements {
		s := news.Statement{Form: g.Form, Act: g.Act}
		if len(g.Speaker) > 0 {
			s.Source = &news.Source{Phrase: &news.Span{Text: g.Speaker[0]}}
			if len(g.Source) > 0 {
				p := span(g.Source[0])
				s.Source.Phrase = &p
			}
		}
		if len(g.CueSpans) > 0 {
			c := span(g.CueSpans[0])
			s.Cue = &c
		}
		for _, p := range g.Spans {
			s.Content = append(s.Content, span(p))
		}
		r.Statements = append(r.Statements, s)
	}
	for _, g := range d.Events {
		e := news.Event{Type: g.Type, Mode: news.Optional(g.Mode), Trigger: span(g.Trigger), Actors: party(g.Actor), Recipients: party(g.Recipient),
			Time: news.EventTime{Earliest: news.Optional(g.Start), Latest: news.Optional(g.End)}, Modality: g.Status, Background: g.Background != nil && *g.Background}
		if g.Place != "" {
			e.Place = &news.Party{Span: news.Span{Text: g.Place}}
		}
		for k, n := range g.Counts {
			n := int(n)
			e.Counts = append(e.Counts, news.Count{Kind: news.CountKind(k), Best: &n})
		}
		r.Events = append(r.Events, e)
	}
	for _, g := range d.Dates {
		r.Times = append(r.Times, news.Time{Span: news.Span{Start: g.Start, End: g.Start + 1}, Value: news.Optional(g.Value)})
	}
	for _, g := range d.Entities {
		r.Entities = append(r.Entities, news.Entity{Type: g.Type, Name: g.Names[0], Mentions: []news.Mention{{Span: news.Span{Text: g.Names[0]}, Kind: news.MentionName}}})
	}
	for _, g := range d.Boilerplate {
		r.Article.Blocks = append(r.Article.Blocks, news.Block{Kind: news.BlockBoilerplate, Range: g})
	}
	return r
}
