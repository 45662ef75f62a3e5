// Package coref scores coreference chains against the right ones by the
// measures of the CoNLL 2012 shared task: MUC (Vilain and others 1995), B³
// (Bagga, Baldwin 1998) and CEAFφ4 (Luo 2005), with predicted mentions as
// Pradhan and others (2014) settled them: no mention is added to or taken from
// either side. Their mean F1 is the task's one figure.
package coref

// Chain is the set of mentions that refer to one thing. A mention is in at most
// one chain of a side.
type Chain[M comparable] []M

// Ratio is a precision and a recall as their numerators and denominators, to be
// summed over documents.
type Ratio struct {
	RightGiven, Given float64 // precision
	RightGold, Gold   float64 // recall
}

// Precision is 0 where nothing was given.
func (r Ratio) Precision() float64 { return divide(r.RightGiven, r.Given) }

// Recall is 0 where nothing was to be found.
func (r Ratio) Recall() float64 { return divide(r.RightGold, r.Gold) }

// F1 is the harmonic mean of both.
func (r Ratio) F1() float64 { return divide(2*r.Precision()*r.Recall(), r.Precision()+r.Recall()) }

// Add adds the counts of another document.
func (r *Ratio) Add(o Ratio) {
	r.RightGiven += o.RightGiven
	r.Given += o.Given
	r.RightGold += o.RightGold
	r.Gold += o.Gold
}

func divide(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// MUC counts links: how many of those that join each chain are in the other
// side. A chain of one mention has none.
func MUC[M comparable](gold, given []Chain[M]) Ratio {
	var r Ratio
	r.RightGold, r.Gold = links(gold, given)
	r.RightGiven, r.Given = links(given, gold)
	return r
}

func links[M comparable](chains, others []Chain[M]) (right, all float64) {
	in := members(others)
	for _, c := range chains {
		parts := map[int]bool{}
		single := 0
		for _, m := range c {
			if o, ok := in[m]; ok {
				parts[o] = true
			} else {
				single++
			}
		}
		right += float64(len(c) - len(parts) - single)
		all += float64(len(c) - 1)
	}
	return right, all
}

// BCubed averages over mentions: how much of a mention's chain on one side is
// in its chain on the other.
func BCubed[M comparable](gold, given []Chain[M]) Ratio {
	var r Ratio
	r.RightGold, r.Gold = shares(gold, given)
	r.RightGiven, r.Given = shares(given, gold)
	return r
}

func shares[M comparable](chains, others []Chain[M]) (right, all float64) {
	in := members(others)
	for _, c := range chains {
		squares := 0 // whole numbers, so that the order of the sum does not matter
		for _, n := range overlaps(c, in) {
			squares += n * n
		}
		right += float64(squares) / float64(len(c))
		all += float64(len(c))
	}
	return right, all
}

// CEAF4 pairs chains one to one so that their similarity φ4, twice the common
// mentions over all mentions, is the greatest in sum.
func CEAF4[M comparable](gold, given []Chain[M]) Ratio {
	in := members(given)
	similarity := make([][]float64, len(gold))
	for i, c := range gold {
		similarity[i] = make([]float64, len(given))
		for j, n := range overlaps(c, in) {
			similarity[i][j] = 2 * float64(n) / float64(len(c)+len(given[j]))
		}
	}
	total := 0.0
	for i, j := range assign(similarity) {
		if j >= 0 {
			total += similarity[i][j]
		}
	}
	return Ratio{RightGiven: total, Given: float64(len(given)), RightGold: total, Gold: float64(len(gold))}
}

// CoNLL is the mean F1 of the three.
func CoNLL(muc, b3, ceaf Ratio) float64 { return (muc.F1() + b3.F1() + ceaf.F1()) / 3 }

// members tells the chain of each mention.
func members[M comparable](chains []Chain[M]) map[M]int {
	in := map[M]int{}
	for i, c := range chains {
		for _, m := range c {
			in[m] = i
		}
	}
	return in
}

// overlaps counts the mentions that a chain has in common with each chain of
// the other side.
func overlaps[M comparable](c Chain[M], in map[M]int) map[int]int {
	n := map[int]int{}
	for _, m := range c {
		if o, ok := in[m]; ok {
			n[o]++
		}
	}
	return n
}
