package when

import (
	"fmt"
	"strconv"

	"github.com/onrecord/onrecord/internal/news"
)

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

// lengthValue is the duration between two dates in the unit of the first.
func lengthValue(a, b result) string {
	ay, am, _ := a.days.First.Date()
	by, bm, _ := b.days.First.Date()
	switch {
	case len(a.value) == 4 && len(b.value) == 4:
		return fmt.Sprintf("P%dY", by-ay)
	case len(a.value) == 7 && len(b.value) == 7 && a.value[5] != 'W':
		return fmt.Sprintf("P%dM", 12*(by-ay)+bm-am)
	}
	return fmt.Sprintf("P%dD", b.days.Last-a.days.First+1)
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
	for m.low(j, ",") && m.tight(j) && m.tight(j+1) && len(m.at(j+1).low) == 3 && m.at(j+1).kind == number {
		n, j = n*1000+float64(m.at(j+1).n), j+2
		if n > 1e9 {
			return amount{}, 0
		}
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
	if k := m.seq(j, "and", "a", "half"); k > 0 && !a.vague {
		a.n, a.plain, j = a.n+.5, false, k
	}
	hyphen := m.low(j, "-")
	if hyphen {
		j++
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
	if e, ok := m.class(j, unitSingular); ok && (hyphen || a.n == 1 && !a.vague || a.n == .5 || m.at(i).kind == number && m.at(j).spaced) {
		if k := m.seq(j+1, "and", "a", "half"); k > 0 && a.n == 1 {
			return measure{amount{n: 1.5}, e.unit()}, k
		}
		return measure{a, e.unit()}, j + 1
	}
	return measure{}, 0
}

// duration is a length of time, afloat ("for two years", "a four-day
// conflict") or tied to the publication ("the past 24 hours").
func (m *matcher) duration(i int) match {
	if d := m.tiedDuration(i); d.to > 0 {
		return d
	}
	if d := m.longWord(i); d.to > 0 {
		return d
	}
	me, j := m.measure(i)
	if me.vague && m.low(j, "ago", "earlier", "later") {
		return match{} // no length, and nothing that could be dated
	}
	if j == 0 || m.isAge(j) || me.plain && !m.measures(i, j, me) {
		return match{}
	}
	if m.low(j, "-") && m.low(j+1, "long") {
		if m.low(i, "a") {
			return match{} // of "a year-long siege" the article is the siege's
		}
		j += 2
	} else if m.low(j, "long") {
		j++
	}
	// "every two years", "two days a week" are the set's.
	return match{from: i, to: j, typ: news.TimeDuration, meaning: period{value: durationValue(me.amount, me.unit)}}
}

// isAge tells a length of life: "a 12-year-old", "aged 40 years old".
func (m *matcher) isAge(j int) bool {
	return m.low(j, "old", "olds") || m.low(j, "-") && m.low(j+1, "old", "olds") || m.low(j, "'") && m.low(j+1, "old")
}

// measures reports whether "a year" is a length of time there and not a rate
// ("$5 a year"), a mere noun ("a day to remember") or a set ("once a week").
func (m *matcher) measures(i, j int, me measure) bool {
	if me.unit.letter == "Y" && me.unit.count > 1 || me.unit == (unit{"W", 2}) {
		return true // a decade, a century, a fortnight
	}
	switch {
	case m.low(j, "-"):
		return m.low(j+1, "long") || m.low(i, "one")
	case m.low(j, "long", "of", "before", "after") && me.unit.letter != "D":
		return true
	case m.low(j, "after", "before", "long"):
		return true
	}
	return m.low(i-1, "for", "in", "within", "over", "than", "nearly", "almost", "about", "under", "lasted", "lasting",
		"spent", "took", "least", "around", "roughly", "barely", "just", "during")
}

// longWord is a length in one word or with a bare unit: "a year-long siege",
// "a weeklong strike".
func (m *matcher) longWord(i int) match {
	w := m.at(i)
	if e, ok := m.class(i, unitSingular); ok && m.low(i+1, "-") && m.low(i+2, "long") {
		return match{from: i, to: i + 3, typ: news.TimeDuration, meaning: period{value: durationValue(amount{n: 1}, e.unit())}}
	}
	if n := len(w.low); n > 4 && w.low[n-4:] == "long" {
		for _, e := range m.lex[w.low[:n-4]] {
			if e.class == unitSingular {
				return match{from: i, to: i + 1, typ: news.TimeDuration, meaning: period{value: durationValue(amount{n: 1}, e.unit())}}
			}
		}
	}
	return match{}
}

// tiedDuration is a length that ends or begins with the publication: "the past
// 24 hours", "the last three months", "the coming weeks" is too vague.
func (m *matcher) tiedDuration(i int) match {
	j := i
	if m.low(j, "the", "these", "those") {
		j++
	}
	var dir direction
	switch {
	case m.low(j, "past", "last", "previous", "preceding"):
		dir = last
	case m.low(j, "next", "coming"):
		dir = next
	default:
		return match{}
	}
	j++
	if m.low(j, "few", "several", "many", "couple") {
		me, k := m.measure(j)
		if k == 0 {
			return match{}
		}
		return match{from: i, to: k, typ: news.TimeDuration, meaning: period{value: durationValue(amount{vague: true}, me.unit)}}
	}
	if e, ok := m.class(j, unitSingular); ok {
		u := e.unit()
		// "the past week" is seven days; "last week" is a week of the calendar,
		// and so is "the last week" mostly, but never decades.
		if m.low(j-1, "past") || j > i+1 && u.count >= 10 || u.letter == "TH" && j > i+1 {
			if u.letter == "TM" {
				return match{}
			}
			return match{from: i, to: j + 1, typ: news.TimeDuration,
				meaning: period{value: durationValue(amount{n: 1}, u), unit: u, n: 1, dir: dir}}
		}
		return match{}
	}
	me, k := m.measure(j)
	if k == 0 || me.vague || me.plain || me.n > 100000 {
		return match{}
	}
	return match{from: i, to: k, typ: news.TimeDuration,
		meaning: period{value: durationValue(me.amount, me.unit), unit: me.unit, n: int(me.n + .5), dir: dir}}
}

// repeated is a time that comes again and again: "every Friday", "daily",
// "twice a week", "on Sundays".
func (m *matcher) repeated(i int) match {
	made := func(to int, value string) match {
		return match{from: i, to: to, typ: news.TimeSet, meaning: set(value)}
	}
	w := m.at(i)
	if e, ok := w.is(weekdayPlural); ok {
		return made(i+1, fmt.Sprintf("XXXX-WXX-%d", e.n))
	}
	if e, ok := w.is(often); ok {
		// A capital inside a sentence makes a name: "the Daily Mail".
		if m.capital(i) && (m.at(i+1).upper || m.at(i-1).upper || m.names.inside(w.token)) {
			return match{}
		}
		return made(i+1, e.s)
	}
	j := i
	switch {
	case w.low == "every" || w.low == "each":
		j++
		other := 1.0
		if m.low(j, "other") && w.low == "every" {
			other, j = 2, j+1
		}
		if e, ok := m.class(j, weekdayName); ok {
			to := j + 1
			if _, ok := m.class(to, dayPart); ok {
				to++
			}
			return made(to, fmt.Sprintf("XXXX-WXX-%d", e.n))
		}
		if e, ok := m.class(j, monthName); ok && m.at(j).upper {
			return made(j+1, fmt.Sprintf("XXXX-%02d", e.n))
		}
		if e, ok := m.class(j, dayPart); ok {
			return made(j+1, "XXXX-XX-XXT"+e.s)
		}
		if e, ok := m.class(j, seasonName); ok {
			return made(j+1, "XXXX-"+e.s)
		}
		if e, ok := m.class(j, unitSingular); ok {
			return made(j+1, durationValue(amount{n: other}, e.unit()))
		}
		if me, k := m.measure(j); k > 0 && !me.plain {
			return made(k, durationValue(me.amount, me.unit))
		}
	case w.low == "once" || w.low == "twice":
		if e, ok := m.class(i+2, unitSingular); ok && m.low(i+1, "a", "every", "per", "each") {
			return made(i+3, durationValue(amount{n: 1}, e.unit()))
		}
	case w.kind == number || len(w.entries) > 0:
		if _, k := m.amount(i); k > 0 && m.low(k, "times") && m.low(k+1, "a", "per", "each", "every") {
			if e, ok := m.class(k+2, unitSingular); ok {
				return made(k+3, durationValue(amount{n: 1}, e.unit()))
			}
		}
	}
	return match{}
}
