// Package postgres is the store of a team: PostgreSQL by pgx, with its words in
// a text search index and its jobs in River's tables. Any number of processes
// may use one database.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// Options of a store. The zero value will do.
type Options struct {
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Wait is how long a call waits for other writers before it returns
	// store.ErrBusy; 0 is ten seconds.
	Wait time.Duration
}

// Store is a store.Store in a PostgreSQL database.
type Store struct {
	*relational.Store
	b *backend
}

var _ store.Store = (*Store)(nil)

// leastConnections is how many connections a process may hold unless its
// address says otherwise (pool_max_conns=…): readers, one writer for each core,
// one that listens for jobs, and one for the host lanes.
const leastConnections = 8

var silent = slog.New(slog.DiscardHandler)

// Open opens the store at an address such as postgres://user@host/name, and
// makes its tables where there are none. A store of an older program is brought
// up to date. What pgx knows may stand in the address: sslmode, pool_max_conns,
// search_path for a schema of its own.
func Open(ctx context.Context, address string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == 0 {
		o.Wait = 10 * time.Second
	}
	// pgx leaves the password out of its errors.
	c, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	c.MaxConns = max(c.MaxConns, leastConnections)
	for name, value := range map[string]string{
		"application_name": "onrecord",
		"lock_timeout":     strconv.FormatInt(o.Wait.Milliseconds(), 10),
		"timezone":         "UTC",
		// A machine that is gone without a word gives its locks back in a minute.
		"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3",
	} {
		if _, set := c.ConnConfig.RuntimeParams[name]; !set {
			c.ConnConfig.RuntimeParams[name] = value
		}
	}
	b := &backend{now: o.Now, wait: o.Wait}
	if b.pool, err = pgxpool.NewWithConfig(ctx, c); err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	where := fmt.Sprintf("%s on %s", c.ConnConfig.Database, c.ConnConfig.Host)
	// A client that only adds jobs.
	if b.queue, err = river.NewClient(riverpgxv5.New(b.pool), &river.Config{Logger: silent}); err != nil {
		b.pool.Close()
		return nil, fmt.Errorf("open the store %s: %w", where, err)
	}
	if err := b.migrate(ctx); err != nil {
		b.pool.Close()
		return nil, fmt.Errorf("open the store %s: %w", where, err)
	}
	return &Store{Store: relational.New(b, o.Now), b: b}, nil
}

// Close ends all connections.
func (s *Store) Close() error {
	s.b.pool.Close()
	return nil
}

// Shrink gives the space of what was deleted back, and overwrites it: after
// articles were forgotten. Each table is locked while it is written anew.
func (s *Store) Shrink(ctx context.Context) error {
	for _, t := range []string{"article", "address", "version", "record", "capture", `"fetch"`, "entity", "place", "statement", "event", "event_party", "event_count", "time_expression", "article_text",
		"article_part", "article_term", "statement_term", "event_term", "statement_event", "statement_text", "event_text",
		"story", "story_article", "story_kept", "resolved_event", "resolved_member", "resolved_party", "claim", "claim_about", "stance", "figure", "actor", "actor_name", "actor_article"} {
		if _, err := s.b.pool.Exec(ctx, "VACUUM FULL "+t); err != nil {
			return fmt.Errorf("shrink %s: %w", t, classify(ctx, err))
		}
	}
	return nil
}

// backend runs transactions on the database.
type backend struct {
	pool  *pgxpool.Pool
	queue *river.Client[pgx.Tx]
	now   func() time.Time
	wait  time.Duration
}

// Write runs f in a transaction, and again for as long as other writers are in
// the way. Each statement sees what was committed before it: what must not
// change meanwhile is locked.
func (b *backend) Write(ctx context.Context, f func(relational.Tx) error) error {
	end := time.Now().Add(b.wait)
	for attempt := 0; ; attempt++ {
		err := b.run(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, f)
		if err == nil || !conflict(err, attempt) || time.Now().After(end) {
			return err
		}
		// They would meet again if each waited as long.
		pause := time.Duration(rand.Int64N(int64(time.Millisecond) << min(attempt, 7)))
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}

// Read runs f on one unchanging state of the store.
func (b *backend) Read(ctx context.Context, f func(relational.Tx) error) error {
	return b.run(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, f)
}

func (b *backend) run(ctx context.Context, o pgx.TxOptions, f func(relational.Tx) error) (err error) {
	c, t, err := b.begin(ctx, o)
	if err != nil {
		return classify(ctx, err)
	}
	defer c.Release()
	defer func() {
		if err != nil {
			err = lost(ctx, c.Conn(), classify(ctx, err))
			// What went wrong first is what counts. A connection on which this
			// fails is not used again.
			end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			_ = t.Rollback(end)
		}
	}()
	if err := f(tx{t}); err != nil {
		return err
	}
	return t.Commit(ctx)
}

// begin begins a transaction. A connection that was cut while it lay in the pool
// shows only now; then another is taken.
func (b *backend) begin(ctx context.Context, o pgx.TxOptions) (*pgxpool.Conn, pgx.Tx, error) {
	for left := b.pool.Config().MaxConns; ; left-- {
		c, err := b.pool.Acquire(ctx)
		if err != nil {
			return nil, nil, err
		}
		t, err := c.BeginTx(ctx, o)
		if err == nil {
			return c, t, nil
		}
		closed := c.Conn().IsClosed()
		if err = lost(ctx, c.Conn(), classify(ctx, err)); !closed || ctx.Err() != nil || left == 0 {
			c.Release()
			return nil, nil, err
		}
		c.Release()
	}
}

// Dialect is what only PostgreSQL says so.
func (b *backend) Dialect() relational.Dialect {
	return relational.Dialect{
		Name:    "postgres",
		NextKey: "SELECT nextval('article_key')",
		Index: `INSERT INTO article_text (cursor, words)
			VALUES ($1, setweight(to_tsvector('onrecord', $2), 'A') || to_tsvector('onrecord', $3))`,
		Unindex: "DELETE FROM article_text WHERE cursor = $1",
		Fold:    fold,
		Find:    find,
		Cursor:  "cursor",
		Size:    "SELECT pg_database_size(current_database())",
		Lock:    lock,
		Hold:    " FOR UPDATE",
		Enqueue: b.enqueue,
		Alone:   b.alone,
		AfterRestore: []string{
			"SELECT setval('article_key', (SELECT coalesce(max(key), 0) + 1 FROM article), false)",
			"SELECT setval(pg_get_serial_sequence('change', 'seq'), (SELECT coalesce(max(seq), 0) + 1 FROM change), false)",
		},
		Check: check,
	}
}
