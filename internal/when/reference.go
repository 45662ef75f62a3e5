package when

import "github.com/onrecord/onrecord/internal/news"

// The TIMEX3 values of words that point at a time and name none.
const (
	pastRef    = fixed("PAST_REF")
	presentRef = fixed("PRESENT_REF")
	futureRef  = fixed("FUTURE_REF")
)

// reference is a word that points at the past, the present or the future of the
// text and leaves open which part of it: "recently", "now", "in the near
// future". Its value has no days.
func (m *matcher) reference(i int) match {
	v, j := m.pointing(i)
	if j == 0 {
		return match{}
	}
	return match{from: i, to: j, typ: news.TimeDate, meaning: v}
}

// isPointer reports whether a word may point so by itself.
func isPointer(low string) bool {
	switch low {
	case "recently", "lately", "recent", "current", "currently", "nowadays", "presently", "now", "soon":
		return true
	}
	return false
}

func (m *matcher) pointing(i int) (meaning, int) {
	switch m.at(i).low {
	case "recently", "lately":
		return pastRef, i + 1
	case "recent":
		// "in recent years", "a recent visit"
		if e, ok := m.class(i+1, unitPlural); ok && e.unit().letter != "TS" && m.low(i-1, "in", "of", "over", "from", "during", "to") {
			return pastRef, i + 2
		}
		if m.beforeNoun(i) && !m.low(i-1, "most", "more", "less") {
			return pastRef, i + 1
		}
	case "current":
		// "the current minister"; the current of a river or a wire is a noun
		if m.beforeNoun(i) && m.tag(i) == "ADJ" {
			return presentRef, i + 1
		}
	case "currently", "nowadays", "presently":
		return presentRef, i + 1
	case "now":
		// "now that", "now-closed"; "now and then" is no time but a set.
		if !m.low(i+1, "that", "-", "and") && !m.low(i-1, "-", "from") {
			return presentRef, i + 1
		}
	case "soon":
		if !m.low(i-1, "as", "how", "too") && !m.low(i+1, "after", "as", "-", "before") {
			return futureRef, i + 1
		}
	case "the":
		return m.pointingNoun(i + 1)
	}
	return nil, 0
}

// beforeNoun reports whether a word is an adjective of what follows it.
func (m *matcher) beforeNoun(i int) bool {
	t := m.tag(i + 1)
	return m.tag(i) == "ADJ" && (t == "NOUN" || t == "PROPN" || t == "ADJ")
}

// pointingNoun reads "the near future", "the past", "the time being" behind
// their article.
func (m *matcher) pointingNoun(i int) (meaning, int) {
	j := i
	if m.low(j, "near", "foreseeable", "immediate", "distant", "not", "recent") {
		j++
	}
	in := m.low(i-2, "in", "into", "for", "at", "from")
	closed := m.tag(j+1) != "NOUN" && m.tag(j+1) != "PROPN" && m.tag(j+1) != "NUM" && m.tag(j+1) != "ADJ" && !m.low(j+1, "of", "few")
	switch {
	case !in || !closed:
	case m.low(j, "future"):
		return futureRef, j + 1
	case m.low(j, "past"):
		return pastRef, j + 1
	case j == i && m.low(j, "time") && m.low(j+1, "being"):
		return presentRef, j + 2
	case j == i && m.low(j, "moment", "present") && m.low(i-2, "at", "for"):
		return presentRef, j + 1
	}
	return nil, 0
}

// dayInHand is "the day" of which a report has just spoken: "ended the day at
// 4,200 points", "later in the day".
type dayInHand struct{}

func (dayInHand) resolve(a *anchor) result {
	switch {
	case a.hasRef && a.ref.Days() == 1:
		return valueResult(a.ref.First.String())
	case a.hasRef || !a.dated:
		return result{}
	}
	return valueResult(a.published.String())
}

// inHand reports whether "the day" at word i is one in hand.
func (m *matcher) inHand(i int) bool {
	switch m.at(i - 1).low {
	case "end", "ended", "ends", "ending", "close", "closed", "closing", "finish", "finished", "start", "started", "begin", "began":
		return !m.low(i+2, "that", "when", "of", "after", "before") // "began the day after"
	case "of":
		return m.low(i-2, "start", "end", "beginning", "close", "rest", "remainder")
	case "in":
		return m.low(i-2, "later", "earlier", "late", "early")
	}
	return false
}
