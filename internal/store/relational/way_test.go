package relational_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

// large is a store that answers queries as if its lists were long.
type large struct {
	*sqlite.Store
	db *sql.DB
}

func (l large) Exec(ctx context.Context, q string) error {
	_, err := l.db.ExecContext(ctx, q)
	return err
}

func (large) Jobs(context.Context) ([]store.Job, error) { return nil, nil }

// TestWays: whichever way is taken, the same is found.
func TestWays(t *testing.T) {
	storetest.RunQueries(t, func(t *testing.T, now func() time.Time) storetest.Store {
		path := filepath.Join(t.TempDir(), "store.db")
		s, err := sqlite.Open(t.Context(), path, sqlite.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		relational.SetFew(s.Store, 0)
		return large{s, db}
	})
}
