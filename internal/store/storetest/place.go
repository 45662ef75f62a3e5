package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// place: articles of one day whose keys are four million apart have places of their
// own, and keep them in lists, searches and pages.
func place(t *testing.T, k *kit) {
	st, err := k.s.Stats(k.ctx)
	k.ok(err)
	skip := "UPDATE counter SET value = value + 4194303 WHERE name = 'article'"
	if st.Kind == "postgres" {
		skip = "SELECT setval('article_key', nextval('article_key') + 4194302)"
	}
	cursors := make(map[int64]bool)
	for n := range 4 {
		if n > 0 {
			k.ok(k.s.Exec(k.ctx, skip))
		}
		d := Delivery(fmt.Sprintf("Report %d of the port.", n), k.at, fmt.Sprintf("https://post.example/%d", n))
		cursors[k.article(k.keep(d)[0].Article).Cursor] = true
	}
	k.want("cursors", len(cursors), 4)
	k.want("found", len(k.list(store.Listing{Text: "port"})), 4)
	first := k.list(store.Listing{Limit: 2})
	rest := k.list(store.Listing{Before: k.article(first[1]).Cursor})
	k.want("paged", len(append(first, rest...)), 4)
	// An edit to another day and back takes a place that is free.
	d := Delivery("Report 0 of the port, edited.", k.at.Add(time.Hour), "https://post.example/0")
	d.Published = "2031-05-04"
	k.want("edited", k.keep(d)[0].Outcome, store.Edited)
	k.want("edited back", k.keep(Delivery("Report 0 of the port.", k.at.Add(2*time.Hour), "https://post.example/0"))[0].Outcome, store.Edited)
}
