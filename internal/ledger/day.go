package ledger

import (
	"fmt"
	"math"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// unknownDay stands for a day that nobody gives.
const unknownDay = math.MinInt32

// dayOf counts a date in days since 1970; unknownDay where it is none.
func dayOf(date string) int {
	t, err := time.Parse(time.DateOnly, day(date))
	if err != nil {
		return unknownDay
	}
	return int(t.Unix() / (24 * 60 * 60))
}

// day cuts RFC 3339 down to the day, in the zone that it has.
func day(date string) string { return date[:min(len(date), len(time.DateOnly))] }

// dateOf writes a day.
func dateOf(day int) string {
	if day == unknownDay {
		return ""
	}
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly)
}

// interval is a stretch of days, both included; either end may be unknown.
type interval struct {
	from, to int
	// precise: the text itself dates it to the day.
	precise bool
	// text: the text dates it, and not only the publication.
	text bool
}

func intervalOf(t news.EventTime) interval {
	i := interval{from: dayOf(string(t.Earliest)), to: dayOf(string(t.Latest)), text: t.Basis == news.TimeFromText}
	if i.from != unknownDay && i.to != unknownDay && i.from > i.to {
		i.from, i.to = i.to, i.from
	}
	i.precise = i.text && t.Precision == news.PrecisionDay && i.from != unknownDay && i.to != unknownDay
	return i
}

// apart is how many days lie between two stretches; 0 where they meet.
func (i interval) apart(o interval) int {
	if i.from != unknownDay && o.to != unknownDay && i.from > o.to {
		return i.from - o.to
	}
	if o.from != unknownDay && i.to != unknownDay && o.from > i.to {
		return o.from - i.to
	}
	return 0
}

// length is the number of days of the stretch; 0 where an end is unknown.
func (i interval) length() int {
	if i.from == unknownDay || i.to == unknownDay {
		return 0
	}
	return i.to - i.from + 1
}

func (i interval) String() string {
	if i.from == i.to {
		return dateOf(i.from)
	}
	return fmt.Sprintf("%s/%s", dateOf(i.from), dateOf(i.to))
}
