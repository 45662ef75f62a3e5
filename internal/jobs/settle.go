package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/story"
)

// SettlerOptions of a Settler. Store is needed.
type SettlerOptions struct {
	Store store.Store
	Log   *slog.Logger // nil is silent
	Now   func() time.Time
	// Batch is how many articles are settled together at most; 0 is 10,000. A
	// batch ends with the day, too.
	Batch int
	// Small is up to how many articles in the window a batch is settled anew
	// with each article that comes, so that the order of their coming never
	// shows; 0 is 3,000. In larger windows that is done when a batch is closed
	// or nothing comes for a while. Less than 0 is never.
	Small int
}

// Settler makes stories, events, claims, figures and actors of what is in the
// store, and keeps them up with it. docs/decisions/0011-settlement.md says how.
type Settler struct {
	o    SettlerOptions
	poke chan struct{}
	mu   sync.Mutex // held while it settles; guards what follows

	turn   int64
	loaded bool
	closed *story.Window // as of the last closed batch
	live   *story.Window // with the open batch; nil where it is to be made of closed
	exact  bool          // live depends on no order of coming
	batch  store.Batch
	open   map[string]*story.Sketch
	place  map[string]string // article → id of its story, for those in a window
	done   map[string]uint64 // key of a story → what was written of it
	ids    map[string]string // key → id of all stories, while they are rebuilt
	lost   map[string]bool   // keys of stories that lost an article of a closed batch
}

// NewSettler makes a settler.
func NewSettler(o SettlerOptions) *Settler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Batch <= 0 {
		o.Batch = 10_000
	}
	if o.Small == 0 {
		o.Small = 3_000
	}
	return &Settler{o: o, poke: make(chan struct{}, 1)}
}

// Poke tells that something was committed.
func (s *Settler) Poke() {
	select {
	case s.poke <- struct{}{}:
	default:
	}
}

// How long the settler waits: for more to come after a poke, for a poke, and
// for another process that settles.
const (
	gather = 500 * time.Millisecond
	look   = 30 * time.Second
)

// Run settles what comes until ctx ends.
func (s *Settler) Run(ctx context.Context) {
	for {
		if err := s.Finish(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.Warn("settlement_failed", "error", err.Error())
		}
		wait := time.NewTimer(look)
		select {
		case <-ctx.Done():
			wait.Stop()
			return
		case <-wait.C:
		case <-s.poke:
			wait.Stop()
			select {
			case <-ctx.Done():
				return
			case <-time.After(gather):
			}
		}
	}
}

// Finish settles all that is not settled. Where another process settles, that
// is left to it.
func (s *Settler) Finish(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	release, held, err := s.o.Store.HoldSettling(ctx)
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	if !held {
		s.loaded = false
		return nil
	}
	defer release()
	for tries := 0; ; {
		more, err := s.pass(ctx)
		switch {
		case errors.Is(err, store.ErrOvertaken) && tries < 3:
			tries++
			s.loaded = false
		case store.Passing(err) && tries < 30: // it is done when there is room, or an answer
			tries++
			s.loaded = false
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Duration(tries) * 200 * time.Millisecond):
			}
		case err != nil:
			s.loaded = false // what is in memory may be ahead of the store
			return fmt.Errorf("settle: %w", err)
		case !more:
			return nil
		}
	}
}

// mostAtOnce is how many changed articles one pass takes.
const mostAtOnce = 1000

// pass settles some of what has changed. more is false where nothing is left.
func (s *Settler) pass(ctx context.Context) (more bool, err error) {
	at := s.o.Now().UTC().Truncate(time.Microsecond)
	if err := s.load(ctx, at); err != nil {
		return false, err
	}
	if len(s.open) >= s.o.Batch || len(s.open) > 0 && day(at) != day(s.batch.Opened) {
		return true, s.closeBatch(ctx, at)
	}
	changed, err := s.o.Store.Unsettled(ctx, mostAtOnce)
	if err != nil {
		return false, err
	}
	stale, err := s.o.Store.StaleBlocks(ctx, mostAtOnce)
	if err != nil {
		return false, err
	}
	if len(changed) == 0 && len(stale) == 0 {
		return s.idle(ctx, at)
	}
	w, err := s.take(ctx, changed)
	if err != nil {
		return false, err
	}
	w.at, w.stale = at, stale
	again := s.live == nil || s.small() || w.removed
	var keys map[string]bool
	if again {
		keys, err = s.anew(at)
	} else {
		keys = s.goOn(w, at)
	}
	if err != nil {
		return false, err
	}
	return true, s.write(ctx, w, keys)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func (s *Settler) small() bool { return len(s.open)+s.closed.Len() <= s.o.Small }

// idle does what was put off: the open batch is settled anew, so that the order
// of coming does not show, and long stories are told to their end.
func (s *Settler) idle(ctx context.Context, at time.Time) (more bool, err error) {
	behind, err := s.o.Store.Behind(ctx, 20)
	if err != nil || s.exact && len(behind) == 0 {
		return false, err
	}
	w := &work{at: at, whole: true, behind: behind, dirty: map[string]bool{}}
	keys := map[string]bool{}
	if !s.exact {
		if keys, err = s.anew(at); err != nil {
			return false, err
		}
	}
	return true, s.write(ctx, w, keys)
}

// work is what one pass has in hand.
type work struct {
	at      time.Time
	changed []store.Unsettled
	fresh   []*story.Sketch
	gone    []string // articles that are not shown any more
	records map[string]*news.Record
	dirty   map[string]bool   // articles whose record is another
	over    map[string]string // changed articles of stories that are over → the story's id
	stale   []string          // blocks of actors
	removed bool              // an article of a closed batch was taken out
	behind  []string          // ids of stories whose ledger is to be made to the end
	whole   bool              // so is that of all that are written
	force   bool              // even where nothing seems to have changed
	batches []store.Batch
	kept    map[string][]byte
	left    []string // ids of stories that are over now
}

// take reads what has changed, and puts it into the open batch.
func (s *Settler) take(ctx context.Context, changed []store.Unsettled) (*work, error) {
	w := &work{changed: changed, records: map[string]*news.Record{}, dirty: map[string]bool{}, over: map[string]string{}}
	var ids []string
	for _, u := range changed {
		ids = append(ids, u.Article)
	}
	settled, err := s.o.Store.SettledArticles(ctx, ids)
	if err != nil {
		return nil, err
	}
	at := map[string]string{}
	for _, a := range settled {
		at[a.Article] = a.Story
	}
	for _, u := range changed {
		r, err := s.current(ctx, u.Article)
		if err != nil {
			return nil, err
		}
		id := u.Article
		w.dirty[id] = true
		was := at[id]
		if was == "" {
			was = u.Story
		}
		if was != "" && s.open[id] == nil && !s.closed.Has(id) {
			w.over[id] = was // its story is over: it stays there, or leaves it
		} else {
			if s.closed.Has(id) {
				s.lost[s.closed.StoryOf(id)] = true
				s.closed.Remove(id)
				w.removed = true
			}
			delete(s.open, id)
			if r != nil {
				s.open[id] = story.NewSketch(articleOf(id, r))
				w.fresh = append(w.fresh, s.open[id])
			}
		}
		if r == nil {
			w.gone = append(w.gone, id)
		} else {
			w.records[id] = r
		}
	}
	return w, nil
}

// articleOf is an article as the clustering takes it.
func articleOf(id string, r *news.Record) story.Article {
	a := story.Of(r)
	a.ID = id
	return a
}

// current is the record of an article as it is shown; nil where it is not. The
// publication is left out where a source gives one that is yet to come.
func (s *Settler) current(ctx context.Context, id string) (*news.Record, error) {
	a, err := s.o.Store.Article(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil || a.State != store.Live {
		return nil, err
	}
	r, err := s.o.Store.Record(ctx, id, 0)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil // forgotten between the two
	}
	// What a person brought in is taken at its word.
	if err == nil && a.Feed != "" && !believed(string(r.Article.Published), a.Changed) {
		own := *r
		own.Article.Published = ""
		r = &own
	}
	return r, err
}

// believed reports whether a publication is not yet to come, by more than a day,
// when the article was received.
func believed(published string, received time.Time) bool {
	const day = len(time.DateOnly)
	return len(published) < day || published[:day] <= received.Add(24*time.Hour).UTC().Format(time.DateOnly)
}

// anew settles the open batch as a whole, and returns the stories that may be
// others now.
func (s *Settler) anew(at time.Time) (map[string]bool, error) {
	live, err := s.closed.Clone()
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(s.open)) {
		live.Add(s.open[id])
	}
	out := live.Settle(at)
	s.live, s.exact = live, true
	keys := map[string]bool{}
	for _, key := range out.Linked {
		keys[key] = true
	}
	for id := range s.open {
		keys[live.StoryOf(id)] = true
	}
	for key := range s.lost {
		keys[key] = true
	}
	return keys, nil
}

// goOn adds what is new to what was settled of the open batch.
func (s *Settler) goOn(w *work, at time.Time) map[string]bool {
	keys := map[string]bool{}
	s.exact = false
	for _, id := range w.gone {
		keys[s.live.StoryOf(id)] = true
		s.live.Remove(id)
	}
	for _, f := range w.fresh {
		keys[s.live.StoryOf(f.ID())] = true
		s.live.Add(f)
	}
	out := s.live.Settle(at)
	for _, list := range [][]string{out.Created, out.Changed, out.Linked} {
		for _, key := range list {
			keys[key] = true
		}
	}
	for _, r := range out.Retired {
		keys[r.Into] = true
	}
	for _, f := range w.fresh {
		keys[s.live.StoryOf(f.ID())] = true
	}
	return keys
}

// closeBatch settles the open batch for good.
func (s *Settler) closeBatch(ctx context.Context, at time.Time) error {
	w := &work{at: at, whole: true, dirty: map[string]bool{}}
	before := map[string]string{} // key → id of the story
	for _, key := range s.closed.Stories() {
		before[key] = s.place[s.closed.Members(key)[0]]
	}
	keys, err := s.anew(at)
	if err != nil {
		return err
	}
	closed := s.live
	w.kept = map[string][]byte{}
	for key, id := range before {
		if len(closed.Members(key)) == 0 {
			w.kept[key] = nil
			if closed.Resolve(key) == key {
				w.left = append(w.left, id)
			}
		}
	}
	for key := range keys {
		if k, there := closed.Keep(key); there {
			if w.kept[key], err = json.Marshal(k); err != nil {
				return fmt.Errorf("keep story %s: %w", key, err)
			}
		}
	}
	end, begin := s.batch, store.Batch{N: s.batch.N + 1, Opened: at}
	end.Closed = at
	w.batches = []store.Batch{end, begin}
	if err := s.write(ctx, w, keys); err != nil {
		return err
	}
	s.closed, s.live, s.exact = closed, nil, true
	s.batch, s.open, s.lost = begin, map[string]*story.Sketch{}, map[string]bool{}
	s.done = map[string]uint64{}
	for id := range s.place {
		if !closed.Has(id) {
			delete(s.place, id)
		}
	}
	return nil
}
