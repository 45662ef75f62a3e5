package linear

import "slices"

// Table holds the weights of one classifier: for each feature the classes that
// it speaks for or against. It is read only.
type Table struct {
	classes int
	shift   uint8 // a key's top bits, 32-shift of them, are its slot: rows come in order of key, so loading is quick
	slots   []slot
	entries []uint16 // class in the low 7 bits, code of the weight in the high 9
}

type slot struct {
	key uint32
	ref uint32 // index of the first entry <<8 | number of entries; 0 for an empty slot
}

// MaxClasses is the number of classes a Table can tell apart.
const MaxClasses = 128

// A weight is kept in nine bits as a very small float: a sign, four bits of
// exponent and four of mantissa. Some weights are ten thousand times larger
// than others, so whole steps of one size would either cut off the large ones
// or lose the small ones; to three per cent, each is exact enough.
var weights = decodeWeights()

func decodeWeights() (w [512]int32) {
	for c := range 256 {
		v := int32(c & 15)
		if e := c >> 4; e > 0 {
			v = (16 + v) << (e - 1)
		}
		w[c], w[256+c] = v, -v
	}
	return w
}

// encodeWeight returns the code of the weight nearest to v, 0 for next to none.
func encodeWeight(v int32) uint16 {
	var sign uint16
	if v < 0 {
		sign, v = 256, -v
	}
	lo, hi := 0, 255
	for lo < hi { // the first code that is not smaller
		mid := (lo + hi) / 2
		if weights[mid] < v {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo > 0 && v-weights[lo-1] < weights[lo]-v {
		lo--
	}
	return sign | uint16(lo)
}

// Weight is one class's weight in the row of a feature.
type Weight struct {
	Class uint8
	Value int32
}

// Row is the weights of one feature.
type Row struct {
	Key     uint32
	Weights []Weight
}

// NewTable builds a table for a number of classes. Rows are put in order of key.
func NewTable(classes int, rows []Row) *Table {
	slices.SortFunc(rows, func(a, b Row) int { return cmpHash(a.Key, b.Key) })
	t := &Table{classes: classes}
	t.size(len(rows))
	t.entries = append(t.entries, 0) // so that no row begins at 0
	for _, r := range rows {
		at := len(t.entries)
		for _, w := range r.Weights {
			t.entries = append(t.entries, uint16(w.Class)|encodeWeight(w.Value)<<7)
		}
		t.insert(r.Key, at, len(r.Weights))
	}
	return t
}

func (t *Table) size(rows int) {
	t.shift = 28
	for t.shift > 0 && 1<<(32-t.shift)*2 < rows*3 {
		t.shift--
	}
	t.slots = make([]slot, 1<<(32-t.shift))
}

func (t *Table) insert(key uint32, at, n int) {
	i, mask := key>>t.shift, uint32(len(t.slots)-1)
	for t.slots[i].ref != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = slot{key, uint32(at)<<8 | uint32(n)}
}

// Score adds up the weights of the features for every class. Out has
// MaxClasses places, and feats may be overwritten.
//
// Nearly all the time goes on waiting for memory, so the rows are asked for all
// at once before any is used: first the slots of all features, then the entries
// of those found.
func (t *Table) Score(feats []uint32, out []int32) {
	clear(out)
	if len(out) < MaxClasses || len(t.slots) == 0 {
		return
	}
	out = out[:MaxClasses]
	slots, shift, mask := t.slots, t.shift, uint32(len(t.slots)-1)
	const most = 128
	var found [most]slot
	for len(feats) > 0 {
		n := min(len(feats), most)
		for k, f := range feats[:n] {
			found[k] = slots[f>>shift]
		}
		m := 0
		for k, f := range feats[:n] {
			s := found[k]
			for i := f >> shift; s.key != f && s.ref != 0; {
				i = (i + 1) & mask
				s = slots[i]
			}
			feats[m] = s.ref
			if s.ref != 0 {
				m++
			}
		}
		var warm uint16
		for _, ref := range feats[:m] {
			warm |= t.entries[ref>>8]
		}
		t.touch(warm)
		for _, ref := range feats[:m] {
			at := ref >> 8
			for _, e := range t.entries[at : at+ref&0xFF] {
				out[e&0x7F] += weights[e>>7]
			}
		}
		feats = feats[n:]
	}
}

// touch keeps the compiler from leaving out the loads that fetch the entries.
//
//go:noinline
func (*Table) touch(uint16) {}

// Rows is the number of features with a weight.
func (t *Table) Rows() int {
	n := 0
	for _, s := range t.slots {
		if s.ref != 0 {
			n++
		}
	}
	return n
}
