// Package neural holds the neural language model: one encoder that reads a
// sentence from both ends, and small networks above it that choose tags, heads,
// relations and names. Training/neural makes the weights; here they are only
// used, with whole numbers where it matters, so that the result is the same on
// every processor.
package neural

import (
	"fmt"
	"math"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// Model is a trained network. It is not changed once it is loaded.
type Model struct {
	Header Header
	Lemmas *linear.Lemmatiser

	glove, words, affix table
	left, right         []lstm // of each layer
	tag                 matrix
	begin               matrix // whether a sentence begins at a word; none where Header.Begins is false
	arcDep, arcHead     matrix
	arc                 matrix    // turns a dependent into what its head should be
	arcBias             []float32 // how likely a word is a head at all
	relDep, relHead     matrix
	rel                 matrix
	nameHidden, name    matrix
	steps               [linear.Labels + 1][linear.Labels]float32
	rootArc             []int16 // the root as a head, in units of rootArcUnit
	rootArcUnit         float32
	rootArcBias         float32
	root                uint8 // index of "root" in Header.Rels
}

// Header says what a model is, what it was made from and how large it is.
type Header struct {
	Name    string             `json:"name"` // "en-neural-2"
	Licence string             `json:"licence"`
	Corpora []linear.Corpus    `json:"corpora"`
	Dev     map[string]float64 `json:"dev"` // figures on the development parts, in [0,1]

	Glove  int         `json:"glove"`  // numbers of a word's vector
	Affix  int         `json:"affix"`  // numbers of the vector of its pieces
	Hidden int         `json:"hidden"` // numbers of a layer in one direction
	Layers int         `json:"layers"`
	Arc    int         `json:"arc"`    // numbers by which a head is chosen
	Rel    int         `json:"rel"`    // numbers by which a relation is chosen
	Begins bool        `json:"begins"` // whether it knows where sentences begin that no mark divides
	Tags   [][2]string `json:"tags"`
	Rels   []string    `json:"rels"`
}

// Tag returns the tag of a number.
func (m *Model) Tag(i uint8) linear.Tag {
	t := m.Header.Tags[i]
	return linear.Tag{UPOS: t[0], XPOS: t[1]}
}

// longest is the number of words of a sentence that are parsed together. The
// splitter cuts sentences earlier; those of a treebank may be longer.
const longest = 512

// Scratch is working memory. The zero value is ready.
type Scratch struct {
	runes, shape  []rune
	vector        []float32
	words         int     // of the sentence that was read
	x, y          []int16 // the last layer's output, 2·Hidden numbers a word; working memory
	cell, gates   []float32
	acc           []int32
	last          []int16
	out, more     []float32
	narrow        []int16
	headVectors   []int16
	units, biases []float32
	relHeads      []float32
	scores        []float32
	seen          []int32
	spans         []span
	todo          []part
	lattice       []float32
	back          []uint8

	pronoun []bool // whether each word may be one

	known map[string]int // row in inputs of each word seen in this text
	input []int16
}

// Result is what the network says of a sentence.
type Result struct {
	Tags   []uint8 // numbers for Model.Tag
	Heads  []int32 // indices of words, -1 for the root
	Rels   []uint8 // indices in Header.Rels
	Labels []linear.Label
}

// manyWords is how many words a scratch keeps in mind.
const manyWords = 4096

// Forget makes a scratch forget the words of the last text.
func (s *Scratch) Forget() {
	clear(s.known)
	s.input = s.input[:0]
}

// Encode reads a sentence of n words, which is what Begins and Annotate then speak
// of, until Encode is called again with the same scratch.
func (m *Model) Encode(form func(i int) string, n int, s *Scratch) {
	in, hidden := m.Header.Glove+m.Header.Affix, m.Header.Hidden
	wide := max(in, 2*hidden)
	s.x, s.y, s.words = grow(s.x, n*wide), grow(s.y, n*wide), n
	s.pronoun = grow(s.pronoun, n)
	for i := range n {
		f := form(i)
		copy(s.x[i*in:(i+1)*in], m.look(f, s))
		s.pronoun[i] = isPronoun(f)
	}
	unit := float32(inputUnit)
	for k := range m.left {
		m.left[k].run(s.y, 2*hidden, s.x, unit, n, false, s)
		m.right[k].run(s.y[hidden:], 2*hidden, s.x, unit, n, true, s)
		s.x, s.y = s.y, s.x
		unit = outputUnit
	}
}

// beginLimit is how sure the model has to be that a sentence begins at a word, as
// the logarithm of the odds.
const beginLimit = 0

// Begins appends the words but the first at which a sentence begins that no mark
// divides from the one before: "Call me when you can | Regards, Ada".
func (m *Model) Begins(dst []int, s *Scratch) []int {
	if !m.Header.Begins {
		return dst
	}
	dim := 2 * m.Header.Hidden
	s.acc, s.more = grow(s.acc, m.accSize()), grow(s.more, m.begin.out)
	for i := 1; i < s.words; i++ {
		m.begin.apply(s.more, s.x[i*dim:(i+1)*dim], outputUnit, s.acc)
		if s.more[0] > beginLimit {
			dst = append(dst, i)
		}
	}
	return dst
}

// Annotate fills r, whose slices are as long as the sentence.
func (m *Model) Annotate(r Result, s *Scratch) {
	n, dim := s.words, 2*m.Header.Hidden
	if n == 0 {
		return
	}
	x := s.x[:n*dim]
	s.acc = grow(s.acc, m.accSize())
	m.tags(r.Tags[:n], x, s)
	m.names(r.Labels[:n], x, s)
	for from := 0; from < n; from += longest {
		to := min(n, from+longest)
		m.parse(r.Heads[from:to], r.Rels[from:to], x[from*dim:to*dim], s)
		if from > 0 {
			m.join(r.Heads[:n], r.Rels[:n], from, to)
		}
	}
}

// join hangs the root of the piece from..to on the first root of the sentence.
func (m *Model) join(heads []int32, rels []uint8, from, to int) {
	first := 0
	for heads[first] >= 0 {
		first++
	}
	for i := from; i < to; i++ {
		if heads[i] >= 0 {
			heads[i] += int32(from)
			continue
		}
		heads[i], rels[i] = int32(first), m.loose()
	}
}

// loose is the relation of sentences that stand side by side.
func (m *Model) loose() uint8 {
	other := uint8(0)
	for i, r := range m.Header.Rels {
		if r == "parataxis" {
			return uint8(i)
		}
		if r != "root" {
			other = uint8(i)
		}
	}
	return other
}

// look returns the vector of a word, in units of inputUnit. It is worked out
// once for each word of a text.
func (m *Model) look(form string, s *Scratch) []int16 {
	dim := m.Header.Glove + m.Header.Affix
	if row, ok := s.known[form]; ok {
		return s.input[row*dim : (row+1)*dim]
	}
	if s.known == nil {
		s.known = map[string]int{}
	}
	if len(s.known) >= manyWords {
		s.Forget()
	}
	s.vector = grow(s.vector, dim)
	v := s.vector[:dim]
	clear(v)
	s.runes = fold(s.runes[:0], form)
	m.glove.add(v[:m.Header.Glove], hash(0, s.runes))
	zeroed(s.runes)
	m.words.add(v[:m.Header.Glove], hash(0, s.runes))
	if cap(s.shape) < maxShape+3 {
		s.shape = make([]rune, 0, maxShape+3)
	}
	affixes(form, s.runes, s.shape, func(h uint32) { m.affix.add(v[m.Header.Glove:], h) })
	row := len(s.known)
	s.known[form] = row
	s.input = append(s.input, make([]int16, dim)...)
	out := s.input[row*dim:]
	fixed(out, v, 1/inputUnit)
	return out
}

func (m *Model) tags(tags []uint8, x []int16, s *Scratch) {
	out := m.tag.out
	s.out = grow(s.out, len(tags)*out)
	m.tag.applyAll(s.out, x, len(tags), outputUnit, s.acc)
	for i := range tags {
		scores := s.out[i*out:][:len(m.Header.Tags)]
		if !s.pronoun[i] {
			for k, tag := range m.Header.Tags {
				if isPronounTag(tag[1]) {
					scores[k] = float32(math.Inf(-1))
				}
			}
		}
		tags[i] = uint8(best(scores))
	}
}

func (m *Model) names(labels []linear.Label, x []int16, s *Scratch) {
	n, h := len(labels), m.nameHidden.out
	s.lattice, s.back = grow(s.lattice, n*linear.Labels), grow(s.back, n*linear.Labels)
	s.out, s.narrow, s.more = grow(s.out, n*h), grow(s.narrow, h), grow(s.more, m.name.out)
	m.nameHidden.applyAll(s.out, x, n, outputUnit, s.acc)
	relu(s.out[:n*h])
	for i := range labels {
		unit := spread(s.narrow, s.out[i*h:(i+1)*h], 32767)
		m.name.apply(s.more, s.narrow[:h], unit, s.acc)
		copy(s.lattice[i*linear.Labels:(i+1)*linear.Labels], s.more)
	}
	viterbi(s.lattice[:n*linear.Labels], s.back, &m.steps, labels)
}

// parse finds heads (-1 for the root) and relations by the biaffine scores of
// Dozat and Manning (2017); relations are chosen by a sum, which is cheaper.
func (m *Model) parse(heads []int32, rels []uint8, x []int16, s *Scratch) {
	n, arc := len(heads), m.Header.Arc
	rows := (n + 1 + 3) &^ 3
	s.headVectors = grow(s.headVectors, rows*arc)
	s.units, s.biases = grow(s.units, rows), grow(s.biases, rows)
	s.out, s.more, s.narrow = grow(s.out, n*arc), grow(s.more, arc), grow(s.narrow, arc)
	s.acc = grow(s.acc, max(rows, m.accSize()))
	copy(s.headVectors, m.rootArc)
	clear(s.headVectors[(n+1)*arc : rows*arc])
	s.units[0], s.biases[0] = m.rootArcUnit, m.rootArcBias
	m.arcHead.applyAll(s.out, x, n, outputUnit, s.acc)
	relu(s.out[:n*arc])
	for i := range n {
		v, h := s.out[i*arc:(i+1)*arc], i+1
		s.units[h] = spread(s.headVectors[h*arc:(h+1)*arc], v, wideLimit)
		s.biases[h] = dot(v, m.arcBias)
	}
	s.scores = grow(s.scores, n*(n+1))
	m.arcDep.applyAll(s.out, x, n, outputUnit, s.acc)
	relu(s.out[:n*arc])
	for i := range n {
		unit := spread(s.narrow, s.out[i*arc:(i+1)*arc], 32767)
		m.arc.apply(s.more, s.narrow[:arc], unit, s.acc)
		unit = spread(s.narrow, s.more[:arc], wideLimit)
		dotsWide(s.acc[:rows], s.headVectors[:rows*arc], s.narrow[:arc])
		row := s.scores[i*(n+1) : (i+1)*(n+1)]
		for h := range row {
			row[h] = float32(float32(s.acc[h])*float32(unit*s.units[h])) + s.biases[h]
		}
	}
	tree(heads, s.scores, n, s)
	m.relations(heads, rels, x, s)
	for i := range heads {
		heads[i]--
	}
}

// relations chooses relations for heads, which are numbered from 1, the root 0.
func (m *Model) relations(heads []int32, rels []uint8, x []int16, s *Scratch) {
	n, size := len(heads), m.Header.Rel
	s.relHeads, s.out = grow(s.relHeads, n*size), grow(s.out, n*size)
	s.more, s.narrow = grow(s.more, m.rel.out), grow(s.narrow, size)
	m.relHead.applyAll(s.relHeads, x, n, outputUnit, s.acc)
	m.relDep.applyAll(s.out, x, n, outputUnit, s.acc)
	for i := range n {
		if heads[i] == 0 {
			rels[i] = m.root
			continue
		}
		both := s.out[i*size:][:size]
		for k, v := range s.relHeads[int(heads[i]-1)*size:][:size] {
			both[k] += v
		}
		relu(both)
		unit := spread(s.narrow, both, 32767)
		m.rel.apply(s.more, s.narrow[:size], unit, s.acc)
		s.more[m.root] = -1e9
		rels[i] = uint8(best(s.more[:len(m.Header.Rels)]))
	}
}

// accSize is how many products are under way at most, but for those of heads.
func (m *Model) accSize() int {
	return 4 * max(4*m.Header.Hidden, m.tag.out, m.begin.out, m.Header.Arc, m.Header.Rel, m.rel.out)
}

// dot adds the products from left to right.
func dot(a, b []float32) float32 {
	var sum float32
	for i, v := range a {
		sum += float32(v * b[i])
	}
	return sum
}

// check makes sure that the parts of a model fit each other, so that no text can
// make a model that loads fail.
func (m *Model) check() error {
	h := &m.Header
	in, dim := h.Glove+h.Affix, 2*h.Hidden
	switch {
	case h.Glove <= 0 || h.Affix <= 0 || in%16 != 0 || in > 4096:
		return fmt.Errorf("%d+%d numbers a word: %w", h.Glove, h.Affix, ErrFormat)
	case h.Hidden <= 0 || h.Hidden%16 != 0 || h.Hidden > 4096 || h.Layers < 1 || h.Layers > 8:
		return fmt.Errorf("%d layers of %d: %w", h.Layers, h.Hidden, ErrFormat)
	case len(h.Tags) == 0 || len(h.Tags) > 255 || len(h.Rels) < 2 || len(h.Rels) > 255:
		return fmt.Errorf("%d tags, %d relations: %w", len(h.Tags), len(h.Rels), ErrFormat)
	case m.glove.dim != h.Glove || m.words.dim != h.Glove || m.affix.dim != h.Affix:
		return fmt.Errorf("vectors of %d, %d and %d: %w", m.glove.dim, m.words.dim, m.affix.dim, ErrFormat)
	case len(m.arcBias) != h.Arc || h.Arc > 128:
		return fmt.Errorf("%d numbers of a head: %w", len(m.arcBias), ErrFormat)
	}
	fits := func(m *matrix, out, in int) bool { return m.in == in && m.out >= out && m.out < out+lanes }
	for k := range m.left {
		for _, l := range []*lstm{&m.left[k], &m.right[k]} {
			if !fits(&l.input, 4*h.Hidden, in) || !fits(&l.state, 4*h.Hidden, h.Hidden) {
				return fmt.Errorf("layer %d: %w", k, ErrFormat)
			}
		}
		in = dim
	}
	if h.Begins && !fits(&m.begin, 1, dim) || !fits(&m.tag, len(h.Tags), dim) || !fits(&m.arcDep, h.Arc, dim) || !fits(&m.arcHead, h.Arc, dim) || !fits(&m.arc, h.Arc, h.Arc) ||
		!fits(&m.relDep, h.Rel, dim) || !fits(&m.relHead, h.Rel, dim) || !fits(&m.rel, len(h.Rels), h.Rel) ||
		m.nameHidden.in != dim || m.nameHidden.out > 4*h.Hidden || h.Arc%lanes != 0 || h.Rel%lanes != 0 || !fits(&m.name, len(linearLabels), m.nameHidden.out) {
		return fmt.Errorf("a part does not fit the encoder: %w", ErrFormat)
	}
	return nil
}

var linearLabels [linear.Labels]struct{}
