package neural

// table holds vectors of words or pieces of words, by hash.
type table struct {
	dim    int
	weight []byte    // rows of dim signed bytes
	scale  []float32 // of each row
	slots  []slot    // open addressing; a power of two, at most half of them used
}

type slot struct {
	hash uint32
	row  uint32 // from 1; 0 is free
}

// index builds the slots. Of two words with one hash the first one, which is the
// more frequent, keeps it.
func (t *table) index(hashes []uint32) {
	size := 2
	for size < 2*len(hashes) {
		size *= 2
	}
	t.slots = make([]slot, size)
	mask := uint32(size - 1)
	for row, h := range hashes {
		at := h & mask
		for t.slots[at].row != 0 && t.slots[at].hash != h {
			at = (at + 1) & mask
		}
		if t.slots[at].row == 0 {
			t.slots[at] = slot{h, uint32(row + 1)}
		}
	}
}

// add adds the row of a hash to dst, where there is one.
func (t *table) add(dst []float32, h uint32) {
	mask := uint32(len(t.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		s := t.slots[at]
		if s.row == 0 {
			return
		}
		if s.hash != h {
			continue
		}
		row := int(s.row - 1)
		w := t.weight[row*t.dim:][:t.dim]
		scale := t.scale[row]
		dst = dst[:len(w)]
		for i, b := range w {
			dst[i] += float32(scale * float32(int8(b)))
		}
		return
	}
}
