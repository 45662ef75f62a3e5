// Package muc4 reads the reports and answer keys of the Fourth Message
// Understanding Conference (1992): wire reports in capitals, each with a
// template of 25 slots for every incident of terrorism in it. The slots and
// their fills are described in the conference's template documentation.
package muc4

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Slot is the number of a slot.
type Slot int

// The slots that are read.
const (
	MessageID    Slot = 0
	TemplateID   Slot = 1
	Date         Slot = 2
	Location     Slot = 3
	Type         Slot = 4
	Stage        Slot = 5
	Perpetrator  Slot = 9
	Organisation Slot = 10
	Thing        Slot = 12 // what was attacked that is no person
	Name         Slot = 18 // the persons attacked or harmed
	Description  Slot = 19
	Number       Slot = 21
	Effect       Slot = 23
)

// Template is the answer for one incident.
type Template struct {
	Message  string // the report's id
	Number   string
	Optional bool // in doubt whether it is wanted
	Fills    map[Slot][]Fill
}

// Fill is one value of a slot.
type Fill struct {
	Optional bool     // right both when given and when not
	Values   []string // all of which are right; none in slots of quoted words
	Words    []string // the quoted words that it is, or is said of
}

// Is reports whether a value is one of the right ones.
func (f Fill) Is(value string) bool { return slices.Contains(f.Values, value) }

var (
	slotLine = regexp.MustCompile(`^(\d+)\.\s+[A-Z ]+: [A-Z ]+?\s{2,}(.*)$`)
	quoted   = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	slash    = regexp.MustCompile(`\s*/\s*`)
	spaces   = regexp.MustCompile(`\s+`)
)

// fillColumn is where the fills of a slot stand in a line.
const fillColumn = 36

// ReadKeys reads a file of answer keys. Reports without an incident have one
// template whose slots are all "*"; these are left out.
func ReadKeys(text string) ([]Template, error) {
	var all []Template
	var t *Template
	slot := Slot(-1)
	for n, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		line = strings.TrimRight(line, " \t|")
		if line == "" || strings.HasPrefix(line, ";") {
			continue
		}
		value := ""
		if m := slotLine.FindStringSubmatch(line); m != nil {
			k, err := strconv.Atoi(m[1])
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			slot, value = Slot(k), m[2]
			if slot == MessageID {
				all = append(all, Template{Message: value, Fills: map[Slot][]Fill{}})
				t = &all[len(all)-1]
				continue
			}
		} else if len(line) > fillColumn && strings.TrimSpace(line[:fillColumn]) == "" {
			value = line[fillColumn:]
		} else {
			return nil, fmt.Errorf("line %d: %q is neither a slot nor a further fill", n+1, line)
		}
		if t == nil {
			return nil, fmt.Errorf("line %d: a slot before any message id", n+1)
		}
		if slot == TemplateID {
			t.Number, _, _ = strings.Cut(value, " ")
			t.Optional = strings.Contains(value, "OPTIONAL")
			continue
		}
		if f, ok := parseFill(slot, value); ok {
			t.Fills[slot] = append(t.Fills[slot], f)
		}
	}
	return slices.DeleteFunc(all, func(t Template) bool { return t.Fills[Type] == nil }), nil
}

// parseFill reads one fill; ok is false where the slot is empty ("-") or does
// not apply ("*").
func parseFill(slot Slot, text string) (f Fill, ok bool) {
	text = strings.TrimSpace(text)
	if text == "-" || text == "*" || text == "" {
		return f, false
	}
	if rest, optional := strings.CutPrefix(text, "?"); optional {
		f.Optional, text = true, strings.TrimSpace(rest)
	}
	if i := strings.IndexByte(text, '"'); i >= 0 {
		for _, m := range quoted.FindAllStringSubmatch(text[i:], -1) {
			f.Words = append(f.Words, strings.ReplaceAll(m[1], `\"`, `"`))
		}
		text = strings.TrimSuffix(strings.TrimSpace(text[:i]), ":")
	}
	if text == "" {
		return f, true
	}
	if slot == Location {
		f.Values = locations(text)
		return f, true
	}
	for _, v := range slash.Split(text, -1) {
		f.Values = append(f.Values, strings.Trim(spaces.ReplaceAllString(v, " "), " ()"))
	}
	return f, true
}

// locations spreads the alternatives of a place: "(PERU: LIMA (CITY)) / (PERU)"
// is two, and what stands in brackets behind a name is its kind, which is
// dropped. Names stay divided by ": ", those of two places between which it
// happened by " - ".
func locations(text string) []string {
	var out []string
	var b strings.Builder
	depth, group := 0, strings.HasPrefix(text, "(")
	flush := func() {
		if v := strings.Trim(strings.ReplaceAll(spaces.ReplaceAllString(b.String(), " "), " :", ":"), " "); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
		b.Reset()
	}
	outer := 0
	if group {
		outer = 1
	}
	for _, r := range text {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == '/' && depth == 0:
			flush()
		case depth == outer:
			b.WriteRune(r)
		}
	}
	flush()
	return out
}
