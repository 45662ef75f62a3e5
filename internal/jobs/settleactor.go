package jobs

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/onrecord/onrecord/internal/actor"
	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// joinActors joins the entities of what has changed with those of all articles:
// every block that something changed in is joined anew.
func (s *Settler) joinActors(ctx context.Context, w *work, out *store.Settled) error {
	moved := map[string]string{} // article → its story, where that or its record is another
	for _, a := range out.Articles {
		if w.dirty[a.Article] || s.place[a.Article] != a.Story {
			moved[a.Article] = a.Story
		}
	}
	for id := range w.records {
		if _, there := moved[id]; !there {
			moved[id] = s.place[id]
		}
	}
	old, err := s.o.Store.ProfilesOf(ctx, slices.Concat(slices.Sorted(maps.Keys(moved)), w.gone))
	if err != nil {
		return err
	}
	blocks := map[string]bool{}
	for _, b := range w.stale {
		blocks[b] = true
	}
	for _, p := range old {
		blocks[p.Block] = true
	}
	fresh := map[string][]actor.Profile{} // by block
	for id, r := range w.records {
		for _, p := range actor.Profiles(id, r) {
			blocks[p.Block] = true
			fresh[p.Block] = append(fresh[p.Block], p)
		}
	}
	if err := s.joinBlocks(ctx, w, slices.Sorted(maps.Keys(blocks)), fresh, moved, out); err != nil {
		return err
	}
	put := map[news.ActorRef]bool{}
	for _, p := range out.Profiles {
		put[news.ActorRef{Article: p.Article, Entity: p.Entity}] = true
	}
	for _, p := range old { // entities that a newer record does not have
		if w.records[p.Article] != nil && !put[news.ActorRef{Article: p.Article, Entity: p.Entity}] {
			out.Profiles = append(out.Profiles, store.Profile{Article: p.Article, Entity: p.Entity})
		}
	}
	return nil
}

// joinBlocks joins blocks anew; fresh are the entities of records that are new.
func (s *Settler) joinBlocks(ctx context.Context, w *work, blocks []string, fresh map[string][]actor.Profile, moved map[string]string, out *store.Settled) error {
	words, err := s.o.Store.Joinings(ctx)
	if err != nil {
		return err
	}
	var c actor.Corrections
	for _, j := range words {
		if j.Object != "actor" {
			continue
		}
		pair := [2]news.ActorRef{{Article: j.One.Article, Entity: j.One.ID}, {Article: j.Two.Article, Entity: j.Two.ID}}
		if j.Together {
			c.Together = append(c.Together, pair)
		} else {
			c.Apart = append(c.Apart, pair)
		}
	}
	for chunk := range slices.Chunk(blocks, 500) {
		rows, actors, err := s.o.Store.Profiles(ctx, chunk)
		if err != nil {
			return err
		}
		byBlock := map[string][]store.Profile{}
		for _, r := range rows {
			byBlock[r.Block] = append(byBlock[r.Block], r)
		}
		was := map[string][]store.BlockActor{}
		for _, a := range actors {
			was[a.Block] = append(was[a.Block], a)
		}
		for _, b := range chunk {
			if err := s.joinBlock(ctx, w, b, byBlock[b], was[b], fresh[b], moved, c, out); err != nil {
				return fmt.Errorf("join the entities of %q: %w", b, err)
			}
		}
	}
	return nil
}

func (s *Settler) joinBlock(ctx context.Context, w *work, block string, rows []store.Profile, was []store.BlockActor, fresh []actor.Profile, moved map[string]string, c actor.Corrections, out *store.Settled) error {
	var all []actor.Profile
	held := map[news.ActorRef]store.Profile{}
	parts := map[string][]string{}
	ref := func(r news.ActorRef) string { return r.Article + " " + r.Entity }
	for _, r := range rows {
		at := news.ActorRef{Article: r.Article, Entity: r.Entity}
		held[at] = r
		parts[r.Actor] = append(parts[r.Actor], ref(at))
		if w.records[r.Article] != nil || slices.Contains(w.gone, r.Article) {
			continue // its record is another now
		}
		var p actor.Profile
		if err := json.Unmarshal(r.Body, &p); err != nil {
			return err
		}
		p.Article, p.Entity, p.Story, p.Block = r.Article, r.Entity, r.Story, block
		if to, is := moved[r.Article]; is {
			p.Story = to
		}
		all = append(all, p)
	}
	for _, p := range fresh {
		p.Story = moved[p.Article]
		all = append(all, p)
	}
	byRef := map[news.ActorRef]*actor.Profile{}
	for i := range all {
		byRef[all[i].Ref()] = &all[i]
	}
	joined := actor.Join(all, c)
	var made [][]string
	for _, j := range joined {
		var p []string
		for _, m := range j.Members {
			p = append(p, ref(m))
		}
		made = append(made, p)
	}
	before := map[string]store.BlockActor{}
	for _, a := range was {
		before[a.ID] = a
		if parts[a.ID] == nil {
			parts[a.ID] = []string{}
		}
	}
	names := ledger.Names(parts, made)
	given := map[string]bool{}
	holder := map[string]string{}
	for i := range joined {
		j := &joined[i]
		if names[i] == "" {
			taken, err := s.taken(ctx, []string{j.ID})
			if err != nil {
				return err
			}
			if names[i] = ledger.Fresh(j.ID, func(id string) bool { _, is := before[id]; return is || given[id] || taken.has(id) }); taken.err != nil {
				return taken.err
			}
		}
		j.ID = names[i]
		given[j.ID] = true
		for _, m := range j.Members {
			holder[ref(m)] = j.ID
			if err := putProfile(block, j.ID, byRef[m], held, w, out); err != nil {
				return err
			}
		}
		if err := putActor(block, j.Actor, before, out); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if given[id] {
			continue
		}
		ch := news.Change{Kind: news.ChangeDeleted, Object: "actor", ID: id, Fields: []string{}}
		votes := map[string]int{}
		for _, p := range parts[id] {
			if to := holder[p]; to != "" {
				votes[to]++
			}
		}
		for _, to := range slices.Sorted(maps.Keys(votes)) {
			if ch.Into == "" || votes[to] > votes[string(ch.Into)] {
				ch.Kind, ch.Into = news.ChangeMerged, news.Optional(to)
			}
		}
		out.Dropped, out.Changes = append(out.Dropped, id), append(out.Changes, ch)
	}
	return nil
}

// putProfile writes of which actor an entity is, where that is news.
func putProfile(block, id string, p *actor.Profile, held map[news.ActorRef]store.Profile, w *work, out *store.Settled) error {
	is, there := held[p.Ref()]
	if there && is.Actor == id && w.records[p.Article] == nil {
		return nil
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	out.Profiles = append(out.Profiles, store.Profile{Article: p.Article, Entity: p.Entity, Actor: id, Block: block, Body: body})
	return nil
}

// putActor writes an actor, where something about it is news.
func putActor(block string, a news.Actor, before map[string]store.BlockActor, out *store.Settled) error {
	ch := news.Change{Kind: news.ChangeCreated, Object: "actor", ID: a.ID, Fields: []string{}}
	if was, there := before[a.ID]; there {
		// As it is kept: lists that are empty and such that are not there are one.
		one, err := json.Marshal(was.Actor)
		if err != nil {
			return err
		}
		two, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if bytes.Equal(one, two) {
			return nil
		}
		ch.Kind, ch.Fields = news.ChangeUpdated, ledger.Differing(was.Actor, a)
	}
	out.Actors = append(out.Actors, store.BlockActor{Block: block, Actor: a})
	out.Changes = append(out.Changes, ch)
	return nil
}
