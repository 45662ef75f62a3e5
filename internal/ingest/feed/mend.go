package feed

import (
	"strings"

	"github.com/mmcdole/gofeed"
)

// maxMended is how many items of a broken feed are read one by one.
const maxMended = 500

// mend reads what can be read of a feed that is no XML: every item by itself,
// between the head of the feed and an end of its own. It returns nil where not
// one item can be read.
func mend(s string) *gofeed.Feed {
	opening, closing, tag := frame(s)
	if opening == "" {
		return nil
	}
	first := strings.Index(s, "<"+tag)
	if first < 0 {
		first = len(s)
	}
	var out *gofeed.Feed
	// The head by itself, for title and homepage; it may be what is broken.
	if f, err := parse(s[:first] + closing); err == nil {
		out = f
	}
	if out == nil {
		out = &gofeed.Feed{}
	}
	out.Items = nil
	rest := s[first:]
	for range maxMended {
		start := strings.Index(rest, "<"+tag)
		if start < 0 {
			break
		}
		rest = rest[start:]
		end := strings.Index(rest, "</"+tag+">")
		if end < 0 {
			break
		}
		end += len(tag) + 3
		// An item that is not closed reaches into the next one.
		if next := strings.Index(rest[1:end], "<"+tag+">"); next >= 0 {
			rest = rest[next+1:]
			continue
		}
		if f, err := parse(opening + rest[:end] + closing); err == nil {
			out.Items = append(out.Items, f.Items...)
		}
		rest = rest[end:]
	}
	if len(out.Items) == 0 {
		return nil
	}
	return out
}

// frame is what stands around the items of a feed, and their tag.
func frame(s string) (opening, closing, tag string) {
	for _, f := range []struct{ root, inner, tag string }{{"rss", "channel", "item"}, {"rdf:RDF", "", "item"}, {"feed", "", "entry"}} {
		at := strings.Index(s, "<"+f.root)
		if at < 0 {
			continue
		}
		end := strings.IndexByte(s[at:], '>')
		if end < 0 {
			continue
		}
		opening, closing = s[at:at+end+1], "</"+f.root+">"
		if f.inner != "" {
			opening, closing = opening+"<"+f.inner+">", "</"+f.inner+">"+closing
		}
		return opening, closing, f.tag
	}
	return "", "", ""
}
