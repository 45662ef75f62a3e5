package neural

import "golang.org/x/sys/cpu"

// What the processor has. Tests switch them off.
var (
	vectors = cpu.X86.HasAVX2
	widest  = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VNNI
)

// dotsVector is dotsPlain with AVX2: rows and k are multiples of 16, neither 0.
//
//go:noescape
func dotsVector(dst *int32, w *byte, x *int16, rows, k int)

// dotsPairVector is dotsVector for two vectors.
//
//go:noescape
func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int)

// dotsWidest is dotsVector with AVX-512 VNNI.
//
//go:noescape
func dotsWidest(dst *int32, w *byte, x *int16, rows, k int)

// dotsFourWidest is dotsWidest for four vectors that stand one after another, as do
// their products.
//
//go:noescape
func dotsFourWidest(dst *int32, w *byte, x *int16, rows, k int)

// dotsWideVector is dotsWidePlain with AVX2: rows is a multiple of 4, k of 16,
// neither 0.
//
//go:noescape
func dotsWideVector(dst *int32, w, x *int16, rows, k int)

// cellVector is step with AVX2: h is a multiple of 8, not 0.
//
//go:noescape
func cellVector(out *int16, cell, gates *float32, acc *int32, scale *float32, h int)

// scaledVector, largestVector and fixedVector are the loops of scaled, largest and
// fixed with AVX2: n is a multiple of 8, not 0.
//
//go:noescape
func scaledVector(dst *float32, acc *int32, scale, bias *float32, unit float32, n int)

//go:noescape
func largestVector(v *float32, n int) float32

//go:noescape
func fixedVector(dst *int16, v *float32, perUnit float32, n int)
