package store

import (
	"context"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// Ledger is what a store keeps across articles: stories, resolved events,
// claims, figures and actors. They are made of the records by a settlement
// (package jobs), and follow what is committed by some seconds.
//
// Offsets within them are in bytes of the article's text, as everywhere in the
// program; what leaves it converts them (news.Record does so by itself).
//
// An id that was merged gives a *MergedError, one that was deleted or never was
// ErrNotFound.
type Ledger interface {
	Story(ctx context.Context, id string) (news.Story, error)
	Stories(ctx context.Context, l StoryListing) ([]StoryRow, error)
	// StoryOf is the id of the story that an article is in; ErrNotFound where it
	// is not settled yet.
	StoryOf(ctx context.Context, article string) (string, error)

	ResolvedEvent(ctx context.Context, id string) (news.ResolvedEvent, error)
	ResolvedEvents(ctx context.Context, l EventListing) ([]EventRow, error)
	// EventOf is the id of the resolved event that an event of a record is of.
	EventOf(ctx context.Context, article, event string) (string, error)

	Claim(ctx context.Context, id string) (news.Claim, error)
	Claims(ctx context.Context, l ClaimListing) ([]ClaimRow, error)
	Figures(ctx context.Context, l FigureListing) ([]FigureRow, error)

	Actor(ctx context.Context, id string) (news.Actor, error)
	Actors(ctx context.Context, l ActorListing) ([]ActorRow, error)
	// ActorOf is the id of the actor that an entity of a record is of.
	ActorOf(ctx context.Context, article, entity string) (string, error)
	// ActorArticles lists live articles that name an actor, newest first; before
	// is the Cursor of the last article of the page before, 0 for the first page.
	ActorArticles(ctx context.Context, actor string, before int64, limit int) ([]Article, error)

	// LedgerChanges lists changes after a sequence number, in their order, at
	// most limit (0 for 100, at most 1000).
	LedgerChanges(ctx context.Context, since int64, limit int) ([]LedgerChange, error)

	// Joinings lists a person's words on joinings; PutJoining adds one, or puts
	// it in the place of an earlier one on the same two, and RemoveJoining takes
	// it back. The articles are settled anew.
	Joinings(ctx context.Context) ([]Joining, error)
	PutJoining(ctx context.Context, j Joining) error
	RemoveJoining(ctx context.Context, j Joining) error

	Settling
}

// MergedError is the answer to an id that is part of another now.
type MergedError struct {
	ID, Into string
}

func (e *MergedError) Error() string { return fmt.Sprintf("%s is part of %s now", e.ID, e.Into) }

// StoryOrder is an order of stories.
type StoryOrder string

// The orders of stories, each with the greatest first.
const (
	StoriesNewest    StoryOrder = "newest"    // by the last report
	StoriesGrowth    StoryOrder = "growth"    // by the articles of the last 24 hours; those without any are left out
	StoriesContested StoryOrder = "contested" // by how many of their claims and events are; those without any are left out
	StoriesOrigins   StoryOrder = "origins"   // by independent texts
)

// StoryListing asks for stories.
type StoryListing struct {
	Order  StoryOrder // "" is newest
	Before string     // the Cursor of the last story of the page before; "" for the first page
	Limit  int        // 0 for 20, at most 1000
}

// StoryRow is what a list shows of a story.
type StoryRow struct {
	ID        string           `json:"id"`
	Title     string           `json:"title"`
	First     news.Optional    `json:"first"` // days
	Last      news.Optional    `json:"last"`
	Place     *news.StoryPlace `json:"place"`
	Parties   []string         `json:"parties"`
	Types     []news.EventType `json:"types"`
	Articles  int              `json:"articles"`
	Origins   int              `json:"origins"` // independent texts
	Events    int              `json:"events"`
	Claims    int              `json:"claims"`
	Contested int              `json:"contested"` // claims and events that are
	Tolls     []news.Toll      `json:"tolls"`     // of the event that most texts tell of, without the ids of figures
	Recent    int              `json:"recent"`    // articles of the last 24 hours; set where the order is growth
	Cursor    string           `json:"-"`
}

// EventListing asks for resolved events, the last reported first.
type EventListing struct {
	Story     string         // "" for any
	Type      news.EventType // "" for any
	Contested bool           // only those that are
	Told      int            // only those that so many origins tell of
	Before    string
	Limit     int
}

// EventRow is a resolved event and its place in a list.
type EventRow struct {
	news.ResolvedEvent
	Cursor string `json:"-"`
}

// ClaimListing asks for claims, those with the latest stance first.
type ClaimListing struct {
	Story, Event string
	Actor        string // id of one who takes a stand, or whom it is about
	Contested    bool
	Before       string
	Limit        int
}

// ClaimRow is a claim and its place in a list.
type ClaimRow struct {
	news.Claim
	Cursor string `json:"-"`
}

// FigureListing asks for figures, the last given first.
type FigureListing struct {
	Story, Event string
	Actor        string         // id of its source
	Kind         news.CountKind // "" for any
	Before       string
	Limit        int
}

// FigureRow is a figure and its place in a list.
type FigureRow struct {
	news.Figure
	Story  string `json:"story"`
	Cursor string `json:"-"`
}

// ActorOrder is an order of actors.
type ActorOrder string

// The orders of actors, each with the greatest first.
const (
	ActorsArticles ActorOrder = "articles" // by how many name them
	ActorsNewest   ActorOrder = "newest"   // by the last article
)

// ActorListing asks for actors.
type ActorListing struct {
	Name   string // one that it goes by, in any case; "" for any
	Type   news.EntityType
	Order  ActorOrder // "" is articles
	Before string
	Limit  int
}

// ActorRow is what a list shows of an actor.
type ActorRow struct {
	ID          string
	Type        news.EntityType
	Name        string
	Country     news.Optional
	Articles    int
	First, Last news.Optional // days
	Cursor      string
}

// LedgerChange is a change and when it was made. Its object may be a story too,
// or an actor.
type LedgerChange struct {
	Seq int64     `json:"seq"`
	At  time.Time `json:"at"`
	news.Change
}

// Joining is a person's word on two events of records, or two entities: that
// they are one, or that they are not.
type Joining struct {
	Object   string // event or actor
	One, Two Part   // the order does not matter
	Together bool
	Note     string
	At       time.Time
}

// Part is an event or entity of a record.
type Part struct {
	Article, ID string
}
