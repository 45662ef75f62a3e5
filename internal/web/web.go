// Package web is the desk: the pages on which people look at what is kept. They
// are rendered here and work without JavaScript; scripts add keys and copying.
// No page asks for anything outside the program, and every state is in its
// address.
package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/review"
	"github.com/onrecord/onrecord/internal/store"
)

// Store is what the pages ask of a store.
type Store interface {
	Article(ctx context.Context, id string) (store.Article, error)
	Versions(ctx context.Context, id string) ([]store.Version, error)
	Record(ctx context.Context, id string, version int) (*news.Record, error)
	List(ctx context.Context, l store.Listing) ([]store.Article, error)
	Feeds(ctx context.Context) ([]news.Feed, error)
	Feed(ctx context.Context, id string) (news.Feed, error)
	Fetches(ctx context.Context, feed string, limit int) ([]news.Fetch, error)
	Ledger
	Searcher
}

// Ledger is what the pages ask of what was joined across articles.
type Ledger interface {
	Story(ctx context.Context, id string) (news.Story, error)
	Stories(ctx context.Context, l store.StoryListing) ([]store.StoryRow, error)
	StoryOf(ctx context.Context, article string) (string, error)
	ResolvedEvent(ctx context.Context, id string) (news.ResolvedEvent, error)
	ResolvedEvents(ctx context.Context, l store.EventListing) ([]store.EventRow, error)
	EventOf(ctx context.Context, article, event string) (string, error)
	Claim(ctx context.Context, id string) (news.Claim, error)
	Claims(ctx context.Context, l store.ClaimListing) ([]store.ClaimRow, error)
	Figures(ctx context.Context, l store.FigureListing) ([]store.FigureRow, error)
	Actor(ctx context.Context, id string) (news.Actor, error)
	ActorOf(ctx context.Context, article, entity string) (string, error)
	ActorArticles(ctx context.Context, actor string, before int64, limit int) ([]store.Article, error)
}

// Searcher answers queries.
type Searcher interface {
	Search(ctx context.Context, s query.Search) (query.Page, error)
	Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error)
}

// Options say what the desk is made of. Only Store must be given.
type Options struct {
	Store Store
	// Read makes the record of a text that was pasted, or of an article that
	// Fetch brought; nil leaves the page for it out.
	Read func(ctx context.Context, d *news.Delivery) (*news.Record, error)
	// Fetch brings the article at an address; nil where no address is taken.
	Fetch func(ctx context.Context, address string) (*news.Delivery, error)
	// Keep puts what was read into the store and returns the article's id; nil
	// where nothing is kept.
	Keep func(ctx context.Context, d *news.Delivery, r *news.Record) (id string, err error)
	// Reviews keeps what people correct; nil where nothing is corrected.
	Reviews review.Store
	// Who names the person who asks, for corrections; nil for nobody in particular.
	Who func(r *http.Request) string
	// Token is the value of the form field "csrf" for this request; nil for none.
	Token func(r *http.Request) string
	// Version and Model name what runs; Accuracy and Performance are what was
	// measured of it, in Markdown.
	Version, Model        string
	Accuracy, Performance string
	Now                   func() time.Time // nil is time.Now
	Log                   *slog.Logger     // nil is silent
}

// desk answers requests.
type desk struct {
	Options
	pages  pages
	assets *assets
}

// New makes the desk's handler. It sets the headers that keep strangers' markup
// from being run; whoever mounts it lets people in and checks where a form came
// from.
func New(o Options) (http.Handler, error) {
	if o.Store == nil {
		return nil, errors.New("the desk needs a store")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &desk{Options: o}
	var err error
	if d.assets, err = newAssets(); err != nil {
		return nil, err
	}
	if d.pages, err = d.parse(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/{name}", d.assets)
	mux.HandleFunc("POST /theme", theme)
	for pattern, page := range d.routes() {
		mux.HandleFunc(pattern, d.handle(page))
	}
	return guard(mux), nil
}

// page answers a request, or says why it cannot.
type page func(w http.ResponseWriter, r *http.Request) error

func (d *desk) routes() map[string]page {
	return map[string]page{
		"GET /{$}":                           d.today,
		"GET /read":                          d.readForm,
		"POST /read":                         d.read,
		"POST /read/keep":                    d.keep,
		"GET /articles/{id}":                 d.article,
		"GET /articles/{id}/entities/{part}": d.actorOf,
		"GET /articles/{id}/events/{part}":   d.eventOf,
		"GET /articles/{id}/correct/{part}":  d.correctForm,
		"POST /articles/{id}/correct/{part}": d.correct,
		"GET /corrections":                   d.corrections,
		"GET /corrections.jsonl":             d.corrections,
		"GET /stories/{id}":                  d.story,
		"GET /events/{id}":                   d.event,
		"GET /claims/{id}":                   d.claim,
		"GET /actors/{id}":                   d.actor,
		"GET /search":                        d.find,
		"GET /suggest":                       d.suggest,
		"GET /sources":                       d.sources,
		"GET /sources/{id}":                  d.source,
		"GET /numbers":                       d.numbers,
		"GET /numbers/performance":           d.numbers,
		"GET /help":                          d.help,
		"/":                                  func(http.ResponseWriter, *http.Request) error { return store.ErrNotFound },
	}
}

// guard sets the headers that every answer has.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// handle turns a page's error into an answer.
func (d *desk) handle(p page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := p(w, r); err != nil {
			d.fail(w, r, err)
		}
	}
}

// refusal is an error that is shown to the reader as it stands.
type refusal struct {
	status       int
	title, words string
}

func (e *refusal) Error() string { return e.words }

func (d *desk) fail(w http.ResponseWriter, r *http.Request, err error) {
	var told *refusal
	var merged *store.MergedError
	switch {
	case errors.As(err, &told):
	case errors.As(err, &merged):
		// The id was joined to another; old links go on working.
		at := strings.LastIndexByte(r.URL.Path, '/')
		http.Redirect(w, r, r.URL.Path[:at+1]+url.PathEscape(merged.Into), http.StatusFound)
		return
	case errors.Is(err, store.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		told = &refusal{http.StatusNotFound, "Not here", "Nothing has this address. It may have been forgotten, or never was."}
	case errors.Is(err, context.Canceled):
		return
	case errors.Is(err, context.DeadlineExceeded), store.Passing(err):
		told = &refusal{http.StatusServiceUnavailable, "Not now", "The store is busy or away. The same address may work in a moment."}
	default:
		d.Log.ErrorContext(r.Context(), "page failed", "path", r.URL.Path, "error", err)
		told = &refusal{http.StatusInternalServerError, "Something failed", "The page could not be made; the log has why."}
	}
	if err := d.show(w, r, told.status, "error", told.title, told.words); err != nil {
		d.Log.ErrorContext(r.Context(), "error page failed", "error", err)
	}
}

// theme keeps the reader's choice of light or dark and goes back.
func theme(w http.ResponseWriter, r *http.Request) {
	choice := r.FormValue("to")
	if choice != "light" && choice != "dark" {
		choice = "auto"
	}
	http.SetCookie(w, &http.Cookie{Name: themeCookie, Value: choice, Path: "/", MaxAge: 400 * 24 * 3600, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, inside(r.FormValue("back")), http.StatusSeeOther)
}

// themeCookie is set by the script too, which reads it.
const themeCookie = "onrecord-theme"

// inside returns an address of the desk itself; anything else becomes the first
// page.
func inside(back string) string {
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\r\n") {
		return "/"
	}
	return back
}

// wrap says what was tried.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
