package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// together: eight writers bring the same articles, each of which has two
// addresses that come in either order.
func together(t *testing.T, k *kit) {
	const writers, articles = 8, 30
	var wg sync.WaitGroup
	var mu sync.Mutex
	added := 0
	for w := range writers {
		wg.Go(func() {
			for i := range articles {
				name := string(rune('A'+i%26)) + strings.Repeat("a", i/26)
				one, two := "https://post.example/"+name, "https://p.example/"+name
				if w%2 == 1 {
					one, two = two, one
				}
				r, err := k.s.Commit(k.ctx, Changes(Delivery(name+" is the text.", k.at, one, two)))
				if err != nil {
					t.Error(err)
					return
				}
				if r[0].Outcome == store.Added {
					mu.Lock()
					added++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	k.want("added", added, articles)
	k.want("listed", len(k.list(store.Listing{Limit: 1000})), articles)
}

// editTogether: writers bring different texts of three articles, each by one
// of its two addresses, and several in one commit.
func editTogether(t *testing.T, k *kit) {
	const writers, rounds, articles = 6, 4, 3
	names := func(a int) [2]string {
		return [2]string{fmt.Sprintf("https://post.example/%d", a), fmt.Sprintf("https://p.example/%d", a)}
	}
	var ids []string
	for a := range articles {
		n := names(a)
		ids = append(ids, k.keep(Delivery("First text.", k.at, n[0], n[1]))[0].Article)
	}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for r := range rounds {
				var all []*news.Delivery
				for a := range articles {
					if w%2 == 1 {
						a = articles - 1 - a
					}
					at := k.at.Add(time.Duration(1+w*rounds+r) * time.Minute)
					all = append(all, Delivery(fmt.Sprintf("Text %d of writer %d.", r, w), at, names(a)[w%2]))
				}
				if _, err := k.s.Commit(k.ctx, Changes(all...)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for _, id := range ids {
		v, err := k.s.Versions(k.ctx, id)
		k.ok(err)
		k.want("versions", len(v), 1+writers*rounds)
		for i := range v {
			k.want("number", v[i].N, i+1)
		}
	}
}

// forgetTogether: an article is forgotten while others bring new texts of it.
func forgetTogether(t *testing.T, k *kit) {
	const rounds = 10
	for r := range rounds {
		a, b := fmt.Sprintf("https://post.example/%d", r), fmt.Sprintf("https://p.example/%d", r)
		id := k.keep(Delivery("First text.", k.at, a))[0].Article
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				d := Delivery(fmt.Sprintf("Text %d.", w), k.at.Add(time.Minute), a)
				if w%2 == 1 {
					d = Delivery("First text.", k.at.Add(time.Minute), a, b)
				}
				if _, err := k.s.Commit(k.ctx, Changes(d)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Go(func() {
			if _, err := k.s.Forget(k.ctx, id, "by request"); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		if _, err := k.s.Article(k.ctx, id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("round %d: it is still there: %v", r, err)
		}
		k.want("it comes again", k.keep(Delivery("Another.", k.at, a))[0].Outcome, store.Forgotten)
	}
	waiting, err := k.s.Unerased(k.ctx)
	k.ok(err)
	for _, c := range waiting {
		k.ok(k.s.Erased(k.ctx, []string{c.ID}))
	}
}

// releaseTogether: an embargo ends for all nodes at once, while one withdraws.
func releaseTogether(t *testing.T, k *kit) {
	const articles, nodes = 20, 4
	for a := range articles {
		d := Delivery(fmt.Sprintf("Number %d.", a), k.at, fmt.Sprintf("urn:wire:%d", a))
		d.Embargo = k.at.Add(time.Hour)
		k.keep(d)
	}
	now := k.at.Add(time.Hour)
	k.at = now
	kill := Delivery("Kill.", k.at, "urn:wire:7")
	kill.Action = news.Withdraw
	var released atomic.Int64
	var wg sync.WaitGroup
	for n := range nodes {
		wg.Go(func() {
			if n == 0 {
				if _, err := k.s.Commit(k.ctx, Changes(kill)); err != nil {
					t.Error(err)
				}
				return
			}
			got, err := k.s.Release(k.ctx, now)
			if err != nil {
				t.Error(err)
			}
			released.Add(int64(got))
		})
	}
	wg.Wait()
	live := len(k.list(store.Listing{Limit: 1000}))
	k.want("shown", live, articles-1)
	if n := released.Load(); n != articles && n != articles-1 {
		t.Errorf("%d were released", n)
	}
}

// feedTogether: a source is put by several at once.
func feedTogether(t *testing.T, k *kit) {
	var wg sync.WaitGroup
	for w := range 6 {
		wg.Go(func() {
			f := news.Feed{ID: "f1", Kind: news.FeedSyndication, URL: "https://post.example/feed", State: news.FeedActive, AddedAt: k.at, Title: fmt.Sprint("Title ", w)}
			if err := k.s.PutFeed(k.ctx, f); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	all, err := k.s.Feeds(k.ctx)
	k.ok(err)
	k.want("feeds", len(all), 1)
}
