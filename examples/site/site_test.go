package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/examples/site"
	"github.com/onrecord/onrecord/internal/ingest/feed"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/ingest/sitemap"
	"github.com/onrecord/onrecord/internal/news"
)

func get(t *testing.T, s *site.Site, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://site.example"+path, nil)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// Every list is read, and leads to pages whose title, day, outlet and text are
// those of the report.
func TestSite(t *testing.T) {
	s, err := site.New()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, story := range examples.Stories() {
		want += len(examples.Reports(story))
	}
	now := s.Latest()
	got, lists := 0, map[string]int{}
	for _, o := range s.Outlets {
		w := get(t, s, o.List)
		lists[w.Header().Get("Content-Type")]++
		listed := 0
		if f, err := feed.Read(w.Body.Bytes(), w.Header().Get("Content-Type"), "http://site.example"+o.List, now); err == nil {
			listed = len(f.Items)
		} else if f, err := sitemap.Read(w.Body.Bytes(), w.Header().Get("Content-Type"), "http://site.example"+o.List); err == nil {
			listed = len(f.Items)
		} else {
			t.Errorf("%s: %v", o.List, err)
		}
		if listed != len(o.Reports) {
			t.Errorf("%s lists %d reports, want %d", o.List, listed, len(o.Reports))
		}
		for _, r := range o.Reports {
			got++
			w := get(t, s, r.Path)
			d, err := page.Read(t.Context(), &news.Capture{URL: "http://site.example" + r.Path, At: now, Body: w.Body.Bytes(), MediaType: "text/html"})
			if err != nil {
				t.Errorf("%s: %v", r.Path, err)
				continue
			}
			if now := fmt.Sprint(d.Title, d.Published, d.Publisher, len(d.Warnings)); now != fmt.Sprint(r.Title, r.Published, o.Name, 0) {
				t.Errorf("%s: %s %v", r.Path, now, d.Warnings)
			}
		}
	}
	if got != want || len(lists) != 4 {
		t.Errorf("%d reports in %v, want %d in four forms", got, lists, want)
	}
}

func TestNotThere(t *testing.T) {
	s, err := site.New()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/": 200, "/robots.txt": 200, "/coastline.example/": 200, "/none": 404, "/coastline.example": 404, "/../x": 404} {
		if got := get(t, s, path).Code; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	if s.Latest().Before(time.Date(2031, 11, 20, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the last report is of %v", s.Latest())
	}
	first := get(t, s, "/coastline.example/")
	r := httptest.NewRequest(http.MethodGet, "http://site.example/coastline.example/", nil)
	r.Header.Set("If-None-Match", first.Header().Get("Etag"))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", w.Code)
	}
}
