package eval

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of exact spans, as sequence labellers of attributions are scored
// on (Newell, Margolin, Ruths 2018): the unbroken spans of each role, every
// distinct one counted once. Two spans are the same where the same tokens
// remain after punctuation and white space at both ends, and a leading "that",
// are dropped.
const (
	mExactSource  = "statements: exact source"
	mExactCue     = "statements: exact cue"
	mExactContent = "statements: exact content"
)

// scoreExact compares the spans of sources, cues and contents with those of a
// gold that marks all three.
func (d *GoldDoc) scoreExact(s *Scores, rec *news.Record) {
	if !slices.ContainsFunc(d.Statements, func(g GoldStatement) bool { return len(g.CueSpans) > 0 }) {
		return
	}
	var gold, got [3][]news.Range
	for _, g := range d.Statements {
		gold[0] = append(gold[0], d.unbroken(g.Source)...)
		gold[1] = append(gold[1], d.unbroken(g.CueSpans)...)
		gold[2] = append(gold[2], d.unbroken(g.Spans)...)
	}
	one := func(p *news.Span) []news.Range {
		if p == nil {
			return nil
		}
		return d.unbroken([]news.Range{{Start: p.Start, End: p.End}})
	}
	for _, st := range rec.Statements {
		if st.Source != nil {
			got[0] = append(got[0], one(st.Source.Phrase)...)
		}
		got[1] = append(got[1], one(st.Cue)...)
		spans := make([]news.Range, len(st.Content))
		for i, c := range st.Content {
			spans[i] = news.Range{Start: c.Start, End: c.End}
		}
		got[2] = append(got[2], d.unbroken(spans)...)
	}
	for i, metric := range []string{mExactSource, mExactCue, mExactContent} {
		d.compareSpans(s, metric, distinct(gold[i]), distinct(got[i]))
	}
}

// unbroken trims the spans of one role and joins those that nothing but
// punctuation parts.
func (d *GoldDoc) unbroken(spans []news.Range) []news.Range {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, byStart)
	var out []news.Range
	for _, r := range spans {
		if r = d.bare(r); r.Start >= r.End {
			continue
		}
		if n := len(out); n > 0 && (out[n-1].End >= r.Start || empty(trim(d.Text, news.Range{Start: out[n-1].End, End: r.Start}))) {
			out[n-1].End = max(out[n-1].End, r.End)
			continue
		}
		out = append(out, r)
	}
	return out
}

// bare drops punctuation at both ends, and a leading "that".
func (d *GoldDoc) bare(r news.Range) news.Range {
	const that = "that "
	r = trim(d.Text, r)
	if r.End-r.Start > len(that) && strings.EqualFold(d.Text[r.Start:r.Start+len(that)], that) {
		r = trim(d.Text, news.Range{Start: r.Start + len(that), End: r.End})
	}
	return r
}

func empty(r news.Range) bool { return r.Start >= r.End }

func byStart(a, b news.Range) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return a.End - b.End
}

func distinct(spans []news.Range) []news.Range {
	slices.SortFunc(spans, byStart)
	return slices.Compact(spans)
}

// compareSpans counts the spans that both lists have. A gold span that is only
// overlapped is noted beside the one that overlaps it most.
func (d *GoldDoc) compareSpans(s *Scores, metric string, gold, got []news.Range) {
	right := 0
	for _, g := range gold {
		if slices.Contains(got, g) {
			right++
			continue
		}
		var near news.Range
		for _, r := range got {
			if d.iou(g, r) > d.iou(g, near) {
				near = r
			}
		}
		if !empty(near) {
			s.Findings = append(s.Findings, Finding{d.File, d.line(g.Start), Wrong, metric, quoted(d.slice(g)), quoted(d.slice(near))})
		}
	}
	s.add(metric, F1, right, len(gold), len(got))
}
