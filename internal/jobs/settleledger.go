package jobs

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// account makes what is written of the affected stories: under which ids they go
// on, where their articles are, their events and claims, and what changed.
func (s *Settler) account(ctx context.Context, w *work, a *affected, out *store.Settled) error {
	parts := a.parts()
	ids, err := s.name(ctx, a, parts)
	if err != nil {
		return err
	}
	words, err := s.o.Store.Joinings(ctx)
	if err != nil {
		return err
	}
	c := corrections(words)
	for _, p := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.accountOf(ctx, w, a, p, ids, c, out); err != nil {
			return err
		}
	}
	return nil
}

func corrections(words []store.Joining) ledger.Corrections {
	var c ledger.Corrections
	for _, j := range words {
		if j.Object != "event" {
			continue
		}
		pair := [2]news.EventRef{{Article: j.One.Article, Event: j.One.ID}, {Article: j.Two.Article, Event: j.Two.ID}}
		if j.Together {
			c.Together = append(c.Together, pair)
		} else {
			c.Apart = append(c.Apart, pair)
		}
	}
	return c
}

// lag is the part of a story, one in so many, that may be new before its events
// and claims are made again while more is coming: those of 5,000 articles take
// seconds.
const lag = 50

func (s *Settler) accountOf(ctx context.Context, w *work, a *affected, p part, ids map[string]string, c ledger.Corrections, out *store.Settled) error {
	simple := len(p.keys) == 1 && len(p.ids) == 1
	if simple && !w.force {
		was, now := a.was[p.ids[0]], a.now[p.keys[0]]
		more := len(now.Members) - was.Told
		moved := !slices.Equal(slices.Sorted(slices.Values(was.Articles)), slices.Sorted(slices.Values(articlesOf(now)))) || more != 0 ||
			slices.ContainsFunc(now.Members, func(m news.StoryMember) bool { return w.dirty[m.Article] })
		if more > 0 && more <= was.Told/lag && !w.whole {
			moved = false
		}
		if !moved {
			return s.describeOnly(w, was, now, ids, out)
		}
	}
	before := &ledger.State{}
	var err error
	if before.Events, before.Claims, err = s.o.Store.LedgerOf(ctx, p.ids); err != nil {
		return err
	}
	after := &ledger.State{}
	first, places := len(out.Stories), len(out.Articles)
	for _, key := range p.keys {
		v := s.settledStory(w, a.now[key], ids, out)
		state, records, err := s.tell(ctx, w, &v, c)
		if err != nil {
			return err
		}
		v.Ledger, v.Told = true, len(v.Story.Members)
		v.Who = whoIs(state, records)
		v.Events, v.Claims = state.Events, state.Claims
		after.Events, after.Claims = append(after.Events, state.Events...), append(after.Claims, state.Claims...)
		out.Stories = append(out.Stories, v)
	}
	if err := s.keepIDs(ctx, before, after, out.Stories[first:]); err != nil {
		return err
	}
	changes := ledger.Changes(before, after)
	for _, ch := range changes {
		if ch.Kind == news.ChangeMerged || ch.Kind == news.ChangeDeleted {
			out.Dropped = append(out.Dropped, ch.ID)
		}
	}
	storyChanges := s.storyChanges(a, p, out.Stories[first:])
	for _, ch := range storyChanges {
		if ch.Kind == news.ChangeMerged || ch.Kind == news.ChangeDeleted {
			out.Dropped = append(out.Dropped, ch.ID)
		}
	}
	out.Changes = append(append(out.Changes, storyChanges...), changes...)
	if simple && len(changes) == 0 && len(storyChanges) == 0 && a.was[p.ids[0]].Told == out.Stories[first].Told && a.was[p.ids[0]].Key == p.keys[0] {
		out.Stories, out.Articles = out.Stories[:first], out.Articles[:places] // nothing to write
	}
	return nil
}

// settledStory makes what is written of a story, and of the places of its
// articles.
func (s *Settler) settledStory(w *work, v news.Story, ids map[string]string, out *store.Settled) store.SettledStory {
	key := v.ID
	v.ID = ids[key]
	links := []news.StoryLink{}
	for _, l := range v.Links {
		if id := s.idOf(l.Story, ids); id != "" {
			l.Story = id
			links = append(links, l)
		}
	}
	v.Links = links
	for _, o := range v.Origins {
		s.placed(w, o.Article, v.ID, o.Article, out)
		for _, c := range o.Copies {
			s.placed(w, c.Article, v.ID, o.Article, out)
		}
	}
	r := store.StoryRow{ID: v.ID, Title: v.Title, First: v.First, Last: v.Last, Place: v.Place, Types: v.Types, Articles: len(v.Members), Origins: len(v.Origins), Parties: []string{}, Tolls: []news.Toll{}}
	for _, p := range v.Parties {
		r.Parties = append(r.Parties, p.Name)
	}
	return store.SettledStory{Key: key, Story: v, Row: r}
}

// idOf is the id of the story of a key; "" where it has none.
func (s *Settler) idOf(key string, ids map[string]string) string {
	if id := ids[key]; id != "" {
		return id
	}
	if id := s.ids[key]; id != "" {
		return id
	}
	window := s.live
	if window == nil {
		window = s.closed
	}
	if m := window.Members(key); len(m) > 0 {
		return s.place[m[0]]
	}
	return ""
}

func (s *Settler) placed(w *work, article, story, origin string, out *store.Settled) {
	a := store.SettledArticle{Article: article, Story: story, Origin: origin, Batch: s.batch.N}
	if sk := s.open[article]; sk != nil {
		if w.dirty[article] || s.place[article] == "" {
			a.Sketch, _ = sk.MarshalBinary() // without one it is made of the record
		}
	} else {
		a.Batch = 0 // as it was
	}
	out.Articles = append(out.Articles, a)
}

// tell makes the ledger of a story.
func (s *Settler) tell(ctx context.Context, w *work, v *store.SettledStory, c ledger.Corrections) (*ledger.State, map[string]*news.Record, error) {
	records := map[string]*news.Record{}
	var in []ledger.Article
	for _, o := range v.Story.Origins {
		ids := []string{o.Article}
		for _, cp := range o.Copies {
			ids = append(ids, cp.Article)
		}
		for _, id := range ids {
			r := w.records[id]
			if r == nil {
				var err error
				if r, err = s.current(ctx, id); err != nil {
					return nil, nil, err
				}
			}
			if r == nil {
				continue // withdrawn meanwhile: the next pass takes it out
			}
			records[id] = r
			in = append(in, ledger.Article{ID: id, Record: r, Published: string(r.Article.Published), Outlet: string(r.Article.Publisher), Origin: o.Article, Story: v.Story.ID})
		}
	}
	state, err := ledger.Build(ctx, in, c)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range state.Notes {
		s.o.Log.Info("ledger_note", "article", n.Article, "note", n.Text)
	}
	tallyRow(&v.Row, state)
	return state, records, nil
}

// tallyRow counts for the list of stories.
func tallyRow(r *store.StoryRow, state *ledger.State) {
	r.Events, r.Claims = len(state.Events), len(state.Claims)
	most := -1
	for i := range state.Events {
		v := &state.Events[i]
		if v.Contested {
			r.Contested++
		}
		if len(v.Tolls) > 0 && (most < 0 || v.Origins > state.Events[most].Origins) {
			most = i
		}
	}
	for _, c := range state.Claims {
		if c.Contested {
			r.Contested++
		}
	}
	if most >= 0 {
		for _, t := range state.Events[most].Tolls {
			t.Figures, t.Differences = nil, nil
			r.Tolls = append(r.Tolls, t)
		}
	}
}

// keepIDs gives events and claims the ids that they had.
func (s *Settler) keepIDs(ctx context.Context, before, after *ledger.State, stories []store.SettledStory) error {
	var want []string
	for i := range after.Events {
		want = append(want, after.Events[i].ID)
	}
	for i := range after.Claims {
		want = append(want, after.Claims[i].ID)
	}
	taken, err := s.taken(ctx, want)
	if err != nil {
		return err
	}
	renamed := make([]string, 0, len(want))
	ledger.Keep(before, after, taken.has)
	for i := range after.Events {
		renamed = append(renamed, after.Events[i].ID)
	}
	for i := range after.Claims {
		renamed = append(renamed, after.Claims[i].ID)
	}
	to := map[string]string{}
	for i, id := range want {
		to[id] = renamed[i]
	}
	e, c := 0, 0
	for i := range stories {
		v := &stories[i]
		copy(v.Events, after.Events[e:])
		copy(v.Claims, after.Claims[c:])
		e, c = e+len(v.Events), c+len(v.Claims)
		who := make(map[string]news.ActorRef, len(v.Who))
		for k, ref := range v.Who {
			id, rest, more := strings.Cut(k, " ")
			if more {
				k = to[id] + " " + rest
			}
			who[k] = ref
		}
		v.Who = who
	}
	return taken.err
}

// describeOnly writes a story whose events and claims stay as they are for now.
func (s *Settler) describeOnly(w *work, was store.SettledStory, now news.Story, ids map[string]string, out *store.Settled) error {
	places := len(out.Articles)
	v := s.settledStory(w, now, ids, out)
	v.Told = was.Told
	v.Row.Events, v.Row.Claims, v.Row.Contested, v.Row.Tolls = was.Row.Events, was.Row.Claims, was.Row.Contested, was.Row.Tolls
	fields := ledger.Differing(was.Story, v.Story)
	if len(fields) == 0 && was.Key == v.Key {
		out.Articles = out.Articles[:places]
		return nil
	}
	out.Stories = append(out.Stories, v)
	if len(fields) > 0 {
		out.Changes = append(out.Changes, news.Change{Kind: news.ChangeUpdated, Object: "story", ID: v.Story.ID, Fields: fields})
	}
	return nil
}

// storyChanges lists what is other about the stories of a part.
func (s *Settler) storyChanges(a *affected, p part, now []store.SettledStory) []news.Change {
	var out []news.Change
	in := map[string]string{} // article → id
	is := map[string]bool{}
	for _, v := range now {
		is[v.Story.ID] = true
		for _, m := range v.Story.Members {
			in[m.Article] = v.Story.ID
		}
		c := news.Change{Kind: news.ChangeCreated, Object: "story", ID: v.Story.ID, Fields: []string{}}
		if was, there := a.was[v.Story.ID]; there {
			if c.Kind, c.Fields = news.ChangeUpdated, ledger.Differing(was.Story, v.Story); len(c.Fields) == 0 {
				continue
			}
		}
		out = append(out, c)
	}
	for _, id := range p.ids {
		if is[id] {
			continue
		}
		c := news.Change{Kind: news.ChangeDeleted, Object: "story", ID: id, Fields: []string{}}
		votes := map[string]int{}
		for _, m := range a.was[id].Articles {
			if to := in[m]; to != "" {
				votes[to]++
			}
		}
		for _, to := range slices.Sorted(maps.Keys(votes)) {
			if c.Into == "" || votes[to] > votes[string(c.Into)] {
				c.Kind, c.Into = news.ChangeMerged, news.Optional(to)
			}
		}
		out = append(out, c)
	}
	return out
}
