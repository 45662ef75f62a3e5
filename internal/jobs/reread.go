package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Rereading says what is to be read again.
type Rereading struct {
	// Since leaves out articles that were not changed since; zero is all.
	Since time.Time
	// Pipeline is that of the reader. Articles that it has read already are left
	// alone, unless it is empty.
	Pipeline news.Pipeline
	// Dry compares and writes nothing.
	Dry bool
	// Told, where set, is called for every article whose record came out
	// otherwise, and for every one that failed, by one goroutine at a time.
	Told func(Reread)
	// Each, where set, is called when an article is done, by one goroutine at a
	// time.
	Each func()
}

// Reread is what reading one version of an article again brought.
type Reread struct {
	Article string
	Version int
	Title   string
	// FromRecord: its capture is gone, so the text of the record before was read.
	FromRecord bool
	Difference Difference
	// Err is why it was not read again; the record before stays.
	Err error
}

// Reread reads articles again from what was received of them, many at a time,
// and puts the new records in the place of those before. It can be interrupted
// and called again: with a Pipeline it goes on where it was. The sum of all
// differences is returned, and how many articles could not be read.
func (p *Pool) Reread(outer context.Context, o Rereading) (sum Difference, failed int, err error) {
	ctx, stop := context.WithCancel(outer)
	defer stop()
	last, cancel := p.finish(ctx)
	defer cancel()
	ids := make(chan string)
	var mu sync.Mutex
	var fatal error
	tell := func(r Reread) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case passing(r.Err) || ctx.Err() != nil && r.Err != nil:
			return // told to stop while the store was away
		case r.Err != nil:
			failed++
		default:
			sum.Add(r.Difference)
		}
		if o.Each != nil {
			o.Each()
		}
		if o.Told != nil && (r.Err != nil || r.Difference.Changed()) {
			o.Told(r)
		}
	}
	var wg sync.WaitGroup
	for range p.o.Readers {
		wg.Go(func() {
			for id := range ids {
				r, err := p.reread(last, id, o.Dry)
				if err != nil {
					r.Err = err
				}
				tell(r)
			}
		})
	}
	var after int64
	for ctx.Err() == nil {
		var page []string
		err := p.patient(ctx, "reread", func() (err error) {
			page, after, err = p.o.Store.Stale(ctx, o.Pipeline, o.Since, after, 200)
			return err
		})
		if err != nil {
			fatal = err
			break
		}
		if len(page) == 0 {
			break
		}
		for _, id := range page {
			select {
			case ids <- id:
			case <-ctx.Done():
			}
		}
	}
	close(ids)
	wg.Wait()
	if outer.Err() != nil {
		return sum, failed, outer.Err()
	}
	return sum, failed, fatal
}

// reread reads the current version of an article again.
func (p *Pool) reread(ctx context.Context, id string, dry bool) (Reread, error) {
	r := Reread{Article: id}
	var versions []store.Version
	err := p.patient(ctx, "reread", func() (err error) {
		versions, err = p.o.Store.Versions(ctx, id)
		return err
	})
	if err == nil && len(versions) == 0 {
		err = store.ErrNotFound
	}
	if err != nil {
		return r, err
	}
	return p.rereadVersion(ctx, id, versions[len(versions)-1], dry)
}

// RereadArticle reads all versions of one article again: after one of its
// records was found to be damaged.
func (p *Pool) RereadArticle(ctx context.Context, idOrAddress string, dry bool) ([]Reread, error) {
	id, err := p.o.Store.Find(ctx, idOrAddress)
	if err != nil {
		return nil, err
	}
	versions, err := p.o.Store.Versions(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []Reread
	for _, v := range versions {
		r, err := p.rereadVersion(ctx, id, v, dry)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		r.Err = err
		out = append(out, r)
	}
	return out, nil
}

func (p *Pool) rereadVersion(ctx context.Context, id string, v store.Version, dry bool) (Reread, error) {
	r := Reread{Article: id, Version: v.N, Title: v.Title}
	var before *news.Record
	err := p.patient(ctx, "reread", func() (err error) {
		before, err = p.o.Store.Record(ctx, id, v.N)
		return err
	})
	if err != nil && (passing(err) || ctx.Err() != nil) {
		return r, err
	} // else it is missing or damaged, and is to be made anew
	d, err := p.received(ctx, id, v)
	if err != nil {
		if before == nil || ctx.Err() != nil {
			return r, err
		}
		d, r.FromRecord = again(before), true
	}
	if before != nil {
		steady(d, before)
	}
	now, err := p.read(ctx, d)
	if err != nil {
		return r, err
	}
	r.Difference = Compare(before, now)
	if dry {
		return r, nil
	}
	return r, p.patient(ctx, "reread", func() error { return p.o.Store.Reread(ctx, id, v.N, now) })
}

// received makes the delivery of a version anew from its capture.
func (p *Pool) received(ctx context.Context, id string, v store.Version) (*news.Delivery, error) {
	if v.Capture == "" {
		return nil, fmt.Errorf("version %d of %s has no capture", v.N, id)
	}
	filed, err := p.o.Store.Capture(ctx, v.Capture)
	if err != nil {
		return nil, err
	}
	c, err := p.o.Archive.Read(archive.Location(filed.Location))
	if err != nil {
		return nil, fmt.Errorf("read capture %s: %w", v.Capture, err)
	}
	if c.SHA256 != filed.SHA256 {
		return nil, fmt.Errorf("capture %s is damaged", v.Capture)
	}
	c.ID, c.MediaType, c.Hint = filed.ID, filed.MediaType, filed.Hint
	var all []news.Delivery
	err = errFault
	p.safely(c.URL, func() { all, err = delivery.Of(ctx, c) })
	if err != nil {
		return nil, err
	}
	// A document of a wire service holds several.
	for i := range all {
		if len(all) == 1 {
			return &all[i], nil
		}
	}
	for i := range all {
		for _, a := range store.Addresses(&all[i]) {
			found, err := p.o.Store.Find(ctx, a)
			if err == nil && found == id {
				return &all[i], nil
			}
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return nil, err
			}
		}
	}
	return nil, fmt.Errorf("capture %s does not hold %s any more", v.Capture, id)
}

// again makes a delivery of what a record holds of its article.
func again(r *news.Record) *news.Delivery {
	a := &r.Article
	return &news.Delivery{
		Addresses: []string{string(a.URL)}, Action: news.Publish, Text: a.Text, Title: string(a.Title), Publisher: string(a.Publisher), Authors: a.Authors,
		Published: string(a.Published), PublishedBasis: a.PublishedBasis, Modified: string(a.Modified), Blocks: slices.Clone(a.Blocks),
	}
}

// steady keeps what did not come with the capture: the name of the article that
// it was kept by, and a date that its list or a person gave.
func steady(d *news.Delivery, before *news.Record) {
	a := &before.Article
	if d.URL() == "" && a.URL != "" {
		d.Addresses = append([]string{string(a.URL)}, d.Addresses...)
	}
	if d.Publisher == "" {
		d.Publisher = string(a.Publisher)
	}
	if d.Published == "" && a.PublishedBasis != news.PublishedText {
		d.Published, d.PublishedBasis = string(a.Published), a.PublishedBasis
	}
}
