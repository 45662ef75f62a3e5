package main

import (
	"fmt"
	"io"
	"math/rand/v2"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// parserMoves lists the relations and the moves of a treebank: every relation
// in the directions it is seen in at least five times.
func parserMoves(train []*example) (rels []string, moves []linear.Move) {
	counts, left, right := map[string]int{}, map[string]int{}, map[string]int{}
	for _, e := range train {
		for i, r := range e.rels {
			counts[r]++
			if e.heads[i] > i {
				left[r]++
			} else {
				right[r]++
			}
		}
	}
	rels = commonest(counts, func(a, b string) bool { return a < b })
	moves = []linear.Move{{Kind: linear.Shift}}
	for i, r := range rels {
		if left[r] >= 5 || r == "root" {
			moves = append(moves, linear.Move{Kind: linear.Left, Rel: uint8(i)})
		}
	}
	for i, r := range rels {
		if right[r] >= 5 && r != "root" {
			moves = append(moves, linear.Move{Kind: linear.Right, Rel: uint8(i)})
		}
	}
	return rels, moves
}

// oracle says what each kind of move costs: how many of the gold heads that can
// still be reached can be reached no more after it (Goldberg and Nivre 2013).
type oracle struct {
	heads []int32
	rels  []uint8
}

func (o *oracle) costs(s *linear.State) (cost [3]int) {
	n := int32(s.N)
	next := int32(s.Next)
	top, below := int32(-1), int32(-1)
	if k := len(s.Stack); k > 0 {
		top = s.Stack[k-1]
		if k > 1 {
			below = s.Stack[k-2]
		}
	}
	if next < n { // Shift: the next word loses the stack but for its top as head, and all the stack as dependents
		for i, w := range s.Stack {
			if o.heads[next] == w && i < len(s.Stack)-1 {
				cost[linear.Shift]++
			}
			if o.heads[w] == next {
				cost[linear.Shift]++
			}
		}
	}
	if top >= 0 {
		h := o.heads[top]
		deps := 0
		for w := next; w < n; w++ {
			if o.heads[w] == top {
				deps++
			}
		}
		cost[linear.Left], cost[linear.Right] = deps, deps
		if h == below && below >= 0 || h > next {
			cost[linear.Left]++
		}
		if h >= next {
			cost[linear.Right]++
		}
	}
	return cost
}

func trainParser(train []*example, model *linear.Parser, epochs int, seed uint64, each func(epoch int, p *perceptron)) *perceptron {
	moves := model.Moves
	relIndex := map[string]uint8{}
	for i, r := range model.Rels {
		relIndex[r] = uint8(i)
	}
	p := newPerceptron(len(moves))
	rng := rand.New(rand.NewPCG(seed, 5))
	order := make([]int, len(train))
	for i := range order {
		order[i] = i
	}
	scores := make([]float32, linear.MaxClasses)
	var feats []uint32
	var st linear.State
	var o oracle
	for epoch := range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			e := train[k]
			o.heads, o.rels = o.heads[:0], o.rels[:0]
			for i := range e.forms {
				o.heads = append(o.heads, int32(e.heads[i]))
				o.rels = append(o.rels, relIndex[e.rels[i]])
			}
			model.Reset(&st, e.words, e.tags)
			for !st.Done() {
				if len(st.Stack) == 0 {
					st.Do(moves[0])
					continue
				}
				if st.Next == st.N && len(st.Stack) == 1 {
					st.Do(linear.Move{Kind: linear.Left, Rel: model.Root})
					continue
				}
				p.step++
				feats = linear.ParseFeatures(feats[:0], &st)
				p.score(feats, scores)
				cost := o.costs(&st)
				guess, gold := choose(&st, model, &o, cost, scores)
				if guess != gold {
					p.update(feats, uint8(gold), 1)
					p.update(feats, uint8(guess), -1)
				}
				// Later on the parser follows its own moves, so as to learn
				// what is best after a mistake.
				if epoch > 0 && rng.Float64() < 0.9 {
					st.Do(moves[guess])
				} else {
					st.Do(moves[gold])
				}
			}
		}
		if each != nil {
			each(epoch+1, p)
		}
	}
	return p
}

// choose returns the best move, and the best of those that cost least.
func choose(st *linear.State, m *linear.Parser, o *oracle, cost [3]int, scores []float32) (guess, gold int) {
	guess, gold = -1, -1
	least := 1 << 30
	for _, kind := range []linear.MoveKind{linear.Shift, linear.Left, linear.Right} {
		if open(st, kind) && cost[kind] < least {
			least = cost[kind]
		}
	}
	top := st.Stack[len(st.Stack)-1]
	for c, mv := range m.Moves {
		if !st.Can(mv, m.Root) {
			continue
		}
		if guess < 0 || scores[c] > scores[guess] {
			guess = c
		}
		if cost[mv.Kind] != least {
			continue
		}
		right := true
		switch mv.Kind {
		case linear.Left:
			right = o.heads[top] != int32(st.Next) || o.rels[top] == mv.Rel
		case linear.Right:
			right = o.heads[top] != st.Stack[len(st.Stack)-2] || o.rels[top] == mv.Rel
		}
		if right && (gold < 0 || scores[c] > scores[gold]) {
			gold = c
		}
	}
	if gold < 0 { // a relation never drawn this way
		gold = guess
	}
	return guess, gold
}

func open(st *linear.State, kind linear.MoveKind) bool {
	switch kind {
	case linear.Shift:
		return st.Next < st.N
	case linear.Left:
		return st.Next < st.N && len(st.Stack) >= 1 || len(st.Stack) == 1
	default:
		return len(st.Stack) >= 2
	}
}

// scoreParse returns the share of words with the right head, and with the right
// head and relation.
func scoreParse(p *linear.Parser, all []*example) (uas, las float64) {
	var scratch linear.Scratch
	var u, l, n int
	for _, e := range all {
		heads, rels := p.Parse(e.words, e.tags, &scratch)
		for i := range heads {
			n++
			if int(heads[i]) == e.heads[i] {
				u++
				if p.Rels[rels[i]] == e.rels[i] {
					l++
				}
			}
		}
	}
	return float64(u) / float64(n), float64(l) / float64(n)
}

func logParse(w io.Writer, what string, p *linear.Parser, all []*example) (las float64) {
	u, l := scoreParse(p, all)
	fmt.Fprintf(w, "parse  %-8s UAS %.2f  LAS %.2f\n", what, 100*u, 100*l)
	return l
}
