// Package relational holds what the SQLite and the PostgreSQL store share: the
// tables are the same in both, and so are the statements, but for what a
// Dialect names.
package relational

import (
	"context"
	"errors"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// Tx is one transaction. Parameters are written $1, $2 … in both stores. A
// time.Time is kept to the microsecond; a nil is NULL.
type Tx interface {
	Exec(ctx context.Context, sql string, args ...any) (rows int64, err error)
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
}

// Rows are the answer to a query. Close may be called more than once.
type Rows interface {
	Next() bool
	Scan(to ...any) error
	Err() error
	Close()
}

// Backend runs transactions. Errors that it returns wrap those of package
// store where they apply.
type Backend interface {
	// Write runs f in a transaction and commits it if f returns no error. It
	// may run f again if another writer was in the way.
	Write(ctx context.Context, f func(Tx) error) error
	// Read runs f on one unchanging state of the store.
	Read(ctx context.Context, f func(Tx) error) error
	Dialect() Dialect
}

// Dialect is where the two stores differ.
type Dialect struct {
	Name string
	// NextKey is a statement that returns a number that was never used as the
	// key of an article.
	NextKey string
	// Index is a statement that adds an article's words ($1 cursor, $2 title,
	// $3 text); Unindex one that removes them ($1 cursor).
	Index, Unindex string
	// Fold makes words ready for Index, and for Match.
	Fold func(string) string
	// Find finds the newest articles with folded words for a listing, whose
	// limit is $1. Its parameters have the numbers from n. All words must be
	// there; those of l.Text are not looked at.
	Find   func(l store.Listing, words string, n int) Search
	Cursor string // the column of the table article_text that holds the cursor
	// Size is a query for the bytes that the database takes.
	Size string
	// Lock keeps other writers, until the transaction ends, from adding an
	// article under one of the addresses, or under any where there are none
	// given. It is nil where only one transaction at a time writes.
	Lock func(ctx context.Context, tx Tx, addresses []string) error
	// Hold stands behind a SELECT whose rows of article other writers must leave
	// alone until the transaction ends. It is "" where Lock is nil.
	Hold string
	// Enqueue adds jobs within a transaction.
	Enqueue func(ctx context.Context, tx Tx, jobs []store.Job) error
	// Alone makes the caller the only one that settles, until it calls release or
	// its process ends. It is nil where the store cannot know of that; then it is
	// by a lease.
	Alone func(ctx context.Context) (release func(), held bool, err error)
	// AfterRestore is run at the end of a restore: counters are set.
	AfterRestore []string
	// Check looks for damage that only the store itself can see.
	Check func(ctx context.Context, tx Tx, full bool) ([]store.Finding, error)
}

// Search is a part of a query that finds articles by their words.
type Search struct {
	Table     string // joined with article a
	Condition string // "" where the table has only what was found
	Order     string // the cursor by which the table is read
	Args      []any
}

// Store is a store.Store on a Backend.
type Store struct {
	b   Backend
	d   Dialect
	now func() time.Time
	// holder is this store's name where processes tell each other apart.
	holder string
	few    int // see fewRows
}

// New makes a Store; now is the clock.
func New(b Backend, now func() time.Time) *Store {
	return &Store{b: b, d: b.Dialect(), now: now, holder: holderName(), few: fewRows}
}

// row runs a query for one row. It returns store.ErrNotFound where there is none.
func row(ctx context.Context, tx Tx, sql string, args []any, to ...any) error {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errors.Join(rows.Err(), notFound(rows.Err()))
	}
	if err := rows.Scan(to...); err != nil {
		return err
	}
	rows.Close()
	return rows.Err()
}

func notFoundUnless(found bool) error {
	if !found {
		return store.ErrNotFound
	}
	return nil
}

func notFound(err error) error {
	if err == nil {
		return store.ErrNotFound
	}
	return nil
}

// each runs a query and calls f for every row; f scans it.
func each(ctx context.Context, tx Tx, sql string, args []any, f func(Rows) error) error {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
