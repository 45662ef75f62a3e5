package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

// TestPostgres runs what leaves the server as it is, on one server.
func TestPostgres(t *testing.T) {
	server := pgtest.Start(t)
	for _, c := range []struct {
		name string
		f    func(*testing.T, *pgtest.Server)
	}{
		{"Store", testStore},
		{"Queries", testQueries},
		{"SearchMany", testSearchMany},
		{"Lanes", testLanes},
		{"Dead", testDead},
		{"NodeCutOff", testNodeCutOff},
		{"Copy", testCopy},
		{"Cut", testCut},
		{"Busy", testBusy},
		{"Full", testFull},
		{"Canceled", testCanceled},
		{"WrongAddress", testWrongAddress},
		{"Migrate", testMigrate},
		{"InvalidIndex", testInvalidIndex},
		{"Shrink", testShrink},
	} {
		t.Run(c.name, func(t *testing.T) { c.f(t, server) })
	}
}

func testStore(t *testing.T, server *pgtest.Server) {
	fresh := migrated(t, server)
	storetest.Run(t, func(t *testing.T, now func() time.Time) storetest.Store {
		return open(t, fresh(), postgres.Options{Now: now})
	})
}

func testQueries(t *testing.T, server *pgtest.Server) {
	fresh := migrated(t, server)
	storetest.RunQueries(t, func(t *testing.T, now func() time.Time) storetest.Store {
		return open(t, fresh(), postgres.Options{Now: now})
	})
}

// harmful is a store that a test may do harm to.
type harmful struct{ *postgres.Store }

func (h harmful) Exec(ctx context.Context, sql string) error { return postgres.Exec(ctx, h.Store, sql) }

func (h harmful) Jobs(ctx context.Context) ([]store.Job, error) { return postgres.Jobs(ctx, h.Store) }

// migrated returns what makes databases with empty tables, quicker than
// migrations would.
func migrated(t *testing.T, server *pgtest.Server) func() string {
	t.Helper()
	first := database(t, server)
	s, err := postgres.Open(t.Context(), first, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return func() string {
		t.Helper()
		address, err := server.Copy(t.Context(), first)
		if err != nil {
			t.Fatal(err)
		}
		return address
	}
}

func database(t *testing.T, s *pgtest.Server) string {
	t.Helper()
	address, err := s.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func open(t *testing.T, address string, o postgres.Options) harmful {
	t.Helper()
	s, err := postgres.Open(t.Context(), address, o)
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
