// Package eval scores the program against hand-made answers: statements,
// events, dates, entities and boilerplate of whole articles (GoldDoc), the
// grammar of treebanks (CoNLL-U) and names (IOB2), and small sets of other
// projects. It writes docs/accuracy.md and the golden metric files.
package eval

import (
	"fmt"
	"slices"
	"strings"
)

// Metric is one measured number. Sums over documents are made by adding the
// counts, never by averaging (micro-average).
type Metric struct {
	Name string     `json:"metric"`
	Kind MetricKind `json:"kind"`
	// Right is how many of the program's items are right; for a Tally, how many
	// things there were.
	Right int `json:"right"`
	// Gold is how many items there are to find (F1, Recall), how many the
	// program gave (Precision) or how many were judged (Accuracy).
	Gold int `json:"gold"`
	// Given is how many items the program gave (F1 only).
	Given int `json:"given,omitempty"`
	// Of is what a Computed metric is made of.
	Of *Computation `json:"of,omitempty"`
}

// Computation is the value of a metric that is no share of whole numbers: one
// made of other metrics, after all documents were added up.
type Computation struct {
	Precision float64 `json:"precision,omitempty"`
	Recall    float64 `json:"recall,omitempty"`
	Value     float64 `json:"value"`
}

// MetricKind says how a metric's value is made of its counts.
type MetricKind string

// The kinds of metric.
const (
	F1        MetricKind = "f1"        // 2·Right/(Gold+Given)
	Recall    MetricKind = "recall"    // Right/Gold
	Precision MetricKind = "precision" // Right/Gold
	Accuracy  MetricKind = "accuracy"  // Right/Gold
	Tally     MetricKind = "count"     // Right
	Computed  MetricKind = "computed"  // Of.Value
)

// Value is the metric's number, in [0,1] but for a Tally. With nothing to find
// and nothing given it is 1: the program was right to be silent.
func (m Metric) Value() float64 {
	switch m.Kind {
	case Tally:
		return float64(m.Right)
	case Computed:
		return m.Of.Value
	case F1:
		return share(2*m.Right, m.Gold+m.Given)
	}
	return share(m.Right, m.Gold)
}

// Precision is the share of the given items that are right.
func (m Metric) Precision() float64 {
	if m.Of != nil {
		return m.Of.Precision
	}
	return share(m.Right, m.Given)
}

// Recall is the share of the gold items that were found.
func (m Metric) Recall() float64 {
	if m.Of != nil {
		return m.Of.Recall
	}
	return share(m.Right, m.Gold)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Finding is one thing that the program got wrong.
type Finding struct {
	File   string      `json:"file"`
	Line   int         `json:"line"` // in the text, from 1
	Kind   FindingKind `json:"kind"`
	Metric string      `json:"metric"`
	Gold   string      `json:"gold,omitempty"`
	Got    string      `json:"got,omitempty"`
}

// FindingKind is the way in which it is wrong.
type FindingKind string

// The kinds of finding.
const (
	Miss       FindingKind = "miss"
	FalseAlarm FindingKind = "false alarm"
	Wrong      FindingKind = "wrong"
)

// String writes the finding on one line.
func (f Finding) String() string {
	s := fmt.Sprintf("%s:%d: %s: %s:", f.File, f.Line, f.Metric, f.Kind)
	switch f.Kind {
	case Miss:
		return s + " " + f.Gold
	case FalseAlarm:
		return s + " " + f.Got
	}
	return fmt.Sprintf("%s gold %s, have %s", s, f.Gold, f.Got)
}

// Scores are the metrics of one document or one set, in a fixed order.
type Scores struct {
	Set      string    `json:"set"`
	Docs     int       `json:"docs"`
	Metrics  []Metric  `json:"metrics"`
	Findings []Finding `json:"findings,omitempty"`
}

// add adds counts to the metric of that name, made at its first use.
func (s *Scores) add(name string, kind MetricKind, right, gold, given int) {
	i := slices.IndexFunc(s.Metrics, func(m Metric) bool { return m.Name == name })
	if i < 0 {
		i = len(s.Metrics)
		s.Metrics = append(s.Metrics, Metric{Name: name, Kind: kind})
	}
	m := &s.Metrics[i]
	m.Right += right
	m.Gold += gold
	m.Given += given
}

// compute sets a metric that was made of others.
func (s *Scores) compute(name string, c Computation) {
	s.Metrics = append(s.Metrics, Metric{Name: name, Kind: Computed, Of: &c})
}

// judge adds one judgement to an accuracy or recall.
func (s *Scores) judge(name string, kind MetricKind, right bool) {
	n := 0
	if right {
		n = 1
	}
	s.add(name, kind, n, 1, 0)
}

// merge adds the scores of one more document.
func (s *Scores) merge(o Scores) {
	s.Docs += o.Docs
	for _, m := range o.Metrics {
		s.add(m.Name, m.Kind, m.Right, m.Gold, m.Given)
	}
	s.Findings = append(s.Findings, o.Findings...)
}

// Metric returns the metric of that name; ok is false where the set has none.
func (s Scores) Metric(name string) (m Metric, ok bool) {
	for _, m := range s.Metrics {
		if m.Name == name {
			return m, true
		}
	}
	return Metric{}, false
}

// order sorts the metrics as names has them; others keep their order behind.
// Documents differ in what is annotated, so the order in which metrics were
// first met says nothing.
func (s *Scores) order(names []string) {
	rank := func(m Metric) int {
		if i := slices.Index(names, m.Name); i >= 0 {
			return i
		}
		return len(names)
	}
	slices.SortStableFunc(s.Metrics, func(a, b Metric) int { return rank(a) - rank(b) })
}

// squeeze writes text on one line, shortened in the middle to at most limit
// characters.
func squeeze(text string, limit int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= limit {
		return string(r)
	}
	half := (limit - 3) / 2
	return string(r[:half]) + " … " + string(r[len(r)-half:])
}
