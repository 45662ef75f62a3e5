package web

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// claimView is a claim with its stances on the sides that they take.
type claimView struct {
	news.Claim
	For, Against, Open []stanceView
	Changed            []turnView
}

type stanceView struct {
	Stand             stand
	Source, For       string
	Words, Href, Cite string
	Outlet, Day       string
	Copies            int
}

type turnView struct{ Source, From, To string }

func newClaimView(c news.Claim) claimView {
	v := claimView{Claim: c}
	kinds := map[string]string{}
	for _, s := range c.Stances {
		kinds[s.ID] = strings.ReplaceAll(string(s.Kind), "_", " ")
		x := newStanceView(s)
		switch {
		case s.Kind.For():
			v.For = append(v.For, x)
		case s.Kind == news.Denies || s.Kind == news.Retracts:
			v.Against = append(v.Against, x)
		default:
			v.Open = append(v.Open, x)
		}
	}
	for _, t := range c.Changed {
		v.Changed = append(v.Changed, turnView{t.Source, kinds[t.From], kinds[t.To]})
	}
	return v
}

func newStanceView(s news.Stance) stanceView {
	v := stanceView{Stand: standOf(s.Kind), Source: voice(s.Source), For: string(s.Source.For), Outlet: string(s.Outlet), Day: day(cmp.Or(s.SaidAt, s.Published)), Copies: len(s.Copies), Href: articlePath(s.Article)}
	words := make([]string, len(s.Evidence))
	for i, e := range s.Evidence {
		words[i] = oneLine(e.Text)
	}
	v.Words = strings.Join(words, " … ")
	if s.Source.Own { // who speaks is the outlet
		v.Outlet = ""
	}
	if len(s.Evidence) > 0 {
		v.Href = evidence(s.Evidence[0])
	}
	v.Cite = citation(v.Source+" "+v.Stand.Word+": “"+v.Words+"”", s.Outlet, "", cmp.Or(s.Published, s.SaidAt), "")
	return v
}

// voice names a source.
func voice(v news.Voice) string {
	switch {
	case v.Own && v.Name != "":
		return v.Name + ", in its own words"
	case v.Own:
		return "the article, in its own words"
	case v.Name == "":
		return "an unnamed source"
	}
	return v.Name
}

// voices are the first few who take a side, each once.
func voices(side []stanceView) []string {
	var out []string
	for _, s := range side {
		out = append(out, s.Source)
	}
	out = unique(out)
	return out[:min(len(out), 3)]
}

// tollView is the toll of one kind, and the figures that it is from.
type tollView struct {
	news.Toll
	Number      string
	Figures     []givenView
	Differences [][2]givenView
	Ladder      pair
}

// givenView is one figure and who gave it.
type givenView struct {
	news.Figure
	Number, Who, Day, Href, Cite string
	Stands                       bool
}

func newGivenView(f news.Figure) givenView {
	v := givenView{Figure: f, Number: ledger.Number(f.Low, f.Best, f.High, f.Qualifier), Who: voice(f.Source), Day: day(cmp.Or(f.SaidAt, f.Published)), Href: evidence(f.Evidence), Stands: f.Fate == news.FateStands}
	v.Cite = citation(v.Number+" "+string(f.Kind)+", according to "+v.Who+": “"+oneLine(f.Evidence.Text)+"”", f.Outlet, "", cmp.Or(f.Published, f.SaidAt), "")
	if f.Source.Own { // who speaks is the outlet
		v.Outlet = ""
	}
	return v
}

// newTolls are the tolls of an event, each with its ladder.
func newTolls(e *news.ResolvedEvent) []tollView {
	byID := map[string]givenView{}
	for _, f := range e.Figures {
		byID[f.ID] = newGivenView(f)
	}
	var out []tollView
	for _, t := range e.Tolls {
		v := tollView{Toll: t, Number: ledger.Number(t.Low, t.Best, t.High, "")}
		for _, f := range e.Figures {
			if f.Kind == t.Kind {
				v.Figures = append(v.Figures, byID[f.ID])
			}
		}
		for _, d := range t.Differences {
			v.Differences = append(v.Differences, [2]givenView{byID[d[0]], byID[d[1]]})
		}
		v.Ladder = ladder(string(t.Kind), v.Figures)
		out = append(out, v)
	}
	return out
}

// tollLine is the tolls of an event in few words: "4 killed, about 20 injured".
func tollLine(tolls []news.Toll) string {
	var parts []string
	for _, t := range tolls {
		if n := ledger.Number(t.Low, t.Best, t.High, ""); n != "" {
			parts = append(parts, n+" "+string(t.Kind))
		}
	}
	return strings.Join(parts[:min(len(parts), 3)], ", ")
}

// eventTitle says what an event is in one line.
func eventTitle(e *news.ResolvedEvent) string {
	t := strings.ToLower(string(e.Type.Value))
	if e.Mode.Value != "" {
		t += " (" + strings.ReplaceAll(string(e.Mode.Value), "_", " ") + ")"
	}
	actors, recipients := sideNames(e.Actors), sideNames(e.Recipients)
	switch {
	case actors != "" && recipients != "":
		t = actors + ": " + t + ", " + recipients
	case actors != "":
		t = actors + ": " + t
	case recipients != "":
		t += ": " + recipients
	}
	if e.Place.Value != nil && e.Place.Value.Name != "" {
		t += ", " + e.Place.Value.Name
	}
	return strings.ToUpper(t[:1]) + t[1:]
}

func sideNames(sides []news.Side) string {
	var names []string
	for _, s := range sides[:min(len(sides), 3)] {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

// headlines are what lists show of articles, by id. At most headlineLimit are
// looked up, so that a page of a story with a thousand articles is as quick as
// any.
func (d *desk) headlines(ctx context.Context, ids []string) (map[string]store.Article, error) {
	out := map[string]store.Article{}
	for _, id := range ids[:min(len(ids), headlineLimit)] {
		if _, ok := out[id]; ok {
			continue
		}
		a, err := d.Store.Article(ctx, id)
		if err == nil && a.State == store.Live {
			out[id] = a
		} else if err != nil && !isGone(err) {
			return nil, wrap("article "+id, err)
		}
	}
	return out, nil
}

const headlineLimit = 80

func eventPath(id string) string { return "/events/" + url.PathEscape(id) }

// unique keeps the first of each.
func unique(in []string) []string {
	var out []string
	for _, s := range in {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
