package what

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// key names a row of the codebook; mode is "" for a type as such.
type key struct {
	typ  news.EventType
	mode string
}

// entry is a row of the codebook.
type entry struct {
	quad      *int     // 1 to 4; nil for what is nobody's act
	intensity *float64 // −10 to 10
}

// codebook is rules/codebook.tsv: PLOVER's types and modes with their quad
// class and intensity.
type codebook map[key]entry

func loadCodebook() (codebook, error) {
	book := codebook{}
	err := rows("codebook.tsv", 5, func(cell []string) error {
		k := key{typ: news.EventType(cell[0])}
		if cell[1] != "-" {
			k.mode = cell[1]
		}
		var e entry
		if cell[2] != "-" {
			quad, err := strconv.Atoi(cell[2])
			if err != nil {
				return fmt.Errorf("quad: %w", err)
			}
			intensity, err := strconv.ParseFloat(cell[3], 64)
			if err != nil {
				return fmt.Errorf("intensity: %w", err)
			}
			e.quad, e.intensity = &quad, &intensity
		}
		book[k] = e
		return nil
	})
	return book, err
}

// score copies the quad class and intensity of a type and mode.
func (b codebook) score(typ news.EventType, mode string) (quad *int, intensity *float64) {
	e, ok := b[key{typ, mode}]
	if !ok {
		e = b[key{typ, ""}]
	}
	if e.quad == nil {
		return nil, nil
	}
	q, i := *e.quad, *e.intensity
	return &q, &i
}

// cue is a row of modes.tsv: words beside a trigger that fix its mode.
type cue struct {
	typ      news.EventType
	mode     string
	sentence bool // anywhere in the sentence, and only where no mode is known
	words    map[string]bool
}

func loadModes(book codebook) ([]cue, error) {
	var cues []cue
	err := rows("modes.tsv", 4, func(cell []string) error {
		c := cue{typ: news.EventType(cell[0]), mode: cell[1], sentence: cell[2] == "sentence", words: wordSet(strings.Fields(cell[3]))}
		if _, ok := book[key{c.typ, c.mode}]; !ok {
			return fmt.Errorf("%s has no mode %q", c.typ, c.mode)
		}
		cues = append(cues, c)
		return nil
	})
	return cues, err
}

// loadFamilies reads families.tsv into the family of each word.
func loadFamilies() (map[string]string, error) {
	families := map[string]string{}
	err := rows("families.tsv", 2, func(cell []string) error {
		for _, w := range strings.Fields(cell[1]) {
			if families[w] == "" { // a word of two families is of the first
				families[w] = cell[0]
			}
		}
		return nil
	})
	return families, err
}

// contextTable is contexts.tsv turned round: the contexts of each word.
type contextTable struct {
	names  []string           // in the order of the file
	types  [][]news.EventType // that a context is for; nil for all
	byWord map[string][]int   // indexes into names
}

func loadContexts() (*contextTable, error) {
	t := &contextTable{byWord: map[string][]int{}}
	err := rows("contexts.tsv", 3, func(cell []string) error {
		var types []news.EventType
		if cell[1] != "*" {
			for _, typ := range strings.Split(cell[1], ",") {
				types = append(types, news.EventType(typ))
			}
		}
		n := len(t.names)
		t.names, t.types = append(t.names, cell[0]), append(t.types, types)
		for _, w := range strings.Fields(cell[2]) {
			t.byWord[w] = append(t.byWord[w], n)
		}
		return nil
	})
	return t, err
}

// tag returns the contexts that words give an event of a type, in the order of
// the table.
func (t *contextTable) tag(typ news.EventType, words []string) []string {
	hit := make([]bool, len(t.names))
	for _, w := range words {
		for _, n := range t.byWord[w] {
			hit[n] = t.types[n] == nil || slices.Contains(t.types[n], typ)
		}
	}
	tags := []string{}
	for n, name := range t.names {
		if hit[n] {
			tags = append(tags, name)
		}
	}
	return tags
}
