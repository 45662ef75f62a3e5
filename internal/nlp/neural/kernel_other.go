//go:build !amd64 && !arm64

package neural

// No vector instructions are used here.
var vectors, widest = false, false

func dotsVector(dst *int32, w *byte, x *int16, rows, k int) {}

func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int) {}

func dotsWidest(dst *int32, w *byte, x *int16, rows, k int) {}

func dotsFourWidest(dst *int32, w *byte, x *int16, rows, k int) {}

func dotsWideVector(dst *int32, w, x *int16, rows, k int) {}

func cellVector(out *int16, cell, gates *float32, acc *int32, scale *float32, h int) {}

func scaledVector(dst *float32, acc *int32, scale, bias *float32, unit float32, n int) {}

func largestVector(v *float32, n int) float32 { return 0 }

func fixedVector(dst *int16, v *float32, perUnit float32, n int) {}
