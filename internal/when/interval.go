package when

import (
	"fmt"
	"strconv"
	"strings"
)

// Interval is a run of days, both ends included.
type Interval struct {
	First, Last Day
}

// Overlaps reports whether the two intervals share a day.
func (iv Interval) Overlaps(o Interval) bool { return iv.First <= o.Last && o.First <= iv.Last }

// Contains reports whether the day lies in the interval.
func (iv Interval) Contains(d Day) bool { return iv.First <= d && d <= iv.Last }

// Days is the number of days in the interval.
func (iv Interval) Days() int { return int(iv.Last-iv.First) + 1 }

// Parse reads a TIMEX3 value that stands for a stretch of the calendar and
// returns its days: 2031-05-07, 2031-05-07T15:30, 2031-05-07TEV, 2031-W19,
// 2031-W19-WE, 2031-05, 2031, 2031-Q2, 2031-H1, 2031-SU, 203 (a decade) and
// 20 (a century). Durations, sets and vague values have no days of their own.
//
// Seasons are those of the northern hemisphere by whole months, and the winter
// of a year begins in its December.
func Parse(value string) (Interval, bool) {
	if i := strings.IndexByte(value, 'T'); i >= 0 {
		value = value[:i]
	}
	head, rest, cut := strings.Cut(value, "-")
	n, ok := digits(head)
	if !ok {
		return Interval{}, false
	}
	switch len(head) {
	case 2:
		return yearsOf(n*100, 100, rest)
	case 3:
		return yearsOf(n*10, 10, rest)
	case 4:
		if !cut {
			return yearsOf(n, 1, rest)
		}
		return parseInYear(n, rest)
	}
	return Interval{}, false
}

func yearsOf(year, count int, rest string) (Interval, bool) {
	if rest != "" {
		return Interval{}, false
	}
	return Interval{DayOf(year, 1, 1), DayOf(year+count, 1, 1) - 1}, true
}

func parseInYear(year int, rest string) (Interval, bool) {
	switch {
	case strings.HasPrefix(rest, "W") && rest != seasonWinter:
		return parseWeek(year, rest[1:])
	case strings.HasPrefix(rest, "Q"):
		return parseParts(year, rest[1:], 4)
	case strings.HasPrefix(rest, "H"):
		return parseParts(year, rest[1:], 2)
	}
	if first, ok := seasonMonth(rest); ok {
		return Interval{DayOf(year, first, 1), DayOf(year, first+3, 1) - 1}, true
	}
	mm, dd, day := strings.Cut(rest, "-")
	month, ok := digits(mm)
	if !ok || len(mm) != 2 || month < 1 || month > 12 {
		return Interval{}, false
	}
	if !day {
		return monthInterval(year, month), true
	}
	d, ok := digits(dd)
	if !ok || len(dd) != 2 || !validDate(year, month, d) {
		return Interval{}, false
	}
	return dayInterval(DayOf(year, month, d)), true
}

func parseWeek(year int, rest string) (Interval, bool) {
	ww, part, _ := strings.Cut(rest, "-")
	week, ok := digits(ww)
	if !ok || len(ww) != 2 || week < 1 || week > 53 {
		return Interval{}, false
	}
	monday := weekStart(year, week)
	if y, _ := monday.Week(); y != year {
		return Interval{}, false // week 53 of a year that has 52
	}
	switch part {
	case "":
		return Interval{monday, monday + 6}, true
	case "WE":
		return Interval{monday + 5, monday + 6}, true
	}
	d, ok := digits(part)
	if !ok || d < 1 || d > 7 {
		return Interval{}, false
	}
	return dayInterval(monday + Day(d-1)), true
}

// parseParts reads the number of an equal part of a year, a quarter or a half.
func parseParts(year int, rest string, parts int) (Interval, bool) {
	n, ok := digits(rest)
	if !ok || n < 1 || n > parts {
		return Interval{}, false
	}
	months := 12 / parts
	return Interval{DayOf(year, (n-1)*months+1, 1), DayOf(year, n*months+1, 1) - 1}, true
}

// The TIMEX3 seasons.
const (
	seasonSpring = "SP"
	seasonSummer = "SU"
	seasonAutumn = "FA"
	seasonWinter = "WI"
)

// seasonMonth is the first of the three months of a season.
func seasonMonth(season string) (int, bool) {
	switch season {
	case seasonSpring:
		return 3, true
	case seasonSummer:
		return 6, true
	case seasonAutumn:
		return 9, true
	case seasonWinter:
		return 12, true
	}
	return 0, false
}

func dayInterval(d Day) Interval { return Interval{d, d} }

func monthInterval(year, month int) Interval {
	return Interval{DayOf(year, month, 1), DayOf(year, month+1, 1) - 1}
}

func weekInterval(d Day) Interval {
	monday := d - Day(d.Weekday()-1)
	return Interval{monday, monday + 6}
}

// The values of the calendar's units that hold a day.

func weekValue(d Day) string {
	y, w := d.Week()
	return fmt.Sprintf("%04d-W%02d", y, w)
}

func monthValue(year, month int) string { return fmt.Sprintf("%04d-%02d", year, month) }

func yearValue(year int) string { return fmt.Sprintf("%04d", year) }

// digits reads a number that is nothing but ASCII digits.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}
