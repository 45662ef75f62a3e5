package web_test

import (
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/web"
)

// memory is a small store: what a test puts in.
type memory struct {
	articles map[string]store.Article
	records  map[string][]*news.Record
	versions map[string][]store.Version
	feeds    []news.Feed
	fetches  []news.Fetch
}

func (m *memory) Article(_ context.Context, id string) (store.Article, error) {
	a, ok := m.articles[id]
	if !ok {
		return a, store.ErrNotFound
	}
	return a, nil
}

func (m *memory) Versions(_ context.Context, id string) ([]store.Version, error) {
	return m.versions[id], nil
}

func (m *memory) Record(_ context.Context, id string, version int) (*news.Record, error) {
	all := m.records[id]
	if version < 1 || version > len(all) {
		return nil, store.ErrNotFound
	}
	return all[version-1], nil
}

func (m *memory) List(_ context.Context, l store.Listing) ([]store.Article, error) {
	out := slices.SortedFunc(maps.Values(m.articles), func(a, b store.Article) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(a.ID, b.ID))
	})
	out = slices.DeleteFunc(out, func(a store.Article) bool { return l.Feed != "" && a.Feed != l.Feed })
	return out[:min(len(out), cmp.Or(l.Limit, 20))], nil
}

func (m *memory) Feeds(context.Context) ([]news.Feed, error) { return m.feeds, nil }

func (m *memory) Feed(_ context.Context, id string) (news.Feed, error) {
	for _, f := range m.feeds {
		if f.ID == id {
			return f, nil
		}
	}
	return news.Feed{}, store.ErrNotFound
}

func (m *memory) Fetches(context.Context, string, int) ([]news.Fetch, error) { return m.fetches, nil }

// put keeps a record as the newest version of an article.
func (m *memory) put(id string, r *news.Record) {
	m.records[id] = append(m.records[id], r)
	n := len(m.records[id])
	m.articles[id] = store.Article{
		ID: id, State: store.Live, Version: n, URL: string(r.Article.URL), Publisher: string(r.Article.Publisher), Title: string(r.Article.Title),
		Published: string(r.Article.Published), Statements: len(r.Statements), Events: len(r.Events), Entities: len(r.Entities), Feed: "f1",
	}
	v := store.Version{N: n, At: now(), Title: string(r.Article.Title), Action: news.Publish}
	if n > 1 {
		v.Difference = store.Difference(m.records[id][n-2].Article.Text, r.Article.Text)
	}
	m.versions[id] = append([]store.Version{v}, m.versions[id]...)
}

func now() time.Time { return time.Date(2031, 3, 20, 9, 0, 0, 0, time.UTC) }

var sharedReader = sync.OnceValues(func() (*reader.Reader, error) { return reader.New(reader.Options{Version: "test"}) })

func read(ctx context.Context, d *news.Delivery) (*news.Record, error) {
	r, err := sharedReader()
	if err != nil {
		return nil, err
	}
	return r.Read(ctx, reader.Input{Text: d.Text, Title: d.Title, URL: d.URL(), Publisher: d.Publisher, Authors: d.Authors, Published: d.Published, PublishedBasis: d.PublishedBasis, Blocks: d.Blocks})
}

// exampleRecords are the records of the example stories, made once.
var exampleRecords = sync.OnceValues(func() (map[string]*news.Record, error) {
	out := map[string]*news.Record{}
	var paths []string
	for _, s := range examples.Stories() {
		paths = append(paths, "../../examples/"+s)
	}
	for it, err := range file.Open(context.Background(), paths, file.Options{}) {
		if err != nil {
			return nil, err
		}
		if head, body, ok := strings.Cut(strings.TrimPrefix(it.Text, "---\n"), "\n---\n"); ok && strings.HasPrefix(head, "title:") {
			it.Text, it.Blocks = strings.TrimSpace(body), nil
		}
		d := &news.Delivery{Text: it.Text, Title: it.Title, Publisher: it.Publisher, Authors: it.Authors, Published: it.Published, PublishedBasis: it.PublishedBasis, Blocks: it.Blocks, Addresses: []string{it.URL}}
		r, err := read(context.Background(), d)
		if err != nil {
			return nil, err
		}
		id := strings.TrimSuffix(it.Name[strings.LastIndex(it.Name, "examples/")+len("examples/"):], ".md")
		out["a"+strings.ReplaceAll(id, "/", "-")] = r
	}
	return out, nil
})

// newMemory is a store with the example stories and two sources.
func newMemory(t testing.TB) *memory {
	t.Helper()
	m := &memory{articles: map[string]store.Article{}, records: map[string][]*news.Record{}, versions: map[string][]store.Version{}}
	records, err := exampleRecords()
	if err != nil {
		t.Fatal(err)
	}
	for id, r := range records {
		m.put(id, r)
	}
	m.feeds = []news.Feed{
		{ID: "f1", Kind: news.FeedSyndication, URL: "https://coastline.example/feed", Title: "Coastline Press", State: news.FeedActive, CheckedAt: now().Add(-time.Hour), ChangedAt: now().Add(-3 * time.Hour), NextCheck: now().Add(20 * time.Minute), NextReason: "max-age", Rights: news.RightsFull},
		{ID: "f2", Kind: news.FeedSitemap, URL: "https://inland.example/sitemap.xml", Publisher: "Inland Post", State: news.FeedFailing, StateReason: "20 checks failed one after the other", CheckedAt: now().Add(-time.Hour), LastError: "no answer", Failures: 20},
	}
	m.fetches = []news.Fetch{{Feed: "f1", URL: "https://coastline.example/feed", At: now().Add(-time.Hour), Status: 200, Outcome: news.FetchOK}}
	return m
}

// site is a desk of the example stories.
func site(t testing.TB, m web.Store, change ...func(*web.Options)) *httptest.Server {
	t.Helper()
	o := web.Options{Store: m, Read: read, Version: "0.0.0", Model: "test", Accuracy: "# Accuracy\n\n## seed\n\n| metric | value |\n|---|---|\n| found | 0.9 |\n", Now: now}
	for _, f := range change {
		f(&o)
	}
	h, err := web.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// get asks for a page and returns what it says.
func get(t testing.TB, s *httptest.Server, path string, want int) string {
	t.Helper()
	res, err := http.Get(s.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	return answer(t, res, path, want)
}

func post(t testing.TB, s *httptest.Server, path string, form url.Values, want int) string {
	t.Helper()
	res, err := noRedirect(s).PostForm(s.URL+path, form)
	if err != nil {
		t.Fatal(err)
	}
	return answer(t, res, path, want)
}

func noRedirect(s *httptest.Server) *http.Client {
	c := *s.Client()
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &c
}

func answer(t testing.TB, res *http.Response, path string, want int) string {
	t.Helper()
	defer res.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, res.Body); err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != want {
		t.Fatalf("%s: %s, want %d: %.300s", path, res.Status, want, b.String())
	}
	if !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("%s: no policy", path)
	}
	return b.String()
}
