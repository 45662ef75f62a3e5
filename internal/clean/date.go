package clean

import (
	"strings"
	"time"
)

// zoned are the forms of a moment with its zone, as pages and feeds give it;
// local those of a day, or of a moment whose zone nobody knows.
var (
	zoned = []string{
		time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04Z0700", "2006-01-02 15:04:05Z07:00",
		"2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05 Z07:00", "20060102T150405Z", "20060102T150405Z0700",
		time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "Mon, 2 Jan 2006 15:04 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2006-01-02 15:04:05 MST",
	}
	local = []string{
		"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04",
		"2006/01/02", "2006/01/02 15:04:05", "2006/1/2", "2006.01.02", "20060102", "20060102T150405",
		"January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "2 January 2006", "2 Jan 2006", "January 2 2006", "02-Jan-2006",
		"Monday, January 2, 2006", "Monday, 2 January 2006", "Monday 2 January 2006", "Mon, 2 Jan 2006", "Mon, Jan 2, 2006",
		"January 2, 2006 3:04 PM", "January 2, 2006, 3:04 PM", "Jan 2, 2006 3:04 PM", "2 January 2006 15:04", "2 January 2006, 15:04",
	}
)

// Date reads a date as metadata gives it and returns it as precisely as it is
// known: RFC 3339 where the zone is given, else the day; "" for what cannot be
// read or could be read in two ways ("05/07/2031"). A zone that is only a name
// is no zone but for GMT and UTC: "IST" is three.
func Date(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) < 8 || len(s) > 60 {
		return ""
	}
	for _, l := range zoned {
		if t, err := time.Parse(l, s); err == nil && plausible(t) {
			if name, offset := t.Zone(); offset == 0 && name != "UTC" && name != "GMT" && name != "" {
				return t.Format(time.DateOnly)
			}
			return t.Truncate(time.Second).Format(time.RFC3339)
		}
	}
	for _, l := range local {
		if t, err := time.Parse(l, s); err == nil && plausible(t) {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

// plausible keeps out zero dates and what was never a date.
func plausible(t time.Time) bool { return t.Year() >= 1600 && t.Year() < 2200 }

// dayOf is the day of a date that Date returned, in its own zone.
func dayOf(date string) (time.Time, bool) {
	if len(date) < len(time.DateOnly) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, date[:len(time.DateOnly)])
	return t, err == nil
}
