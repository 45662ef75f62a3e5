package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// ErrOvertaken is returned by Settle where another process has settled since
// the state was read: it must be read anew.
var ErrOvertaken = errors.New("another process has settled meanwhile")

// Settling is the part of a Ledger that the settlement works with. What is made
// of the records, and how, is not the store's business.
type Settling interface {
	// HoldSettling makes the caller the only one that settles, until release is
	// called, the process ends or, on SQLite, it has not settled for a minute.
	// held is false where another is; that is no error.
	HoldSettling(ctx context.Context) (release func(), held bool, err error)
	// Settlement is where the settling stands.
	Settlement(ctx context.Context) (Settlement, error)
	// Unsettled lists articles that have changed since they were settled, in the
	// order of ids, at most limit.
	Unsettled(ctx context.Context, limit int) ([]Unsettled, error)
	// KeptStories calls f for every story that the clustering goes on from.
	KeptStories(ctx context.Context, f func(key string, body []byte) error) error
	// BatchArticles calls f for the settled articles of a batch, in the order of
	// their keys. Their sketches do not come with them.
	BatchArticles(ctx context.Context, batch int64, f func(SettledArticle) error) error
	// SettledArticles returns those of the articles that are settled, without
	// their sketches.
	SettledArticles(ctx context.Context, ids []string) ([]SettledArticle, error)
	// Sketches returns the sketches that are kept of some articles.
	Sketches(ctx context.Context, ids []string) (map[string][]byte, error)
	// StaleBlocks lists blocks of actors of which an article was forgotten.
	StaleBlocks(ctx context.Context, limit int) ([]string, error)
	// SettledStories returns the stories of those ids or keys that are there.
	SettledStories(ctx context.Context, idsOrKeys []string) ([]SettledStory, error)
	// StoryIDs lists the ids of all stories after one, at most limit.
	StoryIDs(ctx context.Context, after string, limit int) ([]string, error)
	// Behind lists stories whose events and claims are made of fewer articles
	// than they have.
	Behind(ctx context.Context, limit int) ([]string, error)
	// LedgerOf returns the events and claims of stories, in the order of ids.
	LedgerOf(ctx context.Context, stories []string) ([]news.ResolvedEvent, []news.Claim, error)
	// Taken returns those of the ids that are or were given to something.
	Taken(ctx context.Context, ids []string) (map[string]bool, error)
	// Profiles returns the entities of some blocks, and the actors they are of.
	Profiles(ctx context.Context, blocks []string) ([]Profile, []BlockActor, error)
	// ProfilesOf returns the entities of some articles.
	ProfilesOf(ctx context.Context, articles []string) ([]Profile, error)
	// Blocks lists all blocks after one, at most limit.
	Blocks(ctx context.Context, after string, limit int) ([]string, error)
	// Settle makes all the changes, or none. It returns ErrOvertaken where the
	// turn is not the one that it was made for.
	Settle(ctx context.Context, s Settled) error
}

// Settlement is where the settling stands.
type Settlement struct {
	Turn    int64
	Batches []Batch // in their order
	Waiting int64   // articles that are not settled
}

// Batch is a number of articles that are settled together, in whatever order
// they came.
type Batch struct {
	N      int64
	Opened time.Time
	Closed time.Time // the moment for which it was settled; zero while it is open
}

// Unsettled is an article that has changed since it was settled, or was
// forgotten; Stamp tells this change from a later one.
type Unsettled struct {
	Article string
	Stamp   int64
	Story   string // that it was in; "" for none
}

// SettledArticle is the place of an article.
type SettledArticle struct {
	Article string
	Story   string    // id
	Origin  string    // id of the article that its text goes back to, or its own; "" leaves it as it is
	Batch   int64     // 0 leaves it where it is
	Joined  time.Time // when it was settled first; set by the store
	Sketch  []byte    // nil where its story is over
}

// SettledStory is a story, and what was made of it.
type SettledStory struct {
	Key      string
	Story    news.Story
	Row      StoryRow
	Articles []string // ids; read only
	// Told is how many articles its events and claims were made of.
	Told int
	// Events and Claims take the place of those that it has, where Ledger is set.
	Ledger bool
	Events []news.ResolvedEvent
	Claims []news.Claim
	// Who says of parties, stances and figures which entity of which record
	// they are: by the id of the stance or figure, by PartyKey and by AboutKey.
	Who map[string]news.ActorRef
}

// Profile is what the joining of actors knows of one entity of one record.
type Profile struct {
	Article, Entity string
	Actor, Block    string
	Story           string // of the article; read only
	Body            []byte // JSON
}

// BlockActor is an actor and the block that it is of.
type BlockActor struct {
	Block string
	news.Actor
}

// Settled is what a settlement changed.
type Settled struct {
	Turn int64 // the one that it goes by; the store's is one more then
	At   time.Time
	Done []Unsettled
	// Batches are put in the place of those of the same number.
	Batches []Batch
	// Kept are stories of the last closed batch as the clustering goes on from
	// them: nil is no longer there.
	Kept map[string][]byte

	Gone     []string         // articles that are in no story any more, and whose entities are of no actor
	Articles []SettledArticle // placed, or placed anew; nil sketches leave what is there
	Over     []string         // stories whose sketches are not needed any more
	Stories  []SettledStory   // new or changed
	Dropped  []string         // ids of stories, events, claims and actors that are no more

	Profiles []Profile    // put, or with Actor "" taken out
	Actors   []BlockActor // new or changed
	Blocks   []string     // that are not stale any more

	Changes []news.Change // merged and deleted ones leave a tombstone
}

// PartyKey names a party of an event in SettledStory.Who.
func PartyKey(event, role string, n int) string { return fmt.Sprintf("%s %s %d", event, role, n) }

// AboutKey names one of those whom a claim is about in SettledStory.Who.
func AboutKey(claim string, n int) string { return fmt.Sprintf("%s about %d", claim, n) }
