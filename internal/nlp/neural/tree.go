package neural

import "math"

// tree finds heads from scores: score[i*(n+1)+h] is that of word h-1, or of the
// root where h is 0, as the head of word i. If the best head of each word makes
// a tree with one root, that is the answer; it may have crossing arcs. If not,
// it is the best tree without crossing arcs, found in n³ steps (Eisner 1996).
// Heads are numbered as in score.
func tree(heads []int32, score []float32, n int, s *Scratch) {
	m := n + 1
	for i := range n {
		row := score[i*m : (i+1)*m]
		best := 0
		if i == 0 && n > 1 {
			best = 2 % m
		}
		for h, v := range row {
			if v > row[best] && h != i+1 {
				best = h
			}
		}
		heads[i] = int32(best)
	}
	if !isTree(heads[:n], s) {
		eisner(heads, score, n, s)
	}
}

// isTree reports whether heads have one root and no cycle.
func isTree(heads []int32, s *Scratch) bool {
	s.seen = grow(s.seen, len(heads))
	seen := s.seen[:len(heads)]
	clear(seen)
	roots := 0
	for i, h := range heads {
		if h == 0 {
			roots++
		}
		// Walk up until a word that was walked before: in this walk, a cycle.
		mark := int32(i + 1)
		for at := int32(i); seen[at] == 0; at = heads[at] - 1 {
			seen[at] = mark
			if heads[at] == 0 {
				break
			}
			if next := heads[at] - 1; seen[next] == mark {
				return false
			}
		}
	}
	return roots == 1
}

// span scores of Eisner's algorithm, of the words from i to j: complete and
// incomplete, with the head on the right (0) or on the left (1).
type span struct {
	complete, open [2]float32
	completeAt     [2]int16 // where the two halves meet
	openAt         int16
}

func eisner(heads []int32, score []float32, n int, s *Scratch) {
	m := n + 1
	s.spans = grow(s.spans, n*n)
	chart := s.spans[:n*n]
	for i := range n {
		chart[i*n+i] = span{}
	}
	for width := 1; width < n; width++ {
		for i := 0; i+width < n; i++ {
			j := i + width
			sp := &chart[i*n+j]
			best, at := float32(math.Inf(-1)), i
			for k := i; k < j; k++ {
				if v := chart[i*n+k].complete[1] + chart[(k+1)*n+j].complete[0]; v > best {
					best, at = v, k
				}
			}
			sp.open[0] = best + score[i*m+j+1] // j is the head of i
			sp.open[1] = best + score[j*m+i+1]
			sp.openAt = int16(at)
			best, at = float32(math.Inf(-1)), i
			for k := i; k < j; k++ {
				if v := chart[i*n+k].complete[0] + chart[k*n+j].open[0]; v > best {
					best, at = v, k
				}
			}
			sp.complete[0], sp.completeAt[0] = best, int16(at)
			best, at = float32(math.Inf(-1)), j
			for k := i + 1; k <= j; k++ {
				if v := chart[i*n+k].open[1] + chart[k*n+j].complete[1]; v > best {
					best, at = v, k
				}
			}
			sp.complete[1], sp.completeAt[1] = best, int16(at)
		}
	}
	root, best := 0, float32(math.Inf(-1))
	for r := range n {
		if v := chart[r].complete[0] + chart[r*n+n-1].complete[1] + score[r*m]; v > best {
			root, best = r, v
		}
	}
	heads[root] = 0
	// The spans that the best tree is made of, the last one first.
	todo := append(s.todo[:0], part{0, int16(root), 0, true}, part{int16(root), int16(n - 1), 1, true})
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if p.i == p.j {
			continue
		}
		sp := &chart[int(p.i)*n+int(p.j)]
		switch {
		case p.complete && p.side == 0:
			k := sp.completeAt[0]
			todo = append(todo, part{p.i, k, 0, true}, part{k, p.j, 0, false})
		case p.complete:
			k := sp.completeAt[1]
			todo = append(todo, part{p.i, k, 1, false}, part{k, p.j, 1, true})
		default:
			if p.side == 0 {
				heads[p.i] = int32(p.j) + 1
			} else {
				heads[p.j] = int32(p.i) + 1
			}
			k := sp.openAt
			todo = append(todo, part{p.i, k, 1, true}, part{k + 1, p.j, 0, true})
		}
	}
	s.todo = todo
}

// part is a span on the way back through the chart.
type part struct {
	i, j     int16
	side     uint8
	complete bool
}
