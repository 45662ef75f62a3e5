package when

import "strconv"

// amount is a number of units in words: 2.5, or unknown for "several".
type amount struct {
	n     float64
	vague bool
	plain bool // "a" or "one": a number only where the words around say so
}

// durationValue writes a TIMEX3 duration: P4D, PT90M, P2.5Y, PXW.
func durationValue(a amount, u unit) string {
	n := "X"
	if !a.vague {
		n = strconv.FormatFloat(a.n*float64(u.count), 'f', -1, 64)
	}
	if u.letter[0] == 'T' {
		return "PT" + n + u.letter[1:]
	}
	return "P" + n + u.letter
}

// amount reads a number: "18", "2.5", "two and a half", "twenty-five", "half
// a", "a couple of", "several".
func (m *matcher) amount(i int) (amount, int) {
	w := m.at(i)
	switch {
	case w.kind == number:
		return m.figure(i)
	case w.low == "a" || w.low == "an":
		switch {
		case m.low(i+1, "dozen"):
			return amount{n: 12}, i + 2
		case m.low(i+1, "couple") && m.low(i+2, "of"):
			return amount{n: 2}, i + 3
		case m.low(i+1, "couple"):
			return amount{n: 2}, i + 2
		case m.low(i+1, "few"):
			return amount{vague: true}, i + 2
		case m.low(i+1, "hundred"):
			return amount{n: 100}, i + 2
		case m.low(i+1, "thousand"):
			return amount{n: 1000}, i + 2
		case m.low(i+1, "half") && m.low(i+2, "-"):
			return amount{n: .5}, i + 3
		case m.low(i+1, "full", "whole", "single", "further"):
			return amount{n: 1}, i + 2
		}
		return amount{n: 1, plain: true}, i + 1
	case w.low == "half" && m.low(i+1, "a", "an"):
		return amount{n: .5}, i + 2
	case w.low == "several" || w.low == "few" || w.low == "many":
		return amount{vague: true}, i + 1
	case w.low == "dozen":
		return amount{n: 12}, i + 1
	case w.low == "single" && m.low(i+1, "-"):
		return amount{n: 1}, i + 1 // "the worst single-day fall"
	}
	n, j := m.cardinal(i)
	if j == 0 {
		return amount{}, 0
	}
	return amount{n: float64(n), plain: w.low == "one" && j == i+1}, j
}

// figure reads a number in figures, with its thousands and decimals.
func (m *matcher) figure(i int) (amount, int) {
	w := m.at(i)
	if w.n < 0 || m.tight(i) && m.low(i-1, "$", "€", "£", "¥", ".", "#", ":", "/") {
		return amount{}, 0
	}
	n, j := float64(w.n), i+1
	for range 3 { // to the milliards
		if !m.low(j, ",") || !m.tight(j) || !m.tight(j+1) || len(m.at(j+1).low) != 3 || m.at(j+1).kind != number {
			break
		}
		n, j = n*1000+float64(m.at(j+1).n), j+2
	}
	if m.low(j, ".") && m.tight(j) && m.tight(j+1) && m.at(j+1).kind == number && len(m.at(j+1).low) <= 2 {
		f, err := strconv.ParseFloat("0."+m.at(j+1).low, 64)
		if err != nil {
			return amount{}, 0
		}
		n, j = n+f, j+2
	}
	return amount{n: n}, j
}

// cardinal reads a whole number in words, up to hundreds.
func (m *matcher) cardinal(i int) (n, j int) {
	if e, ok := m.class(i, tens); ok {
		n, j = e.n, i+1
		k := j
		if m.low(k, "-") {
			k++
		}
		if u, ok := m.class(k, cardinal); ok && u.n < 10 {
			n, j = n+u.n, k+1
		}
		return n, j
	}
	if e, ok := m.class(i, cardinal); ok {
		n, j = e.n, i+1
		if m.low(j, "hundred") {
			n, j = n*100, j+1
		}
		return n, j
	}
	return 0, 0
}

// measure is an amount of a unit: "four-day", "18 months", "two and a half
// years", "a year and a half", "three consecutive days".
type measure struct {
	amount
	unit unit
}

func (m *matcher) measure(i int) (measure, int) {
	a, j := m.amount(i)
	if j == 0 {
		return measure{}, 0
	}
	for _, half := range [][]string{{"and", "a", "half"}, {"-", "and", "-", "a", "-", "half"}} {
		if k := m.seq(j, half...); k > 0 && !a.vague {
			a.n, a.plain, j = a.n+.5, false, k
			break
		}
	}
	hyphen := m.low(j, "-")
	if hyphen {
		j++
		a.plain = false // "a one-year ban"
	}
	if !hyphen && m.low(j, "consecutive", "straight", "successive", "full", "more", "whole", "long", "further", "additional", "solid") {
		j++
	}
	if e, ok := m.class(j, unitPlural); ok {
		if m.low(j, "nights", "seconds", "quarters") && hyphen {
			return measure{}, 0
		}
		return measure{a, e.unit()}, j + 1
	}
	if e, ok := m.class(j, unitSingular); ok && (hyphen || a.n == 1 && !a.vague || a.n == .5 || m.at(i).kind == number && m.at(j).spaced ||
		a.n > 1 && m.tag(j+1) == "NOUN" && m.low(j, "day", "week", "month", "year")) { // "a four day rally"
		if k := m.seq(j+1, "and", "a", "half"); k > 0 && a.n == 1 {
			return measure{amount{n: 1.5}, e.unit()}, k
		}
		return measure{a, e.unit()}, j + 1
	}
	return measure{}, 0
}
