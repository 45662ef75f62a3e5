package opml

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

const sample = `<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>News of the coast</title></head><body>
<outline text="Ports"><outline text="Harbour Times" title="Harbour Times &amp; Sea" type="rss" xmlUrl="https://www.Example.org/rss" htmlUrl="https://www.example.org/"/>
  <outline text="again" xmlUrl="https://www.example.org/rss"/></outline>
<outline text="H` + "\xe4" + `fen" xmlurl="feed://mine.example.org/feed"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
<outline text="Map" type="sitemap" xmlUrl="https://www.example.org/news-sitemap.xml"/>
</body></opml>`

func TestRead(t *testing.T) {
	l, err := Read([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Feed{
		{Kind: news.FeedSyndication, URL: "https://www.example.org/rss", Title: "Harbour Times & Sea", Homepage: "https://www.example.org/"},
		{Kind: news.FeedSyndication, URL: "http://mine.example.org/feed", Title: "Häfen"},
		{Kind: news.FeedSitemap, URL: "https://www.example.org/news-sitemap.xml", Title: "Map"},
	}
	if diff := cmp.Diff(want, l.Feeds); diff != "" {
		t.Error(diff)
	}
	if l.Title != "News of the coast" || len(l.Left) != 1 || !strings.Contains(l.Left[0], "javascript") {
		t.Errorf("title %q, left out %q", l.Title, l.Left)
	}
}

// What is written is read again.
func TestWrite(t *testing.T) {
	feeds := []news.Feed{
		{Kind: news.FeedSyndication, URL: "https://example.org/rss?a=1&b=2", Title: `"Harbour" <Times>`, Homepage: "https://example.org/"},
		{Kind: news.FeedSitemap, URL: "https://example.org/map.xml", Title: "Map"},
		{Kind: news.FeedFolder, URL: "/wire"},
	}
	var b bytes.Buffer
	left, err := Write(&b, "Onrecord", feeds, time.Date(2031, 5, 7, 12, 0, 0, 0, time.UTC))
	if err != nil || left != 1 {
		t.Fatalf("%d left out, %v", left, err)
	}
	l, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(feeds[:2], l.Feeds); diff != "" {
		t.Error(diff)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, raw := range map[string]string{"nothing": "", "a feed": "<rss/>", "words": "not found", "cut": "<opml><body><outline", "deep": "<opml>" + strings.Repeat("<outline>", 5000)} {
		if _, err := Read([]byte(raw)); !errors.Is(err, ErrNotOPML) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read([]byte("<opml>" + strings.Repeat("<outline/>", maxOutlines+1))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too many: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("<opml><outline xmlUrl='http://x'>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := Read(raw)
		if err != nil {
			return
		}
		if _, err := Write(&bytes.Buffer{}, l.Title, l.Feeds, time.Time{}); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}
