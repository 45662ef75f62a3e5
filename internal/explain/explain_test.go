package explain_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/explain"
	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/what"
)

var open = sync.OnceValues(func() (*reader.Reader, error) { return reader.New(reader.Options{}) })

// text has letters of more than one byte, so that offsets in bytes would show.
const text = `Gunmen attacked a café in Bor on Friday, killing nine guests.

The mayor, Åse Lund, said that police had arrested two men. She had a heart attack in 2029. The river is high.`

func article(t *testing.T) (*explain.Article, *reader.Explanation) {
	t.Helper()
	rd, err := open()
	if err != nil {
		t.Fatal(err)
	}
	e, err := rd.Explain(context.Background(), reader.Input{Text: text, Published: "2031-05-12"})
	if err != nil {
		t.Fatal(err)
	}
	return explain.New(e.Record, e.Statements, e.Events), e
}

// find is the trigger of that word.
func find(t *testing.T, a *explain.Article, word string) explain.Trigger {
	t.Helper()
	for _, s := range a.Sentences {
		for _, tr := range s.Triggers {
			if tr.Text == word {
				return tr
			}
		}
	}
	t.Fatalf("nothing is said of %q", word)
	return explain.Trigger{}
}

func TestWhichRuleFired(t *testing.T) {
	a, _ := article(t)
	tr := find(t, a, "attacked")
	if tr.Outcome != what.Coded || tr.Event == nil || tr.Event.Type != "ASSAULT" {
		t.Fatalf("attacked: %s, event %+v", tr.Outcome, tr.Event)
	}
	if tr.Rule == nil || tr.Rule.File != "verbs.tsv" || tr.Rule.Line == 0 || tr.Rule.Example == "" || tr.Rule.Users {
		t.Errorf("attacked: rule %+v", tr.Rule)
	}
	fills := func(place, words string) []string {
		for _, arg := range tr.Arguments {
			if arg.Place == place && arg.Words.Text == words {
				return arg.Fills
			}
		}
		return nil
	}
	if f := fills("subj", "Gunmen"); !slices.Contains(f, "actor") {
		t.Errorf("Gunmen fill %q, want actor", f)
	}
	if f := fills("obj", "a café"); !slices.Contains(f, "recipient") {
		t.Errorf("a café fills %q, want recipient", f)
	}
}

func TestWhyNot(t *testing.T) {
	a, _ := article(t)
	tr := find(t, a, "attack")
	if tr.Event != nil || tr.Rule == nil || tr.Rule.Type.Known() {
		t.Errorf("heart attack: outcome %s, event %+v, rule %+v; want a rule that says there is none", tr.Outcome, tr.Event, tr.Rule)
	}
}

// Whoever asks why gets the same record, every event of it is explained, and
// words stand where their offsets say.
func TestExplainsTheRecord(t *testing.T) {
	a, e := article(t)
	rd, err := open()
	if err != nil {
		t.Fatal(err)
	}
	rec, err := rd.Read(context.Background(), reader.Input{Text: text, Published: "2031-05-12"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rec, e.Record); diff != "" {
		t.Errorf("the record differs from what Read gives:\n%s", diff)
	}
	runes := []rune(text)
	explained := map[string]bool{}
	for _, s := range a.Sentences {
		for _, tr := range s.Triggers {
			if tr.Event != nil {
				explained[tr.Event.ID] = true
			}
			if got := string(runes[tr.Start:tr.End]); got != tr.Text {
				t.Errorf("%q stands at the offsets of %q", got, tr.Text)
			}
		}
	}
	for _, ev := range rec.Events {
		if !explained[ev.ID] {
			t.Errorf("no trigger of %s %s %q is shown", ev.ID, ev.Type, ev.Trigger.Text)
		}
	}
}

func TestText(t *testing.T) {
	a, _ := article(t)
	var b strings.Builder
	if err := explain.Text(&b, a, 0, export.Look{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"SENTENCE 1", "attacked", "ASSAULT", "verbs.tsv:", "actor", "a look-alike", "said"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the explanation lacks %q:\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := explain.Text(&b, a, 2, export.Look{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "SENTENCE 1 ") || !strings.Contains(b.String(), "SENTENCE 2") {
		t.Errorf("asked for the second sentence, have:\n%s", b.String())
	}
}
