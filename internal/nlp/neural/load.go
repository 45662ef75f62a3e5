package neural

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// Magic is what a model file begins with.
const Magic = "ONRECNN1"

// sizeLimit keeps a broken file from asking for all the memory there is.
const sizeLimit = 64 << 20

// ErrFormat is the error of what is not a model file, or not of this version.
var ErrFormat = errors.New("not a neural model file of this version")

// Load reads a model that training/neural wrote.
func Load(r io.Reader) (*Model, error) {
	head := make([]byte, len(Magic)+8)
	if _, err := io.ReadFull(r, head); err != nil || string(head[:len(Magic)]) != Magic {
		return nil, fmt.Errorf("reading the model's head: %w", ErrFormat)
	}
	size := binary.LittleEndian.Uint32(head[len(Magic):])
	if size > sizeLimit {
		return nil, fmt.Errorf("model of %d bytes: %w", size, ErrFormat)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, fmt.Errorf("reading the model's %d bytes: %w", size, err)
	}
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(head[len(Magic)+4:]) {
		return nil, fmt.Errorf("the model is damaged: %w", ErrFormat)
	}
	m := &Model{}
	d := &decoder{b: body}
	if b := d.take(d.uint32()); d.err == nil {
		d.err = json.Unmarshal(b, &m.Header)
	}
	m.glove, m.words, m.affix = d.table(), d.table(), d.table()
	h := &m.Header
	if h.Layers < 1 || h.Layers > 8 {
		return nil, fmt.Errorf("%d layers: %w", h.Layers, ErrFormat)
	}
	m.left, m.right = make([]lstm, h.Layers), make([]lstm, h.Layers)
	for k := range m.left {
		m.left[k], m.right[k] = d.lstm(h.Hidden), d.lstm(h.Hidden)
	}
	m.tag = d.matrix()
	if h.Begins {
		m.begin = d.matrix()
	}
	m.nameHidden, m.name = d.matrix(), d.matrix()
	steps := d.floats()
	m.arcDep, m.arcHead, m.arc = d.matrix(), d.matrix(), d.matrix()
	m.arcBias = d.floats()
	m.relDep, m.relHead, m.rel = d.matrix(), d.matrix(), d.matrix()
	root := d.floats()
	lemmas := d.take(d.uint32())
	if d.err != nil {
		return nil, fmt.Errorf("reading the model: %w", d.err)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	if len(steps) != (linear.Labels+1)*linear.Labels || len(root) != 2*h.Hidden {
		return nil, fmt.Errorf("%d steps of names, root of %d: %w", len(steps), len(root), ErrFormat)
	}
	for i, v := range steps {
		m.steps[i/linear.Labels][i%linear.Labels] = v
	}
	if err := m.setRoot(root); err != nil {
		return nil, err
	}
	var err error
	if m.Lemmas, err = linear.ReadLemmas(lemmas); err != nil {
		return nil, fmt.Errorf("reading the lemmas: %w", err)
	}
	return m, nil
}

// setRoot works out what the root is as a head.
func (m *Model) setRoot(root []float32) error {
	found := false
	for i, r := range m.Header.Rels {
		if r == "root" {
			m.root, found = uint8(i), true
		}
	}
	if !found {
		return fmt.Errorf("no root relation: %w", ErrFormat)
	}
	x := make([]int16, len(root))
	fixed(x, root, 1/outputUnit)
	v, acc := make([]float32, m.arcHead.out), make([]int32, m.arcHead.out)
	m.arcHead.apply(v, x, outputUnit, acc)
	v = v[:m.Header.Arc]
	relu(v)
	m.rootArc = make([]int16, len(v))
	m.rootArcUnit = spread(m.rootArc, v, wideLimit)
	m.rootArcBias = dot(v, m.arcBias)
	return nil
}

// decoder reads the body of a file; after the first error it returns zeros.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) take(n int) []byte {
	if d.err == nil && (n < 0 || n > len(d.b)) {
		d.err = io.ErrUnexpectedEOF
	}
	if d.err != nil {
		return nil
	}
	out := d.b[:n:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) uint32() int {
	if b := d.take(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// numbers reads n numbers of 32 bits.
func numbers[T any](d *decoder, n int, as func(uint32) T) []T {
	if n > sizeLimit/4 {
		d.err = io.ErrUnexpectedEOF
	}
	b := d.take(4 * n)
	out := make([]T, len(b)/4)
	for i := range out {
		out[i] = as(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

func (d *decoder) floats() []float32 { return numbers(d, d.uint32(), math.Float32frombits) }

func (d *decoder) table() table {
	rows, dim := d.uint32(), d.uint32()
	if dim > 4096 || rows > sizeLimit {
		d.err = io.ErrUnexpectedEOF
		return table{}
	}
	hashes := numbers(d, rows, func(v uint32) uint32 { return v })
	t := table{dim: dim, scale: numbers(d, rows, math.Float32frombits)}
	t.weight = d.take(rows * dim)
	if d.err == nil {
		t.index(hashes)
	}
	return t
}

func (d *decoder) matrix() matrix {
	m := matrix{out: d.uint32(), in: d.uint32()}
	if m.out > 1<<14 || m.in > 1<<14 || m.out%4 != 0 || m.in%16 != 0 || m.out == 0 || m.in == 0 {
		d.err = io.ErrUnexpectedEOF
		return matrix{}
	}
	m.scale = numbers(d, m.out, math.Float32frombits)
	m.bias = numbers(d, m.out, math.Float32frombits)
	w := d.take(m.out * m.in)
	if d.err != nil {
		return matrix{}
	}
	if pad := -m.out & (lanes - 1); pad > 0 { // with rows of zeros
		m.out += pad
		m.scale, m.bias = append(m.scale, make([]float32, pad)...), append(m.bias, make([]float32, pad)...)
		w = append(w, make([]byte, pad*m.in)...)
	}
	m.weight = pack(w, m.in)
	return m
}

func (d *decoder) lstm(hidden int) lstm {
	l := lstm{input: d.matrix(), state: d.matrix(), hidden: hidden}
	for i := range l.state.scale {
		l.state.scale[i] *= outputUnit
	}
	if d.err != nil || l.input.out != 4*hidden || l.state.out != 4*hidden {
		return l
	}
	for i := range 4 * hidden {
		if i/hidden == 2 {
			continue
		}
		l.input.scale[i] *= 0.5
		l.input.bias[i] *= 0.5
		l.state.scale[i] *= 0.5
	}
	return l
}
