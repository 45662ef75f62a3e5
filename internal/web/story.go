package web

import (
	"net/http"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// storyView is what is known of one happening and its aftermath.
type storyView struct {
	news.Story
	Contested []claimView
	Plain     []claimView // claims that nobody contests
	Differ    []differView
	Events    []storyEvent
	Tolls     []tollView // of the event that most origins tell of
	TollsOf   *storyEvent
	Timeline  pair
	Map       pair
	Network   pair
	Origins   []originView
	More      int // origins that are not shown
	Linked    []linkedStory
}

// differView is two figures that cannot both be true.
type differView struct {
	Event storyEvent
	Kind  news.CountKind
	Sides [2]givenView
}

type storyEvent struct {
	*news.ResolvedEvent
	Title, Href, When, Toll string
}

func newStoryEvent(e *news.ResolvedEvent) storyEvent {
	return storyEvent{e, eventTitle(e), eventPath(e.ID), picture.Days(string(e.Time.Value.Earliest), string(e.Time.Value.Latest)), tollLine(e.Tolls)}
}

// originView is a text and its copies.
type originView struct {
	Article store.Article
	Credit  string
	Copies  []copyView
	More    int
}

type copyView struct {
	Article store.Article
	Reason  string
}

type linkedStory struct{ ID, Title, Kind string }

// The most of each that a story's page shows; the others are behind a search.
const (
	mostClaims  = 12
	mostEvents  = 30
	mostOrigins = 30
)

func (d *desk) story(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	s, err := d.Store.Story(ctx, id)
	if err != nil {
		return wrap("story "+id, err)
	}
	v := storyView{Story: s}
	claims, err := d.Store.Claims(ctx, store.ClaimListing{Story: id, Limit: 100})
	if err != nil {
		return wrap("claims of "+id, err)
	}
	for _, c := range claims {
		if c.Contested && len(v.Contested) < mostClaims {
			v.Contested = append(v.Contested, newClaimView(c.Claim))
		} else if !c.Contested && len(v.Plain) < mostClaims {
			v.Plain = append(v.Plain, newClaimView(c.Claim))
		}
	}
	events, err := d.Store.ResolvedEvents(ctx, store.EventListing{Story: id, Limit: mostEvents})
	if err != nil {
		return wrap("events of "+id, err)
	}
	v.events(events)
	var spots []picture.Spot
	var moments []picture.Moment
	for _, e := range v.Events {
		moments = append(moments, eventMoment(e.ResolvedEvent))
		if s, ok := eventSpot(e.ResolvedEvent); ok {
			spots = append(spots, s)
		}
	}
	v.Timeline, v.Map = timeline(halfWidth, "When it happened", moments), d.worldMap(halfWidth, "Where it happened", spots)
	page, err := d.Store.Search(ctx, query.Search{Kind: query.Statements, Query: query.Query{Root: query.Term{Field: query.Story, Value: id}}, Now: d.Now(), Limit: 100})
	if err != nil {
		return wrap("statements of "+id, err)
	}
	v.Network = network(page.Statements)
	if err := d.origins(r, &v); err != nil {
		return err
	}
	for _, l := range s.Links[:min(len(s.Links), 6)] {
		if other, err := d.Store.Story(ctx, l.Story); err == nil {
			v.Linked = append(v.Linked, linkedStory{l.Story, other.Title, linkKinds[l.Kind]})
		} else if !isGone(err) {
			return wrap("story "+l.Story, err)
		}
	}
	return d.show(w, r, http.StatusOK, "story", s.Title, v)
}

var linkKinds = map[news.StoryLinkKind]string{news.StoryFollows: "before this", news.StoryPrecedes: "after this", news.StoryLikeness: "much alike, kept apart"}

// events puts what is reported before what is only recalled, and takes the tolls
// of the event that most origins tell of.
func (v *storyView) events(rows []store.EventRow) {
	for _, background := range []bool{false, true} {
		for i := range rows {
			if rows[i].Background == background {
				v.Events = append(v.Events, newStoryEvent(&rows[i].ResolvedEvent))
			}
		}
	}
	for i := range v.Events {
		e := &v.Events[i]
		if e.Background {
			continue
		}
		for _, t := range newTolls(e.ResolvedEvent) {
			for _, d := range t.Differences {
				v.Differ = append(v.Differ, differView{*e, t.Kind, d})
			}
		}
		if len(e.Tolls) > 0 && (v.TollsOf == nil || e.Origins > v.TollsOf.Origins) {
			v.TollsOf = e
		}
	}
	v.Differ = v.Differ[:min(len(v.Differ), mostClaims)]
	if v.TollsOf != nil {
		v.Tolls = newTolls(v.TollsOf.ResolvedEvent)
	}
}

// origins are the story's articles by the text that they go back to.
func (d *desk) origins(r *http.Request, v *storyView) error {
	shown := v.Story.Origins
	v.More = max(len(shown)-mostOrigins, 0)
	shown = shown[len(shown)-min(len(shown), mostOrigins):] // the newest
	var ids []string
	for _, o := range shown {
		ids = append(ids, o.Article)
	}
	for _, o := range shown {
		for _, c := range o.Copies[:min(len(o.Copies), 5)] {
			ids = append(ids, c.Article)
		}
	}
	known, err := d.headlines(r.Context(), ids)
	if err != nil {
		return err
	}
	for _, o := range shown {
		a, ok := known[o.Article]
		if !ok {
			continue
		}
		x := originView{Article: a, Credit: string(o.Credit), More: max(len(o.Copies)-5, 0)}
		for _, c := range o.Copies[:min(len(o.Copies), 5)] {
			if a, ok := known[c.Article]; ok {
				x.Copies = append(x.Copies, copyView{a, strings.ReplaceAll(string(c.Reason), "_", " ")})
			}
		}
		v.Origins = append(v.Origins, x)
	}
	return nil
}
