package eval

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Set is one named set of answers that the project is measured on.
type Set struct {
	Name    string
	Kind    Kind
	Path    string   // below the folder of shared data; "own:NAME" is held by the program
	Docs    []string // beginnings of the names of its documents; none for all that are there
	Half    string   // "", "even" or "odd"
	Final   bool     // for final figures only
	Quick   int      // documents in the golden test: 0 none, -1 all
	Licence string
	Use     string
	Note    string
}

//go:embed sets.tsv
var setsTable string

//go:embed asked.tsv
var askedTable string

// Sets returns the known sets in the order of sets.tsv.
func Sets() ([]Set, error) {
	var sets []Set
	for n, col := range rows(setsTable) {
		if len(col) != 9 {
			return nil, fmt.Errorf("sets.tsv, set %d: %d columns, want 9", n+1, len(col))
		}
		quick, err := strconv.Atoi(col[5])
		if err != nil {
			return nil, fmt.Errorf("sets.tsv, %s: quick %q", col[0], col[5])
		}
		s := Set{Name: col[0], Kind: Kind(col[1]), Path: col[2], Half: col[3], Final: col[4] == "final",
			Quick: quick, Licence: col[6], Use: col[7], Note: col[8]}
		if path, docs, ok := strings.Cut(s.Path, "#"); ok {
			s.Path, s.Docs = path, strings.Split(docs, ",")
		}
		if s.Half == "all" {
			s.Half = ""
		}
		if scorers[s.Kind] == nil {
			return nil, fmt.Errorf("sets.tsv, %s: no scorer for kind %q", s.Name, s.Kind)
		}
		sets = append(sets, s)
	}
	return sets, nil
}

// Options are those that choose the set's documents.
func (s Set) Options() Options { return Options{Half: s.Half, Docs: s.Docs} }

// Locate returns the path of the set, given the folder of shared data; ok is
// false where the set is not there.
func (s Set) Locate(shared string) (path string, ok bool) {
	if strings.HasPrefix(s.Path, embedded) {
		return s.Path, true
	}
	path = filepath.Join(shared, s.Path)
	_, err := os.Stat(path)
	return path, err == nil
}

// asked returns the value that is asked of a metric of a set.
func asked(set, metric string) (value float64, ok bool) {
	for _, col := range rows(askedTable) {
		if len(col) == 3 && col[0] == set && col[1] == metric {
			v, err := strconv.ParseFloat(col[2], 64)
			return v, err == nil
		}
	}
	return 0, false
}

// rows cuts a table into columns and leaves out comments and blank lines.
func rows(table string) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		if line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}
