// Package jobs does the work of "onrecord watch" and of imports within one
// process: it checks the sources that are due, fetches the articles that are
// not known, reads them and keeps them.
//
// An article is kept in one transaction with its record, its capture and the
// log of its request. What a source has listed is taken as seen only when all
// of it is kept, so a process that is killed loses the articles in hand and no
// others: the next check finds them again.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/ingest/check"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
)

// Reader makes a record of an article: a reader.Reader.
type Reader interface {
	Read(ctx context.Context, in reader.Input) (*news.Record, error)
}

// Options of a Pool. Store, Archive and Reader are needed; Getter only for
// what is on the web.
type Options struct {
	Store   store.Store
	Archive *archive.Folder
	Reader  Reader
	Getter  check.Getter
	Log     *slog.Logger // nil is silent
	Now     func() time.Time
	// Told, where set, is called for every article that was worked on, by one or
	// several goroutines.
	Told func(store.Result, *news.Delivery)
	// Committed, where set, is called when articles were committed: there is
	// something to settle.
	Committed func()
	// Readers is how many articles are read at the same time; 0 is one for each
	// core.
	Readers int
	// Hosts is how many hosts are asked at the same time; 0 is 32.
	Hosts int
	// Grace is how long articles in hand may take after the work was told to
	// stop; 0 is 15 seconds.
	Grace time.Duration
	// Wait is the first wait where the store does not answer; it doubles up to
	// half a minute. 0 is a second.
	Wait time.Duration
}

// Pool works. Its methods may be used by many goroutines at once.
type Pool struct {
	o       Options
	checker check.Checker
	readers chan struct{} // a slot for each article that is read
	writer  *writer
	tally   tally

	wake chan struct{} // a visit has ended

	mu   sync.Mutex
	busy map[string]bool // sources that are being looked at, by id
}

// New makes a pool.
func New(o Options) *Pool {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Readers <= 0 {
		o.Readers = runtime.GOMAXPROCS(0)
	}
	if o.Hosts <= 0 {
		o.Hosts = 32
	}
	if o.Grace <= 0 {
		o.Grace = 15 * time.Second
	}
	if o.Wait <= 0 {
		o.Wait = time.Second
	}
	p := &Pool{o: o, readers: make(chan struct{}, o.Readers), wake: make(chan struct{}, 1), busy: make(map[string]bool)}
	p.checker = check.Checker{Getter: o.Getter, Now: o.Now}
	p.writer = &writer{p: p}
	return p
}

// Tally is what was done so far.
func (p *Pool) Tally() Tally { return p.tally.now() }

// finish derives a context that lasts for the grace after ctx has ended: an
// article in hand is finished, and what hangs is not waited for.
func (p *Pool) finish(ctx context.Context) (context.Context, context.CancelFunc) {
	last, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.NewTimer(p.o.Grace)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-last.Done():
		}
	})
	return last, func() { stop(); cancel() }
}

// patient calls f until it succeeds or fails for good. While the store is
// locked, full or away it waits: work resumes by itself.
func (p *Pool) patient(ctx context.Context, what string, f func() error) error {
	wait := p.o.Wait
	for {
		err := f()
		if err == nil || !passing(err) {
			return err
		}
		p.o.Log.Warn("store_waits", "for", what, "wait", wait.String(), "error", err.Error())
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return errors.Join(ctx.Err(), err)
		}
		wait = min(2*wait, 30*time.Second)
	}
}

// read makes the record of a delivery. A reader that fails on one article must
// not end the work on the others.
func (p *Pool) read(ctx context.Context, d *news.Delivery) (r *news.Record, err error) {
	select {
	case p.readers <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-p.readers }()
	err = errFault
	p.safely(store.Addresses(d)[0], func() {
		r, err = p.o.Reader.Read(ctx, reader.Input{
			Text: d.Text, Title: d.Title, URL: d.URL(), Publisher: d.Publisher, Authors: d.Authors, Published: d.Published, PublishedBasis: d.PublishedBasis,
			Modified: d.Modified, Blocks: d.Blocks, Warnings: d.Warnings,
		})
	})
	return r, err
}

// errFault is what an article is refused for that the program fails on.
var errFault = errors.New("a fault of the program; the log has where")

// safely calls f and logs a panic: what one article or source brings about must
// not end the work on the others.
func (p *Pool) safely(on string, f func()) {
	defer func() {
		if v := recover(); v != nil {
			p.o.Log.Error("fault", "on", on, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
		}
	}()
	f()
}
