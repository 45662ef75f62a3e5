package when

import (
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
)

// repeated is a time that comes again and again: "every Friday", "daily",
// "twice a week", "on Sundays".
func (m *matcher) repeated(i int) match {
	made := func(to int, value string) match {
		return match{from: i, to: to, typ: news.TimeSet, meaning: set(value)}
	}
	w := m.at(i)
	if e, ok := w.is(weekdayPlural); ok {
		return made(i+1, fmt.Sprintf("XXXX-WXX-%d", e.n))
	}
	if e, ok := w.is(often); ok {
		// A capital inside a sentence makes a name: "the Daily Mail".
		if m.capital(i) && (m.at(i+1).upper || m.at(i-1).upper || m.names.inside(w.token)) {
			return match{}
		}
		return made(i+1, e.s)
	}
	j := i
	switch {
	case w.low == "every" || w.low == "each":
		j++
		other := 1.0
		if m.low(j, "other") && w.low == "every" {
			other, j = 2, j+1
		}
		if e, ok := m.class(j, weekdayName); ok {
			to := j + 1
			if _, ok := m.class(to, dayPart); ok {
				to++
			}
			return made(to, fmt.Sprintf("XXXX-WXX-%d", e.n))
		}
		if e, ok := m.class(j, monthName); ok && m.at(j).upper {
			return made(j+1, fmt.Sprintf("XXXX-%02d", e.n))
		}
		if e, ok := m.class(j, dayPart); ok {
			return made(j+1, "XXXX-XX-XXT"+e.s)
		}
		if e, ok := m.class(j, seasonName); ok {
			return made(j+1, "XXXX-"+e.s)
		}
		if e, ok := m.class(j, unitSingular); ok {
			return made(j+1, durationValue(amount{n: other}, e.unit()))
		}
		if me, k := m.measure(j); k > 0 && !me.plain {
			return made(k, durationValue(me.amount, me.unit))
		}
	case w.low == "once" || w.low == "twice":
		if e, ok := m.class(i+2, unitSingular); ok && m.low(i+1, "a", "every", "per", "each") {
			return made(i+3, durationValue(amount{n: 1}, e.unit()))
		}
	case w.kind == number || len(w.entries) > 0:
		if _, k := m.amount(i); k > 0 && m.low(k, "times") && m.low(k+1, "a", "per", "each", "every") {
			if e, ok := m.class(k+2, unitSingular); ok {
				return made(k+3, durationValue(amount{n: 1}, e.unit()))
			}
		}
	}
	return match{}
}

// set is a time that comes again and again.
type set string

func (s set) resolve(*anchor) result { return result{value: string(s)} }
