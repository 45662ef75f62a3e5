package neural

import (
	"math"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// viterbi finds the best sequence of labels, given the score of each label at
// each word (which it overwrites) and the score of each label after each other;
// row linear.Labels of steps is the beginning.
func viterbi(lat []float32, back []uint8, steps *[linear.Labels + 1][linear.Labels]float32, labels []linear.Label) {
	const never = -1e6
	n := len(labels)
	if n == 0 {
		return
	}
	for l := range linear.Label(linear.Labels) {
		if l.Follows(0) {
			lat[l] += steps[linear.Labels][l]
		} else {
			lat[l] = never
		}
	}
	for i := 1; i < n; i++ {
		prev, cur := lat[(i-1)*linear.Labels:][:linear.Labels], lat[i*linear.Labels:][:linear.Labels]
		// A name may begin, and no name be, after any label; a name goes on
		// only after its own two.
		for l := range linear.Label(linear.Labels) {
			top, from := float32(math.Inf(-1)), linear.Label(0)
			if l == 0 || l.Begins() {
				for b := range linear.Label(linear.Labels) {
					if v := prev[b] + steps[b][l]; v > top {
						top, from = v, b
					}
				}
			} else {
				for b := l - 1; b <= l; b++ {
					if v := prev[b] + steps[b][l]; v > top {
						top, from = v, b
					}
				}
			}
			cur[l] += top
			back[i*linear.Labels+int(l)] = uint8(from)
		}
	}
	last := lat[(n-1)*linear.Labels:][:linear.Labels]
	l := linear.Label(best(last))
	for i := n - 1; i >= 0; i-- {
		labels[i] = l
		l = linear.Label(back[i*linear.Labels+int(l)])
	}
}

// best is the index of the largest number, of the first where there are many.
func best(v []float32) int {
	b := 0
	for i, x := range v {
		if x > v[b] {
			b = i
		}
	}
	return b
}
