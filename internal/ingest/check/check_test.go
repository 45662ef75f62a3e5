package check

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/news"
)

var noon = time.Date(2031, time.May, 7, 12, 0, 0, 0, time.UTC)

// web is a web of canned answers, and the log of what was asked.
type web struct {
	answers map[string]*fetch.Answer
	asked   []fetch.Request
}

func (w *web) Get(ctx context.Context, r fetch.Request) (*fetch.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.asked = append(w.asked, r)
	a := w.answers[r.URL]
	if a == nil {
		return &fetch.Answer{Fetch: news.Fetch{Feed: r.Feed, URL: r.URL, At: noon, Status: 404, Outcome: news.FetchMissing, Detail: "the server says 404"}}, nil
	}
	out := *a
	out.Fetch.Feed, out.Fetch.URL, out.Fetch.At = r.Feed, r.URL, noon
	return &out, nil
}

func answer(status int, outcome news.Outcome, body string, header ...string) *fetch.Answer {
	h := http.Header{}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &fetch.Answer{Fetch: news.Fetch{Status: status, Outcome: outcome}, Header: h, Body: []byte(body)}
}

func rss(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><link>https://post.example/</link>` + strings.Join(items, "") + `</channel></rss>`
}

func item(n int, at time.Time) string {
	return fmt.Sprintf("<item><title>Report %d</title><link>https://post.example/%d</link><pubDate>%s</pubDate></item>", n, n, at.Format(time.RFC1123Z))
}

const feedURL = "https://post.example/feed"

func look1(t *testing.T, w *web, f news.Feed) *news.Check {
	t.Helper()
	out, err := (&Checker{Getter: w, Now: func() time.Time { return noon }}).Check(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if out.Feed.CheckedAt != noon || len(out.Fetches) == 0 {
		t.Errorf("checked at %v with %d requests", out.Feed.CheckedAt, len(out.Fetches))
	}
	return out
}

func TestFeed(t *testing.T) {
	w := &web{answers: map[string]*fetch.Answer{feedURL: answer(200, news.FetchOK, rss(item(1, noon.Add(-time.Hour)), item(2, noon.Add(-time.Minute))), "Etag", `"2"`, "Last-Modified", "yesterday")}}
	f := news.Feed{ID: "f1", URL: feedURL, State: news.FeedActive, ETag: `"1"`, Publisher: "Post", Failures: 3, LastError: "was down"}
	out := look1(t, w, f)
	if len(out.Items) != 2 || out.Items[0].URL != "https://post.example/2" || out.Items[0].Feed != "f1" || out.Items[0].Hint.Publisher != "Post" {
		t.Errorf("items %+v", out.Items)
	}
	g := out.Feed
	if g.Kind != news.FeedSyndication || g.Title != "Harbour Post" || g.ETag != `"2"` || g.LastModified != "yesterday" || len(g.BodySHA256) != 64 || g.Failures != 0 || g.LastError != "" {
		t.Errorf("feed %+v", g)
	}
	if w.asked[0].ETag != `"1"` || w.asked[0].Feed != "f1" {
		t.Errorf("asked %+v", w.asked[0])
	}
	// The same document again, under a new ETag.
	w.answers[feedURL].Header.Set("Etag", `"3"`)
	out = look1(t, w, g)
	if out.Fetches[0].Outcome != news.FetchSame || len(out.Items) != 0 || out.Feed.ETag != `"3"` {
		t.Errorf("the same document: %+v", out)
	}
	// And the server's own word for it.
	w.answers[feedURL] = answer(304, news.FetchNotModified, "", "Cache-Control", "max-age=7200")
	out = look1(t, w, g)
	if len(out.Items) != 0 || out.Feed.NextReason != ByMaxAge || out.Feed.NextCheck != noon.Add(2*time.Hour) || out.Feed.ETag != g.ETag {
		t.Errorf("not modified: %+v", out.Feed)
	}
}

func TestKindsByContent(t *testing.T) {
	page := `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="alternate stylesheet" type="text/css" href="/x">
		<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="https://other.example/atom"></head></html>`
	for _, c := range []struct {
		body string
		kind news.FeedKind
		err  string
	}{
		{rss(), news.FeedSyndication, ""},
		{`{"version":"https://jsonfeed.org/version/1.1","title":"Post","items":[]}`, news.FeedSyndication, ""},
		{`<urlset><url><loc>https://post.example/1</loc></url></urlset>`, news.FeedSitemap, ""},
		{page, "", "its feeds are https://post.example/feed.xml and https://other.example/atom"},
		{"<!doctype html><html><body>Words</body></html>", "", "names no feed"},
		{"words", "", "no feed"},
	} {
		w := &web{answers: map[string]*fetch.Answer{feedURL: answer(200, news.FetchOK, c.body, "Content-Type", "text/html")}}
		out := look1(t, w, news.Feed{URL: feedURL, State: news.FeedActive})
		if out.Feed.Kind != c.kind || !strings.Contains(out.Feed.LastError, c.err) || (c.err == "") != (out.Feed.LastError == "") {
			t.Errorf("%.40s: kind %q, error %q", c.body, out.Feed.Kind, out.Feed.LastError)
		}
		if (out.Fetches[0].Outcome == news.FetchUnreadable) != (c.err != "") || out.Feed.BodySHA256 != "" && c.err != "" {
			t.Errorf("%.40s: %+v", c.body, out.Fetches[0])
		}
	}
}

func TestSitemapIndex(t *testing.T) {
	const base = "https://post.example/"
	index := `<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2030-01-01</lastmod></sitemap><sitemap><loc>/new.xml</loc><lastmod>2031-05-07</lastmod></sitemap><sitemap><loc>/broken.xml</loc></sitemap></sitemapindex>`
	child := `<urlset><url><loc>/1</loc><lastmod>2031-05-07</lastmod></url><url><loc>/2</loc><lastmod>2020-01-01</lastmod></url><url><loc>/3</loc></url></urlset>`
	w := &web{answers: map[string]*fetch.Answer{
		base + "sitemap.xml": answer(200, news.FetchOK, index, "Etag", `"1"`), base + "new.xml": answer(200, news.FetchOK, child), base + "broken.xml": answer(200, news.FetchOK, "words"),
	}}
	f := news.Feed{URL: base + "sitemap.xml", State: news.FeedActive, AddedAt: noon}
	for range 2 { // the index stays the same; what it lists is looked at all the same
		w.asked = nil
		out := look1(t, w, f)
		if len(out.Items) != 2 || len(w.asked) != 3 || out.Feed.LastError != "" || out.Feed.ETag != "" {
			t.Errorf("%d items by %d requests: %+v", len(out.Items), len(w.asked), out.Feed)
		}
		if last := out.Fetches[2]; last.Outcome != news.FetchUnreadable {
			t.Errorf("the broken one: %+v", last)
		}
		f = out.Feed
	}
}

func TestPage(t *testing.T) {
	body := `<html><head><title>Live: port strike</title></head><body><article><h1>Live: port strike</h1><p>The strike goes into its third day, and the board of the port has said that it will not talk before Friday.</p></article></body></html>`
	w := &web{answers: map[string]*fetch.Answer{feedURL: answer(200, news.FetchOK, body, "Content-Type", "text/html", "Set-Cookie", "a=b")}}
	f := news.Feed{ID: "f1", Kind: news.FeedPage, URL: feedURL, State: news.FeedActive, Publisher: "Post"}
	out := look1(t, w, f)
	if len(out.Deliveries) != 1 || out.Deliveries[0].Feed != "f1" || out.Deliveries[0].Publisher != "Post" || out.Feed.Title != "Live: port strike" {
		t.Fatalf("%+v", out)
	}
	c := out.Deliveries[0].Capture
	if c.Status != 200 || c.URL != feedURL || c.Header != "Content-Type: text/html" || string(c.Body) != body || !c.At.Equal(noon) {
		t.Errorf("capture %+v", c)
	}
	w.answers[feedURL] = answer(200, news.FetchOK, "<html><title>Just a moment...</title></html>")
	out = look1(t, w, f)
	if out.Fetches[0].Outcome != news.FetchNoArticle || out.Feed.Failures != 1 || len(out.Deliveries) != 0 {
		t.Errorf("a gate: %+v", out)
	}
}

func TestFailures(t *testing.T) {
	w := &web{answers: map[string]*fetch.Answer{}}
	f := news.Feed{ID: "f1", Kind: news.FeedSyndication, URL: feedURL, State: news.FeedActive, ETag: `"1"`, BodySHA256: "x"}
	last := time.Duration(0)
	n := 0
	for f.State == news.FeedActive && n < 100 {
		n++
		f = look1(t, w, f).Feed
		wait := f.NextCheck.Sub(noon)
		if wait < last || wait > 24*time.Hour || f.NextReason != ByFailures {
			t.Errorf("failure %d: next check in %v (%s) after %v", n, wait, f.NextReason, last)
		}
		last = wait
	}
	if n != MaxFailures || f.State != news.FeedFailing || !strings.Contains(f.StateReason, "404") || f.ETag != `"1"` {
		t.Errorf("after %d failures: %+v", n, f)
	}
	// It is put right by one good answer.
	w.answers[feedURL] = answer(200, news.FetchOK, rss())
	if f = look1(t, w, f).Feed; f.State != news.FeedActive || f.Failures != 0 || f.StateReason != "" {
		t.Errorf("when it is back: %+v", f)
	}
	w.answers[feedURL] = answer(410, news.FetchGone, "")
	if f = look1(t, w, f).Feed; f.State != news.FeedGone || !f.NextCheck.IsZero() {
		t.Errorf("gone: %+v", f)
	}
}

func TestWeights(t *testing.T) {
	for _, c := range []struct {
		a    *fetch.Answer
		want float64
	}{
		{answer(503, news.FetchBusy, ""), 0.25}, {answer(0, news.FetchFailed, ""), 0.5}, {answer(500, news.FetchFailed, ""), 1}, {answer(403, news.FetchRefused, ""), 1},
	} {
		w := &web{answers: map[string]*fetch.Answer{feedURL: c.a}}
		if f := look1(t, w, news.Feed{URL: feedURL, State: news.FeedActive}).Feed; f.Failures != c.want || f.LastError == "" {
			t.Errorf("%s, status %d: %v (%q)", c.a.Outcome, c.a.Status, f.Failures, f.LastError)
		}
	}
	busy := answer(429, news.FetchBusy, "")
	busy.RetryAfter = 36 * time.Hour
	f := look1(t, &web{answers: map[string]*fetch.Answer{feedURL: busy}}, news.Feed{URL: feedURL}).Feed
	if f.NextReason != ByRetry || f.NextCheck != noon.Add(36*time.Hour) {
		t.Errorf("retry after: %v, %s", f.NextCheck, f.NextReason)
	}
}

func TestNext(t *testing.T) {
	paced := func(gap time.Duration) (items []news.Item) {
		for n := range 8 {
			items = append(items, news.Item{Hint: news.Hint{Published: noon.Add(-time.Duration(n) * gap).Format(time.RFC3339)}})
		}
		return items
	}
	for _, c := range []struct {
		name   string
		f      news.Feed
		items  []news.Item
		w      wishes
		wait   time.Duration
		reason string
	}{
		{"nothing known", news.Feed{}, nil, wishes{}, usual, ByDefault},
		{"the user's", news.Feed{Interval: 2 * time.Minute}, paced(2 * time.Hour), wishes{}, 2 * time.Minute, ByInterval},
		{"the user's, too short", news.Feed{Interval: time.Second}, nil, wishes{}, MinInterval, ByInterval},
		{"the feed's above the user's", news.Feed{Interval: 2 * time.Minute}, nil, wishes{ttl: time.Hour}, time.Hour, ByTTL},
		{"the user's above the feed's", news.Feed{Interval: 2 * time.Hour}, nil, wishes{ttl: time.Hour, maxAge: time.Minute}, 2 * time.Hour, ByInterval},
		{"the longest", news.Feed{}, nil, wishes{ttl: time.Hour, maxAge: 2 * time.Hour, expires: 3 * time.Hour}, 3 * time.Hour, ByExpires},
		{"a year", news.Feed{}, nil, wishes{maxAge: 365 * 24 * time.Hour}, MaxWish, ByMaxAge},
		{"pace", news.Feed{}, paced(2 * time.Hour), wishes{}, time.Hour, ByPace},
		{"a fast pace", news.Feed{}, paced(time.Second), wishes{}, fastest, ByPace},
		{"a slow pace", news.Feed{}, paced(300 * time.Hour), wishes{}, slowest, ByPace},
		{"the pace of before", news.Feed{CheckedAt: noon, NextCheck: noon.Add(time.Hour), NextReason: ByPace}, nil, wishes{}, time.Hour, ByPace},
		{"too few to have a pace", news.Feed{}, paced(time.Hour)[:3], wishes{}, usual, ByDefault},
	} {
		next(&c.f, c.items, c.w, noon)
		if got := c.f.NextCheck.Sub(noon); got != c.wait || c.f.NextReason != c.reason {
			t.Errorf("%s: %v by %s, want %v by %s", c.name, got, c.f.NextReason, c.wait, c.reason)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string, at time.Time) {
		t.Helper()
		p := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(p, []byte(text), 0o644), os.Chtimes(p, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	put("b.txt", "Second.", noon.Add(-time.Hour))
	put("a.txt", "Third.", noon.Add(-time.Minute))
	put("c.txt", "First.", noon.Add(-2*time.Hour))
	put("d.csv", "not read", noon.Add(-time.Hour))
	put("e.xml", "<broken", noon.Add(-time.Hour))
	put("f.txt", "Still written.", noon)
	f := news.Feed{ID: "f1", Kind: news.FeedFolder, URL: dir, State: news.FeedActive}
	texts := func(c *news.Check) (out []string) {
		for _, d := range c.Deliveries {
			out = append(out, d.Text)
			if d.Feed != "f1" {
				t.Errorf("%+v", d)
			}
		}
		return out
	}
	out := look1(t, &web{}, f)
	if got := fmt.Sprint(texts(out)); got != "[First. Second. Third.]" || !strings.Contains(out.Fetches[0].Detail, "e.xml") {
		t.Errorf("%s, log %+v", got, out.Fetches[0])
	}
	put("g.txt", "Fourth.", noon.Add(-30*time.Second))
	out = look1(t, &web{}, out.Feed)
	if got := fmt.Sprint(texts(out)); got != "[Third. Fourth.]" {
		t.Errorf("the next look: %s", got)
	}
	for n := range enough + 10 {
		put(fmt.Sprintf("h%03d.txt", n), "Many.", noon.Add(time.Duration(n)*time.Millisecond-20*time.Second))
	}
	out = look1(t, &web{}, out.Feed)
	first := len(out.Deliveries)
	again := look1(t, &web{}, out.Feed)
	if first < enough || !out.Feed.NextCheck.Equal(noon) || first+len(again.Deliveries) < enough+10 || !again.Feed.NextCheck.After(noon) {
		t.Errorf("many: %d and %d", first, len(again.Deliveries))
	}
	f.URL = filepath.Join(dir, "none")
	if out = look1(t, &web{}, f); out.Fetches[0].Outcome != news.FetchMissing || out.Feed.Failures != 1 {
		t.Errorf("no folder: %+v", out)
	}
}

func TestGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (&Checker{Getter: &web{}}).Check(ctx, news.Feed{URL: feedURL}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestTooMany(t *testing.T) {
	var items []string
	for n := range MaxItems + 5 {
		items = append(items, item(n, noon.Add(-time.Duration(n)*time.Minute)))
	}
	out := look1(t, &web{answers: map[string]*fetch.Answer{feedURL: answer(200, news.FetchOK, rss(items...))}}, news.Feed{URL: feedURL})
	if len(out.Items) != MaxItems || out.Items[0].URL != "https://post.example/0" {
		t.Errorf("%d items, the first %s", len(out.Items), out.Items[0].URL)
	}
}
