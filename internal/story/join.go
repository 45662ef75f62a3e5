package story

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// cluster is a set of stories and new articles that are becoming one story.
type cluster struct {
	number  int // in the order of stories' ids, then of articles
	version int // counts its joinings
	mass
	stories []*group
	fresh   []*family
	near    map[*cluster]int64 // those it may join, and the likeness of all pairs added up
	gone    bool
	into    *group // the story that it became
}

// pair is two clusters that may become one.
type pair struct {
	likeness   int64
	a, b       *cluster // a has the smaller number
	versA, ver int
}

type pairs []pair

func (p pairs) Len() int { return len(p) }
func (p pairs) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(p[j].likeness, p[i].likeness), p[i].a.number-p[j].a.number, p[i].b.number-p[j].b.number) < 0
}
func (p pairs) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *pairs) Push(x any)   { *p = append(*p, x.(pair)) }
func (p *pairs) Pop() any {
	last := len(*p) - 1
	x := (*p)[last]
	*p = (*p)[:last]
	return x
}

// join puts the new texts of a batch into stories: of all pairs of stories and
// texts that were found to be neighbours the likest become one, again and again
// until none is like enough (agglomerative clustering, average linkage). Ties
// go by number, so that the order of coming plays no part.
func (w *Window) join(batch []*item, found map[*item]neighbours, today int32, out *Settlement) {
	clusters := w.clusters(batch, found)
	queue := &pairs{}
	consider := func(a, b *cluster) {
		if a.number > b.number {
			a, b = b, a
		}
		l := likeness(&a.mass, &b.mass, a.near[b])
		if _, span := gap(&a.mass, &b.mass); l >= w.threshold() && !parted(&a.mass, &b.mass, l) && span <= int32(w.o.Span) {
			heap.Push(queue, pair{l, a, b, a.version, b.version})
		}
	}
	for _, c := range clusters {
		for o := range c.near {
			if c.number < o.number {
				consider(c, o)
			}
		}
	}
	for queue.Len() > 0 {
		p := heap.Pop(queue).(pair)
		if p.a.gone || p.b.gone || p.a.version != p.versA || p.b.version != p.ver {
			continue
		}
		p.a.absorb(p.b)
		for o := range p.a.near {
			consider(p.a, o)
		}
	}
	for _, c := range clusters {
		switch {
		case c.gone:
		case len(c.fresh) == 0 && len(c.stories) == 1:
			c.into = c.stories[0]
		default:
			w.commit(c, today, out)
		}
	}
	for _, it := range batch {
		it.settled = true
		if it.of != nil {
			it.group = it.kin.anchor.group
		}
	}
	w.touchCopied(batch, today, out)
	w.nearest(batch, found)
	w.link(clusters, out)
}

// clusters makes one of each new text and of each story that one was found to
// be a neighbour of.
func (w *Window) clusters(batch []*item, found map[*item]neighbours) []*cluster {
	of := map[*group]*cluster{}
	var stories []*group
	for _, it := range batch {
		if it.of != nil {
			continue
		}
		for _, h := range found[it].stories {
			if of[h.item] == nil {
				of[h.item] = &cluster{mass: h.item.mass, stories: []*group{h.item}, near: map[*cluster]int64{}}
				stories = append(stories, h.item)
			}
		}
	}
	slices.SortFunc(stories, byID)
	var all []*cluster
	for _, g := range stories {
		all = append(all, of[g])
	}
	fresh := map[*family]*cluster{}
	for _, it := range batch {
		if it.of == nil {
			c := &cluster{mass: massOf(it.Sketch), fresh: []*family{it.kin}, near: map[*cluster]int64{}}
			fresh[it.kin] = c
			all = append(all, c)
		}
	}
	for n, c := range all {
		c.number = n
	}
	for _, it := range batch {
		if it.of != nil {
			continue
		}
		c := fresh[it.kin]
		meet := func(o *cluster) {
			if o != nil && o != c {
				if _, met := c.near[o]; !met {
					l := dot(c.sum, o.sum)
					c.near[o], o.near[c] = l, l
				}
			}
		}
		for _, h := range found[it].stories {
			meet(of[h.item])
		}
		for _, h := range found[it].articles {
			if o := fresh[h.item.kin]; o != nil {
				meet(o)
			} else if h.item.kin.anchor.settled {
				meet(of[h.item.kin.anchor.group]) // a copy of what was settled before
			}
		}
	}
	return all
}

// absorb makes one cluster of two.
func (c *cluster) absorb(o *cluster) {
	for n, l := range c.near {
		if n != o {
			if m, met := o.near[n]; met {
				l += m
			} else {
				l += dot(o.sum, n.sum)
			}
			c.near[n], n.near[c] = l, l
		}
	}
	for n, l := range o.near {
		if _, met := c.near[n]; !met && n != c {
			l += dot(c.sum, n.sum)
			c.near[n], n.near[c] = l, l
		}
		delete(n.near, o)
	}
	c.add(o.mass)
	c.version++
	o.gone = true
	c.stories = append(c.stories, o.stories...)
	c.fresh = append(c.fresh, o.fresh...)
	o.near = nil
}

// commit makes a story of a cluster. It keeps the id of the story that brings
// the most texts; at a tie, of the one that began first.
func (w *Window) commit(c *cluster, today int32, out *Settlement) {
	slices.SortFunc(c.fresh, func(a, b *family) int { return byOrder(a.anchor, b.anchor) })
	var g *group
	for _, s := range c.stories {
		if g == nil || len(s.families) > len(g.families) ||
			len(s.families) == len(g.families) && cmp.Or(cmp.Compare(s.first, g.first), byID(s, g)) < 0 {
			g = s
		}
	}
	if g == nil {
		g = &group{id: w.newID(c.fresh[0].anchor), settled: true}
		w.stories[g.id] = g
		out.Created = append(out.Created, g.id)
	} else {
		w.settled.drop(g.slot)
		out.Changed = append(out.Changed, g.id)
	}
	for _, s := range c.stories {
		if s == g {
			continue
		}
		w.settled.drop(s.slot)
		delete(w.stories, s.id)
		w.retired[s.id] = g.id
		out.Retired = append(out.Retired, Retired{s.id, g.id})
		g.families = append(g.families, s.families...)
		g.links = append(g.links, s.links...)
	}
	g.families = append(g.families, c.fresh...)
	slices.SortFunc(g.families, func(a, b *family) int { return byOrder(a.anchor, b.anchor) })
	for _, f := range g.families {
		f.anchor.group = g
		for _, it := range f.copies {
			it.group = g
		}
	}
	g.mass, g.touched = c.mass, today
	g.tally = nil
	for _, f := range g.families { // the first to be told are kept, not the first that were joined
		if f.anchor.happening.known {
			g.tally.count(told{f.anchor.happening, 1})
		}
	}
	g.slot = w.settled.put(g, g.features())
	c.into = g
}

// features are those that a story is filed under, with the mean of their
// weights.
func (g *group) features() vector {
	v := g.sum.heaviest(storyFeatures)
	for i := range v {
		v[i].weight = int32(int64(v[i].weight) / g.n)
	}
	return slices.DeleteFunc(v, func(f feature) bool { return f.weight == 0 })
}

// touchCopied notes stories to which a batch added nothing but copies, and the
// days of copies.
func (w *Window) touchCopied(batch []*item, today int32, out *Settlement) {
	for _, it := range batch {
		if it.of == nil {
			continue
		}
		g := it.group
		g.touched = max(g.touched, today)
		g.reach(it.Sketch)
		if !slices.Contains(out.Created, g.id) && !slices.Contains(out.Changed, g.id) {
			out.Changed = append(out.Changed, g.id)
		}
	}
}

// nearest notes for each new text the article of another origin in its story
// that it is most like.
func (w *Window) nearest(batch []*item, found map[*item]neighbours) {
	for _, it := range batch {
		if it.of != nil {
			continue
		}
		for _, h := range found[it].articles {
			it.closer(h.item.kin.anchor)
		}
		for _, h := range found[it].stories {
			if h.item == it.group || it.nearest == nil && len(it.group.families) > 1 {
				for _, o := range nearInTime(it.group, it) {
					it.closer(o)
				}
			}
		}
	}
}

// closer notes o for it, and it for o, where they are more alike than what was
// noted before.
func (it *item) closer(o *item) {
	if o == it || o.group != it.group {
		return
	}
	l := dot(it.vector, o.vector)
	for _, p := range [2][2]*item{{it, o}, {o, it}} {
		a, b := p[0], p[1]
		if a.nearest == nil || l > a.likeness || l == a.likeness && byOrder(b, a.nearest) < 0 {
			a.nearest, a.likeness = b, l
		}
	}
}

// maxLinks bounds the links of one story.
const maxLinks = 8

// link notes the stories that are alike but were kept apart.
func (w *Window) link(clusters []*cluster, out *Settlement) {
	least := int64(w.o.Link) * one / 1000
	for _, c := range clusters {
		if c.gone {
			continue
		}
		for o, l := range c.near {
			a, b := c.into, o.into
			days, _ := gap(&c.mass, &o.mass)
			l /= c.n * o.n
			if l < least {
				continue
			}
			kind := news.StoryLikeness
			if days > 0 && apart(c.tally, o.tally) < 500 {
				if kind = news.StoryPrecedes; o.first < c.first {
					kind = news.StoryFollows
				}
			}
			a.addLink(news.StoryLink{Story: b.id, Kind: kind, Likeness: share(l)})
			out.Linked = append(out.Linked, a.id)
		}
	}
}

func (g *group) addLink(l news.StoryLink) {
	if i := slices.IndexFunc(g.links, func(o news.StoryLink) bool { return o.Story == l.Story }); i >= 0 {
		g.links[i] = l
	} else {
		g.links = append(g.links, l)
	}
	slices.SortFunc(g.links, func(a, b news.StoryLink) int {
		return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), cmp.Compare(a.Story, b.Story))
	})
	g.links = g.links[:min(maxLinks, len(g.links))]
}

// share writes a likeness as a share of one, to the third digit.
func share(l int64) float64 { return float64(l*1000/one) / 1000 }
