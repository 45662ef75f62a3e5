package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

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
	if v.Story, err = d.Store.StoryOf(ctx, id); err != nil && !errors.Is(err, store.ErrNotFound) {
		return wrap("story of "+id, err)
	}
	record, laid, err := d.laid(r, id, record)
	if err != nil {
		return err
	}
	v.Record = newRecordView(record, v.Link, asked(r))
	v.Record.correctable(d.Reviews != nil && v.Version == a.Version, v.Link, laid)
	return d.show(w, r, http.StatusOK, "article", v.Record.Title, v)
}

func articlePath(id string) string { return "/articles/" + url.PathEscape(id) }

// asked is the stretch of the text that a link leads to: "?at=120-164".
func asked(r *http.Request) news.Range {
	from, to, _ := strings.Cut(r.URL.Query().Get("at"), "-")
	start, err1 := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || start < 0 || end <= start {
		return news.Range{}
	}
	return news.Range{Start: start, End: end}
}

// evidence is the address of a stretch of an article.
func evidence(e news.Evidence) string {
	return fmt.Sprintf("%s?at=%d-%d#t-asked", articlePath(e.Article), e.Start, e.End)
}

// actorOf and eventOf lead from a part of a record to what it was joined to.
func (d *desk) actorOf(w http.ResponseWriter, r *http.Request) error {
	id, entity := r.PathValue("id"), r.PathValue("part")
	to, err := d.Store.ActorOf(r.Context(), id, entity)
	if errors.Is(err, store.ErrNotFound) {
		return &refusal{http.StatusNotFound, "Not joined yet", "This name was not joined to those of other articles: it may be too new, or a name that tells nobody apart. Its article is at " + articlePath(id)}
	}
	if err != nil {
		return wrap("actor of "+id+" "+entity, err)
	}
	http.Redirect(w, r, "/actors/"+url.PathEscape(to), http.StatusFound)
	return nil
}

func (d *desk) eventOf(w http.ResponseWriter, r *http.Request) error {
	id, event := r.PathValue("id"), r.PathValue("part")
	to, err := d.Store.EventOf(r.Context(), id, event)
	if errors.Is(err, store.ErrNotFound) {
		return &refusal{http.StatusNotFound, "Not joined yet", "This event was not joined to those of other articles yet. Its article is at " + articlePath(id)}
	}
	if err != nil {
		return wrap("event of "+id+" "+event, err)
	}
	http.Redirect(w, r, "/events/"+url.PathEscape(to), http.StatusFound)
	return nil
}
