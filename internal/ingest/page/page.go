// Package page makes an article of a captured page of the web: its text, the
// names that it goes by, and its title, date and authors by what the page and
// the list that led to it say.
package page

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/news"
)

// ErrNoArticle is wrapped by the errors for pages that are none: pages that ask
// for consent or money, that look for robots, that say that nothing was found.
var ErrNoArticle = errors.New("no article")

// Read takes the article out of a page. It is a pure function of the capture.
func Read(ctx context.Context, c *news.Capture) (*news.Delivery, error) {
	p, err := clean.HTML(ctx, decode(c), c.URL)
	if err != nil {
		return nil, fmt.Errorf("read the page %s: %w", c.URL, err)
	}
	reason, paid := judge(c.Body, c.URL, p)
	if reason != "" {
		return nil, fmt.Errorf("%w: %s", ErrNoArticle, reason)
	}
	d := &news.Delivery{
		Action: news.Publish, Text: p.Text, Title: p.Title, Blocks: p.Blocks, Warnings: p.Warnings,
		Publisher: first(p.Publisher, c.Hint.Publisher), Authors: p.Authors, Modified: first(p.Modified, c.Hint.Modified), Capture: c,
	}
	if len(d.Authors) == 0 {
		d.Authors = c.Hint.Authors
	}
	if d.Title == "" && c.Hint.Title != "" {
		entitle(d, c.Hint.Title)
	}
	if paid {
		warn(d, "paywall", "the page says that its text is not free to read; what is kept may be its beginning only")
	}
	addresses(d, c.URL, p.URL)
	date(d, c, p.Published)
	return d, nil
}

// decode brings a page into UTF-8 where its header names another encoding,
// which counts above what the page says of itself (HTML, 13.2.3.2). A page that
// is valid UTF-8 is left as it is: headers are wrong more often than that is
// chance.
func decode(c *news.Capture) []byte {
	if utf8.Valid(c.Body) {
		return c.Body
	}
	for line := range strings.SplitSeq(c.Header, "\n") {
		name, value, _ := strings.Cut(line, ":")
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Type") {
			continue
		}
		_, params, err := mime.ParseMediaType(strings.TrimSpace(value))
		if err != nil {
			continue
		}
		if enc, found := charset.Lookup(params["charset"]); enc != nil && found != "utf-8" {
			if out, err := enc.NewDecoder().Bytes(c.Body); err == nil {
				return out
			}
		}
	}
	return c.Body
}

func warn(d *news.Delivery, code, format string, args ...any) {
	d.Warnings = append(d.Warnings, news.Warning{Code: code, Message: fmt.Sprintf(format, args...)})
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// entitle gives the text the title that the list has for it.
func entitle(d *news.Delivery, title string) {
	d.Title = title
	if d.Text == "" {
		d.Text = title
		d.Blocks = []news.Block{{Kind: news.BlockTitle, Range: news.Range{End: len(title)}}}
		return
	}
	shift := len(title) + 2
	d.Text = title + "\n\n" + d.Text
	blocks := []news.Block{{Kind: news.BlockTitle, Range: news.Range{End: len(title)}}}
	for _, b := range d.Blocks {
		b.Start, b.End = b.Start+shift, b.End+shift
		blocks = append(blocks, b)
	}
	d.Blocks = blocks
}

// addresses are the canonical address, where the page may be believed, and the
// one it was served from.
func addresses(d *news.Delivery, served, canonical string) {
	served, err := address.Normal(served)
	canonical, none := address.Normal(canonical)
	switch {
	case err != nil && none != nil:
		return // it goes by its text
	case err != nil: // a page that was saved: its own word is all there is
		d.Addresses = []string{canonical}
		return
	}
	d.Addresses = []string{served}
	if none != nil || canonical == served {
		return
	}
	if trusted, elsewhere := canonicalOf(served, canonical); trusted {
		d.Addresses = []string{canonical, served}
	} else if elsewhere {
		warn(d, "canonical_elsewhere", "the page names %s as its original", canonical)
	}
}

// date settles the day of publication: what a person gave, the page's, the
// list's. A page that gives the day alone yields to a list that gives the hour,
// and to one that contradicts it: a bare day is often that of something else on
// the page.
func date(d *news.Delivery, c *news.Capture, page string) {
	if c.Hint.Given != "" {
		d.Published, d.PublishedBasis = c.Hint.Given, news.PublishedGiven
		return
	}
	page = possible(d, c, page)
	listed := possible(d, c, c.Hint.Published)
	d.Published = first(page, listed)
	if page != "" && listed != "" && len(page) == len(time.DateOnly) {
		if apart(page, listed) {
			warn(d, "dates_disagree", "the page gives %s as its date, the list that led to it %s", page, listed)
			d.Published = listed
		} else if len(listed) > len(page) {
			d.Published = listed
		}
	}
	if d.Published == "" && !c.Hint.Edited {
		// The page has no date, and the list only that of the last change: for an
		// article that is new it is that of publication.
		d.Published = possible(d, c, c.Hint.Modified)
	}
	if d.Published != "" {
		d.PublishedBasis = news.PublishedMetadata
	}
}

// possible drops a date that lies behind the capture: nothing is published
// before it is written, but clocks and templates are wrong.
func possible(d *news.Delivery, c *news.Capture, s string) string {
	t, ok := instant(s)
	if !ok {
		return ""
	}
	if !c.At.IsZero() && t.After(c.At.Add(36*time.Hour)) {
		warn(d, "date_impossible", "the date %s lies after the day on which the page was received", s)
		return ""
	}
	return s
}

func instant(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// apart reports whether two dates lie further from each other than time zones
// explain.
func apart(a, b string) bool {
	x, _ := instant(a)
	y, _ := instant(b)
	gap := x.Sub(y)
	return gap > 48*time.Hour || gap < -48*time.Hour
}
