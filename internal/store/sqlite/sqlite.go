// Package sqlite is the store in one file: SQLite in pure Go, with its words in
// FTS5. One connection writes, several read; other processes may do both.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// Options of a store. The zero value will do.
type Options struct {
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Wait is how long a call waits for another process that writes before it
	// returns store.ErrBusy; 0 is ten seconds.
	Wait time.Duration
	// MaxBytes bounds the file, after which calls return store.ErrFull; 0 is
	// no bound.
	MaxBytes int64
}

// Store is a store.Store in one file.
type Store struct {
	*relational.Store
	b    *backend
	path string
}

var _ store.Store = (*Store)(nil)

// Open opens the store in a file, and makes it where there is none. A store of
// an older program is brought up to date.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == 0 {
		o.Wait = 10 * time.Second
	}
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, fmt.Errorf("open the store: %w", classify(err))
		}
	}
	b := &backend{now: o.Now}
	var err error
	// synchronous=FULL: what was committed is there after a power cut too. It
	// costs one fsync an article, which takes less than reading one.
	if b.write, err = open(path, o, 1, "synchronous(full)", "secure_delete(on)"); err != nil {
		return nil, err
	}
	if b.read, err = open(path, o, max(4, runtime.GOMAXPROCS(0)), "query_only(on)"); err != nil {
		return nil, errors.Join(err, b.write.Close())
	}
	if err := b.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the store %s: %w", path, err), b.Close())
	}
	return &Store{Store: relational.New(b, o.Now), b: b, path: path}, nil
}

func open(path string, o Options, connections int, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_pragma": append([]string{
		fmt.Sprintf("busy_timeout(%d)", o.Wait.Milliseconds()),
		"journal_mode(wal)", "foreign_keys(on)", "mmap_size(1073741824)", "temp_store(memory)", "cache_size(-32000)",
	}, pragmas...)}
	if o.MaxBytes > 0 {
		q.Add("_pragma", fmt.Sprintf("max_page_count(%d)", o.MaxBytes/4096))
	}
	if connections == 1 {
		q.Set("_txlock", "immediate")
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("open the store %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// Path is the file that the store is in.
func (s *Store) Path() string { return s.path }

// Close ends all connections.
func (s *Store) Close() error { return s.b.Close() }

// Shrink gives the space of what was deleted back, and removes what is left of
// deleted words in the index: after articles were forgotten.
func (s *Store) Shrink(ctx context.Context) error {
	for _, q := range []string{
		"INSERT INTO article_text(article_text) VALUES('optimize')",
		"INSERT INTO statement_text(statement_text) VALUES('optimize')",
		"INSERT INTO event_text(event_text) VALUES('optimize')",
		"VACUUM",
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := s.b.write.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("shrink the store: %w", classify(err))
		}
	}
	return nil
}

// backend runs transactions on the file.
type backend struct {
	write, read *sql.DB
	now         func() time.Time
}

func (b *backend) Close() error { return errors.Join(b.read.Close(), b.write.Close()) }

// Write runs f in a transaction.
func (b *backend) Write(ctx context.Context, f func(relational.Tx) error) error {
	return b.run(ctx, b.write, nil, f)
}

// Read runs f on one unchanging state of the store.
func (b *backend) Read(ctx context.Context, f func(relational.Tx) error) error {
	return b.run(ctx, b.read, &sql.TxOptions{ReadOnly: true}, f)
}

func (b *backend) run(ctx context.Context, db *sql.DB, o *sql.TxOptions, f func(relational.Tx) error) (err error) {
	t, err := db.BeginTx(ctx, o)
	if err != nil {
		return classify(err)
	}
	defer func() {
		if err != nil {
			// What went wrong first is what counts.
			_ = t.Rollback()
			err = classify(err)
		}
	}()
	if err := f(tx{t}); err != nil {
		return err
	}
	return t.Commit()
}

// tx is a transaction of the driver's.
type tx struct{ t *sql.Tx }

func (t tx) Exec(ctx context.Context, q string, args ...any) (int64, error) {
	r, err := t.t.ExecContext(ctx, q, values(args)...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (t tx) Query(ctx context.Context, q string, args ...any) (relational.Rows, error) {
	r, err := t.t.QueryContext(ctx, q, values(args)...)
	if err != nil {
		return nil, err
	}
	return rows{r}, nil
}

type rows struct{ *sql.Rows }

func (r rows) Close() { _ = r.Rows.Close() } // its error is in Err

// values turns times into what their columns hold.
func values(args []any) []any {
	for i, a := range args {
		if t, ok := a.(time.Time); ok {
			args[i] = t.UnixMicro()
		}
	}
	return args
}

// classify puts the errors of SQLite and of the file system under those of
// package store.
func classify(err error) error {
	if err == nil || store.Passing(err) {
		return err
	}
	var e *driver.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return fmt.Errorf("%w: %w", store.ErrBusy, err)
		case lib.SQLITE_FULL:
			return fmt.Errorf("%w: %w", store.ErrFull, err)
		case lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN:
			return fmt.Errorf("%w: %w", store.ErrAway, err)
		}
	}
	return err
}

// find searches FTS5's index, which is read from its end. Each word is quoted,
// so that no sign in it has a meaning of its own.
func find(_ store.Listing, words string, n int) relational.Search {
	var b strings.Builder
	for _, w := range strings.Fields(strings.ReplaceAll(words, "\x00", " ")) {
		b.WriteString(`"` + strings.ReplaceAll(w, `"`, `""`) + `" `)
	}
	if b.Len() == 0 {
		b.WriteString(`""`) // matches nothing
	}
	return relational.Search{
		Table:     "article_text JOIN article a ON a.cursor = article_text.rowid",
		Condition: fmt.Sprintf("article_text MATCH $%d", n),
		Order:     "article_text.rowid",
		Args:      []any{b.String()},
	}
}

// Dialect is what only SQLite says so.
func (b *backend) Dialect() relational.Dialect {
	return relational.Dialect{
		Name:         "sqlite",
		NextKey:      "UPDATE counter SET value = value + 1 WHERE name = 'article' RETURNING value",
		Index:        "INSERT INTO article_text (rowid, title, body) VALUES ($1, $2, $3)",
		Unindex:      "DELETE FROM article_text WHERE rowid = $1",
		Fold:         func(s string) string { return s },
		Find:         find,
		Cursor:       "rowid",
		Size:         "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
		Enqueue:      b.enqueue,
		AfterRestore: []string{"UPDATE counter SET value = (SELECT coalesce(max(key), 0) FROM article) WHERE name = 'article'"},
		Check:        b.check,
	}
}
