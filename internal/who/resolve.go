package who

import (
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
	"github.com/onrecord/onrecord/internal/who/actors"
)

// Resolver joins what an article says of somebody into entities. It holds
// tables only and may be used by many goroutines.
type Resolver struct {
	lex *lexicon
	gaz *where.Gazetteer
}

// New loads the tables of actors, roles and names. The gazetteer tells the
// countries of nationality words; it may be nil. Lists of the user's own are
// laid over the tables; where two name the same actor, the first holds.
func New(g *where.Gazetteer, own ...*actors.List) (*Resolver, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, fmt.Errorf("who: load tables: %w", err)
	}
	for _, list := range own {
		lex.addList(list)
	}
	return &Resolver{lex: lex, gaz: g}, nil
}

// Resolve finds everybody and everything that the article speaks of: names
// first, then descriptions and pronouns in text order, each joined to what
// was said before. It never fails: a text with nobody in it has an empty cast.
func (r *Resolver) Resolve(doc *nlp.Doc, places []where.Mention) *Cast {
	return r.ResolveOn(doc, places, "")
}

// ResolveOn is Resolve for an article published on a day, "" for not known: the
// day tells who is in office and who was.
func (r *Resolver) ResolveOn(doc *nlp.Doc, places []where.Mention, published string) *Cast {
	a := newArticle(r, doc, places)
	a.published = published
	a.noteListed()
	a.findNames()
	a.readTitles()
	a.countCountries()
	a.joinNames()
	a.decideCapitals()
	a.findPhrases()
	a.readAppositions()
	a.knowLeaders()
	a.walk()
	for i := range a.phrases {
		if p := &a.phrases[i]; p.entity >= 0 && p.of > p.head {
			a.settleOwner(p)
			a.settleSectors(p)
		}
	}
	return a.cast()
}

// article is the work on one document.
type article struct {
	lex    *lexicon
	gaz    *where.Gazetteer
	doc    *nlp.Doc
	places []where.Mention

	folded  []string // see lower
	words   []word   // of the tokens in use, in text order
	wordAt  []int    // first word of each token; len(words) past the last
	skip    []bool   // token lies in a boilerplate or byline block
	caps    []bool   // sentence is written in capitals or in title case
	quoted  []bool   // token stands in double quotation marks
	placeAt []int    // place mention that covers each token, -1

	acronyms  map[string]acronym // defined in the text
	defined   []string           // their keys, in text order
	counts    map[string]int     // mentions of each country
	names     []name             // in text order, not overlapping
	nameAt    []int              // name that covers each token, -1
	phrases   []phrase           // descriptions, in order of their heads
	phraseAt  []int              // phrase headed by each token, -1
	byWord    map[string][]int   // entities by a word of their names
	byOffice  map[string][]int   // named persons by the head noun of their offices
	byKey     map[string]int     // entities by key
	entities  []*entity          // in order of making
	mentions  []Mention          // Entity is an index in entities
	titles    []titleSpan        // tokens of titles before names
	inFull    map[int]bool       // actors of the user's lists that the text has a full name of
	published string             // the day, "" for not known
	main      news.Optional      // the country the article is mostly about
	sole      news.Optional      // the same, where hardly another is named
}

// entity is a news.Entity in the making.
type entity struct {
	kind    news.EntityType
	name    string
	words   []string        // of a person's fullest name, folded
	by      map[string]bool // names of a country that are its people's or capital's
	actor   int             // row of the actor tables, -1
	place   int             // first place mention, -1
	country news.Optional
	sectors []string
	roles   []news.Role
	heads   []string // head nouns that describe it: "minister", "report"
	gender  gender
	plural  bool
	speaks  bool // an acronym that is the subject of a verb of saying
	named   bool // it has a name, not only a description
	votes   [8]int
	told    int           // mentions so far, while walking
	governs bool          // a country that stands for its government
	people  bool          // a country that stands for its people
	abroad  news.Optional // the state whose people it is kin to: "ethnic Albanians"
	office  string        // sector by the table of leaders
}

// acronym is the long form that the text gives an acronym: a range of tokens,
// the row of the actor tables that it names, -1 for none, and how many tokens
// the acronym has.
type acronym struct{ from, to, actor, size int }

// titleSpan is a title before a name: looking up its tokens finds the person.
type titleSpan struct{ from, to, entity, head int }

func newArticle(r *Resolver, doc *nlp.Doc, places []where.Mention) *article {
	n := len(doc.Tokens)
	a := &article{
		lex: r.lex, gaz: r.gaz, doc: doc, places: places,
		wordAt: make([]int, n+1), skip: make([]bool, n), caps: make([]bool, len(doc.Sentences)),
		quoted: make([]bool, n), placeAt: make([]int, n), nameAt: make([]int, n), phraseAt: make([]int, n),
		acronyms: map[string]acronym{}, counts: map[string]int{},
		byWord: map[string][]int{}, byKey: map[string]int{},
	}
	a.words = make([]word, 0, n)
	a.folded = make([]string, n)
	for i := range doc.Tokens {
		a.folded[i] = fold(doc.Tokens[i].Form)
		a.nameAt[i], a.phraseAt[i], a.placeAt[i] = -1, -1, -1
		a.wordAt[i] = len(a.words)
		switch doc.BlockOf(i).Kind {
		case news.BlockBoilerplate, news.BlockByline:
			a.skip[i] = true
			continue
		}
		for _, w := range splitWords(doc.Tokens[i].Form) {
			if f := fold(w); f != "" {
				a.words = append(a.words, word{f, i})
			}
		}
	}
	a.wordAt[n] = len(a.words)
	for s := range doc.Sentences {
		a.caps[s] = a.inCapitals(doc.Sentences[s])
	}
	a.markQuotes()
	for m, p := range places {
		for i := p.From; i < p.To && i < n; i++ {
			a.placeAt[i] = m
		}
	}
	a.countCountries()
	return a
}

// countCountries counts the places of each country, and tells which the article
// is about. A place that turned out to be a person's name ("Paulo Lima") counts
// for none.
func (a *article) countCountries() {
	clear(a.counts)
	a.main, a.sole = "", ""
	total := 0
	var order []news.Optional // in text order, so that ties go to the first
	for _, p := range a.places {
		if p.From < len(a.doc.Tokens) {
			if n := a.nameAt[p.From]; n >= 0 && a.names[n].kind == news.Person {
				continue
			}
		}
		total++
		if p.Country.Known() {
			a.counts[string(p.Country)]++
			order = append(order, p.Country)
		}
	}
	best := 0
	for _, c := range order {
		if n := a.counts[string(c)]; n > best {
			best, a.main = n, c
		}
	}
	if best*2 < total {
		a.main = ""
	}
	// A second state in the story makes every office without an owner doubtful:
	// in a war "the military spokesman" may be either side's.
	a.sole = a.main
	for c, n := range a.counts {
		if news.Optional(c) != a.main && n*4 > best {
			a.sole = ""
		}
	}
}

// inCapitals reports whether a sentence is set like a headline, with most of
// its words in capitals or capitalised, so that a capital says nothing. In
// running text only capitals throughout count: "The Supreme Court of Kenya
// ruled on Monday" is no headline.
func (a *article) inCapitals(s nlp.Sentence) bool {
	running := true
	if s.From < s.To {
		running = !a.headline(s.From)
	}
	words, capitals, lower := 0, 0, 0
	for i := s.From; i < s.To; i++ {
		form := a.doc.Tokens[i].Form
		if !hasAlphanumeric(form) || len(form) < 4 {
			continue
		}
		words++
		switch {
		case running && isAcronym(form), !running && capitalised(form):
			capitals++
		default:
			lower++
		}
	}
	return words >= 4 && capitals*10 >= words*8 && lower <= 2
}

// markQuotes marks the tokens between double quotation marks, block by block:
// a mark left open ends with its block.
func (a *article) markQuotes() {
	open, block := false, -1
	for i := range a.doc.Tokens {
		if b := a.doc.Sentences[a.doc.SentenceOf(i)].Block; b != block {
			open, block = false, b
		}
		switch a.doc.Tokens[i].Form {
		case "“", "``", "«", "„":
			open = true
		case "”", "''", "»":
			open = false
		case "\"":
			open = !open
		default:
			a.quoted[i] = open
		}
	}
}

// sameBlock reports whether two tokens stand in one block.
func (a *article) sameBlock(i, j int) bool {
	return a.doc.Sentences[a.doc.SentenceOf(i)].Block == a.doc.Sentences[a.doc.SentenceOf(j)].Block
}

// lower is the folded form of a token: "Lt." is "lt".
func (a *article) lower(i int) string { return a.folded[i] }
