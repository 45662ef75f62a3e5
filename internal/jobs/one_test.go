package jobs_test

import (
	"net/http"
	"strings"
	"testing"
)

// One article by its address: fetched, read, and kept only by order.
func TestOne(t *testing.T) {
	k, p := newKit(t), newPaper(t)
	p.article("/port", "Port to close", "")
	p.article("/", "The front page", "")
	p.set("/away", http.StatusFound)
	for path, want := range map[string]string{"/none": "404", "/away": "front page"} {
		if _, err := k.pool.Fetch(t.Context(), p.URL+path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	d, err := k.pool.Fetch(t.Context(), p.URL+"/port")
	k.ok(err)
	r, err := k.pool.Read(t.Context(), d)
	k.ok(err)
	if r.Article.Title != "Port to close" || len(k.titles()) != 0 {
		t.Errorf("%s; kept are %v", r.Article.Title, k.titles())
	}
	id, err := k.pool.KeepOne(t.Context(), d, r)
	k.ok(err)
	again, err := k.pool.KeepOne(t.Context(), d, r)
	k.ok(err)
	if got := k.titles(); len(got) != 1 || id == "" || again != id || k.article(p.URL+"/port").ID != id {
		t.Errorf("%s and %s; kept are %v", id, again, got)
	}
	_, err = k.pool.Forget(t.Context(), id, "")
	k.ok(err)
	if _, err := k.pool.KeepOne(t.Context(), d, r); err == nil {
		t.Error("what was forgotten is kept again")
	}
	k.clean()
}
