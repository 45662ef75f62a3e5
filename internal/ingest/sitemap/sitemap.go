// Package sitemap reads the lists of pages that sites publish for search engines
// (sitemaps.org, protocol 0.9) with Google's extension for news: sitemaps,
// indexes of them, and plain lists of addresses, compressed with gzip or not.
package sitemap

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/markup"
	"github.com/onrecord/onrecord/internal/news"
)

// Limits, those of the protocol.
const (
	MaxBytes = 50 << 20 // decompressed
	MaxURLs  = 50_000
	maxText  = 8 << 10 // bytes of one value
)

// Reasons why a document is not read.
var (
	ErrNotSitemap = errors.New("the document is no sitemap")
	ErrTooLarge   = errors.New("the sitemap is too large")
)

// Sitemap is what a document lists.
type Sitemap struct {
	// Items are its pages, newest first where all are dated, else in its order.
	Items []news.Item
	// Maps are the sitemaps that an index lists, newest first where all are
	// dated.
	Maps []Map
	// Warnings are what was wrong with it, in words.
	Warnings []string
}

// Map is one sitemap of an index.
type Map struct {
	URL      string
	Modified string // a day or RFC 3339; "" where the index does not say
}

// Sniff reports whether a document opens like a sitemap of XML, compressed or not.
func Sniff(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return false
		}
		raw, _ = io.ReadAll(io.LimitReader(z, 4096))
	}
	head := strings.ToLower(string(raw[:min(len(raw), 4096)]))
	return strings.Contains(head, "<urlset") || strings.Contains(head, "<sitemapindex")
}

// Read reads a sitemap that was fetched from base.
func Read(raw []byte, contentType, base string) (*Sitemap, error) {
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		var err error
		if raw, err = unzip(raw); err != nil {
			return nil, err
		}
	}
	if len(raw) > MaxBytes {
		return nil, tooLarge()
	}
	s := &Sitemap{}
	if isList(raw) {
		s.list(raw, base)
		if len(s.Items) == 0 {
			return nil, fmt.Errorf("%w: no address in it", ErrNotSitemap)
		}
		return s, nil
	}
	text, err := markup.Decode(raw, contentType)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotSitemap, err)
	}
	if err := s.xml(text, base); err != nil {
		return nil, err
	}
	s.sort()
	return s, nil
}

func tooLarge() error { return fmt.Errorf("%w: the limit is %d MiB", ErrTooLarge, MaxBytes>>20) }

// unzip decompresses, but never more than the limit: its length says nothing.
func unzip(raw []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotSitemap, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, MaxBytes+1))
	if len(out) > MaxBytes {
		return nil, tooLarge()
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("%w: %w", ErrNotSitemap, err)
	}
	return out, nil
}

// isList reports whether a document is plain text, one address a line.
func isList(raw []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\ufeff")), " \t\r\n"), []byte("http"))
}

func (s *Sitemap) list(raw []byte, base string) {
	seen := make(map[string]bool)
	for line := range strings.Lines(strings.TrimPrefix(string(raw), "\ufeff")) {
		if len(s.Items) == MaxURLs {
			s.warn("more than %d addresses; the others are left out", MaxURLs)
			return
		}
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "http") { // a list has whole addresses only
			s.page(entry{loc: line}, base, seen)
		}
	}
}

func (s *Sitemap) warn(format string, args ...any) {
	s.Warnings = append(s.Warnings, fmt.Sprintf(format, args...))
}

// entry is one <url> or <sitemap>.
type entry struct{ loc, lastmod, published, title, publisher, language string }

// xml reads the document as a stream. What was read before an error counts.
func (s *Sitemap) xml(text, base string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	seen := make(map[string]bool)
	var e entry
	var path []string
	known := false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if len(s.Items)+len(s.Maps) == 0 {
				return fmt.Errorf("%w: %w", ErrNotSitemap, err)
			}
			s.warn("the sitemap is broken (%v); what stands before is read", err)
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			path = append(path, strings.ToLower(t.Name.Local))
			known = known || path[0] == "urlset" || path[0] == "sitemapindex"
			if len(path) == 2 {
				e = entry{}
			}
		case xml.CharData:
			e.take(path, string(t))
		case xml.EndElement:
			if len(path) == 2 && known {
				if len(s.Items)+len(s.Maps) >= MaxURLs {
					s.warn("more than %d addresses; the others are left out", MaxURLs)
					return nil
				}
				switch path[1] {
				case "url":
					s.page(e, base, seen)
				case "sitemap":
					s.child(e, base, seen)
				}
			}
			if len(path) > 0 {
				path = path[:len(path)-1]
			}
		}
	}
	if !known {
		return ErrNotSitemap
	}
	return nil
}

// take files the text of an element. Names are those of the protocol whatever
// their prefix: image:loc and video:title lie deeper.
func (e *entry) take(path []string, text string) {
	if len(path) < 3 || len(text) > maxText {
		return
	}
	switch strings.Join(path[2:], "/") {
	case "loc":
		e.loc += text
	case "lastmod":
		e.lastmod += text
	case "news/publication_date":
		e.published += text
	case "news/title":
		e.title += text
	case "news/publication/name":
		e.publisher += text
	case "news/publication/language":
		e.language += text
	}
}

func (s *Sitemap) page(e entry, base string, seen map[string]bool) {
	u, err := address.Resolve(base, e.loc)
	if err != nil || seen[u] {
		return
	}
	seen[u] = true
	s.Items = append(s.Items, news.Item{URL: u, Hint: news.Hint{
		Title: strings.Join(strings.Fields(e.title), " "), Publisher: strings.TrimSpace(e.publisher), Language: strings.TrimSpace(e.language),
		Published: clean.Date(e.published), Modified: clean.Date(e.lastmod),
	}})
}

func (s *Sitemap) child(e entry, base string, seen map[string]bool) {
	u, err := address.Resolve(base, e.loc)
	if err != nil || seen[u] {
		return
	}
	seen[u] = true
	s.Maps = append(s.Maps, Map{URL: u, Modified: clean.Date(e.lastmod)})
}

// sort puts the newest first, where all are dated.
func (s *Sitemap) sort() {
	date := func(it news.Item) string {
		if it.Hint.Published != "" {
			return it.Hint.Published
		}
		return it.Hint.Modified
	}
	if !slices.ContainsFunc(s.Items, func(it news.Item) bool { return date(it) == "" }) {
		slices.SortStableFunc(s.Items, func(a, b news.Item) int { return instant(date(b)).Compare(instant(date(a))) })
	}
	if !slices.ContainsFunc(s.Maps, func(m Map) bool { return m.Modified == "" }) {
		slices.SortStableFunc(s.Maps, func(a, b Map) int { return instant(b.Modified).Compare(instant(a.Modified)) })
	}
}

func instant(s string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
