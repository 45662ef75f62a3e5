package web

import (
	"errors"
	"io/fs"
	"net/http"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// eventPage is one happening, as all reports of it tell it.
type eventPage struct {
	storyEvent
	Fields    []fieldView
	Tolls     []tollView
	Contested []claimView
	Plain     []claimView
	Members   []memberView
	Map       pair
}

// fieldView is the best value for one thing, and what else was given.
type fieldView struct {
	Name, Value, Reason string
	Given               []givenValue
}

type givenValue struct {
	Value   string
	Origins int
	Href    string
}

type memberView struct {
	Article store.Article
	Href    string
	Reasons []string
}

func (d *desk) event(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	e, err := d.Store.ResolvedEvent(ctx, id)
	if err != nil {
		return wrap("event "+id, err)
	}
	v := eventPage{storyEvent: newStoryEvent(&e), Tolls: newTolls(&e)}
	v.Fields = []fieldView{
		newField("Type", e.Type, func(t news.EventType) string { return string(t) }),
		newField("Mode", e.Mode, func(m news.Optional) string { return string(m) }),
		newField("When", e.Time, func(t news.EventTime) string { return picture.Days(string(t.Earliest), string(t.Latest)) }),
		newField("Where", e.Place, func(s *news.Spot) string {
			if s == nil {
				return ""
			}
			return s.Name
		}),
		newField("Told as", e.Modality, func(m news.Modality) string { return string(m) }),
		newSides("By", e.Actors), newSides("To", e.Recipients),
	}
	claims, err := d.Store.Claims(ctx, store.ClaimListing{Event: id, Limit: 2 * mostClaims})
	if err != nil {
		return wrap("claims of "+id, err)
	}
	for _, c := range claims {
		if c.Contested {
			v.Contested = append(v.Contested, newClaimView(c.Claim))
		} else {
			v.Plain = append(v.Plain, newClaimView(c.Claim))
		}
	}
	if s, ok := eventSpot(&e); ok {
		v.Map = d.worldMap(halfWidth, "Where it happened", []picture.Spot{s})
	}
	var ids []string
	why := map[news.EventRef][]string{}
	for _, m := range e.Members {
		ids = append(ids, m.Article)
	}
	for _, j := range e.Joins {
		why[j.Member] = j.Reasons
	}
	known, err := d.headlines(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range e.Members {
		if a, ok := known[m.Article]; ok {
			v.Members = append(v.Members, memberView{a, rowPath(m.Article, m.Event), why[m]})
		}
	}
	return d.show(w, r, http.StatusOK, "event", v.Title, v)
}

func newField[T any](name string, f news.Field[T], words func(T) string) fieldView {
	v := fieldView{Name: name, Value: words(f.Value), Reason: f.Reason}
	for _, g := range f.Given {
		if len(f.Given) < 2 && len(g.Evidence) == 0 {
			continue
		}
		x := givenValue{Value: words(g.Value), Origins: g.Origins}
		if len(g.Evidence) > 0 {
			x.Href = evidence(g.Evidence[0])
		}
		v.Given = append(v.Given, x)
	}
	return v
}

func newSides(name string, sides []news.Side) fieldView {
	v := fieldView{Name: name, Value: sideNames(sides)}
	for _, s := range sides[:min(len(sides), 8)] {
		x := givenValue{Value: s.Name, Origins: s.Origins}
		if len(s.Evidence) > 0 {
			x.Href = evidence(s.Evidence[0])
		}
		v.Given = append(v.Given, x)
	}
	return v
}

func isGone(err error) bool {
	var merged *store.MergedError
	return errors.Is(err, store.ErrNotFound) || errors.Is(err, fs.ErrNotExist) || errors.As(err, &merged)
}

// claimPage is one claim with all that was said on it.
type claimPage struct {
	claimView
	Href    string // of its words
	Event   *storyEvent
	Reasons []news.Link
}

func (d *desk) claim(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	c, err := d.Store.Claim(ctx, id)
	if err != nil {
		return wrap("claim "+id, err)
	}
	v := claimPage{claimView: newClaimView(c), Href: evidence(c.Words), Reasons: c.Links}
	if c.Event.Known() {
		e, err := d.Store.ResolvedEvent(ctx, string(c.Event))
		if err == nil {
			s := newStoryEvent(&e)
			v.Event = &s
		} else if !isGone(err) {
			return wrap("event "+string(c.Event), err)
		}
	}
	return d.show(w, r, http.StatusOK, "claim", clip(90, c.Words.Text), v)
}
