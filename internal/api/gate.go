package api

import (
	"context"
	"errors"
	"reflect"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/rights"
	"github.com/onrecord/onrecord/internal/store"
)

// gate keeps back words that a source's rights do not let out, and counts the
// offsets of evidence in code points. It is made for one request.
type gate struct {
	store  store.Store
	rights rights.Gate
	inside bool
	seen   map[string]*source // by article
}

// source is what the gate knows of an article.
type source struct {
	rights news.Rights
	text   string
	gone   bool
}

func (s *server) gate(ctx context.Context) (*gate, error) {
	g := &gate{store: s.Store, inside: isInside(ctx), seen: make(map[string]*source)}
	feeds, err := s.Store.Feeds(ctx)
	g.rights = rights.NewGate(feeds)
	return g, err
}

func (g *gate) of(feed news.Optional) news.Rights {
	if g.inside {
		return news.RightsFull
	}
	return g.rights.Of(string(feed))
}

// article looks an article up, with its text.
func (g *gate) article(ctx context.Context, id string) (*source, error) {
	if a := g.seen[id]; a != nil {
		return a, nil
	}
	a, err := g.store.Article(ctx, id)
	var r *news.Record
	if err == nil && a.State == store.Live {
		r, err = g.store.Record(ctx, id, 0)
	}
	s := &source{gone: r == nil}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if r != nil {
		s.rights, s.text = g.of(news.Optional(a.Feed)), r.Article.Text
	}
	g.seen[id] = s
	return s, nil
}

func (g *gate) row(a *query.ArticleRow) news.Rights {
	r := g.of(a.Feed)
	a.Title = news.Optional(rights.Passage(r, string(a.Title)))
	return r
}

// page keeps back words of a page's rows.
func (g *gate) page(ctx context.Context, p *query.Page) error {
	for i := range p.Articles {
		g.row(&p.Articles[i])
	}
	for i := range p.Statements {
		s := &p.Statements[i]
		r := g.row(&s.Article)
		s.Words = rights.Passage(r, s.Words)
		if s.Speaker != nil {
			s.Speaker.Words = rights.Passage(r, s.Speaker.Words)
		}
	}
	for i := range p.Events {
		e := &p.Events[i]
		r := g.row(&e.Article)
		e.Words = rights.Passage(r, e.Words)
		for _, all := range [][]query.Name{e.Actors, e.Recipients} {
			for j := range all {
				all[j].Words = rights.Passage(r, all[j].Words)
			}
		}
		for j := range e.Counts {
			e.Counts[j].Words = rights.Passage(r, e.Counts[j].Words)
		}
	}
	for _, v := range []any{p.Claims, p.Figures} {
		if err := g.evidence(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// evidence walks through a value and deals with each news.Evidence in it.
func (g *gate) evidence(ctx context.Context, v any) error {
	return g.walk(ctx, reflect.ValueOf(v))
}

var evidenceType = reflect.TypeFor[news.Evidence]()

func (g *gate) walk(ctx context.Context, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return g.walk(ctx, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := g.walk(ctx, v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		if v.Type() == evidenceType {
			return g.one(ctx, v.Addr().Interface().(*news.Evidence))
		}
		for i := range v.NumField() {
			if err := g.walk(ctx, v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *gate) one(ctx context.Context, e *news.Evidence) error {
	if e.Article == "" {
		return nil
	}
	a, err := g.article(ctx, e.Article)
	if err != nil {
		return err
	}
	// The text may be a later version than the ledger was made of.
	if a.gone || e.Start < 0 || e.End < e.Start || e.End > len(a.text) || a.text[e.Start:e.End] != e.Text {
		e.Start, e.End = 0, 0
		if a.gone {
			e.Text = ""
		}
	} else {
		start := utf8.RuneCountInString(a.text[:e.Start])
		e.Start, e.End = start, start+utf8.RuneCountInString(e.Text)
	}
	e.Text = rights.Passage(a.rights, e.Text)
	return nil
}
