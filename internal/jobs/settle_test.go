package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// told are the reports of all example stories, read once.
var told = sync.OnceValues(func() ([]store.Entry, error) {
	r, err := reader.New(reader.Options{})
	if err != nil {
		return nil, err
	}
	var out []store.Entry
	for _, name := range examples.Stories() {
		for _, path := range examples.Reports(name) {
			for it, err := range file.Open(context.Background(), []string{filepath.Join("../../examples", path)}, file.Options{}) {
				if err != nil {
					return nil, err
				}
				address := "https://" + strings.ReplaceAll(path, "/", ".example/")
				d := &news.Delivery{Addresses: []string{address}, Text: it.Text, Title: it.Title, Publisher: it.Publisher, Published: it.Published, PublishedBasis: it.PublishedBasis, Blocks: it.Blocks}
				if name == "substation-claim" {
					d.Feed = "f1"
				}
				rec, err := r.Read(context.Background(), reader.Input{Text: d.Text, Title: d.Title, URL: address, Publisher: d.Publisher, Published: d.Published, PublishedBasis: d.PublishedBasis, Blocks: d.Blocks})
				if err != nil {
					return nil, err
				}
				out = append(out, store.Entry{Delivery: d, Record: rec})
			}
		}
	}
	return out, nil
})

// desk is a store that is settled, and its clock.
type desk struct {
	t  *testing.T
	s  store.Store
	at time.Time
	o  jobs.SettlerOptions
	*jobs.Settler
}

func (d *desk) restart() { d.Settler = jobs.NewSettler(d.o) }

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) put(entries ...store.Entry) []store.Result {
	d.t.Helper()
	r, err := d.s.Commit(d.t.Context(), store.Changes{Entries: entries})
	d.ok(err)
	return r
}

func (d *desk) settle() {
	d.t.Helper()
	d.ok(d.Finish(d.t.Context()))
}

// everyStore runs a test on both stores.
func everyStore(t *testing.T, f func(t *testing.T, open func(t *testing.T, o jobs.SettlerOptions) *desk)) {
	start := time.Date(2031, 9, 10, 9, 0, 0, 0, time.UTC) // some are dated later: not believed
	make := func(t *testing.T, o jobs.SettlerOptions, open func(now func() time.Time) (store.Store, error)) *desk {
		d := &desk{t: t, at: start, o: o}
		now := func() time.Time { return d.at }
		s, err := open(now)
		d.ok(err)
		t.Cleanup(func() { d.ok(s.Close()) })
		d.s, d.o.Store, d.o.Now = s, s, now
		d.restart()
		return d
	}
	t.Run("sqlite", func(t *testing.T) {
		f(t, func(t *testing.T, o jobs.SettlerOptions) *desk {
			return make(t, o, func(now func() time.Time) (store.Store, error) {
				return sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), sqlite.Options{Now: now})
			})
		})
	})
	t.Run("postgres", func(t *testing.T) {
		server := pgtest.Start(t)
		f(t, func(t *testing.T, o jobs.SettlerOptions) *desk {
			return make(t, o, func(now func() time.Time) (store.Store, error) {
				address, err := server.Database(t.Context())
				if err != nil {
					return nil, err
				}
				return postgres.Open(t.Context(), address, postgres.Options{Now: now})
			})
		})
	})
}

// holdings is all that was made of the articles. Without ids, it is what must
// be the same for any order.
func (d *desk) holdings(ids bool) map[string]any {
	d.t.Helper()
	ctx := d.t.Context()
	out := map[string]any{}
	rows, err := d.s.Stories(ctx, store.StoryListing{Limit: 1000})
	d.ok(err)
	for _, r := range rows {
		v, err := d.s.Story(ctx, r.ID)
		d.ok(err)
		var members []string
		for _, m := range v.Members {
			members = append(members, m.Article)
		}
		slices.Sort(members)
		id := v.ID
		name := "story " + strings.Join(members, " ")
		links := map[string]int{}
		for i := range v.Links {
			links[string(v.Links[i].Kind)]++
		}
		if !ids {
			v.ID, v.Links = "", nil
			r.ID, r.Cursor = "", ""
		}
		out[name] = []any{v, r, links}
		events, err := d.s.ResolvedEvents(ctx, store.EventListing{Story: id, Limit: 1000})
		d.ok(err)
		for _, e := range events {
			var members []string
			for _, m := range e.Members {
				members = append(members, m.Article+"/"+m.Event)
			}
			slices.Sort(members)
			if !ids {
				e.ID, e.Story, e.Cursor = "", "", ""
				e.Claims = []string{fmt.Sprint(len(e.Claims))}
				for i := range e.Figures {
					e.Figures[i].Event = ""
				}
			}
			out["event "+strings.Join(members, " ")] = e
		}
		claims, err := d.s.Claims(ctx, store.ClaimListing{Story: id, Limit: 1000})
		d.ok(err)
		for _, c := range claims {
			var stances []string
			for i := range c.Stances {
				stances = append(stances, c.Stances[i].ID)
				if !ids {
					c.Stances[i].Claim = ""
				}
			}
			if !ids {
				c.ID, c.Story, c.Event, c.Cursor = "", "", "", ""
			}
			slices.Sort(stances)
			out["claim "+strings.Join(stances, " ")] = c
		}
	}
	actors, err := d.s.Actors(ctx, store.ActorListing{Limit: 1000})
	d.ok(err)
	for _, r := range actors {
		a, err := d.s.Actor(ctx, r.ID)
		d.ok(err)
		articles, err := d.s.ActorArticles(ctx, r.ID, 0, 1000)
		d.ok(err)
		var in []string
		for _, x := range articles {
			in = append(in, x.ID)
		}
		slices.Sort(in)
		if !ids {
			a.ID = ""
		}
		key := fmt.Sprint("actor ", a.Type, " ", a.Name, " ", a.Country, " ", in)
		if _, twice := out[key]; twice {
			key += " again"
		}
		out[key] = a
	}
	return out
}

// rebuilt fails the test if a rebuild changes anything, ids among it.
func (d *desk) rebuilt() {
	d.t.Helper()
	before := d.holdings(true)
	seq := d.last()
	d.ok(jobs.Rebuild(d.t.Context(), d.o, nil))
	if diff := cmp.Diff(before, d.holdings(true)); diff != "" {
		d.t.Errorf("a rebuild changes (-before +after):\n%s", diff)
	}
	if n := d.last(); n != seq {
		d.t.Errorf("a rebuild of what is settled makes %d changes", n-seq)
	}
	d.restart()
}

func (d *desk) last() (seq int64) {
	d.t.Helper()
	for {
		c, err := d.s.LedgerChanges(d.t.Context(), seq, 1000)
		d.ok(err)
		if len(c) == 0 {
			return seq
		}
		seq = c[len(c)-1].Seq
	}
}

func shuffled(t *testing.T, seed uint64) []store.Entry {
	t.Helper()
	all, err := told()
	if err != nil {
		t.Fatal(err)
	}
	all = slices.Clone(all)
	r := rand.New(rand.NewPCG(seed, 1))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// TestSettleAnyOrder: in whatever order the articles of a batch come, and
// however often the process ends meanwhile, the same comes out, and a rebuild
// comes to the same.
func TestSettleAnyOrder(t *testing.T) {
	everyStore(t, func(t *testing.T, open func(*testing.T, jobs.SettlerOptions) *desk) {
		var want map[string]any
		for seed := range uint64(4) {
			o := jobs.SettlerOptions{}
			if seed%2 == 1 {
				o.Small = -1 // only when nothing comes any more
			}
			d := open(t, o)
			all := shuffled(t, seed)
			step := []int{len(all), 1, 5, 9}[seed]
			for part := range slices.Chunk(all, step) {
				d.put(part...)
				d.settle()
				if seed >= 2 {
					d.restart()
				}
			}
			got := d.holdings(false)
			if want == nil {
				want = got
				if len(want) < 40 {
					t.Fatalf("only %d things were made of the examples", len(want))
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("order %d, by %d (-want +got):\n%s", seed, step, diff)
			}
			d.rebuilt()
		}
	})
}

// TestRebuildMends: what was lost is made again.
func TestRebuildMends(t *testing.T) {
	everyStore(t, func(t *testing.T, open func(*testing.T, jobs.SettlerOptions) *desk) {
		d := open(t, jobs.SettlerOptions{})
		d.put(shuffled(t, 1)...)
		d.settle()
		want := d.holdings(false)
		st, err := d.s.Settlement(t.Context())
		d.ok(err)
		harm := store.Settled{Turn: st.Turn, At: d.at}
		stories, err := d.s.Stories(t.Context(), store.StoryListing{Limit: 1000})
		d.ok(err)
		for i, r := range stories {
			if i%2 == 0 {
				harm.Dropped = append(harm.Dropped, r.ID)
			}
			events, claims, err := d.s.LedgerOf(t.Context(), []string{r.ID})
			d.ok(err)
			for _, e := range events {
				harm.Dropped = append(harm.Dropped, e.ID)
			}
			for _, c := range claims {
				harm.Dropped = append(harm.Dropped, c.ID)
			}
		}
		actors, err := d.s.Actors(t.Context(), store.ActorListing{Limit: 1000})
		d.ok(err)
		for _, a := range actors {
			harm.Dropped = append(harm.Dropped, a.ID)
		}
		d.ok(d.s.Settle(t.Context(), harm))
		if n := len(d.holdings(false)); n >= len(want)/2 {
			t.Fatalf("%d of %d things are left", n, len(want))
		}
		d.ok(jobs.Rebuild(t.Context(), d.o, nil))
		if diff := cmp.Diff(want, d.holdings(false)); diff != "" {
			t.Errorf("after the rebuild (-want +got):\n%s", diff)
		}
	})
}

// TestSettleDays: batches that are closed are gone on from, by a process that
// has them in memory and by one that has not, and by a rebuild.
func TestSettleDays(t *testing.T) {
	everyStore(t, func(t *testing.T, open func(*testing.T, jobs.SettlerOptions) *desk) {
		var want map[string]any
		for seed := range uint64(2) {
			d := open(t, jobs.SettlerOptions{})
			all := shuffled(t, 7) // what is in a batch matters
			for part := range slices.Chunk(all, 8) {
				if seed == 1 {
					slices.Reverse(part)
				}
				for _, e := range part {
					d.put(e)
					d.settle()
					if seed == 1 {
						d.restart()
					}
				}
				d.at = d.at.Add(24 * time.Hour)
				d.settle()
			}
			d.at = d.at.Add(40 * 24 * time.Hour) // all stories are over
			d.settle()
			got := d.holdings(false)
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the other way (-want +got):\n%s", diff)
			}
			d.rebuilt()
		}
	})
}

// TestSettleGone: what is withdrawn or forgotten leaves nothing behind, whether
// its story is open or over; ids stay, and tombstones lead on.
func TestSettleGone(t *testing.T) {
	everyStore(t, func(t *testing.T, open func(*testing.T, jobs.SettlerOptions) *desk) {
		for _, over := range []bool{false, true} {
			d := open(t, jobs.SettlerOptions{})
			all := shuffled(t, 3)
			results := d.put(all...)
			d.settle()
			if over {
				d.at = d.at.Add(24 * time.Hour)
				d.settle()
				d.at = d.at.Add(40 * 24 * time.Hour)
				d.settle()
			}
			var ids []string
			for _, r := range results {
				ids = append(ids, r.Article)
			}
			story, err := d.s.StoryOf(t.Context(), ids[0])
			d.ok(err)
			gone := all[0]
			gone.Delivery = &news.Delivery{Addresses: gone.Delivery.Addresses, Action: news.Withdraw}
			gone.Record = nil
			d.put(gone)
			d.settle()
			if _, err := d.s.StoryOf(t.Context(), ids[0]); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("over %v: the story of what was withdrawn: %v", over, err)
			}
			all[0].Delivery.Published = "2031-07-31" // published again
			back := *all[0].Delivery
			back.Title += " "
			d.put(store.Entry{Delivery: &back, Record: all[0].Record})
			d.settle()
			if !over {
				if now, err := d.s.StoryOf(t.Context(), ids[0]); err != nil || now != story {
					t.Errorf("it is back in %s, was in %s: %v", now, story, err)
				}
			}
			for _, id := range ids {
				_, err := d.s.Forget(t.Context(), id, "by request")
				d.ok(err)
				d.settle()
				for name, v := range d.holdings(true) {
					if strings.Contains(fmt.Sprint(name, v), id) {
						t.Fatalf("over %v: %s still speaks of %s", over, name, id)
					}
				}
			}
			if left := d.holdings(true); len(left) > 0 {
				t.Errorf("over %v: of nothing there is still %v", over, slices.Collect(maps.Keys(left)))
			}
			if _, err := d.s.Story(t.Context(), story); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("over %v: a story without articles: %v", over, err)
			}
		}
	})
}
