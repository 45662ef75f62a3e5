package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
)

// geometry is that of GeoJSON or, with arcs, of TopoJSON.
type geometry struct {
	Type        string
	Coordinates json.RawMessage
	Arcs        json.RawMessage
}

// outlines reads the outer rings of a polygon or of several: the first of each.
func outlines[T any](kind string, raw json.RawMessage) ([]T, error) {
	var polygons [][]T
	switch kind {
	case "Polygon":
		polygons = make([][]T, 1)
		if err := json.Unmarshal(raw, &polygons[0]); err != nil {
			return nil, err
		}
	case "MultiPolygon":
		if err := json.Unmarshal(raw, &polygons); err != nil {
			return nil, err
		}
	}
	var out []T
	for _, p := range polygons {
		if len(p) > 0 {
			out = append(out, p[0])
		}
	}
	return out, nil
}

// readFeatures reads the shapes of a GeoJSON file.
func readFeatures(path string) ([]area, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading shapes: %w", err)
	}
	var set struct{ Features []struct{ Geometry geometry } }
	if err := json.Unmarshal(b, &set); err != nil {
		return nil, fmt.Errorf("reading shapes of %s: %w", path, err)
	}
	areas := make([]area, 0, len(set.Features))
	for _, f := range set.Features {
		rings, err := outlines[[][2]float64](f.Geometry.Type, f.Geometry.Coordinates)
		if err != nil {
			return nil, fmt.Errorf("reading shapes of %s: %w", path, err)
		}
		var a area
		for _, r := range rings {
			var out ring
			for _, p := range r {
				out = append(out, point{p[0], p[1]})
			}
			a = append(a, out)
		}
		areas = append(areas, a)
	}
	return areas, nil
}

// readTopology reads the countries of a TopoJSON file, whose outlines are put
// together of arcs; a negative number ^n is arc n backwards, and the points of
// an arc are steps from the one before.
func readTopology(path string) ([]area, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading shapes: %w", err)
	}
	var set struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Countries struct{ Geometries []geometry }
		}
	}
	if err := json.Unmarshal(b, &set); err != nil {
		return nil, fmt.Errorf("reading shapes of %s: %w", path, err)
	}
	arcs := make([]ring, len(set.Arcs))
	for i, steps := range set.Arcs {
		var x, y float64
		for _, s := range steps {
			x, y = x+s[0], y+s[1]
			arcs[i] = append(arcs[i], point{x*set.Transform.Scale[0] + set.Transform.Translate[0], y*set.Transform.Scale[1] + set.Transform.Translate[1]})
		}
	}
	var areas []area
	for _, g := range set.Objects.Countries.Geometries {
		rings, err := outlines[[]int](g.Type, g.Arcs)
		if err != nil {
			return nil, fmt.Errorf("reading shapes of %s: %w", path, err)
		}
		var a area
		for _, numbers := range rings {
			a = append(a, joinArcs(arcs, numbers))
		}
		areas = append(areas, a)
	}
	return areas, nil
}

func joinArcs(arcs []ring, numbers []int) ring {
	var out ring
	for _, n := range numbers {
		if n >= 0 {
			out = append(out, arcs[n]...)
			continue
		}
		for k := len(arcs[^n]) - 1; k >= 0; k-- {
			out = append(out, arcs[^n][k])
		}
	}
	for i := 1; i < len(out); i++ { // Russia's goes on beyond 180 degrees
		out[i].lon += 360 * math.Round((out[i-1].lon-out[i].lon)/360)
	}
	return out
}
