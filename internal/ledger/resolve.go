package ledger

import (
	"cmp"
	"context"
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// group is a resolved event in the making.
type group struct {
	members []*member // the first joined first
	sample  []*member // those that a newcomer is held against
	joins   []news.Join
	blocks  map[string]bool
	gone    bool
	id      string
}

// sampleSize bounds how many members of an event a newcomer is held against.
const sampleSize = 12

// resolver joins members into groups.
type resolver struct {
	groups []*group
	of     map[news.EventRef]*group
	// blocks holds the groups in which a member may find its like.
	blocks map[string][]*group
	apart  map[[2]news.EventRef]bool
	tied   map[news.EventRef][]news.EventRef
}

// resolve joins the events of all records. Members are taken in the order of how
// much they tell, so that the vague ones choose among well-told happenings; that
// order and every choice depend on the set of articles alone.
func (b *builder) resolve(ctx context.Context, c Corrections) error {
	b.list()
	r := &resolver{of: map[news.EventRef]*group{}, blocks: map[string][]*group{}, apart: map[[2]news.EventRef]bool{}, tied: map[news.EventRef][]news.EventRef{}}
	for _, p := range c.Apart {
		r.apart[p], r.apart[[2]news.EventRef{p[1], p[0]}] = true, true
	}
	for _, p := range c.Together {
		r.tied[p[0]] = append(r.tied[p[0]], p[1])
		r.tied[p[1]] = append(r.tied[p[1]], p[0])
	}
	queue := slices.Clone(b.members)
	slices.SortStableFunc(queue, func(x, y *member) int {
		return cmp.Or(cmp.Compare(y.rank(), x.rank()), cmp.Compare(x.at, y.at))
	})
	for i, m := range queue {
		if i%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		r.place(m)
	}
	r.merge()
	for _, g := range r.groups {
		if !g.gone {
			b.groups = append(b.groups, g)
		}
	}
	b.order()
	return nil
}

// place puts a member into the group that it is most like, or into one of its
// own.
func (r *resolver) place(m *member) {
	var best *group
	var how affinity
	var to *member
	for _, ref := range r.tied[m.ref] {
		if g := r.of[ref]; g != nil && best == nil {
			best, to, how = g, g.members[0], affinity{score: threshold, reasons: []reason{{text: "joined by hand"}}}
		}
	}
	if best == nil {
		for _, g := range r.candidates(m) {
			if f, o := r.fit(m, g); o != nil && f.score >= threshold && (best == nil || f.score > how.score) {
				best, how, to = g, f, o
			}
		}
	}
	if best == nil {
		best = &group{blocks: map[string]bool{}}
		r.groups = append(r.groups, best)
	} else {
		best.joins = append(best.joins, news.Join{Member: m.ref, To: to.ref, Score: how.score, Reasons: how.explain()})
	}
	r.put(m, best)
}

func (r *resolver) put(m *member, g *group) {
	g.members = append(g.members, m)
	if len(g.sample) < sampleSize {
		g.sample = append(g.sample, m)
	}
	r.of[m.ref] = g
	for _, k := range m.blockKeys() {
		if !g.blocks[k] {
			g.blocks[k] = true
			r.blocks[k] = append(r.blocks[k], g)
		}
	}
}

// blockKeys are the blocks in which a member's like is sought: its story, and
// where the text dates it, that day in any story.
func (m *member) blockKeys() []string {
	var keys []string
	if m.article.Story != "" {
		keys = append(keys, m.family+" story "+m.article.Story)
	}
	if m.when.precise {
		keys = append(keys, m.family+" day "+dateOf(m.when.from))
	}
	return keys
}

// candidates are the groups of a member's blocks, and of the days before and
// after its own.
func (r *resolver) candidates(m *member) []*group {
	keys := m.blockKeys()
	if m.when.precise {
		keys = append(keys, m.family+" day "+dateOf(m.when.from-1), m.family+" day "+dateOf(m.when.from+1))
	}
	var out []*group
	seen := map[*group]bool{}
	for _, k := range keys {
		for _, g := range r.blocks[k] {
			if !seen[g] && !g.gone {
				seen[g] = true
				out = append(out, g)
			}
		}
	}
	return out
}

// fit is how well a member fits a group: as its likest member, where none that
// is well told speaks against it.
func (r *resolver) fit(m *member, g *group) (best affinity, to *member) {
	var kin *member
	var asKin affinity
	for _, o := range g.sample {
		if r.apart[[2]news.EventRef{m.ref, o.ref}] {
			return affinity{}, nil
		}
		f := compare(m, o)
		if f.vetoed {
			return affinity{}, nil
		}
		if o.article == m.article && o.onlyEffect() == m.onlyEffect() && (kin == nil || f.score < asKin.score) {
			kin, asKin = o, f
		}
		if to == nil || f.score > best.score {
			best, to = f, o
		}
	}
	if len(r.apart) > 0 {
		for _, o := range g.members {
			if r.apart[[2]news.EventRef{m.ref, o.ref}] {
				return affinity{}, nil
			}
		}
	}
	if kin != nil {
		return asKin, kin // its own article knows best what is another happening
	}
	return best, to
}

// merge joins groups that turn out to be one, best pair first by the order of
// the groups.
func (r *resolver) merge() {
	for _, g := range r.groups {
		if g.gone {
			continue
		}
		for {
			var best *group
			var how affinity
			var from, to *member
			seen := map[*group]bool{g: true}
			for _, m := range g.sample {
				for _, o := range r.candidates(m) {
					if seen[o] {
						continue
					}
					seen[o] = true
					if f, x, y := r.fitAll(g, o); x != nil && f.score >= threshold+1 && (best == nil || f.score > how.score) {
						best, how, from, to = o, f, x, y
					}
				}
			}
			if best == nil {
				break
			}
			g.joins = append(g.joins, best.joins...)
			g.joins = append(g.joins, news.Join{Member: from.ref, To: to.ref, Score: how.score, Reasons: append(how.explain(), "two events of several members")})
			best.gone = true
			for _, m := range best.members {
				r.put(m, g)
			}
		}
	}
}

// fitAll is how well all of one group fit another: the best pair, where no pair
// speaks against it.
func (r *resolver) fitAll(g, o *group) (best affinity, from, to *member) {
	for _, m := range o.sample {
		f, x := r.fit(m, g)
		if x == nil || x.article == m.article && f.score < threshold {
			return affinity{}, nil, nil
		}
		if from == nil || f.score > best.score {
			best, from, to = f, m, x
		}
	}
	return best, from, to
}

// order sorts members and groups by first report and names the groups.
func (b *builder) order() {
	for _, g := range b.groups {
		slices.SortFunc(g.members, func(x, y *member) int { return cmp.Compare(x.at, y.at) })
		first := g.members[0]
		g.id = ident("e", spanKey(first.article.ID, first.event.Trigger), string(first.event.Type), first.event.ID)
		slices.SortStableFunc(g.joins, func(x, y news.Join) int {
			return cmp.Or(cmp.Compare(x.Member.Article, y.Member.Article), cmp.Compare(x.Member.Event, y.Member.Event))
		})
	}
	slices.SortFunc(b.groups, func(x, y *group) int { return cmp.Compare(x.members[0].at, y.members[0].at) })
}
