package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/actor"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/story"
)

// ErrSettling is returned by Rebuild where another process settles.
var ErrSettling = errors.New("another process settles; stop it, or wait until it is done")

// rebuiltAtOnce is how many stories a rebuild writes in one transaction.
const rebuiltAtOnce = 200

// Rebuild makes all stories, events, claims, figures and actors anew from the
// records: batch by batch as they were settled. Ids are kept by overlap. What
// is as the store has it is not written, so a rebuild of what is settled
// changes nothing. A rebuild that was cut off can be begun again. progress,
// where it is not nil, is told of articles read, and then of stories made.
//
// What the clustering makes of all articles is held in memory: some kilobytes
// for each.
func Rebuild(ctx context.Context, o SettlerOptions, progress func(step string, done, of int)) error {
	s := NewSettler(o)
	if progress == nil {
		progress = func(string, int, int) {}
	}
	if err := s.rebuild(ctx, progress); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return nil
}

func (s *Settler) rebuild(ctx context.Context, progress func(step string, done, of int)) error {
	release, held, err := s.o.Store.HoldSettling(ctx)
	if err != nil {
		return err
	}
	if !held {
		return ErrSettling
	}
	defer release()
	for more := true; more; { // so that every article is of a batch
		if more, err = s.pass(ctx); err != nil {
			return err
		}
	}
	at := s.o.Now().UTC().Truncate(time.Microsecond)
	r := &rebuilding{s: s, at: at, now: map[string]news.Story{}, key: map[string]string{}, progress: progress}
	if err := r.replay(ctx); err != nil {
		return err
	}
	return r.write(ctx)
}

// rebuilding is a rebuild on its way.
type rebuilding struct {
	s        *Settler
	at       time.Time
	now      map[string]news.Story // all stories, by key
	key      map[string]string     // article → key
	progress func(step string, done, of int)
}

// replay settles all batches again.
func (r *rebuilding) replay(ctx context.Context) error {
	s := r.s
	st, err := s.o.Store.Settlement(ctx)
	if err != nil {
		return err
	}
	s.turn = st.Turn
	stats, err := s.o.Store.Stats(ctx)
	if err != nil {
		return err
	}
	o := s.options()
	o.Left = func(v news.Story) { r.take(v) }
	w := story.New(o)
	s.place = map[string]string{}
	done := 0
	for _, b := range st.Batches {
		var ids []string
		err := s.o.Store.BatchArticles(ctx, b.N, func(a store.SettledArticle) error {
			ids = append(ids, a.Article)
			s.place[a.Article] = a.Story
			return nil
		})
		if err != nil {
			return err
		}
		sketches := map[string]*story.Sketch{}
		for _, id := range ids {
			rec, err := s.current(ctx, id)
			if err != nil {
				return err
			}
			if rec != nil {
				sketches[id] = story.NewSketch(articleOf(id, rec))
			}
			if done++; done%100 == 0 {
				r.progress("read", done, int(stats.Articles[store.Live]))
			}
		}
		if b.Closed.IsZero() {
			s.open = sketches
			break
		}
		s.open = map[string]*story.Sketch{}
		for _, id := range slices.Sorted(maps.Keys(sketches)) {
			w.Add(sketches[id])
		}
		w.Settle(b.Closed)
	}
	s.closed, s.lost = w, map[string]bool{}
	if _, err := s.anew(r.at); err != nil {
		return err
	}
	for _, key := range s.live.Stories() {
		v, _ := s.live.Story(key)
		r.take(v)
	}
	// What the open batch closed is still to be gone on from.
	for _, key := range s.closed.Stories() {
		if _, there := r.now[key]; !there && s.live.Resolve(key) == key {
			if v, there := s.closed.Story(key); there {
				r.take(v)
			}
		}
	}
	return nil
}

func (r *rebuilding) take(v news.Story) {
	if _, seen := r.now[v.ID]; seen {
		return
	}
	r.now[v.ID] = v
	for _, m := range v.Members {
		r.key[m.Article] = v.ID
	}
}

// write hands what was made to the store, some stories at a time.
func (r *rebuilding) write(ctx context.Context) error {
	s := r.s
	light := &affected{now: r.now, was: map[string]store.SettledStory{}, key: r.key}
	for id := ""; ; {
		ids, err := s.o.Store.StoryIDs(ctx, id, 1000)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			break
		}
		for _, id = range ids {
			light.was[id] = store.SettledStory{Story: news.Story{ID: id}}
		}
	}
	for article, id := range s.place {
		v := light.was[id]
		v.Story.ID = id
		v.Articles = append(v.Articles, article)
		light.was[id] = v
	}
	parts := light.parts()
	ids, err := s.name(ctx, light, parts)
	if err != nil {
		return err
	}
	s.ids = ids
	done := 0
	for len(parts) > 0 {
		n, keys := 0, 0
		for n < len(parts) && (n == 0 || keys < rebuiltAtOnce) {
			keys += len(parts[n].keys)
			n++
		}
		if err := r.writeParts(ctx, parts[:n], ids); err != nil {
			return err
		}
		parts = parts[n:]
		done += keys
		r.progress("made", done, len(r.now))
	}
	return r.finish(ctx)
}

func (r *rebuilding) writeParts(ctx context.Context, parts []part, ids map[string]string) error {
	s := r.s
	a := &affected{now: map[string]news.Story{}, was: map[string]store.SettledStory{}, key: r.key}
	var stored []string
	for _, p := range parts {
		for _, key := range p.keys {
			a.now[key] = r.now[key]
		}
		stored = append(stored, p.ids...)
	}
	was, err := s.o.Store.SettledStories(ctx, stored)
	if err != nil {
		return err
	}
	for _, v := range was {
		a.was[v.Story.ID] = v
	}
	w := &work{at: r.at, whole: true, force: true, dirty: map[string]bool{}, records: map[string]*news.Record{}}
	out := store.Settled{Turn: s.turn, At: r.at}
	words, err := s.o.Store.Joinings(ctx)
	if err != nil {
		return err
	}
	for _, p := range parts {
		p.ids = slices.DeleteFunc(p.ids, func(id string) bool { _, there := a.was[id]; return !there })
		if err := s.accountOf(ctx, w, a, p, ids, corrections(words), &out); err != nil {
			return err
		}
	}
	if len(out.Stories)+len(out.Dropped)+len(out.Changes)+len(out.Articles) == 0 {
		return nil
	}
	if err := s.o.Store.Settle(ctx, out); err != nil {
		return err
	}
	s.turn++
	for _, p := range out.Articles {
		s.place[p.Article] = p.Story
	}
	return nil
}

// finish writes from where the clustering goes on, and joins all actors anew.
func (r *rebuilding) finish(ctx context.Context) error {
	s := r.s
	kept := map[string][]byte{}
	err := s.o.Store.KeptStories(ctx, func(key string, _ []byte) error {
		kept[key] = nil
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range s.closed.Stories() {
		k, _ := s.closed.Keep(key)
		if kept[key], err = json.Marshal(k); err != nil {
			return fmt.Errorf("keep story %s: %w", key, err)
		}
	}
	out := store.Settled{Turn: s.turn, At: r.at, Kept: kept}
	for _, key := range s.live.Stories() {
		for _, id := range s.live.Members(key) {
			sketch, err := s.live.Sketch(id).MarshalBinary()
			if err != nil {
				return err
			}
			if of := s.open[id]; of != nil { // as it came, whether its date is believed or not
				if sketch, err = of.MarshalBinary(); err != nil {
					return err
				}
			}
			out.Articles = append(out.Articles, store.SettledArticle{Article: id, Story: s.place[id], Origin: "", Sketch: sketch})
		}
	}
	if err := s.o.Store.Settle(ctx, out); err != nil {
		return err
	}
	s.turn++
	return r.actors(ctx)
}

// actors reads the entities of all records again, some articles at a time, and
// then joins every block.
func (r *rebuilding) actors(ctx context.Context) error {
	s := r.s
	all := slices.Sorted(maps.Keys(s.place))
	for i := 0; i < len(all); i += rebuiltAtOnce {
		chunk := all[i:min(len(all), i+rebuiltAtOnce)]
		w := &work{at: r.at, dirty: map[string]bool{}, records: map[string]*news.Record{}}
		held, err := s.o.Store.ProfilesOf(ctx, chunk)
		if err != nil {
			return err
		}
		was := map[string]map[string]store.Profile{}
		for _, p := range held {
			if was[p.Article] == nil {
				was[p.Article] = map[string]store.Profile{}
			}
			was[p.Article][p.Entity] = p
		}
		for _, id := range chunk {
			rec, err := s.current(ctx, id)
			if err != nil {
				return err
			}
			if rec == nil {
				continue
			}
			same, err := sameProfiles(actor.Profiles(id, rec), was[id])
			if err != nil {
				return err
			}
			if !same {
				w.records[id] = rec
			}
		}
		if err := r.settleActors(ctx, w, func(out *store.Settled) error { return s.joinActors(ctx, w, out) }); err != nil {
			return err
		}
	}
	for after := ""; ; {
		blocks, err := s.o.Store.Blocks(ctx, after, 500)
		if err != nil {
			return err
		}
		if len(blocks) == 0 {
			return nil
		}
		after = blocks[len(blocks)-1]
		w := &work{at: r.at, records: map[string]*news.Record{}}
		if err := r.settleActors(ctx, w, func(out *store.Settled) error { return s.joinBlocks(ctx, w, blocks, nil, nil, out) }); err != nil {
			return err
		}
	}
}

func (r *rebuilding) settleActors(ctx context.Context, w *work, join func(*store.Settled) error) error {
	out := store.Settled{Turn: r.s.turn, At: w.at}
	if err := join(&out); err != nil {
		return err
	}
	if len(out.Profiles)+len(out.Actors)+len(out.Dropped) == 0 {
		return nil
	}
	if err := r.s.o.Store.Settle(ctx, out); err != nil {
		return err
	}
	r.s.turn++
	return nil
}

// sameProfiles reports whether the store has the entities of a record as they
// are now.
func sameProfiles(now []actor.Profile, was map[string]store.Profile) (bool, error) {
	if len(now) != len(was) {
		return false, nil
	}
	for i := range now {
		body, err := json.Marshal(now[i])
		if err != nil {
			return false, err
		}
		if p, there := was[now[i].Entity]; !there || p.Block != now[i].Block || string(p.Body) != string(body) {
			return false, nil
		}
	}
	return true, nil
}
