package when

import "github.com/onrecord/onrecord/internal/news"

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
