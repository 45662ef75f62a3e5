package when

import "github.com/onrecord/onrecord/internal/news"

// edge narrows a stretch of the calendar to its beginning, middle or end. The
// value stays; TIMEX3 keeps the edge in an attribute of its own.
type edge uint8

const (
	whole edge = iota
	early
	mid
	late
)

type edged struct {
	meaning
	edge edge
}

func (e edged) resolve(a *anchor) result {
	r := e.meaning.resolve(a)
	if !r.dated || r.days.Days() < 3 {
		return r
	}
	third := r.days.Days() / 3
	switch e.edge {
	case early:
		r.days.Last = r.days.First + Day(third)
	case mid:
		r.days.First += Day(third)
		r.days.Last -= Day(third)
	case late:
		r.days.First = r.days.Last - Day(third)
	}
	return r
}

// edgedDate reads an edge and its date: "early 2031", "mid-May", "late on
// Tuesday", "the end of last year", "the turn of the century".
func (m *matcher) edgedDate(i int) match {
	j := i
	if m.low(j, "the") {
		j++
	}
	if m.low(j, "very") {
		j++
	}
	var e edge
	switch {
	case m.low(j, "early"):
		e, j = early, j+1
	case m.low(j, "mid", "middle"):
		e, j = mid, j+1
	case m.low(j, "late"):
		e, j = late, j+1
	case m.low(j, "start", "beginning", "turn") && m.low(j+1, "of"):
		e, j = early, j+2
	case m.low(j, "end", "close") && m.low(j+1, "of"):
		e, j = late, j+2
	default:
		return match{}
	}
	if e == mid && m.low(j-1, "middle") && !m.low(j, "of") {
		return match{}
	}
	if m.low(j, "-", "of", "in", "on") {
		j++
	}
	if m.low(j, "the") && m.decadeOrCentury(j+1) {
		j++
	}
	if m.low(j, "the") && m.low(j+1, "year", "month", "week", "decade", "century", "quarter") {
		u := unitFrom{unit: m.calendarUnit(j + 1)}
		return match{from: i, to: j + 2, typ: news.TimeDate, meaning: edged{u, e}}
	}
	if c := m.partOn(j); c.to > 0 && e != mid {
		return match{from: i, to: c.to, typ: c.typ, meaning: c.meaning}
	}
	d, k := m.date(j)
	if k == 0 {
		return match{}
	}
	if _, ok := m.class(k, dayPart); ok { // "late Tuesday night"
		if c := m.dateAndPart(j); c.to > k {
			c.from = i
			return c
		}
	}
	return match{from: i, to: k, typ: news.TimeDate, meaning: edged{d, e}, narrates: true}
}

func (m *matcher) decadeOrCentury(i int) bool {
	_, d := m.decade(i)
	_, c := m.century(i)
	return d > 0 || c > 0
}

// dateAndPart reads a date and the part of the day or the clock time behind
// it: "Tuesday evening", "yesterday morning", "May 6 at 3 pm", "Tuesday, 10am".
func (m *matcher) dateAndPart(i int) match {
	d, j := m.date(i)
	if j == 0 {
		return match{}
	}
	bare := match{from: i, to: j, typ: news.TimeDate, meaning: d, narrates: narrates(d)}
	if _, k := m.singleDay(i); k != j {
		return bare
	}
	k := j
	if m.low(k, "early", "late") {
		k++
	}
	if e, ok := m.class(k, dayPart); ok && !m.low(k, "midnight", "noon") {
		return match{from: i, to: k + 1, typ: news.TimeOfDay, meaning: partOfDay{part: e.s, day: d}, narrates: true}
	}
	k = j
	if m.low(k, ",", "at") {
		k++
	}
	if m.low(k, "at") {
		k++
	}
	if m.low(k, "around", "about") {
		k++
	}
	if c, n := m.clockTime(k); n > 0 && k > j {
		c.day = d
		return match{from: i, to: n, typ: news.TimeOfDay, meaning: c, narrates: true}
	}
	return bare
}

// narrates reports whether a later "the next day" may count from the date.
func narrates(d meaning) bool {
	switch d.(type) {
	case set, period, open:
		return false
	}
	return true
}
