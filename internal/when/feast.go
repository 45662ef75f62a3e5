package when

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/internal/nlp"
)

var (
	//go:embed feasts.tsv
	feastText string
	//go:embed movable.tsv
	movableText string
)

// feast is a day or a run of days that each year's calendar places anew.
type feast struct {
	rule    string
	a, b, c int    // the rule's argument in numbers
	table   string // for the rule "table"
	days    int
	movable map[string]map[int]monthDay
}

// calendar knows the feasts by name.
type calendar struct {
	byFirst map[string][]namedFeast // by the first word of the name
}

type namedFeast struct {
	name []string // words as scan cuts them
	feast
}

// feasts is read once and never changed; TestFeasts fails where a line of its
// files cannot be read.
var feasts = sync.OnceValue(func() *calendar {
	c, _ := parseFeasts(feastText, movableText)
	return c
})

func parseFeasts(names, movable string) (*calendar, error) {
	c := &calendar{byFirst: make(map[string][]namedFeast)}
	table, err := parseMovable(movable)
	if err != nil {
		return c, err
	}
	for i, line := range strings.Split(names, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) != 4 {
			return c, fmt.Errorf("feasts.tsv:%d: %d columns, want 4", i+1, len(col))
		}
		f := feast{rule: col[1], movable: table}
		switch f.rule {
		case "fixed", "hijri":
			_, err = fmt.Sscanf(col[2], "%d-%d", &f.a, &f.b)
		case "easter", "orthodox":
			f.a, err = strconv.Atoi(col[2])
		case "nth":
			_, err = fmt.Sscanf(col[2], "%d-%d-%d", &f.a, &f.b, &f.c)
		case "table":
			f.table = col[2]
			if table[f.table] == nil {
				err = fmt.Errorf("no table %q", f.table)
			}
		default:
			err = fmt.Errorf("unknown rule %q", f.rule)
		}
		if err == nil {
			f.days, err = strconv.Atoi(col[3])
		}
		if err != nil {
			return c, fmt.Errorf("feasts.tsv:%d: %w", i+1, err)
		}
		name := cutName(col[0])
		c.byFirst[name[0]] = append(c.byFirst[name[0]], namedFeast{name, f})
	}
	return c, nil
}

func parseMovable(text string) (map[string]map[int]monthDay, error) {
	table := make(map[string]map[int]monthDay)
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		var name string
		var year int
		var d monthDay
		if _, err := fmt.Sscanf(line, "%s\t%d\t%d-%d", &name, &year, &d.month, &d.day); err != nil {
			return nil, fmt.Errorf("movable.tsv:%d: %w", i+1, err)
		}
		if table[name] == nil {
			table[name] = make(map[int]monthDay)
		}
		table[name][year] = d
	}
	return table, nil
}

// cutName cuts a name into words as scan does.
func cutName(s string) []string {
	var out []string
	for _, f := range strings.Fields(s) {
		for f != "" {
			n := strings.IndexAny(f, "-'")
			switch {
			case n < 0:
				out, f = append(out, f), ""
			case n == 0:
				out, f = append(out, f[:1]), f[1:]
			default:
				out, f = append(out, f[:n]), f[n:]
			}
		}
	}
	return out
}

func (c *calendar) begins(word string) bool { return len(c.byFirst[word]) > 0 }

// find returns the longest feast whose name stands at word i.
func (c *calendar) find(m *matcher, i int) (feast, int) {
	var best feast
	end := 0
	for _, f := range c.byFirst[m.at(i).low] {
		if j := m.seq(i, f.name...); j > end && m.at(i).upper {
			best, end = f.feast, j
		}
	}
	return best, end
}

// feastDay reads the name of a feast and the year that may follow it.
func (m *matcher) feastDay(i int) (meaning, int) {
	f, j := m.feast.find(m, i)
	if j == 0 {
		return nil, 0
	}
	if n, ok := m.names.at(m.at(i).token); ok && n.Type == nlp.NamePerson && n.To > m.at(j-1).token+1 {
		return nil, 0 // Easter Quill is a person
	}
	if n := m.at(j); n.upper && n.kind == letters && m.tag(j) == "PROPN" && !m.timeWord(j) {
		return nil, 0 // Easter Island
	}
	if m.low(i, "new") && j == i+2 && m.low(i-1, "a", "this", "each") {
		return nil, 0
	}
	year, k := m.yearOf(j)
	return inYear(f, year), max(j, k)
}

func (m *matcher) timeWord(i int) bool {
	w := m.at(i)
	for _, c := range []class{weekdayName, monthName, dayPart, dayWord} {
		if _, ok := w.is(c); ok {
			return true
		}
	}
	return false
}

// in places the feast in a year.
func (f feast) in(year int) (string, Interval, bool) {
	var d Day
	loose := Day(0)
	switch f.rule {
	case "fixed":
		d = DayOf(year, f.a, f.b)
	case "easter":
		d = easter(year) + Day(f.a)
	case "orthodox":
		d = orthodoxEaster(year) + Day(f.a)
	case "nth":
		d = nthWeekday(year, f.a, f.b, f.c)
	case "hijri":
		var ok bool
		if d, ok = hijriIn(year, f.a, f.b); !ok {
			return "", Interval{}, false
		}
		loose = 1 // the moon is sighted a day sooner or later from country to country
	case "table":
		md, ok := f.movable[f.table][year]
		if !ok {
			return "", Interval{}, false
		}
		d = DayOf(year, md.month, md.day)
	}
	return d.String(), Interval{d - loose, d + Day(f.days-1) + loose}, true
}
