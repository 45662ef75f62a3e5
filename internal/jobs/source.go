package jobs

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/check"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// visit is one look at a source with all that comes of it.
type visit struct {
	p     *Pool
	ctx   context.Context // ends when the work is to stop
	last  context.Context // ends after the grace
	lanes *lanes
	end   func() // of the visit: the source may be looked at again

	mu      sync.Mutex
	feed    news.Feed // as it is when all that it lists is kept
	left    int       // articles that are not done yet
	missing bool      // some are to be asked for again
}

// host is the lane of an address; folders have one of their own.
func host(url string) string { return address.Host(url) }

// look looks at a source, and puts its articles into their lanes. It reports
// whether there are any: the visit then ends with the last of them.
func (v *visit) look(f news.Feed) (pending bool, err error) {
	p := v.p
	c, items, err := v.ask(f)
	if err != nil {
		return false, err
	}
	v.left = len(items)
	// What the source has listed counts as seen when all of it is kept.
	now := v.feed
	if v.left > 0 || v.missing || len(c.Deliveries) > 0 {
		now = unseen(v.feed, f)
	}
	if _, err := p.writer.commit(&unit{ctx: v.last, feeds: []news.Feed{now}, fetches: c.Fetches}); err != nil {
		return false, err
	}
	v.log(c, len(items))
	if len(c.Deliveries) > 0 {
		return false, v.deliver(c.Deliveries)
	}
	for _, it := range items {
		v.lanes.add(v.ctx, host(it.URL), func() {
			ok := true // an article that is a fault to the program is not tried again and again
			p.safely(it.URL, func() { ok = v.item(it) })
			v.done(ok)
		})
	}
	return len(items) > 0, nil
}

// ask checks a source, and picks the articles that are to be fetched.
func (v *visit) ask(f news.Feed) (*news.Check, []news.Item, error) {
	c, err := v.p.checker.Check(v.ctx, f)
	if err != nil {
		return nil, nil, err
	}
	v.p.tally.checked.Add(1)
	v.feed = c.Feed
	items, err := v.sift(f, c)
	return c, items, err
}

// unseen is a source after a check, but for what keeps the next from bringing
// the same list again.
func unseen(f, before news.Feed) news.Feed {
	f.ETag, f.LastModified, f.BodySHA256 = "", "", ""
	if f.Kind == news.FeedFolder {
		f.LastModified = before.LastModified // where the next look begins
	}
	return f
}

// log tells what a check brought.
func (v *visit) log(c *news.Check, fresh int) {
	f, log := &c.Feed, v.p.o.Log
	if f.LastError != "" && f.Failures > 0 {
		log.Warn("source_failed", "source", f.ID, "url", f.URL, "error", f.LastError, "failures", f.Failures, "next", f.NextCheck, "reason", f.NextReason)
	} else {
		log.Info("source_checked", "source", f.ID, "url", f.URL, "listed", len(c.Items)+len(c.Deliveries), "new", fresh, "next", f.NextCheck, "reason", f.NextReason)
	}
	if f.State == news.FeedFailing || f.State == news.FeedGone {
		log.Warn("source_"+string(f.State), "source", f.ID, "url", f.URL, "reason", f.StateReason)
	}
}

// sift picks the articles that are to be fetched: those that are not known, and
// those that have been changed since they were.
func (v *visit) sift(before news.Feed, c *news.Check) ([]news.Item, error) {
	if len(c.Items) == 0 {
		return nil, nil
	}
	p := v.p
	urls := make([]string, len(c.Items))
	for i, it := range c.Items {
		urls[i] = it.URL
	}
	var unknown []string
	var log []news.Fetch
	err := p.patient(v.ctx, "look", func() (err error) {
		if unknown, err = p.o.Store.Unknown(v.ctx, urls); err != nil {
			return err
		}
		log, err = p.o.Store.Fetches(v.ctx, before.ID, remembered)
		return err
	})
	if err != nil {
		return nil, err
	}
	isNew := make(map[string]bool, len(unknown))
	for _, u := range unknown {
		isNew[u] = true
	}
	m, now := remember(log), p.o.Now()
	var out []news.Item
	seen := 0 // of the listed, known or tried
	for _, it := range c.Items {
		_, asked := m[it.URL]
		if !isNew[it.URL] || asked {
			seen++
		}
		if !isNew[it.URL] {
			if edited, err := v.edited(&it, m[it.URL]); err != nil {
				return nil, err
			} else if edited {
				out = append(out, it)
			}
			continue
		}
		switch m.of(it.URL, now) {
		case ask:
			out = append(out, it)
		case later:
			v.missing = true
		}
	}
	if len(out) > 0 {
		v.feed.ChangedAt = v.feed.CheckedAt
	}
	v.overflow(before, len(c.Items), seen)
	return out, nil
}

// overflow warns where a list holds nothing that was seen before: there were
// more new articles than it has room for, and some may be lost.
func (v *visit) overflow(before news.Feed, listed, seen int) {
	if before.Kind != news.FeedSyndication || before.ChangedAt.IsZero() || listed < 5 || seen > 0 {
		return
	}
	v.feed.LastError = fmt.Sprintf("all %d articles that it lists are new: between two checks there may have been more; check it more often (--interval)", listed)
	v.p.o.Log.Warn("source_overflow", "source", before.ID, "url", before.URL, "listed", listed, "since", before.CheckedAt)
}

// edited reports whether the list says that a known article was changed after
// it was received and asked for last. Some lists say so of every article every
// time, so each is asked for less and less often.
func (v *visit) edited(it *news.Item, t tried) (bool, error) {
	p := v.p
	at, err := time.Parse(time.RFC3339, it.Hint.Modified)
	now := p.o.Now()
	if err != nil || !at.After(t.last.At) || at.After(now.Add(time.Hour)) || now.Sub(at) > afterNo || now.Sub(t.last.At) < time.Duration(t.asked)*betweenEdits {
		return false, nil
	}
	var versions []store.Version
	err = p.patient(v.ctx, "look", func() error {
		id, err := p.o.Store.Find(v.ctx, it.URL)
		if err == nil {
			versions, err = p.o.Store.Versions(v.ctx, id)
		}
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return false, nil // forgotten
	}
	if err != nil || len(versions) == 0 {
		return false, err
	}
	// A list that has one date only gives it as both: then the day of the edit
	// is not that of publication, which stays what it was.
	if it.Hint.Published == it.Hint.Modified {
		it.Hint.Published = ""
	}
	it.Hint.Edited = true
	return at.After(versions[len(versions)-1].At), nil
}

// item fetches and keeps one article, and reports whether it need not be asked
// for again before its source is checked next.
func (v *visit) item(it news.Item) bool {
	f, err := v.p.take(v.ctx, v.last, it)
	if err != nil && v.ctx.Err() == nil {
		v.p.o.Log.Error("article_not_kept", "source", it.Feed, "url", it.URL, "error", err.Error())
	}
	return err == nil && !f.Outcome.Again()
}

// Take fetches and keeps one article by its address. What came of the request
// is in the log entry; the error is that of ctx, or of a store that does not take
// it.
func (p *Pool) Take(ctx context.Context, it news.Item) (news.Fetch, error) {
	last, cancel := p.finish(ctx)
	defer cancel()
	return p.take(ctx, last, it)
}

func (p *Pool) take(ctx, last context.Context, it news.Item) (news.Fetch, error) {
	if err := ctx.Err(); err != nil {
		return news.Fetch{}, err
	}
	a, err := p.o.Getter.Get(ctx, fetch.Request{URL: it.URL, Feed: it.Feed, Accept: "text/html,application/xhtml+xml,*/*;q=0.5", Limit: maxPage})
	if err != nil {
		return news.Fetch{}, err
	}
	if a.Outcome == news.FetchBusy && a.Status == 0 {
		return a.Fetch, nil // it was not even asked; the log is of requests
	}
	p.tally.fetched.Add(1)
	u := &unit{ctx: last}
	if a.Outcome == news.FetchOK {
		if u.entries, err = p.articleOf(last, a, it); err != nil {
			if last.Err() != nil {
				return a.Fetch, last.Err()
			}
			a.Outcome, a.Detail = news.FetchUnreadable, err.Error()
			if errors.Is(err, page.ErrNoArticle) {
				a.Outcome = news.FetchNoArticle
			}
		}
	}
	p.tally.fetch(a.Outcome)
	if a.Outcome != news.FetchOK {
		p.o.Log.Info("article_not_taken", "source", it.Feed, "url", it.URL, "outcome", string(a.Outcome), "detail", a.Detail)
	}
	u.fetches = []news.Fetch{a.Fetch}
	p.writer.add(u)
	return a.Fetch, p.settle(last, u, <-u.done)
}

// isFront reports whether an address is that of a front page.
func isFront(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// maxPage is the most that one page of HTML may have, in bytes.
const maxPage = 20 << 20

// articleOf makes entries of an answer.
func (p *Pool) articleOf(ctx context.Context, a *fetch.Answer, it news.Item) ([]store.Entry, error) {
	if isFront(a.URL()) && !isFront(it.URL) {
		return nil, fmt.Errorf("%w: it leads to the front page, as articles do that were taken away", page.ErrNoArticle)
	}
	c := check.Capture(a, delivery.MediaType(a.Header.Get("Content-Type"), a.Body), it.Hint)
	all, err := delivery.Of(ctx, c)
	if err != nil {
		return nil, err
	}
	var out []store.Entry
	for i := range all {
		d := &all[i]
		d.Feed = it.Feed
		if asked, err := address.Normal(it.URL); err == nil && len(all) == 1 && !slices.Contains(d.Addresses, asked) {
			d.Addresses = append(d.Addresses, asked)
		}
		e, err := p.entry(ctx, d)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// done is called when one article of the visit is. With the last of them the
// source's list counts as seen.
func (v *visit) done(ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.left--
	v.missing = v.missing || !ok
	if v.left > 0 {
		return
	}
	defer v.end()
	if v.missing {
		return
	}
	if _, err := v.p.writer.commit(&unit{ctx: v.last, feeds: []news.Feed{v.feed}}); err != nil && v.ctx.Err() == nil {
		v.p.o.Log.Error("source_not_kept", "source", v.feed.ID, "error", err.Error())
	}
}

// deliver keeps the articles that a source holds itself.
func (v *visit) deliver(all []news.Delivery) error {
	before := v.p.Tally()
	failed := 0
	err := v.p.Keep(v.ctx, func(yield func(Work, error) bool) {
		for _, d := range all {
			if !yield(Ready(d.Capture.URL, d), nil) {
				return
			}
		}
	}, func(name string, err error) {
		failed++
		v.p.o.Log.Warn("article_not_taken", "source", v.feed.ID, "url", name, "detail", err.Error())
	})
	if err != nil {
		return err
	}
	if now := v.p.Tally(); now.Added+now.Edited+now.Withdrawn > before.Added+before.Edited+before.Withdrawn {
		v.feed.ChangedAt = v.feed.CheckedAt // others may have added; it is but a day in a list
	}
	_, err = v.p.writer.commit(&unit{ctx: v.last, feeds: []news.Feed{v.feed}})
	return err
}
