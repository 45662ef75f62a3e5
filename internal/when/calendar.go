package when

import (
	"fmt"
	"time"
)

// Day is a day of the proleptic Gregorian calendar, counted from 1970-01-01.
type Day int

// DayOf returns the day of a year, month (1–12) and day of month. Values out of
// range carry over as in time.Date: 31 April is 1 May.
func DayOf(year, month, day int) Day {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return Day(floorDiv(int(t.Unix()), 86400))
}

// ParseDay reads a day, "2031-05-07", or an RFC 3339 time, of which it takes the
// day in the zone the time is given in: an article stamped 00:30 in Karachi was
// written on that day for its readers, whatever UTC says.
func ParseDay(s string) (Day, bool) {
	if len(s) > 10 {
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			return 0, false
		}
		s = s[:10]
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, false
	}
	y, m, d := t.Date()
	return DayOf(y, int(m), d), true
}

// Date returns the year, month (1–12) and day of month.
func (d Day) Date() (year, month, day int) {
	y, m, dd := d.time().Date()
	return y, int(m), dd
}

// Weekday returns the ISO day of the week: 1 is Monday, 7 Sunday.
func (d Day) Weekday() int {
	// 1970-01-01 was a Thursday.
	return mod(int(d)+3, 7) + 1
}

// Week returns the ISO 8601 year and week that hold the day.
func (d Day) Week() (year, week int) { return d.time().ISOWeek() }

// String returns the day as YYYY-MM-DD.
func (d Day) String() string {
	y, m, dd := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, dd)
}

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// addMonths moves the day by whole months and keeps to the last day of a
// shorter month: a month before 31 March is 28 or 29 February.
func (d Day) addMonths(n int) Day {
	y, m, dd := d.Date()
	m += n
	first := DayOf(y, m, 1)
	fy, fm, _ := first.Date()
	return first + Day(min(dd, daysIn(fy, fm))-1)
}

// daysIn is the length of a month.
func daysIn(year, month int) int {
	return int(DayOf(year, month+1, 1) - DayOf(year, month, 1))
}

// validDate reports whether the month has such a day.
func validDate(year, month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// weekStart is the Monday of an ISO week.
func weekStart(year, week int) Day {
	// 4 January is always in week 1.
	jan4 := DayOf(year, 1, 4)
	return jan4 - Day(jan4.Weekday()-1) + Day(7*(week-1))
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func mod(a, b int) int { return a - b*floorDiv(a, b) }
