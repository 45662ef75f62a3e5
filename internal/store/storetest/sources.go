package storetest

import (
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

func feeds(t *testing.T, k *kit) {
	url := "https://post.example/feed.xml"
	f := news.Feed{ID: store.FeedID(url), Kind: news.FeedSyndication, URL: url, AddedAt: k.at, State: news.FeedActive, Rights: news.RightsSnippet, Interval: 90 * time.Second}
	k.ok(k.s.PutFeed(k.ctx, f))
	got, err := k.s.Feed(k.ctx, f.ID)
	k.ok(err)
	k.want("feed", got, f)

	// While it is checked, its user pauses it and gives it another interval.
	paused := f
	paused.State, paused.StateReason, paused.Interval = news.FeedPaused, "by hand", time.Hour
	k.ok(k.s.PutFeed(k.ctx, paused))
	checked := f
	checked.Title, checked.ETag, checked.CheckedAt, checked.NextCheck, checked.NextReason = "Post", `"1"`, k.at, k.at.Add(time.Hour), "ttl"
	_, err = k.s.Commit(k.ctx, store.Changes{Feeds: []news.Feed{checked}})
	k.ok(err)
	want := checked
	want.State, want.StateReason, want.Interval = news.FeedPaused, "by hand", time.Hour
	got, err = k.s.Feed(k.ctx, f.ID)
	k.ok(err)
	k.want("after the check", got, want)

	k.ok(k.s.RemoveFeed(k.ctx, f.ID))
	_, err = k.s.Commit(k.ctx, store.Changes{Feeds: []news.Feed{checked}})
	k.ok(err)
	all, err := k.s.Feeds(k.ctx)
	k.ok(err)
	k.want("a check does not bring it back", len(all), 0)
}

func fetchLog(t *testing.T, k *kit) {
	log := []news.Fetch{
		{Feed: "f1", URL: "https://post.example/feed", At: k.at, Took: 120 * time.Millisecond, Status: 200, Bytes: 1000, Outcome: news.FetchOK},
		{Feed: "f2", URL: "https://p.example/1", Final: "https://p.example/2", At: k.at.Add(time.Minute), Status: 429, Outcome: news.FetchBusy, Detail: "slow down", RetryAfter: time.Minute},
	}
	_, err := k.s.Commit(k.ctx, store.Changes{Fetches: log})
	k.ok(err)
	got, err := k.s.Fetches(k.ctx, "", 10)
	k.ok(err)
	k.want("all", got, []news.Fetch{log[1], log[0]})
	got, err = k.s.Fetches(k.ctx, "f1", 10)
	k.ok(err)
	k.want("of one", got, log[:1])
	n, err := k.s.PruneFetches(k.ctx, k.at.Add(time.Second))
	k.ok(err)
	k.want("pruned", n, 1)
}

func unknown(t *testing.T, k *kit) {
	k.keep(Delivery("Known.", k.at, "https://post.example/1"))
	in := []string{"https://post.example/2", "https://post.example/1", "https://post.example/3"}
	for range 1000 {
		in = append(in, "https://post.example/1")
	}
	out, err := k.s.Unknown(k.ctx, in)
	k.ok(err)
	k.want("unknown", out, []string{"https://post.example/2", "https://post.example/3"})
}

func captures(t *testing.T, k *kit) {
	d := Delivery("Kept.", k.at, "https://post.example/1")
	d.Capture.Status, d.Capture.MediaType = 200, "text/html"
	k.keep(d)
	id := store.CaptureID(d.Capture)
	f, err := k.s.Capture(k.ctx, id)
	k.ok(err)
	k.want("url", f.URL, d.Capture.URL)
	k.want("at", f.At, d.Capture.At)
	k.want("hint", f.Hint.Title, "hint")
	k.want("length", f.Length, 100)
	// The page was fetched again and had nothing new.
	again := Delivery("Kept.", k.at.Add(time.Hour), "https://post.example/1")
	_, err = k.s.Commit(k.ctx, store.Changes{Captures: Changes(again).Captures})
	k.ok(err)
	_, err = k.s.Commit(k.ctx, store.Changes{Unused: []string{store.CaptureID(again.Capture), id}})
	k.ok(err)
	var ids []string
	k.ok(k.s.Captures(k.ctx, func(f store.Filed) error { ids = append(ids, f.ID); return nil }))
	k.want("captures", ids, []string{id})
}
