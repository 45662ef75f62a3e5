package web

import (
	"net/http"

	"github.com/onrecord/onrecord/internal/store"
)

type todayView struct {
	Articles []store.Article
}

func (d *desk) today(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Store.List(r.Context(), store.Listing{Limit: 20})
	if err != nil {
		return wrap("list the newest articles", err)
	}
	return d.show(w, r, http.StatusOK, "today", "Today", todayView{Articles: list})
}
