package when

import (
	"fmt"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ value, first, last string }{
		{"2031-05-07", "2031-05-07", "2031-05-07"},
		{"2031-05-07T15:30", "2031-05-07", "2031-05-07"},
		{"2031-05-07TEV", "2031-05-07", "2031-05-07"},
		{"2031-05", "2031-05-01", "2031-05-31"},
		{"2028-02", "2028-02-01", "2028-02-29"},
		{"2100-02", "2100-02-01", "2100-02-28"},
		{"2031-12", "2031-12-01", "2031-12-31"},
		{"2031", "2031-01-01", "2031-12-31"},
		{"203", "2030-01-01", "2039-12-31"},
		{"20", "2000-01-01", "2099-12-31"},
		{"2031-W01", "2030-12-30", "2031-01-05"}, // 1 January 2031 is a Wednesday
		{"2026-W53", "2026-12-28", "2027-01-03"},
		{"2031-W19-WE", "2031-05-10", "2031-05-11"},
		{"2031-W19-3", "2031-05-07", "2031-05-07"},
		{"2031-Q4", "2031-10-01", "2031-12-31"},
		{"2031-H1", "2031-01-01", "2031-06-30"},
		{"2031-SP", "2031-03-01", "2031-05-31"},
		{"2031-WI", "2031-12-01", "2032-02-29"},
	} {
		iv, ok := Parse(c.value)
		if !ok || iv.First.String() != c.first || iv.Last.String() != c.last {
			t.Errorf("Parse(%q) = %v to %v, %v; want %s to %s", c.value, iv.First, iv.Last, ok, c.first, c.last)
		}
	}
	for _, bad := range []string{"", "P4D", "PT24H", "XXXX-WXX-5", "XXXX-05-07", "PAST_REF", "2031-13", "2031-02-29",
		"2031-5-7", "2031-W53", "2031-W00", "2031-Q5", "2031-W", "2031-", "-", "2031-05-", "2031-05-07-01", "20311", "T15:30"} {
		if iv, ok := Parse(bad); ok {
			t.Errorf("Parse(%q) = %v to %v, want none", bad, iv.First, iv.Last)
		}
	}
}

func TestParseDay(t *testing.T) {
	for in, want := range map[string]string{
		"2031-05-07":                "2031-05-07",
		"2031-05-07T00:30:00+05:00": "2031-05-07", // the day of its own zone
		"2031-05-07T23:59:59Z":      "2031-05-07",
		"0001-01-01":                "0001-01-01",
		"9999-12-31":                "9999-12-31",
	} {
		if d, ok := ParseDay(in); !ok || d.String() != want {
			t.Errorf("ParseDay(%q) = %v, %v; want %s", in, d, ok, want)
		}
	}
	for _, bad := range []string{"", "2031", "2031-05", "2031-02-29", "7 May 2031", "2031-05-07T25:00:00Z", "2031-05-07 10:00"} {
		if d, ok := ParseDay(bad); ok {
			t.Errorf("ParseDay(%q) = %v, want none", bad, d)
		}
	}
}

// TestDaysAndBack walks over year ends, leap years and centuries by every value
// that can name a day, and holds each to name it again.
func TestDaysAndBack(t *testing.T) {
	for d := DayOf(1895, 12, 25); d < DayOf(2105, 1, 10); d += 3 {
		y, m, dd := d.Date()
		if DayOf(y, m, dd) != d {
			t.Fatalf("%v: DayOf(Date) = %v", d, DayOf(y, m, dd))
		}
		if back, ok := ParseDay(d.String()); !ok || back != d {
			t.Fatalf("%v: ParseDay(String) = %v, %v", d, back, ok)
		}
		week, iso := d.Week()
		values := []string{d.String(), weekValue(d), monthValue(y, m), yearValue(y), figures(y/10, 3), figures(y/100, 2),
			fmt.Sprintf("%04d-W%02d-%d", week, iso, d.Weekday()), fmt.Sprintf("%04d-Q%d", y, (m+2)/3), unitValue("Q", d, 0)}
		for _, v := range values {
			iv, ok := Parse(v)
			if !ok || !iv.Contains(d) || iv.First > iv.Last {
				t.Fatalf("%v is not in %s (%v to %v, %v)", d, v, iv.First, iv.Last, ok)
			}
		}
		if iv, _ := Parse(weekValue(d)); iv.Days() != 7 || iv.First.Weekday() != 1 {
			t.Fatalf("week %s begins %v and has %d days", weekValue(d), iv.First, iv.Days())
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2031-03-31", -1, "2031-02-28"},
		{"2028-03-31", -1, "2028-02-29"},
		{"2031-01-31", 1, "2031-02-28"},
		{"2031-12-15", 1, "2032-01-15"},
		{"2031-01-15", -1, "2030-12-15"},
		{"2028-02-29", -12, "2027-02-28"},
		{"2031-05-07", -25, "2029-04-07"},
	} {
		d, _ := ParseDay(c.from)
		if got := d.addMonths(c.n).String(); got != c.want {
			t.Errorf("%s %+d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestIntervals(t *testing.T) {
	may, _ := Parse("2031-05")
	day, _ := Parse("2031-05-31")
	june, _ := Parse("2031-06")
	if !may.Overlaps(day) || !day.Overlaps(may) || may.Overlaps(june) || june.Overlaps(may) {
		t.Error("Overlaps is wrong at the end of May")
	}
}

// TestComputus holds the movable feasts to years that almanacs print.
func TestComputus(t *testing.T) {
	for year, want := range map[int]string{
		1961: "1961-04-02", 2000: "2000-04-23", 2008: "2008-03-23", 2011: "2011-04-24", 2024: "2024-03-31",
		2025: "2025-04-20", 2026: "2026-04-05", 2038: "2038-04-25",
	} {
		if got := easter(year).String(); got != want {
			t.Errorf("Easter %d: %s, want %s", year, got, want)
		}
	}
	for year, want := range map[int]string{
		2000: "2000-04-30", 2016: "2016-05-01", 2024: "2024-05-05", 2025: "2025-04-20", 2026: "2026-04-12",
	} {
		if got := orthodoxEaster(year).String(); got != want {
			t.Errorf("Orthodox Easter %d: %s, want %s", year, got, want)
		}
	}
	if got := nthWeekday(2030, 11, 4, 4).String(); got != "2030-11-28" {
		t.Errorf("Thanksgiving 2030: %s", got)
	}
	if got := nthWeekday(2031, 5, 1, -1).String(); got != "2031-05-26" {
		t.Errorf("last Monday of May 2031: %s", got)
	}
}

// TestHijri: the tabular calendar and the announced days differ by one at most.
func TestHijri(t *testing.T) {
	for _, c := range []struct {
		month, day, year int
		announced        string
	}{
		{9, 1, 2020, "2020-04-24"}, {9, 1, 2023, "2023-03-23"}, {9, 1, 2024, "2024-03-11"}, {9, 1, 2025, "2025-03-01"},
		{10, 1, 2021, "2021-05-13"}, {10, 1, 2024, "2024-04-10"}, {12, 10, 2022, "2022-07-09"}, {12, 10, 2024, "2024-06-16"},
		{1, 10, 2015, "2015-10-24"},
	} {
		got, ok := hijriIn(c.year, c.month, c.day)
		want, _ := ParseDay(c.announced)
		if !ok || distance(got, want) > 1 {
			t.Errorf("%02d-%02d in %d: %v, announced %s", c.month, c.day, c.year, got, c.announced)
		}
	}
	for year := 1990; year <= 2040; year++ {
		if d, ok := hijriIn(year, 9, 1); !ok || !strings.HasPrefix(d.String(), yearValue(year)) {
			t.Errorf("no Ramadan in %d (%v)", year, d)
		}
	}
}
