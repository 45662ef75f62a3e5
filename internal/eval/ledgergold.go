package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/news"
)

// LedgerGold is what a careful reader finds across the articles of one story.
// Its form is explained at the head of own/ledger.tsv.
type LedgerGold struct {
	Story    string
	Copies   map[string]string // article → the one it copies
	Events   []GoldHappening
	Figures  []GoldFigure
	Tolls    []GoldToll
	Disputes []GoldToll // Value is not set
	Claims   []GoldClaim
}

// GoldHappening is an event and the words that tell of it, in one article.
type GoldHappening struct {
	Name, Article string
	Words         []string
	Optional      bool
}

// GoldFigure is one value that somebody gives.
type GoldFigure struct {
	Event    string
	Kind     news.CountKind
	Value    own.Value
	Article  string
	Sources  []string // any of them; "-" is the article's own voice
	Optional bool
}

// GoldToll is the value that stands after the last article.
type GoldToll struct {
	Event    string
	Kind     news.CountKind
	Value    own.Value
	Optional bool
}

// GoldClaim is a claim and the stands taken on it.
type GoldClaim struct {
	Name      string
	Contested bool
	Optional  bool
	Stances   []GoldStance
}

// GoldStance is one stand.
type GoldStance struct {
	Kind     news.StanceKind
	Sources  []string
	Article  string
	Words    string
	Optional bool
}

// ParseLedger reads gold. Lines before the first "story" line belong to a story
// of the name given.
func ParseLedger(name, text string) ([]LedgerGold, error) {
	var all []LedgerGold
	at := func() *LedgerGold {
		if len(all) == 0 {
			all = append(all, LedgerGold{Story: name, Copies: map[string]string{}})
		}
		return &all[len(all)-1]
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		kind, optional := strings.CutPrefix(cells[0], "?")
		want := map[string]int{"story": 2, "copy": 3, "event": 4, "figure": 6, "toll": 4, "dispute": 3, "claim": 3, "stance": 6}[kind]
		if want == 0 || len(cells) != want {
			return nil, fmt.Errorf("line %d: %q with %d columns, want %d", n, kind, len(cells), want)
		}
		if kind == "story" {
			all = append(all, LedgerGold{Story: cells[1], Copies: map[string]string{}})
			continue
		}
		if err := at().line(kind, cells[1:], optional); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	return all, nil
}

func (g *LedgerGold) line(kind string, cells []string, optional bool) error {
	switch kind {
	case "copy":
		g.Copies[cells[0]] = cells[1]
	case "event":
		g.Events = append(g.Events, GoldHappening{Name: cells[0], Article: cells[1], Words: strings.Split(cells[2], "|"), Optional: optional})
	case "figure":
		v, err := own.ReadValue(cells[2])
		if err != nil {
			return err
		}
		g.Figures = append(g.Figures, GoldFigure{Event: cells[0], Kind: news.CountKind(cells[1]), Value: v, Article: cells[3],
			Sources: strings.Split(cells[4], "/"), Optional: optional})
	case "toll":
		v, err := own.ReadValue(cells[2])
		if err != nil {
			return err
		}
		g.Tolls = append(g.Tolls, GoldToll{Event: cells[0], Kind: news.CountKind(cells[1]), Value: v, Optional: optional})
	case "dispute":
		g.Disputes = append(g.Disputes, GoldToll{Event: cells[0], Kind: news.CountKind(cells[1]), Optional: optional})
	case "claim":
		if cells[1] != "contested" && cells[1] != "open" {
			return fmt.Errorf("claim %s is %q: want contested or open", cells[0], cells[1])
		}
		g.Claims = append(g.Claims, GoldClaim{Name: cells[0], Contested: cells[1] == "contested", Optional: optional})
	case "stance":
		i := slices.IndexFunc(g.Claims, func(c GoldClaim) bool { return c.Name == cells[0] })
		if i < 0 {
			return fmt.Errorf("stance on %q, which no claim line names before", cells[0])
		}
		k := news.StanceKind(cells[1])
		if !k.For() && !k.Against() && k != news.DeclinesComment {
			return fmt.Errorf("no stance %q", cells[1])
		}
		g.Claims[i].Stances = append(g.Claims[i].Stances, GoldStance{Kind: k, Sources: strings.Split(cells[2], "/"), Article: cells[3], Words: cells[4], Optional: optional})
	}
	return nil
}

// check holds gold to the texts: all words must stand in their article.
func (g *LedgerGold) check(texts map[string]string) error {
	for _, e := range g.Events {
		for _, w := range e.Words {
			if !strings.Contains(texts[e.Article], w) {
				return fmt.Errorf("%s: article %s has no %q", g.Story, e.Article, w)
			}
		}
	}
	for _, c := range g.Claims {
		for _, s := range c.Stances {
			if !strings.Contains(texts[s.Article], s.Words) {
				return fmt.Errorf("%s: article %s has no %q", g.Story, s.Article, s.Words)
			}
		}
	}
	return nil
}
