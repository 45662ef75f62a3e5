// Package check looks at a source: it asks for the feed, sitemap, page or
// folder, lists the articles that it names, and decides when to look again.
package check

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/ingest/feed"
	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/ingest/sitemap"
	"github.com/onrecord/onrecord/internal/news"
)

// Limits of one check.
const (
	// MaxItems is the most articles that one check lists; the newest count.
	MaxItems = 1000
	maxMaps  = 10 // sitemaps of an index
)

// Getter asks for a document: a fetch.Client.
type Getter interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Answer, error)
}

// Checker looks at sources.
type Checker struct {
	Getter Getter
	Now    func() time.Time // the clock; nil is time.Now
}

// Accepted is what a request for a list says it takes.
const Accepted = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.8,*/*;q=0.5"

// Check looks at a source. What goes wrong is in the result (Feed.LastError,
// Feed.State, Fetches); the error is only that of ctx.
func (c *Checker) Check(ctx context.Context, f news.Feed) (*news.Check, error) {
	now := time.Now
	if c.Now != nil {
		now = c.Now
	}
	l := &look{c: c, now: now().UTC().Truncate(time.Microsecond), before: f, out: &news.Check{Feed: f}}
	var err error
	if f.Kind == news.FeedFolder {
		err = l.folder(ctx)
	} else {
		err = l.web(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", f.URL, err)
	}
	if len(l.out.Items) > MaxItems {
		l.out.Items = l.out.Items[:MaxItems]
	}
	for i := range l.out.Items {
		it := &l.out.Items[i]
		it.Feed = f.ID
		it.Hint.Publisher = f.Publisher
	}
	l.out.Feed.CheckedAt = l.now
	return l.out, nil
}

// look is one look at one source.
type look struct {
	c      *Checker
	now    time.Time
	before news.Feed
	out    *news.Check
	wishes wishes
	index  bool // it lists sitemaps: it may stay the same while they change
}

// get asks for one of the documents of a check.
func (l *look) get(ctx context.Context, r fetch.Request) (*fetch.Answer, error) {
	r.Feed, r.Accept = l.before.ID, Accepted
	a, err := l.c.Getter.Get(ctx, r)
	if err != nil {
		return nil, err
	}
	l.out.Fetches = append(l.out.Fetches, a.Fetch)
	return a, nil
}

// note sets what the log says of the last request.
func (l *look) note(outcome news.Outcome, detail string) {
	last := &l.out.Fetches[len(l.out.Fetches)-1]
	last.Outcome, last.Detail = outcome, detail
}

// web looks at what is asked for by HTTP.
func (l *look) web(ctx context.Context) error {
	f := &l.out.Feed
	limit := int64(sitemap.MaxBytes)
	if f.Kind == news.FeedSyndication {
		limit = feed.MaxBytes
	}
	a, err := l.get(ctx, fetch.Request{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified, Limit: limit})
	if err != nil {
		return err
	}
	switch a.Outcome {
	case news.FetchOK:
	case news.FetchNotModified:
		l.wishes.heed(a.Header, l.now)
		l.done(nil)
		return nil
	default:
		failure(f, &a.Fetch, l.now)
		return nil
	}
	l.wishes.heed(a.Header, l.now)
	sum := sha256.Sum256(a.Body)
	digest := hex.EncodeToString(sum[:])
	if digest == f.BodySHA256 && f.Kind != "" {
		l.note(news.FetchSame, "")
		if f.Kind != news.FeedSitemap { // or the sitemaps that it lists may have changed
			f.ETag, f.LastModified = a.Header.Get("Etag"), a.Header.Get("Last-Modified")
			l.done(nil)
			return nil
		}
	}
	if err := l.read(ctx, a); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		l.note(news.FetchUnreadable, err.Error())
		failure(f, &l.out.Fetches[len(l.out.Fetches)-1], l.now)
		return nil
	}
	f.ETag, f.LastModified, f.BodySHA256 = a.Header.Get("Etag"), a.Header.Get("Last-Modified"), digest
	if l.index {
		f.ETag, f.LastModified = "", ""
	}
	return nil
}

// read reads a list by its kind, and tells the kind where it is not known.
func (l *look) read(ctx context.Context, a *fetch.Answer) error {
	f := &l.out.Feed
	contentType := a.Header.Get("Content-Type")
	media := delivery.MediaType(contentType, a.Body)
	kind := f.Kind
	if kind == "" {
		switch media {
		case delivery.Feed:
			kind = news.FeedSyndication
		case delivery.Sitemap:
			kind = news.FeedSitemap
		case delivery.HTML:
			return l.whichPage(a)
		default:
			kind = news.FeedSyndication // JSON Feed, or its own words of what is wrong
		}
	}
	var err error
	switch kind {
	case news.FeedSitemap:
		err = l.sitemap(ctx, a)
	case news.FeedPage:
		err = l.page(ctx, a, media)
	default:
		err = l.feed(a, contentType)
	}
	if err == nil {
		f.Kind = kind
	}
	return err
}

// ErrWhich is returned for a page that names feeds: which of them is meant, or
// the page itself, only a person can say.
var ErrWhich = errors.New("this is a page")

func (l *look) whichPage(a *fetch.Answer) error {
	if links := Links(a.Body, a.URL()); len(links) > 0 {
		return fmt.Errorf("%w; its feeds are %s", ErrWhich, strings.Join(links, " and "))
	}
	return fmt.Errorf("%w that names no feed; if it is an article to be watched, its kind is %q", ErrWhich, news.FeedPage)
}

func (l *look) feed(a *fetch.Answer, contentType string) error {
	parsed, err := feed.Read(a.Body, contentType, a.URL(), l.now)
	if err != nil {
		return err
	}
	l.wishes.ttl = parsed.TTL
	f := &l.out.Feed
	f.Title, f.Homepage = first(f.Title, parsed.Title), first(f.Homepage, parsed.Homepage)
	l.out.Items = parsed.Items
	l.warn(parsed.Warnings)
	l.done(parsed.Items)
	return nil
}

// warn puts what was wrong with a list that could be read into the log.
func (l *look) warn(warnings []string) {
	if len(warnings) > 0 {
		l.out.Fetches[len(l.out.Fetches)-1].Detail = strings.Join(warnings, "; ")
	}
}

// page takes the page itself as the article.
func (l *look) page(ctx context.Context, a *fetch.Answer, media string) error {
	f := &l.out.Feed
	c := Capture(a, media, news.Hint{Publisher: f.Publisher})
	all, err := delivery.Of(ctx, c)
	if errors.Is(err, page.ErrNoArticle) {
		l.note(news.FetchNoArticle, err.Error())
		failure(f, &l.out.Fetches[len(l.out.Fetches)-1], l.now)
		return nil
	}
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Feed = f.ID
		f.Title = first(f.Title, all[i].Title)
	}
	l.out.Deliveries = all
	l.done(nil)
	return nil
}

// Capture keeps an answer.
func Capture(a *fetch.Answer, media string, hint news.Hint) *news.Capture {
	sum := sha256.Sum256(a.Body)
	var lines []string
	for name, values := range a.Header {
		if name == "Set-Cookie" {
			continue
		}
		for _, v := range values {
			lines = append(lines, name+": "+v)
		}
	}
	slices.Sort(lines)
	return &news.Capture{
		URL: a.URL(), At: a.At.UTC().Truncate(time.Microsecond), Status: a.Status, Header: strings.Join(lines, "\r\n"), MediaType: media,
		SHA256: hex.EncodeToString(sum[:]), Hint: hint, Body: a.Body,
	}
}

// done is the end of a look that went well.
func (l *look) done(items []news.Item) {
	f := &l.out.Feed
	f.Failures, f.LastError = 0, ""
	if f.State == news.FeedFailing {
		f.State, f.StateReason = news.FeedActive, ""
	}
	next(f, items, l.wishes, l.now)
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
