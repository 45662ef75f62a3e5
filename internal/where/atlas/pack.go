package atlas

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// The packed form is read in place, so that opening it costs nothing:
//
//	magic, then six uint32: places, names, blocks, and where each section starts
//	places   placeSize bytes each, see putPlace
//	blocks   uint32 each: where the block starts in names
//	names    blocks of blockSize names in order of key. A block begins with its
//	         first name's key (length, bytes); then each name as
//	         bytes shared with the one before, bytes of its own, those bytes,
//	         number of places (uint8), and for each its number (uint24) and flags
//
// All numbers are little-endian.
const (
	magic      = "atlas/1\n"
	headerSize = len(magic) + 6*4
	placeSize  = 21
	blockSize  = 16
	noCountry  = 0xff
	noClaim    = 0xff
	noArea     = 0xffff
	degree     = 1e4 // steps of position in one degree
	logStep    = 12  // steps of population in one e-fold
)

// pack writes the packed form. Its order depends on the tables alone.
func (b *builder) pack() []byte {
	names := make([]string, 0, len(b.names))
	keys := make(map[string]string, len(b.names))
	for n := range b.names {
		names = append(names, n)
		keys[n] = Fold(n)
	}
	slices.SortFunc(names, func(x, y string) int {
		if c := strings.Compare(keys[x], keys[y]); c != 0 {
			return c
		}
		return strings.Compare(x, y)
	})
	number := make(map[string]int, len(names))
	var text []byte
	var blocks []uint32
	last := ""
	for i, n := range names {
		number[n] = i
		if i%blockSize == 0 {
			blocks = append(blocks, uint32(len(text)))
			last = ""
			head := keys[n][:min(len(keys[n]), 255)]
			text = append(text, byte(len(head)))
			text = append(text, head...)
		}
		shared := 0
		for shared < len(n) && shared < len(last) && shared < 255 && n[shared] == last[shared] {
			shared++
		}
		own := n[shared:]
		text = append(text, byte(shared), byte(len(own)))
		text = append(text, own...)
		places := b.names[n]
		slices.SortStableFunc(places, func(x, y posting) int {
			return b.places[y.place].Population - b.places[x.place].Population
		})
		places = places[:min(len(places), 255)]
		text = append(text, byte(len(places)))
		for _, p := range places {
			text = append(text, byte(p.place), byte(p.place>>8), byte(p.place>>16), byte(p.flag))
		}
		last = n
	}
	out := []byte(magic)
	placesAt := headerSize
	blocksAt := placesAt + len(b.places)*placeSize
	namesAt := blocksAt + len(blocks)*4
	for _, v := range []int{len(b.places), len(names), len(blocks), placesAt, blocksAt, namesAt} {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	first := b.firstAreas()
	for i := range b.places {
		out = b.putPlace(out, i, number[b.places[i].Name], first)
	}
	for _, at := range blocks {
		out = binary.LittleEndian.AppendUint32(out, at)
	}
	return append(out, text...)
}

// firstAreas returns where the divisions of each level start among the places:
// they are stored as offsets from there.
func (b *builder) firstAreas() [2]Index {
	var first [2]Index
	for level := range first {
		first[level] = Index(slices.IndexFunc(b.places, func(p Place) bool { return p.Kind == Admin1+Kind(level) }))
	}
	return first
}

func (b *builder) putPlace(out []byte, i, name int, first [2]Index) []byte {
	p := b.places[i]
	put24 := func(v int) { out = append(out, byte(v), byte(v>>8), byte(v>>16)) }
	put24(name)
	put24(int(math.Round(p.Lat*degree)) & 0xffffff)
	put24(int(math.Round(p.Lon*degree)) & 0xffffff)
	put24(p.GeoNames)
	out = append(out, byte(min(255, math.Round(math.Log1p(float64(p.Population))*logStep))))
	country, claim := noCountry, noClaim
	if b.country[i] >= 0 {
		country = b.country[i]
	}
	if b.claim[i] >= 0 {
		claim = b.claim[i]
	}
	out = append(out, byte(country), byte(claim), byte(p.Kind)|byte(p.Rank)<<4, byte(p.Precision))
	for level, area := range []Index{p.Admin1, p.Admin2} {
		v := Index(noArea)
		if area != None {
			v = area - first[level]
		}
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	return out
}
