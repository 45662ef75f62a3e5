package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

// fullVar, as in ONRECORD_KILLS=50, makes the test as long as the command.
const fullVar = "ONRECORD_KILLS"

func TestMain(m *testing.M) {
	if importing() {
		os.Exit(importMain())
	}
	os.Exit(m.Run())
}

func TestKill(t *testing.T) {
	kills, articles := 6, 150
	if n, err := strconv.Atoi(os.Getenv(fullVar)); err == nil {
		kills, articles = n, 40*n
	}
	for _, kind := range []string{"sqlite", "postgres", "nodes"} {
		t.Run(kind, func(t *testing.T) {
			if kind != "sqlite" {
				pgtest.Start(t) // skips, or fails, where there is none
			}
			o, err := one(t.Context(), kind, kills, articles)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(o)
			report(t, o)
			if o.opening+o.importing != kills {
				t.Errorf("%d kills, want %d", o.opening+o.importing, kills)
			}
		})
	}
}

// TestOutage: the server stops or crashes during an import, which waits and goes
// on by itself. What was kept before a crash is there after it.
func TestOutage(t *testing.T) {
	server := pgtest.Start(t)
	address, err := server.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o := outcome{target: target{store: address, captures: filepath.Join(dir, "captures"), articles: 150}}
	for n := range o.articles {
		o.versions += versions(n)
	}
	p, err := begin(t.Context(), o.target)
	if err != nil {
		t.Fatal(err)
	}
	for i, end := range []func() error{server.Stop, server.Crash, server.Crash} {
		goal := int64(40 * (i + 1))
		p.until(func() bool { return p.kept.Load() >= goal })
		if err := end(); err != nil {
			t.Error(err)
		}
		select {
		case <-p.ended:
			t.Errorf("the import ended when the server did, after %d articles", p.kept.Load())
		case <-time.After(300 * time.Millisecond):
		}
		if err := server.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.end(); err != nil {
		t.Fatal(err)
	}
	if err := o.examine(t.Context()); err != nil {
		t.Fatal(err)
	}
	report(t, o)
}

// TestExamine: what is missing is seen.
func TestExamine(t *testing.T) {
	dir := t.TempDir()
	o := outcome{target: target{store: filepath.Join(dir, "store.db"), captures: filepath.Join(dir, "captures"), articles: 20}}
	if err := importAll(t.Context(), o.target, io.Discard); err != nil {
		t.Fatal(err)
	}
	for n := range o.articles {
		o.versions += versions(n)
	}
	if err := o.examine(t.Context()); err != nil || len(o.wrong) > 0 {
		t.Errorf("a whole store: %v, %v", err, o.wrong)
	}
	s, err := openStore(t.Context(), o.store)
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.Find(t.Context(), "https://post.example/3")
	if err == nil {
		_, err = s.Forget(t.Context(), id, "to be missed")
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(o.captures, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	if err := os.Truncate(files[0], 1000); err != nil {
		t.Fatal(err)
	}
	o.wrong = nil
	if err := o.examine(t.Context()); err != nil || len(o.wrong) < 5 {
		t.Errorf("a store with a missing article and a torn file: %v, %v", err, o.wrong)
	}
}

func report(t *testing.T, o outcome) {
	t.Helper()
	for _, wrong := range o.wrong {
		t.Error(wrong)
	}
}
