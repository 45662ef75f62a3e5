package export_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// A feed of any kind is one that a feed reader takes, and nothing in it is markup.
func TestFeedsAreRead(t *testing.T) {
	for _, format := range []string{"atom", "rss", "jsonfeed"} {
		for _, kind := range []query.Kind{query.Articles, query.Events, query.Statements, query.Claims} {
			for name, b := range export1(t, format, kind) {
				raw := b.String()
				feed, err := gofeed.NewParser().ParseString(raw)
				if err != nil {
					t.Errorf("%s: %v\n%s", name, err, raw)
					continue
				}
				if len(feed.Items) != count(t, kind) || feed.Title != "Onrecord: killed:>=1" {
					t.Errorf("%s: %d entries of %q", name, len(feed.Items), feed.Title)
				}
				ids := map[string]bool{}
				for _, i := range feed.Items {
					if i.GUID == "" || i.Title == "" || i.PublishedParsed == nil && i.UpdatedParsed == nil || ids[i.GUID] {
						t.Errorf("%s: entry %q, %q, %q", name, i.GUID, i.Title, i.Published)
					}
					ids[i.GUID] = true
				}
				if format != "jsonfeed" && (strings.Contains(raw, "<b>") || strings.Contains(raw, "</script>")) {
					t.Errorf("%s holds markup of an article", name)
				}
			}
		}
	}
}

// A feed ends, however much the query finds.
func TestFeedsEnd(t *testing.T) {
	taken := 0
	many := func(yield func(export.Row, error) bool) {
		for {
			a := &export.Article{Record: record(), Rights: news.RightsFull}
			for _, r := range a.Rows(query.Statements, nil) {
				if taken++; !yield(r, nil) {
					return
				}
			}
		}
	}
	for _, format := range []string{"atom", "rss", "jsonfeed"} {
		taken = 0
		o := options(format, query.Statements)
		found := 9000
		o.Matched = &found
		m, err := export.Write(context.Background(), o, export.First(io.Discard), many)
		if err != nil {
			t.Fatal(err)
		}
		if m.Rows != export.MaxFeed || taken != export.MaxFeed+1 || len(m.Notes) != 2 {
			t.Errorf("%s: %d rows of %d that were taken; %q", format, m.Rows, taken, m.Notes)
		}
	}
}
