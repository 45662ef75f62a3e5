package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/story"
)

// affected are the stories that a pass makes anew, and those in the store that
// they take the place of.
type affected struct {
	now map[string]news.Story         // by key; its ID is the key
	was map[string]store.SettledStory // by id
	key map[string]string             // article → key, of those in now
}

// write finds what is other than the store has it, makes the ledger of that, and
// hands all to the store in one transaction.
func (s *Settler) write(ctx context.Context, w *work, keys map[string]bool) error {
	found, sums, err := s.affected(ctx, w, keys)
	if err != nil {
		return err
	}
	out := store.Settled{Turn: s.turn, At: w.at, Done: w.changed, Batches: w.batches, Kept: w.kept, Gone: w.gone, Over: w.left, Blocks: w.stale}
	if len(out.Batches) == 0 {
		out.Batches = []store.Batch{s.batch}
	}
	if err := s.account(ctx, w, found, &out); err != nil {
		return err
	}
	if err := s.joinActors(ctx, w, &out); err != nil {
		return err
	}
	if err := s.o.Store.Settle(ctx, out); err != nil {
		return err
	}
	s.turn++
	for _, a := range out.Articles {
		s.place[a.Article] = a.Story
	}
	for _, id := range out.Gone {
		delete(s.place, id)
	}
	maps.Copy(s.done, sums)
	if len(out.Stories) > 0 || len(out.Changes) > 0 {
		s.o.Log.Info("settled", "articles", len(w.changed), "stories", len(out.Stories), "changes", len(out.Changes), "batch", s.batch.N, "open", len(s.open))
	}
	return nil
}

var seed = maphash.MakeSeed()

// sum tells a description of a story from another.
func sum(v news.Story) (uint64, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return 0, fmt.Errorf("encode story %s: %w", v.ID, err)
	}
	return maphash.Bytes(seed, b), nil
}

// affected describes the stories of some keys, those of articles that have
// changed, and all that have articles in common with what the store has of
// them.
func (s *Settler) affected(ctx context.Context, w *work, keys map[string]bool) (*affected, map[string]uint64, error) {
	a := &affected{now: map[string]news.Story{}, was: map[string]store.SettledStory{}, key: map[string]string{}}
	sums := map[string]uint64{}
	var ids []string // of stories in the store that are still to be looked at
	window := s.live
	if window == nil {
		window = s.closed
	}
	add := func(v news.Story) {
		if _, seen := a.now[v.ID]; seen {
			return
		}
		a.now[v.ID] = v
		for _, m := range v.Members {
			a.key[m.Article] = v.ID
			if id := s.place[m.Article]; id != "" {
				ids = append(ids, id)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		v, there := window.Story(key)
		if !there {
			continue
		}
		n, err := sum(v)
		if err != nil {
			return nil, nil, err
		}
		dirty := slices.ContainsFunc(v.Members, func(m news.StoryMember) bool { return w.dirty[m.Article] })
		if s.done[key] == n && !dirty && !w.force {
			continue
		}
		sums[key] = n
		add(v)
	}
	for _, u := range w.changed {
		if u.Story != "" {
			ids = append(ids, u.Story)
		}
		if id := s.place[u.Article]; id != "" {
			ids = append(ids, id)
		}
	}
	ids = append(ids, w.behind...)
	for _, id := range w.over {
		ids = append(ids, id)
	}
	for len(ids) > 0 {
		slices.Sort(ids)
		ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { _, seen := a.was[id]; return seen })
		stored, err := s.o.Store.SettledStories(ctx, ids)
		if err != nil {
			return nil, nil, err
		}
		ids = nil
		for _, v := range stored {
			a.was[v.Story.ID] = v
			over := false
			for _, m := range v.Story.Members {
				if key := window.StoryOf(m.Article); key != "" {
					if a.now[key].ID == "" {
						next, _ := window.Story(key)
						add(next)
					}
				} else if a.key[m.Article] == "" && s.open[m.Article] == nil && !s.closed.Has(m.Article) {
					over = true
				}
			}
			if over && a.now[v.Key].ID == "" {
				next, err := s.describeOver(ctx, w, v)
				if err != nil {
					return nil, nil, err
				}
				if len(next.Members) > 0 {
					add(next)
				}
			}
		}
	}
	return a, sums, nil
}

// describeOver describes a story that is not in the window any more, without
// what left it.
func (s *Settler) describeOver(ctx context.Context, w *work, v store.SettledStory) (news.Story, error) {
	v.Story.ID = v.Key
	k := story.KeptOf(v.Story)
	var ids []string
	for _, a := range k.Articles {
		if !slices.Contains(w.gone, a.Article) && s.open[a.Article] == nil && !s.closed.Has(a.Article) {
			ids = append(ids, a.Article)
		}
	}
	sketches, err := s.sketches(ctx, ids)
	if err != nil {
		return news.Story{}, err
	}
	for id := range sketches {
		if r := w.records[id]; r != nil {
			sketches[id] = story.NewSketch(articleOf(id, r))
		}
	}
	if k.Articles = present(k.Articles, sketches); len(k.Articles) == 0 {
		return news.Story{}, nil
	}
	window, err := story.Restore(s.options(), []story.Kept{k}, func(article string) (*story.Sketch, error) { return sketches[article], nil })
	if err != nil {
		return news.Story{}, err
	}
	out, _ := window.Story(v.Key)
	return out, nil
}

// part is some stories in the store and those that take their place.
type part struct {
	keys, ids []string
}

// parts puts together what has articles in common.
func (a *affected) parts() []part {
	up := map[string]string{}
	var root func(x string) string
	root = func(x string) string {
		for up[x] != "" && up[x] != x {
			x = up[x]
		}
		return x
	}
	join := func(x, y string) {
		if x, y = root(x), root(y); x != y {
			up[max(x, y)] = min(x, y)
		}
	}
	for _, v := range a.was {
		for _, m := range v.Articles {
			if key := a.key[m]; key != "" {
				join("id "+v.Story.ID, "key "+key)
			}
		}
	}
	of := map[string]*part{}
	at := func(x string) *part {
		if of[root(x)] == nil {
			of[root(x)] = &part{}
		}
		return of[root(x)]
	}
	for _, key := range slices.Sorted(maps.Keys(a.now)) {
		p := at("key " + key)
		p.keys = append(p.keys, key)
	}
	for _, id := range slices.Sorted(maps.Keys(a.was)) {
		p := at("id " + id)
		p.ids = append(p.ids, id)
	}
	var out []part
	for _, p := range of {
		out = append(out, *p)
	}
	first := func(p part) string { return slices.Concat(p.keys, p.ids)[0] }
	slices.SortFunc(out, func(x, y part) int { return cmp.Compare(first(x), first(y)) })
	return out
}

// name gives stories the ids of those in the store with which they have the
// most articles in common, and others to those that are new.
func (s *Settler) name(ctx context.Context, a *affected, all []part) (map[string]string, error) {
	id := map[string]string{}
	var fresh []string
	for _, p := range all {
		before := map[string][]string{}
		for _, i := range p.ids {
			before[i] = a.was[i].Articles
		}
		var after [][]string
		for _, key := range p.keys {
			after = append(after, articlesOf(a.now[key]))
		}
		for i, name := range ledger.Names(before, after) {
			if id[p.keys[i]] = name; name == "" {
				fresh = append(fresh, p.keys[i])
			}
		}
	}
	taken, err := s.taken(ctx, fresh)
	if err != nil {
		return nil, err
	}
	given := map[string]bool{}
	for _, key := range fresh {
		id[key] = ledger.Fresh(key, func(id string) bool { return given[id] || taken.has(id) })
		given[id[key]] = true
	}
	return id, taken.err
}

func articlesOf(v news.Story) []string {
	out := make([]string, len(v.Members))
	for i, m := range v.Members {
		out[i] = m.Article
	}
	return out
}

// taken tells ids that were given; it keeps the first error of the store.
type taken struct {
	known map[string]bool
	ask   func(id string) (map[string]bool, error)
	err   error
}

// taken asks the store about the ids that are wanted in one go, and later about
// others that are tried instead.
func (s *Settler) taken(ctx context.Context, want []string) (*taken, error) {
	t := &taken{known: map[string]bool{}, ask: func(id string) (map[string]bool, error) { return s.o.Store.Taken(ctx, []string{id}) }}
	is, err := s.o.Store.Taken(ctx, want)
	for _, id := range want {
		t.known[id] = is[id]
	}
	return t, err
}

func (t *taken) has(id string) bool {
	is, known := t.known[id]
	if !known {
		m, err := t.ask(id)
		if err != nil && t.err == nil {
			t.err = err
		}
		is = m[id]
		t.known[id] = is
	}
	return is
}
