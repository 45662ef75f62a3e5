package cases

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// null is how a case writes that there is no value.
const null = "null"

// canonDates turns "2031-05" into "2031-05-01/2031-05-31", the form that
// dateRange gives.
func canonDates(v string) (string, error) {
	first, last, two := strings.Cut(v, "/")
	if !two {
		last = first
	}
	earliest, _, err := days(first)
	if err != nil {
		return "", err
	}
	_, latest, err := days(last)
	if err != nil {
		return "", err
	}
	return dateRange(news.Optional(earliest), news.Optional(latest)), nil
}

// days returns the first and last day of a day, a month or a year; the empty
// string is an open end.
func days(v string) (first, last string, err error) {
	if v == "" {
		return "", "", nil
	}
	for _, f := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(f.layout, v); err == nil {
			return t.Format(time.DateOnly), t.AddDate(f.years, f.months, f.days-1).Format(time.DateOnly), nil
		}
	}
	return "", "", errors.New("no day, month or year")
}

func dateRange(earliest, latest news.Optional) string {
	switch {
	case earliest == "" && latest == "":
		return null
	case earliest == latest:
		return string(earliest)
	}
	return string(earliest) + "/" + string(latest)
}

// canonCount checks a number as a case writes it and drops thousands commas.
func canonCount(v string) (string, error) {
	v = strings.ReplaceAll(v, ",", "")
	digits := strings.TrimSuffix(v, "+")
	for _, p := range []string{">=", "<=", "~"} {
		digits = strings.TrimPrefix(digits, p)
	}
	for _, n := range strings.SplitN(digits, "-", 2) {
		if _, err := strconv.Atoi(n); err != nil {
			return "", errors.New("want 36, ~169, >=36, <=50, 30-40 or 24+")
		}
	}
	return v, nil
}

// countValue writes the number of a count as a case does.
func countValue(c news.Count) string {
	n := func(p *int) string { return strconv.Itoa(*p) }
	low, best, high := c.Low != nil, c.Best != nil, c.High != nil
	switch {
	case low && best && high && *c.Low == *c.Best && *c.Best == *c.High:
		return n(c.Best)
	case !low && best && !high:
		return "~" + n(c.Best)
	case low && best && !high && *c.Low == *c.Best:
		return ">=" + n(c.Low)
	case !low && !best && high:
		return "<=" + n(c.High)
	case low && !best && high:
		return n(c.Low) + "-" + n(c.High)
	case low && !best && !high:
		return n(c.Low) + "+"
	}
	part := func(p *int) string {
		if p == nil {
			return null
		}
		return n(p)
	}
	return fmt.Sprintf("%s/%s/%s", part(c.Low), part(c.Best), part(c.High))
}

// canonPosition checks "true" or "lat,lon".
func canonPosition(v string) (string, error) {
	if v == "true" {
		return v, nil
	}
	if _, _, ok := position(v); !ok {
		return "", errors.New("want true or lat,lon in degrees")
	}
	return v, nil
}

func position(v string) (lat, lon float64, ok bool) {
	a, b, ok := strings.Cut(v, ",")
	lat, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	lon, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	return lat, lon, ok && err1 == nil && err2 == nil
}

// nearPosition allows 0.2 degrees: sources differ on where a city's middle is.
func nearPosition(have, want string) bool {
	if want == "true" {
		return true
	}
	lat, lon, ok := position(have)
	wantLat, wantLon, wantOK := position(want)
	return ok && wantOK && math.Abs(lat-wantLat) <= 0.2 && math.Abs(lon-wantLon) <= 0.2
}
