package export

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// gdelt has the 61 columns of a GDELT 2.0 event file (GDELT Event Codebook V2.0),
// tabs between them and no header. It is their shape, not their data.
var gdelt = Format{Name: "gdelt", What: "events in the 61 columns of GDELT 2", Kinds: []query.Kind{query.Events}, MediaType: "text/tab-separated-values",
	Notes: []string{
		"The shape of GDELT 2, not its data: one row for each event of each article, no header, 61 columns.",
		"GDELT has one actor on each side; of several the first is given.",
		"NumMentions, NumSources and NumArticles are of the one article; AvgTone is empty.",
	},
	open: func(o *output) (writer, error) {
		f, err := o.file("events.gdelt.tsv", gdeltColumns())
		return &gdeltWriter{file: f, now: o.Now}, err
	}}

// gdeltColumns are the columns in their order.
func gdeltColumns() []Column {
	c := []Column{{"GLOBALEVENTID", "our id; GDELT's is a number"},
		{"SQLDATE", "the first day on which it may have happened; the day of publication where the text tells none"}, {"MonthYear", ""}, {"Year", ""},
		{"FractionDate", ""}}
	for _, n := range []string{"Actor1", "Actor2"} {
		c = append(c, Column{n + "Code", "country and sectors, as CAMEO puts them together"}, Column{n + "Name", "as named in the article"},
			Column{n + "CountryCode", ""}, Column{n + "KnownGroupCode", "always empty"}, Column{n + "EthnicCode", "always empty: never given"},
			Column{n + "Religion1Code", "always empty: never given"}, Column{n + "Religion2Code", "always empty: never given"},
			Column{n + "Type1Code", "PLOVER's sectors, most of which CAMEO has too"}, Column{n + "Type2Code", ""}, Column{n + "Type3Code", ""})
	}
	c = append(c, Column{"IsRootEvent", "1 where it is not background"}, Column{"EventCode", "CAMEO from type and mode by a table; empty for ACCIDENT and DISASTER, which CAMEO lacks"},
		Column{"EventBaseCode", ""}, Column{"EventRootCode", ""}, Column{"QuadClass", "PLOVER's quad, which differs from CAMEO's for PROTEST and SANCTION"},
		Column{"GoldsteinScale", "PLOVER's intensity, not Goldstein's scale by CAMEO"}, Column{"NumMentions", "mentions in the one article"}, Column{"NumSources", "always 1"},
		Column{"NumArticles", "always 1"}, Column{"AvgTone", "always empty"})
	for _, n := range []string{"Actor1Geo", "Actor2Geo", "ActionGeo"} {
		loss := ""
		if n != "ActionGeo" {
			loss = "always empty: the actors' places are not told from the event's"
		}
		c = append(c, Column{n + "_Type", or(loss, "1 country, 5 province, 4 town or site; GDELT's 2 and 3 for the United States too")}, Column{n + "_FullName", loss},
			Column{n + "_CountryCode", or(loss, "FIPS 10-4; empty on disputed ground")}, Column{n + "_ADM1Code", or(loss, "always empty")},
			Column{n + "_ADM2Code", or(loss, "always empty")}, Column{n + "_Lat", loss}, Column{n + "_Long", loss}, Column{n + "_FeatureID", or(loss, "GeoNames' number, not that of the GNS")})
	}
	return append(c, Column{"DATEADDED", "the moment of the export"}, Column{"SOURCEURL", ""})
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

type gdeltWriter struct {
	file  *sink
	now   time.Time
	cells []string
}

func (w *gdeltWriter) write(r Row) error {
	v := r.Event
	w.cells = append(w.cells[:0], r.id())
	w.cells = append(w.cells, r.gdeltDate(v)...)
	w.cells = append(w.cells, r.gdeltActor(v.Actors)...)
	w.cells = append(w.cells, r.gdeltActor(v.Recipients)...)
	code := shapeOf(v).cameo
	root := "1"
	if v.Background {
		root = "0"
	}
	w.cells = append(w.cells, root, code, code[:min(3, len(code))], code[:min(2, len(code))], whole(v.Quad), scale(v.Intensity), strconv.Itoa(1+len(v.Mentions)), "1", "1", "")
	w.cells = append(w.cells, make([]string, 16)...)
	w.cells = append(w.cells, r.gdeltPlace(v)...)
	added := ""
	if !w.now.IsZero() {
		added = w.now.UTC().Format("20060102150405")
	}
	w.cells = append(w.cells, added, string(r.Record.Article.URL))
	for i, c := range w.cells {
		w.cells[i] = oneLine(c) // no tab and no line's end
	}
	w.file.Rows++
	_, err := w.file.Write([]byte(strings.Join(w.cells, "\t") + "\n"))
	return err
}

func (w *gdeltWriter) close() error { return nil }

func scale(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// gdeltDate is SQLDATE, MonthYear, Year and FractionDate.
func (a *Article) gdeltDate(v *news.Event) []string {
	date, _ := a.acledDate(v)
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return make([]string, 4)
	}
	fraction := float64(t.Year()) + min(float64(t.YearDay())/365, 0.9999)
	return []string{t.Format("20060102"), t.Format("200601"), t.Format("2006"), strconv.FormatFloat(math.Round(fraction*1e4)/1e4, 'f', 4, 64)}
}

// gdeltActor is the ten columns of one actor.
func (a *Article) gdeltActor(ps []news.Party) []string {
	out := make([]string, 10)
	if len(ps) == 0 {
		return out
	}
	out[1] = strings.ToUpper(a.name(ps[0]))
	if e := a.x.entity[ps[0].Entity]; e != nil {
		out[2] = string(e.Country)
		copy(out[7:10], e.Sectors)
		out[0] = out[2] + strings.Join(out[7:10], "")
	}
	return out
}

// gdeltPlace is the eight columns of the event's place.
func (a *Article) gdeltPlace(v *news.Event) []string {
	out := make([]string, 8)
	name, at := a.place(v)
	if name == "" {
		return out
	}
	out[1] = name
	if at == nil {
		return out
	}
	land := lands()[string(at.Country)]
	switch at.Precision {
	case news.PrecisionCountry:
		out[0] = "1"
	case news.PrecisionAdmin1, news.PrecisionAdmin2:
		out[0] = "5"
	default:
		out[0] = "4"
	}
	full := []string{name}
	for _, more := range []string{string(at.Admin1), land.name} {
		if more != "" && more != full[len(full)-1] {
			full = append(full, more)
		}
	}
	out[1], out[2], out[5], out[6] = strings.Join(full, ", "), land.fips, degrees(at.Lat), degrees(at.Lon)
	if e := a.x.entity[v.Place.Entity]; e != nil {
		out[7] = whole(e.Identifiers.GeoNames)
	}
	return out
}
