package postgres_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

// testCopy takes a store of either kind to the other.
func testCopy(t *testing.T, server *pgtest.Server) {
	t.Run("FromSQLite", func(t *testing.T) {
		storetest.CopyTo(t, file(t), open(t, database(t, server), postgres.Options{}))
	})
	t.Run("ToSQLite", func(t *testing.T) {
		storetest.CopyTo(t, open(t, database(t, server), postgres.Options{}), file(t))
	})
}

// unharmed is a store to which nothing is done but by its methods.
type unharmed struct{ store.Store }

var errUnharmed = errors.New("not in this test")

func (unharmed) Exec(context.Context, string) error        { return errUnharmed }
func (unharmed) Jobs(context.Context) ([]store.Job, error) { return nil, errUnharmed }

func file(t *testing.T) unharmed {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return unharmed{s}
}
