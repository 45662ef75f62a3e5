package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/coref"
	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
)

// LedgerScores are what the ledger got right of what careful readers find
// across the articles of a set of stories.
type LedgerScores struct {
	Stories, Articles int
	Joined            coref.Ratio // B³ over the events of records
	Alone             coref.Ratio // the same with nothing joined, for comparison
	Unmarked          int         // events of records that gold does not speak of: held to be alone
	Figures           Share       // event, number and source right, of those that the records hold
	FiguresAll        Share       // the same, of all that a reader finds
	FiguresFalse      int         // given, and in no gold
	Tolls             Share
	Disputes          Share // figures that cannot both be true
	DisputesFalse     int
	Claims            Share // contested claims
	ClaimsFalse       int
	ClaimsGiven       int
	Stances           Share // of claims that are found: stance, source and words right
	Findings          []string
}

// Share is so many right of all.
type Share struct{ Right, All int }

// Value is 1 where there is nothing to find.
func (s Share) Value() float64 {
	if s.All == 0 {
		return 1
	}
	return float64(s.Right) / float64(s.All)
}

func (s *Share) judge(right bool) bool {
	s.All++
	if right {
		s.Right++
	}
	return right
}

// Add adds the scores of other stories.
func (s *LedgerScores) Add(o LedgerScores) {
	s.Stories += o.Stories
	s.Articles += o.Articles
	s.Joined.Add(o.Joined)
	s.Alone.Add(o.Alone)
	for _, p := range [][2]*Share{{&s.Figures, &o.Figures}, {&s.FiguresAll, &o.FiguresAll}, {&s.Tolls, &o.Tolls}, {&s.Disputes, &o.Disputes}, {&s.Claims, &o.Claims}, {&s.Stances, &o.Stances}} {
		p[0].Right += p[1].Right
		p[0].All += p[1].All
	}
	s.Unmarked += o.Unmarked
	s.FiguresFalse += o.FiguresFalse
	s.DisputesFalse += o.DisputesFalse
	s.ClaimsFalse += o.ClaimsFalse
	s.ClaimsGiven += o.ClaimsGiven
	s.Findings = append(s.Findings, o.Findings...)
}

// FalseClaims is the share of the contested claims given, figures among them,
// that are none.
func (s LedgerScores) FalseClaims() float64 {
	if s.ClaimsGiven == 0 {
		return 0
	}
	return float64(s.ClaimsFalse) / float64(s.ClaimsGiven)
}

// String writes the scores, one a line.
func (s LedgerScores) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stories\t%d\narticles\t%d\n", s.Stories, s.Articles)
	fmt.Fprintf(&b, "events joined, B³\t%.4f\tprecision %.4f, recall %.4f\n", s.Joined.F1(), s.Joined.Precision(), s.Joined.Recall())
	fmt.Fprintf(&b, "  with nothing joined\t%.4f\n", s.Alone.F1())
	fmt.Fprintf(&b, "  events outside gold\t%d\n", s.Unmarked)
	share := func(name string, x Share) {
		fmt.Fprintf(&b, "%s\t%.4f\t%d of %d\n", name, x.Value(), x.Right, x.All)
	}
	share("figures right, of those in the records", s.Figures)
	share("figures right, of all in the texts", s.FiguresAll)
	fmt.Fprintf(&b, "figures false\t%d\n", s.FiguresFalse)
	share("tolls right", s.Tolls)
	share("differing figures found", s.Disputes)
	fmt.Fprintf(&b, "differing figures false\t%d\n", s.DisputesFalse)
	share("contested claims found", s.Claims)
	fmt.Fprintf(&b, "contested claims false\t%.4f\t%d of %d\n", s.FalseClaims(), s.ClaimsFalse, s.ClaimsGiven)
	share("stances right, on claims found", s.Stances)
	return b.String()
}

// ScoreLedger judges the ledger of one story. Articles are named as in gold.
func ScoreLedger(g LedgerGold, articles []ledger.Article, state *ledger.State) (LedgerScores, error) {
	j := &ledgerJudge{gold: g, state: state, texts: map[string]string{}, eventOf: map[news.EventRef]string{}}
	for _, a := range articles {
		j.texts[a.ID] = a.Record.Article.Text
	}
	if err := g.check(j.texts); err != nil {
		return LedgerScores{}, fmt.Errorf("gold: %w", err)
	}
	j.Stories, j.Articles = 1, len(articles)
	j.events(articles)
	j.figures(articles)
	j.claims()
	return j.LedgerScores, nil
}

type ledgerJudge struct {
	LedgerScores
	gold    LedgerGold
	state   *ledger.State
	texts   map[string]string
	eventOf map[news.EventRef]string // gold's name of a record's event; "" where it has none
	of      map[string]string        // resolved event → gold's name, by most members
}

func (j *ledgerJudge) note(format string, args ...any) {
	j.Findings = append(j.Findings, j.gold.Story+": "+fmt.Sprintf(format, args...))
}

// spans are the places of words in an article.
func (j *ledgerJudge) spans(article, words string) []news.Span {
	var out []news.Span
	text := j.texts[article]
	for at := 0; words != ""; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			break
		}
		out = append(out, news.Span{Start: at + i, End: at + i + len(words)})
		at += i + len(words)
	}
	return out
}

func (j *ledgerJudge) overlaps(article, words string, s news.Span) bool {
	return slices.ContainsFunc(j.spans(article, words), func(o news.Span) bool { return o.Overlaps(s) })
}

// find names the gold event that a record's event tells of: by its trigger, else
// by most of its mentions.
func (j *ledgerJudge) find(article string, v *news.Event) (name string, optional bool) {
	votes := map[string]int{}
	best := 0
	for i, s := range append([]news.Span{v.Trigger}, v.Mentions...) {
		for _, e := range j.gold.Events {
			if e.Article != article || !slices.ContainsFunc(e.Words, func(w string) bool { return j.overlaps(article, w, s) }) {
				continue
			}
			votes[e.Name]++
			if i == 0 {
				votes[e.Name] += 100
			}
			if votes[e.Name] > best {
				best, name, optional = votes[e.Name], e.Name, e.Optional
			}
		}
	}
	return name, optional
}

func (j *ledgerJudge) events(articles []ledger.Article) {
	gold := map[string]coref.Chain[news.EventRef]{}
	var names []string
	skip := map[news.EventRef]bool{}
	for _, a := range articles {
		for i := range a.Record.Events {
			v := &a.Record.Events[i]
			ref := news.EventRef{Article: a.ID, Event: v.ID}
			name, optional := j.find(a.ID, v)
			j.eventOf[ref] = name
			if optional {
				skip[ref] = true
				continue
			}
			if name == "" {
				j.Unmarked++
				j.note("event outside gold: %s %s “%s”", a.ID, v.Type, v.Trigger.Text)
				name = "alone " + a.ID + v.ID
			}
			if gold[name] == nil {
				names = append(names, name)
			}
			gold[name] = append(gold[name], ref)
		}
	}
	var right, given, alone []coref.Chain[news.EventRef]
	for _, n := range names {
		right = append(right, gold[n])
		for _, ref := range gold[n] {
			alone = append(alone, coref.Chain[news.EventRef]{ref})
		}
	}
	j.of = map[string]string{}
	for _, e := range j.state.Events {
		var chain coref.Chain[news.EventRef]
		count, best := map[string]int{}, 0
		var in []string
		for _, ref := range e.Members {
			if !skip[ref] {
				chain = append(chain, ref)
			}
			n := j.eventOf[ref]
			in = append(in, ref.Article+ref.Event+"="+n)
			if count[n]++; n != "" && count[n] > best {
				best, j.of[e.ID] = count[n], n
			}
		}
		if len(chain) > 0 {
			given = append(given, chain)
		}
		if len(count) > 1 {
			j.note("joined wrongly: %s", strings.Join(in, " "))
		}
	}
	for _, n := range names {
		groups := map[string]bool{}
		for _, e := range j.state.Events {
			for _, ref := range e.Members {
				if slices.Contains(gold[n], ref) {
					groups[e.ID] = true
				}
			}
		}
		if len(groups) > 1 {
			j.note("in %d pieces: %s", len(groups), n)
		}
	}
	j.Joined, j.Alone = coref.BCubed(right, given), coref.BCubed(right, alone)
}

// resolved is the event of the state that tells most of a gold event; where
// that came in pieces, the largest with figures of the kind.
func (j *ledgerJudge) resolved(name string, kind news.CountKind) *news.ResolvedEvent {
	var best *news.ResolvedEvent
	most := 0
	for i := range j.state.Events {
		n := 0
		for _, ref := range j.state.Events[i].Members {
			if j.eventOf[ref] == name {
				n++
			}
		}
		if n > most && slices.ContainsFunc(j.state.Events[i].Tolls, func(t news.Toll) bool { return t.Kind == kind }) {
			best, most = &j.state.Events[i], n
		}
	}
	return best
}
