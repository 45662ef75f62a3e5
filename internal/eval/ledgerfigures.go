package eval

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
)

func valueOf(low, best, high *int, q news.Qualifier) own.Value {
	return own.Value{Low: low, Best: best, High: high, Qualifier: q}
}

// spoken reports whether a voice is one of those named; "-" is an article's own.
func spoken(v news.Voice, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		if n == "-" {
			return v.Own || v.Name == ""
		}
		for _, have := range []string{v.Name, string(v.For), string(v.Phrase)} {
			if have != "" && !v.Own && strings.Contains(strings.ToLower(plainQuotes(have)), strings.ToLower(plainQuotes(n))) {
				return true
			}
		}
		return false
	})
}

func plainQuotes(s string) string { return strings.ReplaceAll(s, "’", "'") }

func (j *ledgerJudge) figures(articles []ledger.Article) {
	used := map[string]bool{}
	for _, g := range j.gold.Figures {
		held := inRecords(articles, g)
		right := false
		near := ""
		for _, e := range j.state.Events {
			for _, f := range e.Figures {
				if f.Kind != g.Kind || f.Article != g.Article && !slices.Contains(f.Copies, g.Article) || valueOf(f.Low, f.Best, f.High, f.Qualifier).String() != g.Value.String() {
					continue
				}
				used[f.ID] = true
				near = j.of[e.ID] + " by " + f.Source.Name
				right = right || j.of[e.ID] == g.Event && spoken(f.Source, g.Sources)
			}
		}
		if g.Optional {
			continue
		}
		j.FiguresAll.judge(right)
		if held {
			j.Figures.judge(right)
		}
		if !right {
			j.note("figure: %s %s=%s of %s by %s; given: %s (in the record: %v)", g.Event, g.Kind, g.Value, g.Article, strings.Join(g.Sources, "/"), near, held)
		}
	}
	for _, e := range j.state.Events {
		for _, f := range e.Figures {
			if !used[f.ID] {
				j.FiguresFalse++
				j.note("figure in no gold: %s %s=%s of %s by %s", j.of[e.ID], f.Kind, valueOf(f.Low, f.Best, f.High, f.Qualifier), f.Article, f.Source.Name)
			}
		}
	}
	for _, g := range j.gold.Tolls {
		var have *news.Toll
		if e := j.resolved(g.Event, g.Kind); e != nil {
			for i := range e.Tolls {
				if e.Tolls[i].Kind == g.Kind {
					have = &e.Tolls[i]
				}
			}
		}
		right := have != nil && sameInt(have.Low, g.Value.Low) && sameInt(have.Best, g.Value.Best) && sameInt(have.High, g.Value.High)
		if !g.Optional && !j.Tolls.judge(right) {
			rule := "none"
			if have != nil {
				rule = have.Rule
			}
			j.note("toll: %s %s=%s; given: %s", g.Event, g.Kind, g.Value, rule)
		}
	}
	seen := map[string]bool{}
	for i := range j.state.Events {
		e := &j.state.Events[i]
		for _, t := range e.Tolls {
			if len(t.Differences) == 0 {
				continue
			}
			at := slices.IndexFunc(j.gold.Disputes, func(g GoldToll) bool { return g.Event == j.of[e.ID] && g.Kind == t.Kind })
			if at < 0 {
				j.DisputesFalse++
				j.note("no dispute: %s %s, %s", j.of[e.ID], t.Kind, t.Rule)
			} else {
				seen[j.gold.Disputes[at].Event+string(t.Kind)] = true
			}
		}
	}
	for _, g := range j.gold.Disputes {
		if !g.Optional && !j.Disputes.judge(seen[g.Event+string(g.Kind)]) {
			j.note("dispute missed: %s %s", g.Event, g.Kind)
		}
	}
}

func inRecords(articles []ledger.Article, g GoldFigure) bool {
	for _, a := range articles {
		if a.ID != g.Article {
			continue
		}
		for _, v := range a.Record.Events {
			for _, c := range v.Counts {
				if c.Kind == g.Kind && own.ValueOf(c).String() == g.Value.String() {
					return true
				}
			}
		}
	}
	return false
}

func sameInt(a, b *int) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
