package when

// partOfYear reads quarters, halves, seasons and weeks of a month.
func (m *matcher) partOfYear(i int) (meaning, int) {
	if e, ok := m.class(i, seasonName); ok {
		return m.season(i, e.s)
	}
	if m.low(i, "q", "h") && m.at(i).upper && m.tight(i+1) && m.at(i+1).kind == number {
		n := m.at(i + 1).n
		if m.low(i, "q") && (n < 1 || n > 4) || m.low(i, "h") && (n < 1 || n > 2) {
			return nil, 0
		}
		year, k := m.yearOf(i + 2)
		if m.low(i, "h") && k == 0 {
			return nil, 0
		}
		return inYear(suffix(upperFirst(m.at(i).low)+figures(n, 1)), year), max(i+2, k)
	}
	j := i
	if m.low(j, "the") {
		j++
	}
	n, k := m.ordinal(j)
	if k == 0 {
		return nil, 0
	}
	if m.low(k, "-") {
		k++
	}
	switch {
	case m.low(k, "quarter") && n >= 1 && n <= 4:
		// Not a quarter of a match: "the third quarter" of a game has no year,
		// but neither has that of most company news.
		year, e := m.yearOf(k + 1)
		return inYear(suffix("Q"+figures(n, 1)), year), max(k+1, e)
	case m.low(k, "half") && (n == 1 || n == 2):
		if year, e := m.yearOf(k + 1); e > 0 {
			return inYear(suffix("H"+figures(n, 1)), year), e
		}
	case m.low(k, "week") && m.low(k+1, "of", "in"):
		mon, e := m.month(k+2, true)
		if e > 0 && (n <= 4 || n == -1) {
			year, f := m.yearOf(e)
			return inYear(monthWeek{mon, n}, year), max(e, f)
		}
	}
	return nil, 0
}

func upperFirst(s string) string { return string(s[0]-'a'+'A') + s[1:] }

func inYear(r recurring, year meaning) meaning {
	if y, ok := year.(fixed); ok && len(y) == 4 {
		n, _ := digits(string(y))
		if v, days, ok := r.in(n); ok {
			return span{v, days}
		}
	}
	return yearly{recurring: r, year: year}
}

// ordinal reads "third", "3rd" and "last" (−1).
func (m *matcher) ordinal(i int) (n, next int) {
	if e, ok := m.class(i, ordinal); ok {
		return e.n, i + 1
	}
	if e, ok := m.class(i, tens); ok && m.low(i+1, "-") {
		if o, ok := m.class(i+2, ordinal); ok && o.n < 10 {
			return e.n + o.n, i + 3
		}
	}
	if w := m.at(i); w.kind == number && w.n > 0 && w.n < 100 && m.tight(i+1) && m.low(i+1, "st", "nd", "rd", "th") {
		return w.n, i + 2
	}
	if m.low(i, "last", "final") {
		return -1, i + 1
	}
	return 0, 0
}

// season reads "summer 2031", "the winter of 2030"; without a year a season
// must follow a word that seasons follow, since spring and fall are verbs and
// nouns besides.
func (m *matcher) season(i int, s string) (meaning, int) {
	if year, k := m.yearOf(i + 1); k > 0 {
		return inYear(suffix(s), year), k
	}
	after := m.low(i-1, "in", "by", "since", "until", "during", "before") ||
		m.low(i-1, "the") && m.low(i-2, "in", "by", "since", "until", "during", "before", "over", "for")
	if !after || m.low(i+1, "of") || m.tag(i) == "VERB" || m.tag(i+1) == "NOUN" {
		return nil, 0
	}
	return yearly{recurring: suffix(s)}, i + 1
}

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
	if !isYear(w) || m.continues(i+1) || m.low(i+1, "bc", "bce") {
		return nil, 0
	}
	if m.tight(i) && !m.low(i-1, "(", "-", "/", "'", "\"", "“", "[") {
		return nil, 0
	}
	if m.tight(i) && m.low(i-1, "-", "/") && !m.low(i-2, "mid", "early", "late", "post", "pre") && !isYear(m.at(i-2)) {
		return nil, 0
	}
	if m.low(i+1, "-") && m.tight(i+1) && m.at(i+2).kind == number && !isYear(m.at(i+2)) && len(m.at(i+2).low) != 2 {
		return nil, 0 // a telephone number
	}
	_, count := m.class(i+1, counted)
	recent := w.n >= 1900 && w.n <= 2099
	switch m.at(i - 1).low {
	case "in", "since", "until", "till", "during", "early", "mid", "late", "before", "after", "circa", "summer", "winter", "spring", "autumn":
		return fixed(w.low), i + 1
	case "by", "from", "of", "for", "to", "between", "through", "and", "or", "(", "-", "/", "around", "about", "late-", ",", "as":
		if recent && !count && (!m.nounFollows(i) || m.low(i-1, "and", "or", ",") && isYear(m.at(i-2))) {
			return fixed(w.low), i + 1
		}
		if m.low(i-1, "of", "for", "from", "(", "by") && recent && !count {
			// "the class of 2031 students" is rarer than "for 2031 elections".
			return fixed(w.low), i + 1
		}
	case "the", "its", "their", "his", "her", "our", "a", "that", "this", "last", "first", "new", "'s", "s":
		if recent && !count {
			return fixed(w.low), i + 1
		}
	case "year", "january", "february":
		return fixed(w.low), i + 1
	}
	if !recent || count {
		return nil, 0
	}
	if m.low(i+1, "'") && m.low(i+2, "s") {
		return fixed(w.low), i + 1
	}
	p := m.at(i - 1)
	switch {
	case i == 0 && m.nounFollows(i): // "2031 election: …"
		return fixed(w.low), i + 1
	case p.kind == letters && m.low(i-1, "cup", "games", "olympics", "euro", "election", "elections", "budget", "summit", "season", "expo"):
		return fixed(w.low), i + 1
	case m.tag(i-1) == "ADJ" && m.nounFollows(i) && !m.names.inside(w.token): // "the disputed 2031 vote"
		return fixed(w.low), i + 1
	}
	return nil, 0
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
