package eval

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/news"
)

// embedded is how the path of a set that the program holds begins: "own:acts".
// It needs no ../shared.
const embedded = "own:"

// ownTable reads a table of package own: an embedded one, or a file in its
// form.
func ownTable(path string) (string, error) {
	if name, ok := strings.CutPrefix(path, embedded); ok {
		return own.Table(name)
	}
	b, err := os.ReadFile(path)
	return string(b), err
}

// scoreOwn reads each text of a set as an article of its own and judges its
// record. What is wrong with the items that are kept back is told only to who
// asks for their half by name.
func scoreOwn[A any](ctx context.Context, sys System, path string, o Options,
	parse func(string) (own.Set[A], error), judge func(*ownScores, own.Item[A], *news.Record), order ...string) (Scores, error) {
	table, err := ownTable(path)
	if err != nil {
		return Scores{}, err
	}
	set, err := parse(table)
	if err != nil {
		return Scores{}, err
	}
	items := choose(set.Items, o)
	file := strings.TrimPrefix(filepath.Base(path), embedded)
	return sum(ctx, o, len(items), func(ctx context.Context, i int) (Scores, error) {
		it := items[i]
		rec, err := sys.Read(ctx, it.Text, set.Published)
		if err != nil {
			return Scores{}, fmt.Errorf("read item %d: %w", it.Number, err)
		}
		s := &ownScores{Scores: Scores{Docs: 1}, file: file, line: it.Line, text: it.Text}
		judge(s, it, rec)
		if o.Half == "" && it.Number%2 == 1 {
			s.Findings = nil
		}
		return s.Scores, nil
	}, order)
}

// ownScores are the scores of one item; findings are noted with its text.
type ownScores struct {
	Scores
	file, text string
	line       int // in the table
}

func (s *ownScores) note(kind FindingKind, metric, gold, got string) {
	f := Finding{File: s.file, Line: s.line, Kind: kind, Metric: metric, Gold: gold, Got: got}
	if kind == FalseAlarm {
		f.Got += " in " + quoted(s.text)
	} else {
		f.Gold += " in " + quoted(s.text)
	}
	s.Findings = append(s.Findings, f)
}

// covers reports whether a span overlaps the words of an answer.
func covers(span news.Span, w own.Words) bool { return span.Start < w.End && w.Start < span.End }
