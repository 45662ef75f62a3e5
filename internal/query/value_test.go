package query_test

import (
	"testing"
	"time"

	. "github.com/onrecord/onrecord/internal/query"
)

func TestDays(t *testing.T) {
	now := time.Date(2026, 3, 31, 23, 30, 0, 0, time.FixedZone("", -3600)) // 1 April in UTC
	for value, want := range map[string][2]string{
		"2026-01-31":      {"2026-01-31", "2026-01-31"},
		"2024-02":         {"2024-02-01", "2024-02-29"},
		"2026":            {"2026-01-01", "2026-12-31"},
		"2026-01/2026-03": {"2026-01-01", "2026-03-31"},
		"2025/2026-03-05": {"2025-01-01", "2026-03-05"},
		"2026-01/":        {"2026-01-01", ""},
		"/2026-01":        {"", "2026-01-31"},
		"1d":              {"2026-04-01", ""},
		"7d":              {"2026-03-26", ""},
		"2w":              {"2026-03-19", ""},
		"1m":              {"2026-03-02", ""},
		"1y":              {"2025-04-02", ""},
		"9999":            {"9999-01-01", "9999-12-31"},
		"9999y":           {"0001-01-01", ""},
	} {
		q, err := Parse("published:" + value)
		if err != nil {
			t.Error(err)
			continue
		}
		first, last := q.Root.(Term).Days(now)
		if got := [2]string{first, last}; got != want {
			t.Errorf("%s: %v, want %v", value, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for value, want := range map[string][2]int64{
		"5": {5, 5}, ">=5": {5, -1}, ">5": {6, -1}, "<=5": {0, 5}, "<5": {0, 4}, "5..10": {5, 10}, "0": {0, 0}, ">=10000000000": {10_000_000_000, -1},
	} {
		q, err := Parse("killed:" + value)
		if err != nil {
			t.Error(err)
			continue
		}
		low, high := q.Root.(Term).Numbers()
		if got := [2]int64{low, high}; got != want {
			t.Errorf("%s: %v, want %v", value, got, want)
		}
		if q.Root.(Term).Nothing() {
			t.Errorf("%s asks for nothing", value)
		}
	}
	q, err := Parse("killed:<0")
	if err != nil || !q.Root.(Term).Nothing() {
		t.Errorf("less than 0: %v, %v", q, err)
	}
}
