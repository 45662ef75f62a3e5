package neural

import (
	"slices"
	"testing"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// A processor without vector instructions finds the same numbers.
func TestSameWithoutVectors(t *testing.T) {
	m, refs := tiny(t)
	had := vectors
	defer func() { vectors = had }()
	for _, r := range refs {
		var scores [2][]float32
		var results [2]Result
		for k, v := range []bool{had, false} {
			vectors = v
			n := len(r.Forms)
			results[k] = Result{make([]uint8, n), make([]int32, n), make([]uint8, n), make([]linear.Label, n)}
			var s Scratch
			m.Annotate(func(i int) string { return r.Forms[i] }, results[k], &s)
			scores[k] = s.scores[:n*(n+1)]
		}
		if !slices.Equal(scores[0], scores[1]) || !slices.Equal(results[0].Heads, results[1].Heads) ||
			!slices.Equal(results[0].Tags, results[1].Tags) || !slices.Equal(results[0].Labels, results[1].Labels) {
			t.Errorf("%q: other numbers without vector instructions", r.Forms)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	m, refs := tiny(t)
	var s Scratch
	r := refs[0]
	n := len(r.Forms)
	out := Result{make([]uint8, n), make([]int32, n), make([]uint8, n), make([]linear.Label, n)}
	form := func(i int) string { return r.Forms[i] }
	m.Annotate(form, out, &s)
	if got := testing.AllocsPerRun(20, func() { m.Annotate(form, out, &s) }); got > 0 {
		t.Errorf("%.0f allocations a sentence", got)
	}
}
