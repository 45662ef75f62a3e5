// Package who joins the names, descriptions and pronouns of an article into
// entities: people, bodies, armed groups, countries and places, with their
// roles, countries and PLOVER sectors.
package who

import (
	"sort"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// Cast is everybody and everything that an article speaks of.
type Cast struct {
	Entities []news.Entity
	Mentions []Mention // in text order; a longer one before a shorter one that starts with it

	owner  []int       // innermost mention of each token, -1 for none
	titled []int       // person whose title each token is part of, -1
	whole  map[int]int // head of a whole phrase "UN envoy Odd Lien" that lies outside the name → person
	traits []traits
}

// traits are what the lookups of a cast know of an entity beyond its record.
type traits struct {
	plural bool            // more than one person
	name   string          // of the tables
	by     map[string]bool // names that are a people's or a capital's
	media  bool
	listed bool // in a list of the user's own
}

// Mention is one reference to an entity, as a run of tokens.
type Mention struct {
	Entity   int // index in Cast.Entities
	From, To int // half-open range in Doc.Tokens
	Head     int // the token that carries the phrase
	Kind     news.MentionKind
}

// At returns the entity whose mention is headed by token i or, failing that,
// the innermost one that covers it; -1 where there is none. The tokens of a
// title answer for its bearer: all of "Transport Minister Mara Velin" is Velin.
func (c *Cast) At(i int) int {
	if i < 0 || i >= len(c.owner) {
		return -1
	}
	if e, ok := c.whole[i]; ok {
		return e
	}
	if c.owner[i] >= 0 && c.Mentions[c.owner[i]].Head == i {
		return c.Mentions[c.owner[i]].Entity
	}
	if i < len(c.titled) && c.titled[i] >= 0 {
		return c.titled[i]
	}
	if c.owner[i] < 0 {
		return -1
	}
	return c.Mentions[c.owner[i]].Entity
}

// MentionAt returns the index in Mentions of the mention that At answers
// from, -1 where there is none. A title before a name has none of its own.
func (c *Cast) MentionAt(i int) int {
	if i < 0 || i >= len(c.owner) {
		return -1
	}
	return c.owner[i]
}

// IsMedia reports whether entity e is a newspaper, broadcaster or news agency
// that the tables know, so that what is told to it is told through it.
func (c *Cast) IsMedia(e int) bool {
	return e >= 0 && e < len(c.traits) && c.traits[e].media
}

// IsPlural reports whether entity e is more than one person: "residents".
func (c *Cast) IsPlural(e int) bool {
	return e >= 0 && e < len(c.traits) && c.traits[e].plural
}

// Refer adds pronouns, in text order, whose meaning a later step has found, to
// the mentions of their entities. At does not answer for them: the rules that
// ask it were made with the first person unknown. One that has a meaning
// already keeps it.
func (c *Cast) Refer(doc *nlp.Doc, list []Mention) {
	touched := map[int]bool{}
	for _, m := range list {
		if i := c.MentionAt(m.Head); i >= 0 && c.Mentions[i].From == m.From && c.Mentions[i].To == m.To {
			continue
		}
		touched[m.Entity] = true
		ent := &c.Entities[m.Entity]
		ent.Mentions = append(ent.Mentions, news.Mention{Span: doc.Span(m.From, m.To), Kind: m.Kind})
	}
	for e := range touched {
		list := c.Entities[e].Mentions
		sort.SliceStable(list, func(i, j int) bool { return list[i].Start < list[j].Start })
	}
}

// ID returns the id of entity index e, null for -1.
func (c *Cast) ID(e int) news.Optional {
	if e < 0 {
		return ""
	}
	return news.Optional(c.Entities[e].ID)
}

// Index builds the table behind At for a text of n tokens. Mentions that share
// a token: the one headed by it wins, then the shorter.
func (c *Cast) Index(n int) {
	c.owner = make([]int, n)
	for i := range c.owner {
		c.owner[i] = -1
	}
	for m, mention := range c.Mentions {
		for i := mention.From; i < mention.To && i < n; i++ {
			if c.owner[i] < 0 || c.better(mention, c.Mentions[c.owner[i]], i) {
				c.owner[i] = m
			}
		}
	}
}

// coverTitle makes the tokens of a title answer for the person who bears it.
func (c *Cast) coverTitle(from, to, e int) {
	if c.titled == nil {
		c.titled = make([]int, len(c.owner))
		for i := range c.titled {
			c.titled[i] = -1
		}
	}
	for i := from; i < to && i < len(c.titled); i++ {
		c.titled[i] = e
	}
}

// coverHead makes the head of a whole phrase answer for the person it is of.
func (c *Cast) coverHead(i, e int) {
	if c.whole == nil {
		c.whole = map[int]int{}
	}
	c.whole[i] = e
}

func (c *Cast) better(a, b Mention, token int) bool {
	if (a.Head == token) != (b.Head == token) {
		return a.Head == token
	}
	return a.To-a.From < b.To-b.From
}
