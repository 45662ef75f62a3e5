package what

import (
	"bufio"
	"embed"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

//go:embed rules/*.tsv
var ruleFiles embed.FS

// flags are the remarks of a rule; rules/verbs.tsv and rules/nouns.tsv say
// what each one means.
type flags uint16

const (
	flagEffect flags = 1 << iota
	flagMutual
	flagSwap
	flagSpeech
	flagWeak
	flagPossessed
	flagDoerAfterOf
	flagGeneric
)

var flagNames = map[string]flags{
	"effect":   flagEffect,
	"recip":    flagMutual,
	"swap":     flagSwap,
	"speech":   flagSpeech,
	"weak":     flagWeak,
	"poss:rec": flagPossessed,
	"of:act":   flagDoerAfterOf,
	"generic":  flagGeneric,
}

// rule is one row of verbs.tsv or nouns.tsv.
type rule struct {
	conditions []condition
	typ        news.EventType // "" names no event
	mode       string
	flags      flags
	recipient  []string // prepositions that the recipient stands after
	example    string
}

func (r *rule) has(f flags) bool { return r.flags&f != 0 }

// condition asks for a word or an entity in a place of a trigger's frame.
type condition struct {
	negated  bool
	keys     []string // "subj", "obj", "prt", … or prepositions; one of them suffices
	any      bool     // whatever stands there
	words    []map[string]bool
	entities entityClass
}

// entityClass is a set of entity types.
type entityClass uint8

const (
	classPerson entityClass = 1 << iota
	classOrganisation
	classGroup
	classCountry
	classPlace
	classFacility

	classParty = classPerson | classOrganisation | classGroup | classCountry
)

var entityClasses = map[string]entityClass{
	"person":       classPerson,
	"organisation": classOrganisation,
	"group":        classGroup,
	"country":      classCountry,
	"place":        classPlace,
	"facility":     classFacility,
	"party":        classParty,
}

func classOf(t news.EntityType) entityClass { return entityClasses[string(t)] }

// rows reads a table: tab-separated columns, # for comments.
func rows(name string, columns int, row func(cell []string) error) error {
	file, err := ruleFiles.Open("rules/" + name)
	if err != nil {
		return fmt.Errorf("open table %s: %w", name, err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cell := strings.Split(line, "\t")
		if len(cell) != columns {
			return fmt.Errorf("%s:%d: %d columns, want %d", name, n, len(cell), columns)
		}
		if err := row(cell); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read table %s: %w", name, err)
	}
	return nil
}

// classes are the word classes that conditions name with @.
type classes map[string]map[string]bool

func loadClasses() (classes, error) {
	all := classes{}
	err := rows("classes.tsv", 2, func(cell []string) error {
		if all[cell[0]] != nil {
			return fmt.Errorf("class %q is there twice", cell[0])
		}
		all[cell[0]] = wordSet(strings.Fields(cell[1]))
		return nil
	})
	return all, err
}

func wordSet(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// loadRules reads a rule table into a map by lemma, each lemma's rules in the
// order of the file.
func loadRules(name string, all classes, book codebook) (map[string][]*rule, error) {
	rules := map[string][]*rule{}
	err := rows(name, 6, func(cell []string) error {
		r := &rule{example: cell[5]}
		if cell[2] != "-" {
			r.typ = news.EventType(cell[2])
			if _, ok := book[key{r.typ, ""}]; !ok {
				return fmt.Errorf("unknown type %q", cell[2])
			}
		}
		if cell[3] != "-" {
			r.mode = cell[3]
			if _, ok := book[key{r.typ, r.mode}]; !ok {
				return fmt.Errorf("%s has no mode %q", r.typ, r.mode)
			}
		}
		for _, f := range strings.Fields(cell[4]) {
			if preps, ok := strings.CutPrefix(f, "rec:"); ok {
				r.recipient = strings.Split(preps, "|")
				continue
			}
			bit, ok := flagNames[f]
			if !ok {
				return fmt.Errorf("unknown flag %q", f)
			}
			r.flags |= bit
		}
		if cell[1] != "-" {
			for _, c := range strings.Fields(cell[1]) {
				cond, err := parseCondition(c, all)
				if err != nil {
					return err
				}
				r.conditions = append(r.conditions, cond)
			}
		}
		for _, lemma := range strings.Split(cell[0], ",") {
			rules[lemma] = append(rules[lemma], r)
		}
		return nil
	})
	return rules, err
}

func parseCondition(text string, all classes) (condition, error) {
	var c condition
	text, c.negated = strings.CutPrefix(text, "!")
	keys, values, ok := strings.Cut(text, "=")
	if !ok || keys == "" || values == "" {
		return c, fmt.Errorf("condition %q is not KEY=VALUE", text)
	}
	c.keys = strings.Split(keys, "|")
	own := map[string]bool{}
	for _, v := range strings.Split(values, ",") {
		class, isClass := strings.CutPrefix(v, "@")
		switch {
		case v == "*":
			c.any = true
		case !isClass:
			own[v] = true
		case entityClasses[class] != 0:
			c.entities |= entityClasses[class]
			// "the group", "the country" are groups and countries by their word.
			if class == "group" || class == "country" || class == "organisation" {
				own[class] = true
			}
		case all[class] != nil:
			c.words = append(c.words, all[class])
		default:
			return c, fmt.Errorf("unknown class @%s", class)
		}
	}
	if len(own) > 0 {
		c.words = append(c.words, own)
	}
	return c, nil
}
