package eval

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of sentences with one event code.
const (
	mFirstType = "first event: type"
	mAnyType   = "any event: type"
	mQuad      = "first event: quad code"
	mFound     = "sentences with an event"
)

var codeMetrics = []string{mFirstType, mAnyType, mQuad, mFound, mActorFound, mActorCountry, mActorSector, mFewCounts}

// coded is one sentence with its right codes.
type coded struct {
	id    string
	text  string
	types []news.EventType
	quad  int                         // 1 to 4; 0 where not given
	also  func(*Scores, *news.Record) // judges what else the set gives; may be nil
}

// scorePLV scores the sentences of the PLV set (arXiv 2308.07876): a table
// with columns sentence, gold_root and gold_penta. Its YIELD stands for both
// CONCEDE and RETREAT.
func scorePLV(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Scores{}, err
	}
	lines := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	head := strings.Split(strings.TrimRight(lines[0], "\r"), "\t")
	at := map[string]int{}
	for _, name := range []string{"sentence_id", "sentence", "gold_root", "gold_penta"} {
		if at[name] = slices.Index(head, name); at[name] < 0 {
			return Scores{}, fmt.Errorf("no column %q", name)
		}
	}
	var items []coded
	for n, line := range lines[1:] {
		col := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if len(col) != len(head) {
			return Scores{}, fmt.Errorf("line %d: %d columns, want %d", n+2, len(col), len(head))
		}
		it := coded{id: col[at["sentence_id"]], text: col[at["sentence"]], types: []news.EventType{news.EventType(col[at["gold_root"]])}}
		if it.types[0] == "YIELD" {
			it.types = []news.EventType{news.Concede, news.Retreat}
		}
		it.quad, _ = strconv.Atoi(col[at["gold_penta"]]) // 0, not judged, where it is no number
		items = append(items, it)
	}
	return scoreCoded(ctx, sys, choose(items, o), o)
}

// scoreCoded reads each sentence as an article of its own, and compares the
// codes with those of the first event in text order.
func scoreCoded(ctx context.Context, sys System, items []coded, o Options) (Scores, error) {
	return sum(ctx, o, len(items), func(ctx context.Context, i int) (Scores, error) {
		it := items[i]
		rec, err := sys.Read(ctx, it.text, "")
		if err != nil {
			return Scores{}, fmt.Errorf("read sentence %s: %w", it.id, err)
		}
		events := slices.Clone(rec.Events)
		slices.SortStableFunc(events, func(a, b news.Event) int { return a.Trigger.Start - b.Trigger.Start })
		s := Scores{Docs: 1}
		right := func(e news.Event) bool { return slices.Contains(it.types, e.Type) }
		first := len(events) > 0 && right(events[0])
		s.judge(mFirstType, Accuracy, first)
		s.judge(mAnyType, Accuracy, slices.ContainsFunc(events, right))
		if it.quad > 0 {
			s.judge(mQuad, Accuracy, len(events) > 0 && events[0].Quad != nil && *events[0].Quad == it.quad)
		}
		s.judge(mFound, Recall, len(events) > 0)
		if it.also != nil {
			it.also(&s, rec)
		}
		if !first {
			f := Finding{it.id, 1, Miss, mFirstType, fmt.Sprintf("%v in %s", it.types, quoted(it.text)), ""}
			if len(events) > 0 {
				f.Kind, f.Got = Wrong, fmt.Sprintf("%s %s", events[0].Type, quoted(events[0].Trigger.Text))
			}
			s.Findings = append(s.Findings, f)
		}
		return s, nil
	}, codeMetrics)
}
