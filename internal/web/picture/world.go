package picture

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"
	"sync"
)

//go:embed world.txt
var worldText string

// unitsPerDegree is the scale of the outlines.
const unitsPerDegree = 20

// outline is one country, or piece of disputed ground.
type outline struct {
	code, name, path string
	west, south      float64 // degrees
	east, north      float64
}

type world struct {
	areas   []outline
	byCode  map[string]*outline
	borders string // one path
	dashed  string // borders along ground that two states claim
}

var loadWorld = sync.OnceValue(func() *world {
	w := &world{byCode: map[string]*outline{}}
	for line := range strings.Lines(worldText) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case f[0] == "area" && len(f) == 4:
			o := outline{code: f[1], name: f[2], path: f[3]}
			o.bound()
			w.areas = append(w.areas, o)
		case f[0] == "border" && len(f) == 3:
			w.borders += f[2]
		case f[0] == "disputed" && len(f) == 3:
			w.dashed += f[2]
		}
	}
	for i := range w.areas {
		w.byCode[w.areas[i].code] = &w.areas[i]
	}
	return w
})

// bound finds the box around the outline's largest piece: the United States are
// shown without Alaska.
func (o *outline) bound() {
	largest := 0.0
	for piece := range strings.SplitSeq(o.path, "M") {
		var x, y, dx, dy int
		at, steps, ok := strings.Cut(piece, "l")
		if _, err := fmt.Sscanf(at, "%d %d", &x, &y); !ok || err != nil {
			continue
		}
		west, east, north, south := x, x, y, y
		numbers := strings.Fields(strings.TrimSuffix(steps, "z"))
		for i := 0; i+1 < len(numbers); i += 2 {
			if _, err := fmt.Sscan(numbers[i], &dx); err != nil {
				break
			}
			if _, err := fmt.Sscan(numbers[i+1], &dy); err != nil {
				break
			}
			x, y = x+dx, y+dy
			west, east, north, south = min(west, x), max(east, x), min(north, y), max(south, y)
		}
		if size := float64(east-west) * float64(south-north); size >= largest {
			largest = size
			o.west, o.east = float64(west)/unitsPerDegree, float64(east)/unitsPerDegree
			o.north, o.south = -float64(north)/unitsPerDegree, -float64(south)/unitsPerDegree
		}
	}
}

// World writes the outlines as an SVG file whose parts maps refer to: "land"
// with all areas and borders, and each area by its code.
func World(w io.Writer) error {
	p := &pen{w: w}
	p.put(`<svg xmlns="http://www.w3.org/2000/svg"><defs>`)
	loadWorld().draw(p)
	p.put(`</defs></svg>`)
	return p.err
}

func (w *world) draw(p *pen) {
	p.put(`<g id="land">`)
	for _, a := range w.areas {
		p.put(`<path id="%s" d="%s"/>`, html.EscapeString(a.code), a.path)
	}
	p.put(`</g><path id="borders" d="%s"/><path id="contested" d="%s"/>`, w.borders, w.dashed)
}
