package atlas

import (
	"errors"
	"io/fs"
	"math"
	"strings"
)

// Atlas looks names up in a packed string. It may be used by many goroutines.
type Atlas struct {
	data                       string
	places, names, blocks      int
	placesAt, blocksAt, names0 int
	firstArea                  [2]Index
	codes                      []string   // alpha-3, by line of countries.tsv
	claims                     [][]string // by line of disputed.tsv
}

// Open reads a string made by Build from the same tables.
func Open(data string, files fs.FS) (*Atlas, error) {
	if len(data) < headerSize || !strings.HasPrefix(data, magic) {
		return nil, errors.New("opening the atlas: not a packed atlas")
	}
	countries, err := Countries(files)
	if err != nil {
		return nil, err
	}
	disputes, err := Disputes(files)
	if err != nil {
		return nil, err
	}
	a := &Atlas{data: data}
	for i, v := range []*int{&a.places, &a.names, &a.blocks, &a.placesAt, &a.blocksAt, &a.names0} {
		*v = a.uint32(len(magic) + 4*i)
	}
	if a.placesAt+a.places*placeSize != a.blocksAt || a.blocksAt+a.blocks*4 != a.names0 || a.names0 > len(data) {
		return nil, errors.New("opening the atlas: its sections do not fit together")
	}
	for _, c := range countries {
		a.codes = append(a.codes, c.Code)
	}
	for _, d := range disputes {
		a.claims = append(a.claims, d.ClaimedBy)
	}
	a.firstArea[0] = a.firstOf(Admin1)
	a.firstArea[1] = a.firstOf(Admin2)
	return a, nil
}

// firstOf relies on the order in which Build adds places: by kind.
func (a *Atlas) firstOf(kind Kind) Index {
	lo, hi := 0, a.places
	for lo < hi {
		mid := (lo + hi) / 2
		if a.kind(mid) < kind {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return Index(lo)
}

// Len is the number of places.
func (a *Atlas) Len() int { return a.places }

// Place returns place i, which must come from this atlas.
func (a *Atlas) Place(i Index) Place {
	at := a.placesAt + int(i)*placeSize
	p := Place{
		Index: i, Kind: a.kind(int(i)), Rank: Rank(a.data[at+15] >> 4), Precision: Precision(a.data[at+16]),
		Name: a.name(a.uint24(at)), Lat: a.degrees(at + 3), Lon: a.degrees(at + 6), GeoNames: a.uint24(at + 9),
		Population: int(math.Round(math.Expm1(float64(a.data[at+12]) / logStep))),
		Admin1:     a.area(at+17, 0), Admin2: a.area(at+19, 1),
	}
	if c := a.data[at+13]; c != noCountry {
		p.Country = a.codes[c]
	}
	if c := a.data[at+14]; c != noClaim {
		p.ClaimedBy = a.claims[c]
		p.Country = ""
	}
	return p
}

func (a *Atlas) kind(i int) Kind { return Kind(a.data[a.placesAt+i*placeSize+15] & 0xf) }

func (a *Atlas) area(at, level int) Index {
	v := int(a.data[at]) | int(a.data[at+1])<<8
	if v == noArea {
		return None
	}
	return a.firstArea[level] + Index(v)
}

func (a *Atlas) uint24(at int) int {
	return int(a.data[at]) | int(a.data[at+1])<<8 | int(a.data[at+2])<<16
}

func (a *Atlas) uint32(at int) int { return a.uint24(at) | int(a.data[at+3])<<24 }

// degrees reads a signed position.
func (a *Atlas) degrees(at int) float64 {
	v := a.uint24(at)
	if v >= 1<<23 {
		v -= 1 << 24
	}
	return float64(v) / degree
}

// cursor walks through the names of the packed form.
type cursor struct {
	a      *Atlas
	at     int // of the next name
	number int // of the next name
	name   []byte
	begun  bool
	hits   int // where the places of the current name start
	count  int
}

func (a *Atlas) block(b int) cursor {
	at := a.names0 + a.uint32(a.blocksAt+4*b)
	return cursor{a: a, at: at + 1 + int(a.data[at]), number: b * blockSize}
}

func (c *cursor) next() bool {
	if c.number >= c.a.names {
		return false
	}
	if c.number%blockSize == 0 && c.begun {
		c.at += 1 + int(c.a.data[c.at]) // the next block's head
	}
	c.begun = true
	d := c.a.data
	shared, own := int(d[c.at]), int(d[c.at+1])
	c.name = append(c.name[:shared], d[c.at+2:c.at+2+own]...)
	c.count = int(d[c.at+2+own])
	c.hits = c.at + 3 + own
	c.at = c.hits + 4*c.count
	c.number++
	return true
}

func (a *Atlas) name(number int) string {
	c := a.block(number / blockSize)
	for c.number <= number && c.next() {
	}
	return string(c.name)
}

// head returns the key of a block's first name.
func (a *Atlas) head(b int) string {
	at := a.names0 + a.uint32(a.blocksAt+4*b)
	return a.data[at+1 : at+1+int(a.data[at])]
}

// Find adds to hits the places whose name has the key (see Fold), and reports
// whether some longer name starts with it and a space.
func (a *Atlas) Find(key string, hits []Hit) (found []Hit, longer bool) {
	if key == "" || a.blocks == 0 {
		return hits, false
	}
	// The last block whose first key is before the key: equal keys may start in it.
	lo, hi := 0, a.blocks
	for lo < hi {
		mid := (lo + hi) / 2
		if a.head(mid) < key {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	c := a.block(max(0, lo-1))
	for c.next() {
		k := Fold(string(c.name))
		switch {
		case k < key:
		case k == key:
			name := string(c.name)
			for i := range c.count {
				at := c.hits + 4*i
				hits = append(hits, Hit{Place: Index(a.uint24(at)), Flag: Flag(a.data[at+3]), Name: name})
			}
		default:
			return hits, len(k) > len(key) && k[:len(key)] == key && k[len(key)] == ' '
		}
	}
	return hits, false
}
