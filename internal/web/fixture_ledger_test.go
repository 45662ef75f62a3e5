package web_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/story"
)

// across is a memory with what its articles say together.
type across struct {
	*memory
	stories map[string]news.Story
	storyOf map[string]string
	state   *ledger.State
	actors  map[string]news.Actor
	actorOf map[[2]string]string
	asked   []query.Search
}

// newAcross joins the example stories as the program does.
func newAcross(t testing.TB) *across {
	t.Helper()
	m := newMemory(t)
	x := &across{memory: m, stories: map[string]news.Story{}, storyOf: map[string]string{}, actors: map[string]news.Actor{}, actorOf: map[[2]string]string{}}
	window := story.New(story.Options{})
	ids := slices.SortedFunc(maps.Keys(m.articles), func(a, b string) int {
		return cmp.Or(cmp.Compare(m.articles[a].Published, m.articles[b].Published), cmp.Compare(a, b))
	})
	var in []ledger.Article
	for _, id := range ids {
		r := m.records[id][0]
		a := story.Of(r)
		a.ID = id
		window.Add(story.NewSketch(a))
		in = append(in, ledger.Article{ID: id, Record: r, Published: m.articles[id].Published, Outlet: m.articles[id].Publisher, Origin: id})
	}
	for _, c := range window.Settle(time.Time{}).Copies {
		for i := range in {
			if in[i].ID == c.Article {
				in[i].Origin = c.Of
			}
		}
	}
	for i := range in {
		key := window.StoryOf(in[i].ID)
		in[i].Story, x.storyOf[in[i].ID] = key, key
		if s, ok := window.Story(key); ok {
			x.stories[key] = s
		}
	}
	var err error
	if x.state, err = ledger.Build(context.Background(), in, ledger.Corrections{}); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		for _, e := range m.records[id][0].Entities {
			key := "x" + strings.ReplaceAll(strings.ToLower(e.Name), " ", "-")
			a, ok := x.actors[key]
			if !ok {
				a = news.Actor{ID: key, Type: e.Type, Name: e.Name, Country: e.Country, Names: []news.ActorName{{Name: e.Name, Articles: 1}}, First: news.Optional(m.articles[id].Published)}
			}
			for _, r := range e.Roles {
				a.Roles = append(a.Roles, news.ActorRole{Title: r.Title, Of: r.Of, First: a.First, Last: a.First, Articles: 1})
			}
			a.Articles++
			a.Last = news.Optional(m.articles[id].Published)
			x.actors[key], x.actorOf[[2]string{id, e.ID}] = a, key
		}
	}
	return x
}

func found[T any](m map[string]T, id string) (T, error) {
	v, ok := m[id]
	if !ok {
		return v, store.ErrNotFound
	}
	return v, nil
}

func (x *across) Story(_ context.Context, id string) (news.Story, error) { return found(x.stories, id) }

func (x *across) StoryOf(_ context.Context, article string) (string, error) {
	return found(x.storyOf, article)
}

func (x *across) row(s news.Story) store.StoryRow {
	r := store.StoryRow{ID: s.ID, Title: s.Title, First: s.First, Last: s.Last, Place: s.Place, Types: s.Types, Articles: len(s.Members), Origins: len(s.Origins), Cursor: s.ID}
	most := 0
	for _, e := range x.state.Events {
		if string(e.Story) != s.ID {
			continue
		}
		r.Events++
		if e.Contested {
			r.Contested++
		}
		if e.Origins > most && len(e.Tolls) > 0 {
			most, r.Tolls = e.Origins, e.Tolls
		}
	}
	for _, c := range x.state.Claims {
		if string(c.Story) == s.ID {
			r.Claims++
			if c.Contested {
				r.Contested++
			}
		}
	}
	return r
}

func (x *across) Stories(_ context.Context, l store.StoryListing) ([]store.StoryRow, error) {
	var out []store.StoryRow
	for _, s := range x.stories {
		if r := x.row(s); l.Order != store.StoriesContested || r.Contested > 0 {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b store.StoryRow) int { return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.ID, b.ID)) })
	return out[:min(len(out), l.Limit)], nil
}

func (x *across) ResolvedEvent(_ context.Context, id string) (news.ResolvedEvent, error) {
	for _, e := range x.state.Events {
		if e.ID == id {
			return e, nil
		}
	}
	return news.ResolvedEvent{}, store.ErrNotFound
}

func (x *across) ResolvedEvents(_ context.Context, l store.EventListing) ([]store.EventRow, error) {
	var out []store.EventRow
	for _, e := range x.state.Events {
		if l.Story == "" || string(e.Story) == l.Story {
			out = append(out, store.EventRow{ResolvedEvent: e})
		}
	}
	return out[:min(len(out), l.Limit)], nil
}

func (x *across) EventOf(_ context.Context, article, event string) (string, error) {
	for _, e := range x.state.Events {
		if slices.Contains(e.Members, news.EventRef{Article: article, Event: event}) {
			return e.ID, nil
		}
	}
	return "", store.ErrNotFound
}

func (x *across) Claim(_ context.Context, id string) (news.Claim, error) {
	if id == "cmerged" {
		return news.Claim{}, &store.MergedError{ID: id, Into: x.state.Claims[0].ID}
	}
	for _, c := range x.state.Claims {
		if c.ID == id {
			return c, nil
		}
	}
	return news.Claim{}, store.ErrNotFound
}

func (x *across) Claims(_ context.Context, l store.ClaimListing) ([]store.ClaimRow, error) {
	var out []store.ClaimRow
	for _, c := range x.state.Claims {
		name := x.actors[l.Actor].Name
		mine := slices.ContainsFunc(c.Stances, func(s news.Stance) bool { return s.Source.Name == name }) || slices.Contains(c.About, name)
		if (l.Story == "" || string(c.Story) == l.Story) && (l.Event == "" || string(c.Event) == l.Event) && (!l.Contested || c.Contested) && (l.Actor == "" || mine) {
			out = append(out, store.ClaimRow{Claim: c})
		}
	}
	return out[:min(len(out), l.Limit)], nil
}

func (x *across) Figures(_ context.Context, l store.FigureListing) ([]store.FigureRow, error) {
	var out []store.FigureRow
	for _, e := range x.state.Events {
		for _, f := range e.Figures {
			out = append(out, store.FigureRow{Figure: f, Story: string(e.Story)})
		}
	}
	slices.SortStableFunc(out, func(a, b store.FigureRow) int { return cmp.Compare(b.Published, a.Published) })
	return out[:min(len(out), l.Limit)], nil
}

func (x *across) Actor(_ context.Context, id string) (news.Actor, error) { return found(x.actors, id) }

func (x *across) ActorOf(_ context.Context, article, entity string) (string, error) {
	id, ok := x.actorOf[[2]string{article, entity}]
	if !ok {
		return "", store.ErrNotFound
	}
	return id, nil
}

func (x *across) ActorArticles(_ context.Context, actor string, _ int64, limit int) ([]store.Article, error) {
	var out []store.Article
	for key, id := range x.actorOf {
		if a := x.articles[key[0]]; id == actor && !slices.ContainsFunc(out, func(o store.Article) bool { return o.ID == a.ID }) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b store.Article) int { return cmp.Compare(a.ID, b.ID) })
	return out[:min(len(out), limit)], nil
}

// Search gives all rows of a kind in which the query's words stand; it knows the
// fields of names and "story:". What a query means is the stores' business.
func (x *across) Search(_ context.Context, s query.Search) (query.Page, error) {
	x.asked = append(x.asked, s)
	p := query.Page{Kind: s.Kind}
	if s.Cursor != "" {
		if _, err := s.Find(); err != nil {
			return p, err
		}
	}
	term, _ := s.Query.Root.(query.Term)
	value := strings.ToLower(term.Value)
	fits := func(id string, names ...string) bool {
		if term.Field == query.Story {
			return x.storyOf[id] == term.Value
		}
		return value == "" || strings.Contains(strings.ToLower(strings.Join(names, "\n")), value)
	}
	for _, id := range slices.Sorted(maps.Keys(x.articles)) {
		a, r := x.articles[id], x.records[id][0]
		row := query.ArticleRow{ID: id, Title: news.Optional(a.Title), Publisher: news.Optional(a.Publisher), Published: news.Optional(a.Published), Statements: a.Statements, Events: a.Events}
		names := map[string]string{}
		for _, e := range r.Entities {
			names[e.ID] = e.Name
		}
		if s.Kind == query.Articles && fits(id, a.Title, r.Article.Text) {
			p.Articles = append(p.Articles, row)
		}
		for _, st := range r.Statements {
			x := query.StatementRow{Article: row, ID: st.ID, Words: st.Content[0].Text, Act: st.Act, Form: st.Form, Polarity: st.Polarity, SaidFirst: row.Published, SaidLast: row.Published}
			if st.Source != nil && names[string(st.Source.Entity)] != "" {
				x.Speaker = &query.Name{Entity: st.Source.Entity, Name: names[string(st.Source.Entity)]}
			}
			var about []string
			for _, e := range st.About {
				x.About = append(x.About, query.Name{Name: names[e]})
				about = append(about, names[e])
			}
			who := ""
			if x.Speaker != nil {
				who = x.Speaker.Name
			}
			in := map[query.Field][]string{query.Speaker: {who}, query.About: about}[term.Field]
			if in == nil {
				in = []string{x.Words}
			}
			if s.Kind == query.Statements && fits(id, in...) {
				p.Statements = append(p.Statements, x)
			}
		}
		for _, v := range r.Events {
			x := query.EventRow{Article: row, ID: v.ID, Type: v.Type, Modality: v.Modality, Words: v.Trigger.Text, Earliest: v.Time.Earliest, Latest: v.Time.Latest}
			for _, q := range v.Actors {
				x.Actors = append(x.Actors, query.Name{Name: cmp.Or(names[string(q.Entity)], q.Text)})
			}
			if v.Place != nil {
				for _, e := range r.Entities {
					if e.ID == string(v.Place.Entity) {
						x.Place = &query.Spot{Name: query.Name{Name: e.Name}, Place: e.Place}
					}
				}
			}
			if s.Kind == query.Events && fits(id, x.Words, sides(x.Actors)) {
				p.Events = append(p.Events, x)
			}
		}
	}
	switch s.Kind {
	case query.Stories:
		for _, v := range x.stories {
			r := x.row(v)
			p.Stories = append(p.Stories, query.StoryRow{ID: r.ID, Title: r.Title, First: r.First, Last: r.Last, Place: r.Place, Articles: r.Articles, Origins: r.Origins, Contested: r.Contested})
		}
	case query.Claims:
		for _, c := range x.state.Claims {
			p.Claims = append(p.Claims, query.ClaimRow{Claim: c})
		}
	case query.Figures:
		all, _ := x.Figures(context.Background(), store.FigureListing{Limit: 100})
		for _, f := range all {
			p.Figures = append(p.Figures, query.FigureRow{Figure: f.Figure})
		}
	case query.Actors:
		for _, a := range x.actors {
			p.Actors = append(p.Actors, query.ActorRow{ID: a.ID, Name: a.Name, Type: a.Type, Articles: a.Articles, First: a.First, Last: a.Last})
		}
	}
	p.Total = p.Len()
	n := cmp.Or(s.Limit, query.DefaultLimit)
	p.Articles, p.Statements, p.Events = p.Articles[:min(n, len(p.Articles))], p.Statements[:min(n, len(p.Statements))], p.Events[:min(n, len(p.Events))]
	return p, nil
}

func sides(names []query.Name) string {
	var out []string
	for _, n := range names {
		out = append(out, n.Name)
	}
	return strings.Join(out, ", ")
}

func (x *across) Suggest(_ context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	var out []query.Suggestion
	for _, id := range slices.Sorted(maps.Keys(x.actors)) {
		if a := x.actors[id]; strings.Contains(" "+strings.ToLower(a.Name), " "+strings.ToLower(prefix)) && len(out) < limit {
			out = append(out, query.Suggestion{Name: a.Name, Type: string(a.Type), Actor: id, Articles: a.Articles})
		}
	}
	return out, nil
}
