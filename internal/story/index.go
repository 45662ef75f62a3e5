package story

import (
	"cmp"
	"slices"
)

// index finds what shares heavy features with a vector: articles, or stories.
type index[T any] struct {
	lists map[uint32]*postings
	slots []slot[T]
	free  []int32
	// of one search, kept for the next
	score   []int64
	touched []int32
	short   []queryList
}

type slot[T any] struct {
	item  T
	filed vector // the features that it is filed under; nil where the slot is free
	turn  uint32 // how often the slot was used before
}

type postings struct {
	list []posting
	live int // of them, those that were not taken out
}

type posting struct {
	slot   int32
	turn   uint32
	weight int32
}

type queryList struct {
	feature
	*postings
}

// hit is something found, and its likeness as far as the heavy features go.
type hit[T any] struct {
	item  T
	score int64
}

func newIndex[T any]() *index[T] { return &index[T]{lists: map[uint32]*postings{}} }

// put files an item and returns its slot, for drop.
func (x *index[T]) put(item T, v vector) int32 {
	var n int32
	if last := len(x.free) - 1; last >= 0 {
		n, x.free = x.free[last], x.free[:last]
	} else {
		n = int32(len(x.slots))
		x.slots = append(x.slots, slot[T]{})
		x.score = append(x.score, 0)
	}
	s := &x.slots[n]
	s.item, s.filed = item, v
	for _, f := range v {
		p := x.lists[f.id]
		if p == nil {
			p = &postings{}
			x.lists[f.id] = p
		}
		p.list = append(p.list, posting{n, s.turn, f.weight})
		p.live++
	}
	return n
}

// drop takes an item out. What is left of it in the lists is known by the
// slot's turn, and cleared when it makes up half of a list.
func (x *index[T]) drop(n int32) {
	s := &x.slots[n]
	filed := s.filed
	*s = slot[T]{turn: s.turn + 1}
	x.free = append(x.free, n)
	for _, f := range filed {
		p := x.lists[f.id]
		p.live--
		switch {
		case p.live == 0:
			delete(x.lists, f.id)
		case p.live < len(p.list)/2:
			p.list = slices.DeleteFunc(p.list, func(q posting) bool { return x.slots[q.slot].turn != q.turn })
		}
	}
}

// How much of the lists one search reads: the shortest first, at least
// leastLists of them and then as many as there is effort for. A word that half
// of all articles have tells them not apart, and would cost the most.
const (
	leastLists = 4
	effort     = 4096
)

// leastScore is the score below which something found is not worth comparing:
// a fifth of what joins, from the heavy features alone. It is asked only where
// all lists were read.
const leastScore = one / 25

// seek finds at most n, those of the highest score first, among those that
// accept allows; at one score first those for which order is the least. What it
// finds depends on what is filed alone, not on the order of filing.
func (x *index[T]) seek(v vector, n int, accept func(T) bool, order func(a, b T) int) []hit[T] {
	x.short = x.short[:0]
	for _, f := range v {
		if p := x.lists[f.id]; p != nil {
			x.short = append(x.short, queryList{f, p})
		}
	}
	slices.SortFunc(x.short, func(a, b queryList) int { return cmp.Or(a.live-b.live, cmp.Compare(a.id, b.id)) })
	x.touched = x.touched[:0]
	read, least := 0, int64(leastScore)
	for i, l := range x.short {
		if read += l.live; read > effort && i >= leastLists {
			least = 0
			break
		}
		for _, p := range l.list {
			if x.slots[p.slot].turn != p.turn {
				continue
			}
			if x.score[p.slot] == 0 {
				x.touched = append(x.touched, p.slot)
			}
			x.score[p.slot] += int64(p.weight) * int64(l.weight)
		}
	}
	var best []hit[T]
	compare := func(a, b hit[T]) int { return cmp.Or(cmp.Compare(b.score, a.score), order(a.item, b.item)) }
	for _, s := range x.touched {
		h := hit[T]{x.slots[s].item, x.score[s]}
		x.score[s] = 0
		if h.score < least || len(best) == n && h.score < best[n-1].score || !accept(h.item) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, h, compare)
		if at < n {
			best = slices.Insert(best, at, h)
			best = best[:min(n, len(best))]
		}
	}
	return best
}
