// Package opml reads and writes lists of feeds as feed readers exchange them
// (OPML 1.0 and 2.0).
package opml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/markup"
	"github.com/onrecord/onrecord/internal/news"
)

// Limits on a list.
const (
	MaxBytes    = 20 << 20
	maxOutlines = 100_000
)

// Reasons why a list is not read.
var (
	ErrNotOPML  = errors.New("the document is no OPML")
	ErrTooLarge = errors.New("the OPML document is too large")
)

// List is what a document of OPML lists.
type List struct {
	Title string
	Feeds []news.Feed // Kind, URL, Title and Homepage; each URL once
	// Left are the addresses that are left out, with the reason.
	Left []string
}

// Read reads the feeds of a list, in folders or not.
func Read(raw []byte) (*List, error) {
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, len(raw), MaxBytes)
	}
	s, err := markup.Decode(raw, "")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotOPML, err)
	}
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	list := &List{}
	seen := make(map[string]bool)
	known, inTitle := false, false
	for n := 0; ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotOPML, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			known = known || name == "opml"
			inTitle = name == "title"
			if name == "outline" && known {
				if n++; n > maxOutlines {
					return nil, fmt.Errorf("%w: more than %d outlines", ErrTooLarge, maxOutlines)
				}
				list.outline(t, seen)
			}
		case xml.EndElement:
			inTitle = false
		case xml.CharData:
			if inTitle && list.Title == "" {
				list.Title = strings.TrimSpace(string(t))
			}
		}
	}
	if !known {
		return nil, ErrNotOPML
	}
	return list, nil
}

// outline reads one entry; those without an address are folders.
func (l *List) outline(t xml.StartElement, seen map[string]bool) {
	attr := make(map[string]string, len(t.Attr))
	for _, a := range t.Attr {
		attr[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
	}
	raw := attr["xmlurl"]
	if raw == "" {
		return
	}
	url, err := address.Normal(strings.Replace(raw, "feed://", "http://", 1))
	if err != nil {
		l.Left = append(l.Left, fmt.Sprintf("%.200s: %v", raw, err))
		return
	}
	if seen[url] {
		return
	}
	seen[url] = true
	f := news.Feed{Kind: news.FeedSyndication, URL: url, Title: attr["title"]}
	if attr["type"] == string(news.FeedSitemap) {
		f.Kind = news.FeedSitemap
	}
	if f.Title == "" {
		f.Title = attr["text"]
	}
	f.Homepage, _ = address.Normal(attr["htmlurl"])
	l.Feeds = append(l.Feeds, f)
}

type document struct {
	XMLName xml.Name `xml:"opml"`
	Version string   `xml:"version,attr"`
	Title   string   `xml:"head>title"`
	Date    string   `xml:"head>dateCreated"`
	Body    []entry  `xml:"body>outline"`
}

type entry struct {
	Text    string `xml:"text,attr"`
	Title   string `xml:"title,attr"`
	Type    string `xml:"type,attr"`
	XMLURL  string `xml:"xmlUrl,attr"`
	HTMLURL string `xml:"htmlUrl,attr,omitempty"`
}

// Write writes the feeds and sitemaps among the sources. Folders and single
// pages have no place in OPML; how many were left out is returned.
func Write(w io.Writer, title string, feeds []news.Feed, date time.Time) (left int, err error) {
	doc := document{Version: "2.0", Title: title, Date: date.UTC().Format(time.RFC1123Z)}
	for _, f := range feeds {
		e := entry{Text: f.Title, Title: f.Title, XMLURL: f.URL, HTMLURL: f.Homepage}
		switch f.Kind {
		case news.FeedSyndication:
			e.Type = "rss" // for every kind of feed, by the standard
		case news.FeedSitemap:
			e.Type = string(news.FeedSitemap)
		default:
			left++
			continue
		}
		if e.Text == "" {
			e.Text, e.Title = f.URL, f.URL
		}
		doc.Body = append(doc.Body, e)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return left, err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return left, fmt.Errorf("write OPML: %w", err)
	}
	_, err = io.WriteString(w, "\n")
	return left, err
}
