package neural

import "math"

// matrix is a linear map with 8-bit weights.
type matrix struct {
	out, in int       // multiples of 16
	weight  []byte    // rows of in signed bytes, packed
	scale   []float32 // of each row
	bias    []float32
}

// apply sets dst to the map of x, whose numbers are in units of unit. Acc is
// working memory of m.out numbers.
func (m *matrix) apply(dst []float32, x []int16, unit float32, acc []int32) {
	acc = acc[:m.out]
	dots(acc, m.weight, x)
	m.scaled(dst, acc, unit)
}

// applyAll sets dst to the maps of n vectors that stand one after another in x.
// Acc is working memory of 4·m.out numbers.
func (m *matrix) applyAll(dst []float32, x []int16, n int, unit float32, acc []int32) {
	acc = acc[:4*m.out]
	i := 0
	for ; i+3 < n; i += 4 {
		dotsFour(acc, m.weight, x[i*m.in:(i+4)*m.in])
		for k := range 4 {
			m.scaled(dst[(i+k)*m.out:], acc[k*m.out:(k+1)*m.out], unit)
		}
	}
	for ; i < n; i++ {
		m.apply(dst[i*m.out:], x[i*m.in:(i+1)*m.in], unit, acc)
	}
}

func (m *matrix) scaled(dst []float32, acc []int32, unit float32) {
	dst, scale, bias := dst[:len(acc)], m.scale[:len(acc)], m.bias[:len(acc)]
	if vectors && len(acc) > 0 {
		scaledVector(&dst[0], &acc[0], &scale[0], &bias[0], unit, len(acc))
		return
	}
	for i, a := range acc {
		dst[i] = float32(float32(a)*float32(scale[i]*unit)) + bias[i]
	}
}

// Activations of whole numbers: inputs are words' vectors, outputs are those of
// the recurrent layers, which lie between -1 and 1.
const (
	inputUnit  = 1.0 / 1024
	outputUnit = 1.0 / 8192
	wideLimit  = 2047 // of numbers on both sides of dotsWide, so that 128 products fit in 32 bits
)

// fixed writes v in units of unit.
func fixed(dst []int16, v []float32, perUnit float32) {
	dst = dst[:len(v)]
	if vectors && len(v)%8 == 0 && len(v) > 0 {
		fixedVector(&dst[0], &v[0], perUnit, len(v))
		return
	}
	for i, x := range v {
		x = float32(x * perUnit)
		switch {
		case x >= 0:
			dst[i] = int16(min(x+0.5, 32767))
		default:
			dst[i] = int16(max(x-0.5, -32767))
		}
	}
}

// spread writes v in the unit that makes its largest number limit, and returns
// the unit.
func spread(dst []int16, v []float32, limit float32) float32 {
	top := largest(v)
	if !(top > 0) || math.IsInf(float64(top), 1) {
		clear(dst[:len(v)])
		return 0
	}
	fixed(dst, v, limit/top)
	return top / limit
}

// largest is the number of v farthest from 0, without its sign.
func largest(v []float32) float32 {
	if vectors && len(v)%8 == 0 && len(v) > 0 {
		return largestVector(&v[0], len(v))
	}
	var top float32
	for _, x := range v {
		top = max(top, x, -x)
	}
	return top
}

func relu(v []float32) {
	for i, x := range v {
		v[i] = max(x, 0)
	}
}

// tanhEnd is where tanh is as good as 1.
const tanhEnd = 4.97

// tanh is within 0.0001 of the hyperbolic tangent: the seventh convergent of its
// continued fraction (Lambert 1768). Recurrent layers need it some thousand times a
// word. Every product is rounded by a conversion: without one, Go may add to it in
// one fused step, across statements too, and on some processors does.
func tanh(x float32) float32 {
	x = min(max(x, -tanhEnd), tanhEnd)
	s := float32(x * x)
	p := float32((s + 378) * s)
	p = float32((p + 17325) * s)
	p = float32((p + 135135) * x)
	q := float32(28*s) + 3150
	q = float32(q*s) + 62370
	q = float32(q*s) + 135135
	return p / q
}

// lstm is one direction of a recurrent layer (Hochreiter and Schmidhuber 1997).
// Its gates are in the order in, forget, new, out; the three that are sigmoids
// have their weights halved, since the sigmoid of x is (1 + tanh(x/2)) / 2.
type lstm struct {
	input, state matrix
	hidden       int
}

// run reads n words, vectors of l.input.in numbers one after another, and writes
// its output for word i to dst[i*stride:].
func (l *lstm) run(dst []int16, stride int, x []int16, unit float32, n int, backwards bool, s *Scratch) {
	h := l.hidden
	s.cell = grow(s.cell, h)
	s.gates = grow(s.gates, 4*h*n)
	s.acc = grow(s.acc, 16*h)
	s.last = grow(s.last, h)
	cell, last, acc := s.cell[:h], s.last[:h], s.acc[:4*h]
	clear(cell)
	clear(last)
	l.input.applyAll(s.gates, x, n, unit, s.acc)
	for k := range n {
		i := k
		if backwards {
			i = n - 1 - k
		}
		dots(acc, l.state.weight, last)
		out := dst[i*stride:][:h]
		step(out, cell, s.gates[i*4*h:][:4*h], acc, l.state.scale[:4*h])
		copy(last, out)
	}
}

// step works out a word's output and the new state of the cell. Gates is what the
// input adds to each gate, acc times scale what the last output adds.
func step(out []int16, cell, gates []float32, acc []int32, scale []float32) {
	h := len(out)
	if vectors && h%8 == 0 && len(cell) == h && len(gates) == 4*h && len(acc) == 4*h && len(scale) == 4*h {
		cellVector(&out[0], &cell[0], &gates[0], &acc[0], &scale[0], h)
		return
	}
	at := func(i int) float32 { return tanh(float32(float32(acc[i])*scale[i]) + gates[i]) }
	for j := range out {
		in, forget, fresh, open := at(j), at(h+j), at(2*h+j), at(3*h+j)
		c := float32(float32(float32(1+in)*fresh)+float32(float32(1+forget)*cell[j])) * 0.5
		cell[j] = c
		y := float32(float32(float32(1+open)*tanh(c)) * (0.5 / outputUnit))
		if y >= 0 {
			out[j] = int16(y + 0.5)
		} else {
			out[j] = int16(y - 0.5)
		}
	}
}

// grow returns a slice of at least n numbers, v itself where it is long enough.
func grow[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n+n/2)
	}
	return v[:cap(v)]
}
