package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/query"
	rightsgate "github.com/onrecord/onrecord/internal/rights"
	"github.com/onrecord/onrecord/internal/store"
)

// searcher is what a query is asked of.
type searcher interface {
	Search(ctx context.Context, s query.Search) (query.Page, error)
}

// stored are the rows of a query to a store.
type stored struct {
	store  store.Store
	ask    searcher
	gate   rightsgate.Gate
	search query.Search
	jobs   int
	// articles that claims point to: the last of them.
	recent map[string]*export.Article
}

// maxRecent is how many articles are kept for the claims that point to them.
const maxRecent = 200

func (o *exportOptions) fromStore(ctx context.Context, d *desk, q query.Query) (found, error) {
	ask, ok := d.Store.(searcher)
	if !ok {
		return found{}, errors.New("this store cannot be asked by a query")
	}
	feeds, err := d.Feeds(ctx)
	if err != nil {
		return found{}, fmt.Errorf("read the sources' rights: %w", err)
	}
	st := &stored{store: d.Store, ask: ask, gate: rightsgate.NewGate(feeds), jobs: o.jobs, recent: map[string]*export.Article{},
		search: query.Search{Kind: query.Kind(o.kind), Query: q, Now: time.Now(), Limit: query.MaxLimit}}
	first, err := ask.Search(ctx, st.search)
	if err != nil {
		return found{}, fmt.Errorf("search: %w", err)
	}
	f := found{query: q.String(), rows: st.rows(ctx, first), failed: func() (int, int) { return 0, 0 }}
	if !first.More {
		f.matched = &first.Total
	}
	return f, nil
}

// rows are the rows of all pages. The articles of a page are fetched side by side,
// and the next page is searched for meanwhile.
func (s *stored) rows(ctx context.Context, page query.Page) iter.Seq2[export.Row, error] {
	return func(yield func(export.Row, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for {
			next := s.next(ctx, page.Next)
			for row, err := range s.page(ctx, &page) {
				if !yield(row, err) || err != nil {
					return
				}
			}
			if next == nil {
				return
			}
			got := <-next
			if got.err != nil {
				yield(export.Row{}, fmt.Errorf("search: %w", got.err))
				return
			}
			page = got.page
		}
	}
}

type searched struct {
	page query.Page
	err  error
}

// next begins the search for the page at a cursor; nil where there is none.
func (s *stored) next(ctx context.Context, cursor string) <-chan searched {
	if cursor == "" {
		return nil
	}
	out := make(chan searched, 1)
	in := s.search
	in.Cursor = cursor
	go func() {
		page, err := s.ask.Search(ctx, in)
		out <- searched{page, err}
	}()
	return out
}

// picked is an article of a page, and its rows there.
type picked struct {
	row  query.ArticleRow
	only []string // nil for all
}

func (s *stored) page(ctx context.Context, page *query.Page) iter.Seq2[export.Row, error] {
	if s.search.Kind == query.Claims {
		return s.claims(ctx, page)
	}
	var of []picked
	add := func(a query.ArticleRow, id string) {
		if n := len(of); n == 0 || of[n-1].row.ID != a.ID {
			of = append(of, picked{row: a})
		}
		if id != "" {
			of[len(of)-1].only = append(of[len(of)-1].only, id)
		}
	}
	for _, r := range page.Articles {
		add(r, "")
	}
	for _, r := range page.Events {
		add(r.Article, r.ID)
	}
	for _, r := range page.Statements {
		add(r.Article, r.ID)
	}
	return func(yield func(export.Row, error) bool) {
		for one := range ahead(ctx, s.jobs, of, func(p picked) fetched {
			a, err := s.article(ctx, p.row.ID, string(p.row.Feed), p.only)
			return fetched{a, p.only, err}
		}) {
			switch {
			case errors.Is(one.err, store.ErrNotFound): // withdrawn or forgotten since
				continue
			case one.err != nil:
				yield(export.Row{}, one.err)
				return
			}
			for _, row := range one.article.Rows(s.search.Kind, one.only) {
				if !yield(row, nil) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			yield(export.Row{}, err)
		}
	}
}

type fetched struct {
	article *export.Article
	only    []string
	err     error
}

// article reads an article's current record, and what the ledger has of it and of
// those of its events.
func (s *stored) article(ctx context.Context, id, feed string, events []string) (*export.Article, error) {
	kept, err := s.store.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	if kept.State != store.Live {
		return nil, fmt.Errorf("%s is not shown: %w", id, store.ErrNotFound)
	}
	if feed == "" {
		feed = kept.Feed
	}
	r, err := s.store.Record(ctx, id, kept.Version)
	if err != nil {
		return nil, fmt.Errorf("read the record of %s: %w", id, err)
	}
	a := &export.Article{Record: r, Rights: s.gate.Of(feed)}
	if err := s.settled(ctx, id, a, events); err != nil {
		return nil, err
	}
	return a, nil
}

// ledgerOf is what a store has across articles, where it has that.
type ledgerOf interface {
	StoryOf(ctx context.Context, article string) (string, error)
	EventOf(ctx context.Context, article, event string) (string, error)
}

func (s *stored) settled(ctx context.Context, id string, a *export.Article, events []string) error {
	l, ok := s.store.(ledgerOf)
	if !ok {
		return nil
	}
	story, err := l.StoryOf(ctx, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("read the story of %s: %w", id, err)
	}
	if a.Story = story; story == "" || s.search.Kind != query.Events {
		return nil // what is in no story is not settled yet
	}
	a.Resolved = map[string]string{}
	for _, event := range events {
		resolved, err := l.EventOf(ctx, id, event)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("read the event of %s/%s: %w", id, event, err)
		}
		a.Resolved[event] = resolved
	}
	return nil
}

func (s *stored) claims(ctx context.Context, page *query.Page) iter.Seq2[export.Row, error] {
	return func(yield func(export.Row, error) bool) {
		var failed error
		for i := range page.Claims {
			c := &export.Claim{Claim: &page.Claims[i].Claim, Article: func(id string) *export.Article {
				if a, ok := s.recent[id]; ok {
					return a
				}
				a, err := s.article(ctx, id, "", nil)
				if err != nil && !errors.Is(err, store.ErrNotFound) {
					failed = err
				}
				if len(s.recent) >= maxRecent {
					clear(s.recent)
				}
				s.recent[id] = a // nil where it is shown no more
				return a
			}}
			if !yield(export.Row{Claim: c}, nil) {
				return
			}
			if failed != nil {
				yield(export.Row{}, failed)
				return
			}
		}
	}
}

// ahead does work on the items with n workers and yields the results in their
// order; at most 2n wait.
func ahead[In, Out any](ctx context.Context, n int, items []In, work func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		queue := make(chan chan Out, 2*n)
		slots := make(chan struct{}, n)
		go func() {
			defer close(queue)
			for _, it := range items {
				one := make(chan Out, 1)
				select {
				case queue <- one:
				case <-ctx.Done():
					return
				}
				select {
				case slots <- struct{}{}:
				case <-ctx.Done():
					return
				}
				go func() {
					defer func() { <-slots }()
					one <- work(it)
				}()
			}
		}()
		for {
			one, ok := receive(ctx, queue)
			if !ok {
				return
			}
			out, ok := receive(ctx, one)
			if !ok || !yield(out) {
				return
			}
		}
	}
}
