// Package delivery makes articles of captures, whatever their form: pages of
// the web, documents of news agencies, and files. What it makes depends on the
// capture alone, so that a capture that was kept can be read again.
package delivery

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/feed"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/ingest/sitemap"
	"github.com/onrecord/onrecord/internal/ingest/wire"
	"github.com/onrecord/onrecord/internal/news"
)

// ErrForm is returned for a capture of a form that holds no articles.
var ErrForm = errors.New("no form that articles have")

// Media types of what is not a wire format.
const (
	HTML     = "text/html"
	Plain    = "text/plain"
	Markdown = "text/markdown"
	JSON     = "application/json" // one article: {title, text, url, published}
	Feed     = "application/rss+xml"
	Sitemap  = "application/sitemap+xml"
)

// MediaType tells what a body is. The body counts above what the server calls
// it: half of all feeds are served as text/html or text/xml.
func MediaType(contentType string, body []byte) string {
	if w := wire.Sniff(body); w != "" {
		return string(w)
	}
	declared, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		declared = ""
	}
	switch {
	case feed.Sniff(body):
		return Feed
	case sitemap.Sniff(body):
		return Sitemap
	case declared == "application/xhtml+xml" || declared == HTML:
		return HTML
	case declared == Markdown || declared == JSON:
		return declared
	}
	if sniffed, _, _ := mime.ParseMediaType(http.DetectContentType(body)); sniffed == HTML {
		return HTML
	} else if declared == "" || declared == Plain || declared == "application/octet-stream" {
		return sniffed
	}
	return declared
}

// Of makes the articles of a capture: one, or for a package of a wire service
// several. It is an error that wraps page.ErrNoArticle where a page is none.
func Of(ctx context.Context, c *news.Capture) ([]news.Delivery, error) {
	switch c.MediaType {
	case string(wire.Ninjs), string(wire.NewsMLG2), string(wire.NITF):
		return ofWire(c)
	case HTML:
		d, err := page.Read(ctx, c)
		if err != nil {
			return nil, err
		}
		return []news.Delivery{*d}, nil
	case Plain, Markdown:
		return ofText(c)
	case JSON:
		return ofJSON(ctx, c)
	}
	return nil, fmt.Errorf("%s: %w: it is %s", c.URL, ErrForm, c.MediaType)
}

// ofWire makes the articles of a document of a wire service.
func ofWire(c *news.Capture) ([]news.Delivery, error) {
	items, err := wire.Read(c.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.URL, err)
	}
	var out []news.Delivery
	for i := range items {
		it := &items[i]
		d := news.Delivery{
			Action: it.Action, Embargo: it.Embargo, Note: it.Note, Title: it.Title, Publisher: it.Publisher, Authors: it.Authors,
			Published: it.Published, Modified: it.Modified, Capture: c,
		}
		d.Text, d.Blocks = it.Text()
		if d.Title != "" && !strings.HasPrefix(d.Text, d.Title) {
			d.Title = "" // the text does not begin with it
		}
		// A spool gives the same file name to one story after the other: where
		// the agency names the story, nothing else does.
		switch name := first(aboutOf(it), it.ID); {
		case name != "":
			d.Addresses = []string{name}
		case len(items) == 1:
			d.Addresses = namedBy(c.URL)
		}
		settle(&d, c)
		out = append(out, d)
	}
	return out, nil
}

// aboutOf is the story that a kill of its own is meant for.
func aboutOf(it *wire.Item) string {
	if it.Action == news.Withdraw {
		return it.About
	}
	return ""
}

// ofText makes an article of plain text or Markdown.
func ofText(c *news.Capture) ([]news.Delivery, error) {
	if !utf8.Valid(c.Body) {
		return nil, fmt.Errorf("%s: %w", c.URL, file.ErrNotUTF8)
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(c.Body), "\ufeff"), "\r\n", "\n")
	if strings.TrimSpace(text) == "" {
		return nil, fmt.Errorf("%s: %w", c.URL, file.ErrEmpty)
	}
	if len(text) > file.MaxText {
		return nil, fmt.Errorf("%s: %w: the limit is %d MiB", c.URL, file.ErrTooLarge, file.MaxText>>20)
	}
	d := news.Delivery{Action: news.Publish, Text: text, Capture: c, Addresses: webOnly(c.URL)}
	if c.MediaType == Markdown {
		md := clean.Markdown(text)
		d.Title, d.Publisher, d.Authors, d.Blocks, d.Published, d.Modified = md.Title, md.Publisher, md.Authors, md.Blocks, md.Published, md.Modified
		d.Addresses = append(namedBy(md.URL), d.Addresses...)
	}
	settle(&d, c)
	return []news.Delivery{d}, nil
}

// ofJSON makes the article of one object.
func ofJSON(ctx context.Context, c *news.Capture) ([]news.Delivery, error) {
	var out []news.Delivery
	for it, err := range file.Open(ctx, nil, file.Options{Stdin: bytes.NewReader(c.Body)}) {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.URL, err)
		}
		d := ofItem(it, c)
		if len(d.Addresses) == 0 {
			d.Addresses = webOnly(c.URL)
		}
		out = append(out, d)
	}
	if len(out) != 1 {
		return nil, fmt.Errorf("%s: %w: it holds %d articles", c.URL, ErrForm, len(out))
	}
	return out, nil
}

// ofItem makes a delivery of what package file has read.
func ofItem(it file.Item, c *news.Capture) news.Delivery {
	d := news.Delivery{
		Action: news.Publish, Text: it.Text, Title: it.Title, Publisher: it.Publisher, Authors: it.Authors, Published: it.Published, PublishedBasis: it.PublishedBasis,
		Modified: it.Modified, Blocks: it.Blocks, Warnings: it.Warnings, Addresses: namedBy(it.URL), Capture: c,
	}
	settle(&d, c)
	return d
}

// settle fills in what the list said, and whose word the date is on.
func settle(d *news.Delivery, c *news.Capture) {
	d.Publisher = first(d.Publisher, c.Hint.Publisher)
	if len(d.Authors) == 0 {
		d.Authors = c.Hint.Authors
	}
	switch {
	case c.Hint.Given != "":
		d.Published, d.PublishedBasis = c.Hint.Given, news.PublishedGiven
	case d.Published == "" && c.Hint.Published != "":
		d.Published, d.PublishedBasis = c.Hint.Published, news.PublishedMetadata
	case d.Published != "" && d.PublishedBasis == "":
		d.PublishedBasis = news.PublishedMetadata
	}
}

// namedBy is an address as the name of an article, in its usual form where it
// is one of the web.
func namedBy(raw string) []string {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return nil
	}
	if u, err := address.Normal(raw); err == nil {
		return []string{u}
	}
	return []string{raw}
}

// webOnly is namedBy for addresses of the web: the name of a file is no name of
// an article, since files are moved and written over.
func webOnly(raw string) []string {
	if u, err := address.Normal(raw); err == nil {
		return []string{u}
	}
	return nil
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
