package when

import "fmt"

// recurring is a part of the calendar that comes once a year.
type recurring interface {
	// in returns its value and days in a year; ok is false where the year has
	// none (29 February).
	in(year int) (value string, days Interval, ok bool)
}

// yearly is a recurring date in the year that the text or the anchor gives.
type yearly struct {
	recurring
	year    meaning // "May last year"; nil where the text names none
	dir     direction
	weekday int  // ISO, 0 where the text gives none: "Tuesday, May 6"
	until   bool // an end is named: "until May 6"
}

func (y yearly) resolve(a *anchor) result {
	if y.year != nil {
		r := y.year.resolve(a)
		if !r.dated {
			return result{}
		}
		yr, _, _ := r.days.First.Date()
		return y.at(yr)
	}
	if !a.dated {
		return result{}
	}
	yr, _, _ := a.published.Date()
	if y.dir == this {
		return y.at(yr)
	}
	before, after := y.around(a.published, yr)
	switch {
	case y.dir == last || y.dir == next:
		if b := before; b.dated && b.days.Contains(a.published) {
			// "last May" in May is the one before
			if y.dir == last {
				return y.at(yr - 1)
			}
			return y.at(yr + 1)
		}
		if y.dir == last {
			return before
		}
		return after
	case before.dated && before.days.Contains(a.published):
		return before
	case !after.dated:
		return before
	case !before.dated:
		return after
	case y.weekday != 0:
		// The weekday fits one year in six or so: the nearest that fits is meant.
		if distance(after.days.First, a.published) < distance(before.days.Last, a.published) {
			return after
		}
		return before
	}
	ahead, behind := distance(after.days.First, a.published), distance(before.days.Last, a.published)
	switch a.tense() {
	case future:
		return after
	case past:
		// "were suspended until June 3" tells in the past tense what lasts: the
		// nearer end is meant. So it is mostly with those of other verbs ("served until March").
		if y.until && ahead < behind {
			return after
		}
		return before
	}
	// No verb tells, or one in the present: a date soon to come ("a June 3 hearing") stands against
	// one long gone.
	const soon = 92 // days
	if (a.tense() == present || y.until) && ahead < behind {
		return after // "until she leaves office on January 20"
	}
	if ahead <= soon && behind > 2*ahead {
		return after
	}
	return before
}

// around returns the nearest one that began on or before the day and the
// nearest that begins after it.
func (y yearly) around(d Day, year int) (before, after result) {
	reach := 1
	if y.weekday != 0 {
		reach = 6 // a date falls on a given weekday again after 5, 6 or 11 years
	}
	if y.recurring == (monthDay{2, 29}) {
		reach = 8 // over 2100, which has none
	}
	for i := -reach; i <= reach; i++ {
		r := y.at(year + i)
		if !r.dated || y.weekday != 0 && r.days.First.Weekday() != y.weekday {
			continue
		}
		if r.days.First <= d {
			before = r
		} else if !after.dated {
			after = r
		}
	}
	return before, after
}

func (y yearly) at(year int) result {
	value, days, ok := y.in(year)
	if !ok {
		return result{}
	}
	return result{value: value, days: days, dated: true}
}

// monthDay is a day of a month.
type monthDay struct{ month, day int }

func (d monthDay) in(year int) (string, Interval, bool) {
	if !validDate(year, d.month, d.day) {
		return "", Interval{}, false
	}
	day := DayOf(year, d.month, d.day)
	return day.String(), dayInterval(day), true
}

// month is a month of the year, 1–12.
type month int

func (m month) in(year int) (string, Interval, bool) {
	return monthValue(year, int(m)), monthInterval(year, int(m)), true
}

// monthWeek is a week of a month counted in sevens from its first day, the
// last (n = −1) from its end. Its value is the month: TIMEX3 has none for it.
type monthWeek struct{ month, n int }

func (w monthWeek) in(year int) (string, Interval, bool) {
	days := monthInterval(year, w.month)
	if w.n < 0 {
		days.First = days.Last - 6
	} else {
		days.First += Day(7 * (w.n - 1))
		days.Last = min(days.First+6, days.Last)
	}
	return monthValue(year, w.month), days, true
}

// suffix is a part of the year that TIMEX3 writes behind it: Q1–Q4, H1, H2 and
// the seasons.
type suffix string

func (s suffix) in(year int) (string, Interval, bool) {
	value := fmt.Sprintf("%04d-%s", year, string(s))
	days, ok := Parse(value)
	return value, days, ok
}
