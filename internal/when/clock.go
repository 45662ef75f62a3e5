package when

import (
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
)

// clock is a time of day, with the day it falls on where the text says it.
type clock struct {
	hour, minute int
	offset       string // "Z", "+05:00", or "" where the zone is local or shared
	day          meaning
}

func (c clock) resolve(a *anchor) result {
	r := onDay(c.day, a)
	if !r.dated || r.days.Days() != 1 {
		return result{}
	}
	r.value = fmt.Sprintf("%sT%02d:%02d%s", r.value, c.hour, c.minute, c.offset)
	return r
}

// partOfDay is a morning, a night and so on, with its day where the text says
// it.
type partOfDay struct {
	part string // MO MI AF EV NI
	day  meaning
	eve  bool // it began the evening before: overnight
}

func (p partOfDay) resolve(a *anchor) result {
	r := onDay(p.day, a)
	if !r.dated || r.days.Days() != 1 {
		return result{}
	}
	r.value += "T" + p.part
	if p.eve {
		r.days.Last++
	}
	return r
}

// onDay resolves the day, or takes the one that the sentence gives.
func onDay(day meaning, a *anchor) result {
	if day != nil {
		return day.resolve(a)
	}
	if !a.hasNear {
		return result{}
	}
	return valueResult(a.near.String())
}

// clockTime reads "3:30 pm", "3.30pm", "15:30 GMT", "0930 local time", "10
// o'clock", "noon".
func (m *matcher) clockTime(i int) (clock, int) {
	w := m.at(i)
	if w.low == "noon" || w.low == "midday" {
		return clock{hour: 12}, i + 1
	}
	if w.low == "midnight" {
		return clock{hour: 24}, i + 1
	}
	if w.kind != number || w.n < 0 || m.tight(i) && m.low(i-1, "$", "€", "£", ":", ".", "/") {
		return clock{}, 0
	}
	c, j := clock{hour: w.n}, i+1
	military := false
	switch {
	case len(w.low) <= 2 && m.low(j, ":", ".") && m.tight(j) && m.tight(j+1) && len(m.at(j+1).low) == 2 && m.at(j+1).kind == number:
		c.minute, j = m.at(j+1).n, j+2
		if m.low(j, ":") && m.tight(j) && m.tight(j+1) && len(m.at(j+1).low) == 2 && m.at(j+1).kind == number {
			j += 2
		}
	case len(w.low) == 4:
		c.hour, c.minute, military = w.n/100, w.n%100, true
	case len(w.low) > 2:
		return clock{}, 0
	}
	marked := false
	if half, k := m.meridiem(j); k > 0 {
		if c.hour < 1 || c.hour > 12 || military {
			return clock{}, 0
		}
		c.hour, marked, j = c.hour%12+half, true, k
	} else if k := m.seq(j, "o", "'", "clock"); k > 0 {
		marked, j = true, k
	}
	if c.hour > 24 || c.minute > 59 || c.hour == 24 && c.minute > 0 {
		return clock{}, 0
	}
	if offset, k := m.zoneAt(j); k > 0 {
		c.offset, marked, j = offset, true, k
	}
	if marked {
		return c, j
	}
	// Bare figures with a colon are as often a result or a verse, so the words
	// before must be those that clock times follow.
	if m.low(i+1, ":") && m.low(i-1, "at", "around", "about", "by", "before", "after", "from", "until", "till", "since") {
		return c, j
	}
	return clock{}, 0
}

// meridiem reads am and pm with or without full stops; half is 12 after noon.
func (m *matcher) meridiem(i int) (half, next int) {
	if m.low(i, "pm") || m.low(i, "p") && m.low(i+1, ".") && m.low(i+2, "m") {
		half = 12
	} else if !m.low(i, "am") && !(m.low(i, "a") && m.low(i+1, ".") && m.low(i+2, "m")) {
		return 0, 0
	}
	if m.low(i, "am", "pm") {
		return half, i + 1
	}
	next = i + 3
	if m.low(next, ".") && m.tight(next) && (m.at(next+1).kind != mark || m.low(next+1, ",", "(")) && !m.at(next+1).upper {
		next++ // the full stop of "p.m.", where it does not end the sentence too
	} else if m.low(next, ".") && m.tight(next) {
		next++
	}
	return half, next
}

// zoneAt reads the name of a time zone, "local time", "hours".
func (m *matcher) zoneAt(i int) (offset string, next int) {
	if m.low(i, "local", "eastern", "central", "moscow", "beijing") && m.low(i+1, "time") {
		return "", i + 2
	}
	if m.low(i, "hrs", "hours", "h") {
		if m.low(i, "hours") && m.at(i-1).kind == number && len(m.at(i-1).low) < 4 {
			return "", 0 // "at 12 hours": a length
		}
		if _, n := m.zoneAt(i + 1); n > i+1 && !m.low(i+1, "hrs", "hours", "h") {
			return "", n
		}
		return "", i + 1
	}
	e, ok := m.class(i, zone)
	if !ok || !m.at(i).upper {
		return "", 0
	}
	if e.s == "" {
		return "", i + 1
	}
	return zoneOffset(e.n), i + 1
}

func zoneOffset(minutes int) string {
	if minutes == 0 {
		return "Z"
	}
	sign := "+"
	if minutes < 0 {
		sign, minutes = "-", -minutes
	}
	return fmt.Sprintf("%s%02d:%02d", sign, minutes/60, minutes%60)
}

// clockOn reads a clock time and the day behind it: "3:30 pm on Tuesday",
// "12:00 UTC Monday", "10am local time (0900 GMT) on Sunday".
func (m *matcher) clockOn(i int) match {
	c, j := m.clockTime(i)
	if j == 0 {
		return match{}
	}
	if m.low(i, "noon", "midday", "midnight") && !m.low(i-1, "at", "by", "before", "after", "around", "until", "since", "about", "from") {
		if d, k := m.dayBehind(j); k > 0 {
			c.day = d
			return match{from: i, to: k, typ: news.TimeOfDay, meaning: c}
		}
		return match{}
	}
	if d, k := m.dayBehind(j); k > 0 {
		c.day, j = d, k
	}
	return match{from: i, to: j, typ: news.TimeOfDay, meaning: c}
}

// dayBehind reads a single day behind a clock time or a part of the day: "on
// Tuesday", ", May 6", "of May 6".
func (m *matcher) dayBehind(i int) (meaning, int) {
	j := i
	if m.low(j, ",") {
		j++
	}
	if m.low(j, "on", "of") {
		j++
	}
	if d, k := m.singleDay(j); k > 0 {
		return d, k
	}
	return nil, 0
}

// singleDay is a date of one day.
func (m *matcher) singleDay(i int) (meaning, int) {
	d, k := m.date(i)
	if k == 0 {
		return nil, 0
	}
	switch v := d.(type) {
	case weekly, daysFrom:
		return d, k
	case fixed:
		if len(v) == len("2006-01-02") {
			return d, k
		}
	case yearly:
		if _, ok := v.recurring.(monthDay); ok {
			return d, k
		}
	case unitFrom:
		if v.unit == "D" {
			return d, k
		}
	}
	return nil, 0
}

// partOn reads a part of the day, its day before or behind it: "this morning",
// "last night", "overnight", "the evening of May 6", "early on Tuesday", "the
// early hours of Sunday", "at dawn on Monday".
func (m *matcher) partOn(i int) match {
	made := func(p partOfDay, to int) match {
		return match{from: i, to: to, typ: news.TimeOfDay, meaning: p}
	}
	j := i
	if m.low(j, "tonight") {
		return made(partOfDay{part: "NI", day: daysFrom(0)}, j+1)
	}
	if m.low(j, "overnight") {
		k := j + 1
		if m.low(k, "on") {
			k++
		}
		if d, n := m.singleDay(k); n > 0 {
			return made(partOfDay{part: "NI", day: d, eve: true}, n)
		}
		return made(partOfDay{part: "NI", day: daysFrom(-1), eve: true}, j+1)
	}
	early := false
	if m.low(j, "the") {
		j++
	}
	var day meaning
	switch {
	case m.low(j, "this"):
		if m.capital(j) && m.at(j+1).upper && m.at(j-1).upper {
			return match{} // a programme
		}
		day, j = daysFrom(0), j+1
	case m.low(j, "last") && m.low(j+1, "night"):
		return made(partOfDay{part: "NI", day: daysFrom(-1), eve: true}, j+2)
	case m.low(j, "that", "same") || m.low(j, "the") && m.low(j+1, "same"):
		if m.low(j, "the") {
			j++
		}
		day, j = unitFrom{unit: "D", ref: true}, j+1
	case m.low(j, "next", "following") && j > i:
		day, j = unitFrom{unit: "D", n: 1, ref: true}, j+1
	case m.low(j, "previous") && j > i:
		day, j = unitFrom{unit: "D", n: -1, ref: true}, j+1
	}
	if m.low(j, "early", "late", "mid", "small", "wee") {
		early = !m.low(j, "late", "mid")
		j++
		if m.low(j, "-") {
			j++
		}
	}
	if early && m.low(j, "hours") {
		k := j + 1
		if m.low(k, "of", "on") {
			k++
		}
		if m.low(k, "this") || m.low(k, "the") {
			k++
		}
		if d, n := m.dayBehind(k); n > 0 {
			if m.low(n, "morning") {
				n++
			}
			return made(partOfDay{part: "MO", day: d}, n)
		}
		if m.low(k, "morning") {
			return made(partOfDay{part: "MO", day: day}, k+1)
		}
		return match{}
	}
	e, ok := m.class(j, dayPart)
	if j == i && m.capital(j) && m.at(j-1).upper {
		return match{} // of a name: "Good Morning", "This Morning"
	}
	if !ok || m.low(j, "noon", "midday", "midnight") && day == nil {
		return match{}
	}
	if d, k := m.dayBehind(j + 1); k > 0 && day == nil && !m.low(j+1, ",") {
		return made(partOfDay{part: e.s, day: d}, k)
	}
	switch {
	case day != nil:
		return made(partOfDay{part: e.s, day: day}, j+1)
	case m.low(i-1, "in") && m.low(i, "the") && !m.low(j+1, "of"),
		m.low(i-1, "at", "after", "before", "since", "by") && j == i && m.low(j, "dawn", "daybreak", "sunrise", "dusk", "sunset", "nightfall", "sundown"):
		return made(partOfDay{part: e.s}, j+1)
	}
	return match{}
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
	if m.low(j, "the") && m.low(j+1, "year", "month", "week") {
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
	whole := match{from: i, to: j, typ: news.TimeDate, meaning: d, narrates: narrates(d)}
	if _, k := m.singleDay(i); k != j {
		return whole
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
	return whole
}

// narrates reports whether a later "the next day" may count from the date.
func narrates(d meaning) bool {
	switch d.(type) {
	case set, period, open:
		return false
	}
	return true
}
