package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// findView is a query and its answer.
type findView struct {
	Query  string
	Kind   query.Kind
	Kinds  []query.Kind
	As     string
	Shapes []string
	Wrong  *query.Error
	Cursor bool // the cursor was not of this query
	Page   *query.Page
	Total  string
	Next   string
	Base   url.Values
	Map    pair
	Line   pair
	Fields []query.FieldInfo
	Files  []fileLink
}

// fileLink is a form in which what was found can be had as a file, or followed
// as a feed, from the API.
type fileLink struct{ Name, What, Href string }

func files(v *findView) []fileLink {
	var out []fileLink
	for _, f := range export.Formats() {
		if f.Fits(v.Kind) {
			q := url.Values{"kind": {string(v.Kind)}, "q": {v.Query}}
			out = append(out, fileLink{f.Name, f.What, "/v1/exports/" + url.PathEscape(f.Name) + "?" + q.Encode()})
		}
	}
	return out
}

// Link is the address of this search with one thing changed.
func (v findView) Link(name, value string) string {
	q := url.Values{}
	for k, x := range v.Base {
		q[k] = x
	}
	q.Set(name, value)
	if name == "kind" {
		q.Del("as")
	}
	return "/search?" + q.Encode()
}

// shapes are the forms in which the rows of a kind can be seen.
var shapes = map[query.Kind][]string{
	query.Events: {"list", "timeline", "map", "table"}, query.Stories: {"list", "timeline", "map", "table"}, query.Statements: {"list", "timeline", "table"},
	query.Articles: {"list", "timeline", "table"}, query.Figures: {"list", "timeline", "table"}, query.Claims: {"list", "timeline", "table"}, query.Actors: {"list", "table"},
}

func (d *desk) find(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := findView{Query: q.Get("q"), Kind: query.Kind(q.Get("kind")), Kinds: query.Kinds(), As: q.Get("as"), Fields: query.Fields()}
	if !slices.Contains(v.Kinds, v.Kind) {
		v.Kind = query.Statements
	}
	v.Shapes = shapes[v.Kind]
	if !slices.Contains(v.Shapes, v.As) {
		v.As = "list"
	}
	v.Base = url.Values{"q": {v.Query}, "kind": {string(v.Kind)}, "as": {v.As}}
	title := "Search"
	if v.Query != "" {
		title = "Search: " + clip(60, v.Query)
	}
	parsed, err := query.Parse(v.Query)
	if errors.As(err, &v.Wrong) {
		return d.show(w, r, http.StatusBadRequest, "search", title, v)
	}
	if err != nil {
		return wrap("parse the query", err)
	}
	s := query.Search{Kind: v.Kind, Query: parsed, Now: d.Now(), Limit: 20, Cursor: q.Get("cursor")}
	if v.As == "map" || v.As == "timeline" {
		s.Limit = drawn
	}
	page, err := d.Store.Search(r.Context(), s)
	if errors.Is(err, query.ErrCursor) {
		v.Cursor, s.Cursor = true, ""
		page, err = d.Store.Search(r.Context(), s)
	}
	if err != nil {
		return wrap("search", err)
	}
	v.Page, v.Total, v.Files = &page, total(&page), files(&v)
	if page.Next != "" {
		v.Next = v.Link("cursor", page.Next)
	}
	if v.As == "timeline" {
		v.Line = timeline(wholeWidth, "What was found, in time", momentsOf(&page))
	}
	if v.As == "map" {
		v.Map = d.worldMap(wholeWidth, "What was found, on the map", spotsOf(&page))
	}
	return d.show(w, r, http.StatusOK, "search", title, v)
}

// drawn is how many rows a picture shows at once.
const drawn = 60

// total says how many rows there are on all pages.
func total(p *query.Page) string {
	word := map[query.Kind]string{query.Articles: "article", query.Statements: "statement", query.Events: "event", query.Stories: "story", query.Claims: "claim", query.Figures: "figure", query.Actors: "actor"}[p.Kind]
	if p.More {
		return fmt.Sprintf("more than %s", plural(p.Total, word))
	}
	return plural(p.Total, word)
}

func moments(rows []query.EventRow) []picture.Moment {
	var out []picture.Moment
	for i := range rows {
		out = append(out, rowMoment(&rows[i]))
	}
	return out
}

// momentsOf are the rows of a page in time.
func momentsOf(p *query.Page) []picture.Moment {
	out := moments(p.Events)
	for _, a := range p.Articles {
		out = append(out, picture.Moment{Earliest: string(a.Published), Latest: string(a.Published), Label: string(a.Title), Href: articlePath(a.ID)})
	}
	for _, s := range p.Statements {
		who := "no source named"
		if s.Speaker != nil {
			who = s.Speaker.Name
		}
		out = append(out, picture.Moment{Earliest: string(s.SaidFirst), Latest: string(s.SaidLast), Label: who + ": " + clip(70, s.Words), Href: rowPath(s.Article.ID, s.ID)})
	}
	for _, s := range p.Stories {
		out = append(out, picture.Moment{Earliest: string(s.First), Latest: string(s.Last), Label: s.Title, Note: plural(s.Articles, "article"), Contested: s.Contested > 0, Href: "/stories/" + url.PathEscape(s.ID)})
	}
	for _, f := range p.Figures {
		g := newGivenView(f.Figure)
		at := firstOf(string(f.SaidAt), string(f.Published))
		out = append(out, picture.Moment{Earliest: at, Latest: at, Label: g.Number + " " + string(f.Kind) + ", " + g.Who, Href: g.Href})
	}
	for _, c := range p.Claims {
		if len(c.Stances) > 0 {
			last := c.Stances[len(c.Stances)-1]
			out = append(out, picture.Moment{Earliest: string(c.Stances[0].SaidAt), Latest: string(last.SaidAt), Label: clip(90, c.Words.Text), Contested: c.Contested, Href: "/claims/" + url.PathEscape(c.ID)})
		}
	}
	return out
}

// spotsOf are the rows of a page on the map.
func spotsOf(p *query.Page) []picture.Spot {
	var out []picture.Spot
	for i := range p.Events {
		if s, ok := rowSpot(&p.Events[i]); ok {
			out = append(out, s)
		}
	}
	for _, s := range p.Stories {
		if s.Place != nil {
			out = append(out, picture.Spot{Place: s.Place.Place, Name: s.Place.Name, What: s.Title, Contested: s.Contested > 0, Href: "/stories/" + url.PathEscape(s.ID)})
		}
	}
	return out
}
