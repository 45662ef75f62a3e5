package review_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/review"
)

func record() *news.Record {
	at := func(start int, words string) news.Span {
		return news.Span{Start: start, End: start + len(words), Text: words}
	}
	return &news.Record{
		Entities: []news.Entity{{ID: "e1", Name: "Lena Orr", Aliases: []string{"Orr"}}, {ID: "e2", Name: "the union"}},
		Statements: []news.Statement{
			{ID: "s1", Source: &news.Source{Entity: "e1"}, Act: news.Say, Content: []news.Span{at(10, "two were hurt")}, Events: []string{"v1"}},
			{ID: "s2", Source: &news.Source{Entity: "e1"}, Act: news.Say, Content: []news.Span{at(90, "two were hurt")}, Answers: []string{"s1"}, Within: "s1"},
		},
		Events: []news.Event{{ID: "v1", Type: news.Accident, Mode: "fire", Trigger: at(40, "blast"), Statements: []string{"s1", "s2"}, Counts: []news.Count{{ID: "c1", Statement: "s1"}}}},
	}
}

func TestApply(t *testing.T) {
	r := record()
	out, laid := review.Apply(r, []review.Correction{
		{Object: review.Statement, Start: 80, Words: "two were hurt", Field: review.Speaker, Verdict: review.Mend, Machine: "Lena Orr", Value: "The Union"},
		{Object: review.Statement, Start: 80, Words: "two were hurt", Field: review.Act, Verdict: review.Mend, Machine: "say", Value: "accuse"},
		{Object: review.Event, Start: 0, Words: "blast", Field: review.Type, Verdict: review.Mend, Machine: "ACCIDENT", Value: "ASSAULT"},
	})
	if d := cmp.Diff(record(), r); d != "" {
		t.Errorf("the record itself was changed:\n%s", d)
	}
	if s := out.Statements[1]; s.Source.Entity != "e2" || s.Act != news.Accuse {
		t.Errorf("the second statement is by %s, %s", s.Source.Entity, s.Act)
	}
	if out.Statements[0].Source.Entity != "e1" {
		t.Error("the first was changed too")
	}
	if v := out.Events[0]; v.Type != news.Assault || v.Mode != "" {
		t.Errorf("the event is %s, %s", v.Type, v.Mode)
	}
	for i, want := range []string{"s2", "s2", "v1"} {
		if laid[i].Part != want || laid[i].State != review.Stands {
			t.Errorf("correction %d: %s of %s", i, laid[i].State, laid[i].Part)
		}
	}
}

// Who is named nowhere in the article is a new entity.
func TestNewSpeaker(t *testing.T) {
	out, _ := review.Apply(record(), []review.Correction{{Object: review.Statement, Start: 10, Words: "two were hurt", Field: review.Speaker, Verdict: review.Mend, Value: "Mara Velin"}})
	if out.Statements[0].Source.Entity != "e3" || out.Entities[2].Name != "Mara Velin" {
		t.Errorf("%+v", out.Entities)
	}
}

// A rejected part is gone, and nothing refers to it.
func TestReject(t *testing.T) {
	out, _ := review.Apply(record(), []review.Correction{{Object: review.Statement, Start: 10, Words: "two were hurt", Verdict: review.Reject}})
	if len(out.Statements) != 1 || out.Statements[0].ID != "s2" || len(out.Statements[0].Answers) != 0 || out.Statements[0].Within != "" {
		t.Errorf("%+v", out.Statements)
	}
	if v := out.Events[0]; len(v.Statements) != 1 || v.Counts[0].Statement != "" {
		t.Errorf("%+v", v)
	}
	out, _ = review.Apply(record(), []review.Correction{{Object: review.Event, Words: "blast", Verdict: review.Reject}})
	if len(out.Events) != 0 || len(out.Statements[0].Events) != 0 {
		t.Errorf("%+v", out)
	}
}

// What the machine gives now is held against what was said of it then.
func TestStates(t *testing.T) {
	c := review.Correction{Object: review.Event, Words: "blast", Field: review.Type}
	for _, x := range []struct {
		verdict        review.Verdict
		machine, value string
		want           review.State
	}{
		{review.Accept, "ACCIDENT", "", review.Stands},
		{review.Accept, "ASSAULT", "", review.Disagrees},
		{review.Mend, "ASSAULT", "ACCIDENT", review.Agrees},
		{review.Mend, "ACCIDENT", "ASSAULT", review.Stands},
		{review.Mend, "PROTEST", "ASSAULT", review.Disagrees},
	} {
		c.Verdict, c.Machine, c.Value = x.verdict, x.machine, x.value
		if _, laid := review.Apply(record(), []review.Correction{c}); laid[0].State != x.want {
			t.Errorf("%+v: %s", x, laid[0].State)
		}
	}
	c.Words = "explosion"
	if _, laid := review.Apply(record(), []review.Correction{c}); laid[0].State != review.Lost {
		t.Errorf("words that are gone: %s", laid[0].State)
	}
}

func TestCheck(t *testing.T) {
	good := review.Correction{Article: "a", Object: review.Statement, Words: "w", Field: review.Speaker, Verdict: review.Mend, Value: "Lena Orr"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*review.Correction){
		"field of another object": func(c *review.Correction) { c.Field = review.Type },
		"no object":               func(c *review.Correction) { c.Object = "actor" },
		"no words":                func(c *review.Correction) { c.Words = "" },
		"no value":                func(c *review.Correction) { c.Value = " " },
		"no verdict":              func(c *review.Correction) { c.Verdict = "perhaps" },
		"rejects a field":         func(c *review.Correction) { c.Verdict = review.Reject },
		"mends the whole":         func(c *review.Correction) { c.Field = review.Whole },
		"no act":                  func(c *review.Correction) { c.Field, c.Value = review.Act, "shout" },
		"a small type":            func(c *review.Correction) { c.Object, c.Field, c.Value = review.Event, review.Type, "protest" },
		"long":                    func(c *review.Correction) { c.Note = strings.Repeat("x", 3000) },
		"no UTF-8":                func(c *review.Correction) { c.Value = "\xff" },
	} {
		c := good
		change(&c)
		if err := c.Check(); !errors.Is(err, review.ErrWrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
