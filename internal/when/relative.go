package when

// relativeDay reads days counted from the publication.
func (m *matcher) relativeDay(i int) (meaning, int) {
	switch {
	case m.low(i, "the") && m.low(i+1, "day") && m.low(i+2, "before") && m.low(i+3, "yesterday"):
		return daysFrom(-2), i + 4
	case m.low(i, "the") && m.low(i+1, "day") && m.low(i+2, "after") && m.low(i+3, "tomorrow"):
		return daysFrom(2), i + 4
	case m.low(i, "earlier", "later") && m.low(i+1, "today"):
		return daysFrom(0), i + 2
	}
	e, ok := m.class(i, dayWord)
	if !ok || m.low(i, "tonight") {
		return nil, 0
	}
	// "India Today" and "USA Today" are papers.
	if m.capital(i) && i > 0 && m.at(i-1).upper && m.at(i-1).kind == letters {
		return nil, 0
	}
	return daysFrom(e.n), i + 1
}

// calendarUnit is the letter by which unitValue knows a unit of the calendar.
func (m *matcher) calendarUnit(i int) string {
	switch m.at(i).low {
	case "day":
		return "D"
	case "week":
		return "W"
	case "month":
		return "M"
	case "quarter":
		return "Q"
	case "year":
		return "Y"
	case "decade":
		return "E"
	case "century":
		return "C"
	}
	return ""
}

// relativeUnit reads a unit of the calendar counted from the publication or
// from the date named before: "this week", "last year", "earlier this month",
// "the following day", "that year".
func (m *matcher) relativeUnit(i int) (meaning, int) {
	j := i
	var u unitFrom
	if m.low(j, "earlier", "later") && m.low(j+1, "this", "in", "last", "that") {
		u.sofar, u.remain = m.low(j, "earlier"), m.low(j, "later")
		j++
		if m.low(j, "in") {
			j++
		}
	}
	the := m.low(j, "the")
	if the {
		j++
		if m.low(j, "very") {
			j++
		}
	}
	switch {
	case m.low(j, "this", "current"):
	case m.low(j, "last"):
		u.n = -1
	case m.low(j, "past"):
		return nil, 0 // a length of time: tiedDuration
	case m.low(j, "previous", "preceding"):
		u.n, u.ref = -1, the
	case m.low(j, "next"):
		u.n, u.ref = 1, the
	case m.low(j, "coming"):
		u.n = 1
	case m.low(j, "following") && the: // "following Monday’s debate" is a preposition
		u.n, u.ref = 1, true
	case m.low(j, "same"):
		u.ref = true
		if !the {
			return nil, 0
		}
	case m.low(j, "that"):
		u.ref = true
	default:
		return m.dayBeside(i, j, the)
	}
	j++
	if m.low(j, "same", "coming", "past", "calendar", "financial", "fiscal") {
		j++
	}
	if m.low(j, "weekend") {
		switch {
		case u.ref:
			return nil, 0
		case u.n < 0:
			return weekend{dir: last}, j + 1
		case u.n > 0:
			return weekend{dir: next}, j + 1
		}
		return weekend{dir: this}, j + 1
	}
	u.unit = m.calendarUnit(j)
	if u.ref && u.n == 0 && the {
		if y, k := m.sameYearBefore(u, j+1); k > 0 {
			return y, k
		}
	}
	if u.unit == "" || u.ref && u.unit == "Q" {
		return m.directedPart(j, u)
	}
	if u.unit == "D" && !u.ref { // "this day", "last day", "the last day"
		return nil, 0
	}
	if the && u.n == -1 && !u.ref && m.low(j+1, "of") {
		return nil, 0 // "the last week of May"
	}
	if (u.unit == "E" || u.unit == "C") && u.n == -1 && the {
		return nil, 0 // "the last decade" is a length
	}
	return u, j + 1
}

// sameYearBefore reads the year behind "the same month".
func (m *matcher) sameYearBefore(u unitFrom, i int) (meaning, int) {
	if u.unit != "D" && u.unit != "M" && u.unit != "Q" && u.unit != "W" {
		return nil, 0
	}
	if m.low(i, "of", "in") {
		i++
	}
	for _, forms := range [][]string{
		{"last", "year"}, {"the", "previous", "year"}, {"a", "year", "ago"}, {"a", "year", "earlier"}, {"a", "year", "before"},
	} {
		if k := m.seq(i, forms...); k > 0 {
			return yearBack{u.unit}, k
		}
	}
	return nil, 0
}

// directedPart reads "last May", "this summer", "next spring".
func (m *matcher) directedPart(j int, u unitFrom) (meaning, int) {
	dir := this
	if u.n < 0 {
		dir = last
	} else if u.n > 0 {
		dir = next
	}
	if e, ok := m.class(j, monthName); ok && m.at(j).upper && !u.ref {
		if _, k := m.dayOfMonth(j + 1); k > 0 {
			return nil, 0
		}
		return yearly{recurring: month(e.n), dir: dir}, j + 1
	}
	if e, ok := m.class(j, seasonName); ok && !u.ref {
		return yearly{recurring: suffix(e.s), dir: dir}, j + 1
	}
	if e, ok := m.class(j, weekdayName); ok && u.ref && u.n > 0 {
		return weekdayAfter(e.n), j + 1
	}
	if !u.ref {
		if f, k := m.feast.find(m, j); k > 0 {
			return yearly{recurring: f, dir: dir}, k
		}
	}
	return nil, 0
}

// dayBeside reads "the day before", "the weekend", "the same day" where the
// words around leave them to count from the date named before.
func (m *matcher) dayBeside(i, j int, the bool) (meaning, int) {
	if !the {
		return nil, 0
	}
	if m.low(j, "day") && j == i+1 && m.inHand(i) {
		return dayInHand{}, j + 1
	}
	if u := m.calendarUnit(j); u != "" && u != "D" && j == i+1 && m.low(i-1, "of") && m.low(i-2, "rest", "remainder") {
		return unitFrom{unit: u}, j + 1 // "for the rest of the week"
	}
	if m.low(j, "entire", "whole", "full") && m.low(j+1, "year", "month", "week", "day") && m.at(j+2).kind == mark {
		return unitFrom{unit: m.calendarUnit(j + 1), ref: true}, j + 2 // the one in hand
	}
	if m.low(j, "weekend") && m.low(i-1, "over", "at", "during", "on", "for") {
		return weekend{}, j + 1
	}
	if u := m.calendarUnit(j); (u == "D" || u == "Y" || u == "W" || u == "M") && m.low(j+1, "before", "after") && m.at(j+2).kind == mark {
		n := 1
		if m.low(j+1, "before") {
			n = -1
		}
		return unitFrom{unit: u, n: n, ref: true}, j + 2
	}
	return nil, 0
}
