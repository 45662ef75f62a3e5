package when

import (
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
)

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

// duration is a length of time, afloat ("for two years", "a four-day
// conflict") or tied to the publication ("the past 24 hours").
func (m *matcher) duration(i int) match {
	if d := m.tiedDuration(i); d.to > 0 {
		return d
	}
	if d := m.longWord(i); d.to > 0 {
		return d
	}
	if e, ok := m.class(i, unitPlural); ok && (m.low(i-1, "in", "within", "for") || m.low(i-1, "just", "mere") && m.low(i-2, "in", "within", "for")) && !m.low(i, "quarters", "nights") && !m.low(i+1, "-", "old") &&
		m.tag(i+1) != "NOUN" { // "within hours", "in just minutes"; not "in years past"
		return match{from: i, to: i + 1, typ: news.TimeDuration, meaning: period{value: durationValue(amount{vague: true}, e.unit())}}
	}
	me, j := m.measure(i)
	if me.vague && m.low(j, "ago", "earlier", "later") {
		return match{} // no length, and nothing that could be dated
	}
	if j == 0 || m.isAge(j) || m.low(i-1, "aged", "age") || m.low(i-1, "of") && m.low(i-2, "age", "ages") || me.plain && !m.measures(i, j, me) {
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
	if e, ok := m.class(i, unitPlural); ok && m.low(i+1, "-") && m.low(i+2, "long") { // "a decades-long feud"
		return match{from: i, to: i + 3, typ: news.TimeDuration, meaning: period{value: durationValue(amount{vague: true}, e.unit())}}
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
	if k == 0 || me.vague || me.plain || me.n > farthest {
		return match{}
	}
	return match{from: i, to: k, typ: news.TimeDuration,
		meaning: period{value: durationValue(me.amount, me.unit), unit: me.unit, n: int(me.n + .5), dir: dir}}
}
