package when

import (
	"fmt"
)

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

// weekly is a day of the week.
type weekly struct {
	weekday int // ISO
	dir     direction
	week    meaning // "Tuesday last week"; nil where the text names none
}

func (w weekly) resolve(a *anchor) result {
	if w.week != nil {
		r := w.week.resolve(a)
		if !r.dated {
			return result{}
		}
		return valueResult((weekInterval(r.days.First).First + Day(w.weekday-1)).String())
	}
	if !a.dated {
		return result{}
	}
	back := mod(a.published.Weekday()-w.weekday, 7) // days since the last such day
	ahead := mod(-back, 7)
	d := a.published - Day(back)
	switch w.dir {
	case last:
		if back == 0 {
			d -= 7
		}
	case next: // that day of the coming week: news copy says "on Friday" for the nearer one
		d = weekInterval(a.published).First + 7 + Day(w.weekday-1)
	case this:
		if a.tense() != past {
			d = a.published + Day(ahead)
		}
	default:
		// The present tense with a day is the timetable's: "the team plays on Friday".
		if t := a.tense(); t == future || t == present {
			d = a.published + Day(ahead)
		}
	}
	return valueResult(d.String())
}

// weekend is the Saturday and Sunday of a week.
type weekend struct{ dir direction }

func (w weekend) resolve(a *anchor) result {
	if !a.dated {
		return result{}
	}
	sat := weekInterval(a.published).First + 5 // of this week
	switch {
	case w.dir == next:
		sat += 7
	case w.dir == last:
		sat -= 7
	case w.dir == free && a.tense() != future && a.published < sat:
		sat -= 7
	}
	return valueResult(weekValue(sat) + "-WE")
}

// daysFrom is a day counted from the publication: yesterday is −1.
type daysFrom int

func (n daysFrom) resolve(a *anchor) result {
	if !a.dated {
		return result{}
	}
	return valueResult((a.published + Day(n)).String())
}

// unitFrom is a unit of the calendar counted from the one that holds the
// anchor: "last week" is −1 week, "the following year" +1 year from the date
// that the text named before.
type unitFrom struct {
	unit   string // "D", "W", "M", "Q", "Y", "E" for a decade, "C" for a century
	n      int
	ref    bool // counts from the date named before, not from the publication
	sofar  bool // "earlier this month": up to the publication
	remain bool // "later this month": from it
}

func (u unitFrom) resolve(a *anchor) result {
	base, ok := a.base(u.ref)
	if !ok || u.ref && a.ref.Days() > grain(u.unit) {
		return result{}
	}
	r := valueResult(unitValue(u.unit, base, u.n))
	if r.dated && r.days.Contains(base) {
		if u.sofar {
			r.days.Last = base
		}
		if u.remain {
			r.days.First = base
		}
	}
	return r
}

// grain is the most days that a date may have for units to be counted from it:
// "two days later" after "in 2029" has no day.
func grain(unit string) int {
	switch unit {
	case "W":
		return 7
	case "M":
		return 31
	case "Q":
		return 92
	case "Y":
		return 366
	case "E":
		return 3660
	case "C":
		return 36600
	}
	return 2 // a night over midnight
}

// unitValue is the value of the unit n units away from the one that holds d.
func unitValue(unit string, d Day, n int) string {
	y, m, _ := d.Date()
	switch unit {
	case "D":
		return (d + Day(n)).String()
	case "W":
		return weekValue(d + Day(7*n))
	case "M":
		y, m, _ = d.addMonths(n).Date()
		return monthValue(y, m)
	case "Q":
		y, m, _ = d.addMonths(3 * n).Date()
		return fmt.Sprintf("%04d-Q%d", y, (m+2)/3)
	case "Y":
		return figures(y+n, 4)
	case "E":
		return figures(floorDiv(y, 10)+n, 3)
	case "C":
		return figures(floorDiv(y, 100)+n, 2)
	}
	return ""
}

// figures writes a number of so many figures, or nothing where it has others:
// the year −30 is no TIMEX3 value.
func figures(n, width int) string {
	s := fmt.Sprintf("%0*d", width, n)
	if n < 0 || len(s) != width {
		return ""
	}
	return s
}

// away is a count of units before or after the anchor: "three years ago" has
// the grain of its unit, so it is a year.
type away struct {
	unit unit
	n    int // negative before
	ref  bool
	over bool // "more than": at least so far away
}

func (w away) resolve(a *anchor) result {
	base, ok := a.base(w.ref)
	if !ok || w.ref && a.ref.Days() > grain(w.unit.letter) {
		return result{}
	}
	n := w.n * w.unit.count
	var value string
	switch w.unit.letter {
	case "TH", "TM", "TS":
		value = base.String() // within the day; hours over midnight are not followed
		if w.unit.letter == "TH" && (n <= -24 || n >= 24) {
			value = (base + Day(n/24)).String()
		}
	default:
		value = unitValue(w.unit.letter, base, n)
	}
	r := valueResult(value)
	if w.over && n < 0 {
		r.openStart = true
	}
	if w.over && n > 0 {
		r.openEnd = true
	}
	return r
}

// period is a duration, with its days where the text ties it to the
// publication: "the past 24 hours".
type period struct {
	value string
	unit  unit
	n     int
	dir   direction // last, next, or free where it floats
}

func (p period) resolve(a *anchor) result {
	r := result{value: p.value}
	if p.dir == free || !a.dated {
		return r
	}
	n := p.n * p.unit.count
	if p.dir == last {
		n = -n
	}
	far := a.published
	switch p.unit.letter {
	case "D":
		far += Day(n)
	case "W":
		far += Day(7 * n)
	case "M":
		far = far.addMonths(n)
	case "Y":
		far = far.addMonths(12 * n)
	case "TH":
		far += Day(floorDiv(n, 24))
	}
	r.days, r.dated = Interval{min(far, a.published), max(far, a.published)}, true
	return r
}

// set is a time that comes again and again.
type set string

func (s set) resolve(*anchor) result { return result{value: string(s)} }
