package serve

import (
	"html/template"
	"net/http"

	"github.com/onrecord/onrecord/internal/store"
)

var plainPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Onrecord</title></head>
<body><h1>Onrecord</h1>
<p>The newest articles in the store. <a href="/healthz">Health</a> · <a href="/metrics">Metrics</a></p>
<ol>{{range .}}<li>{{.Published}} {{.Publisher}}: <a href="{{.URL}}" rel="noreferrer">{{.Title}}</a> · {{.Statements}} statements, {{.Events}} events</li>{{else}}<li>None yet.</li>{{end}}</ol>
</body></html>
`))

// Plain is one page with the newest articles, where there is no desk.
func Plain(s store.Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		list, err := s.List(r.Context(), store.Listing{Limit: 50})
		if err != nil {
			http.Error(w, "the store does not answer; its log has why", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = plainPage.Execute(w, list) // the client's loss
	}
}
