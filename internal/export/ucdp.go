package export

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// ucdp has the columns of the Georeferenced Event Dataset of the Uppsala Conflict
// Data Program (codebook of version 24.1). It is their shape, not their data.
var ucdp = Format{Name: "ucdp-ged", What: "events in the columns of UCDP's GED", Kinds: []query.Kind{query.Events}, MediaType: "text/csv; charset=utf-8",
	Notes: []string{
		"The shape of UCDP GED, not its data or its rules: one row for each event of each article. GED holds only organised violence with at least one death: ask for type:ASSAULT killed:>=1.",
		"Who is at war with whom is not told: type_of_violence and the ids of conflicts and dyads are empty.",
	},
	open: func(o *output) (writer, error) {
		t, err := newCSV(o, "events.ucdp-ged.csv", ucdpCells{})
		return &ucdpWriter{t}, err
	}}

type ucdpCells struct {
	ID              string   `parquet:"id" loss:"our id; GED's is a number"`
	RelID           string   `parquet:"relid" loss:"always empty"`
	Year            string   `parquet:"year"`
	ActiveYear      string   `parquet:"active_year" loss:"always empty"`
	CodeStatus      string   `parquet:"code_status" loss:"always Machine"`
	TypeOfViolence  string   `parquet:"type_of_violence" loss:"always empty: we do not tell it"`
	ConflictDset    string   `parquet:"conflict_dset_id" loss:"always empty"`
	ConflictNew     string   `parquet:"conflict_new_id" loss:"always empty"`
	ConflictName    string   `parquet:"conflict_name" loss:"always empty"`
	DyadDset        string   `parquet:"dyad_dset_id" loss:"always empty"`
	DyadNew         string   `parquet:"dyad_new_id" loss:"always empty"`
	DyadName        string   `parquet:"dyad_name" loss:"the two sides as named, where there are two"`
	SideADset       string   `parquet:"side_a_dset_id" loss:"always empty"`
	SideANew        string   `parquet:"side_a_new_id" loss:"always empty"`
	SideA           string   `parquet:"side_a" loss:"who did it, as named in the article"`
	SideBDset       string   `parquet:"side_b_dset_id" loss:"always empty"`
	SideBNew        string   `parquet:"side_b_new_id" loss:"always empty"`
	SideB           string   `parquet:"side_b" loss:"to whom it was done: civilians too, where GED has the other armed side"`
	NumberOfSources string   `parquet:"number_of_sources" loss:"always 1: one article"`
	SourceArticle   string   `parquet:"source_article" loss:"publisher, day and headline, the headline as far as the source's rights allow"`
	SourceOffice    string   `parquet:"source_office" loss:"the publisher"`
	SourceDate      string   `parquet:"source_date"`
	SourceHeadline  string   `parquet:"source_headline" loss:"as far as the source's rights allow"`
	SourceOriginal  string   `parquet:"source_original" loss:"who says it, where a statement does"`
	WherePrec       string   `parquet:"where_prec" loss:"1 a town or site, 3 a district, 4 a province, 6 a country; 2, 5 and 7 are never given"`
	WhereCoords     string   `parquet:"where_coordinates"`
	WhereDesc       string   `parquet:"where_description" loss:"as where_coordinates"`
	Adm1            string   `parquet:"adm_1"`
	Adm2            string   `parquet:"adm_2" loss:"always empty"`
	Latitude        *float64 `parquet:"latitude"`
	Longitude       *float64 `parquet:"longitude"`
	WKT             string   `parquet:"geom_wkt"`
	PrioGrid        string   `parquet:"priogrid_gid"`
	Country         string   `parquet:"country" loss:"empty on disputed ground"`
	CountryID       string   `parquet:"country_id" loss:"always empty: no table of Gleditsch and Ward's numbers is at hand"`
	Region          string   `parquet:"region" loss:"always empty"`
	EventClarity    string   `parquet:"event_clarity" loss:"1 for a day, 2 else"`
	DatePrec        string   `parquet:"date_prec" loss:"1 a day, 2 up to six days, 3 a week, 4 a month, 5 more; a week is 3"`
	DateStart       string   `parquet:"date_start"`
	DateEnd         string   `parquet:"date_end"`
	DeathsA         string   `parquet:"deaths_a" loss:"always empty: deaths are not divided by sides"`
	DeathsB         string   `parquet:"deaths_b" loss:"always empty"`
	DeathsCivilians string   `parquet:"deaths_civilians" loss:"always empty"`
	DeathsUnknown   string   `parquet:"deaths_unknown" loss:"the best figure: all deaths, of whatever side"`
	Best            string   `parquet:"best" loss:"empty where the article's figures differ or none is given"`
	High            string   `parquet:"high" loss:"empty where a figure is open above"`
	Low             string   `parquet:"low"`
	GWNoA           string   `parquet:"gwnoa" loss:"always empty"`
	GWNoB           string   `parquet:"gwnob" loss:"always empty"`
}

type ucdpWriter struct{ table }

var wherePrec = map[news.PlacePrecision]string{news.PrecisionSite: "1", news.PrecisionCity: "1", news.PrecisionAdmin2: "3", news.PrecisionAdmin1: "4", news.PrecisionCountry: "6"}

var datePrec = map[news.Precision]string{news.PrecisionDay: "1", news.PrecisionWeek: "3", news.PrecisionMonth: "4", news.PrecisionYear: "5", news.PrecisionRange: "5"}

func (w *ucdpWriter) write(r Row) error {
	v, a := r.Event, &r.Record.Article
	c := ucdpCells{ID: r.id(), CodeStatus: "Machine", NumberOfSources: "1", SourceOffice: string(a.Publisher), SourceHeadline: r.title(),
		DateStart: string(v.Time.Earliest), DateEnd: string(v.Time.Latest), DatePrec: datePrec[v.Time.Precision], EventClarity: "2"}
	if v.Time.Precision == news.PrecisionDay {
		c.EventClarity = "1"
	}
	if len(c.DateStart) >= 4 {
		c.Year = c.DateStart[:4]
	}
	if day, ok := published(a); ok {
		c.SourceDate = string(day)
	}
	var article []string
	for _, s := range []string{c.SourceOffice, c.SourceDate, c.SourceHeadline} {
		if s != "" {
			article = append(article, s)
		}
	}
	c.SourceArticle = strings.Join(article, ", ")
	by, _, _ := r.parties(v.Actors)
	to, _, _ := r.parties(v.Recipients)
	c.SideA, c.SideB = strings.Join(by, ", "), strings.Join(to, ", ")
	if c.SideA != "" && c.SideB != "" {
		c.DyadName = c.SideA + " - " + c.SideB
	}
	var said []string
	for _, id := range v.Statements {
		if s := r.x.statement[id]; s != nil && r.speaker(s) != "" {
			said = add(said, r.speaker(s))
		}
	}
	c.SourceOriginal = strings.Join(said, ", ")
	var at *news.Place
	if c.WhereCoords, at = r.place(v); at != nil {
		c.Adm1, c.Latitude, c.Longitude, c.Country, c.WherePrec = string(at.Admin1), &at.Lat, &at.Lon, lands()[string(at.Country)].name, wherePrec[at.Precision]
		c.WKT = "POINT (" + degrees(at.Lon) + " " + degrees(at.Lat) + ")"
		c.PrioGrid = prioGrid(at.Lat, at.Lon)
	}
	c.WhereDesc = c.WhereCoords
	low, best, high := figure(v, news.Killed)
	c.Low, c.Best, c.High = whole(low), whole(best), whole(high)
	c.DeathsUnknown = c.Best
	return w.put(&c)
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// prioGrid is the cell of the PRIO-GRID, half a degree wide, numbered from 1 at
// the south-west (Tollefsen and others, 2012).
func prioGrid(lat, lon float64) string {
	row, col := int((lat+90)*2), int((lon+180)*2)
	row, col = min(max(row, 0), 359), min(max(col, 0), 719)
	return strconv.Itoa(row*720 + col + 1)
}
