package picture

import (
	"cmp"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Spot is what a map shows at one place.
type Spot struct {
	Place     news.Place
	Name      string // of the place
	Count     int    // of what is there; 0 is 1
	What      string // in words: "3 events"
	Contested bool
	Href      string
}

// Map draws spots on outlines of the world, as much of it as they need. A
// country is lit as a whole; a province, a district, a town are circles of
// about their size that grow fainter with it; disputed ground has a dashed edge.
// Several spots of one place are one mark, which leads where the first does.
func Map(w io.Writer, f Form, name string, spots []Spot) error {
	p := &pen{w: w}
	earth := loadWorld()
	spots = gather(spots)
	v := newView(f.width(), spots, earth)
	p.open(f, "map", name, v.width, v.height)
	p.put(`<rect width="%d" height="%d" class="sea"/>`, v.width, v.height)
	// The outlines stand in units of their own; the matrix brings them to pixels.
	p.put(`<g transform="matrix(%.5f 0 0 %.5f %.2f %.2f)">`, v.x/unitsPerDegree, v.y/unitsPerDegree, v.dx, v.dy)
	part := func(id, class string) {
		p.put(`<use href="%s#%s" class="%s"/>`, html.EscapeString(f.World), id, class)
	}
	if f.File {
		p.put("<defs>")
		earth.draw(p)
		p.put("</defs>")
		f.World = ""
	}
	part("land", "land")
	part("borders", "borders")
	for _, s := range spots {
		if o := earth.shape(s); o != nil {
			p.link(s.Href, s.class(), s.words())
			part(o.code, "wide")
			p.unlink(s.Href)
		}
	}
	part("contested", "contested-border")
	p.put("</g>")
	for _, s := range spots {
		if earth.shape(s) != nil {
			continue
		}
		x, y := v.at(s.Place.Lon, s.Place.Lat)
		p.link(s.Href, s.class(), s.words())
		r := math.Max(reach(s.Place.Precision)*v.y, 0)
		inner := 3 + math.Min(math.Sqrt(float64(s.Count))*1.5, 9)
		switch s.Place.Precision {
		case news.PrecisionCity, news.PrecisionSite:
			p.put(`<circle cx="%s" cy="%s" r="%s"/>`, num(x), num(y), num(inner))
		default:
			class := "wide"
			if !s.Place.Country.Known() || len(s.Place.ClaimedBy) > 0 {
				class = "wide open"
			}
			p.put(`<circle cx="%s" cy="%s" r="%s" class="%s"/>`, num(x), num(y), num(math.Max(r, inner+4)), class)
		}
		p.unlink(s.Href)
	}
	labels(p, v, spots, earth)
	p.close()
	return p.err
}

func (s Spot) class() string {
	if s.Contested {
		return "mark contested"
	}
	return "mark"
}

var exactness = map[news.PlacePrecision]string{
	news.PrecisionCountry: "somewhere in this country", news.PrecisionAdmin1: "somewhere in this province",
	news.PrecisionAdmin2: "somewhere in this district", news.PrecisionCity: "in or near this town", news.PrecisionSite: "at this site",
}

// words say what the mark shows and how exactly its place is known.
func (s Spot) words() string {
	parts := []string{s.Name}
	if s.What != "" {
		parts = append(parts, s.What)
	}
	if e := exactness[s.Place.Precision]; e != "" {
		parts = append(parts, e)
	}
	if len(s.Place.ClaimedBy) > 0 {
		parts = append(parts, "ground claimed by "+strings.Join(s.Place.ClaimedBy, ", "))
	}
	if s.Contested {
		parts = append(parts, "contested")
	}
	return strings.Join(parts, "; ")
}

// reach is about how far from the position something may have been, in degrees.
func reach(p news.PlacePrecision) float64 {
	switch p {
	case news.PrecisionCountry:
		return 2.5
	case news.PrecisionAdmin1:
		return 1
	case news.PrecisionAdmin2:
		return 0.35
	}
	return 0.1
}

// shape is the outline that a spot lights, nil where it is drawn as a circle.
func (w *world) shape(s Spot) *outline {
	if s.Place.Precision != news.PrecisionCountry || !s.Place.Country.Known() {
		return nil
	}
	return w.byCode[string(s.Place.Country)]
}

// gather makes one spot of those at one place, and orders them so that small
// marks lie on large ones.
func gather(spots []Spot) []Spot {
	var out []Spot
	at := map[string]int{}
	for _, s := range spots {
		if math.Abs(s.Place.Lat) > 90 || math.Abs(s.Place.Lon) > 180 || math.IsNaN(s.Place.Lat+s.Place.Lon) {
			continue
		}
		s.Count = max(s.Count, 1)
		key := fmt.Sprintf("%s %.2f %.2f", s.Place.Precision, s.Place.Lat, s.Place.Lon)
		if i, ok := at[key]; ok {
			out[i].Count += s.Count
			out[i].Contested = out[i].Contested || s.Contested
			if s.What != "" && !strings.Contains(out[i].What, s.What) && len(out[i].What) < 200 {
				out[i].What += "; " + s.What
			}
			continue
		}
		at[key] = len(out)
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Spot) int { return cmp.Compare(reach(b.Place.Precision), reach(a.Place.Precision)) })
	return out
}

// view is the part of the world that a map shows: degrees to pixels, with the
// scale right at the middle.
type view struct {
	width, height int
	x, y          float64 // pixels a degree
	dx, dy        float64
}

func (v view) at(lon, lat float64) (x, y float64) { return lon*v.x + v.dx, -lat*v.y + v.dy }

// leastSpan is how much of the world is shown at least, in degrees of longitude:
// enough to see where on it one is.
const leastSpan = 36

func newView(width int, spots []Spot, earth *world) view {
	west, south, east, north := 180.0, 90.0, -180.0, -90.0
	add := func(w, s, e, n float64) {
		west, east = math.Min(west, w), math.Max(east, e)
		south, north = math.Min(south, s), math.Max(north, n)
	}
	for _, s := range spots {
		if o := earth.shape(s); o != nil {
			add(o.west, o.south, o.east, o.north)
			continue
		}
		r := reach(s.Place.Precision)
		add(s.Place.Lon-r, s.Place.Lat-r, s.Place.Lon+r, s.Place.Lat+r)
	}
	if len(spots) == 0 {
		west, south, east, north = -170, -56, 180, 78
	}
	span := math.Max((east-west)*1.25, leastSpan)
	lat := (north + south) / 2
	shrink := math.Max(math.Cos(lat*math.Pi/180), 0.2)
	// The picture is no higher than this share of its width; on a telephone it
	// may be a square.
	share := 0.6
	if width < 500 {
		share = 1
	}
	high := math.Max((north-south)*1.25, span*shrink*0.5)
	if most := span * shrink * share; high > most {
		span = high / shrink / share
	}
	span = math.Min(span, 360)
	v := view{width: width, x: float64(width) / span}
	v.y = v.x / shrink
	v.height = min(int(math.Round(math.Min(high, 140)*v.y)), int(float64(width)*share))
	v.dx = float64(width)/2 - (east+west)/2*v.x
	v.dy = float64(v.height)/2 + lat*v.y
	return v
}

// labels names the marks with the most on them, where there is room.
func labels(p *pen, v view, spots []Spot, earth *world) {
	order := slices.Clone(spots)
	slices.SortStableFunc(order, func(a, b Spot) int { return cmp.Compare(b.Count, a.Count) })
	type box struct{ x0, y0, x1, y1 float64 }
	var taken []box
	for _, s := range order[:min(len(order), 14)] {
		lon, lat := s.Place.Lon, s.Place.Lat
		if o := earth.shape(s); o != nil {
			lon, lat = (o.west+o.east)/2, (o.south+o.north)/2
		}
		x, y := v.at(lon, lat)
		words := fit(s.Name, 180)
		w := float64(len([]rune(words))) * letter
		x += 10
		if x+w > float64(v.width)-4 {
			x -= w + 20
		}
		b := box{x, y - 9, x + w, y + 5}
		if b.x0 < 0 || b.y0 < 0 || b.y1 > float64(v.height) || slices.ContainsFunc(taken, func(o box) bool {
			return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
		}) {
			continue
		}
		taken = append(taken, b)
		p.text(x, y+4, "label", words)
	}
}
