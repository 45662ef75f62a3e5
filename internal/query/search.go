package query

import (
	"errors"
	"time"
)

// Kind is what a search is for.
type Kind string

// The kinds.
const (
	Articles   Kind = "articles"
	Statements Kind = "statements"
	Events     Kind = "events" // of single articles
	Stories    Kind = "stories"
	Claims     Kind = "claims"
	Figures    Kind = "figures"
	Actors     Kind = "actors"
)

// Kinds lists the kinds, in the order of the documentation.
func Kinds() []Kind {
	return []Kind{Articles, Statements, Events, Stories, Claims, Figures, Actors}
}

// Search asks a store for a page of one kind, newest first.
type Search struct {
	Kind  Kind
	Query Query
	// Now is what "published:7d" counts back from. On later pages the moment of
	// the first holds.
	Now    time.Time
	Limit  int    // rows; 0 for 20, at most MaxLimit
	Cursor string // Page.Next of the page before; "" for the first
}

// The bounds of a page.
const (
	DefaultLimit = 20
	MaxLimit     = 1000
	// CountTo is how far rows are counted.
	CountTo = 10_000
)

// The errors of a search that are the caller's.
var (
	// ErrCursor is a cursor that no search gave, or one for another query.
	ErrCursor = errors.New("the cursor does not belong to this query; ask for the first page again")
	ErrKind   = errors.New("there is no such kind; it is one of articles, statements, events, stories, claims, figures, actors")
)

// Page is an answer. Only the rows of its kind are set.
type Page struct {
	Kind       Kind
	Articles   []ArticleRow
	Statements []StatementRow
	Events     []EventRow
	Stories    []StoryRow
	Claims     []ClaimRow
	Figures    []FigureRow
	Actors     []ActorRow
	// Total is how many rows there are on all pages, counted at the first.
	// Where More is set there are more than that.
	Total int
	More  bool
	Next  string // cursor of the next page; "" on the last
}

// Len is how many rows are on the page.
func (p *Page) Len() int {
	return len(p.Articles) + len(p.Statements) + len(p.Events) + len(p.Stories) + len(p.Claims) + len(p.Figures) + len(p.Actors)
}

// Suggestion is a name that begins with what was typed.
type Suggestion struct {
	Name     string `json:"name"`
	Type     string `json:"type"`     // of the entity: person, organisation …
	Actor    string `json:"actor"`    // id; "" where it is not settled yet
	Articles int    `json:"articles"` // that name it
}
