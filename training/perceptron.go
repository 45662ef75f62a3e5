package main

import (
	"math"
	"sort"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// perceptron is an averaged perceptron under training. The rows of all features
// lie in one array, because the time goes on fetching them.
type perceptron struct {
	classes int
	slots   []place // by feature; a power of two of them
	used    int
	cells   []cell
	sums    []float64 // for each cell the updates, each times the step at which it came
	step    float64
}

// place is where the row of a feature is.
type place struct {
	key     uint32
	at      uint32
	n, room uint8 // cells in use, and set aside; none set aside means an empty slot
}

type cell struct {
	weight float32
	class  uint8
}

func newPerceptron(classes int) *perceptron {
	return &perceptron{classes: classes, slots: make([]place, 1<<16)}
}

// score adds up the features' weights for every class.
func (p *perceptron) score(feats []uint32, out []float32) {
	clear(out)
	var found [128]place
	mask := uint32(len(p.slots) - 1)
	for len(feats) > 0 {
		n := min(len(feats), len(found))
		for k, f := range feats[:n] { // all at once, see linear.Table.Score
			found[k] = p.slots[f&mask]
		}
		for k, f := range feats[:n] {
			for i := f & mask; found[k].key != f && found[k].room > 0; {
				i = (i + 1) & mask
				found[k] = p.slots[i]
			}
		}
		for _, s := range found[:n] {
			for _, c := range p.cells[s.at : s.at+uint32(s.n)] {
				out[c.class] += c.weight
			}
		}
		feats = feats[n:]
	}
}

// update moves the features' weights for one class.
func (p *perceptron) update(feats []uint32, class uint8, by float32) {
	for _, f := range feats {
		s := p.slot(f)
		at := -1
		for i := s.at; i < s.at+uint32(s.n); i++ {
			if p.cells[i].class == class {
				at = int(i)
				break
			}
		}
		if at < 0 {
			if s.n == s.room {
				p.grow(s)
			}
			at = int(s.at) + int(s.n)
			s.n++
			p.cells[at] = cell{class: class}
		}
		p.cells[at].weight += by
		p.sums[at] += float64(by) * p.step
	}
}

// grow gives a row room for more classes.
func (p *perceptron) grow(s *place) {
	room := min(max(2, 2*int(s.room)), 255)
	at := len(p.cells)
	p.cells = append(p.cells, p.cells[s.at:s.at+uint32(s.n)]...)
	p.sums = append(p.sums, p.sums[s.at:s.at+uint32(s.n)]...)
	for len(p.cells) < at+room {
		p.cells = append(p.cells, cell{})
		p.sums = append(p.sums, 0)
	}
	s.at, s.room = uint32(at), uint8(room)
}

// slot returns the place of a feature, a new one where it has none.
func (p *perceptron) slot(f uint32) *place {
	mask := uint32(len(p.slots) - 1)
	i := f & mask
	for ; p.slots[i].room > 0; i = (i + 1) & mask {
		if p.slots[i].key == f {
			return &p.slots[i]
		}
	}
	if p.used*2 >= len(p.slots) {
		old := p.slots
		p.slots = make([]place, 2*len(old))
		mask = uint32(len(p.slots) - 1)
		for _, s := range old {
			if s.room > 0 {
				j := s.key & mask
				for p.slots[j].room > 0 {
					j = (j + 1) & mask
				}
				p.slots[j] = s
			}
		}
		for i = f & mask; p.slots[i].room > 0; {
			i = (i + 1) & mask
		}
	}
	p.used++
	p.slots[i] = place{key: f}
	p.grow(&p.slots[i])
	return &p.slots[i]
}

// mean is the mean weight of a cell over all steps so far.
func (p *perceptron) mean(at int) float64 {
	return float64(p.cells[at].weight) - p.sums[at]/max(p.step, 1)
}

// steps is how many of a Table's steps make a weight of one.
const steps = 1024

// average makes a table of the mean of the perceptrons' mean weights, rounded,
// of which at most limit are kept, the largest. Of several that were trained in
// another order of sentences one table is made: for
// linear classifiers that is as good as asking them all (McDonald, Hall and Mann
// 2010).
func average(limit int, all ...*perceptron) *linear.Table {
	var rows []linear.Row
	if len(all) == 1 {
		rows = all[0].rows()
	} else {
		at := map[uint32]int{}
		for _, p := range all {
			for _, r := range p.rows() {
				i, ok := at[r.Key]
				if !ok {
					at[r.Key] = len(rows)
					rows = append(rows, linear.Row{Key: r.Key, Weights: r.Weights})
					continue
				}
				for _, w := range r.Weights {
					found := false
					for k := range rows[i].Weights {
						if rows[i].Weights[k].Class == w.Class {
							rows[i].Weights[k].Value += w.Value
							found = true
						}
					}
					if !found {
						rows[i].Weights = append(rows[i].Weights, w)
					}
				}
			}
		}
	}
	var sizes []int
	for _, r := range rows {
		for _, w := range r.Weights {
			sizes = append(sizes, int(max(w.Value, -w.Value)))
		}
	}
	floor := int32(1)
	if len(sizes) > limit {
		sort.Ints(sizes)
		floor = int32(sizes[len(sizes)-limit])
	}
	kept := rows[:0]
	for _, r := range rows {
		row := linear.Row{Key: r.Key}
		for _, w := range r.Weights {
			if w.Value >= floor || w.Value <= -floor {
				w.Value /= int32(len(all))
				row.Weights = append(row.Weights, w)
			}
		}
		if len(row.Weights) > 0 {
			kept = append(kept, row)
		}
	}
	return linear.NewTable(all[0].classes, kept)
}

// rows returns the mean weights, rounded, in order of the features' slots.
func (p *perceptron) rows() []linear.Row {
	var rows []linear.Row
	for _, s := range p.slots {
		row := linear.Row{Key: s.key}
		for i := int(s.at); i < int(s.at)+int(s.n); i++ {
			if q := int32(math.Round(p.mean(i) * steps)); q != 0 {
				row.Weights = append(row.Weights, linear.Weight{Class: p.cells[i].class, Value: q})
			}
		}
		if len(row.Weights) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}
