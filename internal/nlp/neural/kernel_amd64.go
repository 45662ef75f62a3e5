package neural

import "golang.org/x/sys/cpu"

var vectors = cpu.X86.HasAVX2

// dotsVector is dotsPlain with AVX2: rows is a multiple of 4, k of 16, neither 0.
//
//go:noescape
func dotsVector(dst *int32, w *byte, x *int16, rows, k int)

// dotsWideVector is dotsWidePlain with AVX2.
//
//go:noescape
func dotsWideVector(dst *int32, w, x *int16, rows, k int)

// dotsPairVector is dotsVector for two vectors.
//
//go:noescape
func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int)
