package muc4

import (
	"regexp"
	"strings"
	"time"
)

// Report is one wire report.
type Report struct {
	ID        string
	Text      string // its paragraphs, unwrapped, in capitals as they came
	Published string // YYYY-MM-DD from its dateline, "" where it has "NO DATE"
}

var (
	reportID = regexp.MustCompile(`(?m)^[A-Z]+\d*-MUC\d-\d+.*$`)
	blank    = regexp.MustCompile(`\n[ \t]*\n`)
	dateline = regexp.MustCompile(`\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) (\d\d)\b`)
)

// ReadReports reads a file of reports.
func ReadReports(text string) []Report {
	text = strings.ReplaceAll(text, "\r", "")
	heads := reportID.FindAllStringIndex(text, -1)
	var all []Report
	for k, h := range heads {
		end := len(text)
		if k+1 < len(heads) {
			end = heads[k+1][0]
		}
		r := Report{ID: strings.Fields(text[h[0]:h[1]])[0]}
		var paragraphs []string
		for _, p := range blank.Split(text[h[1]:end], -1) {
			if p = strings.Join(strings.Fields(p), " "); p != "" {
				paragraphs = append(paragraphs, p)
			}
		}
		r.Text = strings.Join(paragraphs, "\n\n")
		if len(paragraphs) > 0 {
			head, _, _ := strings.Cut(paragraphs[0], "--")
			if day, ok := Day(dateline.FindString(head)); ok {
				r.Published = day
			}
		}
		all = append(all, r)
	}
	return all
}

// Day turns "04 FEB 90" into 1990-02-04. Years are of the twentieth century.
func Day(text string) (day string, ok bool) {
	m := dateline.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	t, err := time.Parse("2 Jan 2006", m[1]+" "+m[2][:1]+strings.ToLower(m[2][1:])+" 19"+m[3])
	if err != nil {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

// Interval turns the value of a date slot into its first and last day: "- 04
// FEB 90" is on or before that day and has no first one.
func Interval(value string) (first, last string, ok bool) {
	if rest, before := strings.CutPrefix(value, "- "); before {
		last, ok = Day(rest)
		return "", last, ok
	}
	from, to, is := strings.Cut(value, " - ")
	if first, ok = Day(from); !ok || !is {
		return first, first, ok
	}
	last, ok = Day(to)
	return first, last, ok
}
