package neural

import (
	"slices"
	"testing"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// A processor without vector instructions finds the same numbers.
func TestSameWithoutVectors(t *testing.T) {
	m, refs := tiny(t)
	for _, r := range refs {
		var first []float32
		var result Result
		without(t, func(name string) {
			n := len(r.Forms)
			out := Result{make([]uint8, n), make([]int32, n), make([]uint8, n), make([]linear.Label, n)}
			var s Scratch
			m.Encode(func(i int) string { return r.Forms[i] }, n, &s)
			m.Annotate(out, &s)
			scores := s.scores[:n*(n+1)]
			if first == nil {
				first, result = scores, out
			}
			if !slices.Equal(scores, first) || !slices.Equal(out.Heads, result.Heads) ||
				!slices.Equal(out.Tags, result.Tags) || !slices.Equal(out.Labels, result.Labels) {
				t.Errorf("%q: other numbers with %s", r.Forms, name)
			}
		})
	}
}

func TestNoAllocation(t *testing.T) {
	m, refs := tiny(t)
	var s Scratch
	r := refs[0]
	n := len(r.Forms)
	out := Result{make([]uint8, n), make([]int32, n), make([]uint8, n), make([]linear.Label, n)}
	form := func(i int) string { return r.Forms[i] }
	begins := make([]int, 0, n)
	read := func() {
		m.Encode(form, n, &s)
		begins = m.Begins(begins[:0], &s)
		m.Annotate(out, &s)
	}
	read()
	if got := testing.AllocsPerRun(20, read); got > 0 {
		t.Errorf("%.0f allocations a sentence", got)
	}
}
