package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// without runs f with each of the vector instructions that this processor has, and
// without any.
func without(t *testing.T, f func(name string)) {
	t.Helper()
	hadWidest, had := widest, vectors
	defer func() { widest, vectors = hadWidest, had }()
	if widest {
		f("the widest")
	}
	widest = false
	if vectors {
		f("vectors")
	}
	vectors = false
	f("none")
}

func TestKernelsAgree(t *testing.T) {
	random := func(rng *rand.Rand, limit int) int16 { return int16(rng.IntN(2*limit+1) - limit) }
	without(t, func(name string) {
		rng := rand.New(rand.NewPCG(1, 2))
		for range 100 {
			rows, k := 16*(1+rng.IntN(9)), 16*(1+rng.IntN(24))
			w, x := make([]byte, rows*k), make([]int16, 4*k)
			for i := range w {
				w[i] = byte(random(rng, 127))
			}
			for i := range x {
				x[i] = random(rng, 32767)
			}
			want := make([]int32, 4*rows)
			for i := range want {
				for j := range k {
					want[i] += int32(int8(w[i%rows*k+j])) * int32(x[i/rows*k+j])
				}
			}
			packed, got := pack(w, k), make([]int32, 4*rows)
			dots(got[:rows], packed, x[:k])
			if !slices.Equal(got[:rows], want[:rows]) {
				t.Fatalf("%s, %d×%d: %v, want %v", name, rows, k, got[:rows], want[:rows])
			}
			dotsFour(got, packed, x)
			if !slices.Equal(got, want) {
				t.Fatalf("%s, four %d×%d: %v, want %v", name, rows, k, got, want)
			}
			wide := make([]int16, rows*k)
			for i := range wide {
				wide[i] = random(rng, wideLimit)
			}
			for i := range x {
				x[i] = random(rng, wideLimit)
			}
			got, want = got[:rows], want[:rows]
			dotsWide(got, wide, x[:k])
			dotsWidePlain(want, wide, x[:k])
			if !slices.Equal(got, want) {
				t.Fatalf("%s, wide %d×%d: %v, want %v", name, rows, k, got, want)
			}
		}
	})
}

// What is done to floats is the same to the last bit with and without vector
// instructions.
func TestFloatsAgree(t *testing.T) {
	had := vectors
	defer func() { vectors = had }()
	if !had {
		t.Skip("no vector instructions here")
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		h := 16 * (1 + rng.IntN(12))
		cell, gates, scale, acc := make([]float32, h), make([]float32, 4*h), make([]float32, 4*h), make([]int32, 4*h)
		for i := range gates {
			gates[i] = float32(rng.NormFloat64() * 3)
			scale[i] = float32(rng.Float64() * 1e-6)
			acc[i] = int32(rng.NormFloat64() * 1e6)
		}
		for i := range cell {
			cell[i] = float32(rng.NormFloat64() * 2)
		}
		m := matrix{out: 4 * h, in: 16, scale: scale, bias: gates}
		type result struct {
			out, fixed   []int16
			cell, scaled []float32
			top, unit    float32
		}
		var results [2]result
		for k := range results {
			vectors = k == 0
			r := &results[k]
			r.out, r.fixed, r.cell, r.scaled = make([]int16, h), make([]int16, 4*h), slices.Clone(cell), make([]float32, 4*h)
			step(r.out, r.cell, gates, acc, scale)
			m.scaled(r.scaled, acc, 0.37)
			r.top = largest(r.scaled)
			r.unit = spread(r.fixed, gates, 32767)
			fixed(r.fixed[:h], gates[:h], 20000) // beyond the largest
		}
		a, b := results[0], results[1]
		if !slices.Equal(a.out, b.out) || !slices.Equal(a.cell, b.cell) || !slices.Equal(a.scaled, b.scaled) ||
			!slices.Equal(a.fixed, b.fixed) || a.top != b.top || a.unit != b.unit {
			t.Fatalf("%d units: other numbers without vector instructions", h)
		}
	}
}

func TestTanh(t *testing.T) {
	for x := -30.0; x < 30; x += 0.001 {
		if got, want := float64(tanh(float32(x))), math.Tanh(x); math.Abs(got-want) > 1e-4 || math.Abs(got) > 1 {
			t.Fatalf("tanh %v is %v, want %v", x, got, want)
		}
	}
}

func BenchmarkDots(b *testing.B) {
	w, x, dst := make([]byte, 640*320), make([]int16, 320), make([]int32, 640)
	for b.Loop() {
		dots(dst, w, x)
	}
	b.ReportMetric(float64(b.N)*640*320/b.Elapsed().Seconds()/1e9, "GMAC/s")
}

func BenchmarkDotsFour(b *testing.B) {
	w, x, dst := make([]byte, 640*320), make([]int16, 4*320), make([]int32, 4*640)
	for b.Loop() {
		dotsFour(dst, w, x)
	}
	b.ReportMetric(float64(b.N)*4*640*320/b.Elapsed().Seconds()/1e9, "GMAC/s")
}
