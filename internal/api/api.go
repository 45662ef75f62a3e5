// Package api serves the store to programs, under /v1: every list is a query
// (docs/query-syntax.md), every answer JSON, every error a problem (RFC 9457)
// that says how to mend it. What a source's rights forbid does not leave
// (package rights). openapi.json is made from the types here, and a test fails
// where the two differ.
package api

import (
	"context"
	_ "embed"
	"io"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// Interface is the version of the interface. Within it names and meanings stay; a
// field may be added.
const Interface = "1.0.0"

//go:embed openapi.json
var description []byte

// Options say what the API serves.
type Options struct {
	Store store.Store
	// Read makes the record of a text or an address; nil where that is not
	// served. An error that is the caller's is an *Unreadable.
	Read func(ctx context.Context, in Reading) (Read, error)
	// Export writes what a search finds as a file; nil where that is not served.
	Export  func(ctx context.Context, w io.Writer, format string, s query.Search) error
	Formats []Format // those of Export
	// Inside reports whether who asks is of the house, and is shown whole texts
	// whatever the rights of their sources; nil for nobody.
	Inside func(r *http.Request) bool
	Now    func() time.Time // nil is time.Now
	// Poll is how often a stream of changes looks for new ones; 0 is two seconds.
	Poll time.Duration
}

// Reading is a text to be read, or an address whose page is to be.
type Reading struct {
	Text      string
	URL       string
	Title     string
	Publisher string
	Published string // a day or RFC 3339
	Keep      bool   // in the store
}

// Read is what came of a Reading.
type Read struct {
	Record *news.Record
	// Article is the id of what was kept; "" where nothing was to be.
	Article string
}

// Unreadable is an error of Options.Read that is the caller's.
type Unreadable struct {
	Wrong, Fix string
}

func (u *Unreadable) Error() string { return u.Wrong }

// Format is a form of file that Export writes.
type Format struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Extension string `json:"extension"` // of a file's name, without the dot
	What      string `json:"what"`      // in words
}

// New makes the handler of everything below /v1.
func New(o Options) http.Handler {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Poll == 0 {
		o.Poll = 2 * time.Second
	}
	mux := http.NewServeMux()
	register(mux, o)
	mux.HandleFunc("GET /v1/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
		_, _ = w.Write(description) // a client that is gone
	})
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, problem(http.StatusNotFound, r.Method+" "+r.URL.Path+" is not served", "see /v1/openapi.json for what is"))
	})
	return tagged(inside(o.Inside, mux))
}

// register adds all operations and returns the API that describes itself.
func register(mux *http.ServeMux, o Options) huma.API {
	c := huma.DefaultConfig("Onrecord", Interface)
	c.Info.Description = "Who said what, and what happened to whom, where and when, on whose word. Every value leads to the words that say it. Offsets count Unicode code points. Lists take a query (docs/query-syntax.md) and are the newest first."
	// Whether a token is asked for is the server's settings; it makes them.
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer", Description: "A token of the API; none is needed on the server's own machine unless it wants people to log in."}}
	c.Security = []map[string][]string{{"token": {}}, {}}
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	c.RejectUnknownQueryParameters = true
	schemas := huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Components.Schemas = schemas
	h := humago.New(mux, c)
	schemas.RegisterTypeAlias(reflect.TypeFor[news.Optional](), reflect.TypeFor[*string]())
	s := &server{Options: o, api: h, problem: schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")}
	s.lists()
	s.single()
	s.changes()
	s.reading()
	s.exports()
	honest(h.OpenAPI())
	return h
}

type server struct {
	Options
	api     huma.API
	problem *huma.Schema
	streams streams
}

// operation describes a GET.
func (s *server) operation(id, path, summary, tag string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: "/v1" + path, Summary: summary, Tags: []string{tag}, Responses: s.responses()}
}

func (s *server) responses() map[string]*huma.Response {
	return map[string]*huma.Response{"default": {
		Description: "What is wrong, and how to mend it",
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: s.problem}},
	}}
}

// schemaName names the parts of rows apart from those of the whole things: a row
// has a Spot of its own.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.PkgPath() == reflect.TypeFor[query.Page]().PkgPath() && t.Kind() == reflect.Struct && !strings.HasSuffix(name, "Row") {
		return "Row" + name
	}
	return name
}
