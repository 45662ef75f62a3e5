package eval

import (
	"context"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/news"
)

// TestOwnAgainstItself scores, on each of our own sets, a record that says what
// the answers say, and one that says nothing.
func TestOwnAgainstItself(t *testing.T) {
	itself(t, KindActs, own.Acts, mOwnAct, func(r *news.Record, a own.Statement) {
		st := news.Statement{Act: a.OneOf[0].Act, Polarity: a.OneOf[0].Polarity}
		if span := (news.Span{Start: a.Start, End: a.End, Text: a.Text}); a.InContent {
			st.Content = []news.Span{span}
		} else {
			st.Cue = &span
		}
		r.Statements = append(r.Statements, st)
	})
	itself(t, KindSpeakers, own.Speakers, mOwnSpeaker, func(r *news.Record, a own.Speaker) {
		r.Entities = append(r.Entities, news.Entity{ID: a.Name, Name: a.Name})
		r.Statements = append(r.Statements, news.Statement{Source: &news.Source{Entity: news.Optional(a.Name)},
			Content: []news.Span{{Start: a.Start, End: a.End, Text: a.Text}}})
	})
	itself(t, KindModality, own.Events, mOwnModality, func(r *news.Record, a own.Event) {
		r.Events = append(r.Events, news.Event{Type: a.Types[0], Trigger: news.Span{Start: a.Start, End: a.End, Text: a.Text},
			Modality: a.Modalities[0], Background: a.Background != nil && *a.Background})
	})
	itself(t, KindCounts, own.Counts, mOwnCount, func(r *news.Record, a own.Count) {
		v := a.Values[0]
		c := news.Count{Kind: a.Kinds[0], Low: v.Low, Best: v.Best, High: v.High, Qualifier: v.Qualifier}
		if a.Part {
			c.PartOf = "c1"
		}
		r.Events = append(r.Events, news.Event{Counts: []news.Count{c}})
	})
	itself(t, KindLookAlikes, own.LookAlikes, mLookAlike, func(r *news.Record, a own.LookAlike) {
		r.Events = append(r.Events, news.Event{Type: a.Types[0], Modality: news.Occurred, Background: true})
	})
}

// itself scores a record made by answer from the answers of a set.
func itself[A any](t *testing.T, kind Kind, parse func(string) (own.Set[A], error), metric string, answer func(*news.Record, A)) {
	t.Helper()
	table, err := own.Table(string(kind))
	if err != nil {
		t.Fatal(err)
	}
	set, err := parse(table)
	if err != nil {
		t.Fatal(err)
	}
	score := func(o Options, read func(text string) *news.Record) Scores {
		s, err := Score(t.Context(), System{Read: func(_ context.Context, text, published string) (*news.Record, error) {
			if published != set.Published {
				t.Errorf("%s: published %q", kind, published)
			}
			return read(text), nil
		}}, kind, embedded+string(kind), o)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	right := score(Options{}, func(text string) *news.Record {
		r := &news.Record{Article: news.Article{Text: text}}
		for _, it := range set.Items {
			if it.Text == text {
				for _, a := range it.Answers {
					answer(r, a)
				}
			}
		}
		return r
	})
	for _, m := range right.Metrics {
		if m.Value() != 1 {
			t.Errorf("%s against itself: %s is %.3f (%+v)", kind, m.Name, m.Value(), m)
		}
	}
	empty := func(text string) *news.Record { return &news.Record{Article: news.Article{Text: text}} }
	none := score(Options{}, empty)
	if m, ok := none.Metric(metric); !ok && kind != KindModality || kind != KindLookAlikes && m.Right != 0 {
		t.Errorf("%s of nothing: %+v", kind, m)
	}
	// The findings of the half that is kept back are told only to who asks for it.
	for _, f := range none.Findings {
		for _, it := range set.Items {
			if it.Line == f.Line && it.Number%2 == 1 {
				t.Fatalf("%s: a kept item is shown unasked: %s", kind, f)
			}
		}
	}
	if odd := score(Options{Half: "odd"}, empty); kind != KindLookAlikes && len(odd.Findings) == 0 {
		t.Errorf("%s: no findings of the half that was asked for", kind)
	}
}

func TestOwnJudges(t *testing.T) {
	span := func(text, part string) news.Span {
		i := strings.Index(text, part)
		return news.Span{Start: i, End: i + len(part), Text: part}
	}
	const text = "The firm neither confirmed nor denied that 5 people died."
	acts := func(statements ...news.Statement) Metric {
		set, err := own.Acts("neither confirmed nor denied=decline_comment\t" + text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		s := &ownScores{}
		judgeActs(s, set.Items[0], &news.Record{Statements: statements})
		m, _ := s.Metric(mOwnAct)
		return m
	}
	confirmed, denied := span(text, "confirmed"), span(text, "denied")
	if m := acts(news.Statement{Cue: &denied, Act: news.DeclineComment}); m.Right != 1 {
		t.Errorf("one cue of two, right: %+v", m)
	}
	if m := acts(news.Statement{Cue: &confirmed, Act: news.DeclineComment}, news.Statement{Cue: &denied, Act: news.Deny}); m.Right != 0 {
		t.Errorf("one act wrong of two: %+v", m)
	}

	five := 5
	count := news.Count{Kind: news.Killed, Low: &five, Best: &five, High: &five, Qualifier: news.Exact}
	counts := func(answers string, given ...news.Count) Metric {
		set, err := own.Counts(answers + "\t" + text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		s := &ownScores{}
		judgeCounts(s, set.Items[0], &news.Record{Events: []news.Event{{Counts: given}}})
		m, _ := s.Metric(mOwnCount)
		return m
	}
	for _, c := range []struct {
		answers           string
		given             []news.Count
		right, gold, have int
	}{
		{"killed=5", []news.Count{count}, 1, 1, 1},
		{"killed=5", []news.Count{count, count}, 1, 1, 1}, // said twice
		{"killed=~5", []news.Count{count}, 0, 1, 1},
		{"killed/injured=5", []news.Count{count}, 1, 1, 1},
		{"killed=4; ?killed=5", []news.Count{count}, 0, 1, 0},
		{"-", []news.Count{count}, 0, 0, 1},
	} {
		if m := counts(c.answers, c.given...); m.Right != c.right || m.Gold != c.gold || m.Given != c.have {
			t.Errorf("%s: %+v", c.answers, m)
		}
	}

	w := own.Words{Start: 30, End: 35}
	outer := news.Statement{ID: "s1", Content: []news.Span{{Start: 0, End: 50}}}
	inner := news.Statement{ID: "s2", Content: []news.Span{{Start: 28, End: 40}}}
	if st := speaking(&news.Record{Statements: []news.Statement{outer, inner}}, w); st == nil || st.ID != "s2" {
		t.Errorf("speaking finds %v, want the inner statement", st)
	}
}
