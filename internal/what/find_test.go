package what_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

// check holds what is true of the events of any text.
func check(t *testing.T, rec *news.Record) {
	t.Helper()
	text := rec.Article.Text
	whole := func(what string, s news.Span) {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End || text[s.Start:s.End] != s.Text {
			t.Errorf("%s: span %d-%d %q is not the text's", what, s.Start, s.End, s.Text)
		}
	}
	entities := map[news.Optional]bool{"": true}
	for _, e := range rec.Entities {
		entities[news.Optional(e.ID)] = true
	}
	statements := map[string]news.Statement{}
	for _, s := range rec.Statements {
		statements[s.ID] = s
	}
	events, counts := map[string]bool{}, map[news.Optional]bool{"": true}
	last := -1
	for _, e := range rec.Events {
		if events[e.ID] {
			t.Errorf("id %s twice", e.ID)
		}
		events[e.ID] = true
		whole("trigger", e.Trigger)
		if e.Trigger.Start < last {
			t.Errorf("%s comes after a later event", e.ID)
		}
		last = e.Trigger.Start
		for _, m := range e.Mentions {
			whole("mention", m)
			if m.Overlaps(e.Trigger) {
				t.Errorf("%s: mention %q is part of the trigger", e.ID, m.Text)
			}
		}
		parties := append(append([]news.Party{}, e.Actors...), e.Recipients...)
		parties = append(parties, e.Places...)
		if e.Place != nil {
			parties = append(parties, *e.Place)
		}
		for _, p := range parties {
			whole("party", p.Span)
			if !entities[p.Entity] {
				t.Errorf("%s: no entity %s", e.ID, p.Entity)
			}
		}
		for _, c := range e.Counts {
			whole("count", c.Span)
			counts[news.Optional(c.ID)] = true
			if !counts[c.PartOf] {
				t.Errorf("%s: %s is part of an unknown count %s", e.ID, c.ID, c.PartOf)
			}
			if c.Low != nil && c.High != nil && *c.Low > *c.High {
				t.Errorf("%s: count %d to %d", e.ID, *c.Low, *c.High)
			}
		}
		for _, id := range e.Statements {
			if _, ok := statements[id]; !ok {
				t.Errorf("%s rests on an unknown statement %s", e.ID, id)
			}
		}
		if len(e.Statements) == 0 && !e.OwnVoice && e.Modality == news.Occurred && !spokenOf(rec, e.ID) {
			t.Errorf("%s is on nobody's word", e.ID)
		}
		if e.Confidence < 0 || e.Confidence > 1 {
			t.Errorf("%s: confidence %v", e.ID, e.Confidence)
		}
		if e.Time.Earliest.Known() && e.Time.Latest.Known() && e.Time.Earliest > e.Time.Latest {
			t.Errorf("%s: from %s to %s", e.ID, e.Time.Earliest, e.Time.Latest)
		}
		if (e.Type == news.Accident || e.Type == news.Disaster) != (e.Quad == nil) {
			t.Errorf("%s: %s has quad %v", e.ID, e.Type, e.Quad)
		}
	}
	for _, s := range rec.Statements {
		for _, id := range s.Events {
			if !events[id] {
				t.Errorf("%s speaks of an unknown event %s", s.ID, id)
			}
		}
	}
}

func spokenOf(rec *news.Record, event string) bool {
	for _, s := range rec.Statements {
		for _, id := range s.Events {
			if id == event {
				return true
			}
		}
	}
	return false
}

func load(t testing.TB) *reader.Reader {
	t.Helper()
	r, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// texts are the articles of the cases, joined and alone.
func texts(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.cases")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		all, err := cases.Parse(name, f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, c := range all {
			out = append(out, c.Text)
			b.WriteString(c.Text + "\n\n")
		}
		out = append(out, b.String())
	}
	return out
}

func TestInvariants(t *testing.T) {
	r := load(t)
	for _, text := range texts(t) {
		rec, err := r.Read(context.Background(), reader.Input{Text: text, Published: "2031-05-12"})
		if err != nil {
			t.Fatal(err)
		}
		check(t, rec)
	}
}

// The same text gives the same events, however often it is read.
func TestDeterministic(t *testing.T) {
	r := load(t)
	all := texts(t)
	text := strings.Join(all[:20], "\n\n")
	var first []news.Event
	for range 5 {
		rec, err := r.Read(context.Background(), reader.Input{Text: text, Published: "2031-05-12"})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = rec.Events
		}
		if !reflect.DeepEqual(first, rec.Events) {
			t.Fatal("events differ from one reading to the next")
		}
	}
}

// Long texts are read to their end: a step that takes the square of the length
// would not come back before the tests are stopped.
func TestLong(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts")
	}
	r := load(t)
	for name, piece := range map[string]string{
		"one attack over and over": "Gunmen attacked a village in Mali on Friday, killing nine people. ",
		"no full stop":             "rebels killed nine soldiers and two guides and ",
		"nested":                   "He said that she accused the rebels of denying that they threatened to attack ",
	} {
		t.Run(name, func(t *testing.T) {
			rec, err := r.Read(context.Background(), reader.Input{Text: strings.Repeat(piece, 60_000/len(piece)), Published: "2031-05-12"})
			if err != nil {
				t.Fatal(err)
			}
			check(t, rec)
		})
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range texts(f) {
		f.Add(text)
	}
	f.Add("“Attack attack attack,” he said. 36 36 36 killed killed.")
	f.Fuzz(func(t *testing.T, text string) {
		rec, err := load(t).Read(context.Background(), reader.Input{Text: text, Published: "2031-05-12"})
		if err != nil {
			return // not UTF-8, too long: the reader's to refuse
		}
		check(t, rec)
	})
}

func BenchmarkRead(b *testing.B) {
	r := load(b)
	text := strings.Join(texts(b)[:60], "\n\n")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := r.Read(context.Background(), reader.Input{Text: text, Published: "2031-05-12"}); err != nil {
			b.Fatal(err)
		}
	}
}

// Every row of the rule tables carries a sentence that it codes. A few are
// beyond the language model at hand; more than one in twenty would mean that a
// rule or its order is wrong.
func TestExamples(t *testing.T) {
	r := load(t)
	rows, missed := 0, []string{}
	for _, name := range []string{"verbs.tsv", "nouns.tsv"} {
		table, err := os.ReadFile(filepath.Join("rules", name))
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(table), "\n") {
			cell := strings.Split(line, "\t")
			if strings.HasPrefix(line, "#") || len(cell) != 6 {
				continue
			}
			rows++
			// Before a lone sentence, a headline's tenses would apply.
			text := "The agency sent word from the region this week.\n\n" + cell[5]
			rec, err := r.Read(context.Background(), reader.Input{Text: text, Published: "2031-05-08"})
			if err != nil {
				t.Fatal(err)
			}
			coded := cell[2] == "-" && len(rec.Events) == 0
			for _, e := range rec.Events {
				coded = coded || string(e.Type) == cell[2] && (cell[3] == "-" || string(e.Mode) == cell[3])
			}
			if !coded {
				missed = append(missed, name+":"+strconv.Itoa(n+1)+": "+cell[2]+": "+cell[5])
			}
		}
	}
	if len(missed) > rows/20 {
		t.Errorf("%d of %d examples are not coded as their rows say:\n%s", len(missed), rows, strings.Join(missed, "\n"))
	}
	t.Logf("%d of %d examples are coded as their rows say", rows-len(missed), rows)
}
