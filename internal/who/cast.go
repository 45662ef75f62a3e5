// Package who joins the names, descriptions and pronouns of an article into
// entities: people, bodies, armed groups, countries and places, with their
// roles, countries and PLOVER sectors.
package who

import "github.com/onrecord/onrecord/internal/news"

// Cast is everybody and everything that an article speaks of.
type Cast struct {
	Entities []news.Entity
	Mentions []Mention // in text order; a longer one before a shorter one that starts with it

	owner []int // innermost mention of each token, -1 for none
}

// Mention is one reference to an entity, as a run of tokens.
type Mention struct {
	Entity   int // index in Cast.Entities
	From, To int // half-open range in Doc.Tokens
	Head     int // the token that carries the phrase
	Kind     news.MentionKind
}

// At returns the entity whose mention is headed by token i or, failing that,
// the innermost one that covers it; -1 where there is none.
func (c *Cast) At(i int) int {
	if i < 0 || i >= len(c.owner) || c.owner[i] < 0 {
		return -1
	}
	return c.Mentions[c.owner[i]].Entity
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

func (c *Cast) better(a, b Mention, token int) bool {
	if (a.Head == token) != (b.Head == token) {
		return a.Head == token
	}
	return a.To-a.From < b.To-b.From
}
