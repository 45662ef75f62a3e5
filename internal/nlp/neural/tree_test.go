package neural

import (
	"math/rand/v2"
	"testing"
)

// TestTreeIsBest holds eisner to all trees without crossing arcs of small
// sentences, and tree to being a tree.
func TestTreeIsBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var s Scratch
	for n := 1; n <= 5; n++ {
		for range 60 {
			score := make([]float32, n*(n+1))
			for i := range score {
				score[i] = float32(rng.NormFloat64())
			}
			got := make([]int32, n)
			tree(got, score, n, &s)
			if !isTree(got, &s) {
				t.Fatalf("%v is no tree", got)
			}
			eisner(got, score, n, &s)
			want := bestProjective(score, n)
			if v := total(score, got); !isTree(got, &s) || crosses(got) || v < want-1e-4 {
				t.Fatalf("%v: %f, want %f", got, v, want)
			}
		}
	}
}

func TestMend(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var s Scratch
	for range 300 {
		n := 1 + rng.IntN(12)
		score := make([]float32, n*(n+1))
		for i := range score {
			score[i] = float32(rng.NormFloat64())
		}
		heads := make([]int32, n)
		for i := range heads {
			for heads[i] = int32(rng.IntN(n + 1)); heads[i] == int32(i+1); heads[i] = int32(rng.IntN(n + 1)) {
			}
		}
		mend(heads, score, n, &s)
		if !isTree(heads, &s) {
			t.Fatalf("%v is no tree", heads)
		}
	}
}

func total(score []float32, heads []int32) (sum float32) {
	n := len(heads)
	for i, h := range heads {
		sum += score[i*(n+1)+int(h)]
	}
	return sum
}

func crosses(heads []int32) bool {
	for i, h := range heads {
		if h == 0 {
			continue
		}
		a, b := min(i+1, int(h)), max(i+1, int(h))
		for j, g := range heads {
			c, d := min(j+1, int(g)), max(j+1, int(g))
			if g != 0 && (a < c && c < b && b < d) {
				return true
			}
			if g == 0 && a < j+1 && j+1 < b {
				return true // under an arc the root's cannot come
			}
		}
	}
	return false
}

func bestProjective(score []float32, n int) float32 {
	var s Scratch
	best := float32(-1e9)
	heads := make([]int32, n)
	var fill func(i int)
	fill = func(i int) {
		if i == n {
			if isTree(heads, &s) && !crosses(heads) {
				best = max(best, total(score, heads))
			}
			return
		}
		for h := range n + 1 {
			if h != i+1 {
				heads[i] = int32(h)
				fill(i + 1)
			}
		}
	}
	fill(0)
	return best
}
