// Command desk measures how long the desk's pages take on a large store, and how
// large they are:
//
//	go run ./internal/eval/bench/desk -articles 100000 -store big.db
//
// The store is filled with the example stories, told again and again: each time
// with other names, on other days, and with all that was joined across their
// articles. A store that is there is measured as it is.
//
// Beside the time on the clock it prints the time of the processor, which on a
// machine that does other things tells more.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/web"
)

func main() {
	articles := flag.Int("articles", 100_000, "how many articles a new store gets")
	path := flag.String("store", "", "the store's `file`; it is made where it is not there")
	times := flag.Int("times", 100, "how many pages of each sort are asked for")
	flag.Parse()
	if err := run(context.Background(), *path, *articles, *times); err != nil {
		fmt.Fprintln(os.Stderr, "desk:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, path string, articles, times int) (err error) {
	if path == "" {
		return errors.New("-store names no file")
	}
	_, missing := os.Stat(path)
	s, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if errors.Is(missing, fs.ErrNotExist) {
		start := time.Now()
		if err := fill(ctx, s, articles); err != nil {
			return fmt.Errorf("fill the store: %w", err)
		}
		took := time.Since(start)
		fmt.Printf("filled: %d articles in %s (%.0f/s)\n", articles, took.Round(time.Second), float64(articles)/took.Seconds())
	}
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d articles, %d statements, %d events, %d MB\n", st.Articles[store.Live], st.Statements, st.Events, st.Bytes>>20)
	desk, err := web.New(web.Options{Store: s, Read: func(context.Context, *news.Delivery) (*news.Record, error) {
		return nil, errors.New("nothing is read here")
	}, Version: "0", Now: func() time.Time { return newest }})
	if err != nil {
		return err
	}
	pages, err := pages(ctx, s, times)
	if err != nil {
		return err
	}
	fmt.Printf("%-34s %6s %8s %8s %8s %9s %8s\n", "page", "asked", "median", "p95", "worst", "processor", "largest")
	for _, p := range pages {
		if err := p.measure(desk); err != nil {
			return err
		}
	}
	return nil
}

// sort is pages of one kind.
type sort struct {
	name  string
	paths []string
}

// pages are addresses of each sort, spread over the whole store.
func pages(ctx context.Context, s *sqlite.Store, times int) ([]sort, error) {
	stories, err := s.Stories(ctx, store.StoryListing{Limit: 1000})
	if err != nil {
		return nil, err
	}
	events, err := s.ResolvedEvents(ctx, store.EventListing{Limit: 1000})
	if err != nil {
		return nil, err
	}
	claims, err := s.Claims(ctx, store.ClaimListing{Limit: 1000})
	if err != nil {
		return nil, err
	}
	actors, err := s.Actors(ctx, store.ActorListing{Limit: 1000})
	if err != nil {
		return nil, err
	}
	articles, err := s.List(ctx, store.Listing{Limit: 1000})
	if err != nil {
		return nil, err
	}
	feeds, err := s.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	var out []sort
	add := func(name string, n int, path func(i int) string) {
		p := sort{name: name}
		for i := range min(times, n) {
			p.paths = append(p.paths, path(i*n/min(times, n)))
		}
		out = append(out, p)
	}
	for _, by := range []string{"growth", "contested", "origins", "newest"} {
		add("Today, "+by, times, func(int) string { return "/?by=" + by })
	}
	add("Story", len(stories), func(i int) string { return "/stories/" + stories[i].ID })
	add("Event", len(events), func(i int) string { return "/events/" + events[i].ID })
	add("Claim", len(claims), func(i int) string { return "/claims/" + claims[i].ID })
	add("Actor", len(actors), func(i int) string { return "/actors/" + actors[i].ID })
	add("Article", len(articles), func(i int) string { return "/articles/" + articles[i].ID })
	add("Sources", times, func(int) string { return "/sources" })
	add("Source", len(feeds), func(i int) string { return "/sources/" + feeds[i].ID })
	for _, q := range []string{"kind=statements&q=act:deny", "kind=statements&q=solvent&as=table", "kind=events&q=type:ASSAULT&as=map", "kind=events&q=killed:>=5&as=timeline", "kind=stories&q=contested:yes", "kind=claims&q=contested:yes", "kind=figures&q=", "kind=articles&q=harbour"} {
		v, err := url.ParseQuery(q)
		if err != nil {
			return nil, err
		}
		add("Search "+q, times, func(int) string { return "/search?" + v.Encode() })
	}
	return out, nil
}

func (p sort) measure(desk http.Handler) error {
	var took []time.Duration
	largest, shown := 0, 0
	busy := processor()
	for _, path := range p.paths {
		start := time.Now()
		w := httptest.NewRecorder()
		desk.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		took = append(took, time.Since(start))
		switch w.Code {
		case http.StatusOK:
			shown++
			largest = max(largest, w.Body.Len())
		case http.StatusForbidden: // a private person
		default:
			return fmt.Errorf("%s: %d", path, w.Code)
		}
	}
	if shown == 0 {
		fmt.Printf("%-34s none\n", p.name)
		return nil
	}
	busy = (processor() - busy) / time.Duration(len(p.paths))
	slices.SortFunc(took, cmp.Compare[time.Duration])
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1000) }
	fmt.Printf("%-34s %6d %8s %8s %8s %9s %5.1f KB\n", p.name, shown, ms(took[len(took)/2]), ms(took[len(took)*95/100]), ms(took[len(took)-1]), ms(busy), float64(largest)/1024)
	return nil
}
