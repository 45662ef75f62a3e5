package main

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/examples/site"
	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/story"
)

// telling is the example stories: the records, and what was joined of them.
type telling struct {
	ids       []string // of articles, by day
	records   map[string]*news.Record
	stories   []store.SettledStory
	ledgerIDs []string // of stories, events, claims, stances and figures
	names     []string
}

func readTelling(ctx context.Context) (*telling, error) {
	s, err := site.New()
	if err != nil {
		return nil, err
	}
	r, err := reader.New(reader.Options{Version: "bench"})
	if err != nil {
		return nil, err
	}
	t := &telling{records: map[string]*news.Record{}}
	var in []ledger.Article
	var reports []site.Report
	outlet := map[string]string{}
	for _, o := range s.Outlets {
		for _, p := range o.Reports {
			outlet[p.Path] = o.Name
			reports = append(reports, p)
		}
	}
	slices.SortFunc(reports, func(a, b site.Report) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Path, b.Path))
	})
	window := story.New(story.Options{})
	for _, p := range reports {
		record, err := r.Read(ctx, reader.Input{Text: p.Title + "\n\n" + strings.Join(p.Paragraphs, "\n\n"), Title: p.Title, Publisher: outlet[p.Path], Published: p.Published})
		if err != nil {
			return nil, err
		}
		id := "article-" + strings.Trim(strings.ReplaceAll(p.Path, "/", "-"), "-")
		a := story.Of(record)
		a.ID = id
		window.Add(story.NewSketch(a))
		t.ids, t.records[id] = append(t.ids, id), record
		in = append(in, ledger.Article{ID: id, Record: record, Published: p.Published, Outlet: outlet[p.Path], Origin: id})
		for _, e := range record.Entities {
			t.names = append(t.names, e.Name)
		}
	}
	slices.Sort(t.names)
	t.names = slices.Compact(t.names)
	for _, c := range window.Settle(time.Time{}).Copies {
		in[slices.Index(t.ids, c.Article)].Origin = c.Of
	}
	for i := range in {
		in[i].Story = window.StoryOf(in[i].ID)
	}
	state, err := ledger.Build(ctx, in, ledger.Corrections{})
	if err != nil {
		return nil, err
	}
	t.take(window, in, state)
	return t, nil
}

// take parts what was joined by stories.
func (t *telling) take(window *story.Window, in []ledger.Article, state *ledger.State) {
	at := map[string]int{}
	for _, a := range in {
		if _, ok := at[a.Story]; ok {
			continue
		}
		if s, ok := window.Story(a.Story); ok {
			at[a.Story] = len(t.stories)
			t.stories = append(t.stories, store.SettledStory{Story: s})
			t.ledgerIDs = append(t.ledgerIDs, s.ID)
		}
	}
	for _, e := range state.Events {
		x := &t.stories[at[string(e.Story)]]
		x.Events = append(x.Events, e)
		t.ledgerIDs = append(t.ledgerIDs, e.ID)
		for _, f := range e.Figures {
			t.ledgerIDs = append(t.ledgerIDs, f.ID)
		}
	}
	for _, c := range state.Claims {
		x := &t.stories[at[string(c.Story)]]
		x.Claims = append(x.Claims, c)
		t.ledgerIDs = append(t.ledgerIDs, c.ID)
		for _, s := range c.Stances {
			t.ledgerIDs = append(t.ledgerIDs, s.ID)
		}
	}
	for i := range t.stories {
		t.stories[i].Who = who(t.stories[i].Claims, t.records)
	}
}
