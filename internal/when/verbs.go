package when

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed verbs.tsv
var verbText string

// verbClass is what a verb tells of the time of its clause (verbs.tsv).
type verbClass uint8

const (
	ahead verbClass = iota
	timetable
	reporting
	alike
	toward
	aside
)

var verbClasses = map[string]verbClass{
	"ahead": ahead, "open": timetable, "report": reporting, "alike": alike, "toward": toward, "aside": aside,
}

// verbList maps a lemma to its classes.
type verbList map[string][]verbClass

func (v verbList) is(lemma string, c verbClass) bool { return slices.Contains(v[lemma], c) }

// tenseVerbs is read once and never changed; TestVerbs fails where a line
// cannot be read.
var tenseVerbs = sync.OnceValue(func() verbList {
	v, _ := parseVerbs(verbText)
	return v
})

func parseVerbs(text string) (verbList, error) {
	v := make(verbList)
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		lemma, name, ok := strings.Cut(line, "\t")
		c, known := verbClasses[name]
		if !ok || !known {
			return v, fmt.Errorf("verbs.tsv:%d: %q is no lemma and class", i+1, line)
		}
		v[lemma] = append(v[lemma], c)
	}
	return v, nil
}
