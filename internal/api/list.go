package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// Page is one page of a list.
type Page[T any] struct {
	Total int    `json:"total" doc:"how many there are on all pages"`
	More  bool   `json:"more" doc:"there are more than total"`
	Next  string `json:"next" doc:"cursor of the next page; empty on the last"`
	Items []T    `json:"items" nullable:"false"`
}

// Found is a page of a search.
type Found struct {
	Kind       query.Kind           `json:"kind"`
	Total      int                  `json:"total" doc:"how many there are on all pages"`
	More       bool                 `json:"more" doc:"there are more than total"`
	Next       string               `json:"next" doc:"cursor of the next page; empty on the last"`
	Articles   []query.ArticleRow   `json:"articles,omitempty"`
	Statements []query.StatementRow `json:"statements,omitempty"`
	Events     []query.EventRow     `json:"events,omitempty"`
	Stories    []query.StoryRow     `json:"stories,omitempty"`
	Claims     []query.ClaimRow     `json:"claims,omitempty"`
	Figures    []query.FigureRow    `json:"figures,omitempty"`
	Actors     []query.ActorRow     `json:"actors,omitempty"`
}

// Asking is what every list is asked with.
type Asking struct {
	Q      string `query:"q" doc:"the query; docs/query-syntax.md" example:"type:PROTEST place:Bergen"`
	Cursor string `query:"cursor" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"20" doc:"rows of a page; at most 100 for claims and figures"`
}

// mostHeavy is how many claims or figures a page has: each looks into the texts
// of its articles.
const mostHeavy = 100

// find answers a search and keeps back what may not leave.
func (s *server) find(ctx context.Context, kind query.Kind, in Asking) (query.Page, error) {
	q, err := query.Parse(in.Q)
	if err != nil {
		return query.Page{}, problemOf(err)
	}
	if kind == query.Claims || kind == query.Figures {
		in.Limit = min(in.Limit, mostHeavy)
	}
	page, err := s.Store.Search(ctx, query.Search{Kind: kind, Query: q, Now: s.Now(), Limit: in.Limit, Cursor: in.Cursor})
	if err != nil {
		return query.Page{}, problemOf(err)
	}
	g, err := s.gate(ctx)
	if err == nil {
		err = g.page(ctx, &page)
	}
	return page, problemOf(err)
}

// list adds a list of one kind.
func list[T any](s *server, kind query.Kind, path, summary string, rows func(*query.Page) []T) {
	type output struct{ Body Page[T] }
	huma.Register(s.api, s.operation("list-"+path, "/"+path, summary, path), func(ctx context.Context, in *Asking) (*output, error) {
		p, err := s.find(ctx, kind, *in)
		if err != nil {
			return nil, err
		}
		items := rows(&p)
		if items == nil {
			items = []T{}
		}
		return &output{Page[T]{Total: p.Total, More: p.More, Next: p.Next, Items: items}}, nil
	})
}

func (s *server) lists() {
	list(s, query.Articles, "articles", "Articles", func(p *query.Page) []query.ArticleRow { return p.Articles })
	list(s, query.Statements, "statements", "Statements: who said what", func(p *query.Page) []query.StatementRow { return p.Statements })
	list(s, query.Events, "events", "Events of single articles", func(p *query.Page) []query.EventRow { return p.Events })
	list(s, query.Stories, "stories", "Stories", func(p *query.Page) []query.StoryRow { return p.Stories })
	list(s, query.Claims, "claims", "Claims, and who stands where on them", func(p *query.Page) []query.ClaimRow { return p.Claims })
	list(s, query.Figures, "figures", "Figures that sources gave", func(p *query.Page) []query.FigureRow { return p.Figures })
	list(s, query.Actors, "entities", "Entities across articles: persons, bodies, groups, countries, places", func(p *query.Page) []query.ActorRow { return p.Actors })

	type searching struct {
		Asking
		Kind string `query:"kind" default:"articles" enum:"articles,statements,events,stories,claims,figures,actors" doc:"what is searched for"`
	}
	type found struct{ Body Found }
	huma.Register(s.api, s.operation("search", "/search", "Search for one kind of thing", "search"), func(ctx context.Context, in *searching) (*found, error) {
		p, err := s.find(ctx, query.Kind(in.Kind), in.Asking)
		if err != nil {
			return nil, err
		}
		return &found{Found{
			Kind: p.Kind, Total: p.Total, More: p.More, Next: p.Next, Articles: p.Articles, Statements: p.Statements, Events: p.Events,
			Stories: p.Stories, Claims: p.Claims, Figures: p.Figures, Actors: p.Actors,
		}}, nil
	})

	type suggesting struct {
		Q     string `query:"q" required:"true" maxLength:"200" doc:"the beginning of a name, or of a word of it"`
		Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10"`
	}
	type suggested struct{ Body Page[query.Suggestion] }
	huma.Register(s.api, s.operation("suggest", "/suggest", "Names that begin with what was typed", "search"), func(ctx context.Context, in *suggesting) (*suggested, error) {
		all, err := s.Store.Suggest(ctx, in.Q, in.Limit)
		if err != nil {
			return nil, problemOf(err)
		}
		return &suggested{Page[query.Suggestion]{Total: len(all), Items: all}}, nil
	})

	type placing struct {
		Name   string `query:"name" maxLength:"200" doc:"a name that the place goes by; any where not given"`
		Cursor string `query:"cursor"`
		Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"20"`
	}
	type places struct{ Body Places }
	huma.Register(s.api, s.operation("list-places", "/places", "Places, those first that most articles name", "places"), func(ctx context.Context, in *placing) (*places, error) {
		rows, err := s.Store.Actors(ctx, store.ActorListing{Name: in.Name, Type: news.PlaceEntity, Before: in.Cursor, Limit: in.Limit + 1})
		if err != nil {
			return nil, problemOf(err)
		}
		out := &places{Places{Items: []query.ActorRow{}}}
		for i, r := range rows {
			if i == in.Limit {
				out.Body.Next = rows[i-1].Cursor
				break
			}
			out.Body.Items = append(out.Body.Items, query.ActorRow{ID: r.ID, Type: r.Type, Name: r.Name, Country: r.Country, Articles: r.Articles, First: r.First, Last: r.Last})
		}
		return out, nil
	})
}

// Places is a page of places.
type Places struct {
	Next  string           `json:"next" doc:"cursor of the next page; empty on the last"`
	Items []query.ActorRow `json:"items" nullable:"false"`
}
