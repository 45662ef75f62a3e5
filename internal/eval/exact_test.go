package eval

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

func TestExactSpans(t *testing.T) {
	const text = "“The pier,” said Ada Quill, “is old.” She warned that it may fall, and bore the cost."
	d := &GoldDoc{File: "pier.txt", Text: text, Statements: []GoldStatement{
		{Source: spansOf(text, "Ada Quill"), CueSpans: spansOf(text, "said"), Spans: spansOf(text, "“The pier,”", "“is old.”")},
		{Source: spansOf(text, "She"), CueSpans: spansOf(text, "warned"), Spans: spansOf(text, "that it may fall", ", and bore the cost")},
	}}
	d.index()
	phrase := func(words string) *news.Span {
		r := spansOf(text, words)[0]
		return &news.Span{Start: r.Start, End: r.End, Text: words}
	}
	rec := &news.Record{Statements: []news.Statement{
		// A name too short, both pieces of the quotation as they should be.
		{Source: &news.Source{Phrase: phrase("Quill")}, Cue: phrase("said"), Content: []news.Span{*phrase("The pier"), *phrase("is old")}},
		// Without "that", and a source given twice counts once.
		{Source: &news.Source{Phrase: phrase("She")}, Cue: phrase("warned"), Content: []news.Span{*phrase("it may fall, and bore the cost")}},
		{Source: &news.Source{Phrase: phrase("She")}, Content: []news.Span{*phrase("bore the cost")}},
	}}
	var s Scores
	d.scoreExact(&s, rec)
	for _, want := range []Metric{
		{Name: mExactSource, Kind: F1, Right: 1, Gold: 2, Given: 2},
		{Name: mExactCue, Kind: F1, Right: 2, Gold: 2, Given: 2},
		{Name: mExactContent, Kind: F1, Right: 3, Gold: 3, Given: 4},
	} {
		if m, _ := s.Metric(want.Name); m != want {
			t.Errorf("have %+v, want %+v", m, want)
		}
	}
	if len(s.Findings) != 1 || s.Findings[0].Got != "[Quill]" {
		t.Errorf("findings %v, want the name cut short", s.Findings)
	}
}

func TestExactSpansNeedCues(t *testing.T) {
	d := gold(t)
	if _, ok := d.Score(perfect(t)).Metric(mExactContent); ok {
		t.Error("a gold without cue spans is scored by exact spans")
	}
}

// spansOf finds words in a text, each in turn.
func spansOf(text string, words ...string) (out []news.Range) {
	for _, w := range words {
		i := strings.Index(text, w)
		out = append(out, news.Range{Start: i, End: i + len(w)})
	}
	return out
}
