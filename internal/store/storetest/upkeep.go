package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

func reread(t *testing.T, k *kit) {
	d := Delivery("A text that is read again.", k.at, "https://post.example/1")
	id := k.keep(d)[0].Article
	newer := news.Pipeline{Version: "2", Model: "en-1", Codebook: news.Codebook}
	ids, last, err := k.s.Stale(k.ctx, newer, k.at.Add(-time.Hour), 0, 10)
	k.ok(err)
	k.want("stale", ids, []string{id})
	ids, _, err = k.s.Stale(k.ctx, newer, k.at.Add(-time.Hour), last, 10)
	k.ok(err)
	k.want("after it", len(ids), 0)
	ids, _, err = k.s.Stale(k.ctx, newer, k.at.Add(time.Hour), 0, 10)
	k.ok(err)
	k.want("since later", len(ids), 0)

	r := Record(d)
	r.Pipeline, r.Article.Published, r.Statements = newer, "2031-05-05", nil
	k.ok(k.s.Reread(k.ctx, id, 1, r))
	a := k.article(id)
	k.want("pipeline", a.Pipeline, newer)
	k.want("published", a.Published, "2031-05-05")
	k.want("statements", a.Statements, 0)
	k.want("found", k.list(store.Listing{Text: "again"}), []string{id})
	ids, _, err = k.s.Stale(k.ctx, newer, time.Time{}, 0, 10)
	k.ok(err)
	k.want("stale afterwards", len(ids), 0)
	k.want("the same delivery is still known", k.keep(d)[0].Outcome, store.Same)
	if err := k.s.Reread(k.ctx, id, 2, r); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a version that is not there: %v", err)
	}
}

func stats(t *testing.T, k *kit) {
	k.fill()
	st, err := k.s.Stats(k.ctx)
	k.ok(err)
	k.want("articles", st.Articles, map[store.State]int64{store.Live: 2, store.Held: 1, store.WithdrawnHere: 1})
	k.want("versions", st.Versions, 5)
	k.want("records", st.Records, []store.PipelineCount{{Pipeline: news.Pipeline{Version: "1", Model: "en-1", Codebook: news.Codebook}, Records: 4}})
	k.want("statements", st.Statements, 4)
	k.want("captures", st.Captures, 5)
	k.want("captured", st.Captured, 500)
	k.want("feeds", st.Feeds, map[news.FeedState]int64{news.FeedActive: 1})
	k.want("oldest", st.Oldest, "2031-05-06")
	k.want("schema", st.Schema > 0, true)
	k.want("bytes", st.Bytes > 0, true)
}

// fill makes a store with one of everything.
func (k *kit) fill() {
	k.t.Helper()
	k.ok(k.s.PutFeed(k.ctx, news.Feed{ID: "f1", Kind: news.FeedSyndication, URL: "https://post.example/feed", State: news.FeedActive, AddedAt: k.at, Failures: 0.5}))
	at := func(n int) time.Time { return k.at.Add(time.Duration(n) * time.Second) }
	held := Delivery("Held back.", at(1), "urn:wire:1")
	held.Embargo = k.at.Add(24 * time.Hour)
	killed := Delivery("Killed.", at(2), "urn:wire:2")
	kill := Delivery("Kill.", at(3), "urn:wire:2")
	kill.Action, kill.Capture = news.Withdraw, nil
	k.keep(Delivery("First text.", at(4), "https://post.example/1"), Delivery("Second text.", at(5), "https://post.example/2"), held, killed, kill)
	k.keep(Delivery("Second text, edited.", at(6), "https://post.example/2"))
	gone := k.keep(Delivery("Forgotten.", at(7), "https://post.example/3"))[0].Article
	c, err := k.s.Forget(k.ctx, gone, "by request")
	k.ok(err)
	k.ok(k.s.Erased(k.ctx, []string{c[0].ID}))
	_, err = k.s.Commit(k.ctx, store.Changes{Fetches: []news.Fetch{{Feed: "f1", URL: "https://post.example/feed", At: k.at, Outcome: news.FetchOK}}})
	k.ok(err)
}

// doctor: every kind of damage is found by its name, and the store is clean
// after it was mended.
func doctor(t *testing.T, k *kit) {
	k.fill()
	for code, harm := range map[string][2]string{
		"entity_count":    {"UPDATE article SET entities = entities + 1 WHERE state = 'live'", "UPDATE article SET entities = entities - 1 WHERE state = 'live'"},
		"version_gap":     {"UPDATE article SET version = version + 1 WHERE state = 'held'", "UPDATE article SET version = version - 1 WHERE state = 'held'"},
		"words_orphan":    {"UPDATE article SET cursor = -cursor", "UPDATE article SET cursor = -cursor"},
		"event_orphan":    {"UPDATE article SET state = CASE state WHEN 'live' THEN 'was' ELSE state END", "UPDATE article SET state = CASE state WHEN 'was' THEN 'live' ELSE state END"},
		"capture_missing": {"UPDATE capture SET id = 'x' || id", "UPDATE capture SET id = substr(id, 2)"},
		"record_differs":  {"UPDATE version SET text_sha256 = 'x' || text_sha256", "UPDATE version SET text_sha256 = substr(text_sha256, 2)"},
		"erasure_pending": {"INSERT INTO erasure (capture, file, place, length) VALUES ('c1', 'f', 1, 1)", "DELETE FROM erasure"},
		"forgotten_kept":  {"INSERT INTO tombstone (article, at, reason) SELECT id, changed, '' FROM article", "DELETE FROM tombstone WHERE reason = ''"},
	} {
		k.ok(k.s.Exec(k.ctx, harm[0]))
		found, err := k.s.Doctor(k.ctx, true)
		k.ok(err)
		var codes []string
		for _, f := range found {
			codes = append(codes, f.Code)
			if f.Count < 1 || f.Example == "" || f.Mend == "" {
				t.Errorf("a finding without all its words: %+v", f)
			}
		}
		if !strings.Contains(strings.Join(codes, " "), code) {
			t.Errorf("%s is not found, but %v", code, codes)
		}
		k.ok(k.s.Exec(k.ctx, harm[1]))
		k.clean()
	}
}

// contents is all that a store holds, to compare it with another.
func (k *kit) contents(s store.Store) map[string]any {
	k.t.Helper()
	out := map[string]any{}
	st, err := s.Stats(k.ctx)
	k.ok(err)
	st.Bytes, st.Kind, st.Schema = 0, "", 0
	out["stats"] = st
	for _, l := range []store.Listing{{}, {Text: "text"}, {Text: "edited"}} {
		list, err := s.List(k.ctx, l)
		k.ok(err)
		out["list "+l.Text] = list
		for _, a := range list {
			v, err := s.Versions(k.ctx, a.ID)
			k.ok(err)
			r, err := s.Record(k.ctx, a.ID, 0)
			k.ok(err)
			out["article "+a.ID] = []any{v, r}
		}
	}
	feeds, err := s.Feeds(k.ctx)
	k.ok(err)
	fetches, err := s.Fetches(k.ctx, "", 100)
	k.ok(err)
	var captures []store.Filed
	k.ok(s.Captures(k.ctx, func(f store.Filed) error { captures = append(captures, f); return nil }))
	out["feeds"], out["fetches"], out["captures"] = feeds, fetches, captures
	return out
}

// CopyTo fills one store, dumps it, restores the dump to another (perhaps of
// the other kind) and compares.
func CopyTo(t *testing.T, from, to Store) {
	t.Helper()
	k := &kit{t: t, ctx: t.Context(), s: from, at: time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)}
	k.fill()
	k.copyTo(to)
}

func (k *kit) copyTo(to Store) {
	k.t.Helper()
	var dump bytes.Buffer
	k.ok(k.s.Dump(k.ctx, &dump))
	k.ok(to.Restore(k.ctx, &dump))
	if d := cmp.Diff(k.contents(k.s), k.contents(to)); d != "" {
		k.t.Errorf("the restored store differs (-kept +restored):\n%s", d)
	}
	// The copy lives on: its next article has a key of its own.
	c := *k
	c.s = to
	c.clean()
	c.want("forgotten stays forgotten", c.keep(Delivery("Forgotten.", k.at, "https://post.example/3"))[0].Outcome, store.Forgotten)
	c.want("next", c.keep(Delivery("The next.", k.at, "https://post.example/next"))[0].Outcome, store.Added)
	c.clean()
}

func dumpAndRestore(t *testing.T, k *kit) {
	k.fill()
	k.copyTo(k.open())
}

// dumpHostile: what is no text comes back as it was, so that it is forgotten by
// its own address.
func dumpHostile(t *testing.T, k *kit) {
	a := "https://post.example/\xff\x00\x10"
	id := k.keep(Delivery("To be forgotten.", k.at, a))[0].Article
	var dump bytes.Buffer
	k.ok(k.s.Dump(k.ctx, &dump))
	c := *k
	c.s = k.open()
	k.ok(c.s.Restore(k.ctx, &dump))
	c.want("url", c.article(id).URL, a)
	captures, err := c.s.Forget(k.ctx, id, "by request")
	k.ok(err)
	k.ok(c.s.Erased(k.ctx, []string{captures[0].ID}))
	c.want("again", c.keep(Delivery("To be forgotten.", k.at, a))[0].Outcome, store.Forgotten)
	c.clean()
}

func restoreRefuses(t *testing.T, k *kit) {
	k.fill()
	var dump bytes.Buffer
	k.ok(k.s.Dump(k.ctx, &dump))
	whole := dump.Bytes()
	if err := k.s.Restore(k.ctx, bytes.NewReader(whole)); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("a full store: %v", err)
	}
	empty := k.open()
	for _, n := range []int{0, 5, len(whole) / 2, len(whole) - 1} {
		if err := empty.Restore(k.ctx, bytes.NewReader(whole[:n])); err == nil {
			t.Errorf("a dump cut at %d of %d bytes is taken", n, len(whole))
		}
	}
	st, err := empty.Stats(k.ctx)
	k.ok(err)
	k.want("after cut dumps", fmt.Sprint(st.Articles, st.Captures, len(st.Feeds)), "map[] 0 0")
}
