package said_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

// sound returns what is wrong with the statements of a record, whatever the
// text: spans that do not reproduce it, a cue inside its own content, broken
// references, a confidence out of range.
func sound(text string, statements []news.Statement) error {
	ids := make(map[string]bool)
	for i, s := range statements {
		if want := fmt.Sprintf("s%d", i+1); s.ID != want {
			return fmt.Errorf("statement %d has id %s, want %s", i, s.ID, want)
		}
		ids[s.ID] = true
		if len(s.Content) == 0 {
			return fmt.Errorf("%s has no content", s.ID)
		}
		spans := append([]news.Span(nil), s.Content...)
		last := 0
		for _, c := range s.Content {
			if c.Start < last || c.End <= c.Start {
				return fmt.Errorf("%s: content spans out of order: %v", s.ID, s.Content)
			}
			last = c.End
		}
		if s.Cue != nil {
			spans = append(spans, *s.Cue)
			for _, c := range s.Content {
				if c.Overlaps(*s.Cue) {
					return fmt.Errorf("%s: cue %q lies in its content %q", s.ID, s.Cue.Text, c.Text)
				}
			}
		}
		if s.Source != nil && s.Source.Phrase != nil {
			spans = append(spans, *s.Source.Phrase)
		}
		if s.Source != nil && s.Source.Implicit != (s.Source.Phrase == nil) {
			return fmt.Errorf("%s: an implicit source has no phrase and no other lacks one", s.ID)
		}
		if s.Addressee != nil {
			spans = append(spans, s.Addressee.Span)
		}
		for _, p := range spans {
			if p.Start < 0 || p.End > len(text) || p.Start > p.End || text[p.Start:p.End] != p.Text {
				return fmt.Errorf("%s: span %d-%d %q is not the text", s.ID, p.Start, p.End, p.Text)
			}
		}
		if s.Confidence < 0 || s.Confidence > 1 {
			return fmt.Errorf("%s: confidence %v", s.ID, s.Confidence)
		}
	}
	for _, s := range statements {
		if s.Within != "" && (!ids[string(s.Within)] || string(s.Within) == s.ID) {
			return fmt.Errorf("%s lies within %s", s.ID, s.Within)
		}
		for _, a := range s.Answers {
			if !ids[a] || a == s.ID {
				return fmt.Errorf("%s answers %s", s.ID, a)
			}
		}
	}
	return nil
}

func mustReader(tb testing.TB) *reader.Reader {
	tb.Helper()
	r, err := pipeline()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// texts are the texts of all cases: one article each.
func texts(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("testdata/*.cases")
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, f := range files {
		fh, err := os.Open(f)
		if err != nil {
			tb.Fatal(err)
		}
		cs, err := cases.Parse(f, fh)
		fh.Close()
		if err != nil {
			tb.Fatal(err)
		}
		for _, c := range cs {
			out = append(out, c.Text)
		}
	}
	return out
}

func TestStatementsAreSound(t *testing.T) {
	r := mustReader(t)
	all := texts(t)
	all = append(all, strings.Join(all, "\n\n"), strings.Join(all, " "))
	for _, text := range all {
		rec, err := r.Read(t.Context(), reader.Input{Text: text, Published: "2031-05-07"})
		if err != nil {
			t.Fatal(err)
		}
		if err := sound(text, rec.Statements); err != nil {
			t.Errorf("%v\nin %.300q", err, text)
		}
	}
}

// A sentence or a paragraph of a hostile length is read to its end; speakers_test.go
// counts the look-ups.
func TestLongTexts(t *testing.T) {
	r := mustReader(t)
	for _, unit := range []string{
		"he said that ", "“a ” he said, ", "said ", "according to the mayor, ", "the claim that ", ", adding ", "“", "to ask to tell to say ",
	} {
		text := strings.Repeat(unit, 40_000/len(unit)) + "."
		rec, err := r.Read(context.Background(), reader.Input{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if err := sound(rec.Article.Text, rec.Statements); err != nil {
			t.Errorf("%q: %v", unit, err)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range texts(f) {
		f.Add(text)
	}
	r := mustReader(f)
	f.Fuzz(func(t *testing.T, text string) {
		rec, err := r.Read(t.Context(), reader.Input{Text: text, Published: "2031-05-07"})
		if err != nil {
			t.Skip()
		}
		if err := sound(rec.Article.Text, rec.Statements); err != nil {
			t.Fatal(err)
		}
	})
}
