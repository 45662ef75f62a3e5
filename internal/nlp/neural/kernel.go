package neural

// The products are of whole numbers, so the order in which they are added does
// not matter: a processor with vector instructions and one without give the
// same result to the last bit. Weights have 8 bits, activations 16.

// dots sets dst[i] to the product of row i of w, len(x) signed bytes, and x. The
// length of x is a multiple of 16, that of dst of 4.
func dots(dst []int32, w []byte, x []int16) {
	if len(w) < len(dst)*len(x) || len(x)%16 != 0 || len(dst)%4 != 0 {
		panic("neural: sizes of a product do not fit")
	}
	if len(dst) == 0 || len(x) == 0 {
		return
	}
	if vectors {
		dotsVector(&dst[0], &w[0], &x[0], len(dst), len(x))
		return
	}
	dotsPlain(dst, w, x)
}

func dotsPlain(dst []int32, w []byte, x []int16) {
	for i := range dst {
		row := w[i*len(x):][:len(x)]
		var sum int32
		for k, v := range x {
			sum += int32(int8(row[k])) * int32(v)
		}
		dst[i] = sum
	}
}

// dotsPair is dots for two vectors at once: the first half of dst is for the first
// half of x, the second for the second.
func dotsPair(dst []int32, w []byte, x []int16) {
	rows, k := len(dst)/2, len(x)/2
	if !vectors {
		dots(dst[:rows], w, x[:k])
		dots(dst[rows:], w, x[k:])
		return
	}
	if len(w) < rows*k || k%16 != 0 || rows%4 != 0 || 2*rows != len(dst) || 2*k != len(x) {
		panic("neural: sizes of a product do not fit")
	}
	if rows > 0 && k > 0 {
		dotsPairVector(&dst[0], &dst[rows], &w[0], &x[0], &x[k], rows, k)
	}
}

// dotsWide is dots with rows of 16-bit numbers.
func dotsWide(dst []int32, w, x []int16) {
	if len(w) < len(dst)*len(x) || len(x)%16 != 0 || len(dst)%4 != 0 {
		panic("neural: sizes of a product do not fit")
	}
	if len(dst) == 0 || len(x) == 0 {
		return
	}
	if vectors {
		dotsWideVector(&dst[0], &w[0], &x[0], len(dst), len(x))
		return
	}
	dotsWidePlain(dst, w, x)
}

func dotsWidePlain(dst []int32, w, x []int16) {
	for i := range dst {
		row := w[i*len(x):][:len(x)]
		var sum int32
		for k, v := range x {
			sum += int32(row[k]) * int32(v)
		}
		dst[i] = sum
	}
}
