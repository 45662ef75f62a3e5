package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/onrecord/onrecord/internal/query"
)

// suggest answers the search box with names that begin as what was typed last,
// as JSON: whole queries with the name put in.
func (d *desk) suggest(w http.ResponseWriter, r *http.Request) error {
	out := []string{}
	before, typed := lastWord(r.URL.Query().Get("q"))
	if len(typed) >= 2 {
		found, err := d.Store.Suggest(r.Context(), typed, 8)
		if err != nil {
			return wrap("suggest names", err)
		}
		for _, s := range found {
			out = append(out, before+query.Term{Field: query.Text, Value: strings.Join(strings.Fields(s.Name), " ")}.String())
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "private, max-age=60")
	return json.NewEncoder(w).Encode(out)
}

// lastWord parts what is being typed from what stands before it: in
// `act:deny speaker:"Mara V` that is `act:deny speaker:`.
func lastWord(q string) (before, typed string) {
	if len(q) > query.MaxLength {
		return "", ""
	}
	at := strings.LastIndexAny(q, " :(\"-") + 1
	if i := strings.LastIndexByte(q, '"'); i >= 0 && strings.Count(q, `"`)%2 == 1 {
		return q[:i], q[i+1:]
	}
	return q[:at], q[at:]
}
