//go:build !amd64

package neural

const vectors = false

func dotsVector(dst *int32, w *byte, x *int16, rows, k int) { panic("neural: no vector kernel") }
func dotsWideVector(dst *int32, w, x *int16, rows, k int)   { panic("neural: no vector kernel") }
