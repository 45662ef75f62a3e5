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
	if m.low(j, "week") && m.low(j+1, "of", "beginning", "starting", "ending") {
		if d, k := m.singleDay(j + 2); k > 0 {
			return weekOf{d}, k
		}
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
		mon, e := m.month(k + 2)
		if e > 0 && (n <= 4 || n == -1) {
			year, f := m.yearOf(e)
			return inYear(monthWeek{mon, n}, year), max(e, f)
		}
	}
	return nil, 0
}

// weekOf is the week of the calendar that holds a day: "the week of March 10".
type weekOf struct{ day meaning }

func (w weekOf) resolve(a *anchor) result {
	r := w.day.resolve(a)
	if !r.dated {
		return result{}
	}
	return valueResult(weekValue(r.days.First))
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
