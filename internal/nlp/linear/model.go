// Package linear holds the classifiers of the linear language model: averaged
// perceptrons over hashed features that choose tags, parser moves and name
// labels, and the lexicon and the table of lemmas beside them. What the
// trainer and the program must do alike, the features above all, is here and
// nowhere else.
package linear

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// Model is a whole trained model.
type Model struct {
	Header  Header
	Lexicon *Lexicon
	Tagger  *Tagger
	Parser  *Parser
	Namer   *Namer
	Lemmas  *Lemmatiser
}

// Header says what a model is and what it was made from.
type Header struct {
	Name    string             `json:"name"` // "en-linear-1"
	Licence string             `json:"licence"`
	Corpora []Corpus           `json:"corpora"`
	Dev     map[string]float64 `json:"dev"` // figures on the development parts, in [0,1]
}

// Corpus is one source that a model was trained on.
type Corpus struct {
	Name    string `json:"name"`
	Licence string `json:"licence"`
	Use     string `json:"use"` // what was learnt from it
}

const magic = "ONRECLM1"

// sizeLimit keeps a broken file from asking for all the memory there is.
const sizeLimit = 64 << 20

// ErrFormat is the error of what is not a model file, or not of this version.
var ErrFormat = errors.New("not a model file of this version")

// Save writes the model.
func (m *Model) Save(w io.Writer) error {
	var b bytes.Buffer
	e := encoder{&b}
	if err := e.json(m.Header); err != nil {
		return err
	}
	if err := e.json(m.Tagger.Tags); err != nil {
		return err
	}
	if err := e.json(m.Parser.Rels); err != nil {
		return err
	}
	if err := e.json(m.Parser.Moves); err != nil {
		return err
	}
	if err := e.json(m.Namer.Trans); err != nil {
		return err
	}
	e.lexicon(m.Lexicon)
	e.table(m.Tagger.Table)
	e.table(m.Parser.Table)
	e.table(m.Namer.Table)
	e.lemmas(m.Lemmas)
	head := binary.LittleEndian.AppendUint32([]byte(magic), uint32(b.Len()))
	head = binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE(b.Bytes()))
	for _, part := range [][]byte{head, b.Bytes()} {
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("writing the model: %w", err)
		}
	}
	return nil
}

// Load reads a model that Save wrote.
func Load(r io.Reader) (*Model, error) {
	head := make([]byte, len(magic)+8)
	if _, err := io.ReadFull(r, head); err != nil || string(head[:len(magic)]) != magic {
		return nil, fmt.Errorf("reading the model's head: %w", ErrFormat)
	}
	size := binary.LittleEndian.Uint32(head[len(magic):])
	if size > sizeLimit {
		return nil, fmt.Errorf("model of %d bytes: %w", size, ErrFormat)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, fmt.Errorf("reading the model's %d bytes: %w", size, err)
	}
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(head[len(magic)+4:]) {
		return nil, fmt.Errorf("the model is damaged: %w", ErrFormat)
	}
	m := &Model{Tagger: &Tagger{}, Parser: &Parser{}, Namer: &Namer{}}
	d := decoder{b: body}
	d.json(&m.Header)
	d.json(&m.Tagger.Tags)
	var rels []string
	var moves []Move
	d.json(&rels)
	d.json(&moves)
	m.Parser = NewParser(m.Tagger.Tags, rels, moves)
	d.json(&m.Namer.Trans)
	m.Lexicon = d.lexicon()
	m.Tagger.Table = d.table()
	m.Parser.Table = d.table()
	m.Namer.Table = d.table()
	m.Lemmas = d.lemmas()
	if d.err != nil {
		return nil, fmt.Errorf("reading the model: %w", d.err)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, nil
}

// check makes sure that what one part says of another is so, so that no text
// can make a model that loads fail.
func (m *Model) check() error {
	switch {
	case len(m.Tagger.Tags) == 0 || len(m.Tagger.Tags) > MaxClasses:
		return fmt.Errorf("%d tags: %w", len(m.Tagger.Tags), ErrFormat)
	case len(m.Parser.Moves) == 0 || len(m.Parser.Moves) > MaxClasses || m.Parser.Moves[0].Kind != Shift:
		return fmt.Errorf("%d parser moves: %w", len(m.Parser.Moves), ErrFormat)
	case int(m.Parser.Root) >= len(m.Parser.Rels) || m.Parser.Rels[m.Parser.Root] != "root":
		return fmt.Errorf("no root relation: %w", ErrFormat)
	}
	var left, right bool
	for _, mv := range m.Parser.Moves {
		if mv.Kind > Right || int(mv.Rel) >= len(m.Parser.Rels) {
			return fmt.Errorf("parser move %v: %w", mv, ErrFormat)
		}
		left = left || mv.Kind == Left && mv.Rel != m.Parser.Root
		right = right || mv.Kind == Right && mv.Rel != m.Parser.Root
	}
	if !left || !right {
		return fmt.Errorf("a parser that cannot attach: %w", ErrFormat)
	}
	for _, t := range m.Lexicon.tags {
		if int(t.tag) >= len(m.Tagger.Tags) {
			return fmt.Errorf("tag %d in the lexicon: %w", t.tag, ErrFormat)
		}
	}
	return nil
}

type encoder struct{ *bytes.Buffer }

func (e encoder) json(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding the model: %w", err)
	}
	e.uint32(uint32(len(b)))
	e.Write(b)
	return nil
}

func (e encoder) uint32(v uint32) { e.Write(binary.LittleEndian.AppendUint32(nil, v)) }
func (e encoder) uint16(v uint16) { e.Write(binary.LittleEndian.AppendUint16(nil, v)) }

func (e encoder) string(s string) {
	e.WriteByte(byte(min(len(s), 255)))
	e.WriteString(s[:min(len(s), 255)])
}

func (e encoder) lexicon(l *Lexicon) {
	e.uint32(uint32(len(l.words)))
	for _, w := range l.words {
		e.uint32(w.hash)
		e.uint16(w.Cluster)
		e.WriteByte(byte(w.Class))
	}
	e.uint32(uint32(len(l.tags)))
	for _, t := range l.tags {
		e.uint32(t.hash)
		e.WriteByte(t.tag)
	}
}

func (e encoder) table(t *Table) {
	var used []slot
	for _, s := range t.slots {
		if s.ref != 0 {
			used = append(used, s)
		}
	}
	slices.SortFunc(used, func(a, b slot) int { return cmpHash(a.key, b.key) })
	e.uint32(uint32(t.classes))
	e.uint32(uint32(len(used)))
	e.uint32(uint32(len(t.entries)))
	before := uint32(0)
	for _, s := range used {
		e.Write(binary.AppendUvarint(nil, uint64(s.key-before)))
		before = s.key
		e.WriteByte(byte(s.ref))
		at := s.ref >> 8
		for _, v := range t.entries[at : at+s.ref&0xFF] {
			e.uint16(v)
		}
	}
}

func (e encoder) lemmas(l *Lemmatiser) {
	words := sortedKeys(l.Words)
	e.uint32(uint32(len(words)))
	for _, w := range words {
		e.string(w)
		e.string(l.Words[w])
	}
	rules := sortedKeys(l.Rules)
	e.uint32(uint32(len(rules)))
	for _, r := range rules {
		e.string(r)
		e.WriteByte(byte(l.Rules[r].Cut))
		e.string(l.Rules[r].Add)
	}
	proper := sortedKeys(l.Proper)
	e.uint32(uint32(len(proper)))
	for _, p := range proper {
		e.string(p)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// decoder reads what encoder wrote; after the first error it returns zeros.
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
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) uint32() uint32 {
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (d *decoder) uint16() uint16 {
	if b := d.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (d *decoder) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		n = len(d.b) + 1
	}
	d.take(n)
	return v
}

func (d *decoder) string() string { return string(d.take(int(d.byte()))) }

// count reads a number of things that take at least size bytes each.
func (d *decoder) count(size int) int {
	n := d.uint32()
	if d.err == nil && int(n) > len(d.b)/size {
		d.err = io.ErrUnexpectedEOF
	}
	if d.err != nil {
		return 0
	}
	return int(n)
}

func (d *decoder) json(v any) {
	b := d.take(int(d.uint32()))
	if d.err == nil {
		d.err = json.Unmarshal(b, v)
	}
}

func (d *decoder) lexicon() *Lexicon {
	l := &Lexicon{}
	l.words = make([]wordEntry, d.count(7))
	for i := range l.words {
		l.words[i].hash = d.uint32()
		l.words[i].Cluster = d.uint16()
		l.words[i].Class = Class(d.byte())
	}
	l.tags = make([]sureEntry, d.count(5))
	for i := range l.tags {
		l.tags[i] = sureEntry{d.uint32(), d.byte()}
	}
	l.buildIndex()
	return l
}

func (d *decoder) table() *Table {
	t := &Table{classes: int(d.uint32())}
	rows := d.count(2)
	entries := d.count(1)
	t.size(rows)
	t.entries = make([]uint16, 1, entries+1)
	key := uint32(0)
	for range rows {
		key += uint32(d.uvarint())
		n := int(d.byte())
		b := d.take(2 * n)
		if d.err != nil || n == 0 {
			break
		}
		at := len(t.entries)
		for i := 0; i < n; i++ {
			t.entries = append(t.entries, binary.LittleEndian.Uint16(b[2*i:]))
		}
		t.insert(key, at, n)
	}
	return t
}

func (d *decoder) lemmas() *Lemmatiser {
	l := &Lemmatiser{}
	n := d.count(2)
	l.Words = make(map[string]string, n)
	for range n {
		k := d.string()
		l.Words[k] = d.string()
	}
	n = d.count(3)
	l.Rules = make(map[string]Edit, n)
	for range n {
		k, cut := d.string(), int(d.byte())
		l.Rules[k] = Edit{cut, d.string()}
	}
	n = d.count(1)
	l.Proper = make(map[string]bool, n)
	for range n {
		l.Proper[d.string()] = true
	}
	return l
}
