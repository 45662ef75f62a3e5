package story

import "slices"

// Remove takes an article out of the window: it was withdrawn, or its text is
// another now. The story it leaves stays, unless it was the only one there.
func (w *Window) Remove(article string) {
	if it := w.items[article]; it != nil {
		w.remove(it)
	}
}

func (w *Window) remove(it *item) {
	w.unfile(it)
	delete(w.items, it.id)
	g := it.group
	if !it.settled {
		w.open = slices.DeleteFunc(w.open, func(o *item) bool { return o == it })
		w.fresh.drop(it.slot)
		g.open--
		if !g.settled {
			if it.of == nil {
				g.n--
				g.sum = minus(g.sum, it.vector)
			}
			if g.open == 0 {
				delete(w.stories, g.id)
			}
		}
		return
	}
	f := it.kin
	switch {
	case f.anchor != it:
		f.copies = slices.DeleteFunc(f.copies, func(o *item) bool { return o == it })
	case len(f.copies) > 0:
		next := f.copies[0]
		f.anchor, f.copies = next, f.copies[1:]
		next.of, next.kinship = nil, kinship{}
		for _, c := range f.copies {
			c.of, c.kinship = next, kin(c.Sketch, next.Sketch)
		}
		w.weighAnew(g)
	default:
		g.families = slices.DeleteFunc(g.families, func(o *family) bool { return o == f })
		w.weighAnew(g)
	}
	for _, o := range append([]*item{f.anchor}, f.copies...) {
		if o != it {
			w.file(o)
		}
	}
	for _, o := range g.families {
		if o.anchor.nearest == it {
			o.anchor.nearest, o.anchor.likeness = nil, 0
		}
	}
}

// weighAnew makes a story's mass from its texts. Where none is left it goes.
func (w *Window) weighAnew(g *group) {
	w.settled.drop(g.slot)
	if len(g.families) == 0 {
		delete(w.stories, g.id)
		w.retired[g.id] = ""
		w.regroup(g)
		return
	}
	g.measure()
	g.slot = w.settled.put(g, g.features())
}

// regroup puts open articles of a story that is no more into one of their own.
func (w *Window) regroup(g *group) {
	var next *group
	for _, it := range w.open {
		if it.group != g {
			continue
		}
		if next == nil {
			next = &group{id: w.newID(it)}
			w.stories[next.id] = next
		}
		it.group = next
		next.open++
		if it.of == nil {
			next.add(massOf(it.Sketch))
		}
	}
}
