package when

// decade reads "the 1950s", "1950's", "the 70s", "the nineties".
func (m *matcher) decade(i int) (meaning, int) {
	w := m.at(i)
	if e, ok := w.is(decadeWord); ok {
		if m.low(i-1, "the", "early", "mid", "late", "-") && !m.ageBefore(i-1) {
			return fixed(e.s), i + 1
		}
		return nil, 0
	}
	if w.kind != number || w.n < 0 || w.n%10 != 0 {
		return nil, 0
	}
	end := i + 1
	if m.low(end, "'") && m.tight(end) {
		end++
	}
	if !m.low(end, "s") || !m.tight(end) {
		return nil, 0
	}
	end++
	switch {
	case len(w.low) == 4 && isYear(w) && !m.ageBefore(i-1):
		return fixed(w.low[:3]), end
	case len(w.low) == 2 && (w.n >= 50 || w.n >= 20 && m.low(i+1, "'") || m.low(i-1, "'") || m.low(i-1, "and")) && (m.low(i-1, "the", "early", "mid", "late", "'", "and", "-") && !m.ageBefore(i-1)):
		if m.low(i-1, "and", "-") && !m.decadeBefore(i) {
			return nil, 0
		}
		if m.low(i-2, "in") && m.low(i-1, "the") && m.low(i-3, "temperatures", "degrees", "highs", "lows") {
			return nil, 0
		}
		return fixed("19" + w.low[:1]), end
	}
	return nil, 0
}

// decadeBefore reports whether "and 60s" goes on from "the 1950s".
func (m *matcher) decadeBefore(i int) bool {
	return m.low(i-2, "s") && m.at(i-3).kind == number || m.low(i-2, "early", "mid", "late") || m.low(i-2, "the") ||
		m.low(i-2, "mid")
}

// ageBefore tells decades of a life: "in his 70s", "in her early 60s".
func (m *matcher) ageBefore(i int) bool {
	for k := i; k > i-3; k-- {
		switch m.at(k).low {
		case "his", "her", "their", "my", "your", "our", "aged", "ages", "whose":
			return true
		}
		if !m.low(k, "early", "mid", "late", "-", "the") {
			return false
		}
	}
	return false
}

// century reads "the 19th century", "twenty-first century". Those before
// Christ have no TIMEX3 value of their own here and are left out.
func (m *matcher) century(i int) (meaning, int) {
	j := i
	if m.low(j, "the") {
		j++
	}
	n, k := m.ordinal(j)
	if k == 0 || n < 1 || n > 30 {
		return nil, 0
	}
	if m.low(k, "-") {
		k++
	}
	if !m.low(k, "century") || m.low(k+1, "bc", "bce", "b") {
		return nil, 0
	}
	return fixed(figures(n-1, 2)), k + 1
}

// year reads a year that stands alone. Four figures are as often a count, a
// flight, a resolution or a price, so the words around must speak for it.
func (m *matcher) year(i int) (meaning, int) {
	w := m.at(i)
	if m.low(i, "post", "pre") && m.low(i+1, "-") && isYear(m.at(i+2)) && !m.continues(i+3) {
		return open{value: m.at(i + 2).low, before: w.low == "pre", after: w.low == "post"}, i + 3
	}
	if !isYear(w) || m.continues(i+1) || m.low(i+1, "bc", "bce") || m.glued(i) {
		return nil, 0
	}
	_, count := m.class(i+1, counted)
	recent := w.n >= 1900 && w.n <= 2099
	listed := m.low(i-1, "and", "or", ",") && isYear(m.at(i-2))
	is := false
	switch m.at(i - 1).low {
	case "in", "since", "until", "till", "during", "early", "mid", "late", "before", "after", "circa", "year",
		"summer", "winter", "spring", "autumn":
		is = true
	case "of", "for", "from", "(", "by":
		is = recent && !count
	case "to", "between", "through", "and", "or", "-", "/", "around", "about", ",", "as":
		is = recent && !count && (listed || !m.nounFollows(i))
	case "the", "its", "their", "his", "her", "our", "a", "that", "this", "last", "first", "s":
		is = recent && !count // "the 2031 vote", "the harbour’s 2031 plan"
	case "cup", "games", "olympics", "euro", "election", "elections", "budget", "summit", "season", "expo", "championship",
		"championships", "conference", "congress":
		is = recent && !count // "World Cup 2030"
	default:
		is = recent && !count && (m.low(i+1, "'") && m.low(i+2, "s") || // "2031’s harvest"
			m.initials(i-1) || // "opened HFC 2031 with a speech"
			m.nounFollows(i) && (i == 0 || m.tag(i-1) == "ADJ" && !m.names.inside(w.token))) // "the disputed 2031 vote"
	}
	if !is {
		return nil, 0
	}
	return fixed(w.low), i + 1
}

// initials reports whether word i is the short name of an event, as far as form
// tells: three capitals or more and no more.
func (m *matcher) initials(i int) bool {
	w := m.at(i)
	if w.kind != letters || m.caps || len(w.low) < 3 || len(w.low) > 6 || m.low(i, "iso", "ieee", "unsc") {
		return false
	}
	for _, r := range m.doc.Text[w.start:w.end] {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// glued reports whether the figures at word i are part of something larger: a
// price, a code, a telephone number.
func (m *matcher) glued(i int) bool {
	if m.low(i+1, "-") && m.tight(i+1) && m.at(i+2).kind == number && !isYear(m.at(i+2)) && len(m.at(i+2).low) != 2 {
		return true
	}
	if !m.tight(i) {
		return false
	}
	switch m.at(i - 1).low {
	case "(", "'", `"`, "“", "[":
		return false
	case "-", "/":
		return !m.low(i-2, "mid", "early", "late", "post", "pre") && !isYear(m.at(i-2))
	}
	return true
}

// nounFollows reports whether the next word is a noun or an adjective, as far
// as tags tell.
func (m *matcher) nounFollows(i int) bool {
	switch m.tag(i + 1) {
	case "NOUN", "ADJ", "PROPN":
		return m.at(i+1).kind == letters
	}
	return false
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
