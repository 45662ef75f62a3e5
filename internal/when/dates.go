package when

// dated makes a date of a month and day with what is known of its year.
func dated(mon, day int, year meaning, weekday int) meaning {
	if y, ok := year.(fixed); ok && len(y) == 4 {
		n, _ := digits(string(y))
		if v, _, ok := (monthDay{mon, day}).in(n); ok {
			return fixed(v)
		}
	}
	return yearly{recurring: monthDay{mon, day}, year: year, weekday: weekday}
}

// date is a stretch of the calendar of any grain, without parts of the day:
// the heart of every larger expression.
func (m *matcher) date(i int) (meaning, int) {
	var best meaning
	end := 0
	for _, rule := range []func(int) (meaning, int){
		m.weekdayDate, m.monthDate, m.dayMonth, m.numeric, m.relativeDay, m.relativeUnit,
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
func (m *matcher) month(i int, _ bool) (n, next int) {
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
	mon, j := m.month(i, true)
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
		return dated(mon, d, year, 0), max(n, e)
	}
	if year, e := m.yearOf(j); e > 0 {
		if y, ok := year.(fixed); ok && len(y) == 4 {
			return fixed(string(y) + "-" + figures(mon, 2)), e
		}
		return yearly{recurring: month(mon), year: year}, e
	}
	if _, ok := m.class(i, monthName); ok && m.bareMonth(i) {
		return yearly{recurring: month(mon), dir: m.directionBefore(i)}, j
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

// directionBefore reads "last", "this" and "next" before a month, a season or
// a day; they stay outside where the caller has not begun with them.
func (m *matcher) directionBefore(i int) direction {
	switch m.at(i - 1).low {
	case "last":
		return last
	case "this":
		return this
	case "next":
		return next
	}
	return free
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

// yearAfter reads the year behind a month and day: ", 2031", "2031", "last
// year", "of that year".
func (m *matcher) yearAfter(i int) (meaning, int) {
	j := i
	if m.low(j, ",") && m.at(j+1).spaced {
		if w := m.at(j + 1); isYear(w) && !m.continues(j+2) {
			return fixed(w.low), j + 2
		}
		return nil, 0
	}
	return m.yearOf(j)
}

// yearOf reads the year behind a month, season, quarter or feast: "2031", "of
// 2031", "last year", "of the same year", "’31" is too rare to trust.
func (m *matcher) yearOf(i int) (meaning, int) {
	j := i
	if m.low(j, ",") && isYear(m.at(j+1)) {
		j++
	}
	of := m.low(j, "of", "in")
	if of {
		j++
	}
	if w := m.at(j); isYear(w) && (w.spaced || of) && !m.continues(j+1) {
		if m.counts(j+1, w.n) {
			return nil, 0
		}
		return fixed(w.low), j + 1
	}
	if m.low(i, "in") {
		return nil, 0
	}
	if y, k := m.relativeUnit(j); k > 0 {
		if u, ok := y.(unitFrom); ok && u.unit == "Y" {
			return y, k
		}
	}
	if k := m.seq(j, "the", "year"); k > 0 && of {
		return unitFrom{unit: "Y"}, k
	}
	return nil, 0
}

// isYear reports whether a word has the shape of a year of the last thousand
// years or the next hundred.
func isYear(w *word) bool {
	return w.kind == number && len(w.low) == 4 && w.n >= 1000 && w.n <= 2100
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
	mon, k := m.month(j, true)
	if k == 0 || !validDate(2000, mon, d) {
		return nil, 0
	}
	year, e := m.yearAfter(k)
	if e == 0 && (m.low(j, "may") && m.tag(j) == "AUX" || m.at(k).upper && m.names.person(m.at(j).token)) {
		return nil, 0
	}
	return dated(mon, d, year, 0), max(k, e)
}

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
	if m.tight(end) && m.low(end, "T") { // of a full ISO time the day is kept
		return nil, 0
	}
	if m.tight(end) && m.low(end, sep) && m.tight(end+1) && m.at(end+1).kind == number {
		return nil, 0 // four figures or more: a telephone or an address
	}
	if isYear(a) && len(b.low) <= 2 && len(c.low) <= 2 && sep != "." {
		if validDate(a.n, b.n, c.n) {
			return fixed(DayOf(a.n, b.n, c.n).String()), end
		}
		return nil, 0
	}
	year := c.n
	switch {
	case isYear(c):
	case len(c.low) == 2 && sep == "/":
		// Two figures: those to come are of the last century.
		year += 2000
		if c.n > 50 {
			year -= 100
		}
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

// weekdayDate reads a day of the week and the date that may follow it:
// "Tuesday", "Tuesday, May 6, 2031", "Tuesday (6 May)", "Tuesday last week",
// "last Tuesday", "this coming Tuesday".
func (m *matcher) weekdayDate(i int) (meaning, int) {
	dir, j := free, i
	if m.low(j, "the") && m.low(j+1, "following", "next", "previous") {
		return nil, 0
	}
	switch {
	case m.low(j, "last", "past", "previous"):
		dir, j = last, j+1
	case m.low(j, "this"):
		dir, j = this, j+1
		if m.low(j, "coming", "past") {
			if m.low(j, "past") {
				dir = last
			}
			j++
		}
	case m.low(j, "next"):
		dir, j = next, j+1
	case m.low(j, "coming", "upcoming"):
		dir, j = this, j+1
	}
	e, ok := m.class(j, weekdayName)
	if !ok {
		return m.shortWeekday(j, i)
	}
	if dir == free && !m.weekdayHere(j) {
		return nil, 0
	}
	end := j + 1
	if dir == free {
		if d, k := m.dateBehind(end, e.n); k > 0 {
			return d, k
		}
	}
	behind := end
	if m.low(behind, "of") {
		behind++
	}
	if w, k := m.relativeUnit(behind); k > 0 {
		if u, ok := w.(unitFrom); ok && u.unit == "W" && !u.ref {
			return weekly{weekday: e.n, week: w}, k
		}
	}
	return weekly{weekday: e.n, dir: dir}, end
}

// titled reports whether word i ends a title in quotation marks: “Harbour News
// Sunday” is a programme.
func (m *matcher) titled(i int) bool {
	const reach = 5 // words
	for k := i - 1; k >= i-reach && k >= 0; k-- {
		w := m.at(k)
		if k < i-1 && m.low(k, "“", `"`, "'") {
			return true
		}
		if w.kind != letters || !w.upper {
			return false
		}
	}
	return false
}

// shortWeekday reads "Tue." and "Tue" before a date, the only place where they
// are not a word or a name of their own.
func (m *matcher) shortWeekday(j, i int) (meaning, int) {
	e, ok := m.class(j, weekdayAbbr)
	if !ok || i != j || !m.at(j).upper {
		return nil, 0
	}
	end := j + 1
	if m.low(end, ".") && m.tight(end) {
		end++
	}
	return m.dateBehind(end, e.n)
}

// dateBehind reads the date that explains a weekday.
func (m *matcher) dateBehind(i, weekday int) (meaning, int) {
	bracket := m.low(i, "(")
	if bracket || m.low(i, ",") {
		i++
	}
	if m.low(i, "the") {
		i++
	}
	for _, rule := range []func(int) (meaning, int){m.monthDate, m.dayMonth, m.numeric} {
		d, k := rule(i)
		if k == 0 {
			continue
		}
		switch v := d.(type) {
		case yearly:
			if _, ok := v.recurring.(monthDay); !ok {
				continue
			}
			v.weekday = weekday
			d = v
		case fixed:
			if len(v) != len("2006-01-02") {
				continue
			}
		}
		if bracket {
			if !m.low(k, ")") {
				return nil, 0
			}
			k++
		}
		return d, k
	}
	return nil, 0
}

// weekdayHere keeps out days that are part of a name: "Black Friday", "the
// Sunday Times", "Mail on Sunday".
func (m *matcher) weekdayHere(i int) bool {
	w := m.at(i)
	if !w.upper {
		// "friday" in lower case is a slip, but a day all the same.
		return true
	}
	if m.titled(i) {
		return false
	}
	if m.at(i - 1).upper {
		if m.low(i-1, "black", "bloody", "super", "cyber", "giving", "good", "easter", "palm", "ash", "man", "ruby") {
			return false
		}
	}
	if n := m.at(i + 1); n.upper && n.kind == letters && m.low(i+1, "times", "telegraph", "mirror", "express", "mail", "post", "herald", "sun", "world", "business", "league") {
		return false
	}
	return !m.low(i-2, "mail") || !m.low(i-1, "on")
}
