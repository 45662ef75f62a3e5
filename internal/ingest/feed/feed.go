// Package feed reads the lists of articles that newsrooms publish: RSS 0.9 to
// 2.0, RDF, Atom and JSON Feed.
package feed

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/markup"
	"github.com/onrecord/onrecord/internal/news"
)

// Limits on a feed.
const (
	MaxBytes = 20 << 20
	MaxItems = 5000 // items behind these are left out, with a warning
	maxTitle = 2000 // bytes of one title
	maxTTL   = 7 * 24 * time.Hour
)

// Reasons why a feed is not read.
var (
	ErrNotFeed  = errors.New("the document is no feed")
	ErrBroken   = errors.New("the feed is broken")
	ErrTooLarge = errors.New("the feed is too large")
)

// Feed is what a document lists.
type Feed struct {
	Title    string
	Homepage string
	// TTL is how long the publisher asks not to be asked again, 0 where it does
	// not say.
	TTL   time.Duration
	Items []news.Item // newest first where the feed dates them, else in its order
	// Warnings are what was wrong with it, in words.
	Warnings []string
}

// Read reads a feed. ContentType is that of HTTP; base is the address that the
// feed was fetched from; now is when, for dates that cannot be.
func Read(raw []byte, contentType, base string, now time.Time) (*Feed, error) {
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, len(raw), MaxBytes)
	}
	r := &reader{feed: &Feed{}, base: base, now: now}
	parsed, err := r.parse(raw, contentType)
	if err != nil {
		return nil, err
	}
	r.head(parsed)
	r.items(parsed)
	return r.feed, nil
}

// Sniff reports whether a document opens like a feed.
func Sniff(raw []byte) bool {
	head := raw[:min(len(raw), 4096)]
	if t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"); len(t) > 0 && t[0] == '{' {
		return bytes.Contains(head, []byte("jsonfeed.org/version"))
	}
	s, err := markup.Decode(head, "")
	if err != nil {
		return false
	}
	kind := gofeed.DetectFeedType(strings.NewReader(s))
	return kind == gofeed.FeedTypeRSS || kind == gofeed.FeedTypeAtom
}

// reader carries one feed through the steps of Read.
type reader struct {
	feed *Feed
	base string
	now  time.Time
}

func (r *reader) warn(format string, args ...any) {
	r.feed.Warnings = append(r.feed.Warnings, fmt.Sprintf(format, args...))
}

// parse hands the document to the parser, and where that fails, item by item.
func (r *reader) parse(raw []byte, contentType string) (*gofeed.Feed, error) {
	if t := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\ufeff")), " \t\r\n"); len(t) > 0 && t[0] == '{' {
		f, err := parse(strings.ToValidUTF8(string(t), "\ufffd"))
		if err != nil {
			return nil, notFeed(err)
		}
		if !strings.Contains(f.FeedVersion, "jsonfeed.org") {
			return nil, fmt.Errorf("%w: JSON without the version of a JSON Feed", ErrNotFeed)
		}
		return f, nil
	}
	s, err := markup.Decode(raw, contentType)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotFeed, err)
	}
	f, err := parse(s)
	if err == nil {
		return f, nil
	}
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		return nil, notFeed(err)
	}
	mended := mend(s)
	if mended == nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	r.warn("the feed is broken (%v); %d of its items could be read", err, len(mended.Items))
	return mended, nil
}

func notFeed(err error) error { return fmt.Errorf("%w: %w", ErrNotFeed, err) }

func parse(s string) (*gofeed.Feed, error) {
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	p.AtomTranslator = atomTranslator{}
	return p.Parse(strings.NewReader(s))
}

// atomTranslator leaves undated what an Atom feed says only the last change of:
// gofeed would give that as the time of publication.
type atomTranslator struct{ gofeed.DefaultAtomTranslator }

// Translate makes gofeed's form of a feed.
func (t atomTranslator) Translate(feed any) (*gofeed.Feed, error) {
	out, err := t.DefaultAtomTranslator.Translate(feed)
	if err != nil {
		return nil, err
	}
	if f, ok := feed.(*atom.Feed); ok && len(f.Entries) == len(out.Items) {
		for i, e := range f.Entries {
			if strings.TrimSpace(e.Published) == "" {
				out.Items[i].Published, out.Items[i].PublishedParsed = "", nil
			}
		}
	}
	return out, nil
}

func (r *reader) head(p *gofeed.Feed) {
	f := r.feed
	f.Title = plain(p.Title)
	f.Homepage, _ = address.Resolve(r.base, p.Link)
	if f.Homepage != "" && f.Homepage == r.base {
		f.Homepage = "" // a feed that names itself
	}
	if f.Homepage != "" && r.base == "" {
		r.base = f.Homepage
	}
	f.TTL = ttl(p)
}

// ttl is what RSS says by <ttl>, in minutes, or the syndication module by
// period and frequency.
func ttl(p *gofeed.Feed) time.Duration {
	var d time.Duration
	if o, ok := p.OriginalFeed().(*rss.Feed); ok {
		if n, err := strconv.Atoi(strings.TrimSpace(o.TTL)); err == nil && n > 0 {
			d = min(time.Duration(min(n, 1<<20))*time.Minute, maxTTL)
		}
	}
	period := time.Duration(0)
	switch strings.ToLower(extension(p, "sy", "updatePeriod")) {
	case "hourly":
		period = time.Hour
	case "daily":
		period = 24 * time.Hour
	case "weekly":
		period = 7 * 24 * time.Hour
	}
	if n, err := strconv.Atoi(extension(p, "sy", "updateFrequency")); err == nil && n > 1 {
		period /= time.Duration(min(n, 1000))
	}
	return max(d, period)
}

func extension(p *gofeed.Feed, space, name string) string {
	if e := p.Extensions[space][name]; len(e) > 0 {
		return strings.TrimSpace(e[0].Value)
	}
	return ""
}

// items reads the list: addresses absolute and in their usual form, each once.
func (r *reader) items(p *gofeed.Feed) {
	list := p.Items
	if len(list) > MaxItems {
		r.warn("the feed lists %d items; those behind the first %d are left out", len(list), MaxItems)
		list = list[:MaxItems]
	}
	seen := make(map[string]bool)
	guids := make(map[string]string) // GUID → address
	shared := make(map[string]bool)
	nowhere, undated, impossible := 0, 0, 0
	for _, i := range list {
		url := r.link(i)
		if url == "" {
			nowhere++
			continue
		}
		if seen[url] {
			continue
		}
		seen[url] = true
		it := news.Item{URL: url, Hint: news.Hint{GUID: strings.TrimSpace(i.GUID), Title: plain(i.Title), Authors: authors(i), Language: p.Language}}
		var ok bool
		if it.Hint.Published, ok = r.date(i.Published, i.PublishedParsed); !ok {
			impossible++
		}
		it.Hint.Modified, _ = r.date(i.Updated, i.UpdatedParsed)
		if it.Hint.Published == "" && it.Hint.Modified == "" {
			undated++
		}
		if g := it.Hint.GUID; g != "" {
			if other, has := guids[g]; has && other != url {
				shared[g] = true
			}
			guids[g] = url
		}
		r.feed.Items = append(r.feed.Items, it)
	}
	// A GUID of two articles names neither.
	for i := range r.feed.Items {
		if shared[r.feed.Items[i].Hint.GUID] {
			r.feed.Items[i].Hint.GUID = ""
		}
	}
	if nowhere > 0 {
		r.warn("%d items have no address and are left out", nowhere)
	}
	if len(shared) > 0 {
		r.warn("%d GUIDs are given to several articles; their addresses tell them apart", len(shared))
	}
	if impossible > 0 {
		r.warn("%d items have a date that cannot be; they are taken as undated", impossible)
	}
	if undated == 0 {
		slices.SortStableFunc(r.feed.Items, func(a, b news.Item) int { return instant(b).Compare(instant(a)) })
	}
}

// link is the address of the article that an item lists.
func (r *reader) link(i *gofeed.Item) string {
	var tries []string
	if e := i.Extensions["feedburner"]["origLink"]; len(e) > 0 {
		tries = append(tries, e[0].Value) // the link itself leads through a counter
	}
	tries = append(tries, i.Link)
	tries = append(tries, i.Links...)
	if strings.HasPrefix(i.GUID, "http://") || strings.HasPrefix(i.GUID, "https://") {
		tries = append(tries, i.GUID)
	}
	for _, s := range tries {
		if strings.TrimSpace(s) == "" {
			continue
		}
		if u, err := address.Resolve(r.base, s); err == nil {
			return u
		}
	}
	return ""
}

// date is an item's date, "" where it has none; false where it has one that
// cannot be: 1970 is a program's zero, and nothing was published tomorrow.
func (r *reader) date(raw string, parsed *time.Time) (string, bool) {
	s := clean.Date(withOffset(raw))
	if s == "" && parsed != nil {
		s = parsed.Format(time.RFC3339)
		if !strings.ContainsAny(raw, "+Z") && parsed.Location() == time.UTC {
			s = parsed.Format(time.DateOnly) // the zone is the parser's guess
		}
	}
	if s == "" {
		return "", strings.TrimSpace(raw) == ""
	}
	t, ok := parseDate(s)
	if !ok || t.Year() < 1990 || t.After(r.now.Add(36*time.Hour)) {
		return "", false
	}
	return s, true
}

// withOffset writes the zones that RFC 822 names, and so RSS, as offsets.
func withOffset(s string) string {
	s = strings.TrimSpace(s)
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s
	}
	offset := ""
	switch s[i+1:] {
	case "UT", "Z":
		offset = "+0000"
	case "EDT":
		offset = "-0400"
	case "EST", "CDT":
		offset = "-0500"
	case "CST", "MDT":
		offset = "-0600"
	case "MST", "PDT":
		offset = "-0700"
	case "PST":
		offset = "-0800"
	default:
		return s
	}
	return s[:i+1] + offset
}

func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// instant is when an item came out, or where only that is told, was last changed.
func instant(it news.Item) time.Time {
	t, _ := parseDate(cmp.Or(it.Hint.Published, it.Hint.Modified))
	return t
}

// authors are the names of an item's authors. RSS gives addresses, with the name
// in brackets: "desk@example.org (Mara Velin)".
func authors(i *gofeed.Item) []string {
	var out []string
	for _, a := range i.Authors {
		if a == nil {
			continue
		}
		name := plain(a.Name)
		if strings.Contains(name, "@") || name == "" || len(name) > 200 || slices.Contains(out, name) || len(out) == 20 {
			continue
		}
		out = append(out, name)
	}
	return out
}

// plain is a title without markup.
func plain(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if strings.ContainsAny(s, "<&") {
		var parts []string
		for _, p := range clean.Fragment(s) {
			parts = append(parts, p.Text)
		}
		s = strings.Join(parts, " ")
	}
	if len(s) > maxTitle {
		s = s[:maxTitle]
		for !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
	}
	return s
}
