//go:build !amd64

package neural

const vectors = false

func dotsVector(dst *int32, w *byte, x *int16, rows, k int) { panic("neural: no vector kernel") }
func dotsWideVector(dst *int32, w, x *int16, rows, k int)   { panic("neural: no vector kernel") }

func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int) {
	panic("neural: no vector kernel")
}
