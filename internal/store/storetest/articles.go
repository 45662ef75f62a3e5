package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

func add(t *testing.T, k *kit) {
	d := Delivery("Port to close. The port closes on Friday.", k.at, "https://post.example/port")
	known, err := k.s.Look(k.ctx, d)
	k.ok(err)
	k.want("look before", known, store.Known{Outcome: store.Added})
	r := k.keep(d)[0]
	k.want("outcome", r.Outcome, store.Added)
	k.want("again", k.keep(d)[0], store.Result{Outcome: store.Same, Article: r.Article, Version: 1})
	known, err = k.s.Look(k.ctx, d)
	k.ok(err)
	k.want("look after", known, store.Known{Outcome: store.Same, Article: r.Article, Version: 1})

	a := k.article(r.Article)
	k.want("state", a.State, store.Live)
	k.want("url", a.URL, "https://post.example/port")
	k.want("first seen", a.FirstSeen, k.at)
	k.want("statements", a.Statements, 1)
	k.want("pipeline", a.Pipeline, news.Pipeline{Version: "1", Model: "en-1", Codebook: news.Codebook})
	rec, err := k.s.Record(k.ctx, r.Article, 0)
	k.ok(err)
	k.want("record's id", rec.Article.ID, r.Article)
	k.want("record's text", rec.Article.Text, d.Text)
	k.want("record's place", rec.Entities[1].Place.Lat, 60.39)
	v, err := k.s.Versions(k.ctx, r.Article)
	k.ok(err)
	k.want("versions", len(v), 1)
	k.want("capture", v[0].Capture, store.CaptureID(d.Capture))
}

func identity(t *testing.T, k *kit) {
	// The page, then the same by its short address, which the page calls by its
	// canonical one.
	a := k.keep(Delivery("One text.", k.at, "https://post.example/a"))[0]
	b := k.keep(Delivery("One text.", k.at, "https://p.example/1", "https://post.example/a"))[0]
	k.want("second address", b, store.Result{Outcome: store.Same, Article: a.Article, Version: 1})
	for _, name := range []string{a.Article, "https://post.example/a", "https://p.example/1"} {
		id, err := k.s.Find(k.ctx, name)
		k.ok(err)
		k.want("find "+name, id, a.Article)
	}
	// The same words under another address are another article: a copy.
	k.want("copy", k.keep(Delivery("One text.", k.at, "https://other.example/a"))[0].Outcome, store.Added)
	// Without an address the text is the name.
	c := k.keep(Delivery("A text from a file.", k.at))[0]
	k.want("no address", c.Outcome, store.Added)
	k.want("no address, again", k.keep(Delivery("A text from a file.", k.at.Add(time.Hour)))[0], store.Result{Outcome: store.Same, Article: c.Article, Version: 1})
	// An address that belongs to another article stays with it.
	d := k.keep(Delivery("A third.", k.at, "https://post.example/c", "https://post.example/a"))[0]
	k.want("best known address decides", d.Article, a.Article)
	long := "https://post.example/" + strings.Repeat("x", 9000)
	k.want("long address", k.keep(Delivery("Long.", k.at, long))[0].Outcome, store.Added)
}

func edit(t *testing.T, k *kit) {
	url := "https://post.example/port"
	id := k.keep(Delivery("Port to close.\n\nFour piers.\n\nThe end.", k.at, url))[0].Article
	k.at = k.at.Add(time.Hour)
	second := Delivery("Port to close.\n\nFive piers.\n\nMore.\n\nThe end.", k.at, url)
	second.Action, second.Note = news.Correct, "corrects the number of piers"
	k.want("edit", k.keep(second)[0], store.Result{Outcome: store.Edited, Article: id, Version: 2})
	v, err := k.s.Versions(k.ctx, id)
	k.ok(err)
	k.want("difference", v[1].Difference, []store.Edit{{Before: 1, After: 1, Removed: "Four piers.", Added: "Five piers."}, {Before: 2, After: 2, Added: "More."}})
	k.want("note", v[1].Note, "corrects the number of piers")
	k.want("action", v[1].Action, news.Correct)
	k.want("current", k.article(id).Version, 2)
	k.want("old words", len(k.list(store.Listing{Text: "four"})), 0)
	k.want("new words", k.list(store.Listing{Text: "five"}), []string{id})
	first, err := k.s.Record(k.ctx, id, 1)
	k.ok(err)
	k.want("first version's text", strings.Contains(first.Article.Text, "Four"), true)
	// Back to the first text, later: a third version.
	k.at = k.at.Add(time.Hour)
	k.want("back", k.keep(Delivery("Port to close.\n\nFour piers.\n\nThe end.", k.at, url))[0].Version, 3)
}

// importAgain runs one import twice, with two texts of one article in it.
func importAgain(t *testing.T, k *kit) {
	url := "https://post.example/port"
	one, two := Delivery("First text.", k.at, url), Delivery("Second text.", k.at, url)
	k.want("first run", k.keep(one, two)[1].Version, 2)
	r := k.keep(one, two)
	k.want("second run", []store.Outcome{r[0].Outcome, r[1].Outcome}, []store.Outcome{store.Same, store.Same})
	k.want("current", k.article(r[0].Article).Version, 2)
}

func withdraw(t *testing.T, k *kit) {
	url := "urn:newsml:wire.example:1"
	kill := Delivery("Kill: do not use.", k.at, url)
	kill.Action, kill.Note = news.Withdraw, "the quote was not said"
	k.want("of nothing", k.keep(kill)[0].Outcome, store.NoTarget)
	id := k.keep(Delivery("A minister said it.", k.at, url))[0].Article
	k.want("withdraw", k.keep(kill)[0], store.Result{Outcome: store.Withdrawn, Article: id, Version: 1})
	k.want("again", k.keep(kill)[0].Outcome, store.Same)
	k.want("state", k.article(id).State, store.WithdrawnHere)
	k.want("listed", len(k.list(store.Listing{})), 0)
	k.want("found", len(k.list(store.Listing{Text: "minister"})), 0)
	k.want("the same text stays withdrawn", k.keep(Delivery("A minister said it.", k.at, url))[0].Outcome, store.Same)
	k.want("state", k.article(id).State, store.WithdrawnHere)
	k.at = k.at.Add(time.Hour)
	k.keep(Delivery("A minister did not say it.", k.at, url))
	k.want("a new text is shown", k.list(store.Listing{Text: "minister"}), []string{id})
}

func embargo(t *testing.T, k *kit) {
	d := Delivery("Under embargo until ten.", k.at, "urn:wire:2")
	d.Embargo = k.at.Add(time.Hour)
	id := k.keep(d)[0].Article
	k.want("state", k.article(id).State, store.Held)
	k.want("listed", len(k.list(store.Listing{})), 0)
	k.want("found", len(k.list(store.Listing{Text: "embargo"})), 0)
	n, err := k.s.Release(k.ctx, k.at)
	k.ok(err)
	k.want("too early", n, 0)
	k.at = k.at.Add(time.Hour)
	n, err = k.s.Release(k.ctx, k.at)
	k.ok(err)
	k.want("released", n, 1)
	k.want("found", k.list(store.Listing{Text: "embargo"}), []string{id})
	n, err = k.s.Release(k.ctx, k.at)
	k.ok(err)
	k.want("once", n, 0)
}

func forget(t *testing.T, k *kit) {
	d := Delivery("A private matter.", k.at, "https://post.example/private", "https://p.example/9")
	id := k.keep(d)[0].Article
	other := k.keep(Delivery("A public matter.", k.at.Add(time.Second), "https://post.example/public"))[0].Article
	captures, err := k.s.Forget(k.ctx, id, "by request")
	k.ok(err)
	k.want("captures", len(captures), 1)
	k.want("place", captures[0].File, "a.warc.gz")
	unerased, err := k.s.Unerased(k.ctx)
	k.ok(err)
	k.want("to be erased", []string{unerased[0].ID}, []string{store.CaptureID(d.Capture)})
	k.ok(k.s.Erased(k.ctx, []string{unerased[0].ID}))
	if _, err := k.s.Article(k.ctx, id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the article is still there: %v", err)
	}
	if _, err := k.s.Forget(k.ctx, id, ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("forgotten twice: %v", err)
	}
	k.want("found", k.list(store.Listing{Text: "matter"}), []string{other})
	// It comes again by either address, even with other words.
	k.want("again", k.keep(d)[0].Outcome, store.Forgotten)
	k.want("by the other address", k.keep(Delivery("Other words.", k.at, "https://p.example/9"))[0].Outcome, store.Forgotten)
	rest, err := k.s.Unknown(k.ctx, []string{"https://p.example/9", "https://p.example/10"})
	k.ok(err)
	k.want("unknown", rest, []string{"https://p.example/10"})
	st, err := k.s.Stats(k.ctx)
	k.ok(err)
	k.want("tombstones", st.Tombstones, 1)
}

// forgetShared: two articles of one wire package; its capture goes with the
// first, the second stays.
func forgetShared(t *testing.T, k *kit) {
	a, b := Delivery("First item.", k.at, "urn:wire:a"), Delivery("Second item.", k.at, "urn:wire:b")
	b.Capture = a.Capture
	r := k.keep(a, b)
	captures, err := k.s.Forget(k.ctx, r[0].Article, "by request")
	k.ok(err)
	k.want("captures", len(captures), 1)
	k.ok(k.s.Erased(k.ctx, []string{captures[0].ID}))
	v, err := k.s.Versions(k.ctx, r[1].Article)
	k.ok(err)
	k.want("capture of the other", v[0].Capture, "")
	_, err = k.s.Record(k.ctx, r[1].Article, 1)
	k.ok(err)
}

func allOrNothing(t *testing.T, k *kit) {
	good := Delivery("A good one.", k.at, "https://post.example/good")
	c := Changes(good, Delivery("A bad one.", k.at, "https://post.example/bad"))
	c.Entries[1].Record = nil
	if _, err := k.s.Commit(k.ctx, c); err == nil {
		t.Fatal("an article without a record was kept")
	}
	known, err := k.s.Look(k.ctx, good)
	k.ok(err)
	k.want("the good one", known.Outcome, store.Added)
	_, err = k.s.Capture(k.ctx, store.CaptureID(good.Capture))
	k.want("its capture", errors.Is(err, store.ErrNotFound), true)
}

func missing(t *testing.T, k *kit) {
	for name, f := range map[string]func() error{
		"article":  func() error { _, err := k.s.Article(k.ctx, "a1"); return err },
		"find":     func() error { _, err := k.s.Find(k.ctx, "https://x.example"); return err },
		"versions": func() error { _, err := k.s.Versions(k.ctx, "a1"); return err },
		"record":   func() error { _, err := k.s.Record(k.ctx, "a1", 0); return err },
		"capture":  func() error { _, err := k.s.Capture(k.ctx, "c1"); return err },
		"feed":     func() error { _, err := k.s.Feed(k.ctx, "f1"); return err },
		"remove":   func() error { return k.s.RemoveFeed(k.ctx, "f1") },
		"reread":   func() error { return k.s.Reread(k.ctx, "a1", 1, Record(Delivery("x", k.at))) },
		"forget":   func() error { _, err := k.s.Forget(k.ctx, "a1", ""); return err },
	} {
		if err := f(); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
