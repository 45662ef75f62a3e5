package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// settled is a story of one article with an event, a claim and an actor; their
// ids end in n.
func settled(article string, n int) store.Settled {
	id := func(kind string) string { return fmt.Sprintf("%s%016x", kind, n) }
	toll := n + 1
	evidence := news.Evidence{Article: article, Span: news.Span{End: 1, Text: "x"}}
	event := news.ResolvedEvent{ID: id("e"), Story: news.Optional(id("t")), Members: []news.EventRef{{Article: article, Event: "v1"}}, Reported: news.Optional(fmt.Sprintf("2031-05-%02d", n%28+1)), Origins: n,
		Type: news.Field[news.EventType]{Value: news.Assault}, Tolls: []news.Toll{{Kind: news.Killed, Low: &toll, Best: &toll, High: &toll}},
		Figures: []news.Figure{{ID: id("f"), Event: id("e"), Kind: news.Killed, Best: &toll, Article: article, Source: news.Voice{Name: "Police"}, SaidAt: "2031-05-06", Evidence: evidence}}}
	claim := news.Claim{ID: id("c"), Story: news.Optional(id("t")), Contested: n%2 == 0, About: []string{"Mara Velin"}, Words: evidence,
		Stances: []news.Stance{{ID: id("s"), Claim: id("c"), Kind: news.Asserts, Article: article, Source: news.Voice{Name: "Mara Velin"}, SaidAt: "2031-05-06", Statement: "s1"}}}
	v := news.Story{ID: id("t"), Title: "Title", First: "2031-05-06", Last: news.Optional(fmt.Sprintf("2031-05-%02d", n%28+1)), Members: []news.StoryMember{{Article: article}}, Origins: []news.Origin{{Article: article}}}
	return store.Settled{
		At:       time.Date(2031, 5, 7, 10, 0, n, 0, time.UTC),
		Batches:  []store.Batch{{N: 1, Opened: time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)}},
		Articles: []store.SettledArticle{{Article: article, Story: v.ID, Origin: article, Batch: 1, Sketch: []byte{byte(n)}}},
		Stories: []store.SettledStory{{Key: id("t"), Story: v, Told: 1, Ledger: true, Events: []news.ResolvedEvent{event}, Claims: []news.Claim{claim},
			Row: store.StoryRow{ID: v.ID, Title: v.Title, Contested: (n + 1) % 2}, Who: map[string]news.ActorRef{id("s"): {Article: article, Entity: "e1"}}}},
		Profiles: []store.Profile{{Article: article, Entity: "e1", Actor: id("n"), Block: "person mara velin", Body: []byte("{}")}},
		Actors:   []store.BlockActor{{Block: "person mara velin", Actor: news.Actor{ID: id("n"), Type: news.Person, Name: "Mara Velin", Names: []news.ActorName{{Name: "Mara Velin", Articles: 1}}, Articles: 1}}},
		Changes:  []news.Change{{Kind: news.ChangeCreated, Object: "story", ID: v.ID, Fields: []string{}}},
	}
}

// settleAll keeps so many articles and settles each in a story of its own.
func (k *kit) settleAll(n int) (articles []string) {
	k.t.Helper()
	for i := range n {
		id := k.keep(Delivery(fmt.Sprintf("%d is the number of this text.", i), k.at, fmt.Sprintf("https://post.example/%d", i)))[0].Article
		articles = append(articles, id)
		s := settled(id, i)
		s.Turn = int64(i)
		s.Done = k.unsettled()
		k.ok(k.s.Settle(k.ctx, s))
	}
	return articles
}

func (k *kit) unsettled() []store.Unsettled {
	k.t.Helper()
	u, err := k.s.Unsettled(k.ctx, 1000)
	k.ok(err)
	return u
}

// settleOnce: what is committed is noted, and what is settled is not any more,
// unless it changed meanwhile; one that goes by an older turn changes nothing.
func settleOnce(t *testing.T, k *kit) {
	id := k.keep(Delivery("One text.", k.at, "https://post.example/1"))[0].Article
	before := k.unsettled()
	k.want("noted", len(before), 1)
	k.keep(Delivery("One text, edited.", k.at.Add(time.Minute), "https://post.example/1"))
	s := settled(id, 1)
	s.Done = before
	k.ok(k.s.Settle(k.ctx, s))
	left := k.unsettled()
	k.want("the edit is still noted", len(left), 1)
	late := settled(id, 2)
	late.Done = left
	if err := k.s.Settle(k.ctx, late); !errors.Is(err, store.ErrOvertaken) {
		t.Errorf("an older turn: %v", err)
	}
	if _, err := k.s.Story(k.ctx, late.Stories[0].Story.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what was refused is there: %v", err)
	}
	k.want("and nothing is done of it", len(k.unsettled()), 1)
	st, err := k.s.Settlement(k.ctx)
	k.ok(err)
	k.want("turn", st.Turn, 1)
	k.want("batches", len(st.Batches), 1)
	in, err := k.s.StoryOf(k.ctx, id)
	k.ok(err)
	k.want("story of the article", in, s.Stories[0].Story.ID)
	of, err := k.s.EventOf(k.ctx, id, "v1")
	k.ok(err)
	k.want("event", of, s.Stories[0].Events[0].ID)
	actor, err := k.s.ActorOf(k.ctx, id, "e1")
	k.ok(err)
	k.want("actor", actor, s.Actors[0].ID)
	claims, err := k.s.Claims(k.ctx, store.ClaimListing{Actor: actor})
	k.ok(err)
	k.want("claims that the actor takes a stand on", len(claims), 1)
	articles, err := k.s.ActorArticles(k.ctx, actor, 0, 10)
	k.ok(err)
	k.want("articles that name it", len(articles), 1)
}

// tombstones lead through every merge to what stands for an id now.
func tombstones(t *testing.T, k *kit) {
	k.settleAll(3)
	turn := int64(3)
	id := func(n int) string { return fmt.Sprintf("t%016x", n) }
	for _, step := range []news.Change{
		{Kind: news.ChangeMerged, Object: "story", ID: id(0), Into: news.Optional(id(1)), Fields: []string{}},
		{Kind: news.ChangeMerged, Object: "story", ID: id(1), Into: news.Optional(id(2)), Fields: []string{}},
	} {
		k.ok(k.s.Settle(k.ctx, store.Settled{Turn: turn, At: k.at, Dropped: []string{step.ID}, Changes: []news.Change{step}}))
		turn++
	}
	var merged *store.MergedError
	if _, err := k.s.Story(k.ctx, id(0)); !errors.As(err, &merged) || merged.Into != id(2) {
		t.Errorf("the first leads to %v", err)
	}
	k.ok(k.s.Settle(k.ctx, store.Settled{Turn: turn, At: k.at, Dropped: []string{id(2)}, Changes: []news.Change{{Kind: news.ChangeDeleted, Object: "story", ID: id(2)}}}))
	if _, err := k.s.Story(k.ctx, id(0)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what was deleted: %v", err)
	}
	taken, err := k.s.Taken(k.ctx, []string{id(0), id(2), id(9)})
	k.ok(err)
	k.want("taken", fmt.Sprint(taken[id(0)], taken[id(2)], taken[id(9)]), "true true false")
	var kinds []string
	for since := int64(0); ; {
		c, err := k.s.LedgerChanges(k.ctx, since, 2)
		k.ok(err)
		if len(c) == 0 {
			break
		}
		for _, x := range c {
			if x.Seq <= since {
				t.Errorf("change %d after %d", x.Seq, since)
			}
			since = x.Seq
			kinds = append(kinds, string(x.Kind))
		}
	}
	k.want("changes", kinds, "[created created created merged merged deleted]")
}

// ledgerPages: a list page by page has everything once, in order.
func ledgerPages(t *testing.T, k *kit) {
	const n = 23
	k.settleAll(n)
	for name, page := range map[string]func(before string) (ids []string, next string){
		"stories": func(before string) (ids []string, next string) {
			rows, err := k.s.Stories(k.ctx, store.StoryListing{Before: before, Limit: 5})
			k.ok(err)
			for _, r := range rows {
				ids, next = append(ids, r.ID), r.Cursor
			}
			return ids, next
		},
		"stories by origins": func(before string) (ids []string, next string) {
			rows, err := k.s.Stories(k.ctx, store.StoryListing{Order: store.StoriesOrigins, Before: before, Limit: 5})
			k.ok(err)
			for _, r := range rows {
				ids, next = append(ids, r.ID), r.Cursor
			}
			return ids, next
		},
		"events": func(before string) (ids []string, next string) {
			rows, err := k.s.ResolvedEvents(k.ctx, store.EventListing{Before: before, Limit: 5})
			k.ok(err)
			for _, r := range rows {
				ids, next = append(ids, r.ID), r.Cursor
			}
			return ids, next
		},
		"figures": func(before string) (ids []string, next string) {
			rows, err := k.s.Figures(k.ctx, store.FigureListing{Kind: news.Killed, Before: before, Limit: 5})
			k.ok(err)
			for _, r := range rows {
				ids, next = append(ids, r.ID), r.Cursor
			}
			return ids, next
		},
		"actors": func(before string) (ids []string, next string) {
			rows, err := k.s.Actors(k.ctx, store.ActorListing{Name: "MARA VELIN", Before: before, Limit: 5})
			k.ok(err)
			for _, r := range rows {
				ids, next = append(ids, r.ID), r.Cursor
			}
			return ids, next
		},
	} {
		seen := map[string]bool{}
		for before, pages := "", 0; ; pages++ {
			ids, next := page(before)
			if len(ids) == 0 {
				break
			}
			if pages > n {
				t.Fatalf("%s: no end", name)
			}
			for _, id := range ids {
				if seen[id] {
					t.Errorf("%s: %s twice", name, id)
				}
				seen[id] = true
			}
			before = next
		}
		k.want(name, len(seen), n)
	}
	contested, err := k.s.Claims(k.ctx, store.ClaimListing{Contested: true, Limit: 100})
	k.ok(err)
	k.want("contested claims", len(contested), (n+1)/2)
	if _, err := k.s.Stories(k.ctx, store.StoryListing{Before: "'; DROP TABLE story; --"}); err == nil {
		t.Error("a cursor that no list gave is taken")
	}
	if _, err := k.s.Actors(k.ctx, store.ActorListing{Before: "x"}); err == nil {
		t.Error("a cursor that is none is taken")
	}
}

// oneSettles: while one holds the settling another does not.
func oneSettles(t *testing.T, k *kit) {
	release, held, err := k.s.HoldSettling(k.ctx)
	k.ok(err)
	k.want("held", held, true)
	release()
	again, held, err := k.s.HoldSettling(k.ctx)
	k.ok(err)
	k.want("held again", held, true)
	again()
}

// joinings are a person's words, whichever of the two comes first.
func joinings(t *testing.T, k *kit) {
	ids := k.settleAll(2)
	j := store.Joining{Object: "event", One: store.Part{Article: ids[1], ID: "v1"}, Two: store.Part{Article: ids[0], ID: "v1"}, Together: true}
	k.ok(k.s.PutJoining(k.ctx, j))
	k.want("both are to be settled", len(k.unsettled()), 2)
	j.One, j.Two, j.Together, j.Note = j.Two, j.One, false, "two attacks"
	k.ok(k.s.PutJoining(k.ctx, j))
	all, err := k.s.Joinings(k.ctx)
	k.ok(err)
	k.want("one word on the two", len(all), 1)
	k.want("the later one", fmt.Sprint(all[0].Together, " ", all[0].Note), "false two attacks")
	k.ok(k.s.RemoveJoining(k.ctx, j))
	if err := k.s.RemoveJoining(k.ctx, j); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("taken back twice: %v", err)
	}
	j.Object = "story"
	if err := k.s.PutJoining(k.ctx, j); err == nil {
		t.Error("a word on stories is taken")
	}
}
