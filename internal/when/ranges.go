package when

import "github.com/onrecord/onrecord/internal/news"

// interval is a range with both its ends: "from May 3 to May 5", "between 2019
// and 2021", "May 3-5", "2019–2021". The whole is a duration; each end is a
// date of its own.
func (m *matcher) interval(i int) []match {
	from := i
	opener := m.at(i).low
	if opener == "from" || opener == "between" {
		i++
	}
	if r := m.daysOfMonth(from, i); r != nil {
		return r
	}
	a := m.point(i)
	if a.to == 0 || a.typ != news.TimeDate {
		return nil
	}
	j := a.to
	switch {
	case m.low(j, "to", "until", "till", "through") && opener != "between":
	case m.low(j, "and") && opener == "between":
	case m.low(j, "-") && from == i && m.tight(j):
	case m.low(j, "/") && from == i && m.tight(j) && isYear(m.at(i)):
	default:
		return nil
	}
	j++
	b := m.point(j)
	if b.to == 0 || b.typ != news.TimeDate {
		c, n := m.yearTail(a, j)
		if n == 0 {
			return nil
		}
		b = match{from: j, to: n, typ: news.TimeDate, meaning: c}
	}
	return ranged(from, a, b)
}

// ranged makes the range of two dates and lets each give the other what it
// leaves out.
func ranged(from int, a, b match) []match {
	switch d := a.meaning.(type) {
	case yearly: // "from 28 December to 3 January 2031": the year stands once, behind
		if d.year != nil || d.dir != free {
			break
		}
		switch e := b.meaning.(type) {
		case fixed:
			a.meaning = yearBefore(d, e)
		case yearly:
			if e.year != nil {
				d.year = e.year
				a.meaning = d
			}
		}
	case weekly:
		if _, ok := b.meaning.(weekly); ok && d.week == nil && d.dir == free {
			b.meaning = weekdayEnd{b.meaning.(weekly), d.weekday}
			a.meaning = weekdayUpTo{d.weekday, b.meaning}
		}
	}
	a.clause, b.clause = from+1, from+1
	whole := match{from: from, to: b.to, clause: from + 1, typ: news.TimeDuration, meaning: between{a.meaning, b.meaning}}
	return []match{whole, a, b}
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

// daysOfMonth reads two days of one month: a range ("May 3-5, 2031", "3 to 5
// May") or a list ("Oct. 20 and 21", "3 and 5 May").
func (m *matcher) daysOfMonth(from, i int) []match {
	mon, j := m.month(i)
	monthFirst := j > 0
	if !monthFirst {
		j = i
	}
	first, k := m.dayOfMonth(j)
	if k == 0 {
		return nil
	}
	list := m.low(k, "and", "or", "&") && m.at(from).low != "between"
	if !list && !m.low(k, "-", "to", "and", "through", "until") {
		return nil
	}
	second, end := m.dayOfMonth(k + 1)
	if end == 0 || second <= first {
		return nil
	}
	if monthFirst {
		if _, n := m.month(end); n > 0 || m.tag(end) == "NOUN" && m.at(end).kind == letters {
			return nil // "May 3 and 5 June", "on May 3 and 5 ships …"
		}
	} else {
		if m.low(end, "of") {
			end++
		}
		if mon, end = m.month(end); end == 0 {
			return nil
		}
	}
	if !validDate(2000, mon, second) {
		return nil
	}
	year, e := m.yearAfter(end)
	a := match{from: i, to: k, typ: news.TimeDate, meaning: dated(mon, first, year), narrates: true}
	b := match{from: k + 1, to: max(end, e), clause: from + 1, typ: news.TimeDate, meaning: dated(mon, second, year), narrates: true}
	if list {
		return []match{a, b}
	}
	return ranged(from, a, b)
}

// yearTail reads the end of "2019-20" and "2023/24".
func (m *matcher) yearTail(a match, j int) (meaning, int) {
	first, ok := a.meaning.(fixed)
	w := m.at(j)
	if !ok || len(first) != 4 || w.kind != number || len(w.low) != 2 || !m.tight(j) {
		return nil, 0
	}
	const longest = 20 // years; what is further apart is no season and no term
	y, _ := digits(string(first))
	end := y - y%100 + w.n
	if end <= y || end-y > longest || m.continues(j+1) {
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
	return result{value: lengthValue(first, end), days: Interval{first.days.First, end.days.Last}, dated: true}
}
