package when

import "fmt"

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
	y, _, _ := d.Date()
	switch unit {
	case "D":
		return (d + Day(n)).String()
	case "W":
		return weekValue(d + Day(7*n))
	case "M":
		y, m, _ := d.addMonths(n).Date()
		return monthValue(y, m)
	case "Q":
		y, m, _ := d.addMonths(3 * n).Date()
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

// yearBack is "the same month last year": the unit of the date named before, or
// of publication, a year back.
type yearBack struct{ unit string }

func (y yearBack) resolve(a *anchor) result {
	base, ok := a.base(a.hasRef)
	if !ok {
		return result{}
	}
	return valueResult(unitValue(y.unit, base.addMonths(-12), 0))
}

// sameDay is "two years ago today": the day, not the year.
type sameDay away

func (s sameDay) resolve(a *anchor) result {
	if !a.dated {
		return result{}
	}
	n := s.n * s.unit.count
	switch s.unit.letter {
	case "W":
		return valueResult((a.published + Day(7*n)).String())
	case "M":
		return valueResult(a.published.addMonths(n).String())
	case "Y":
		return valueResult(a.published.addMonths(12 * n).String())
	}
	return away(s).resolve(a)
}
