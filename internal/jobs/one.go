package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/onrecord/onrecord/internal/ingest/check"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Read makes the record of one article, which is not kept.
func (p *Pool) Read(ctx context.Context, d *news.Delivery) (*news.Record, error) {
	return p.read(ctx, d)
}

// Fetch brings the article at an address, which is not kept. It is asked as
// politely as a source is; the error says in words why there is none.
func (p *Pool) Fetch(ctx context.Context, address string) (*news.Delivery, error) {
	a, err := p.o.Getter.Get(ctx, fetch.Request{URL: address, Accept: "text/html,application/xhtml+xml,*/*;q=0.5", Limit: maxPage})
	if err != nil {
		return nil, err
	}
	p.tally.fetched.Add(1)
	if a.Outcome != news.FetchOK {
		if a.Detail == "" {
			return nil, errors.New(string(a.Outcome))
		}
		return nil, errors.New(a.Detail)
	}
	if isFront(a.URL()) && !isFront(address) {
		return nil, fmt.Errorf("%w: it leads to the front page, as articles do that were taken away", page.ErrNoArticle)
	}
	all, err := delivery.Of(ctx, check.Capture(a, delivery.MediaType(a.Header.Get("Content-Type"), a.Body), news.Hint{}))
	if err != nil {
		return nil, err
	}
	if len(all) != 1 {
		return nil, fmt.Errorf("the address holds %d articles, not one", len(all))
	}
	return &all[0], nil
}

// KeepOne keeps an article whose record is made, and returns its id. One that is
// there already stays as it is, or gets a version.
func (p *Pool) KeepOne(ctx context.Context, d *news.Delivery, r *news.Record) (string, error) {
	last, cancel := p.finish(ctx)
	defer cancel()
	at := p.o.Now()
	if d.Capture != nil && !d.Capture.At.IsZero() {
		at = d.Capture.At
	}
	results, err := p.writer.commit(&unit{ctx: last, entries: []store.Entry{{Delivery: d, Record: r, At: at}}})
	if err != nil {
		return "", err
	}
	p.tally.result(results[0].Outcome)
	if results[0].Outcome == store.Forgotten {
		return "", errors.New("it was forgotten, and is not taken again")
	}
	return results[0].Article, nil
}
