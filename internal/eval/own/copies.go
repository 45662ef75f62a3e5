package own

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Report is a news report: a headline and paragraphs.
type Report struct {
	Title      string
	Paragraphs []string
}

// Text is the report as one text, the headline first.
func (r Report) Text() string {
	return r.Title + "\n\n" + strings.Join(r.Paragraphs, "\n\n")
}

// CopyPair is two reports on one happening, and whether one is a copy of the
// other.
type CopyPair struct {
	Story  int // odd ones are kept back
	Line   int // of the second report, or of the one that it was made of
	First  Report
	Second Report
	Copy   bool
	How    string // how the second came to be: "cut", "by hand", "for itself" …
}

// CopyPairs reads a table of reports and makes the pairs: every two that were
// written each for itself, the edits made by hand, and for each report those
// made by the program. The same table always gives the same pairs.
func CopyPairs(table string) ([]CopyPair, error) {
	stories, err := readReports(table)
	if err != nil {
		return nil, err
	}
	var pairs []CopyPair
	for n, reports := range stories {
		var own []sourceReport
		for _, r := range reports {
			if r.of == "" {
				own = append(own, r)
			}
		}
		for i, a := range own {
			for _, b := range own[i+1:] {
				pairs = append(pairs, CopyPair{n, b.line, a.Report, b.Report, false, "for itself"})
			}
		}
		for _, r := range reports {
			if r.of == "" {
				continue
			}
			i := slices.IndexFunc(own, func(o sourceReport) bool { return o.name == r.of })
			if i < 0 {
				return nil, fmt.Errorf("line %d: story %d has no report %q", r.line, n, r.of)
			}
			pairs = append(pairs, CopyPair{n, r.line, own[i].Report, r.Report, true, "by hand"})
		}
		for i, r := range own {
			other := own[(i+1)%len(own)]
			for _, e := range edits {
				pairs = append(pairs, CopyPair{n, r.line, r.Report, e.make(r.Report, other.Report, n+i), e.copy, e.name})
			}
		}
	}
	return pairs, nil
}

type sourceReport struct {
	Report
	name, of string
	line     int
}

// readReports reads the table, the reports of each story together.
func readReports(table string) ([][]sourceReport, error) {
	var stories [][]sourceReport
	n := 0
	for line := range strings.Lines(table) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			return nil, fmt.Errorf("line %d: %d columns, want 5", n, len(cells))
		}
		story, err := strconv.Atoi(cells[0])
		if err != nil || story != len(stories) && story != len(stories)-1 || story < 0 {
			return nil, fmt.Errorf("line %d: story %q does not follow the one before", n, cells[0])
		}
		if story == len(stories) {
			stories = append(stories, nil)
		}
		r := sourceReport{Report{cells[3], strings.Split(cells[4], " ¶ ")}, cells[1], cells[2], n}
		if r.of == "-" {
			r.of = ""
		}
		if len(r.Paragraphs) < 4 {
			return nil, fmt.Errorf("line %d: %d paragraphs, want at least 4", n, len(r.Paragraphs))
		}
		stories[story] = append(stories[story], r)
	}
	return stories, nil
}
