package neural

// The products are of whole numbers, so the order in which they are added does
// not matter: a processor with vector instructions and one without give the
// same result to the last bit. Weights have 8 bits, activations 16.

// lanes is how many rows of a matrix are multiplied side by side.
const lanes = 16

// pack interleaves the rows of w, k signed bytes each and as many as a multiple of
// lanes: of sixteen rows come first the first two bytes of each, then the next two,
// and so on. K is even.
func pack(w []byte, k int) []byte {
	out := make([]byte, 0, len(w))
	for g := 0; g < len(w); g += lanes * k {
		for p := 0; p < k; p += 2 {
			for row := range lanes {
				out = append(out, w[g+row*k+p], w[g+row*k+p+1])
			}
		}
	}
	return out
}

// dots sets dst[i] to the product of row i of the packed matrix w, len(x) signed
// bytes, and x. The lengths of x and dst are multiples of 16.
func dots(dst []int32, w []byte, x []int16) {
	if len(w) < len(dst)*len(x) || len(x)%16 != 0 || len(dst)%lanes != 0 {
		panic("neural: sizes of a product do not fit")
	}
	switch {
	case len(dst) == 0 || len(x) == 0:
	case widest:
		dotsWidest(&dst[0], &w[0], &x[0], len(dst), len(x))
	case vectors:
		dotsVector(&dst[0], &w[0], &x[0], len(dst), len(x))
	default:
		dotsPlain(dst, w, x)
	}
}

func dotsPlain(dst []int32, w []byte, x []int16) {
	k := len(x)
	for g := 0; g+lanes <= len(dst); g += lanes {
		rows := w[g*k:][:lanes*k]
		var sums [lanes]int32
		for p := 0; p+1 < k; p += 2 {
			a, b := int32(x[p]), int32(x[p+1])
			pairs := rows[p*lanes:][:2*lanes]
			for i := range sums {
				sums[i] += int32(int8(pairs[2*i]))*a + int32(int8(pairs[2*i+1]))*b
			}
		}
		copy(dst[g:], sums[:])
	}
}

// dotsFour is dots for four vectors that stand one after another in x; so do their
// products in dst.
func dotsFour(dst []int32, w []byte, x []int16) {
	rows, k := len(dst)/4, len(x)/4
	if len(dst) != 4*rows || len(x) != 4*k || len(w) < rows*k || k%16 != 0 || rows%lanes != 0 {
		panic("neural: sizes of a product do not fit")
	}
	switch {
	case rows == 0 || k == 0:
	case widest:
		dotsFourWidest(&dst[0], &w[0], &x[0], rows, k)
	case vectors:
		dotsPairVector(&dst[0], &dst[rows], &w[0], &x[0], &x[k], rows, k)
		dotsPairVector(&dst[2*rows], &dst[3*rows], &w[0], &x[2*k], &x[3*k], rows, k)
	default:
		for i := range 4 {
			dotsPlain(dst[i*rows:(i+1)*rows], w, x[i*k:(i+1)*k])
		}
	}
}

// dotsWide sets dst[i] to the product of row i of w, which is not packed and whose
// numbers have 16 bits, and x. The length of x is a multiple of 16, that of dst of 4.
func dotsWide(dst []int32, w, x []int16) {
	if len(w) < len(dst)*len(x) || len(x)%16 != 0 || len(dst)%4 != 0 {
		panic("neural: sizes of a product do not fit")
	}
	switch {
	case len(dst) == 0 || len(x) == 0:
	case vectors:
		dotsWideVector(&dst[0], &w[0], &x[0], len(dst), len(x))
	default:
		dotsWidePlain(dst, w, x)
	}
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
