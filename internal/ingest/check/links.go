package check

import (
	"bytes"
	"mime"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/onrecord/onrecord/internal/ingest/address"
)

// mostLinks is how many feeds of a page are named.
const mostLinks = 10

// Links are the feeds that a page names as its own (RSS autodiscovery).
func Links(raw []byte, base string) []string {
	var out []string
	z := html.NewTokenizer(bytes.NewReader(raw[:min(len(raw), 1<<20)]))
	for len(out) < mostLinks {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom != atom.Link {
				continue
			}
			attr := make(map[string]string)
			for _, a := range t.Attr {
				attr[a.Key] = a.Val
			}
			if !slices.Contains(strings.Fields(strings.ToLower(attr["rel"])), "alternate") || !isFeedType(attr["type"]) {
				continue
			}
			if u, err := address.Resolve(base, attr["href"]); err == nil && !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	return out
}

// isFeedType reports whether a media type is that of a feed.
func isFeedType(s string) bool {
	t, _, err := mime.ParseMediaType(s)
	if err != nil {
		return false
	}
	switch t {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json":
		return true
	}
	return false
}
