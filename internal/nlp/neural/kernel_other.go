//go:build !amd64

package neural

// No vector instructions are used here.
var vectors, widest = false, false

func dotsVector(dst *int32, w *byte, x *int16, rows, k int) {}

func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int) {}

func dotsWidest(dst *int32, w *byte, x *int16, rows, k int) {}

func dotsFourWidest(dst *int32, w *byte, x *int16, rows, k int) {}

func dotsWideVector(dst *int32, w, x *int16, rows, k int) {}
