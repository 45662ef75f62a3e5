package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/onrecord/onrecord/internal/store"
)

type todayView struct {
	By       store.StoryOrder
	Orders   []order
	Stories  []store.StoryRow
	Older    string
	Claims   []claimView
	Figures  []figureRow
	Articles []store.Article // where nothing is joined yet
}

type order struct {
	By   store.StoryOrder
	Name string
}

type figureRow struct {
	givenView
	Story string
}

var orders = []order{{store.StoriesGrowth, "Growing"}, {store.StoriesContested, "Contested"}, {store.StoriesOrigins, "Most told"}, {store.StoriesNewest, "Newest"}}

// todayStories is how many stories the first page shows.
const todayStories = 15

func (d *desk) today(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := todayView{By: store.StoryOrder(r.URL.Query().Get("by")), Orders: orders}
	asked := slices.ContainsFunc(orders, func(o order) bool { return o.By == v.By })
	if !asked {
		v.By = store.StoriesGrowth
	}
	var err error
	l := store.StoryListing{Order: v.By, Before: r.URL.Query().Get("before"), Limit: todayStories}
	if v.Stories, err = d.Store.Stories(ctx, l); err != nil {
		if l.Before != "" && ctx.Err() == nil && !store.Passing(err) {
			return &refusal{http.StatusBadRequest, "No such place", "The address names a place in the list of stories that no list gave."}
		}
		return wrap("list the stories", err)
	}
	if len(v.Stories) == 0 && !asked && l.Before == "" { // a quiet day
		v.By, l.Order = store.StoriesNewest, store.StoriesNewest
		if v.Stories, err = d.Store.Stories(ctx, l); err != nil {
			return wrap("list the stories", err)
		}
	}
	if n := len(v.Stories); n == todayStories {
		v.Older = "/?" + url.Values{"by": {string(v.By)}, "before": {v.Stories[n-1].Cursor}}.Encode()
	}
	claims, err := d.Store.Claims(ctx, store.ClaimListing{Contested: true, Limit: 6})
	if err != nil {
		return wrap("list the contested claims", err)
	}
	for _, c := range claims {
		v.Claims = append(v.Claims, newClaimView(c.Claim))
	}
	figures, err := d.Store.Figures(ctx, store.FigureListing{Limit: 10})
	if err != nil {
		return wrap("list the figures", err)
	}
	for _, f := range figures {
		v.Figures = append(v.Figures, figureRow{newGivenView(f.Figure), f.Story})
	}
	if len(v.Stories) == 0 {
		if v.Articles, err = d.Store.List(ctx, store.Listing{Limit: 20}); err != nil {
			return wrap("list the newest articles", err)
		}
	}
	return d.show(w, r, http.StatusOK, "today", "Today", v)
}

// before is the cursor of a page of articles, 0 for the first.
func before(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// older is the address of the next page, "" on the last.
func older(r *http.Request, list []store.Article, limit int) string {
	if len(list) < limit {
		return ""
	}
	return r.URL.Path + "?before=" + strconv.FormatInt(list[len(list)-1].Cursor, 10)
}
