package story

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// errOpen is a caller's mistake.
var errOpen = errors.New("the window has articles that are not settled")

// Clone makes a window that goes on as this one would. All of its articles must
// be settled. The two share what does not change.
func (w *Window) Clone() (*Window, error) {
	if len(w.open) > 0 {
		return nil, errOpen
	}
	var stories []Kept
	for _, id := range w.Stories() {
		k, _ := w.Keep(id)
		stories = append(stories, k)
	}
	c, err := Restore(w.o, stories, func(article string) (*Sketch, error) {
		it := w.items[article]
		if it.disbelieved {
			s := *it.Sketch
			return &s, nil
		}
		return it.Sketch, nil
	})
	if err != nil {
		return nil, err
	}
	maps.Copy(c.retired, w.retired)
	c.filed = w.filed
	return c, nil
}

// Stories are the ids of all stories of the window, in their order.
func (w *Window) Stories() []string { return slices.Sorted(maps.Keys(w.stories)) }

// Members are the articles of a story, those that speak for their texts each
// before its copies, and then those that are not settled; none where it is not
// in the window.
func (w *Window) Members(id string) []string {
	g := w.stories[id]
	if g == nil {
		return nil
	}
	var out []string
	for _, f := range w.familiesOf(g) {
		out = append(out, f.anchor.id)
		for _, it := range f.copies {
			out = append(out, it.id)
		}
	}
	return out
}

// Has reports whether an article is in the window.
func (w *Window) Has(article string) bool { return w.items[article] != nil }

// Sketch is that of an article in the window; nil where it is not there.
func (w *Window) Sketch(article string) *Sketch {
	if it := w.items[article]; it != nil {
		return it.Sketch
	}
	return nil
}

// KeptOf is what would have been kept of a story, as far as its description
// tells: enough to describe it again without one of its articles.
func KeptOf(s news.Story) Kept {
	k := Kept{ID: s.ID, Links: s.Links}
	nearest := map[string]news.StoryMember{}
	for _, m := range s.Members {
		nearest[m.Article] = m
	}
	add := func(a KeptArticle) {
		m := nearest[a.Article]
		a.Filed = int64(len(k.Articles) + 1)
		a.Nearest, a.Likeness = string(m.Nearest), int64(m.Likeness*one)
		k.Articles = append(k.Articles, a)
	}
	for _, o := range s.Origins {
		add(KeptArticle{Article: o.Article})
		for _, c := range o.Copies {
			add(KeptArticle{Article: c.Article, Copy: &c})
		}
	}
	return k
}

// overfull are the stories that leave so that the window holds no more than it
// may: those to which nothing came for the longest time.
func (w *Window) overfull() []*group {
	if len(w.items) <= w.o.Most {
		return nil
	}
	last := func(g *group) (filed int64) {
		for _, f := range g.families {
			filed = max(filed, f.anchor.filed)
			for _, it := range f.copies {
				filed = max(filed, it.filed)
			}
		}
		return filed
	}
	type aged struct {
		*group
		filed int64
	}
	var all []aged
	for _, g := range w.stories {
		if g.settled {
			all = append(all, aged{g, last(g)})
		}
	}
	slices.SortFunc(all, func(a, b aged) int { return cmp.Compare(a.filed, b.filed) })
	var out []*group
	for left := len(w.items); left > w.o.Most && len(all) > 1; all = all[1:] {
		out = append(out, all[0].group)
		for _, f := range all[0].families {
			left -= 1 + len(f.copies)
		}
	}
	return out
}
