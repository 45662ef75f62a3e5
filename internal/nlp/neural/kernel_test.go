package neural

import (
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
		f("AVX-512")
	}
	widest = false
	if vectors {
		f("AVX2")
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
