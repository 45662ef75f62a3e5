package what

import (
	"fmt"
	"maps"
	"regexp"
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
	meaning   string
	// The built-in type whose parties, counts and places a user's type has; ""
	// for a type that is its own.
	like news.EventType
}

// codebook is codebook.tsv: PLOVER's types and modes, and a user's, with their
// quad class and intensity.
type codebook map[key]entry

// The forms of a user's names.
var (
	typeName    = regexp.MustCompile(`^[A-Z][A-Z0-9_]{1,31}$`)
	modeName    = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
	contextName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)
)

func (t tables) loadCodebook() (codebook, error) {
	book := codebook{}
	var likes []row
	err := t.rows("codebook.tsv", func(r row) error {
		k := key{typ: news.EventType(r.cell[0])}
		if !typeName.MatchString(r.cell[0]) {
			return r.wrong(0, "", "write it in capitals, as CYBER_FRAUD", "%q is no name of a type", r.cell[0])
		}
		if r.cell[1] != "-" {
			k.mode = r.cell[1]
			if !modeName.MatchString(k.mode) {
				return r.wrong(1, "", "write it in small letters and hyphens, as cash-relief; - stands for the type itself", "%q is no name of a mode", k.mode)
			}
		}
		e, err := parseEntry(r)
		if err != nil {
			return err
		}
		if len(r.cell) > 5 && k.mode == "" {
			likes = append(likes, r)
		}
		if _, ok := book[k]; !ok { // a user's row comes first, and holds
			book[k] = e
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, r := range likes {
		typ := news.EventType(r.cell[0])
		base, ok := strings.CutPrefix(r.cell[5], "like=")
		e, known := book[key{news.EventType(base), ""}]
		if !ok || !known || e.like != "" || base == r.cell[0] {
			return nil, r.wrong(5, "", "write like=ASSAULT or another built-in type, or leave the column out", "%q names no built-in type", r.cell[5])
		}
		own := book[key{typ, ""}]
		own.like = news.EventType(base)
		book[key{typ, ""}] = own
	}
	for k := range book {
		if _, ok := book[key{k.typ, ""}]; !ok {
			return nil, fmt.Errorf("codebook.tsv: the type %s has modes but no row of its own; add one with the mode -", k.typ)
		}
	}
	return book, nil
}

func parseEntry(r row) (entry, error) {
	e := entry{meaning: r.cell[4]}
	if r.cell[2] == "-" {
		return e, nil
	}
	quad, err := strconv.Atoi(r.cell[2])
	if err != nil || quad < 1 || quad > 4 {
		return e, r.wrong(2, "", "1 and 2 are verbal and material cooperation, 3 and 4 conflict, - is neither", "quad class %q is not 1 to 4", r.cell[2])
	}
	intensity, err := strconv.ParseFloat(r.cell[3], 64)
	if err != nil || !(intensity >= -10 && intensity <= 10) {
		return e, r.wrong(3, "", "-10 is the worst conflict, 10 the best cooperation", "intensity %q is not a number from -10 to 10", r.cell[3])
	}
	e.quad, e.intensity = &quad, &intensity
	return e, nil
}

// types are the names of the types, in the order of the alphabet.
func (b codebook) types() []string {
	var names []string
	for k := range b {
		if k.mode == "" {
			names = append(names, string(k.typ))
		}
	}
	slices.Sort(names)
	return names
}

// modes are the names of a type's modes, in the order of the alphabet.
func (b codebook) modes(typ news.EventType) []string {
	names := []string{"-"}
	for _, k := range slices.SortedFunc(maps.Keys(b), func(a, b key) int { return strings.Compare(a.mode, b.mode) }) {
		if k.typ == typ && k.mode != "" {
			names = append(names, k.mode)
		}
	}
	return names
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
	at       Position
	typ      news.EventType
	mode     string
	sentence bool // anywhere in the sentence, and only where no mode is known
	words    map[string]bool
}

func (t tables) loadModes(book codebook) ([]cue, error) {
	var cues []cue
	err := t.rows("modes.tsv", func(r row) error {
		c := cue{at: r.Position, typ: news.EventType(r.cell[0]), mode: r.cell[1], sentence: r.cell[2] == "sentence", words: wordSet(strings.Fields(r.cell[3]))}
		if _, ok := book[key{c.typ, ""}]; !ok {
			return r.wrong(0, "", oneOf(r.cell[0], book.types()), "unknown type %q", c.typ)
		}
		if _, ok := book[key{c.typ, c.mode}]; !ok {
			return r.wrong(1, "", oneOf(c.mode, book.modes(c.typ)), "%s has no mode %q", c.typ, c.mode)
		}
		if !c.sentence && r.cell[2] != "near" {
			return r.wrong(2, "", "use near or sentence", "unknown scope %q", r.cell[2])
		}
		cues = append(cues, c)
		return nil
	})
	return cues, err
}

// loadFamilies reads families.tsv into the family of each word.
func (t tables) loadFamilies() (map[string]string, error) {
	families := map[string]string{}
	err := t.rows("families.tsv", func(r row) error {
		for _, w := range strings.Fields(r.cell[1]) {
			if families[w] == "" { // a word of two families is of the first
				families[w] = r.cell[0]
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

func (t tables) loadContexts(book codebook) (*contextTable, error) {
	c := &contextTable{byWord: map[string][]int{}}
	err := t.rows("contexts.tsv", func(r row) error {
		var types []news.EventType
		if r.cell[1] != "*" {
			for _, typ := range strings.Split(r.cell[1], ",") {
				if _, ok := book[key{news.EventType(typ), ""}]; !ok {
					return r.wrong(1, typ, oneOf(typ, append(book.types(), "*")), "unknown type %q", typ)
				}
				types = append(types, news.EventType(typ))
			}
		}
		if !contextName.MatchString(r.cell[0]) {
			return r.wrong(0, "", "write it in small letters, as water_rights", "%q is no name of a context", r.cell[0])
		}
		n := slices.Index(c.names, r.cell[0])
		if n < 0 { // a user's row of a built-in name adds words to it
			n = len(c.names)
			c.names, c.types = append(c.names, r.cell[0]), append(c.types, types)
		}
		for _, w := range strings.Fields(r.cell[2]) {
			c.byWord[w] = append(c.byWord[w], n)
		}
		return nil
	})
	return c, err
}

// tag returns the contexts that words give an event of a type, in the order of
// the table; label is the user's type where the event has one, else the same.
func (t *contextTable) tag(typ, label news.EventType, words []string) []string {
	hit := make([]bool, len(t.names))
	for _, w := range words {
		for _, n := range t.byWord[w] {
			hit[n] = t.types[n] == nil || slices.Contains(t.types[n], typ) || slices.Contains(t.types[n], label)
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
