package when

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
