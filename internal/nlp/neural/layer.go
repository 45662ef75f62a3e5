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
	for i, x := range v {
		x *= perUnit
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
	var top float32
	for _, x := range v {
		top = max(top, x, -x)
	}
	if !(top > 0) || math.IsInf(float64(top), 1) {
		clear(dst[:len(v)])
		return 0
	}
	fixed(dst, v, limit/top)
	return top / limit
}

func relu(v []float32) {
	for i, x := range v {
		v[i] = max(x, 0)
	}
}

// tanhs holds tanh between -tanhEnd and tanhEnd: recurrent layers need it some
// thousand times a word.
const (
	tanhEnd  = 6
	tanhSize = 4096
	tanhPer  = float32(tanhSize) / (2 * tanhEnd)
)

type tanhTable [tanhSize]float32

func newTanhs() *tanhTable {
	t := new(tanhTable)
	for i := range t {
		t[i] = float32(math.Tanh((float64(i)+0.5)/float64(tanhPer) - tanhEnd))
	}
	return t
}

func (t *tanhTable) at(x float32) float32 {
	i := int32(x*tanhPer + tanhSize/2)
	return t[min(max(i, 0), tanhSize-1)]
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
func (l *lstm) run(dst []int16, stride int, x []int16, unit float32, n int, backwards bool, tanhs *tanhTable, s *Scratch) {
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
		gates := s.gates[i*4*h:][:4*h]
		dots(acc, l.state.weight, last)
		scale := l.state.scale[:4*h]
		out := dst[i*stride:][:h]
		gi, gf, gn, gout := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:]
		ai, af, an, ao := acc[:h], acc[h:2*h], acc[2*h:3*h], acc[3*h:]
		si, sf, sn, so := scale[:h], scale[h:2*h], scale[2*h:3*h], scale[3*h:]
		for j := range out {
			ig := tanhs.at(gi[j] + float32(float32(ai[j])*si[j]))
			fg := tanhs.at(gf[j] + float32(float32(af[j])*sf[j]))
			ng := tanhs.at(gn[j] + float32(float32(an[j])*sn[j]))
			og := tanhs.at(gout[j] + float32(float32(ao[j])*so[j]))
			c := float32(0.5 * (float32((1+fg)*cell[j]) + float32((1+ig)*ng)))
			cell[j] = c
			y := float32(float32((1+og)*tanhs.at(c)) * (0.5 / outputUnit))
			if y >= 0 {
				out[j] = int16(y + 0.5)
			} else {
				out[j] = int16(y - 0.5)
			}
		}
		copy(last, out)
	}
}

// grow returns a slice of at least n numbers, v itself where it is long enough.
func grow[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n+n/2)
	}
	return v[:cap(v)]
}
