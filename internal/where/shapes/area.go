package main

import (
	"cmp"
	"math"
	"slices"

	"github.com/onrecord/onrecord/internal/where/atlas"
)

// point is a position in degrees.
type point struct{ lon, lat float64 }

// ring is the outline of a piece of land, its last point the first again.
type ring []point

// area is one shape: the outlines of its pieces. Lakes and enclaves are not cut
// out; they move no middle by much.
type area []ring

// sum is the vector area of pieces of the sphere: its direction is that of their
// middle, as one body of even weight has it.
type sum struct{ x, y, z float64 }

// farOff is how far from the others a piece may lie to count, in kilometres:
// Alaska and French Guiana do not move the middle of their countries, the
// islands of Canada's north and of Indonesia do.
const farOff = 500

func (s *sum) add(a area) {
	for _, r := range a.together() {
		t := r.sum()
		s.x, s.y, s.z = s.x+t.x, s.y+t.y, s.z+t.z
	}
}

// together returns the largest piece and those that are near it or near one
// another that is.
func (a area) together() area {
	left := slices.Clone(a)
	slices.SortStableFunc(left, func(r, o ring) int { return cmp.Compare(o.sum().size(), r.sum().size()) })
	kept := left[:min(1, len(left))]
	left = left[len(kept):]
	for i := 0; i < len(kept); i++ {
		var far area
		for _, r := range left {
			if r.near(kept[i]) {
				kept = append(kept[:len(kept):len(kept)], r)
			} else {
				far = append(far, r)
			}
		}
		left = far
	}
	return kept
}

// near reports whether two outlines come within farOff of each other.
func (r ring) near(o ring) bool {
	const step = 5 // of the larger one's points are looked at
	for _, p := range r {
		for i := 0; i < len(o); i += step {
			if math.Abs(p.lat-o[i].lat) < farOff/111 && atlas.Distance(p.lat, p.lon, o[i].lat, o[i].lon) < farOff {
				return true
			}
		}
	}
	return false
}

func (s sum) size() float64 { return math.Sqrt(s.x*s.x + s.y*s.y + s.z*s.z) }

func (s sum) middle() point {
	return point{math.Atan2(s.y, s.x) * 180 / math.Pi, math.Atan2(s.z, math.Hypot(s.x, s.y)) * 180 / math.Pi}
}

// sum adds, for each edge of the outline, half its angle along the axis that it
// turns about.
func (r ring) sum() sum {
	var s, within sum
	for i := 1; i < len(r); i++ {
		a, b := r[i-1].vector(), r[i].vector()
		c := sum{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
		sine := c.size()
		if sine == 0 {
			continue
		}
		half := math.Atan2(sine, a.x*b.x+a.y*b.y+a.z*b.z) / 2 / sine
		s = sum{s.x + c.x*half, s.y + c.y*half, s.z + c.z*half}
		within = sum{within.x + a.x, within.y + a.y, within.z + a.z}
	}
	if s.x*within.x+s.y*within.y+s.z*within.z < 0 { // drawn clockwise
		return sum{-s.x, -s.y, -s.z}
	}
	return s
}

// vector is the point on the unit sphere.
func (p point) vector() sum {
	lat, lon := p.lat*math.Pi/180, p.lon*math.Pi/180
	return sum{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

// holds reports whether a point lies within the outline.
func (r ring) holds(p point) bool {
	in := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if (a.lat > p.lat) != (b.lat > p.lat) && p.lon < a.lon+(p.lat-a.lat)/(b.lat-a.lat)*(b.lon-a.lon) {
			in = !in
		}
	}
	return in
}

// grid knows which outlines come near a point, by squares of a degree.
type grid struct {
	areas []area
	cells map[[2]int][]piece
}

type piece struct{ area, ring int }

func newGrid(areas []area) *grid {
	g := &grid{areas, map[[2]int][]piece{}}
	for i, a := range areas {
		for k, r := range a {
			west, south, east, north := 180.0, 90.0, -180.0, -90.0
			for _, p := range r {
				west, east = math.Min(west, p.lon), math.Max(east, p.lon)
				south, north = math.Min(south, p.lat), math.Max(north, p.lat)
			}
			for x := math.Floor(west); x <= east; x++ {
				for y := math.Floor(south); y <= north; y++ {
					c := [2]int{int(x), int(y)}
					g.cells[c] = append(g.cells[c], piece{i, k})
				}
			}
		}
	}
	return g
}

// at returns the first area that holds the point, −1 for none.
func (g *grid) at(p point) int {
	for _, c := range g.cells[[2]int{int(math.Floor(p.lon)), int(math.Floor(p.lat))}] {
		if g.areas[c.area][c.ring].holds(p) {
			return c.area
		}
	}
	return -1
}
