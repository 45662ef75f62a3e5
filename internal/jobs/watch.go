package jobs

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// How often the store is asked for sources that a person has added, and how
// often the work is told of in the log.
const (
	longestSleep  = 30 * time.Second
	shortestSleep = 200 * time.Millisecond
	toldEvery     = time.Minute
	prunedEvery   = 24 * time.Hour
)

// Run watches the sources until ctx ends. Articles in hand are then finished;
// that is no error.
func (p *Pool) Run(ctx context.Context) error {
	r := p.newRound(ctx)
	defer r.end()
	var h housekeeping
	p.o.Log.Info("watching")
	for ctx.Err() == nil {
		next, err := r.pass()
		if err != nil && ctx.Err() == nil {
			return err
		}
		h.keep(ctx, p)
		sleep(ctx, shortestSleep, nil)
		sleep(ctx, min(next.Sub(p.o.Now()), longestSleep)-shortestSleep, p.wake)
	}
	p.o.Log.Info("stopping")
	r.lanes.wait()
	p.o.Log.Info("stopped", "done", p.Tally())
	return nil
}

// housekeeping is what is done now and then while the sources are watched.
type housekeeping struct {
	told, pruned time.Time
	last         Tally
}

func (h *housekeeping) keep(ctx context.Context, p *Pool) {
	now := p.o.Now()
	if t := p.Tally(); now.Sub(h.told) >= toldEvery && t != h.last {
		p.o.Log.Info("progress", "done", t)
		h.told, h.last = now, t
	}
	if now.Sub(h.pruned) >= prunedEvery {
		if _, err := p.o.Store.PruneFetches(ctx, now.Add(-keptRequest)); err != nil && ctx.Err() == nil {
			p.o.Log.Warn("log_not_pruned", "error", err.Error())
		}
		h.pruned = now
	}
}

// sleep waits, but not past the end of ctx, nor past a signal on wake.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-wake:
	case <-ctx.Done():
	}
}

// Once looks at every source that is due and waits for all that comes of it.
func (p *Pool) Once(ctx context.Context) error {
	r := p.newRound(ctx)
	defer r.end()
	if _, err := r.pass(); err != nil {
		return err
	}
	r.lanes.wait()
	return ctx.Err()
}

// Check looks at one source now, due or not, and waits for all that comes of
// it. It returns the source as it is then.
func (p *Pool) Check(ctx context.Context, f news.Feed) (news.Feed, error) {
	r := p.newRound(ctx)
	defer r.end()
	r.start(f)
	r.lanes.wait()
	if err := ctx.Err(); err != nil {
		return f, err
	}
	return p.o.Store.Feed(ctx, f.ID)
}

// round is the work on the sources from a beginning to an end.
type round struct {
	p      *Pool
	ctx    context.Context
	last   context.Context
	cancel context.CancelFunc
	lanes  *lanes
}

func (p *Pool) newRound(ctx context.Context) *round {
	last, cancel := p.finish(ctx)
	return &round{p: p, ctx: ctx, last: last, cancel: cancel, lanes: newLanes(p.o.Hosts)}
}

func (r *round) end() { r.cancel() }

// pass starts what is due, and returns when something will be next.
func (r *round) pass() (time.Time, error) {
	p := r.p
	now := p.o.Now()
	next := now.Add(longestSleep)
	var feeds []news.Feed
	err := p.patient(r.ctx, "watch", func() (err error) {
		if _, err = p.o.Store.Release(r.ctx, now); err != nil {
			return err
		}
		feeds, err = p.o.Store.Feeds(r.ctx)
		return err
	})
	if err != nil {
		return next, fmt.Errorf("watch: %w", err)
	}
	if err := p.Erase(r.ctx); err != nil && r.ctx.Err() == nil {
		p.o.Log.Warn("erasure_waits", "error", err.Error())
	}
	for _, f := range feeds {
		if f.State != news.FeedActive {
			continue
		}
		if f.NextCheck.After(now) {
			if f.NextCheck.Before(next) {
				next = f.NextCheck
			}
			continue
		}
		r.start(f)
	}
	return next, nil
}

// start begins a visit, unless one to the same source is not done yet.
func (r *round) start(f news.Feed) {
	p := r.p
	p.mu.Lock()
	busy := p.busy[f.ID]
	p.busy[f.ID] = true
	p.mu.Unlock()
	if busy {
		return
	}
	v := &visit{p: p, ctx: r.ctx, last: r.last, lanes: r.lanes, end: sync.OnceFunc(func() {
		p.mu.Lock()
		delete(p.busy, f.ID)
		p.mu.Unlock()
		select {
		case p.wake <- struct{}{}: // it may be due again at once
		default:
		}
	})}
	r.lanes.add(r.ctx, host(f.URL), func() {
		if r.ctx.Err() != nil {
			v.end()
			return
		}
		pending := false
		p.safely(f.URL, func() {
			var err error
			if pending, err = v.look(f); err != nil && r.ctx.Err() == nil {
				p.o.Log.Error("source_not_checked", "source", f.ID, "url", f.URL, "error", err.Error())
			}
		})
		if !pending {
			v.end()
		}
	})
}
