package atlas

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// ReadTable reads a table of tab-separated columns. Lines that start with # are
// its header. A line may have fewer columns than the rest: what is missing is
// empty.
func ReadTable(files fs.FS, name string, columns int) ([][]string, error) {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("reading table: %w", err)
	}
	var rows [][]string
	number := 0
	for line := range strings.Lines(string(b)) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) > columns {
			return nil, fmt.Errorf("reading table %s, line %d: %d columns, not %d", name, number, len(row), columns)
		}
		for len(row) < columns {
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// List splits a column of several values.
func List(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, "|")
}

// CountryRow is a line of countries.tsv.
type CountryRow struct {
	Code       string // ISO alpha-3
	ISO2       string
	Name       string
	Others     []string
	Adjectives []string
	People     []string
	Capitals   []string
	Lat, Lon   float64
	GeoNames   int
	Population int
	Neighbours []string // ISO alpha-3
}

// Countries reads countries.tsv. The order of its lines numbers the countries
// in a packed atlas.
func Countries(files fs.FS) ([]CountryRow, error) {
	rows, err := ReadTable(files, "countries.tsv", 12)
	if err != nil {
		return nil, err
	}
	countries := make([]CountryRow, 0, len(rows))
	for _, r := range rows {
		n := numbers{table: "countries.tsv", of: r[0]}
		c := CountryRow{
			Code: r[0], ISO2: r[1], Name: r[2], Others: List(r[3]), Adjectives: List(r[4]), People: List(r[5]),
			Capitals: List(r[6]), Lat: n.float(r[7]), Lon: n.float(r[8]), GeoNames: n.int(r[9]),
			Population: n.int(r[10]), Neighbours: List(r[11]),
		}
		if n.err != nil {
			return nil, n.err
		}
		countries = append(countries, c)
	}
	return countries, nil
}

// numbers reads the numbers of one line and keeps the first error.
type numbers struct {
	table, of string
	err       error
}

func (n *numbers) float(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	n.keep(err)
	return f
}

func (n *numbers) int(s string) int {
	i, err := strconv.Atoi(s)
	n.keep(err)
	return i
}

func (n *numbers) keep(err error) {
	if err != nil && n.err == nil {
		n.err = fmt.Errorf("reading table %s, %s: %w", n.table, n.of, err)
	}
}
