package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Kinds of the jobs that nodes share.
const (
	checkJob  = "check"  // a look at a source
	takeJob   = "take"   // articles of one host
	rereadJob = "reread" // articles that are read again
)

// Handler does one job. It may be called again for a job that it has done, when its
// node is killed before that is noted.
type Handler func(ctx context.Context, j store.Job) error

// Sharing is how several nodes share the work on one store.
type Sharing struct {
	// Work gives the handlers jobs of the store until its context ends. It returns
	// an error of store.Passing when the store is gone; then it is called again.
	Work func(ctx context.Context, handlers map[string]Handler) error
	// Others are handlers of kinds that are not of this package.
	Others map[string]Handler
	// Idle, where set, makes the node end when it reports that no node has
	// anything to do.
	Idle func(context.Context) (bool, error)
}

// Share watches the sources as one of any number of nodes, until ctx ends: jobs in
// hand are then finished, or given back. Each node puts what is due into the
// store's queue, where it stands once; and each takes from there. What a source
// lists is put there in the transaction that takes the list as seen.
func (p *Pool) Share(ctx context.Context, s Sharing) error {
	n := &node{p: p, stop: ctx}
	handlers := map[string]Handler{checkJob: n.check, takeJob: n.take, rereadJob: n.reread}
	for kind, h := range s.Others {
		handlers[kind] = h
	}
	for kind, h := range handlers {
		handlers[kind] = p.caught(kind, h)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		ended <- p.patient(ctx, "work", func() error { return s.Work(ctx, handlers) })
		cancel()
	}()
	p.o.Log.Info("watching")
	var h housekeeping
	var failed error
	for ctx.Err() == nil {
		next, err := p.plan(ctx)
		if err != nil && ctx.Err() == nil {
			failed = err
			break
		}
		h.keep(ctx, p)
		if s.Idle != nil {
			if idle, err := s.Idle(ctx); err == nil && idle {
				break
			}
			next = p.o.Now()
		}
		sleep(ctx, shortestSleep, nil)
		sleep(ctx, min(next.Sub(p.o.Now()), longestSleep)-shortestSleep, nil)
	}
	p.o.Log.Info("stopping")
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		failed = errors.Join(failed, err)
	}
	p.o.Log.Info("stopped", "done", p.Tally())
	return failed
}

// plan puts the sources that are due into the queue, and returns when the next one
// will be.
func (p *Pool) plan(ctx context.Context) (time.Time, error) {
	now := p.o.Now()
	next := now.Add(longestSleep)
	err := p.patient(ctx, "watch", func() error {
		if _, err := p.o.Store.Release(ctx, now); err != nil {
			return err
		}
		feeds, err := p.o.Store.Feeds(ctx)
		if err != nil {
			return err
		}
		var c store.Changes
		for _, f := range feeds {
			switch {
			case f.State != news.FeedActive:
			case !f.NextCheck.After(now):
				c.Jobs = append(c.Jobs, job(checkJob, checkArgs{f.ID}, host(f.URL), f.ID, time.Time{}))
			case f.NextCheck.Before(next):
				next = f.NextCheck
			}
		}
		if len(c.Jobs) == 0 {
			return nil
		}
		_, err = p.o.Store.Commit(ctx, c)
		return err
	})
	if err != nil {
		return next, fmt.Errorf("watch: %w", err)
	}
	if err := p.Erase(ctx); err != nil && ctx.Err() == nil {
		p.o.Log.Warn("erasure_waits", "error", err.Error())
	}
	return next, nil
}

// job makes a job; its arguments are of this package, so that they can be written.
func job(kind string, args any, lane, unique string, at time.Time) store.Job {
	raw, err := json.Marshal(args)
	if err != nil {
		raw = []byte("{}") // a handler refuses it
	}
	return store.Job{Kind: kind, Args: raw, Lane: lane, Unique: unique, At: at}
}

// caught is a handler whose panic is the job's error: it is tried again, and in the
// end listed as dead.
func (p *Pool) caught(kind string, h Handler) Handler {
	return func(ctx context.Context, j store.Job) error {
		err := errFault
		p.safely("job "+kind, func() { err = h(ctx, j) })
		return err
	}
}

// node does jobs.
type node struct {
	p    *Pool
	stop context.Context // ends when the node is to stop; that of a job ends after a grace
}

type checkArgs struct {
	Feed string `json:"feed"`
}

// check looks at a source, if it is still due: two nodes may have put it into the
// queue one after the other.
func (n *node) check(ctx context.Context, j store.Job) error {
	var a checkArgs
	if err := json.Unmarshal(j.Args, &a); err != nil {
		return fmt.Errorf("decode the job: %w", err)
	}
	f, err := n.p.o.Store.Feed(ctx, a.Feed)
	if errors.Is(err, store.ErrNotFound) {
		return nil // it was removed
	}
	if err != nil {
		return err
	}
	if f.State != news.FeedActive || f.NextCheck.After(n.p.o.Now()) || n.stop.Err() != nil {
		return nil // where the node stops, another puts it into the queue again
	}
	v := &visit{p: n.p, ctx: ctx, last: ctx}
	c, items, err := v.ask(f)
	if err != nil {
		return err
	}
	now, jobs := v.feed, n.p.takes(items, 0, time.Time{})
	if len(c.Deliveries) > 0 {
		now = unseen(v.feed, f)
	}
	if _, err := n.p.writer.commit(&unit{ctx: ctx, feeds: []news.Feed{now}, fetches: c.Fetches, jobs: jobs}); err != nil {
		return err
	}
	v.log(c, len(items))
	if len(c.Deliveries) > 0 {
		return v.deliver(c.Deliveries)
	}
	return nil
}

// ReadAgain puts articles into the queue that are to be read again by a pipeline, as
// Reread takes them; nodes that have it do so. It returns how many there are.
func (p *Pool) ReadAgain(ctx context.Context, o Rereading) (int, error) {
	all, after := 0, int64(0)
	for {
		var page []string
		err := p.patient(ctx, "reread", func() error {
			ids, last, err := p.o.Store.Stale(ctx, o.Pipeline, o.Since, after, 100)
			if err != nil || len(ids) == 0 {
				return err
			}
			j := job(rereadJob, rereadArgs{ids, o.Pipeline}, "", ids[0], time.Time{})
			if _, err = p.o.Store.Commit(ctx, store.Changes{Jobs: []store.Job{j}}); err == nil {
				page, after = ids, last
			}
			return err
		})
		if err != nil || len(page) == 0 {
			return all, err
		}
		all += len(page)
	}
}

type rereadArgs struct {
	Articles []string      `json:"articles"`
	Pipeline news.Pipeline `json:"pipeline"` // articles that it has read are left alone
}

// reread reads articles again.
func (n *node) reread(ctx context.Context, j store.Job) error {
	var a rereadArgs
	if err := json.Unmarshal(j.Args, &a); err != nil {
		return fmt.Errorf("decode the job: %w", err)
	}
	var sum Difference
	for _, id := range a.Articles {
		if n.stop.Err() != nil {
			return context.Canceled // tried again by another node
		}
		have, err := n.p.o.Store.Article(ctx, id)
		if errors.Is(err, store.ErrNotFound) || err == nil && have.Pipeline == a.Pipeline {
			continue
		}
		if err != nil {
			return err
		}
		r, err := n.p.reread(ctx, id, false)
		switch {
		case passing(err) || ctx.Err() != nil:
			return err
		case err != nil:
			n.p.o.Log.Warn("article_not_reread", "article", id, "error", err.Error())
		default:
			sum.Add(r.Difference)
		}
	}
	n.p.o.Log.Info("reread", "articles", sum.Records, "differing", sum.Differing, "statements_added", sum.Statements.Added, "statements_lost", sum.Statements.Lost,
		"statements_changed", sum.Statements.Changed, "events_added", sum.Events.Added, "events_lost", sum.Events.Lost, "events_changed", sum.Events.Changed)
	return nil
}
