// Package store says what is kept, and how it is asked for: articles with all
// their versions and records, the sources they came from, and the log of every
// request. The stores themselves are in sqlite and postgres; storetest holds
// the one suite that both must pass.
package store

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// The errors of a store, whichever it is. What a store returns wraps one of
// them where it applies.
var (
	ErrNotFound = errors.New("not in the store")
	ErrNotEmpty = errors.New("the store is not empty")
	ErrOlder    = errors.New("the store is of an older version of the program")
	ErrNewer    = errors.New("the store is of a newer version of the program")
	// ErrBusy, ErrFull and ErrAway pass by themselves, or when someone makes
	// room: the same call may succeed later.
	ErrBusy = errors.New("the store is locked by another process")
	ErrFull = errors.New("the disk is full")
	ErrAway = errors.New("the store does not answer")
)

// Passing reports whether the call that returned err may succeed later as it
// stands.
func Passing(err error) bool {
	return errors.Is(err, ErrBusy) || errors.Is(err, ErrFull) || errors.Is(err, ErrAway)
}

// Store keeps articles. It may be used by many goroutines at once.
type Store interface {
	// Look says what Commit would make of a delivery, so that what is known is
	// not read again.
	Look(ctx context.Context, d *news.Delivery) (Known, error)
	// Unknown returns those of the addresses that belong to no article and to
	// none that was forgotten, in their order.
	Unknown(ctx context.Context, addresses []string) ([]string, error)
	// Commit makes all the changes, or none. Committing an entry again changes
	// nothing. Results are in the order of Changes.Entries.
	Commit(ctx context.Context, c Changes) ([]Result, error)

	Article(ctx context.Context, id string) (Article, error)
	// Find returns the id of the article with an id or address.
	Find(ctx context.Context, idOrAddress string) (string, error)
	Versions(ctx context.Context, id string) ([]Version, error) // the first first
	Record(ctx context.Context, id string, version int) (*news.Record, error)
	List(ctx context.Context, l Listing) ([]Article, error)

	Capture(ctx context.Context, id string) (Filed, error)
	// Captures calls f for every capture in the order of file and offset.
	Captures(ctx context.Context, f func(Filed) error) error

	// Reread puts a newer record in the place of the one that a version has.
	Reread(ctx context.Context, id string, version int, r *news.Record) error
	// Stale lists articles seen since the day whose current record was made by
	// another pipeline than p, at most limit, in the order of their keys, after
	// the key given. The last key is returned for the next call.
	Stale(ctx context.Context, p news.Pipeline, since time.Time, after int64, limit int) (ids []string, last int64, err error)

	// Release shows the articles whose embargo has ended by now.
	Release(ctx context.Context, now time.Time) (int, error)
	// Forget erases an article and leaves a tombstone. It returns where its
	// captures are, to be erased as well and then confirmed with Erased.
	Forget(ctx context.Context, id, reason string) ([]Filed, error)
	// Unerased lists captures of forgotten articles that are not yet confirmed.
	Unerased(ctx context.Context) ([]Filed, error)
	Erased(ctx context.Context, captures []string) error

	Feeds(ctx context.Context) ([]news.Feed, error)
	Feed(ctx context.Context, id string) (news.Feed, error)
	PutFeed(ctx context.Context, f news.Feed) error
	RemoveFeed(ctx context.Context, id string) error // its articles stay
	Fetches(ctx context.Context, feed string, limit int) ([]news.Fetch, error)
	// PruneFetches deletes the log before a moment.
	PruneFetches(ctx context.Context, before time.Time) (int64, error)

	Stats(ctx context.Context) (Stats, error)
	// Doctor looks for what must not be. With full it also opens every record.
	Doctor(ctx context.Context, full bool) ([]Finding, error)
	// Dump writes all rows, of one moment, for Restore.
	Dump(ctx context.Context, w io.Writer) error
	// Restore fills an empty store, of either kind, with what Dump wrote.
	Restore(ctx context.Context, r io.Reader) error

	Ledger

	Searcher

	Close() error
}

// Changes are made together or not at all.
type Changes struct {
	Captures []Filed // that are written; those of Entries must be among them or known
	Entries  []Entry
	Feeds    []news.Feed // as they are after a check; one that was removed stays removed
	Fetches  []news.Fetch
	Jobs     []Job
	// Unused names captures to be dropped if no version came of them.
	Unused []string
}

// Entry is a delivery and the record that was made of it; the record is nil for
// a withdrawal.
type Entry struct {
	Delivery *news.Delivery
	Record   *news.Record
	At       time.Time // when it was received
}

// Job is work to be done later. Kind and Args are the workers' business.
type Job struct {
	Kind string
	Args []byte // JSON
	// Lane is the host whose jobs are done one at a time; "" for none.
	Lane string
	// Unique, where set, keeps a second job of the kind from being added while
	// one with the same value waits or runs.
	Unique string
	At     time.Time // not before; zero for now
}

// Location is where a capture lies in the captures folder.
type Location struct {
	File   string // name within the folder
	Offset int64  // bytes
	Length int64  // bytes, as compressed
}

// Filed is a capture without its body, and where that is.
type Filed struct {
	news.Capture
	Location
}

// Outcome is what became, or would become, of a delivery.
type Outcome string

// The outcomes.
const (
	Added     Outcome = "added"
	Edited    Outcome = "edited"    // a new version of a known article
	Same      Outcome = "same"      // nothing new
	Withdrawn Outcome = "withdrawn" // shown no more
	Forgotten Outcome = "forgotten" // it was erased, and is not taken again
	NoTarget  Outcome = "no_target" // a withdrawal of what is not kept
)

// Known is what the store has of a delivery.
type Known struct {
	Outcome Outcome
	Article string // id; "" where there is none yet
	Version int    // the current one; 0 where there is none
}

// Result is what became of an entry.
type Result struct {
	Outcome Outcome
	Article string
	Version int
}

// State says whether an article is shown.
type State string

// The states of an article.
const (
	Live          State = "live"
	Held          State = "held"      // under embargo
	WithdrawnHere State = "withdrawn" // by its publisher
)

// Article is what lists show of an article.
type Article struct {
	ID        string
	State     State
	Version   int // the current one, from 1
	URL       string
	Publisher string
	Feed      string
	Title     string
	Published string    // a day or RFC 3339; "" where unknown
	Language  string    // ISO 639-1
	FirstSeen time.Time // when the first version was received
	Changed   time.Time // when the current one was
	Embargo   time.Time
	// What the current record holds.
	Entities, Statements, Events int
	Pipeline                     news.Pipeline
	// Cursor is the article's place in a list, newest first.
	Cursor int64
}

// Version is one state of an article's text.
type Version struct {
	N          int
	At         time.Time // received
	Title      string
	Published  string
	Basis      news.PublishedBasis
	TextSHA256 string
	Capture    string // id; "" where its capture was erased or never kept
	Action     news.Action
	Note       string
	Difference []Edit // to the version before
}

// Listing asks for live articles, newest first.
type Listing struct {
	Text   string // words that title or text must hold, all of them; "" for any
	Feed   string
	Before int64 // the Cursor of the last article of the page before; 0 for the first page
	Limit  int   // 0 for 20, at most 1000
}

// Stats are counts of what a store holds.
type Stats struct {
	Kind       string // sqlite or postgres
	Schema     int    // the last migration
	Articles   map[State]int64
	Versions   int64
	Records    []PipelineCount
	Entities   int64
	Statements int64
	Events     int64
	Captures   int64
	Captured   int64 // bytes, as compressed
	Feeds      map[news.FeedState]int64
	Fetches    int64
	Tombstones int64
	Oldest     string // publication, a day or RFC 3339
	Newest     string
	Bytes      int64 // of the database
}

// PipelineCount is how many current records one pipeline made.
type PipelineCount struct {
	news.Pipeline
	Records int64
}

// Finding is something that must not be.
type Finding struct {
	Code    string // stable, such as "record_missing"
	Count   int64
	Example string // one of those found
	Mend    string // what to do
}
