package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// mostTogether is how many units are committed in one transaction.
const mostTogether = 32

// unit is what is kept together or not at all.
type unit struct {
	ctx     context.Context
	entries []store.Entry
	fetches []news.Fetch
	feeds   []news.Feed
	jobs    []store.Job
	done    chan result

	filed  map[*news.Capture]store.Filed // captures that are written
	before int64                         // units that were settled when this one was looked at
}

// result is what became of a unit.
type result struct {
	results []store.Result
	err     error
}

// writer commits units in the order in which they come: those that wait while
// one transaction runs go into the next one together, so that none waits for a
// full batch and many share one flush to the disk.
type writer struct {
	p       *Pool
	mu      sync.Mutex
	waiting []*unit
	running bool

	// recent are captures that were committed lately, by id: the stories of one
	// wire document share a capture, and come one by one. Guarded by mu.
	recent map[string]store.Location
}

// mostRecent is how many captures recent holds before it is begun anew.
const mostRecent = 1000

// add takes a unit in; its result comes on unit.done.
func (w *writer) add(u *unit) {
	u.done = make(chan result, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = append(w.waiting, u)
	if !w.running {
		w.running = true
		go w.run()
	}
}

// commit is add for those who wait.
func (w *writer) commit(u *unit) ([]store.Result, error) {
	w.add(u)
	r := <-u.done
	return r.results, r.err
}

func (w *writer) run() {
	for {
		w.mu.Lock()
		if len(w.waiting) == 0 {
			w.running = false
			w.mu.Unlock()
			return
		}
		n := min(len(w.waiting), mostTogether)
		batch := w.waiting[:n:n]
		w.waiting = w.waiting[n:]
		w.mu.Unlock()
		var told []func()
		w.waste(w.together(batch, &told))
		for _, f := range told {
			f()
		}
	}
}

// together commits units in one transaction, and where that fails one by one,
// so that a unit that cannot be kept takes no other with it. It returns the
// captures that seem to have been written for nothing, and adds to told what
// gives the units their results: when those are erased.
func (w *writer) together(batch []*unit, told *[]func()) (wasted []store.Filed) {
	results, err := w.keep(batch)
	if err != nil && len(batch) > 1 {
		for _, u := range batch {
			wasted = append(wasted, w.together([]*unit{u}, told)...)
		}
		return wasted
	}
	for _, u := range batch {
		if err != nil {
			wasted = slices.AppendSeq(wasted, maps.Values(u.filed))
			u.filed = nil
			*told = append(*told, func() { u.done <- result{err: err} })
			continue
		}
		n := len(u.entries)
		wasted = append(wasted, w.written(u, results[:n])...)
		own := results[:n:n]
		*told = append(*told, func() { u.done <- result{results: own} })
		results = results[n:]
	}
	return wasted
}

// written remembers the captures of a unit, and returns those that no version
// seems to have come of.
func (w *writer) written(u *unit, results []store.Result) (wasted []store.Filed) {
	used := make(map[*news.Capture]bool)
	for i, r := range results {
		if r.Outcome == store.Added || r.Outcome == store.Edited {
			used[u.entries[i].Delivery.Capture] = true
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for c, f := range u.filed {
		if !used[c] {
			wasted = append(wasted, f)
			continue
		}
		if w.recent == nil || len(w.recent) >= mostRecent {
			w.recent = make(map[string]store.Location)
		}
		w.recent[f.ID] = f.Location
	}
	return wasted
}

// waste erases captures that were written for nothing: what is later forgotten
// must not stay there in a copy that nobody knows of. The store has the last
// word: a commit may have been made although its answer was lost, and another
// unit may have come of the same capture.
func (w *writer) waste(filed []store.Filed) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for _, f := range filed {
		there, err := w.p.o.Store.Capture(ctx, f.ID)
		switch {
		case err == nil && there.Location == f.Location:
			continue
		case err == nil || errors.Is(err, store.ErrNotFound):
			err = w.p.o.Archive.Erase(archive.Location(f.Location))
		}
		if err != nil {
			w.p.o.Log.Warn("capture_not_erased", "file", f.File, "offset", f.Offset, "error", err.Error())
		}
	}
}

// forget drops what is remembered of captures that are erased.
func (w *writer) forget(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.recent, id)
}

// keep writes captures and commits, and waits where the disk is full or the
// store away.
func (w *writer) keep(batch []*unit) ([]store.Result, error) {
	var results []store.Result
	ctx := batch[0].ctx
	err := w.p.patient(ctx, "commit", func() error {
		var c store.Changes
		wrote, there := false, make(map[string]store.Location)
		for _, u := range batch {
			fresh, err := w.file(u, there)
			if err != nil {
				return err
			}
			wrote = wrote || fresh
			for _, f := range u.filed {
				c.Captures = append(c.Captures, f)
				c.Unused = append(c.Unused, f.ID) // unless a version comes of it
			}
			c.Entries = append(c.Entries, u.entries...)
			c.Fetches = append(c.Fetches, u.fetches...)
			c.Feeds = append(c.Feeds, u.feeds...)
			c.Jobs = append(c.Jobs, u.jobs...)
		}
		if wrote {
			if err := w.p.o.Archive.Sync(); err != nil {
				for _, u := range batch {
					u.filed = nil // they are written again, to a new file
				}
				return err
			}
		}
		var err error
		results, err = w.p.o.Store.Commit(ctx, c)
		if err == nil && len(c.Entries) > 0 && w.p.o.Committed != nil {
			w.p.o.Committed()
		}
		return err
	})
	return results, err
}

// file writes the captures of a unit that are not written yet: those of
// entries that have a record. There are those of the same transaction.
func (w *writer) file(u *unit, there map[string]store.Location) (wrote bool, err error) {
	for _, e := range u.entries {
		c := e.Delivery.Capture
		if c == nil || e.Record == nil {
			continue
		}
		if _, has := u.filed[c]; has {
			continue
		}
		f := store.Filed{Capture: *c}
		f.ID, f.Body = store.CaptureID(c), nil
		at, has := there[f.ID]
		if !has {
			w.mu.Lock()
			at, has = w.recent[f.ID]
			w.mu.Unlock()
		}
		if !has {
			fresh, err := w.p.o.Archive.Write(c)
			if err != nil {
				return wrote, err
			}
			wrote, at = true, store.Location(fresh)
		}
		f.Location, there[f.ID] = at, at
		if u.filed == nil {
			u.filed = make(map[*news.Capture]store.Filed)
		}
		u.filed[c] = f
	}
	return wrote, nil
}

// passing reports whether an error of the store or of the captures folder goes
// away when there is room, or an answer.
func passing(err error) bool {
	return store.Passing(err) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// Forget erases an article with all that was made of it: rows, words and the
// bytes of its captures. It can be forgotten again, and is then found gone.
func (p *Pool) Forget(ctx context.Context, idOrAddress, reason string) (id string, err error) {
	if id, err = p.o.Store.Find(ctx, idOrAddress); err != nil {
		return "", err
	}
	if _, err := p.o.Store.Forget(ctx, id, reason); err != nil {
		return "", err
	}
	return id, p.Erase(ctx)
}

// Erase ends the erasures that were begun: of an article that was forgotten
// while the captures folder could not be written to, or the process was killed.
func (p *Pool) Erase(ctx context.Context) error {
	pending, err := p.o.Store.Unerased(ctx)
	if err != nil {
		return err
	}
	for _, f := range pending {
		p.writer.forget(f.ID)
		if err := p.o.Archive.Erase(archive.Location(f.Location)); err != nil {
			return fmt.Errorf("erase capture %s: %w", f.ID, err)
		}
		if err := p.o.Store.Erased(ctx, []string{f.ID}); err != nil {
			return err
		}
	}
	return nil
}

// Sweep erases from the captures folder what the store does not know of: what
// processes that were killed had written and not committed. Files that were
// changed within the last day are left alone. It returns how many bytes were
// erased. It must not be called on a store that is older than its captures.
func (p *Pool) Sweep(ctx context.Context) (int64, error) {
	var known []archive.Location
	err := p.o.Store.Captures(ctx, func(f store.Filed) error {
		known = append(known, archive.Location(f.Location))
		return ctx.Err()
	})
	if err != nil {
		return 0, err
	}
	return p.o.Archive.Sweep(known, p.o.Now().Add(-24*time.Hour))
}
