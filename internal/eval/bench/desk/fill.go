package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// newest is the morning after the last report.
var newest = time.Date(2031, 11, 21, 9, 0, 0, 0, time.UTC)

// perDay is how many times the stories are told with the same last day.
const perDay = 5

// fill tells the stories so often that there are so many articles.
func fill(ctx context.Context, s *sqlite.Store, articles int) error {
	t, err := readTelling(ctx)
	if err != nil {
		return err
	}
	for i := range 40 {
		f := news.Feed{ID: fmt.Sprintf("f%012x", i), Kind: news.FeedSyndication, URL: fmt.Sprintf("https://outlet%d.example/feed", i), State: news.FeedActive, Rights: news.RightsFull, AddedAt: newest, CheckedAt: newest, NextCheck: newest.Add(time.Hour), NextReason: "interval"}
		if err := s.PutFeed(ctx, f); err != nil {
			return err
		}
	}
	for k := range (articles + len(t.ids) - 1) / len(t.ids) {
		if err := t.again(ctx, s, k); err != nil {
			return err
		}
	}
	return nil
}

// again keeps the stories once more, the k-th time.
func (t *telling) again(ctx context.Context, s *sqlite.Store, k int) error {
	back := k / perDay
	var c store.Changes
	address := map[string]string{} // id of an example to that of its copy
	var replace []string
	for i, id := range t.ids {
		r := t.copyOf(id, k, back)
		d := &news.Delivery{Addresses: []string{fmt.Sprintf("https://outlet%d.example/%s/%d", i%40, id, k)}, Feed: fmt.Sprintf("f%012x", i%40), Text: r.Article.Text, Title: string(r.Article.Title),
			Publisher: string(r.Article.Publisher), Published: string(r.Article.Published), PublishedBasis: news.PublishedMetadata, Action: news.Publish}
		address[id] = store.ArticleID(d.Addresses[0])
		replace = append(replace, `"`+id+`"`, `"`+address[id]+`"`)
		c.Entries = append(c.Entries, store.Entry{Delivery: d, Record: r, At: newest.AddDate(0, 0, -back)})
	}
	if _, err := s.Commit(ctx, c); err != nil {
		return err
	}
	for _, id := range t.ledgerIDs {
		replace = append(replace, `"`+id+`"`, fmt.Sprintf(`"%s%05d"`, id, k))
	}
	for _, name := range t.names {
		replace = append(replace, `"`+name+`"`, `"`+renamed(name, k)+`"`)
	}
	now, err := s.Settlement(ctx)
	if err != nil {
		return err
	}
	out := store.Settled{Turn: now.Turn, At: newest, Batches: []store.Batch{{N: 1, Opened: newest}}}
	waiting, err := s.Unsettled(ctx, 2*len(t.ids))
	if err != nil {
		return err
	}
	out.Done = waiting
	again := strings.NewReplacer(replace...)
	for _, st := range t.stories {
		var x store.SettledStory
		for _, part := range []struct{ from, into any }{{st.Story, &x.Story}, {st.Events, &x.Events}, {st.Claims, &x.Claims}, {st.Who, &x.Who}} {
			raw, err := json.Marshal(part.from)
			if err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(earlier(again.Replace(string(raw)), back)), part.into); err != nil {
				return err
			}
		}
		x.Key, x.Row, x.Told, x.Ledger = x.Story.ID, row(x), len(x.Story.Members), true
		out.Stories = append(out.Stories, x)
		origin := map[string]string{}
		for _, o := range x.Story.Origins {
			for _, copied := range o.Copies {
				origin[copied.Article] = o.Article
			}
		}
		for _, m := range x.Story.Members {
			from := m.Article
			if o := origin[m.Article]; o != "" {
				from = o
			}
			out.Articles = append(out.Articles, store.SettledArticle{Article: m.Article, Story: x.Story.ID, Origin: from, Batch: 1})
		}
	}
	t.actorsOf(&out, address, k, back)
	return s.Settle(ctx, out)
}

// actorsOf makes an actor of each name.
func (t *telling) actorsOf(out *store.Settled, address map[string]string, k, back int) {
	actors := map[string]*news.Actor{}
	for _, id := range t.ids {
		for _, e := range t.records[id].Entities {
			a := actors[e.Name]
			if a == nil {
				a = &news.Actor{ID: fmt.Sprintf("x%05d-%d", k, len(actors)), Type: e.Type, Name: renamed(e.Name, k), Country: e.Country, Sectors: e.Sectors, Place: e.Place,
					First: news.Optional(earlier(string(t.records[id].Article.Published), back)), Names: []news.ActorName{{Name: renamed(e.Name, k), Articles: 1}}}
				for _, r := range e.Roles {
					a.Roles = append(a.Roles, news.ActorRole{Title: r.Title, Of: r.Of, First: a.First, Last: a.First, Articles: 1, Evidence: news.Evidence{Article: address[id], Span: r.Span}})
				}
				actors[e.Name] = a
			}
			a.Articles++
			a.Last = news.Optional(earlier(string(t.records[id].Article.Published), back))
			out.Profiles = append(out.Profiles, store.Profile{Article: address[id], Entity: e.ID, Actor: a.ID, Block: a.ID, Body: []byte(`{}`)})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(actors)) {
		out.Actors = append(out.Actors, store.BlockActor{Block: actors[name].ID, Actor: *actors[name]})
	}
}

// row is what lists show of a story.
func row(x store.SettledStory) store.StoryRow {
	s := x.Story
	r := store.StoryRow{ID: s.ID, Title: s.Title, First: s.First, Last: s.Last, Place: s.Place, Types: s.Types, Articles: len(s.Members), Origins: len(s.Origins), Events: len(x.Events), Claims: len(x.Claims)}
	for _, p := range s.Parties {
		r.Parties = append(r.Parties, p.Name)
	}
	most := 0
	for _, e := range x.Events {
		if e.Contested {
			r.Contested++
		}
		if e.Origins > most && len(e.Tolls) > 0 {
			most, r.Tolls = e.Origins, e.Tolls
		}
	}
	for _, c := range x.Claims {
		if c.Contested {
			r.Contested++
		}
	}
	return r
}

// renamed is a name as the k-th telling has it; some return.
func renamed(name string, k int) string { return fmt.Sprintf("%s %c%c", name, 'A'+k%26, 'a'+k/26%26) }

var dates = regexp.MustCompile(`20[123]\d-\d\d-\d\d`)

// earlier puts all days back.
func earlier(s string, days int) string {
	return dates.ReplaceAllStringFunc(s, func(d string) string {
		t, err := time.Parse(time.DateOnly, d)
		if err != nil {
			return d
		}
		return t.AddDate(0, 0, -days).Format(time.DateOnly)
	})
}

// copyOf is an example's record as the k-th telling has it. Its text stays.
func (t *telling) copyOf(id string, k, back int) *news.Record {
	r := *t.records[id]
	day := func(o news.Optional) news.Optional { return news.Optional(earlier(string(o), back)) }
	r.Article.ID, r.Article.URL, r.Article.Published = "", "", day(r.Article.Published)
	r.Entities, r.Events = slices.Clone(r.Entities), slices.Clone(r.Events)
	for i := range r.Entities {
		r.Entities[i].Name = renamed(r.Entities[i].Name, k)
	}
	for i := range r.Events {
		r.Events[i].Time.Earliest, r.Events[i].Time.Latest = day(r.Events[i].Time.Earliest), day(r.Events[i].Time.Latest)
	}
	return &r
}

// who finds the entities that take a stand, by name.
func who(claims []news.Claim, records map[string]*news.Record) map[string]news.ActorRef {
	out := map[string]news.ActorRef{}
	for _, c := range claims {
		for _, s := range c.Stances {
			for _, e := range records[s.Article].Entities {
				if e.Name == s.Source.Name {
					out[s.ID] = news.ActorRef{Article: s.Article, Entity: e.ID}
				}
			}
		}
	}
	return out
}
