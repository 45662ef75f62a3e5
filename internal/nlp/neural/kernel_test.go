package neural

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestKernelsAgree(t *testing.T) {
	if !vectors {
		t.Skip("no vector instructions here")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		rows, k := 4*(1+rng.IntN(20)), 16*(1+rng.IntN(24))
		w, wide, x := make([]byte, rows*k), make([]int16, rows*k), make([]int16, k)
		for i := range w {
			w[i] = byte(int8(rng.IntN(255) - 127))
			wide[i] = int16(rng.IntN(2*wideLimit+1) - wideLimit)
		}
		for i := range x {
			x[i] = int16(rng.IntN(65535) - 32767)
		}
		got, want := make([]int32, rows), make([]int32, rows)
		dots(got, w, x)
		dotsPlain(want, w, x)
		if !slices.Equal(got, want) {
			t.Fatalf("%d×%d bytes: %v, want %v", rows, k, got, want)
		}
		two := slices.Concat(x, x)
		for i := range x {
			two[k+i] = int16(rng.IntN(65535) - 32767)
		}
		got, want = make([]int32, 2*rows), make([]int32, 2*rows)
		dotsPair(got, w, two)
		dotsPlain(want[:rows], w, two[:k])
		dotsPlain(want[rows:], w, two[k:])
		if !slices.Equal(got, want) {
			t.Fatalf("%d×%d bytes, twice: %v, want %v", rows, k, got, want)
		}
		got, want = got[:rows], want[:rows]
		for i := range x {
			x[i] = int16(rng.IntN(2*wideLimit+1) - wideLimit)
		}
		dotsWide(got, wide, x)
		dotsWidePlain(want, wide, x)
		if !slices.Equal(got, want) {
			t.Fatalf("%d×%d words: %v, want %v", rows, k, got, want)
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

func BenchmarkDotsPair(b *testing.B) {
	w, x, dst := make([]byte, 640*320), make([]int16, 640), make([]int32, 1280)
	for b.Loop() {
		dotsPair(dst, w, x)
	}
	b.ReportMetric(float64(b.N)*2*640*320/b.Elapsed().Seconds()/1e9, "GMAC/s")
}
