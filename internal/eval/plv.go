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
	// The mean of the F1 of each code that the set has: one that is given but
	// has no sentence in the set (an accident) only fails to find another.
	mMacro = "first event: macro F1 of the codes"
)

var codeMetrics = []string{mFirstType, mMacro, mAnyType, mQuad, mFound, mActorFound, mActorCountry, mActorSector, mFewCounts}

// coded is one sentence with its right codes.
type coded struct {
	id    string
	text  string
	types []news.EventType
	quad  int                         // 1 to 4; 0 where not given
	root  string                      // the code as the set has it, where codes are scored one by one
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
		it := coded{id: col[at["sentence_id"]], text: col[at["sentence"]], root: col[at["gold_root"]]}
		it.types = []news.EventType{news.EventType(it.root)}
		if it.root == yield {
			it.types = []news.EventType{news.Concede, news.Retreat}
		}
		it.quad, _ = strconv.Atoi(col[at["gold_penta"]]) // 0, not judged, where it is no number
		items = append(items, it)
	}
	s, err := scoreCoded(ctx, sys, choose(items, o), o)
	if err != nil {
		return s, err
	}
	s.macro()
	return s, nil
}

// yield is the code of the PLV set that stands for two of ours.
const yield = "YIELD"

// codeMetric is the name of the metric of one code.
func codeMetric(code string) string { return "code: " + code }

// judgeCode counts a sentence for the code that it has and for the one that is
// given, "" for none.
func (s *Scores) judgeCode(gold string, given news.EventType, right bool) {
	s.add(codeMetric(gold), F1, 0, 1, 0)
	code := string(given)
	if given == news.Concede || given == news.Retreat {
		code = yield
	}
	switch {
	case right:
		s.add(codeMetric(gold), F1, 1, 0, 1)
	case code != "":
		s.add(codeMetric(code), F1, 0, 0, 1)
	}
}

// macro adds the mean F1 of the codes, once all sentences are counted, and
// puts the codes behind the other metrics.
func (s *Scores) macro() {
	isCode := func(m Metric) bool { return strings.HasPrefix(m.Name, codeMetric("")) }
	var codes []Metric
	for _, m := range s.Metrics {
		if isCode(m) && m.Gold > 0 {
			codes = append(codes, m)
		}
	}
	if len(codes) == 0 {
		return
	}
	slices.SortFunc(codes, func(a, b Metric) int { return strings.Compare(a.Name, b.Name) })
	sum := 0.0
	for _, m := range codes {
		sum += m.Value()
	}
	s.Metrics = slices.DeleteFunc(s.Metrics, isCode)
	s.compute(mMacro, Computation{Value: sum / float64(len(codes))})
	s.order(codeMetrics)
	s.Metrics = append(s.Metrics, codes...)
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
		if it.root != "" {
			var given news.EventType
			if len(events) > 0 {
				given = events[0].Type
			}
			s.judgeCode(it.root, given, first)
		}
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
