package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// pair is a picture in the form for a desk and that for a telephone; the style
// sheet shows one of them.
type pair struct{ Wide, Narrow template.HTML }

// The widths of the forms, in pixels: half a page, a whole one, a telephone.
const (
	halfWidth   = 640
	wholeWidth  = 1280
	narrowWidth = 358
)

// drawPair draws a picture in both forms. A picture that cannot be drawn is left
// out: the rows that it shows stand beside it.
func drawPair(wide int, draw func(io.Writer, picture.Form) error) pair {
	var out pair
	for width, into := range map[int]*template.HTML{wide: &out.Wide, narrowWidth: &out.Narrow} {
		var b bytes.Buffer
		if err := draw(&b, picture.Form{Width: width}); err == nil {
			*into = template.HTML(b.String()) //nolint:gosec // package picture escapes all words
		}
	}
	return out
}

func (d *desk) worldMap(wide int, name string, spots []picture.Spot) pair {
	if len(spots) == 0 {
		return pair{}
	}
	return drawPair(wide, func(w io.Writer, f picture.Form) error {
		f.World = d.assets.at["world.svg"]
		return picture.Map(w, f, name, spots)
	})
}

func timeline(wide int, name string, moments []picture.Moment) pair {
	if !slices.ContainsFunc(moments, picture.Moment.Known) {
		return pair{}
	}
	return drawPair(wide, func(w io.Writer, f picture.Form) error { return picture.Timeline(w, f, name, moments) })
}

func ladder(kind string, figures []givenView) pair {
	if len(figures) < 2 {
		return pair{}
	}
	rungs := make([]picture.Rung, 0, len(figures))
	for _, g := range figures[:min(len(figures), 40)] {
		rungs = append(rungs, picture.Rung{Low: g.Low, Best: g.Best, High: g.High, Number: g.Number, Source: g.Who, Outlet: string(g.Outlet),
			Day: firstOf(string(g.SaidAt), string(g.Published)), Standing: g.Standing, Fate: g.Fate, Why: g.Why, Href: g.Href})
	}
	return drawPair(halfWidth, func(w io.Writer, f picture.Form) error { return picture.Ladder(w, f, "Figures: "+kind, rungs) })
}

func firstOf(in ...string) string {
	for _, s := range in {
		if s != "" {
			return s
		}
	}
	return ""
}

// eventMoment and eventSpot are a resolved event in a picture.
func eventMoment(e *news.ResolvedEvent) picture.Moment {
	t := e.Time.Value
	return picture.Moment{Earliest: string(t.Earliest), Latest: string(t.Latest), Basis: t.Basis, Label: eventTitle(e), Note: tollLine(e.Tolls), Contested: e.Contested, Href: eventPath(e.ID)}
}

func eventSpot(e *news.ResolvedEvent) (picture.Spot, bool) {
	p := e.Place.Value
	if p == nil || p.Place == nil {
		return picture.Spot{}, false
	}
	return picture.Spot{Place: *p.Place, Name: p.Name, What: eventTitle(e), Contested: e.Contested, Href: eventPath(e.ID)}, true
}

// talks are who speaks of whom in statements.
func talks(rows []query.StatementRow) []picture.Talk {
	var out []picture.Talk
	at := map[[2]string]int{}
	for _, r := range rows {
		if r.Speaker == nil || r.Speaker.Name == "" {
			continue
		}
		for _, of := range r.About {
			key := [2]string{r.Speaker.Name, of.Name}
			if of.Name == "" || key[0] == key[1] {
				continue
			}
			i, ok := at[key]
			if !ok {
				i = len(out)
				at[key] = i
				out = append(out, picture.Talk{Speaker: key[0], Of: key[1], Href: searchFor("statements", phrase("speaker", key[0])+" "+phrase("about", key[1]))})
			}
			out[i].Count++
			out[i].Against = out[i].Against || r.Act == news.Deny || r.Act == news.Accuse
		}
	}
	return out
}

func network(rows []query.StatementRow) pair {
	t := talks(rows)
	if len(t) < 2 {
		return pair{}
	}
	return drawPair(halfWidth, func(w io.Writer, f picture.Form) error { return picture.Network(w, f, "Who speaks of whom", t) })
}

// rowMoment and rowSpot are a row of a search in a picture.
func rowMoment(r *query.EventRow) picture.Moment {
	return picture.Moment{Earliest: string(r.Earliest), Latest: string(r.Latest), Label: eventRowTitle(r), Href: rowPath(r.Article.ID, r.ID)}
}

func rowSpot(r *query.EventRow) (picture.Spot, bool) {
	if r.Place == nil || r.Place.Place == nil {
		return picture.Spot{}, false
	}
	return picture.Spot{Place: *r.Place.Place, Name: firstOf(r.Place.Name.Name, r.Place.Words), What: eventRowTitle(r), Href: rowPath(r.Article.ID, r.ID)}, true
}

func eventRowTitle(r *query.EventRow) string {
	t := strings.ToLower(string(r.Type))
	var who []string
	for _, n := range append(slices.Clone(r.Actors), r.Recipients...) {
		who = append(who, n.Name)
	}
	if w := strings.Join(unique(who), ", "); w != "" {
		t += ": " + w
	}
	return t
}

// rowPath is where a part of a record is shown.
func rowPath(article, part string) string {
	return fmt.Sprintf("%s#%s", articlePath(article), part)
}
