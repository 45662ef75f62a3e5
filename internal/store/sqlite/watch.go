package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/onrecord/onrecord/internal/store"
)

// Watch takes the store for the one process that watches its sources, until
// release is called or the process ends, however it does. It returns
// store.ErrWatched where another has it; what does not watch needs no leave.
//
// The lock is SQLite's own, on an empty database beside the store: it holds on
// every system, and is gone with a process that is killed.
func (s *Store) Watch(ctx context.Context) (release func() error, err error) {
	q := url.Values{"_pragma": {"busy_timeout(200)"}, "_txlock": {"exclusive"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: s.path + ".watch"}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("take the store %s: %w", s.path, err)
	}
	db.SetMaxOpenConns(1)
	// The transaction lasts longer than the call.
	t, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		if err = classify(err); errors.Is(err, store.ErrBusy) {
			err = store.ErrWatched
		}
		return nil, errors.Join(fmt.Errorf("take the store %s: %w", s.path, err), db.Close())
	}
	return func() error { return errors.Join(t.Rollback(), db.Close()) }, nil
}
