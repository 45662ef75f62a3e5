// Command kill imports invented articles into a store with a process that is
// killed (kill -9) at random moments and started again, and then counts: each
// article must be there once, with all its versions, its captures and the job it
// called for, and the doctor must find nothing.
//
//	go run ./internal/store/storetest/kill -kills 50 -articles 2000
//
// does so with SQLite, with PostgreSQL, and with two nodes that share the work in
// PostgreSQL, of which one or the other is killed; and prints the figures. It
// ends with status 1 if anything is missing or there twice.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

func main() {
	if importing() {
		os.Exit(importMain())
	}
	kills := flag.Int("kills", 50, "how often the import is killed")
	articles := flag.Int("articles", 2000, "how many articles are imported")
	kinds := flag.String("store", "sqlite,postgres,nodes", "the kinds of store; nodes are two processes that share the jobs in PostgreSQL")
	flag.Parse()
	status := 0
	for kind := range strings.SplitSeq(*kinds, ",") {
		o, err := one(context.Background(), kind, *kills, *articles)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", kind, err)
			status = 1
			continue
		}
		fmt.Printf("%s: %s\n", kind, o)
		for _, wrong := range o.wrong {
			fmt.Printf("%s: WRONG: %s\n", kind, wrong)
			status = 1
		}
	}
	os.Exit(status)
}

// one runs the loop on a new store of a kind, in a temporary folder.
func one(ctx context.Context, kind string, kills, articles int) (o outcome, err error) {
	dir, err := os.MkdirTemp("", "kill")
	if err != nil {
		return o, err
	}
	defer func() {
		if removed := os.RemoveAll(dir); err == nil {
			err = removed
		}
	}()
	t := target{store: filepath.Join(dir, "store.db"), captures: filepath.Join(dir, "captures"), articles: articles}
	switch kind {
	case "sqlite":
	case "postgres", "nodes":
		server, err := pgtest.Launch(ctx)
		if err != nil {
			return o, err
		}
		defer func() { _ = server.Close() }()
		if t.store, err = server.Database(ctx); err != nil {
			return o, err
		}
	default:
		return o, fmt.Errorf("no store is called %q; there are sqlite, postgres and nodes", kind)
	}
	if kind == "nodes" {
		return nodes(ctx, t, kills)
	}
	return loop(ctx, t, kills)
}
