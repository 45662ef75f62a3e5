package what

import (
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

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
	flagRefusal
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
	"refusal":  flagRefusal,
}

// rule is one row of verbs.tsv or nouns.tsv.
type rule struct {
	at         Position
	users      bool   // a rule of the user's
	pattern    string // the conditions as they are written
	conditions []condition
	typ        news.EventType // "" names no event
	own        news.EventType // the user's type, where typ is the built-in one it is like; else ""
	mode       string
	flags      flags
	recipient  []string // prepositions that the recipient stands after
	example    string
}

func (r *rule) has(f flags) bool { return r.flags&f != 0 }

// condition asks for a word or an entity in a place of a trigger's frame.
type condition struct {
	text     string // as it is written
	users    bool   // of a user's rule
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

// classes are the word classes that conditions name with @.
type classes map[string]map[string]bool

func (t tables) loadClasses() (classes, error) {
	all := classes{}
	// A user's class of a built-in name adds to it.
	err := t.rows("classes.tsv", func(r row) error {
		if entityClasses[r.cell[0]] != 0 && r.users {
			return r.wrong(0, "", "choose another name", "@%s stands for entities of that type", r.cell[0])
		}
		if all[r.cell[0]] == nil {
			all[r.cell[0]] = map[string]bool{}
		}
		for _, w := range strings.Fields(r.cell[1]) {
			all[r.cell[0]][w] = true
		}
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
// order of the files.
func (t tables) loadRules(name string, all classes, book codebook) (map[string][]*rule, error) {
	rules := map[string][]*rule{}
	err := t.rows(name, func(row row) error {
		r, err := parseRule(row, all, book)
		if err != nil {
			return err
		}
		for _, lemma := range strings.Split(row.cell[0], ",") {
			if row.users {
				if err := checkLemma(row, lemma); err != nil {
					return err
				}
				if len(rules[lemma]) == maxPerWord {
					return row.wrong(0, lemma, "join some of them", "more than %d rules begin with %q", maxPerWord, lemma)
				}
			}
			rules[lemma] = append(rules[lemma], r)
		}
		return nil
	})
	return rules, err
}

// checkLemma refuses a trigger that no word of a text can be.
func checkLemma(row row, lemma string) error {
	switch {
	case lemma == "" || lemma == "-":
		return row.wrong(0, "", "name one or more words, with commas between", "a rule without a word")
	case strings.ContainsAny(lemma, " \u00a0"):
		return row.wrong(0, lemma, "put one word here and the others in a condition, such as near=gas or prt=off", "%q is more than one word", lemma)
	case strings.ToLower(lemma) != lemma:
		return row.wrong(0, lemma, "write "+strings.ToLower(lemma), "%q is not in lower case", lemma)
	}
	return nil
}

func parseRule(row row, all classes, book codebook) (*rule, error) {
	r := &rule{at: row.Position, users: row.users, pattern: row.cell[1], example: row.cell[5]}
	if strings.TrimSpace(r.example) == "" {
		return nil, row.wrong(5, "", "end the row with a sentence that it codes", "no example")
	}
	if row.cell[2] != "-" {
		typ := news.EventType(row.cell[2])
		if _, ok := book[key{typ, ""}]; !ok {
			return nil, row.wrong(2, "", oneOf(row.cell[2], book.types()), "unknown type %q", row.cell[2])
		}
		r.typ = typ
		if base := book[key{typ, ""}].like; base != "" {
			r.typ, r.own = base, typ
		}
		if row.cell[3] != "-" {
			r.mode = row.cell[3]
			if _, ok := book[key{typ, r.mode}]; !ok {
				return nil, row.wrong(3, "", oneOf(r.mode, book.modes(typ)), "%s has no mode %q", typ, r.mode)
			}
		}
	}
	for _, f := range strings.Fields(row.cell[4]) {
		if preps, ok := strings.CutPrefix(f, "rec:"); ok {
			r.recipient = strings.Split(preps, "|")
			continue
		}
		bit, ok := flagNames[f]
		if !ok {
			return nil, row.wrong(4, f, oneOf(f, append(slices.Sorted(maps.Keys(flagNames)), "rec:PREPOSITION")), "unknown flag %q", f)
		}
		r.flags |= bit
	}
	if row.cell[1] == "-" {
		return r, nil
	}
	for _, c := range strings.Fields(row.cell[1]) {
		cond, err := parseCondition(row, c, all)
		if err != nil {
			return nil, err
		}
		r.conditions = append(r.conditions, cond)
	}
	return r, nil
}

func parseCondition(row row, text string, all classes) (condition, error) {
	c := condition{text: text, users: row.users}
	written := text
	text, c.negated = strings.CutPrefix(text, "!")
	keys, values, ok := strings.Cut(text, "=")
	if !ok || keys == "" || values == "" {
		return c, row.wrong(1, written, "write it as obj=bridge,road or !near=game", "condition %q is not KEY=VALUE", written)
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
			var known []string
			for _, name := range append(slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(entityClasses))...) {
				known = append(known, "@"+name)
			}
			return c, row.wrong(1, v, oneOf(v, known), "unknown class %s", v)
		}
	}
	if len(own) > 0 {
		c.words = append(c.words, own)
	}
	return c, nil
}
