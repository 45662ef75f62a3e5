package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// sourceView is one source and how it does.
type sourceView struct {
	news.Feed
	Name   string
	Health stand  // class, sign and word
	Why    string // what is wrong, in words
	Next   string // when it is looked at again, and why then
	Last   string // when it last brought something
}

type sourcesView struct {
	Sources []sourceView
	Failing int
}

// reasons say in words what decided the next check.
var reasons = map[string]string{
	"interval": "the interval that was set", "default": "the usual interval", "ttl": "the feed's own ttl", "max-age": "the server's max-age", "expires": "the server's Expires",
	"retry-after": "the server asked to be left alone", "failures": "it failed, and is asked less often", "pace": "how often it brings something new",
}

func (d *desk) newSource(f news.Feed) sourceView {
	v := sourceView{Feed: f, Name: cmp.Or(f.Title, f.Publisher, host(f.URL), f.URL)}
	now := d.Now()
	switch {
	case f.State == news.FeedFailing || f.State == news.FeedGone:
		v.Health = stand{"against", "−", string(f.State)}
	case f.State == news.FeedPaused:
		v.Health = stand{"open", "?", "paused"}
	case f.CheckedAt.IsZero():
		v.Health = stand{"open", "?", "not checked yet"}
	case f.Failures >= 1 || f.LastError != "":
		v.Health = stand{"open", "?", "last check failed"}
	default:
		v.Health = stand{"for", "+", "well"}
	}
	v.Why = cmp.Or(f.StateReason, f.LastError)
	if f.State == news.FeedActive {
		if f.NextCheck.IsZero() || !f.NextCheck.After(now) {
			v.Next = "now"
		} else {
			v.Next = "in " + span(f.NextCheck.Sub(now))
		}
		if why := cmp.Or(reasons[f.NextReason], strings.ReplaceAll(f.NextReason, "_", " ")); why != "" {
			v.Next += " (" + why + ")"
		}
	}
	if !f.ChangedAt.IsZero() {
		v.Last = span(now.Sub(f.ChangedAt)) + " ago"
	}
	return v
}

// span writes a duration as people do.
func span(t time.Duration) string {
	t = t.Abs()
	switch {
	case t < time.Minute:
		return "less than a minute"
	case t < time.Hour:
		return plural(int(t/time.Minute), "minute")
	case t < 48*time.Hour:
		return plural(int(t/time.Hour), "hour")
	}
	return plural(int(t/(24*time.Hour)), "day")
}

func (d *desk) sources(w http.ResponseWriter, r *http.Request) error {
	feeds, err := d.Store.Feeds(r.Context())
	if err != nil {
		return wrap("list the sources", err)
	}
	var v sourcesView
	for _, f := range feeds {
		s := d.newSource(f)
		if s.Health.Class != "for" {
			v.Failing++
		}
		v.Sources = append(v.Sources, s)
	}
	// What needs somebody comes first.
	rank := map[string]int{"against": 0, "open": 1, "for": 2}
	slices.SortStableFunc(v.Sources, func(a, b sourceView) int {
		return cmp.Or(cmp.Compare(rank[a.Health.Class], rank[b.Health.Class]), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	return d.show(w, r, http.StatusOK, "sources", "Sources", v)
}

type oneSourceView struct {
	sourceView
	Fetches  []news.Fetch
	Articles []store.Article
}

func (d *desk) source(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	f, err := d.Store.Feed(ctx, id)
	if err != nil {
		return wrap("source "+id, err)
	}
	v := oneSourceView{sourceView: d.newSource(f)}
	if v.Fetches, err = d.Store.Fetches(ctx, id, 20); err != nil {
		return wrap("requests of "+id, err)
	}
	if v.Articles, err = d.Store.List(ctx, store.Listing{Feed: id, Limit: 20}); err != nil {
		return wrap("articles of "+id, err)
	}
	return d.show(w, r, http.StatusOK, "source", v.Name, v)
}
