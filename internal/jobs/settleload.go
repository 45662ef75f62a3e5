package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/story"
)

// load makes the windows of what the store keeps, where they are not in memory.
func (s *Settler) load(ctx context.Context, at time.Time) error {
	if s.loaded {
		return nil
	}
	st, err := s.o.Store.Settlement(ctx)
	if err != nil {
		return err
	}
	s.turn = st.Turn
	s.open, s.place = map[string]*story.Sketch{}, map[string]string{}
	s.done, s.lost, s.live, s.exact = map[string]uint64{}, map[string]bool{}, nil, false
	s.batch = store.Batch{N: 1, Opened: at}
	if n := len(st.Batches); n > 0 {
		s.batch = st.Batches[n-1]
		if !s.batch.Closed.IsZero() {
			s.batch = store.Batch{N: s.batch.N + 1, Opened: at}
		}
	}
	var kept []story.Kept
	var ids []string
	err = s.o.Store.KeptStories(ctx, func(key string, body []byte) error {
		var k story.Kept
		if err := json.Unmarshal(body, &k); err != nil {
			return fmt.Errorf("open story %s: %w", key, err)
		}
		kept = append(kept, k)
		for _, a := range k.Articles {
			ids = append(ids, a.Article)
		}
		return nil
	})
	if err != nil {
		return err
	}
	// Those of the open batch are among the kept stories only where they were
	// settled before in another state: an edit takes them out.
	edited := map[string]bool{}
	err = s.o.Store.BatchArticles(ctx, s.batch.N, func(a store.SettledArticle) error {
		edited[a.Article] = true
		s.place[a.Article] = a.Story
		return nil
	})
	if err != nil {
		return err
	}
	closed := slices.DeleteFunc(ids, func(id string) bool { return edited[id] })
	sketches, err := s.sketches(ctx, closed)
	if err != nil {
		return err
	}
	whole := kept[:0]
	for _, k := range kept {
		was := len(k.Articles)
		k.Articles = present(k.Articles, sketches)
		if len(k.Articles) < was {
			s.lost[k.ID] = true
		}
		if len(k.Articles) > 0 {
			whole = append(whole, k)
		}
	}
	s.closed, err = story.Restore(s.options(), whole, func(article string) (*story.Sketch, error) { return sketches[article], nil })
	if err != nil {
		return err
	}
	for part := range slices.Chunk(closed, 500) {
		places, err := s.o.Store.SettledArticles(ctx, part)
		if err != nil {
			return err
		}
		for _, a := range places {
			s.place[a.Article] = a.Story
		}
	}
	open, err := s.sketches(ctx, sorted(edited))
	if err != nil {
		return err
	}
	s.open = open
	s.loaded = true
	return nil
}

func sorted(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// options of the windows. An id is taken where a story had it: the store is
// asked when the story is named, so keys only have to differ from each other.
func (s *Settler) options() story.Options { return story.Options{} }

// present leaves out what is gone. Where that was the article that spoke for a
// text, the first copy speaks for it.
func present(all []story.KeptArticle, sketches map[string]*story.Sketch) []story.KeptArticle {
	out := all[:0:0]
	orphaned := false
	for _, a := range all {
		there := sketches[a.Article] != nil
		switch {
		case a.Copy == nil:
			orphaned = !there
		case there && orphaned:
			a.Copy, orphaned = nil, false
		}
		if there {
			out = append(out, a)
		}
	}
	return out
}

// sketches of live articles, as they were kept or else made of their records.
func (s *Settler) sketches(ctx context.Context, ids []string) (map[string]*story.Sketch, error) {
	out := make(map[string]*story.Sketch, len(ids))
	for part := range slices.Chunk(ids, 500) {
		kept, err := s.o.Store.Sketches(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, id := range part {
			var k story.Sketch
			if b := kept[id]; b != nil && k.UnmarshalBinary(b) == nil && k.ID() == id {
				out[id] = &k
				continue
			}
			r, err := s.current(ctx, id)
			if err != nil {
				return nil, err
			}
			if r != nil {
				out[id] = story.NewSketch(articleOf(id, r))
			}
		}
	}
	return out, nil
}
