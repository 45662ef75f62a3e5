package who

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/who/actors"
)

//go:embed data/groups.tsv
var groupsTable string

//go:embed data/bodies.tsv
var bodiesTable string

//go:embed data/media.tsv
var mediaTable string

//go:embed data/parties.tsv
var partiesTable string

//go:embed data/roles.tsv
var rolesTable string

//go:embed data/modifiers.tsv
var modifiersTable string

//go:embed data/leaders.tsv
var leadersTable string

//go:embed data/peoples.tsv
var peoplesTable string

//go:embed data/given.tsv
var givenTable string

// class is what a head noun makes of its phrase.
type class int

const (
	noClass       class = iota
	personClass         // "minister", "witness"
	personsClass        // plural or collective of persons: "troops", "residents"
	organisation        // "ministry", "court"
	groupClass          // "militia", "party"
	documentClass       // "report", "survey"
	placeClass          // "city", "province"
	countryClass        // "country", "republic"
	armsClass           // "warships", "tanks"
)

var classNames = map[string]class{
	"person": personClass, "persons": personsClass, "organisation": organisation,
	"group": groupClass, "document": documentClass, "place": placeClass, "country": countryClass, "arms": armsClass,
}

// role is a row of roles.tsv.
type role struct {
	phrase   string
	class    class
	sectors  []string
	mod      bool // its modifier or its body gives the sector
	state    bool // GOV where it belongs to a state or a union of states
	rank     bool
	upper    bool // counts only in capitals: "SP"
	nameOnly bool // counts only inside a name: "Campaign", "Forum"
	gender   gender
	level    string // of a place noun: "city" or "admin"
}

// actor is a row of the actor tables.
type actor struct {
	name    string
	kind    news.EntityType
	country news.Optional // IGO, NGO, MNC too; null for those at home in several
	sectors []string
	media   bool
	party   bool          // from parties.tsv: see article.active
	own     *actors.Actor // of a list of the user's own, nil for the tables'
}

// alias is one name of an actor as the word trie holds it.
type alias struct {
	actor  int
	caps   []bool // which words stand with a capital
	upper  bool   // an acronym: matches only in capitals
	short  bool   // an acronym or a single word: says little by itself
	the    bool   // one word after "the": "The Guardian"
	home   bool   // counts only in an article that names its country
	listed bool   // of a list of the user's own
	weak   bool   // counts only in an article that has another name of the actor
}

type lexicon struct {
	actors    []actor
	names     *trie // words of names → alias
	aliases   []alias
	roles     map[string]*role
	modifiers map[string][]string
	given     map[string]gender
	leaders   leaders
	peoples   map[string][]news.Optional // folded word for a people → its countries
}

// rows splits a table into its rows of n tab-separated fields; empty ones at
// the end of a line may be left out.
func rows(name, table string, n int, use func(f []string)) error {
	for i, line := range strings.Split(table, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if f[0] == "" || len(f) > n {
			return fmt.Errorf("who: %s line %d: %d fields, want %d", name, i+1, len(f), n)
		}
		use(append(f, make([]string, n-len(f))...))
	}
	return nil
}

func loadLexicon() (*lexicon, error) {
	l := &lexicon{
		names:     &trie{},
		roles:     make(map[string]*role, 2048),
		modifiers: make(map[string][]string, 256),
		given:     make(map[string]gender, 2048),
		leaders:   newLeaders(),
		peoples:   make(map[string][]news.Optional, 256),
	}
	type table struct {
		name, text string
		add        func(f []string)
		fields     int
	}
	tables := []table{
		{"groups.tsv", groupsTable, func(f []string) {
			kind := news.Group
			sectors := strings.Fields(f[3])
			if len(sectors) > 0 && (sectors[0] == "MIL" || sectors[0] == "COP") {
				kind = news.Organisation
			}
			l.addActor(f, actor{kind: kind, sectors: sectors})
		}, 4},
		{"bodies.tsv", bodiesTable, func(f []string) {
			a := actor{kind: news.Organisation, sectors: strings.Fields(f[3])}
			for _, s := range a.sectors {
				if s == "PTY" {
					a.kind = news.Group
				}
			}
			l.addActor(f, a)
		}, 4},
		{"media.tsv", mediaTable, func(f []string) {
			l.addActor(f, actor{kind: news.Organisation, sectors: []string{"JRN"}, media: true})
		}, 3},
		{"parties.tsv", partiesTable, func(f []string) {
			l.addActor(f, actor{kind: news.Group, sectors: []string{"PTY"}, party: true})
		}, 3},
		{"roles.tsv", rolesTable, l.addRole, 4},
		{"peoples.tsv", peoplesTable, l.addPeople, 2},
		{"modifiers.tsv", modifiersTable, func(f []string) {
			l.modifiers[f[0]] = strings.Fields(f[1])
		}, 2},
		{"given.tsv", givenTable, func(f []string) {
			l.given[fold(f[0])] = genderOf(f[1])
		}, 2},
	}
	var bad error
	tables = append(tables, table{"leaders.tsv", leadersTable, func(f []string) {
		if err := l.leaders.add(f); err != nil && bad == nil {
			bad = fmt.Errorf("who: leaders.tsv: %w", err)
		}
	}, 4})
	for _, t := range tables {
		if err := rows(t.name, t.text, t.fields, t.add); err != nil {
			return nil, err
		}
	}
	if bad != nil {
		return nil, bad
	}
	return l, nil
}

// addActor adds a row (name, aliases, country) and its names.
func (l *lexicon) addActor(f []string, a actor) {
	a.name = strings.TrimSuffix(f[0], "?")
	if f[2] != "*" {
		a.country = news.Optional(f[2])
	}
	id := len(l.actors)
	l.actors = append(l.actors, a)
	l.addAlias(f[0], alias{actor: id})
	for _, name := range strings.Split(f[1], "; ") {
		if name != "" {
			l.addAlias(name, alias{actor: id})
		}
	}
}

// addAlias adds a name of an actor; what can be seen of the name itself is
// noted with it.
func (l *lexicon) addAlias(name string, al alias) {
	name, article := strings.CutPrefix(name, "The ")
	name, al.home = strings.CutSuffix(name, "?")
	words := nameTokens(name)
	if len(words) == 0 {
		return
	}
	for i, w := range words {
		al.caps = append(al.caps, unicode.IsUpper([]rune(w)[0]))
		words[i] = fold(w)
	}
	al.upper = isAcronym(acronymMarks.Replace(name))
	al.short = al.upper || len(words) == 1
	al.the = article && len(words) == 1
	l.aliases = append(l.aliases, al)
	l.names.add(words, len(l.aliases)-1)
}

// nameTokens are the words of a name as the trie has them, not yet folded.
func nameTokens(name string) []string {
	var words []string
	for _, part := range strings.Fields(name) {
		words = append(words, splitWords(part)...)
	}
	return words
}

// addPeople adds a row (words, countries).
func (l *lexicon) addPeople(f []string) {
	var countries []news.Optional
	for _, c := range strings.Fields(f[1]) {
		countries = append(countries, news.Optional(c))
	}
	for _, w := range strings.Split(f[0], "; ") {
		l.peoples[fold(w)] = countries
	}
}

func (l *lexicon) addRole(f []string) {
	r := &role{phrase: f[0], class: classNames[f[1]], sectors: strings.Fields(f[2])}
	for _, flag := range strings.Fields(f[3]) {
		switch flag {
		case "mod":
			r.mod = true
		case "rank":
			r.rank = true
		case "state":
			r.state = true
		case "upper":
			r.upper = true
		case "name":
			r.nameOnly = true
		case "m":
			r.gender = male
		case "f":
			r.gender = female
		case "city", "admin":
			r.level = flag
		}
	}
	l.roles[strings.ReplaceAll(f[0], "-", " ")] = r
}

// acronymMarks may stand between an acronym's letters.
var acronymMarks = strings.NewReplacer(".", "", "-", "", "/", "", "+", "")

// isAcronym reports whether a name is all capitals and digits, with at least
// two capitals: "UNHCR", "G7" is not, "M23" is not.
func isAcronym(name string) bool {
	capitals := 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsDigit(r):
		default:
			return false
		}
	}
	return capitals >= 2
}
