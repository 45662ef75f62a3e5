package eval

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

const (
	text = "Mayor Ada Quill said the “old” pier — closed in May — was unsafe.\n\n" +
		"The roof fell on Tuesday, killing 3 people. Read more: Pier news\n"
)

// at finds the words in the text.
func at(t *testing.T, words string) news.Range {
	t.Helper()
	i := strings.Index(text, words)
	if i < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	return news.Range{Start: i, End: i + len(words)}
}

func span(t *testing.T, words string) news.Span {
	r := at(t, words)
	return news.Span{Start: r.Start, End: r.End, Text: words}
}

// gold is a document with answers of every kind.
func gold(t *testing.T) *GoldDoc {
	yes := false
	d := &GoldDoc{File: "pier.txt", Text: text, Published: "2031-05-07",
		Statements: []GoldStatement{
			{Speaker: []string{"Ada Quill", "Quill"}, Source: []news.Range{at(t, "Mayor Ada Quill")}, Form: news.Mixed, Act: news.Warn,
				Spans: []news.Range{at(t, "the “old” pier"), at(t, "was unsafe")}},
			{Speaker: nil, Form: news.Indirect, Spans: []news.Range{at(t, "closed in May")}, Optional: true},
		},
		Events: []GoldEvent{
			{Type: news.Accident, Trigger: at(t, "fell"), Mentions: []news.Range{at(t, "killing")}, Actor: []string{"Roof"},
				Place: "Bergen; Oslo", Start: "2031-05-06", End: "2031-05-06", Counts: map[string]float64{"killed": 3},
				Status: news.Occurred, Background: &yes},
			{Type: news.Sanction, Trigger: at(t, "closed"), Optional: true},
		},
		Dates:       []GoldDate{{Text: "Tuesday", Value: "2031-05-06", Start: at(t, "Tuesday").Start}, {Text: "May", Value: "2031-05", Start: at(t, "May —").Start}},
		Entities:    []GoldEntity{{Names: []string{"Ada Quill"}, Type: news.Person}},
		Boilerplate: []news.Range{at(t, "Read more: Pier news")},
	}
	d.index()
	return d
}

// perfect is the record that meets the gold.
func perfect(t *testing.T) *news.Record {
	source := span(t, "Ada Quill")
	three := 3
	place := span(t, "pier")
	date := span(t, "Tuesday")
	return &news.Record{
		Article: news.Article{Text: text, Blocks: []news.Block{{Kind: news.BlockBoilerplate, Range: at(t, "Read more: Pier news")}}},
		Entities: []news.Entity{
			{ID: "e1", Type: news.Person, Name: "Ada Quill", Mentions: []news.Mention{{Span: source, Kind: news.MentionName}}},
			{ID: "e2", Type: news.Facility, Name: "Bergen"},
		},
		Times: []news.Time{{Span: date, Value: "2031-05-06"}, {Span: span(t, "in May"), Value: "2031-05"}},
		Statements: []news.Statement{{ID: "s1", Source: &news.Source{Entity: "e1", Phrase: &source},
			Content: []news.Span{span(t, "the “old” pier"), span(t, "was unsafe.")}, Form: news.Mixed, Act: news.Warn}},
		Events: []news.Event{{Type: news.Accident, Trigger: span(t, "killing"), Actors: []news.Party{{Span: span(t, "The roof")}},
			Place: &news.Party{Entity: "e2", Span: place}, Time: news.EventTime{Earliest: "2031-05-06", Latest: "2031-05-06"},
			Counts: []news.Count{{Kind: news.Killed, Best: &three}}, Modality: news.Occurred}},
	}
}

func TestPerfect(t *testing.T) {
	s := gold(t).Score(perfect(t))
	for _, m := range s.Metrics {
		want := 1.0
		if m.Kind == Tally {
			want = 0
		}
		if m.Value() != want {
			t.Errorf("%s is %v (%+v)", m.Name, m.Value(), m)
		}
	}
	if len(s.Findings) > 0 {
		t.Errorf("findings: %v", s.Findings)
	}
	var names []string
	for _, m := range s.Metrics {
		names = append(names, m.Name)
	}
	if !slices.Contains(names, mPlace) || !slices.Contains(names, mCount) || names[0] != mContent {
		t.Errorf("metrics %v", names)
	}
}

func TestEmpty(t *testing.T) {
	s := gold(t).Score(&news.Record{Article: news.Article{Text: text}})
	for _, name := range []string{mContent, mSourced, mEvent, mEventType, mDate, mEntity, mEntityType, mBoilerplate} {
		if m, ok := s.Metric(name); !ok || m.Value() != 0 {
			t.Errorf("%s is %v (%v)", name, m.Value(), ok)
		}
	}
	for _, f := range s.Findings {
		if f.Kind != Miss {
			t.Errorf("%v", f)
		}
	}
}

// TestRules changes the perfect record and states what one metric becomes.
func TestRules(t *testing.T) {
	he := span(t, "The")
	for _, c := range []struct {
		name   string
		metric string
		want   float64
		change func(d *GoldDoc, r *news.Record)
	}{
		{"half a piece is enough", mContent, 1, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Content[0] = span(t, "old” pier") // 9 of 14 characters
		}},
		{"less than half is a miss and a false alarm", mContent, 0.5, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Content[0] = span(t, "pier")
		}},
		{"pieces may stand in two statements", mContent, 1, func(d *GoldDoc, r *news.Record) {
			s := r.Statements[0]
			s.Content = s.Content[1:]
			r.Statements[0].Content = r.Statements[0].Content[:1]
			r.Statements = append(r.Statements, s)
		}},
		{"the same piece twice is a false alarm", mContent, 4.0 / 5, func(d *GoldDoc, r *news.Record) {
			s := r.Statements[0]
			s.Content = s.Content[1:]
			r.Statements = append(r.Statements, s)
		}},
		{"an optional piece may be found", mContent, 1, func(d *GoldDoc, r *news.Record) {
			s := r.Statements[0]
			s.Content = []news.Span{span(t, "closed in May")}
			r.Statements = append(r.Statements, s)
		}},
		{"a span is cut at line breaks", mContent, 2 * 2.0 / 5, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Content[1] = span(t, "was unsafe.\n\nThe roof fell")
		}},
		{"very short pieces are dropped", mContent, 1, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Content = append(r.Statements[0].Content, span(t, "in"))
		}},
		{"a wrong source", mSourced, 0, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Source = &news.Source{Entity: "e2", Phrase: &he}
		}},
		{"no source", mSource, 0, func(d *GoldDoc, r *news.Record) { r.Statements[0].Source = nil }},
		{"no source where the gold has none", mSource, 1, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Source = nil
			d.Statements[0].Speaker, d.Statements[0].Source = nil, nil
		}},
		{"an implicit source by its entity", mSource, 1, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Source = &news.Source{Entity: "e1", Implicit: true}
		}},
		{"a source by its place alone", mSource, 1, func(d *GoldDoc, r *news.Record) {
			d.Statements[0].Speaker = []string{"the town's head"}
		}},
		{"a pronoun names nobody", mSource, 0, func(d *GoldDoc, r *news.Record) {
			r.Entities[0].Mentions = []news.Mention{{Span: news.Span{Text: "Warden"}, Kind: news.MentionPronoun}}
			r.Statements[0].Source.Phrase = &he
			d.Statements[0].Speaker, d.Statements[0].Source = []string{"Warden"}, nil
		}},
		{"a wrong act", mAct, 0, func(d *GoldDoc, r *news.Record) { r.Statements[0].Act = news.Say }},
		{"another right act", mAct, 1, func(d *GoldDoc, r *news.Record) {
			r.Statements[0].Act = news.Say
			d.Statements[0].ActOK = []news.Act{news.Say}
		}},
		{"a wrong form", mForm, 0, func(d *GoldDoc, r *news.Record) { r.Statements[0].Form = news.Direct }},
		{"content in a boilerplate block", mContentLost, 1, func(d *GoldDoc, r *news.Record) {
			r.Article.Blocks[0].Range = at(t, "unsafe.")
		}},
		{"an event of the wrong type is found", mEvent, 1, func(d *GoldDoc, r *news.Record) { r.Events[0].Type = news.Assault }},
		{"but not with the right type", mEventType, 0, func(d *GoldDoc, r *news.Record) { r.Events[0].Type = news.Assault }},
		{"the right type goes first", mEventType, 2 * 1.0 / 3, func(d *GoldDoc, r *news.Record) {
			e := r.Events[0]
			e.Type, e.Trigger = news.Assault, span(t, "fell")
			r.Events = []news.Event{e, r.Events[0]}
		}},
		{"an optional event may be found", mEvent, 1, func(d *GoldDoc, r *news.Record) {
			r.Events = append(r.Events, news.Event{Type: news.Protest, Trigger: span(t, "closed")})
		}},
		{"an event elsewhere is a false alarm", mEvent, 2 * 1.0 / 3, func(d *GoldDoc, r *news.Record) {
			r.Events = append(r.Events, news.Event{Type: news.Protest, Trigger: span(t, "said")})
		}},
		{"either place will do", mPlace, 1, func(d *GoldDoc, r *news.Record) { r.Entities[1].Name = "Oslo" }},
		{"a wrong place", mPlace, 0, func(d *GoldDoc, r *news.Record) { r.Entities[1].Name = "Paris" }},
		{"days that touch", mEventDate, 1, func(d *GoldDoc, r *news.Record) { r.Events[0].Time.Earliest = "2031-01-01" }},
		{"only a last day, after", mEventDate, 0, func(d *GoldDoc, r *news.Record) {
			r.Events[0].Time = news.EventTime{Latest: "2031-05-07"}
		}},
		{"an open end", mEventDate, 1, func(d *GoldDoc, r *news.Record) {
			d.Events[0].End = ""
			r.Events[0].Time = news.EventTime{Earliest: "2031-05-07"}
		}},
		{"no date", mEventDate, 0, func(d *GoldDoc, r *news.Record) { r.Events[0].Time = news.EventTime{} }},
		{"a count of another kind", mCount, 0, func(d *GoldDoc, r *news.Record) { r.Events[0].Counts[0].Kind = news.Injured }},
		{"modality", mModality, 0, func(d *GoldDoc, r *news.Record) { r.Events[0].Modality = news.Planned }},
		{"another right modality", mModality, 1, func(d *GoldDoc, r *news.Record) {
			d.Events[0].StatusOK = []news.Modality{news.Planned}
			r.Events[0].Modality = news.Planned
		}},
		{"background", mBackground, 0, func(d *GoldDoc, r *news.Record) { r.Events[0].Background = true }},
		{"a wrong value of a date", mDate, 0.5, func(d *GoldDoc, r *news.Record) { r.Times[0].Value = "2031-05-07" }},
		{"a finer value of a date", mDate, 1, func(d *GoldDoc, r *news.Record) { r.Times[1].Value = "2031-05-12" }},
		{"an entity by its alias", mEntity, 1, func(d *GoldDoc, r *news.Record) {
			r.Entities[0].Name, r.Entities[0].Aliases = "Quill", []string{"ADA QUILL"}
		}},
		{"part of a name is another name", mEntity, 0, func(d *GoldDoc, r *news.Record) {
			r.Entities[0].Name, r.Entities[0].Mentions = "Quill", nil
		}},
		{"an entity of the wrong type", mEntityType, 0, func(d *GoldDoc, r *news.Record) { r.Entities[0].Type = news.Group }},
		{"an entity that is none", mEntityPrecision, 0.5, func(d *GoldDoc, r *news.Record) {
			r.Entities = append(r.Entities, news.Entity{Type: news.Group, Name: "Pier",
				Mentions: []news.Mention{{Span: span(t, "Pier"), Kind: news.MentionName}}})
		}},
		{"entities without a name are not judged", mEntityPrecision, 1, func(d *GoldDoc, r *news.Record) {
			r.Entities = append(r.Entities, news.Entity{Type: news.Group, Name: "people",
				Mentions: []news.Mention{{Span: span(t, "people"), Kind: news.MentionNominal}}})
		}},
		{"nine tenths of a line", mBoilerplate, 1, func(d *GoldDoc, r *news.Record) {
			r.Article.Blocks[0].Range = at(t, "Read more: Pier ne") // 18 of 20 characters
		}},
		{"less than that", mBoilerplate, 0, func(d *GoldDoc, r *news.Record) {
			r.Article.Blocks[0].Range = at(t, "Read more: Pier n")
		}},
	} {
		d, r := gold(t), perfect(t)
		c.change(d, r)
		s := d.Score(r)
		m, ok := s.Metric(c.metric)
		if !ok || math.Abs(m.Value()-c.want) > 1e-9 {
			t.Errorf("%s: %s is %.3f (%+v), want %.3f\n%v", c.name, c.metric, m.Value(), m, c.want, s.Findings)
		}
	}
}

// TestNotAnnotated: a list that the gold lacks is not scored.
func TestNotAnnotated(t *testing.T) {
	d := gold(t)
	d.Events, d.Entities, d.Dates, d.Boilerplate = nil, nil, nil, nil
	for _, m := range d.Score(perfect(t)).Metrics {
		if !strings.HasPrefix(m.Name, "statements") && m.Name != mContentLost {
			t.Errorf("scored %s", m.Name)
		}
	}
}

func TestSumIsInOrder(t *testing.T) {
	run := func(jobs int) Scores {
		s, err := sum(context.Background(), Options{Jobs: jobs}, 20, func(_ context.Context, i int) (Scores, error) {
			s := Scores{Docs: 1, Findings: []Finding{{Line: i}}}
			s.add("x", Recall, 1, 2, 0)
			return s, nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a := run(5)
	if m, _ := a.Metric("x"); m.Right != 20 || m.Gold != 40 || a.Docs != 20 {
		t.Errorf("%+v", a)
	}
	for i, f := range a.Findings {
		if f.Line != i {
			t.Fatalf("findings out of order: %v", a.Findings)
		}
	}
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"The U.S. government", "US government", true},
		{"President Ada Quill", "Ms. Ada Quill", true},
		{"Quill", "Ada Quill", true},
		{"quill’s", "Quill", true},
		{"the president", "President Quill", true},
		{"Al", "Alan Quill", false},
		{"the", "the port", false},
		{"Ada Quill", "Bo Quill", false},
		{"", "", false},
	} {
		if sameName(c.a, c.b) != c.want || sameName(c.b, c.a) != c.want {
			t.Errorf("sameName(%q, %q) is not %v", c.a, c.b, c.want)
		}
	}
}
