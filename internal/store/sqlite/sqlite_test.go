package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, now func() time.Time) storetest.Store {
		return open(t, filepath.Join(t.TempDir(), "store.db"), sqlite.Options{Now: now})
	})
}

func TestQueries(t *testing.T) {
	storetest.RunQueries(t, func(t *testing.T, now func() time.Time) storetest.Store {
		return open(t, filepath.Join(t.TempDir(), "store.db"), sqlite.Options{Now: now})
	})
}

// harmful is a store that a test may do harm to.
type harmful struct{ *sqlite.Store }

func (h harmful) Exec(ctx context.Context, sql string) error { return sqlite.Exec(ctx, h.Store, sql) }

func (h harmful) Jobs(ctx context.Context) ([]store.Job, error) { return sqlite.Jobs(ctx, h.Store) }

func open(t *testing.T, path string, o sqlite.Options) harmful {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return harmful{s}
}
