package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"

	"golang.org/x/text/language"
)

// point is a position in degrees.
type point struct{ lon, lat float64 }

// unit is the step in which outlines are kept, in degrees.
const unit = 0.05

func (p point) units() (x, y int) {
	return int(math.Round(p.lon / unit)), int(math.Round(-p.lat / unit))
}

// topology is areas made of shared arcs.
type topology struct {
	arcs  [][]point
	areas []area
}

// area is a country; its rings are numbers of arcs, ^n for arc n backwards.
type area struct {
	code, name string
	rings      [][]int
}

// noCode names the areas that have no ISO 3166 code. Those in small letters
// are ground whose state is disputed.
var noCode = map[string]string{
	"Kosovo": "XKX", "Somaliland": "somaliland", "N. Cyprus": "north-cyprus", "Siachen Glacier": "siachen",
}

func readTopology(path string) (*topology, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the shapes: %w", err)
	}
	var set struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Countries struct {
				Geometries []struct {
					ID         string
					Type       string
					Arcs       json.RawMessage
					Properties struct{ Name string }
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &set); err != nil {
		return nil, fmt.Errorf("read the shapes of %s: %w", path, err)
	}
	t := &topology{}
	for _, steps := range set.Arcs {
		var x, y float64
		var line []point
		for _, s := range steps {
			x, y = x+s[0], y+s[1]
			line = append(line, point{x*set.Transform.Scale[0] + set.Transform.Translate[0], y*set.Transform.Scale[1] + set.Transform.Translate[1]})
		}
		t.arcs = append(t.arcs, thin(line))
	}
	for _, g := range set.Objects.Countries.Geometries {
		a := area{code: noCode[g.Properties.Name], name: g.Properties.Name}
		if n, err := strconv.Atoi(g.ID); err == nil {
			r, err := language.EncodeM49(n)
			if err != nil {
				return nil, fmt.Errorf("the code of %s: %w", a.name, err)
			}
			a.code = r.ISO3()
		}
		if a.code == "ESH" {
			a.code = "western-sahara"
		}
		if a.code == "" {
			continue
		}
		var polygons [][][]int
		if g.Type == "Polygon" {
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			return nil, fmt.Errorf("read the shape of %s: %w", a.name, err)
		}
		for _, p := range polygons {
			// Crimea is a piece of its own in the shapes.
			if len(p) > 0 && (a.code == "RUS" || a.code == "UKR") && holds(t.ring(p[0]), point{34.2, 45.2}) && !holds(t.ring(p[0]), point{30, 50}) {
				t.areas = append(t.areas, area{"crimea", "Crimea", p})
				continue
			}
			a.rings = append(a.rings, p...)
		}
		t.areas = append(t.areas, a)
	}
	return t, nil
}

// ring joins arcs to an outline. One that crosses 180 degrees goes on beyond it,
// as Russia's does; Antarctica's, which goes around the pole, is left as it is.
func (t *topology) ring(numbers []int) []point {
	var out []point
	for _, n := range numbers {
		if n >= 0 {
			out = append(out, t.arcs[n]...)
			continue
		}
		for k := len(t.arcs[^n]) - 1; k >= 0; k-- {
			out = append(out, t.arcs[^n][k])
		}
	}
	for i := 1; i < len(out) && out[i].lat > -60; i++ {
		out[i].lon += 360 * math.Round((out[i-1].lon-out[i].lon)/360)
	}
	return out
}

// least is how wide a piece must be to be drawn, in degrees, where it is not
// the area's largest.
const least = 0.3

// shown are the rings that are drawn.
func (a area) shown(t *topology) [][]int {
	var out [][]int
	var largest []int
	most := 0.0
	for _, r := range a.rings {
		size := extent(t.ring(r))
		if size > most {
			largest, most = r, size
		}
		if size >= least {
			out = append(out, r)
		}
	}
	if len(out) == 0 && largest != nil {
		out = append(out, largest)
	}
	return out
}

func extent(ring []point) float64 {
	west, south, east, north := 180.0, 90.0, -180.0, -90.0
	for _, p := range ring {
		west, east = math.Min(west, p.lon), math.Max(east, p.lon)
		south, north = math.Min(south, p.lat), math.Max(north, p.lat)
	}
	return math.Max(east-west, north-south)
}

func (t *topology) isLand(p point) bool {
	for _, a := range t.areas {
		for _, r := range a.rings {
			if holds(t.ring(r), p) {
				return true
			}
		}
	}
	return false
}

func holds(ring []point, p point) bool {
	in := false
	for i := range ring {
		a, b := ring[(i+len(ring)-1)%len(ring)], ring[i]
		if (a.lat > p.lat) != (b.lat > p.lat) && p.lon < a.lon+(p.lat-a.lat)/(b.lat-a.lat)*(b.lon-a.lon) {
			in = !in
		}
	}
	return in
}

// tolerance is how far the thinned line may be from the drawn one, in degrees.
const tolerance = 0.08

// thin leaves out points (Douglas and Peucker 1973). The ends stay, so that
// arcs still meet.
func thin(line []point) []point {
	if len(line) < 3 {
		return line
	}
	a, b := line[0], line[len(line)-1]
	far, at := 0.0, 0
	for i := 1; i < len(line)-1; i++ {
		if d := distance(line[i], a, b); d > far {
			far, at = d, i
		}
	}
	if far <= tolerance {
		return []point{a, b}
	}
	left := thin(line[:at+1])
	return append(left[:len(left)-1:len(left)-1], thin(line[at:])...)
}

// distance is that of p from the stretch between a and b.
func distance(p, a, b point) float64 {
	dx, dy := b.lon-a.lon, b.lat-a.lat
	t := 0.0
	if n := dx*dx + dy*dy; n > 0 {
		t = math.Max(0, math.Min(1, ((p.lon-a.lon)*dx+(p.lat-a.lat)*dy)/n))
	}
	return math.Hypot(p.lon-a.lon-t*dx, p.lat-a.lat-t*dy)
}
