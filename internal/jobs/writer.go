package jobs

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall"

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
	done    chan result

	filed map[*news.Capture]store.Filed // captures that are written
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
}

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
		w.together(batch)
	}
}

// together commits units in one transaction, and where that fails one by one,
// so that a unit that cannot be kept takes no other with it.
func (w *writer) together(batch []*unit) {
	results, err := w.keep(batch)
	if err != nil && len(batch) > 1 {
		for _, u := range batch {
			w.together([]*unit{u})
		}
		return
	}
	for _, u := range batch {
		if err != nil {
			u.done <- result{err: err}
			continue
		}
		n := len(u.entries)
		u.done <- result{results: results[:n:n]}
		results = results[n:]
	}
}

// keep writes captures and commits, and waits where the disk is full or the
// store away.
func (w *writer) keep(batch []*unit) ([]store.Result, error) {
	var results []store.Result
	ctx := batch[0].ctx
	err := w.p.patient(ctx, "commit", func() error {
		var c store.Changes
		wrote := false
		for _, u := range batch {
			fresh, err := w.file(u)
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
		}
		if wrote {
			if err := w.p.o.Archive.Sync(); err != nil {
				for _, u := range batch {
					u.filed = nil // who knows where they are
				}
				return err
			}
		}
		var err error
		results, err = w.p.o.Store.Commit(ctx, c)
		return err
	})
	return results, err
}

// file writes the captures of a unit that are not written yet: those of
// entries that have a record.
func (w *writer) file(u *unit) (wrote bool, err error) {
	for _, e := range u.entries {
		c := e.Delivery.Capture
		if c == nil || e.Record == nil {
			continue
		}
		if _, has := u.filed[c]; has {
			continue
		}
		at, err := w.p.o.Archive.Write(c)
		if err != nil {
			return wrote, err
		}
		wrote = true
		f := store.Filed{Capture: *c, Location: store.Location(at)}
		f.ID, f.Body = store.CaptureID(c), nil
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
		if err := p.o.Archive.Erase(archive.Location(f.Location)); err != nil {
			return fmt.Errorf("erase capture %s: %w", f.ID, err)
		}
		if err := p.o.Store.Erased(ctx, []string{f.ID}); err != nil {
			return err
		}
	}
	return nil
}
