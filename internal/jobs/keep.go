package jobs

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"

	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Work is something that articles are made of: a page of an archive, a file.
type Work struct {
	Name string // for messages
	// Make makes them; it may take long, and is called by one of many workers.
	Make func(ctx context.Context) ([]news.Delivery, error)
}

// Ready is work that is done already.
func Ready(name string, d news.Delivery) Work {
	return Work{Name: name, Make: func(context.Context) ([]news.Delivery, error) { return []news.Delivery{d}, nil }}
}

// Keep reads and keeps articles, many at a time, in the order in which they
// come: of several versions of one the last comes last. What cannot be read is
// given to report (by one goroutine at a time), with the name of the work, and the
// others go on. The error is that of the context, or of a store that fails for
// good: that takes none of several articles in a row.
func (p *Pool) Keep(outer context.Context, all iter.Seq2[Work, error], report func(name string, err error)) error {
	ctx, stop := context.WithCancel(outer)
	defer stop()
	last, cancel := p.finish(ctx)
	defer cancel()
	type made struct {
		name  string
		unit  chan *unit // closed without one where there is nothing to keep
		tried chan error
	}
	queue := make(chan made, 2*p.o.Readers+mostTogether)
	var settled atomic.Int64 // units whose results are taken, in order
	slots := make(chan struct{}, 2*p.o.Readers)
	go func() {
		defer close(queue)
		for w, err := range all {
			if ctx.Err() != nil {
				return
			}
			m := made{w.Name, make(chan *unit, 1), make(chan error, 1)}
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			queue <- m
			if err != nil {
				m.tried <- err
				close(m.unit)
				<-slots
				continue
			}
			go func() {
				defer func() { <-slots }()
				defer close(m.unit)
				before := settled.Load()
				u, err := p.prepare(last, w)
				if u != nil {
					u.before = before
				}
				if err != nil {
					m.tried <- err
				}
				if u != nil {
					m.unit <- u
				}
			}()
		}
	}()
	var telling sync.Mutex
	tell := func(name string, err error) {
		telling.Lock()
		defer telling.Unlock()
		p.report(name, err, report)
	}
	// Units are given to the writer in order, and their results taken as they
	// come; a window keeps the one from running far ahead of the other.
	type given struct {
		name string
		unit *unit
	}
	window := make(chan given, 2*mostTogether)
	ended := make(chan error, 1)
	go func() {
		var fatal error
		refused := 0
		for g := range window {
			err := p.settle(last, g.unit, <-g.unit.done)
			settled.Add(1)
			if err == nil {
				refused = 0
				continue
			}
			if refused++; ctx.Err() != nil {
				continue // told to stop, and not kept: it is found again
			}
			tell(g.name, err)
			if refused == mostRefused {
				fatal = fmt.Errorf("the store takes none of the last %d articles: %w", refused, err)
				stop()
			}
		}
		ended <- fatal
	}()
	turns := turns{behind: 4 * int64(cap(queue)+cap(window))}
	for m := range queue {
		u := <-m.unit
		select {
		case err := <-m.tried:
			if ctx.Err() == nil {
				tell(m.name, err)
			}
		default:
		}
		if u == nil {
			continue
		}
		if err := p.overtaken(last, u, &turns); err != nil && ctx.Err() == nil {
			turns.n-- // it never was
			tell(m.name, err)
			continue
		}
		p.writer.add(u)
		window <- given{m.name, u}
	}
	close(window)
	if err := <-ended; err != nil && outer.Err() == nil {
		return err
	}
	return outer.Err()
}

// turns remembers which addresses the last units had.
type turns struct {
	n      int64            // units so far
	last   map[string]int64 // the last unit with an address
	behind int64            // units older than that are settled before any that is looked at begins
}

// overtaken reads what was found unchanged although a unit before it, which was not
// settled then, is about the same article: it may go back to a text that the one
// between has changed.
func (p *Pool) overtaken(ctx context.Context, u *unit, t *turns) error {
	t.n++
	if t.last == nil {
		t.last = make(map[string]int64)
	}
	for i := range u.entries {
		e := &u.entries[i]
		late := false
		for _, a := range store.Addresses(e.Delivery) {
			late = late || t.last[a] > u.before
			t.last[a] = t.n
		}
		if !late || e.Record != nil || e.Delivery.Action == news.Withdraw {
			continue
		}
		rec, err := p.read(ctx, e.Delivery)
		if err != nil {
			return err
		}
		e.Record = rec
	}
	if int64(len(t.last)) > 4*t.behind {
		for a, n := range t.last {
			if n < t.n-t.behind {
				delete(t.last, a)
			}
		}
	}
	return nil
}

// mostRefused is how many articles in a row a store may refuse before it counts
// as broken.
const mostRefused = 5

func (p *Pool) report(name string, err error, report func(string, error)) {
	if errors.Is(err, page.ErrNoArticle) {
		p.tally.noArticle.Add(1)
	} else {
		p.tally.failed.Add(1)
	}
	if report != nil {
		report(name, err)
	}
}

// prepare makes the deliveries of one piece of work and their records. An error
// of one delivery leaves the others of the unit.
func (p *Pool) prepare(ctx context.Context, w Work) (*unit, error) {
	var all []news.Delivery
	err := errFault
	p.safely(w.Name, func() { all, err = w.Make(ctx) })
	if err != nil {
		return nil, err
	}
	u := &unit{ctx: ctx}
	var failed []error
	for i := range all {
		e, err := p.entry(ctx, &all[i])
		if err != nil {
			failed = append(failed, err)
			continue
		}
		u.entries = append(u.entries, e)
	}
	if len(u.entries) == 0 {
		return nil, errors.Join(failed...)
	}
	return u, errors.Join(failed...)
}

// entry reads a delivery, if it has anything new.
func (p *Pool) entry(ctx context.Context, d *news.Delivery) (store.Entry, error) {
	e := store.Entry{Delivery: d, At: p.o.Now()}
	if d.Capture != nil && !d.Capture.At.IsZero() {
		e.At = d.Capture.At
	}
	if d.Action == news.Withdraw {
		return e, nil
	}
	var known store.Known
	err := p.patient(ctx, "look", func() (err error) {
		if known, err = p.o.Store.Look(ctx, d); err != nil || known.Outcome != store.Edited || d.Published != "" {
			return err
		}
		if err := p.dateOfBefore(ctx, d, known.Article); err != nil {
			return err
		}
		known, err = p.o.Store.Look(ctx, d)
		return err
	})
	if err != nil {
		return e, err
	}
	if known.Outcome == store.Same || known.Outcome == store.Forgotten {
		return e, nil // no record is needed, but it may have a new address
	}
	e.Record, err = p.read(ctx, d)
	return e, err
}

// dateOfBefore gives a delivery without a date that of the version before it:
// the date came from a list, perhaps, which does not come with it this time.
func (p *Pool) dateOfBefore(ctx context.Context, d *news.Delivery, article string) error {
	versions, err := p.o.Store.Versions(ctx, article)
	if err != nil || len(versions) == 0 {
		return err
	}
	last := versions[len(versions)-1]
	if last.Basis != news.PublishedMetadata && last.Basis != news.PublishedGiven {
		return nil
	}
	d.Published, d.PublishedBasis = last.Published, last.Basis
	if c := d.Capture; c != nil && c.Hint.Published == "" {
		c.Hint.Published = last.Published // so that it is there when it is read again
	}
	return nil
}

// settle counts what became of a unit. Where it was found unchanged but has
// changed since (an article that goes back to an older text within one import),
// it is read after all.
func (p *Pool) settle(ctx context.Context, u *unit, r result) error {
	if r.err == nil {
		for i, one := range r.results {
			p.tally.result(one.Outcome)
			if p.o.Told != nil {
				p.o.Told(one, u.entries[i].Delivery)
			}
			if one.Outcome != store.Same {
				p.o.Log.Debug("article_"+string(one.Outcome), "article", one.Article, "version", one.Version, "address", store.Addresses(u.entries[i].Delivery)[0])
			}
		}
		return nil
	}
	if ctx.Err() != nil {
		return r.err
	}
	read := false
	for i := range u.entries {
		e := &u.entries[i]
		if e.Record != nil || e.Delivery.Action == news.Withdraw {
			continue
		}
		rec, err := p.read(ctx, e.Delivery)
		if err != nil {
			return err
		}
		e.Record, read = rec, true
	}
	if !read {
		return r.err
	}
	results, err := p.writer.commit(u)
	if err != nil {
		return err
	}
	return p.settle(ctx, u, result{results: results})
}
