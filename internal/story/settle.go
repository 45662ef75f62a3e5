package story

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// Settlement is what settling a batch changed.
type Settlement struct {
	Created []string // ids of stories
	Changed []string
	Linked  []string // whose links to others are new
	// Retired are ids that stand for another story now: of stories that became
	// one, and of those that were given out only until the settlement.
	Retired []Retired
	Closed  []string    // stories that left the window
	Copies  []news.Copy // of the batch
}

// Retired is an id that is not used any more.
type Retired struct {
	ID, Into string
}

// Settle closes the batch: the articles added since the last settlement. at is
// the moment of it; publication more than a day later is not believed. A zero
// moment stands for the last publication. Stories without a report in the days
// of the window before are closed and leave it.
func (w *Window) Settle(at time.Time) Settlement {
	w.disbelieve(at)
	batch := w.open
	w.open = nil
	slices.SortFunc(batch, byOrder)
	provisional := map[string][]*item{}
	for _, it := range batch {
		w.unfile(it)
		if !it.group.settled {
			provisional[it.group.id] = append(provisional[it.group.id], it)
		}
		it.group.open--
	}
	found := w.seekAll(batch)
	var out Settlement
	w.findCopies(batch, found)
	for _, it := range batch {
		if it.of != nil {
			out.Copies = append(out.Copies, it.kin.copiesOf(it)...)
		}
	}
	for id := range provisional {
		delete(w.stories, id)
	}
	for _, it := range batch {
		w.fresh.drop(it.slot)
	}
	today := dayOf(w.latest(at))
	w.join(batch, found, today, &out)
	for id, members := range provisional {
		if into := w.stories[id]; into == nil {
			out.Retired = append(out.Retired, Retired{id, most(members)})
			w.retired[id] = most(members)
		}
	}
	w.close(today, &out)
	slices.Sort(out.Created)
	slices.Sort(out.Changed)
	slices.Sort(out.Closed)
	slices.Sort(out.Linked)
	out.Linked = slices.Compact(out.Linked)
	slices.SortFunc(out.Retired, func(a, b Retired) int { return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Into, b.Into)) })
	return out
}

// disbelieve forgets the publication of open articles that is yet to come.
func (w *Window) disbelieve(at time.Time) {
	if at.IsZero() {
		return
	}
	limit := at.Unix() + 86400
	for _, it := range w.open {
		if it.published > limit {
			it.disbelieve()
		}
	}
}

func (it *item) disbelieve() {
	s := *it.Sketch
	s.published = noDate
	it.Sketch, it.disbelieved = &s, true
}

// latest is the moment of settling.
func (w *Window) latest(at time.Time) int64 {
	if !at.IsZero() {
		return at.Unix()
	}
	last := int64(0)
	for _, it := range w.items {
		last = max(last, it.published)
	}
	return last
}

// neighbours are what an article of the batch is compared with.
type neighbours struct {
	articles []hit[*item]
	stories  []hit[*group]
}

func (w *Window) seekAll(batch []*item) map[*item]neighbours {
	found := make(map[*item]neighbours, len(batch))
	for _, it := range batch {
		heavy := it.vector.heaviest(searchFeatures)
		found[it] = neighbours{
			w.fresh.seek(heavy, searchHits, func(o *item) bool { return o != it }, byOrder),
			w.settled.seek(heavy, searchHits/2, func(*group) bool { return true }, byID),
		}
	}
	return found
}

// findCopies finds what each article of the batch is a copy of, in their order:
// the first of one text is never a copy of a later one in the batch.
func (w *Window) findCopies(batch []*item, found map[*item]neighbours) {
	done := make(map[*item]bool, len(batch))
	for _, it := range batch {
		it.of, it.kinship, it.kin = nil, kinship{}, nil
		of, k := w.closestKin(it)
		var others []*item
		for _, h := range found[it].articles {
			if done[h.item] {
				others = append(others, h.item)
			}
		}
		for _, h := range found[it].stories[:min(abridgedStories, len(found[it].stories))] {
			others = append(others, nearInTime(h.item, it)...)
		}
		if o, x := closest(it, others); o != nil && (of == nil || x.stronger(k)) {
			of, k = o, x
		}
		if of != nil {
			it.of, it.kinship, it.kin = of, k, of.kin
			it.kin.copies = append(it.kin.copies, it)
		} else {
			it.kin = &family{anchor: it}
		}
		w.filed++
		it.filed = w.filed
		w.file(it)
		done[it] = true
	}
}

// An abridged copy of what was settled before is sought in the stories most
// like it, among the articles nearest in time.
const (
	abridgedStories  = 3
	abridgedArticles = 32
)

func nearInTime(g *group, it *item) []*item {
	anchors := make([]*item, 0, len(g.families))
	for _, f := range g.families {
		anchors = append(anchors, f.anchor)
	}
	if len(anchors) <= abridgedArticles {
		return anchors
	}
	distance := func(o *item) int64 {
		if o.published == noDate || it.published == noDate {
			return 1 << 40
		}
		return max(o.published-it.published, it.published-o.published)
	}
	slices.SortFunc(anchors, func(a, b *item) int { return cmp.Or(cmp.Compare(distance(a), distance(b)), byOrder(a, b)) })
	return anchors[:abridgedArticles]
}

// most is the story that most of the articles are in.
func most(members []*item) string {
	in := map[string]int{}
	best := ""
	for _, it := range members {
		id := it.group.id
		in[id]++
		if best == "" || in[id] > in[best] || in[id] == in[best] && id < best {
			best = id
		}
	}
	return best
}

// close takes the stories out that are older than the window, by their reports
// and by when the last of them came: an archive that is read today is not over
// at once. Beyond that those leave for which the window has no room.
func (w *Window) close(today int32, out *Settlement) {
	for _, g := range w.stories {
		last := g.touched
		if g.dated {
			last = max(last, g.last)
		}
		if last < today-int32(w.o.Days) {
			w.leave(g, out)
		}
	}
	for _, g := range w.overfull() {
		w.leave(g, out)
	}
}

func (w *Window) leave(g *group, out *Settlement) {
	if w.o.Left != nil {
		if s, ok := w.Story(g.id); ok {
			w.o.Left(s)
		}
	}
	for _, f := range g.families {
		for _, it := range append([]*item{f.anchor}, f.copies...) {
			w.unfile(it)
			delete(w.items, it.id)
		}
	}
	w.settled.drop(g.slot)
	delete(w.stories, g.id)
	w.retired[g.id] = ""
	out.Closed = append(out.Closed, g.id)
}
