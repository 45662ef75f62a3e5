package when

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// match is a time expression found: a run of words and what they mean.
type match struct {
	from, to int // half-open range of words
	typ      news.TimeType
	meaning  meaning
	narrates bool // a later "two days later" may count from it
}

// matcher finds the time expressions of one block. Its rules are methods that
// take the index of a word and return what stands there and the index of the
// word after it; the zero index means that nothing does.
type matcher struct {
	doc   *nlp.Doc
	w     []word
	names names
	lex   lexicon
	feast *calendar
	head  bool // the block is a title, a heading or a caption
	caps  bool // it is printed in capitals
}

// nothing is the word beyond either end of a block.
var nothing = word{kind: mark, n: -1}

func (m *matcher) at(i int) *word {
	if i < 0 || i >= len(m.w) {
		return &nothing
	}
	return &m.w[i]
}

// low reports whether the word is one of these.
func (m *matcher) low(i int, forms ...string) bool {
	w := m.at(i)
	for _, f := range forms {
		if w.low == f {
			return true
		}
	}
	return false
}

// capital reports whether the word's first letter sets it apart as a name.
func (m *matcher) capital(i int) bool { return m.at(i).upper && !m.caps }

// seq returns the index after the words, where they stand at i.
func (m *matcher) seq(i int, forms ...string) int {
	for _, f := range forms {
		if m.at(i).low != f {
			return 0
		}
		i++
	}
	return i
}

// tight reports that no white space stands before the word.
func (m *matcher) tight(i int) bool { return i > 0 && i < len(m.w) && !m.w[i].spaced }

func (m *matcher) class(i int, c class) (entry, bool) { return m.at(i).is(c) }

// tag returns the universal part of speech of the word's token, or "".
func (m *matcher) tag(i int) string {
	if t := m.at(i).token; i >= 0 && i < len(m.w) && t < len(m.doc.Tokens) {
		return m.doc.Tokens[t].UPOS
	}
	return ""
}

// all returns the expressions of the block in text order, not overlapping but
// for the ends inside a range.
func (m *matcher) all() []match {
	var out []match
	for i := 0; i < len(m.w); {
		found := m.longest(i)
		if len(found) == 0 {
			i++
			continue
		}
		out = append(out, found...)
		i = found[0].to
	}
	return out
}

// longest returns the expression that begins at word i and reaches furthest;
// a range is followed by its ends.
func (m *matcher) longest(i int) []match {
	w := m.at(i)
	if w.kind == mark && w.low != "'" {
		return nil
	}
	if w.kind == number && m.tight(i) && m.at(i-1).kind == letters {
		return nil // of a code or an address
	}
	if w.kind == letters && len(w.entries) == 0 && !opens[w.low] && !m.feast.begins(w.low) {
		return nil
	}
	if r := m.interval(i); r != nil {
		return r
	}
	best := m.point(i)
	for _, rule := range []func(int) match{m.repeated, m.duration} {
		if c := rule(i); c.to > best.to {
			best = c
		}
	}
	if best.to == 0 {
		return nil
	}
	return []match{best}
}

// opens are the words that begin an expression without a class in the lexicon.
var opens = map[string]bool{
	"the": true, "this": true, "last": true, "next": true, "past": true, "previous": true,
	"following": true, "coming": true, "same": true, "that": true, "each": true, "every": true,
	"early": true, "mid": true, "late": true, "earlier": true, "later": true, "end": true,
	"beginning": true, "start": true, "middle": true, "half": true, "a": true, "an": true,
	"several": true, "few": true, "many": true, "between": true, "from": true, "q": true,
	"once": true, "twice": true, "overnight": true, "preceding": true, "upcoming": true,
	"post": true, "pre": true, "in": true, "at": true, "current": true, "year": true, "week": true,
	"month": true, "day": true, "decade": true, "hour": true, "yearlong": true, "weeklong": true,
	"monthlong": true, "daylong": true, "decadelong": true, "hourlong": true, "turn": true,
	"dozen": true, "weekend": true, "as": true, "recent": true, "new": true, "h": true,
}

// point is an expression for one stretch of the calendar or the clock.
func (m *matcher) point(i int) match {
	var best match
	for _, rule := range []func(int) match{m.clockOn, m.partOn, m.edgedDate, m.dateAndPart} {
		if c := rule(i); c.to > best.to {
			best = c
		}
	}
	best.from = i
	return best
}

// interval is a range with both its ends: "from May 3 to May 5", "between 2019
// and 2021", "May 3-5", "2019–2021". The whole is a duration; each end is a
// date of its own.
func (m *matcher) interval(i int) []match {
	from := i
	opener := m.at(i).low
	if opener == "from" || opener == "between" {
		i++
	}
	a := m.point(i)
	if a.to == 0 || a.typ != news.TimeDate {
		return m.shortInterval(from, i)
	}
	j := a.to
	switch {
	case m.low(j, "to", "until", "till", "through") && opener != "between":
		j++
	case m.low(j, "and") && opener == "between":
		j++
	case m.low(j, "-", "/") && from == i && m.tight(j):
		if m.low(j, "/") && !isYear(m.at(i)) {
			return m.shortInterval(from, i)
		}
		j++
	default:
		return m.shortInterval(from, i)
	}
	b := m.point(j)
	if b.to == 0 || b.typ != news.TimeDate {
		if c, n := m.yearTail(a, j); n > 0 {
			b = match{from: j, to: n, typ: news.TimeDate, meaning: c}
		} else {
			return m.shortInterval(from, i)
		}
	}
	return ranged(from, a, b)
}

func ranged(from int, a, b match) []match {
	// "from May 3 to May 5, 2031": the year stands once, behind.
	if y, ok := a.meaning.(yearly); ok && y.year == nil && y.dir == free {
		switch e := b.meaning.(type) {
		case fixed:
			a.meaning = yearBefore(y, e)
		case yearly:
			if e.year != nil {
				y.year = e.year
				a.meaning = y
			}
		}
	}
	if d, ok := a.meaning.(weekly); ok && d.week == nil && d.dir == free {
		if _, ok := b.meaning.(weekly); ok {
			a.meaning = weekdayUpTo{d.weekday, b.meaning}
		}
	}
	a.narrates, b.narrates = true, true
	return []match{{from: from, to: b.to, typ: news.TimeDuration, meaning: between{a.meaning, b.meaning}}, a, b}
}

// weekdayUpTo is the first day of "from Monday to Wednesday": the last Monday
// before the end.
type weekdayUpTo struct {
	weekday int
	end     meaning
}

func (w weekdayUpTo) resolve(a *anchor) result {
	r := w.end.resolve(a)
	if !r.dated {
		return result{}
	}
	return valueResult((r.days.First - Day(mod(r.days.First.Weekday()-w.weekday, 7))).String())
}

// yearBefore gives a yearless date the last year in which it does not come
// after end: "28 December to 3 January 2027".
func yearBefore(y yearly, end fixed) meaning {
	last, ok := Parse(string(end))
	if !ok || len(end) < len("2006-01") {
		return y
	}
	year, _, _ := last.First.Date()
	for _, n := range []int{year, year - 1} {
		if v, days, ok := y.in(n); ok && days.First <= last.First {
			return fixed(v)
		}
	}
	return y
}

// shortInterval is a range of days in one month: "May 3-5, 2031", "May 3 to 5",
// "3–5 May".
func (m *matcher) shortInterval(from, i int) []match {
	mon, j := m.month(i, true)
	if j > 0 {
		d1, k := m.dayOfMonth(j)
		if k == 0 || !m.low(k, "-", "to", "and", "through", "until") {
			return nil
		}
		if m.low(k, "and") && m.at(from).low != "between" {
			return nil
		}
		d2, n := m.dayOfMonth(k + 1)
		if n == 0 || d2 <= d1 {
			return nil
		}
		year, e := m.yearAfter(n)
		a := match{from: i, to: k, typ: news.TimeDate, meaning: dated(mon, d1, year, 0)}
		b := match{from: k + 1, to: max(n, e), typ: news.TimeDate, meaning: dated(mon, d2, year, 0)}
		return ranged(from, a, b)
	}
	d1, k := m.dayOfMonth(i)
	if k == 0 || !m.low(k, "-", "to", "and", "through", "until") {
		return nil
	}
	if m.low(k, "and") && m.at(from).low != "between" {
		return nil
	}
	d2, n := m.dayOfMonth(k + 1)
	if n == 0 || d2 <= d1 {
		return nil
	}
	mon, e := m.month(n, true)
	if e == 0 {
		return nil
	}
	year, f := m.yearAfter(e)
	a := match{from: i, to: k, typ: news.TimeDate, meaning: dated(mon, d1, year, 0)}
	b := match{from: k + 1, to: max(e, f), typ: news.TimeDate, meaning: dated(mon, d2, year, 0)}
	return ranged(from, a, b)
}

// yearTail reads the end of "2019-20" and "2023/24".
func (m *matcher) yearTail(a match, j int) (meaning, int) {
	first, ok := a.meaning.(fixed)
	w := m.at(j)
	if !ok || len(first) != 4 || w.kind != number || len(w.low) != 2 || !m.tight(j) {
		return nil, 0
	}
	y, _ := digits(string(first))
	end := y - y%100 + w.n
	if end <= y || end-y > 20 || m.continues(j+1) {
		return nil, 0
	}
	return fixed(yearValue(end)), j + 1
}

// between is a stretch from one date to another.
type between struct{ a, b meaning }

func (s between) resolve(a *anchor) result {
	first, end := s.a.resolve(a), s.b.resolve(a)
	if !first.dated || !end.dated || end.days.Last < first.days.First {
		return result{}
	}
	r := result{days: Interval{first.days.First, end.days.Last}, dated: true}
	r.value = lengthValue(first, end)
	return r
}
