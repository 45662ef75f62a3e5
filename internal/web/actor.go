package web

import (
	"net/http"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// actorView is one person or body across articles.
type actorView struct {
	news.Actor
	Said, Of, By, To found // newest of each
	Changes          []actorTurn
	Claims           []claimView
	Articles         []store.Article
	More             string // address of older articles
	Timeline         pair
}

// found is the newest rows of a query, and where all are.
type found struct {
	Total string
	Href  string
	Rows  any
}

type actorTurn struct {
	turnView
	Claim claimView
}

// actorRows is how many of each an actor's page shows.
const actorRows = 8

func (d *desk) actor(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	a, err := d.Store.Actor(ctx, id)
	if err != nil {
		return wrap("actor "+id, err)
	}
	if isPrivate(&a) {
		return &refusal{http.StatusForbidden, "A private person", "There are no pages on private persons: somebody who holds no office and speaks for nobody. What was said is in the articles."}
	}
	v := actorView{Actor: a}
	claims, err := d.Store.Claims(ctx, store.ClaimListing{Actor: id, Limit: 40})
	if err != nil {
		return wrap("claims of "+id, err)
	}
	for _, c := range claims {
		x := newClaimView(c.Claim)
		for i, t := range c.Changed {
			if t.Source == a.Name || hasName(&a, t.Source) {
				v.Changes = append(v.Changes, actorTurn{x.Changed[i], x})
			}
		}
		if c.Contested && len(v.Claims) < actorRows {
			v.Claims = append(v.Claims, x)
		}
	}
	if v.Articles, err = d.Store.ActorArticles(ctx, id, before(r), 10); err != nil {
		return wrap("articles of "+id, err)
	}
	v.More = older(r, v.Articles, 10)
	var over []picture.Moment
	for _, part := range []struct {
		into  *found
		kind  query.Kind
		field query.Field
	}{{&v.Said, query.Statements, query.Speaker}, {&v.Of, query.Statements, query.About}, {&v.By, query.Events, query.Actor}, {&v.To, query.Events, query.Recipient}} {
		q := query.Query{Root: query.Term{Field: part.field, Value: a.Name}}
		page, err := d.Store.Search(ctx, query.Search{Kind: part.kind, Query: q, Now: d.Now(), Limit: actorRows})
		if err != nil {
			return wrap(string(part.field)+" "+a.Name, err)
		}
		*part.into = found{Total: total(&page), Href: searchFor(string(part.kind), q.String()), Rows: page}
		if part.field != query.About {
			over = append(over, momentsOf(&page)...)
		}
	}
	v.Timeline = timeline(halfWidth, "What "+a.Name+" said and did, and what was done to them", over)
	return d.show(w, r, http.StatusOK, "actor", a.Name, v)
}

// isPrivate reports whether somebody is a person without any office, and in no
// open register.
func isPrivate(a *news.Actor) bool {
	return a.Type == news.Person && len(a.Roles) == 0 && !a.Identifiers.Wikidata.Known()
}

func hasName(a *news.Actor, name string) bool {
	for _, n := range a.Names {
		if n.Name == name {
			return true
		}
	}
	return false
}
