package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// paper is a site with a feed, whose pages a test sets.
type paper struct {
	*httptest.Server
	mu    sync.Mutex
	items []string          // paths, the newest first
	mod   map[string]string // path → when the feed says that it was changed
	pages map[string]string // path → body
	codes map[string]int
	asked []string
	hook  func(path string)
}

func newPaper(t *testing.T) *paper {
	p := &paper{mod: map[string]string{}, pages: map[string]string{}, codes: map[string]int{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		hook := p.hook
		p.asked = append(p.asked, r.URL.Path)
		code, body := p.codes[r.URL.Path], p.pages[r.URL.Path]
		if r.URL.Path == "/feed" && code == 0 {
			body = p.feed()
			tag := fmt.Sprintf("%q", fmt.Sprint(crc32.ChecksumIEEE([]byte(body))))
			w.Header().Set("Etag", tag)
			if r.Header.Get("If-None-Match") == tag {
				code = http.StatusNotModified
			}
		}
		p.mu.Unlock()
		if hook != nil {
			hook(r.URL.Path)
		}
		switch {
		case code == http.StatusFound:
			http.Redirect(w, r, "/", code)
		case code != 0:
			w.WriteHeader(code)
		case body == "":
			http.NotFound(w, r)
		default:
			fmt.Fprint(w, body)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *paper) feed() string {
	var b strings.Builder
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>`)
	for _, path := range p.items {
		fmt.Fprintf(&b, `<entry><title>%s</title><link href="%s%s"/><updated>%s</updated></entry>`, path, p.URL, path, p.mod[path])
	}
	return b.String() + "</feed>"
}

// article puts a page on the site and at the head of its feed.
func (p *paper) article(path, title, words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Contains(p.items, path) {
		p.items = append([]string{path}, p.items...)
	}
	p.pages[path] = fmt.Sprintf(`<html><head><title>%s</title></head><body><article><h1>%s</h1><p>%s The port will close on Friday, its board said on Tuesday after a meeting that lasted until midnight and ended without a vote.</p></article></body></html>`, title, title, words)
}

// took returns the pages that were asked for since the last call, but for
// robots.txt.
func (p *paper) took() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	for _, path := range p.asked {
		if path != "/robots.txt" {
			out = append(out, path)
		}
	}
	p.asked = nil
	return out
}

func (p *paper) set(path string, code int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[path] = code
}

// source adds the paper's feed.
func (k *kit) source(p *paper) string {
	k.t.Helper()
	f := news.Feed{ID: store.FeedID(p.URL + "/feed"), URL: p.URL + "/feed", State: news.FeedActive, AddedAt: k.now(), Publisher: "Post"}
	k.ok(k.store.PutFeed(k.t.Context(), f))
	return f.ID
}

func (k *kit) feed(id string) news.Feed {
	k.t.Helper()
	f, err := k.store.Feed(k.t.Context(), id)
	k.ok(err)
	return f
}

// once looks at what is due, after an hour has passed.
func (k *kit) once() {
	k.t.Helper()
	k.pass(time.Hour)
	k.ok(k.pool.Once(k.t.Context()))
}

func TestWatch(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	for n := range 4 {
		p.article(fmt.Sprintf("/%d", n), fmt.Sprintf("Report number %d", n), "")
	}
	p.items = append(p.items, "/missing")
	p.pages["/gate"], p.items = "<html><title>Just a moment...</title></html>", append(p.items, "/gate")
	id := k.source(p)
	k.once()
	k.tally(jobs.Tally{Checked: 1, Fetched: 6, Added: 4, NoArticle: 1, Failed: 1})
	if got := len(k.titles()); got != 4 || len(p.took()) != 7 {
		t.Errorf("%d articles", got)
	}
	f := k.feed(id)
	if f.Kind != news.FeedSyndication || f.Title != "Harbour Post" || f.ETag == "" || f.ChangedAt.IsZero() || f.NextCheck.IsZero() || f.LastError != "" {
		t.Errorf("source %+v", f)
	}
	a, err := k.store.Article(t.Context(), store.ArticleID(p.URL+"/1"))
	k.ok(err)
	if a.Feed != id || a.Publisher != "Post" || a.Title != "Report number 1" || a.State != store.Live {
		t.Errorf("article %+v", a)
	}
	log, err := k.store.Fetches(t.Context(), id, 100)
	k.ok(err)
	outcomes := map[news.Outcome]int{}
	for _, l := range log {
		outcomes[l.Outcome]++
	}
	if len(log) != 7 || outcomes[news.FetchOK] != 5 || outcomes[news.FetchNoArticle] != 1 || outcomes[news.FetchMissing] != 1 {
		t.Errorf("log %v", outcomes)
	}
	k.clean()

	// Nothing new: one request, and what was no article is not asked for again.
	k.once()
	if got := fmt.Sprint(p.took()); got != "[/feed]" {
		t.Errorf("asked for %s", got)
	}
	p.article("/4", "Report number 4", "")
	k.once()
	if got := fmt.Sprint(p.took()); got != "[/feed /4]" {
		t.Errorf("asked for %s", got)
	}
	k.clean()
}

// An article whose feed says that it was changed is read again; one that was
// only listed anew is not.
func TestEdits(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	p.article("/1", "Port to close", "")
	k.source(p)
	k.once()
	p.took()
	p.article("/1", "Port to close, board says", "It is certain now.")
	k.pass(10 * time.Minute)
	p.mod["/1"] = k.now().Format(time.RFC3339)
	k.once()
	if got := fmt.Sprint(p.took(), k.titles()); got != "[/feed /1] [Port to close, board says]" {
		t.Error(got)
	}
	p.article("/2", "Another", "")
	k.once()
	if got := fmt.Sprint(p.took()); got != "[/feed /2]" {
		t.Errorf("asked for %s", got)
	}
	// Asked for by a person, without what the list says of it.
	before := k.pool.Tally()
	f, err := k.pool.Take(t.Context(), news.Item{URL: p.URL + "/1"})
	k.ok(err)
	if now := k.pool.Tally(); f.Outcome != news.FetchOK || now.Same != before.Same+1 || now.Edited != before.Edited {
		t.Errorf("%+v, %+v", f, now)
	}
	p.took()
	// A list that says so of every article every time.
	asked := 0
	for range 24 {
		p.mod["/1"] = k.now().Add(50 * time.Minute).Format(time.RFC3339)
		k.once()
		asked += strings.Count(fmt.Sprint(p.took()), "/1")
	}
	if asked < 2 || asked > 10 {
		t.Errorf("in a day an article was asked for %d times", asked)
	}
	versions, err := k.store.Versions(t.Context(), store.ArticleID(p.URL+"/1"))
	k.ok(err)
	if len(versions) != 2 || len(versions[1].Difference) == 0 || versions[0].Capture == versions[1].Capture {
		t.Errorf("versions %+v", versions)
	}
	k.clean()
}

// What could not be fetched for a fault that passes is asked for again, later
// and later, and its source is not taken as seen until then.
func TestRetries(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	p.article("/1", "Port to close", "")
	p.article("/2", "Ferries stop", "")
	p.set("/2", http.StatusBadGateway)
	id := k.source(p)
	k.once()
	if f := k.feed(id); len(k.titles()) != 1 || f.ETag != "" {
		t.Errorf("%v, %+v", k.titles(), f)
	}
	p.took()
	k.pass(5 * time.Minute) // by order of a person
	_, err := k.pool.Check(t.Context(), k.feed(id))
	k.ok(err)
	if got := fmt.Sprint(p.took()); got != "[/feed]" {
		t.Errorf("five minutes later: asked for %s", got)
	}
	p.set("/2", 0)
	k.once()
	if f := k.feed(id); len(k.titles()) != 2 || f.ETag == "" {
		t.Errorf("%v, %+v", k.titles(), f)
	}
	// What never works is left in peace after some tries, and the source counts
	// as seen.
	p.article("/3", "Never", "")
	p.set("/3", http.StatusInternalServerError)
	p.took()
	for range 30 {
		k.pass(5 * time.Hour)
		k.once()
	}
	tries := 0
	for _, path := range p.took() {
		if path == "/3" {
			tries++
		}
	}
	if f := k.feed(id); tries != 5 || f.ETag == "" {
		t.Errorf("%d tries; %+v", tries, f)
	}
	k.clean()
}

// Two addresses of one article, and one that was forgotten.
func TestOneArticleByTwoAddresses(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	p.article("/story-of-the-port", "Port to close", "")
	page := strings.Replace(p.pages["/story-of-the-port"], "<head>", `<head><link rel="canonical" href="/story-of-the-port">`, 1)
	p.pages["/story-of-the-port"] = page
	p.pages["/again/story-of-the-port"], p.items = page, append(p.items, "/again/story-of-the-port")
	id := k.source(p)
	k.once()
	k.tally(jobs.Tally{Checked: 1, Fetched: 2, Added: 1, Same: 1})
	a, err := k.store.Find(t.Context(), p.URL+"/again/story-of-the-port")
	k.ok(err)
	if b, err := k.store.Find(t.Context(), p.URL+"/story-of-the-port"); err != nil || a != b {
		t.Errorf("%s and %s, %v", a, b, err)
	}
	_, err = k.pool.Forget(t.Context(), a, "")
	k.ok(err)
	p.took()
	p.article("/3", "Ferries stop", "")
	k.once()
	if got := fmt.Sprint(p.took(), k.titles()); got != "[/feed /3] [Ferries stop]" {
		t.Error(got)
	}
	if f := k.feed(id); f.ETag == "" {
		t.Errorf("%+v", f)
	}
	k.clean()
}

// An article that was taken away leads to the front page, which is none.
func TestFrontPage(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	p.article("/", "The front page", "")
	p.items = []string{"/gone-to-the-front"}
	p.codes["/gone-to-the-front"] = http.StatusFound
	k.source(p)
	k.once()
	k.tally(jobs.Tally{Checked: 1, Fetched: 1, NoArticle: 1})
}

func TestOverflow(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	for n := range 6 {
		p.article(fmt.Sprintf("/%d", n), fmt.Sprintf("Report %d", n), "")
	}
	id := k.source(p)
	k.once()
	if f := k.feed(id); f.LastError != "" {
		t.Errorf("the first look: %s", f.LastError)
	}
	p.items = nil
	for n := range 6 {
		p.article(fmt.Sprintf("/new/%d", n), fmt.Sprintf("New report %d", n), "")
	}
	k.once()
	if f := k.feed(id); !strings.Contains(f.LastError, "all 6 articles") || f.Failures != 0 || !strings.Contains(k.log.String(), "source_overflow") {
		t.Errorf("%+v", f)
	}
	p.article("/one-more", "One more", "")
	k.once()
	if f := k.feed(id); f.LastError != "" || len(k.titles()) != 13 {
		t.Errorf("%d articles, %s", len(k.titles()), f.LastError)
	}
}

// Killed between a check and its articles (here: the store fails for each of
// them), nothing is lost: the list does not count as seen.
func TestListIsNotSeenBeforeItsArticles(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	for n := range 5 {
		p.article(fmt.Sprintf("/%d", n), fmt.Sprintf("Report %d", n), "")
	}
	id := k.source(p)
	commits := 0
	k.flaky.fail = func() error {
		if commits++; commits > 1 { // the first is the check's
			return errors.New("killed")
		}
		return nil
	}
	k.once()
	if f := k.feed(id); f.ETag != "" || f.CheckedAt.IsZero() || len(k.titles()) != 0 {
		t.Errorf("%v, %+v", k.titles(), f)
	}
	k.flaky.fail = nil
	k.once()
	if f := k.feed(id); f.ETag == "" || len(k.titles()) != 5 {
		t.Errorf("%v, %+v", k.titles(), f)
	}
	k.clean()
}

func TestFolderSource(t *testing.T) {
	k := newKit(t)
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		at := k.now().Add(-time.Minute)
		path := filepath.Join(dir, name)
		k.ok(errors.Join(os.WriteFile(path, []byte(text), 0o644), os.Chtimes(path, at, at)))
	}
	const story = `{"uri":"urn:wire:%d","type":"text","versioncreated":"2031-05-07T09:00:00Z","headline":"%s","body_text":"The port will close on Friday.","pubstatus":"%s"%s}`
	put("a.json", fmt.Sprintf(story, 1, "Port to close", "usable", ""))
	put("b.json", fmt.Sprintf(story, 2, "Held back", "usable", `,"embargoed":"`+k.now().Add(48*time.Hour).Format(time.RFC3339)+`"`))
	f := news.Feed{ID: "folder", Kind: news.FeedFolder, URL: dir, State: news.FeedActive, AddedAt: k.now()}
	k.ok(k.store.PutFeed(t.Context(), f))
	k.once()
	if got := fmt.Sprint(k.titles()); got != "[Port to close]" {
		t.Errorf("live: %s", got)
	}
	put("c.json", fmt.Sprintf(story, 1, "Port to close", "canceled", ""))
	k.once()
	if got := fmt.Sprint(k.titles()); got != "[]" {
		t.Errorf("after the kill: %s", got)
	}
	k.pass(48 * time.Hour)
	k.once()
	if got := fmt.Sprint(k.titles()); got != "[Held back]" {
		t.Errorf("after the embargo: %s", got)
	}
	k.tally(jobs.Tally{Checked: 3, Added: 2, Withdrawn: 1, Same: k.pool.Tally().Same})
	k.clean()
}

// Run goes on by itself, and ends when it is told to with what it has in hand.
func TestRun(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	for n := range 8 {
		p.article(fmt.Sprintf("/%d", n), fmt.Sprintf("Report %d", n), "")
	}
	ctx, cancel := context.WithCancel(t.Context())
	pages := 0
	p.hook = func(path string) {
		if len(path) == 2 {
			if pages++; pages == 4 {
				cancel()
			}
		}
	}
	id := k.source(p)
	k.ok(k.pool.Run(ctx))
	if got := len(k.titles()); got < 2 || got > 4 {
		t.Errorf("%d articles are kept", got)
	}
	if f := k.feed(id); f.ETag != "" {
		t.Errorf("%+v", f)
	}
	k.clean()
	// Started anew it fetches the rest.
	p.hook = nil
	k.once()
	if got := len(k.titles()); got != 8 {
		t.Errorf("%d articles", got)
	}
	k.clean()
}

// Sources that are paused, failing or gone are left alone.
func TestStates(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	id := k.source(p)
	for _, s := range []news.FeedState{news.FeedPaused, news.FeedFailing, news.FeedGone} {
		f := k.feed(id)
		f.State = s
		k.ok(k.store.PutFeed(t.Context(), f))
		k.once()
	}
	if got := p.took(); len(got) != 0 {
		t.Errorf("asked for %v", got)
	}
	f := k.feed(id)
	f.State = news.FeedActive
	k.ok(k.store.PutFeed(t.Context(), f))
	p.set("/feed", http.StatusGone)
	k.once()
	if f := k.feed(id); f.State != news.FeedGone || !strings.Contains(k.log.String(), "source_gone") {
		t.Errorf("%+v", f)
	}
}

// Many papers at the same time, one request each at a time.
func TestManyHosts(t *testing.T) {
	k := newKit(t)
	for n := range 20 {
		p := newPaper(t)
		for m := range 5 {
			p.article(fmt.Sprintf("/%d", m), fmt.Sprintf("Report %d of paper %d", m, n), "")
		}
		k.source(p)
	}
	k.once()
	if got := len(k.titles()); got != 100 {
		t.Errorf("%d articles", got)
	}
	k.clean()
}
