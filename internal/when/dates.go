package when

// dated makes a date of a month and day with what is known of its year.
func dated(mon, day int, year meaning) meaning {
	if y, ok := year.(fixed); ok && len(y) == 4 {
		n, _ := digits(string(y))
		if v, _, ok := (monthDay{mon, day}).in(n); ok {
			return fixed(v)
		}
	}
	return yearly{recurring: monthDay{mon, day}, year: year}
}

// date is a stretch of the calendar of any grain, without parts of the day:
// the heart of every larger expression.
func (m *matcher) date(i int) (meaning, int) {
	var best meaning
	end := 0
	for _, rule := range []func(int) (meaning, int){
		m.weekdayDate, m.monthDate, m.dayMonth, m.numeric, m.hyphenated, m.relativeDay, m.relativeUnit,
		m.ago, m.partOfYear, m.feastDay, m.decade, m.century, m.year,
	} {
		if c, j := rule(i); j > end {
			best, end = c, j
		}
	}
	return best, end
}

// month reads the name of a month that stands beside a number: full names, and
// abbreviations with or without their full stop. "may" and "march" in lower
// case are a verb and a noun even then ("may 2,000 people …").
func (m *matcher) month(i int) (n, next int) {
	w := m.at(i)
	if e, ok := w.is(monthName); ok {
		if !w.upper && (e.n == 3 || e.n == 5) {
			return 0, 0
		}
		return e.n, i + 1
	}
	if e, ok := w.is(monthAbbr); ok && w.upper {
		if m.low(i+1, ".") && m.tight(i+1) {
			return e.n, i + 2
		}
		return e.n, i + 1
	}
	return 0, 0
}

// dayOfMonth reads "7", "07", "7th".
func (m *matcher) dayOfMonth(i int) (n, next int) {
	w := m.at(i)
	if w.kind != number || w.n < 1 || w.n > 31 || len(w.low) > 2 {
		return 0, 0
	}
	if m.tight(i) && m.low(i-1, "$", "€", "£", "#") {
		return 0, 0
	}
	if m.tight(i+1) && m.low(i+1, "st", "nd", "rd", "th") {
		return w.n, i + 2
	}
	if m.continues(i + 1) {
		return 0, 0
	}
	return w.n, i + 1
}

// continues reports whether the number before word i goes on there, so that it
// is a part only: "7,000", "7.5", "7%", "7km", "7:30".
func (m *matcher) continues(i int) bool {
	if !m.tight(i) {
		return false
	}
	w := m.at(i)
	switch w.low {
	case "%", "°":
		return true
	case ",", ".", ":":
		return m.tight(i+1) && m.at(i+1).kind == number
	}
	return w.kind != mark
}

// monthDate reads dates that begin with the month: "May 7", "May 7th, 2031",
// "May 2031", "May last year", "May".
func (m *matcher) monthDate(i int) (meaning, int) {
	mon, j := m.month(i)
	if j == 0 {
		return nil, 0
	}
	k := j
	if m.low(k, "the") {
		k++
	}
	if d, n := m.dayOfMonth(k); n > 0 && validDate(2000, mon, d) && !m.counts(n, m.at(k).n) {
		year, e := m.yearAfter(n)
		if e == 0 {
			year = m.knownYear(mon, d, i, n)
		}
		return dated(mon, d, year), max(n, e)
	}
	if year, e := m.yearOf(j); e > 0 {
		if y, ok := year.(fixed); ok && len(y) == 4 {
			return fixed(string(y) + "-" + figures(mon, 2)), e
		}
		return yearly{recurring: month(mon), year: year}, e
	}
	if _, ok := m.class(i, monthName); ok && m.bareMonth(i) {
		return yearly{recurring: month(mon)}, j
	}
	return nil, 0
}

// knownYear is the year of the two days that are names of an attack when they
// stand before that word: "the Sept. 11 attacks", "the October 7 attack".
func (m *matcher) knownYear(mon, day, i, end int) meaning {
	if !m.low(i-1, "the") {
		return nil
	}
	if m.low(end, "terrorist", "terror") || m.low(end+1, "-") && m.low(end+2, "led") {
		end++
		if m.low(end, "-") {
			end += 2
		}
	}
	if !m.low(end, "attack", "attacks", "hijackings", "hijackers", "massacre", "assault") {
		return nil
	}
	switch {
	case mon == 9 && day == 11:
		return fixed("2001")
	case mon == 10 && day == 7:
		return fixed("2023")
	}
	return nil
}

// counts reports whether the number before word i counts what follows it: in
// "in May 12 people died" 12 is no day.
func (m *matcher) counts(i, n int) bool {
	_, ok := m.class(i, counted)
	return ok && n > 1
}

// bareMonth decides whether a month's name without a number is the month.
// "January" mostly is; "May", "March", "April", "June" and "August" are people,
// verbs and titles too and must follow a word that months follow.
func (m *matcher) bareMonth(i int) bool {
	w := m.at(i)
	if !w.upper || m.names.person(w.token) && !m.names.only(w.token) {
		return false
	}
	switch m.at(i - 1).low {
	case "in", "since", "until", "till", "by", "before", "after", "during", "early", "mid", "late", "last", "next",
		"this", "from", "to", "through", "between", "of", "for", "around", "about":
		return !m.names.surname(w.low)
	case "-":
		if m.low(i-2, "mid", "early", "late", "pre", "post") {
			return true
		}
		if _, ok := m.class(i-2, monthName); ok {
			return true
		}
	case "and", "or", ",":
		if _, ok := m.class(i-2, monthName); ok {
			return true
		}
	}
	switch w.low {
	case "may", "march", "april", "june", "august":
		// "Its March report": a modifier the tagger takes for a name.
		return m.tag(i) == "PROPN" && !m.at(i+1).upper && !m.at(i-1).upper && !m.names.surname(w.low) &&
			m.at(i-1).kind == letters && m.low(i-1, "the", "a", "its", "their", "his", "her", "our") && m.tag(i+1) == "NOUN"
	}
	return !m.names.inside(w.token) || m.names.only(w.token)
}

// dayMonth reads dates that begin with the day: "7 May 2031", "7th of May".
func (m *matcher) dayMonth(i int) (meaning, int) {
	d, j := m.dayOfMonth(i)
	if j == 0 {
		// "the first of June"
		if d, j = m.ordinal(i); j == 0 || d < 1 || !m.low(j, "of") {
			return nil, 0
		}
	}
	if m.low(j, "of") {
		j++
	}
	mon, k := m.month(j)
	if k == 0 || !validDate(2000, mon, d) {
		return nil, 0
	}
	year, e := m.yearAfter(k)
	if e == 0 && (m.low(j, "may") && m.tag(j) == "AUX" || m.at(k).upper && m.names.person(m.at(j).token)) {
		return nil, 0
	}
	return dated(mon, d, year), max(k, e)
}
