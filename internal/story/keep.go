package story

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// Kept is what a store keeps of a settled story so that the window can be made
// again: what sketches do not say.
type Kept struct {
	ID       string           `json:"id"`
	Settled  int32            `json:"settled"`  // the day of its last settlement, since 1970
	Articles []KeptArticle    `json:"articles"` // those of one text together, that which speaks for it first
	Links    []news.StoryLink `json:"links"`
}

// KeptArticle is an article of a settled story.
type KeptArticle struct {
	Article string `json:"article"`
	// Copy is nil for the article that speaks for its text.
	Copy *news.Copy `json:"copy"`
	// Undated is set where its publication was not believed.
	Undated bool `json:"undated,omitempty"`
	// Filed is its place in the order in which articles were settled.
	Filed    int64  `json:"filed"`
	Nearest  string `json:"nearest,omitempty"`
	Likeness int64  `json:"likeness,omitempty"`
}

// Keep says what to keep of a settled story; ok is false where there is none of
// that id.
func (w *Window) Keep(id string) (k Kept, ok bool) {
	g := w.stories[id]
	if g == nil || !g.settled {
		return k, false
	}
	k = Kept{ID: id, Settled: g.touched, Links: slices.Clone(g.links)}
	for _, f := range g.families {
		for _, it := range append([]*item{f.anchor}, f.copies...) {
			a := KeptArticle{Article: it.id, Undated: it.disbelieved, Filed: it.filed}
			if it.of != nil {
				c := it.copy()
				a.Copy = &c
			}
			if it.nearest != nil {
				a.Nearest, a.Likeness = it.nearest.id, it.likeness
			}
			k.Articles = append(k.Articles, a)
		}
	}
	return k, true
}

// Restore makes a window of its settled stories, as Keep gave them, and of the
// sketches of their articles. It goes on as the one that they were kept of
// would have. The error names what is missing or contradicts itself.
func Restore(o Options, stories []Kept, sketch func(article string) (*Sketch, error)) (*Window, error) {
	w := New(o)
	type links struct {
		it *item
		KeptArticle
	}
	var all []links
	for _, k := range stories {
		if w.stories[k.ID] != nil {
			return nil, fmt.Errorf("restore story %s: it is there twice", k.ID)
		}
		g := &group{id: k.ID, settled: true, touched: k.Settled, links: slices.Clone(k.Links)}
		w.stories[k.ID] = g
		for _, a := range k.Articles {
			s, err := sketch(a.Article)
			if err != nil {
				return nil, fmt.Errorf("restore story %s: %w", k.ID, err)
			}
			it := &item{Sketch: s, group: g, settled: true, filed: a.Filed}
			if w.items[s.id] != nil || s.id != a.Article {
				return nil, fmt.Errorf("restore story %s: article %s is in two places", k.ID, a.Article)
			}
			if a.Undated {
				it.disbelieve()
			}
			w.items[s.id] = it
			w.filed = max(w.filed, a.Filed)
			switch {
			case a.Copy == nil:
				it.kin = &family{anchor: it}
				g.families = append(g.families, it.kin)
			case len(g.families) == 0:
				return nil, fmt.Errorf("restore story %s: it begins with a copy", k.ID)
			default:
				it.kin = g.families[len(g.families)-1]
				it.kin.copies = append(it.kin.copies, it)
				it.kinship = kinship{a.Copy.Reason, a.Copy.Shared, credit(a.Copy.Credit)}
			}
			all = append(all, links{it, a})
		}
		if len(g.families) == 0 {
			return nil, fmt.Errorf("restore story %s: it has no articles", k.ID)
		}
		g.measure()
		g.slot = w.settled.put(g, g.features())
	}
	slices.SortFunc(all, func(a, b links) int { return cmp.Compare(a.Filed, b.Filed) })
	for _, l := range all {
		if l.Copy != nil {
			if l.it.of = w.items[l.Copy.Of]; l.it.of == nil {
				l.it.of = l.it.kin.anchor // what it was found to be like is gone
			}
		}
		l.it.nearest, l.it.likeness = w.items[l.Nearest], l.Likeness
		w.file(l.it)
	}
	return w, nil
}

// measure makes a story's mass from its texts, and its days from all articles.
func (g *group) measure() {
	g.mass = mass{}
	for _, f := range g.families {
		g.add(massOf(f.anchor.Sketch))
		for _, it := range f.copies {
			g.reach(it.Sketch)
		}
	}
}

// reach extends the days of a story to those of an article that adds nothing
// else.
func (m *mass) reach(s *Sketch) {
	day, ok := s.day()
	switch {
	case !ok:
	case !m.dated:
		m.dated, m.first, m.last = true, day, day
	default:
		m.first, m.last = min(m.first, day), max(m.last, day)
	}
}
