package check

import (
	"context"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/ingest/sitemap"
	"github.com/onrecord/onrecord/internal/news"
)

// recent is how far back a sitemap's articles are taken when it is new here: a
// sitemap may list a paper's every article of thirty years.
const recent = 3 * 24 * time.Hour

// sitemap reads a sitemap, and of an index those that it lists which have
// changed since the last check, the newest first.
func (l *look) sitemap(ctx context.Context, a *fetch.Answer) error {
	s, err := sitemap.Read(a.Body, a.Header.Get("Content-Type"), a.URL())
	if err != nil {
		return err
	}
	l.warn(s.Warnings)
	l.index = len(s.Maps) > 0
	items := s.Items
	asked := 0
	for _, m := range s.Maps {
		if t, ok := instant(m.Modified); ok && t.Before(l.since()) {
			continue
		}
		if asked++; asked > maxMaps {
			l.out.Fetches[0].Detail = fmt.Sprintf("the index lists more than %d sitemaps that may be new; the others are left for later", maxMaps)
			break
		}
		child, err := l.get(ctx, fetch.Request{URL: m.URL, Limit: sitemap.MaxBytes})
		if err != nil {
			return err
		}
		if child.Outcome != news.FetchOK {
			continue // it is in the log; the others count
		}
		l.wishes.heed(child.Header, l.now)
		one, err := sitemap.Read(child.Body, child.Header.Get("Content-Type"), child.URL())
		if err != nil {
			l.note(news.FetchUnreadable, err.Error())
			continue
		}
		l.warn(one.Warnings)
		items = append(items, one.Items...)
	}
	l.out.Items = l.newer(items)
	l.done(l.out.Items)
	return nil
}

// newer leaves out articles that were old when the source was added.
func (l *look) newer(items []news.Item) []news.Item {
	since := l.since()
	var out []news.Item
	for _, it := range items {
		t, ok := instant(first(it.Hint.Modified, it.Hint.Published))
		if !ok || !t.Before(since) {
			out = append(out, it)
		}
	}
	return out
}

// since is the moment from which on articles of a sitemap count. Days are
// given without their zone, so it is generous.
func (l *look) since() time.Time {
	at := l.before.AddedAt
	if at.IsZero() {
		at = l.now
	}
	if l.before.ChangedAt.After(at) {
		at = l.before.ChangedAt
	}
	return at.Add(-recent)
}

func instant(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
