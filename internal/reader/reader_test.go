package reader_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

var newReader = sync.OnceValues(func() (*reader.Reader, error) { return reader.New(reader.Options{Version: "test"}) })

func theReader(t testing.TB) *reader.Reader {
	t.Helper()
	r, err := newReader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// hostile texts: what a feed may hand over on a bad day.
var hostile = map[string]string{
	"nothing":            "",
	"white space":        " \n\t \u00a0\n\n",
	"one letter":         "x",
	"only marks":         "“”‘’\"'()—…!?",
	"unclosed quotation": "“They came at night, the man said. “Nobody helped.\n\n“We ran.",
	"nested quotations":  strings.Repeat("“", 2000) + "he said" + strings.Repeat("”", 2000),
	"one long word":      strings.Repeat("a", 50_000),
	"one long sentence":  strings.Repeat("the minister said that ", 3000),
	"zero width":         "The\u200b min\u200dister\ufeff said\u2060 that it\u200b rained.",
	"right to left":      "قال الوزير إن said the minister שלום on Tuesday.",
	"emoji":              "“👩‍👩‍👧‍👦 are safe,” the minister said 🇳🇴 on Tuesday.",
	"combining":          "Jose\u0301 Pe\u0301rez said the cafe\u0301 was closed.",
	"control":            "The minister\x01 said\x00 that\x7f it rained.",
	"colons":             "A: B: C: “D”: said: E:\n\n: “x”",
	"numbers":            "36 people, 36, 36 36 36 killed 1,000,000,000,000 at 25:99 on 99/99/9999 in 0000.",
	"carriage returns":   "One\rtwo\r\nthree, he said.\r\n\r\n“Four,” she said.",
}

type report struct{ name, text string }

// reports are all example stories, as they stand in their files.
func reports(t *testing.T) []report {
	t.Helper()
	var out []report
	for _, story := range examples.Stories() {
		for _, p := range examples.Reports(story) {
			b, err := examples.Files.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, report{p, string(b)})
		}
	}
	return out
}

// Every span of every record reproduces its words, and every record can be
// written.
func TestSpansReproduceTheirText(t *testing.T) {
	texts := map[string]string{}
	for name, text := range hostile {
		texts[name] = text
	}
	for _, a := range reports(t) {
		texts[a.name] = a.text
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for _, published := range []string{"", "2031-05-07"} {
				rec, err := theReader(t).Read(t.Context(), reader.Input{Text: text, Published: published})
				if err != nil {
					t.Fatal(err)
				}
				checkRecord(t, rec)
			}
		})
	}
}

// checkRecord holds what is true of every record, whatever the text.
func checkRecord(t *testing.T, rec *news.Record) {
	t.Helper()
	text := rec.Article.Text
	rec.EachSpan(func(s *news.Span) {
		if s.Start < 0 || s.End < s.Start || s.End > len(text) || text[s.Start:s.End] != s.Text {
			t.Errorf("span %d:%d says %q", s.Start, s.End, s.Text)
		}
	})
	last := 0
	for _, b := range rec.Article.Blocks {
		if b.Start < last || b.End < b.Start || b.End > len(text) {
			t.Fatalf("block %v after %d", b, last)
		}
		if strings.TrimSpace(text[last:b.Start]) != "" {
			t.Errorf("text outside all blocks: %q", text[last:b.Start])
		}
		last = b.End
	}
	entities, statements, events := map[news.Optional]bool{"": true}, map[string]bool{}, map[string]bool{}
	for _, e := range rec.Entities {
		entities[news.Optional(e.ID)] = true
		if len(e.Mentions) == 0 || e.Name == "" {
			t.Errorf("entity %s (%q) has no mention or no name", e.ID, e.Name)
		}
	}
	for _, v := range rec.Events {
		events[v.ID] = true
	}
	for _, s := range rec.Statements {
		statements[s.ID] = true
		if len(s.Content) == 0 && s.Act != news.DeclineComment {
			t.Errorf("statement %s has no content", s.ID)
		}
		if s.Source != nil && !entities[s.Source.Entity] {
			t.Errorf("statement %s names entity %s, which is not there", s.ID, s.Source.Entity)
		}
		if s.Confidence < 0 || s.Confidence > 1 {
			t.Errorf("statement %s: confidence %v", s.ID, s.Confidence)
		}
		for _, v := range s.Events {
			if !events[v] {
				t.Errorf("statement %s names event %s, which is not there", s.ID, v)
			}
		}
	}
	for _, s := range rec.Statements {
		for _, a := range append(append([]string(nil), s.Answers...), string(s.Within)) {
			if a != "" && !statements[a] {
				t.Errorf("statement %s names statement %s, which is not there", s.ID, a)
			}
		}
	}
	for _, v := range rec.Events {
		for _, id := range v.Statements {
			if !statements[id] {
				t.Errorf("event %s names statement %s, which is not there", v.ID, id)
			}
		}
		for _, p := range append(append([]news.Party(nil), v.Actors...), v.Recipients...) {
			if !entities[p.Entity] {
				t.Errorf("event %s names entity %s, which is not there", v.ID, p.Entity)
			}
		}
	}
	if _, err := json.Marshal(rec); err != nil {
		t.Errorf("the record cannot be written: %v", err)
	}
}

// The same text gives the same record, alone or among others.
func TestReadIsAPureFunction(t *testing.T) {
	stories := reports(t)
	r := theReader(t)
	read := func(i int) string {
		rec, err := r.Read(context.Background(), reader.Input{Text: stories[i].text, Published: "2031-05-07"})
		if err != nil {
			t.Error(err)
			return ""
		}
		b, err := json.Marshal(rec)
		if err != nil {
			t.Error(err)
		}
		return string(b)
	}
	alone := make([]string, len(stories))
	for i := range stories {
		alone[i] = read(i)
	}
	var wg sync.WaitGroup
	for range 2 {
		for i := range stories {
			wg.Go(func() {
				if got := read(i); got != alone[i] {
					t.Errorf("%s: another record when read beside others", stories[i].name)
				}
			})
		}
	}
	wg.Wait()
}

func TestReadRefuses(t *testing.T) {
	r := theReader(t)
	if _, err := r.Read(t.Context(), reader.Input{Text: strings.Repeat("a ", reader.MaxText/2+1)}); !errors.Is(err, reader.ErrTooLong) {
		t.Errorf("a text over the limit: %v", err)
	}
	if _, err := r.Read(t.Context(), reader.Input{Text: "caf\xe9"}); !errors.Is(err, reader.ErrNotUTF8) {
		t.Errorf("bytes that are no UTF-8: %v", err)
	}
	if _, err := r.Read(t.Context(), reader.Input{Text: "It rained.", Published: "yesterday"}); err == nil {
		t.Error("a publication date that is none is taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Read(ctx, reader.Input{Text: "It rained."}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled reading: %v", err)
	}
}

func TestAnotherLanguageIsNotRead(t *testing.T) {
	const german = `Der Innenminister sagte am Dienstag, dass die Polizei nach dem Anschlag vier Verdächtige festgenommen habe. Die Regierung werde nicht nachgeben, sagte er vor Journalisten in der Hauptstadt.`
	rec, err := theReader(t).Read(t.Context(), reader.Input{Text: german, Published: "2031-05-07"})
	if err != nil {
		t.Fatal(err)
	}
	if len(rec.Warnings) != 1 || rec.Warnings[0].Code != "language_not_supported" || rec.Article.Language != "de" {
		t.Errorf("language %q, warnings %v", rec.Article.Language, rec.Warnings)
	}
	if len(rec.Events)+len(rec.Statements)+len(rec.Entities) > 0 {
		t.Error("something was read from a text that is not English")
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range hostile {
		if len(text) < 500 {
			f.Add(text)
		}
	}
	f.Add("KABUL, May 7 (Wire) — At least 12 people were killed, the ministry said. “We deny it,” a spokesman for the Front told reporters.")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 5000 {
			return
		}
		rec, err := theReader(t).Read(t.Context(), reader.Input{Text: text, Published: "2031-05-07"})
		if !utf8.ValidString(text) {
			if !errors.Is(err, reader.ErrNotUTF8) {
				t.Fatalf("invalid UTF-8: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		checkRecord(t, rec)
	})
}
