package neural

// Every processor of this kind has NEON; there is nothing wider here. Tests switch it off.
var vectors, widest = true, false

// dotsVector is dotsPlain with NEON: rows and k are multiples of 16, neither 0.
//
//go:noescape
func dotsVector(dst *int32, w *byte, x *int16, rows, k int)

// dotsPairVector is dotsVector for two vectors.
//
//go:noescape
func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int)

func dotsWidest(dst *int32, w *byte, x *int16, rows, k int) {}

func dotsFourWidest(dst *int32, w *byte, x *int16, rows, k int) {}

// dotsWideVector is dotsWidePlain with NEON: rows is a multiple of 4, k of 16,
// neither 0.
//
//go:noescape
func dotsWideVector(dst *int32, w, x *int16, rows, k int)

// cellVector is step with NEON: h is a multiple of 8, not 0.
//
//go:noescape
func cellVector(out *int16, cell, gates *float32, acc *int32, scale *float32, h int)

// scaledVector, largestVector and fixedVector are the loops of scaled, largest and
// fixed with NEON: n is a multiple of 8, not 0.
//
//go:noescape
func scaledVector(dst *float32, acc *int32, scale, bias *float32, unit float32, n int)

//go:noescape
func largestVector(v *float32, n int) float32

//go:noescape
func fixedVector(dst *int16, v *float32, perUnit float32, n int)
