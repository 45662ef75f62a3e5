package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
)

// TestTolls: figures by their source, day and number, and the toll that the rule
// makes of them.
func TestTolls(t *testing.T) {
	for _, c := range []struct {
		name        string
		kind        news.CountKind
		figures     string // "SOURCE DAY NUMBER", where + means at least
		low, best   int    // −1 for unknown
		high        int
		differences int
	}{
		{"one", news.Killed, "police 11 4", 4, 4, 4, 0},
		{"a toll that rises", news.Killed, "police 11 4+; hospital 12 9; police 13 14", 14, 14, 14, 0},
		{"a source that lowers its own", news.Killed, "police 11 14; police 13 13", 13, 13, 13, 0},
		{"two at one time", news.Killed, "police 11 14; hospital 11 19", 14, -1, 19, 1},
		{"at least leaves room", news.Killed, "police 11 14+; hospital 11 19", 19, 19, 19, 0},
		{"a lower one of another source", news.Killed, "police 11 14; union 13 10", 10, -1, 14, 1},
		{"official over unnamed", news.Killed, "witnesses 11 30; police 11 14", 14, 14, 14, 1},
		{"unnamed alone", news.Killed, "witnesses 11 30", 30, 30, 30, 0},
		{"the missing are found", news.Missing, "police 11 30; hospital 12 16", 16, 16, 16, 0},
		{"a crowd does not grow", news.Participants, "police 11 12000; union 12 40000+", 12000, -1, 40000, 1},
		{"the article's own words", news.Killed, "own 11 4; police 12 6", 6, 6, 6, 0},
	} {
		var in []*write
		for i, f := range strings.Split(c.figures, "; ") {
			var source, number string
			var day int
			if _, err := fmt.Sscanf(f, "%s %d %s", &source, &day, &number); err != nil {
				t.Fatal(err)
			}
			w := text(fmt.Sprintf("a%d", i), fmt.Sprintf("2031-03-%d", day), "s", "The bombing in Durban on Monday hit many people, they said. ")
			w.town("d", "Durban", -29.86, 31.03).entity("p", source, news.Organisation)
			var n int
			if _, err := fmt.Sscanf(number, "%d", &n); err != nil {
				t.Fatal(err)
			}
			high := n
			if strings.HasSuffix(number, "+") {
				high = -1
			}
			statement := "s1"
			if source == "own" {
				statement = ""
			}
			w.event("v1", news.Assault, "", "bombing", "d", "2031-03-10", w.count(c.kind, "many people", n, n, high, statement))
			if statement != "" {
				w.says("s1", "p", news.Say, "hit many people")
			}
			in = append(in, w)
		}
		s := build(t, ledger.Corrections{}, in...)
		if len(s.Events) != 1 || len(s.Events[0].Tolls) != 1 {
			t.Errorf("%s: %d events", c.name, len(s.Events))
			continue
		}
		toll := s.Events[0].Tolls[0]
		if n(toll.Low) != c.low || n(toll.Best) != c.best || n(toll.High) != c.high && !(toll.High == nil && c.high == -1) || len(toll.Differences) != c.differences {
			t.Errorf("%s: %d/%d/%d with %d differences, want %d/%d/%d with %d: %s", c.name, n(toll.Low), n(toll.Best), n(toll.High), len(toll.Differences), c.low, c.best, c.high, c.differences, toll.Rule)
		}
		if toll.Rule == "" {
			t.Errorf("%s: no rule with the value", c.name)
		}
		if len(s.Events[0].Figures) != len(in) {
			t.Errorf("%s: %d figures kept of %d", c.name, len(s.Events[0].Figures), len(in))
		}
		for _, f := range s.Events[0].Figures {
			if f.Fate == "" || f.Why == "" {
				t.Errorf("%s: a figure without its fate: %+v", c.name, f)
			}
		}
		if s.Events[0].Contested != (c.differences > 0) {
			t.Errorf("%s: contested is %v", c.name, s.Events[0].Contested)
		}
	}
}

func n(p *int) int {
	if p == nil {
		return -1
	}
	return *p
}
