package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
)

// nodeVar makes the import a node, which does the jobs that are in the store.
const nodeVar = "ONRECORD_KILL_NODE"

// articleJob imports one article.
const articleJob = "article"

// work is what a node does until it is told to stop.
func work(ctx context.Context, t target) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	s, err := postgres.Open(ctx, t.store, postgres.Options{})
	if err != nil {
		return err
	}
	folder, err := archive.Open(t.captures, archive.Options{})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	i := importer{s, folder, os.Stdout}
	i.say(sayOpen, 1)
	err = s.Work(ctx, postgres.WorkOptions{Handlers: map[string]postgres.Handler{articleJob: i.do}})
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return errors.Join(err, folder.Close(), s.Close())
}

// do imports the article of a job, in all its versions.
func (i importer) do(ctx context.Context, j store.Job) error {
	var n int
	if err := json.Unmarshal(j.Args, &n); err != nil {
		return err
	}
	for _, d := range deliveries(n) {
		if err := i.keep(ctx, []*news.Delivery{&d}); err != nil {
			return err
		}
	}
	return nil
}

// nodes lets two nodes share the import, and kills one or the other and puts
// another in its place.
func nodes(ctx context.Context, t target, kills int) (o outcome, err error) {
	o = outcome{target: t}
	if err := enqueueAll(ctx, &o); err != nil {
		return o, err
	}
	start := time.Now()
	var pair [2]*run
	for i := range pair {
		if pair[i], err = begin(ctx, t, nodeVar+"=1"); err != nil {
			return o, err
		}
	}
	for left := kills; left > 0; left-- {
		goal := rand.Int64N(int64(2*max(0, o.versions-int(o.kept))/left + 1))
		before := pair[0].kept.Load() + pair[1].kept.Load()
		p := pair[rand.IntN(2)]
		p.until(func() bool { return pair[0].kept.Load()+pair[1].kept.Load()-before >= goal || done(ctx, t, &err) })
		p.pause(time.Duration(rand.Int64N(int64(20 * time.Millisecond))))
		if err := o.killed(p); err != nil {
			return o, err
		}
		for i := range pair {
			if pair[i] == p {
				if pair[i], err = begin(ctx, t, nodeVar+"=1"); err != nil {
					return o, err
				}
			}
		}
	}
	pair[0].until(func() bool { return done(ctx, t, &err) })
	if err != nil {
		return o, err
	}
	for _, p := range pair {
		p.until(func() bool { return p.open.Load() > 0 }) // before, it is not ready to be told
		_ = p.cmd.Process.Signal(os.Interrupt)            // it waits for that
		if err := p.end(); err != nil {
			return o, fmt.Errorf("a node that was stopped: %w", err)
		}
		o.read, o.kept = o.read+p.read.Load(), o.kept+p.kept.Load()
	}
	o.took = time.Since(start)
	finished, err := countJobs(ctx, t.store, articleJob)
	if err != nil {
		return o, err
	}
	o.expect("jobs done", finished, o.articles)
	return o, o.examine(ctx)
}

// enqueueAll makes a job of every article; every twentieth is of one host.
func enqueueAll(ctx context.Context, o *outcome) error {
	s, err := postgres.Open(ctx, o.store, postgres.Options{})
	if err != nil {
		return err
	}
	var c store.Changes
	for n := range o.articles {
		o.versions += versions(n)
		j := store.Job{Kind: articleJob, Args: fmt.Append(nil, n), Unique: fmt.Sprint(n)}
		if n%20 == 0 {
			j.Lane = "post.example"
		}
		c.Jobs = append(c.Jobs, j)
	}
	_, err = s.Commit(ctx, c)
	return errors.Join(err, s.Close())
}

// done reports whether no job is left. An error ends the wait, too.
func done(ctx context.Context, t target, failed *error) bool {
	c, err := pgx.Connect(ctx, t.store)
	if err != nil {
		*failed = err
		return true
	}
	defer func() { _ = c.Close(ctx) }()
	var left int
	*failed = c.QueryRow(ctx, "SELECT count(*) FROM river_job WHERE kind = $1 AND state <> 'completed'", articleJob).Scan(&left)
	time.Sleep(20 * time.Millisecond)
	return *failed != nil || left == 0
}
