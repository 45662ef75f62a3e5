package neural

import "math"

// tree finds heads from scores: score[i*(n+1)+h] is that of word h-1, or of the
// root where h is 0, as the head of word i. If the best head of each word makes
// a tree with one root, that is the answer; it may have crossing arcs. If not,
// it is the best tree without crossing arcs, found in n³ steps (Eisner 1996), or,
// where the sentence is so long that it is rather a list, the best heads mended.
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
	switch {
	case isTree(heads, s):
	case n <= longestSearch:
		eisner(heads, score, n, s)
	default:
		mend(heads, score, n, s)
	}
}

// longestSearch is the number of words of the longest sentence that is searched
// for its best tree.
const longestSearch = 128

// mend makes heads a tree in about n steps: one word becomes the root, the others
// that were hang on it, and of each cycle the word that loses least by it.
func mend(heads []int32, score []float32, n int, s *Scratch) {
	m := n + 1
	loss := func(i, h int) float32 { return score[i*m+int(heads[i])] - score[i*m+h] }
	root := 0
	for i := 1; i < n; i++ {
		if loss(i, 0) < loss(root, 0) {
			root = i
		}
	}
	for i, h := range heads {
		if h == 0 {
			heads[i] = int32(root + 1)
		}
	}
	heads[root] = 0
	s.seen = grow(s.seen, n)
	seen := s.seen[:n]
	clear(seen)
	for i := range heads {
		mark := int32(i + 1)
		at := int32(i)
		for seen[at] == 0 && heads[at] != 0 {
			seen[at] = mark
			at = heads[at] - 1
		}
		if seen[at] != mark || heads[at] == 0 {
			continue
		}
		first, best := at, at
		for at = heads[at] - 1; at != first; at = heads[at] - 1 {
			if loss(int(at), root+1) < loss(int(best), root+1) {
				best = at
			}
		}
		heads[best] = int32(root + 1)
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
	todo := s.todo[:0]
	todo = append(todo, part{0, int16(root), 0, true}, part{int16(root), int16(n - 1), 1, true})
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
