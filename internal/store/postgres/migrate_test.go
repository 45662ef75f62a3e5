package postgres_test

import (
	"sync"
	"testing"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

func testMigrate(t *testing.T, server *pgtest.Server) {
	t.Run("Together", func(t *testing.T) {
		address := database(t, server)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				s, err := postgres.Open(t.Context(), address, postgres.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		wantClean(t, open(t, address, postgres.Options{}), 0)
	})
	t.Run("SchemaOfItsOwn", func(t *testing.T) {
		address := database(t, server)
		c := connect(t, address)
		for _, name := range []string{"one", "two"} {
			if _, err := c.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
				t.Fatal(err)
			}
			s := open(t, address+"&search_path="+name, postgres.Options{})
			wantErr(t, name, commit(t, s, 1), nil)
			wantClean(t, s, 1)
		}
	})
	t.Run("Newer", func(t *testing.T) {
		address := database(t, server)
		s := open(t, address, postgres.Options{})
		if err := s.Exec(t.Context(), "INSERT INTO migration SELECT max(n) + 1, 'later', 'x', now() FROM migration"); err != nil {
			t.Fatal(err)
		}
		_, err := postgres.Open(t.Context(), address, postgres.Options{})
		wantErr(t, "open", err, store.ErrNewer)
	})
	t.Run("Other", func(t *testing.T) {
		address := database(t, server)
		s := open(t, address, postgres.Options{})
		if err := s.Exec(t.Context(), "UPDATE migration SET sha256 = 'x'"); err != nil {
			t.Fatal(err)
		}
		if _, err := postgres.Open(t.Context(), address, postgres.Options{}); err == nil {
			t.Error("a store whose tables were made otherwise is opened")
		}
	})
}

// testInvalidIndex: the doctor finds an index that PostgreSQL does not use.
func testInvalidIndex(t *testing.T, server *pgtest.Server) {
	s := open(t, database(t, server), postgres.Options{})
	if err := s.Exec(t.Context(), "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'article_live'::regclass"); err != nil {
		t.Fatal(err)
	}
	found, err := s.Doctor(t.Context(), false)
	if err != nil || len(found) != 1 || found[0].Code != "index_invalid" || found[0].Example != "article_live" {
		t.Errorf("%+v, %v", found, err)
	}
}

func testShrink(t *testing.T, server *pgtest.Server) {
	s := open(t, database(t, server), postgres.Options{})
	wantErr(t, "commit", commit(t, s, 1), nil)
	if err := s.Shrink(t.Context()); err != nil {
		t.Error(err)
	}
	wantClean(t, s, 1)
}
