package eval

import (
	"context"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of time expressions.
const (
	mTimeSpan   = "times: found"
	mTimeStrict = "times: found with the exact span"
	mTimeType   = "times: type"
	mTimeValue  = "times: value"
	mTimeRight  = "times: found with the right value"
)

var timeMetrics = []string{mTimeSpan, mTimeStrict, mTimeRight, mTimeType, mTimeValue}

// annotatedTo is the last sentence of an article in which MEANTIME marks time
// expressions.
const annotatedTo = 5

type meantimeDoc struct {
	ID     string `xml:"doc_id,attr"`
	Tokens []struct {
		ID       string `xml:"t_id,attr"`
		Sentence int    `xml:"sentence,attr"`
		Form     string `xml:",chardata"`
	} `xml:"token"`
	Times []struct {
		Function string `xml:"functionInDocument,attr"`
		Type     string `xml:"type,attr"`
		Value    string `xml:"value,attr"`
		Anchors  []struct {
			ID string `xml:"t_id,attr"`
		} `xml:"token_anchor"`
	} `xml:"Markables>TIMEX3"`
}

// scoreMEANTIME scores the times of the English MEANTIME articles: sentences 0
// to 5, without the creation time. A half is one of document ids.
func scoreMEANTIME(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	files, err := filepath.Glob(filepath.Join(path, "*", "*.xml"))
	if err != nil {
		return Scores{}, err
	}
	if len(files) == 0 {
		return Scores{}, fmt.Errorf("no */*.xml there")
	}
	number := func(file string) int {
		id, _, _ := strings.Cut(filepath.Base(file), "_")
		n, _ := strconv.Atoi(id) // all names begin with the document's id
		return n
	}
	files = slices.DeleteFunc(files, func(f string) bool { return !o.keep(number(f)) })
	slices.SortFunc(files, func(a, b string) int { return number(a) - number(b) })
	if o.First > 0 {
		files = files[:min(o.First, len(files))]
	}
	return sum(ctx, o, len(files), func(ctx context.Context, i int) (Scores, error) {
		b, err := os.ReadFile(files[i])
		if err != nil {
			return Scores{}, err
		}
		var d meantimeDoc
		if err := xml.Unmarshal(b, &d); err != nil {
			return Scores{}, fmt.Errorf("read %s: %w", files[i], err)
		}
		return d.score(ctx, sys)
	}, timeMetrics)
}

type goldTime struct {
	news.Range
	kind, value string
}

// score reads the article with its creation time as publication date.
func (d *meantimeDoc) score(ctx context.Context, sys System) (Scores, error) {
	text, at, limit := d.text()
	var gold []goldTime
	var outside []news.Range // the creation time, whose finding is no error
	published := ""
	for _, t := range d.Times {
		if t.Function == "CREATION_TIME" && published == "" {
			published = t.Value
		}
		if len(t.Anchors) == 0 {
			continue
		}
		r := at[t.Anchors[0].ID]
		for _, a := range t.Anchors[1:] {
			r.Start, r.End = min(r.Start, at[a.ID].Start), max(r.End, at[a.ID].End)
		}
		switch {
		case t.Function == "CREATION_TIME":
			outside = append(outside, r)
		case r.Start < limit:
			gold = append(gold, goldTime{r, strings.ToLower(t.Type), t.Value})
		}
	}
	rec, err := sys.Read(ctx, text, day(published))
	if err != nil {
		return Scores{}, fmt.Errorf("read %s: %w", d.ID, err)
	}
	var got []news.Time
	for _, t := range rec.Times {
		r := news.Range{Start: t.Start, End: t.End}
		if t.Start < limit && !slices.ContainsFunc(outside, func(o news.Range) bool { return meet(o, r) }) {
			got = append(got, t)
		}
	}
	return scoreTimes(d.ID, text, gold, got), nil
}

// day is the day of a creation time: most are days, some have an hour, one is
// written day first.
func day(value string) string {
	if len(value) > len(time.DateOnly) {
		value = value[:len(time.DateOnly)]
	}
	if t, err := time.Parse("02-01-2006", value); err == nil {
		return t.Format(time.DateOnly)
	}
	return value
}

func meet(a, b news.Range) bool { return a.Start < b.End && b.Start < a.End }

// scoreTimes pairs times that overlap, the same span first.
func scoreTimes(id, text string, gold []goldTime, got []news.Time) Scores {
	doc := &GoldDoc{File: id, Text: text}
	doc.index()
	var pairs []pair
	for i, g := range gold {
		for j, t := range got {
			if score := doc.iou(g.Range, news.Range{Start: t.Start, End: t.End}); score > 0 {
				pairs = append(pairs, pair{i, j, score})
			}
		}
	}
	pairs = assign(pairs)
	s := Scores{Docs: 1}
	exact, valued := 0, 0
	foundGold, foundGot := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		g, t := gold[p.gold], got[p.got]
		foundGold[p.gold], foundGot[p.got] = true, true
		if p.score == 1 {
			exact++
		}
		s.judge(mTimeType, Accuracy, string(t.Type) == g.kind)
		right := string(t.Value) == g.value
		s.judge(mTimeValue, Accuracy, right)
		if right {
			valued++
		} else {
			s.Findings = append(s.Findings, Finding{id, doc.line(g.Start), Wrong, mTimeValue,
				quoted(text[g.Start:g.End]) + " = " + g.value, quoted(t.Text) + " = " + string(t.Value)})
		}
	}
	for i, g := range gold {
		if !foundGold[i] {
			s.Findings = append(s.Findings, Finding{id, doc.line(g.Start), Miss, mTimeSpan, quoted(text[g.Start:g.End]) + " = " + g.value, ""})
		}
	}
	for j, t := range got {
		if !foundGot[j] {
			s.Findings = append(s.Findings, Finding{id, doc.line(t.Start), FalseAlarm, mTimeSpan, "", quoted(t.Text) + " = " + string(t.Value)})
		}
	}
	s.add(mTimeSpan, F1, len(pairs), len(gold), len(got))
	s.add(mTimeStrict, F1, exact, len(gold), len(got))
	s.add(mTimeRight, F1, valued, len(gold), len(got))
	return s
}

// text puts the article together from its tokens: sentences 0 (the title) and
// 1 (the date) are paragraphs of their own. It returns where each token stands
// and where the annotated sentences end.
func (d *meantimeDoc) text() (text string, at map[string]news.Range, limit int) {
	var b strings.Builder
	at = make(map[string]news.Range, len(d.Tokens))
	last, before := -1, ""
	for _, t := range d.Tokens {
		form := strings.TrimSpace(t.Form)
		switch {
		case b.Len() == 0:
		case t.Sentence != last && last <= 1:
			b.WriteString("\n\n")
		case t.Sentence != last || !tight(before, form):
			b.WriteString(" ")
		}
		start := b.Len()
		b.WriteString(form)
		at[t.ID] = news.Range{Start: start, End: b.Len()}
		last, before = t.Sentence, form
		if t.Sentence <= annotatedTo {
			limit = b.Len()
		}
	}
	return b.String(), at, limit
}

// tight reports whether no space stands between two tokens of English text.
func tight(before, form string) bool {
	switch form {
	case ",", ".", ";", ":", "?", "!", ")", "]", "'s", "’s", "'", "n't", "%", "'re", "'ve", "'ll", "'d", "'m":
		return true
	}
	return before == "(" || before == "[" || before == "$" || before == "€" || before == "£"
}
