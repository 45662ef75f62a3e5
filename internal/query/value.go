package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// read checks the value of a term. Where it is wrong it says what is, and how
// to mend it.
func (f FieldInfo) read(v string) (t Term, mend, wrong string) {
	t = Term{Field: f.Field, Value: v}
	switch f.form {
	case words:
		if !searchable(v) {
			return t, "leave it out, or write a word", fmt.Sprintf("there is no letter and no digit in %q", v)
		}
	case code, upper:
		t.Value = strings.ToLower(v)
		if f.form == upper {
			t.Value = strings.ToUpper(v)
		}
		if !plain(v) {
			return t, "write it as docs/codebook.md does, such as " + f.Example, fmt.Sprintf("%q is no %s", v, f.Field)
		}
	case choice, yesNo:
		t.Value = strings.ToLower(v)
		switch {
		case f.form == yesNo && t.Value == "true":
			t.Value = "yes"
		case f.form == yesNo && t.Value == "false":
			t.Value = "no"
		}
		if all := f.Field.Choices(); !slices.Contains(all, t.Value) {
			mend = "it is one of " + strings.Join(all, ", ")
			if n := nearest(v, all); n != "" {
				mend = n + " is the nearest; " + mend
			}
			return t, mend, fmt.Sprintf("%s: has no value %q", f.Field, v)
		}
	case alpha3:
		t.Value = strings.ToUpper(v)
		if len(v) != 3 || !plain(v) {
			return t, "write three letters (ISO 3166-1), such as " + f.Example, fmt.Sprintf("%q is no code of a country", v)
		}
	case alpha2:
		t.Value = strings.ToLower(v)
		if len(v) != 2 || !plain(v) {
			return t, "write two letters (ISO 639-1), such as " + f.Example, fmt.Sprintf("%q is no code of a language", v)
		}
	case ident:
		if !plain(v) || len(v) > 64 {
			return t, "copy it from the story's address", fmt.Sprintf("%q is no id", v)
		}
	case number:
		return readNumber(f, v)
	case days:
		if part, ok := readDays(v); !ok {
			return t, "write a day (2026-01-31), a month (2026-01), a year, two of them with / between, or how far back: 7d, 4w, 6m, 1y",
				fmt.Sprintf("%q is no date", part)
		}
	}
	return t, "", ""
}

// plain reports whether there are only ASCII letters, digits, "-" and "_".
func plain(v string) bool {
	for i := range len(v) {
		c := v[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return v != ""
}

// maxNumber is the greatest that may be asked for: all people there are.
const maxNumber = 10_000_000_000

func readNumber(f FieldInfo, v string) (t Term, mend, wrong string) {
	t = Term{Field: f.Field}
	for _, op := range []Op{AtLeast, AtMost, Above, Below} {
		if rest, ok := strings.CutPrefix(v, string(op)); ok {
			t.Op, v = op, rest
			break
		}
	}
	if t.Op == Equal {
		v = strings.TrimPrefix(v, "=")
	}
	low, high, between := strings.Cut(v, "..")
	t.Value = v
	a, ok := whole(low)
	b := a
	if ok && between {
		b, ok = whole(high)
	}
	switch {
	case !ok || between && t.Op != Equal:
		return t, fmt.Sprintf("write %s:5, %s:>=5, %s:<100 or %s:5..10", f.Field, f.Field, f.Field, f.Field), fmt.Sprintf("%q is no whole number", v)
	case a > b:
		return t, fmt.Sprintf("write %s:%d..%d", f.Field, b, a), fmt.Sprintf("%d is more than %d", a, b)
	}
	t.Value = strconv.FormatInt(a, 10)
	if between && a != b {
		t.Value += ".." + strconv.FormatInt(b, 10)
	}
	return t, "", ""
}

func whole(s string) (int64, bool) {
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n <= maxNumber
}

// Numbers are the least and the greatest number that the term asks for, both
// included; high is -1 where there is no greatest.
func (t Term) Numbers() (low, high int64) {
	a, b, between := strings.Cut(t.Value, "..")
	low, _ = whole(a)
	high = low
	if between {
		high, _ = whole(b)
	}
	switch t.Op {
	case AtLeast:
		return low, -1
	case Above:
		return low + 1, -1
	case AtMost:
		return 0, low
	case Below:
		return 0, low - 1 // -1 below 0: nothing, see the callers
	}
	return low, high
}

// Nothing reports whether no number is what the term asks for: "<0".
func (t Term) Nothing() bool { return t.Op == Below && t.Value == "0" }

// readDays checks a span of days; part is what is wrong with it.
func readDays(v string) (part string, ok bool) {
	a, b, between := strings.Cut(v, "/")
	if !between {
		if _, ok := back(v, time.Time{}); ok {
			return "", true
		}
		_, _, ok := period(a)
		return v, ok
	}
	if a == "" && b == "" {
		return v, false
	}
	var first, last string
	for _, s := range []string{a, b} {
		if s == "" {
			continue
		}
		if _, _, ok := period(s); !ok {
			return s, false
		}
	}
	first, _, _ = period(a)
	_, last, _ = period(b)
	return v, first == "" || last == "" || first <= last
}

// Days are the first and the last day that the term asks for, YYYY-MM-DD, both
// included; "" where there is none. now fixes "7d": it is this day and the six
// before, in UTC.
func (t Term) Days(now time.Time) (first, last string) {
	if d, ok := back(t.Value, now); ok {
		return d, ""
	}
	a, b, between := strings.Cut(t.Value, "/")
	if !between {
		first, last, _ = period(a)
		return first, last
	}
	first, _, _ = period(a)
	_, last, _ = period(b)
	return first, last
}

// period is the first and last day of a day, a month or a year.
func period(s string) (first, last string, ok bool) {
	switch len(s) {
	case 4:
		if at, err := time.Parse("2006", s); err == nil && at.Year() > 0 {
			return s + "-01-01", s + "-12-31", true
		}
	case 7:
		if at, err := time.Parse("2006-01", s); err == nil && at.Year() > 0 {
			return s + "-01", at.AddDate(0, 1, -1).Format(time.DateOnly), true
		}
	case 10:
		if at, err := time.Parse(time.DateOnly, s); err == nil && at.Year() > 0 {
			return s, s, true
		}
	}
	return "", "", false
}

// back reads how far back: days, weeks, months, years.
func back(s string, now time.Time) (first string, ok bool) {
	if len(s) < 2 || len(s) > 5 {
		return "", false
	}
	n, ok := whole(s[:len(s)-1])
	if !ok || n == 0 {
		return "", false
	}
	today := now.UTC()
	switch s[len(s)-1] {
	case 'd':
		today = today.AddDate(0, 0, 1-int(n))
	case 'w':
		today = today.AddDate(0, 0, 1-7*int(n))
	case 'm':
		today = today.AddDate(0, -int(n), 1)
	case 'y':
		today = today.AddDate(-int(n), 0, 1)
	default:
		return "", false
	}
	if today.Year() < 1 {
		return "0001-01-01", true
	}
	return today.Format(time.DateOnly), true
}
