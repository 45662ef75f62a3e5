package export

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/internal/news"
)

//go:embed shapes.tsv
var shapesTable string

//go:embed countries.tsv
var countriesTable string

// shape is what an event is in other codings; "" where they have no word for it.
type shape struct{ cameo, acled, acledSub string }

var shapes = sync.OnceValue(func() map[[2]string]shape {
	out := map[[2]string]shape{}
	for _, f := range rowsOf(shapesTable, 5) {
		out[[2]string{f[0], f[1]}] = shape{f[2], f[3], f[4]}
	}
	return out
})

func shapeOf(v *news.Event) shape {
	if s, ok := shapes()[[2]string{string(v.Type), string(v.Mode)}]; ok {
		return s
	}
	return shapes()[[2]string{string(v.Type), ""}]
}

// land is a country in the codes that other data sets use.
type land struct {
	iso2, fips, name string
	number           int // ISO 3166-1; 0 where it has none
}

var lands = sync.OnceValue(func() map[string]land {
	out := map[string]land{}
	for _, f := range rowsOf(countriesTable, 5) {
		n, _ := strconv.Atoi(f[2]) // 0 is none
		out[f[0]] = land{iso2: f[1], fips: f[3], name: f[4], number: n}
	}
	return out
})

// rowsOf reads a table: lines with tabs, "#" before remarks, "-" for nothing.
func rowsOf(table string, columns int) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		for len(f) < columns {
			f = append(f, "")
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		out = append(out, f)
	}
	return out
}
