// Command outlines makes the outlines that the map is drawn with, world.txt of
// package picture, from shapes of Natural Earth (public domain). It is run by
// hand when newer shapes are at hand; the outlines are committed, so a build
// never needs it.
//
//	go run ./internal/web/picture/outlines -countries FILE
//
// FILE is countries-50m.json of the npm package world-atlas (TopoJSON).
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/where/atlas"
)

func main() {
	countries := flag.String("countries", "", "TopoJSON of countries")
	data := flag.String("data", "internal/where/data", "directory of the gazetteer's tables")
	out := flag.String("out", "internal/web/picture/world.txt", "file to write")
	flag.Parse()
	if err := run(*countries, *data, *out); err != nil {
		log.Fatal(err)
	}
}

const head = `# Outlines of countries, and the borders between them, for package picture.
# Made by ./outlines from Natural Earth 1:50m (public domain, naturalearthdata.com)
# as in countries-50m.json of the npm package world-atlas 2.0.2, thinned.
# Paths are those of SVG in 1/20 degree, east and south positive.
# area	code	name	path; ground whose state is disputed has a code in small letters
# border	the two areas	path; "disputed" where the two, by disputed.tsv of the
# gazetteer, both claim some of what lies along it, or one is disputed ground.
# The lines are those of control, and rule on nothing.
`

func run(countries, data, out string) error {
	t, err := readTopology(countries)
	if err != nil {
		return err
	}
	rivals, err := readRivals(data, t)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(head)
	slices.SortFunc(t.areas, func(a, o area) int { return cmp.Compare(a.code, o.code) })
	owners := make([][]string, len(t.arcs))
	for _, a := range t.areas {
		var path strings.Builder
		for _, r := range a.shown(t) {
			draw(&path, t.ring(r), true)
		}
		if path.Len() == 0 {
			continue
		}
		fmt.Fprintf(&b, "area\t%s\t%s\t%s\n", a.code, a.name, path.String())
		for _, r := range a.rings {
			for _, n := range r {
				i := max(n, ^n)
				if !slices.Contains(owners[i], a.code) {
					owners[i] = append(owners[i], a.code)
				}
			}
		}
	}
	paths := map[string]*strings.Builder{}
	for i, o := range owners {
		if len(o) != 2 {
			continue
		}
		slices.Sort(o)
		kind := "border"
		if rivals[[2]string{o[0], o[1]}] || strings.ToLower(o[0]) == o[0] || strings.ToLower(o[1]) == o[1] {
			kind = "disputed"
		}
		key := kind + "\t" + o[0] + " " + o[1]
		if paths[key] == nil {
			paths[key] = &strings.Builder{}
		}
		draw(paths[key], t.arcs[i], false)
	}
	var keys []string
	for k := range paths {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, "%s\t%s\n", k, paths[k].String())
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the outlines: %w", err)
	}
	return nil
}

// readRivals returns the pairs of states that claim the same ground. Islands,
// which are on no land of the shapes, say nothing on borders.
func readRivals(data string, t *topology) (map[[2]string]bool, error) {
	rows, err := atlas.ReadTable(os.DirFS(data), "disputed.tsv", 9)
	if err != nil {
		return nil, err
	}
	rivals := map[[2]string]bool{{"SRB", "XKX"}: true}
	for _, r := range rows {
		lat, err1 := strconv.ParseFloat(r[3], 64)
		lon, err2 := strconv.ParseFloat(r[4], 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("read disputed.tsv: no position of %s", r[0])
		}
		if !t.isLand(point{lon, lat}) {
			continue
		}
		claimants := strings.Split(r[6], "|")
		slices.Sort(claimants)
		for i, a := range claimants {
			for _, b := range claimants[i+1:] {
				rivals[[2]string{a, b}] = true
			}
		}
	}
	return rivals, nil
}

// draw writes a line as an SVG path of whole numbers.
func draw(w *strings.Builder, line []point, closed bool) {
	var x, y int
	started := false
	for i, p := range line {
		px, py := p.units()
		switch {
		case !started:
			fmt.Fprintf(w, "M%d %dl", px, py)
			started = true
		case px == x && py == y && i < len(line)-1:
			continue
		default:
			fmt.Fprintf(w, "%d %d ", px-x, py-y)
		}
		x, y = px, py
	}
	if closed {
		w.WriteString("z")
	}
}
