package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

var at = time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)

func port(n int) store.Changes {
	return storetest.Changes(storetest.Delivery(fmt.Sprintf("Port %d is to close.", n), at, fmt.Sprintf("https://post.example/%d", n)))
}

func commit(t *testing.T, s store.Store, n int) error {
	t.Helper()
	r, err := s.Commit(t.Context(), port(n))
	if err == nil && r[0].Outcome != store.Added {
		t.Errorf("article %d is %s", n, r[0].Outcome)
	}
	return err
}

func wantErr(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func wantClean(t *testing.T, s store.Store, articles int64) {
	t.Helper()
	found, err := s.Doctor(t.Context(), true)
	if err != nil || len(found) > 0 {
		t.Errorf("doctor: %v, %v", found, err)
	}
	st, err := s.Stats(t.Context())
	if err != nil || st.Articles[store.Live] != articles {
		t.Errorf("%d articles, want %d (%v)", st.Articles[store.Live], articles, err)
	}
}

// TestAway: the server stops and comes back; the store needs no new start.
func TestAway(t *testing.T) {
	server := pgtest.Start(t)
	address := database(t, server)
	s := open(t, address, postgres.Options{})
	wantErr(t, "before", commit(t, s, 1), nil)
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		wantErr(t, "commit", commit(t, s, 2), store.ErrAway)
		_, err := s.List(t.Context(), store.Listing{})
		wantErr(t, "list", err, store.ErrAway)
	}
	_, err := postgres.Open(t.Context(), address, postgres.Options{})
	wantErr(t, "open", err, store.ErrAway)
	if err := server.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "after", commit(t, s, 2), nil)
	wantClean(t, s, 2)
}

// testCut: connections are cut while transactions run.
func testCut(t *testing.T, server *pgtest.Server) {
	s := open(t, database(t, server), postgres.Options{})
	other := connect(t, server.URL("postgres"))
	cutAll := func() {
		if _, err := other.Exec(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> 'postgres' AND application_name = 'onrecord'"); err != nil {
			t.Error(err)
		}
	}
	err := s.Captures(t.Context(), func(store.Filed) error { return nil })
	wantErr(t, "before", err, nil)
	wantErr(t, "the first", commit(t, s, 0), nil)
	err = s.Captures(t.Context(), func(store.Filed) error {
		cutAll()
		time.Sleep(50 * time.Millisecond)
		return nil
	})
	// The rows may have been there before the cut; the end of the transaction
	// was not.
	wantErr(t, "a read that is cut", err, store.ErrAway)
	wantErr(t, "after", commit(t, s, 1), nil)
	wantClean(t, s, 2)
}

func testBusy(t *testing.T, server *pgtest.Server) {
	address := database(t, server)
	s := open(t, address, postgres.Options{Wait: 200 * time.Millisecond})
	other := connect(t, address)
	held, err := other.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := held.Exec(t.Context(), "LOCK TABLE article IN EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "locked", commit(t, s, 1), store.ErrBusy)
	if err := held.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "after", commit(t, s, 1), nil)
	wantClean(t, s, 1)
}

// testFull: a disk without room, as PostgreSQL tells of it.
func testFull(t *testing.T, server *pgtest.Server) {
	s := open(t, database(t, server), postgres.Options{})
	for _, sql := range []string{
		"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
		"CREATE TRIGGER full_disk BEFORE INSERT ON record FOR EACH ROW EXECUTE FUNCTION full_disk()",
	} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	wantErr(t, "full", commit(t, s, 1), store.ErrFull)
	if err := s.Exec(t.Context(), "DROP TRIGGER full_disk ON record"); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "after", commit(t, s, 1), nil)
	wantClean(t, s, 1)
}

func testCanceled(t *testing.T, server *pgtest.Server) {
	s := open(t, database(t, server), postgres.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Commit(ctx, port(1))
	wantErr(t, "canceled", err, context.Canceled)
	if store.Passing(err) {
		t.Errorf("what its caller has given up passes: %v", err)
	}
	wantErr(t, "after", commit(t, s, 1), nil)
}

// testWrongAddress: what does not pass by itself is not said to.
func testWrongAddress(t *testing.T, server *pgtest.Server) {
	for _, address := range []string{server.URL("nosuch"), strings.Replace(server.URL("postgres"), "user=postgres", "user=nosuch", 1), "postgres://%zz"} {
		_, err := postgres.Open(t.Context(), address, postgres.Options{})
		if err == nil || store.Passing(err) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestClassify(t *testing.T) {
	for code, want := range map[string]error{
		"40001": store.ErrBusy, "40P01": store.ErrBusy, "55P03": store.ErrBusy, "53200": store.ErrBusy,
		"53100": store.ErrFull,
		"08006": store.ErrAway, "57P01": store.ErrAway, "57P03": store.ErrAway, "53300": store.ErrAway, "25006": store.ErrAway,
	} {
		cause := fmt.Errorf("keep it: %w", &pgconn.PgError{Code: code})
		got := postgres.Classify(t.Context(), cause)
		if !errors.Is(got, want) || !errors.Is(got, cause) {
			t.Errorf("%s: %v", code, got)
		}
	}
	for _, code := range []string{"23505", "28P01", "3D000", "42601", "42P01", "XX001"} {
		if got := postgres.Classify(t.Context(), &pgconn.PgError{Code: code}); store.Passing(got) {
			t.Errorf("%s passes: %v", code, got)
		}
	}
}

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(context.WithoutCancel(t.Context())) })
	return c
}
