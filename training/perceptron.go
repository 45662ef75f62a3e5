package main

import (
	"math"
	"sort"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// perceptron is an averaged perceptron under training: for every feature the
// classes that were ever updated, with the sum of their weight over time.
type perceptron struct {
	classes int
	rows    map[uint32]int32
	cells   [][]cell
	time    float64
}

type cell struct {
	weight float32
	total  float64
	since  float64
	class  uint8
}

func newPerceptron(classes int) *perceptron {
	return &perceptron{classes: classes, rows: map[uint32]int32{}}
}

// score adds up the features' weights for every class.
func (p *perceptron) score(feats []uint32, out []float32) {
	clear(out)
	for _, f := range feats {
		if r, ok := p.rows[f]; ok {
			for i := range p.cells[r] {
				out[p.cells[r][i].class] += p.cells[r][i].weight
			}
		}
	}
}

// update moves the features' weights for one class.
func (p *perceptron) update(feats []uint32, class uint8, by float32) {
	for _, f := range feats {
		r, ok := p.rows[f]
		if !ok {
			r = int32(len(p.cells))
			p.rows[f] = r
			p.cells = append(p.cells, nil)
		}
		row := p.cells[r]
		at := -1
		for i := range row {
			if row[i].class == class {
				at = i
				break
			}
		}
		if at < 0 {
			at = len(row)
			row = append(row, cell{class: class, since: p.time})
			p.cells[r] = row
		}
		c := &row[at]
		c.total += float64(c.weight) * (p.time - c.since)
		c.since = p.time
		c.weight += by
	}
}

// steps is how many of a Table's steps make a weight of one.
const steps = 1024

// table averages and rounds the weights. At most limit weights are kept, the
// largest first.
func (p *perceptron) table(limit int) *linear.Table {
	var sizes []float64
	average := func(c *cell) float64 {
		return (c.total + float64(c.weight)*(p.time-c.since)) / max(p.time, 1)
	}
	for r := range p.cells {
		for i := range p.cells[r] {
			if a := math.Abs(average(&p.cells[r][i])); a > 0 {
				sizes = append(sizes, a)
			}
		}
	}
	sort.Float64s(sizes)
	if len(sizes) == 0 {
		return linear.NewTable(p.classes, nil)
	}
	floor := 0.0
	if len(sizes) > limit {
		floor = sizes[len(sizes)-limit]
	}
	keys := make([]uint32, len(p.cells))
	for k, r := range p.rows {
		keys[r] = k
	}
	var rows []linear.Row
	for r := range p.cells {
		row := linear.Row{Key: keys[r]}
		for i := range p.cells[r] {
			a := average(&p.cells[r][i])
			if math.Abs(a) < floor {
				continue
			}
			if q := int32(math.Round(a * steps)); q != 0 {
				row.Weights = append(row.Weights, linear.Weight{Class: p.cells[r][i].class, Value: q})
			}
		}
		if len(row.Weights) > 0 {
			rows = append(rows, row)
		}
	}
	return linear.NewTable(p.classes, rows)
}
