package bulk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/ingest/warc"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// read is what came of one page.
type read struct {
	offset   int64
	captured time.Time
	records  []*news.Record
	failed   []error
	none     bool  // no article
	damaged  error // the record of the archive
	fatal    error
}

// waiting is how many pages may wait for a slow one before them.
const waiting = 16

// pages reads the pages of an archive, as many at a time as there are slots, and
// writes what came of them in the order of the archive.
func (o Options) pages(ctx context.Context, path string, slots chan struct{}, a *export.Archive, m *Mark) error {
	in, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the archive: %w", err)
	}
	defer in.Close()
	ctx, cancel := context.WithCancel(ctx)
	queue := make(chan chan read, waiting)
	ended := make(chan struct{})
	defer func() { // the file is read no more when it is closed
		cancel()
		for range queue { // until it is closed
		}
		<-ended
	}()
	go func() {
		defer close(ended)
		defer close(queue)
		o.take(ctx, in, slots, queue)
	}()
	seen := map[string]bool{}
	for one := range queue {
		r := <-one
		if r.fatal != nil {
			return r.fatal
		}
		if err := o.keep(a, m, r, seen); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// take begins the reading of each page that may hold an article.
func (o Options) take(ctx context.Context, in *os.File, slots chan struct{}, queue chan<- chan read) {
	put := func() (chan read, bool) {
		one := make(chan read, 1)
		select {
		case queue <- one:
			return one, true
		case <-ctx.Done():
			return nil, false
		}
	}
	for found, err := range warc.Captures(ctx, in, warc.Options{}) {
		var damage *warc.DamageError
		switch {
		case errors.As(err, &damage):
			if one, ok := put(); ok {
				one <- read{damaged: fmt.Errorf("at %d: %w", found.Offset, err)}
				continue
			}
			return
		case err != nil:
			if one, ok := put(); ok {
				one <- read{fatal: fmt.Errorf("read the archive: %w", err)}
			}
			return
		}
		if !o.Accept(found.Capture) {
			continue
		}
		one, ok := put()
		if !ok {
			return
		}
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			one <- read{fatal: ctx.Err()}
			return
		}
		go func() {
			defer func() { <-slots }()
			one <- o.read(ctx, found)
		}()
	}
}

// read makes the records of a page.
func (o Options) read(ctx context.Context, found warc.Found) (r read) {
	r = read{offset: found.Offset, captured: found.Capture.At}
	defer func() { // one page must not end the reading of a thousand others
		if p := recover(); p != nil {
			r.failed = append(r.failed, fmt.Errorf("%s: the program failed on it: %v", found.Capture.URL, p))
		}
	}()
	all, err := o.Of(ctx, found.Capture)
	switch {
	case ctx.Err() != nil:
		r.fatal = ctx.Err()
		return r
	case errors.Is(err, page.ErrNoArticle):
		r.none = true
		return r
	case err != nil:
		r.failed = append(r.failed, err)
		return r
	}
	for i := range all {
		d := &all[i]
		if d.Action == news.Withdraw {
			r.none = true
			continue
		}
		rec, err := o.Read(ctx, d)
		switch {
		case ctx.Err() != nil:
			r.fatal = ctx.Err()
			return r
		case err != nil:
			r.failed = append(r.failed, fmt.Errorf("%s: %w", found.Capture.URL, err))
			continue
		}
		rec.Article.ID = versionID(d)
		r.records = append(r.records, rec)
	}
	return r
}

// versionID is the id that a store would give the article, and eight digits of its
// text: two captures of a page with the same text have one id, an edit has another.
func versionID(d *news.Delivery) string {
	sum := sha256.Sum256([]byte(store.Digest(d)))
	return store.ArticleID(store.Addresses(d)[0]) + "-" + hex.EncodeToString(sum[:4])
}

// maxExamples is how many reasons a mark has.
const maxExamples = 10

// keep writes what came of a page.
func (o Options) keep(a *export.Archive, m *Mark, r read, seen map[string]bool) error {
	if r.damaged != nil {
		m.Damaged++
		m.example(r.damaged)
		return nil
	}
	m.Pages++
	if r.none {
		m.NoArticle++
	}
	for _, err := range r.failed {
		m.Failed++
		m.example(err)
	}
	captured := ""
	if !r.captured.IsZero() {
		captured = r.captured.UTC().Format(time.RFC3339)
	}
	for _, rec := range r.records {
		if seen[rec.Article.ID] {
			m.Same++
			continue
		}
		seen[rec.Article.ID] = true
		m.Articles++
		if err := a.Add(&export.Article{Record: rec, Rights: o.Rights}, captured, r.offset); err != nil {
			return fmt.Errorf("write the tables: %w", err)
		}
	}
	return nil
}

func (m *Mark) example(err error) {
	if len(m.Examples) < maxExamples {
		m.Examples = append(m.Examples, err.Error())
	}
}
