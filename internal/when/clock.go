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
	if m.low(next, ".") && m.tight(next) {
		next++ // of "p.m.", and of the sentence where it ends there
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
	return match{from: i, to: j, typ: news.TimeOfDay, meaning: c, narrates: c.day != nil}
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
