package when

// result is what a meaning comes to once it is anchored.
type result struct {
	value string
	days  Interval
	dated bool // days is set
	// openStart and openEnd say that the expression bounds one side only:
	// "more than ten years ago" has a last day and no first.
	openStart, openEnd bool
}

// meaning is what an expression stands for, before it is known from where it
// counts. An empty result value means that nothing anchors it.
type meaning interface {
	resolve(a *anchor) result
}

// fixed is a value that needs no anchor.
type fixed string

func (f fixed) resolve(*anchor) result { return valueResult(string(f)) }

func valueResult(value string) result {
	iv, ok := Parse(value)
	return result{value: value, days: iv, dated: ok}
}

// open is a value with only one end: "post-2021".
type open struct {
	value         string
	before, after bool
}

func (o open) resolve(*anchor) result {
	r := valueResult(o.value)
	r.openStart, r.openEnd = o.before, o.after
	return r
}

// span is a value whose days are given beside it, as for a slashed date that
// can be read two ways.
type span struct {
	value string
	days  Interval
}

func (s span) resolve(*anchor) result { return result{value: s.value, days: s.days, dated: true} }

// slashed is a date in figures whose day and month can change places:
// "07/05/2031" is 7 May in most of the world and July 5 in the United States.
// Only a reading close to the publication date settles it.
type slashed struct{ a, b, year int }

func (s slashed) resolve(a *anchor) result {
	dayFirst, monthFirst := DayOf(s.year, s.b, s.a), DayOf(s.year, s.a, s.b)
	if a.dated {
		// near the publication, and much nearer than the other reading
		const near, far = 10, 20 // days
		d, m := distance(dayFirst, a.published), distance(monthFirst, a.published)
		if d <= near && m >= far {
			return valueResult(dayFirst.String())
		}
		if m <= near && d >= far {
			return valueResult(monthFirst.String())
		}
	}
	days := Interval{min(dayFirst, monthFirst), max(dayFirst, monthFirst)}
	return result{value: yearValue(s.year), days: days, dated: true}
}

func distance(a, b Day) int { return int(max(a-b, b-a)) }

// direction is what a word like "last" or "next" says of where to look.
type direction uint8

const (
	free direction = iota // by tense
	last
	this
	next
)
