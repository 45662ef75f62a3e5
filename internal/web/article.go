package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// articleView is the page of one kept article.
type articleView struct {
	store.Article
	Version  int // that is shown
	Record   recordView
	Versions []store.Version // the last first
	Feed     *news.Feed
	Story    string // id; "" where it is in none yet
	Link     string // of this page
}

func (d *desk) article(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	a, err := d.Store.Article(ctx, id)
	if err != nil {
		return wrap("article "+id, err)
	}
	if a.State != store.Live {
		return &refusal{http.StatusGone, "Not shown", "This article is " + map[store.State]string{store.Held: "under embargo.", store.WithdrawnHere: "withdrawn by its publisher."}[a.State]}
	}
	v := articleView{Article: a, Version: a.Version, Link: articlePath(id)}
	if n, err := strconv.Atoi(r.URL.Query().Get("version")); err == nil && n > 0 {
		v.Version = n
	}
	record, err := d.Store.Record(ctx, id, v.Version)
	if err != nil {
		return wrap(fmt.Sprintf("record of %s, version %d", id, v.Version), err)
	}
	if a.Version > 1 {
		if v.Versions, err = d.Store.Versions(ctx, id); err != nil {
			return wrap("versions of "+id, err)
		}
	}
	if a.Feed != "" {
		if f, err := d.Store.Feed(ctx, a.Feed); err == nil { // one that was removed is not named
			v.Feed = &f
		}
	}
	v.Record = newRecordView(record, v.Link)
	return d.show(w, r, http.StatusOK, "article", v.Record.Title, v)
}

func articlePath(id string) string { return "/articles/" + url.PathEscape(id) }
