package when

// ago reads counts of units before or after an anchor: "three days ago", "two
// weeks earlier", "a year later", "five years from now".
func (m *matcher) ago(i int) (meaning, int) {
	me, j := m.measure(i)
	if j == 0 || me.vague || m.isAge(j) || me.n > farthest {
		return nil, 0
	}
	a := away{unit: me.unit, n: int(me.n + .5), over: m.low(i-1, "over") || m.low(i-2, "more") && m.low(i-1, "than")}
	if a.unit.letter == "Y" && me.n == .5 { // half a century, half a decade
		a.n, a.unit.count = 1, (a.unit.count+1)/2
	}
	switch {
	case m.low(j, "ago"):
		a.n = -a.n
		if m.low(j+1, "today") && a.unit.letter != "D" { // "a year ago today"
			return sameDay(a), j + 2
		}
		return a, j + 1
	case m.low(j, "earlier"), m.low(j, "previously"), m.low(j, "before") && m.at(j+1).kind == mark:
		a.n, a.ref = -a.n, true
		return a, j + 1
	case m.low(j, "later"), m.low(j, "after") && m.at(j+1).kind == mark, m.low(j, "afterwards", "afterward"):
		a.ref = true
		return a, j + 1
	case m.low(j, "from") && m.low(j+1, "now", "today"):
		return a, j + 2
	case m.low(j, "'") && m.low(j+1, "time") && m.low(i-1, "in"):
		return a, j + 2
	}
	return nil, 0
}

// farthest is how many units away anything is dated: no news counts further.
const farthest = 100000
