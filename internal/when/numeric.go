package when

// numeric reads dates in figures: 2031-05-07, 2031/05/07, 07/05/2031,
// 7.5.2031, and 9/11.
func (m *matcher) numeric(i int) (meaning, int) {
	a, b, c := m.at(i), m.at(i+2), m.at(i+4)
	sep := m.at(i + 1).low
	if a.kind != number || m.tight(i) && m.low(i-1, "/", "-", ".", "$") {
		return nil, 0
	}
	if sep != "-" && sep != "/" && sep != "." || !m.tight(i+1) || !m.tight(i+2) || b.kind != number {
		return nil, 0
	}
	if sep == "/" && a.low == "9" && b.low == "11" && !m.low(i+3, "/") {
		return fixed("2001-09-11"), i + 3
	}
	if m.at(i+3).low != sep || !m.tight(i+3) || !m.tight(i+4) || c.kind != number {
		return nil, 0
	}
	end := i + 5
	if m.tight(end) && m.low(end, sep) && m.tight(end+1) && m.at(end+1).kind == number {
		return nil, 0 // four figures or more: a telephone or an address
	}
	if isYear(a) && len(b.low) <= 2 && len(c.low) <= 2 {
		if validDate(a.n, b.n, c.n) {
			return fixed(DayOf(a.n, b.n, c.n).String()), m.isoTime(end)
		}
		return nil, 0
	}
	year := c.n
	switch {
	case isYear(c):
	case len(c.low) == 2 && sep == "/":
		year = lately(year)
	default:
		return nil, 0
	}
	if len(a.low) > 2 || len(b.low) > 2 {
		return nil, 0
	}
	dayFirst, monthFirst := validDate(year, b.n, a.n), validDate(year, a.n, b.n)
	switch {
	case dayFirst && (!monthFirst || a.n == b.n || sep == "."): // full stops are the Continent's, day first
		return fixed(DayOf(year, b.n, a.n).String()), end
	case monthFirst && !dayFirst:
		return fixed(DayOf(year, a.n, b.n).String()), end
	case dayFirst && monthFirst && sep == "/":
		return slashed{a: a.n, b: b.n, year: year}, end
	}
	return nil, 0
}

// hyphenated reads "7-May-2031" and "07-Nov-31", the dates of registers.
func (m *matcher) hyphenated(i int) (meaning, int) {
	d, y := m.at(i), m.at(i+4)
	mon, j := m.month(i + 2)
	if d.kind != number || len(d.low) > 2 || !m.low(i+1, "-") || !m.tight(i+1) || j != i+3 || !m.low(j, "-") || !m.tight(j) ||
		y.kind != number || !m.tight(i+4) {
		return nil, 0
	}
	year := y.n
	if len(y.low) == 2 {
		year = lately(year)
	} else if !isYear(y) {
		return nil, 0
	}
	if !validDate(year, mon, d.n) {
		return nil, 0
	}
	return fixed(DayOf(year, mon, d.n).String()), i + 5
}

// lately is the year that two figures stand for: those to come are of the last
// century.
func lately(n int) int {
	if n > 50 {
		return 1900 + n
	}
	return 2000 + n
}

// isoTime passes over the time of "2031-05-07T15:30:00+02:00"; its day is what
// counts here.
func (m *matcher) isoTime(i int) int {
	j := i
	if !m.low(j, "t") || !m.tight(j) || m.at(j+1).kind != number || !m.tight(j+1) || !m.low(j+2, ":") {
		return i
	}
	for j += 2; m.tight(j) && (m.low(j, ":", "+", "-", ".", "z") || m.at(j).kind == number); j++ {
	}
	return j
}
