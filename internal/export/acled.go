package export

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// acled has the columns of ACLED's export (Armed Conflict Location & Event Data,
// codebook of 2023). It is their shape, not their data: nobody at ACLED has coded
// these rows, and their rules of what counts are not applied.
var acled = Format{Name: "acled", What: "events in the columns of ACLED", Kinds: []query.Kind{query.Events}, MediaType: "text/csv; charset=utf-8",
	Notes: []string{
		"The shape of ACLED, not its data or its rules: one row for each event of each article; ACLED has one for each event in the world.",
		"Every event is a row, also those that ACLED does not code: event_type and disorder_type are empty there. Filter them out by the query.",
		"Two armed sides are not told from an attack on civilians: no row is a Battle.",
	},
	open: func(o *output) (writer, error) {
		t, err := newCSV(o, "events.acled.csv", acledCells{})
		return &acledWriter{t}, err
	}}

type acledCells struct {
	ID            string   `parquet:"event_id_cnty" loss:"our id; ACLED's begins with a country"`
	Date          string   `parquet:"event_date" loss:"the first day on which it may have happened; the day of publication where the text tells none (time_precision is empty then)"`
	Year          string   `parquet:"year"`
	TimePrecision string   `parquet:"time_precision" loss:"1 day, 2 week, 3 month; empty where it is less exact or not known"`
	DisorderType  string   `parquet:"disorder_type" loss:"from event_type"`
	EventType     string   `parquet:"event_type" loss:"from type and mode by a table; empty where ACLED has none"`
	SubEventType  string   `parquet:"sub_event_type" loss:"from type and mode by a table; empty where ACLED has none"`
	Actor1        string   `parquet:"actor1" loss:"the first who did it, as named in the article: not ACLED's names"`
	AssocActor1   string   `parquet:"assoc_actor_1" loss:"the others on that side"`
	Inter1        string   `parquet:"inter1" loss:"from the first sector; empty where it is not known"`
	Actor2        string   `parquet:"actor2" loss:"the first to whom it was done"`
	AssocActor2   string   `parquet:"assoc_actor_2" loss:"the others on that side"`
	Inter2        string   `parquet:"inter2" loss:"from the first sector; empty where it is not known"`
	Interaction   string   `parquet:"interaction" loss:"always empty"`
	Civilian      string   `parquet:"civilian_targeting" loss:"always empty: we do not tell it"`
	ISO           string   `parquet:"iso" loss:"number of ISO 3166-1; empty on disputed ground"`
	Region        string   `parquet:"region" loss:"always empty"`
	Country       string   `parquet:"country" loss:"empty on disputed ground"`
	Admin1        string   `parquet:"admin1"`
	Admin2        string   `parquet:"admin2" loss:"always empty"`
	Admin3        string   `parquet:"admin3" loss:"always empty"`
	Location      string   `parquet:"location"`
	Latitude      *float64 `parquet:"latitude"`
	Longitude     *float64 `parquet:"longitude"`
	GeoPrecision  string   `parquet:"geo_precision" loss:"1 a town or a site, 2 a district, 3 a province; empty for a country"`
	Source        string   `parquet:"source" loss:"the publisher"`
	SourceScale   string   `parquet:"source_scale" loss:"always empty"`
	Notes         string   `parquet:"notes" loss:"the sentence, as far as the source's rights allow; modality before it where it is not occurred"`
	Fatalities    string   `parquet:"fatalities" loss:"the best figure, else the lowest; empty where none is given, where ACLED has 0"`
	Tags          string   `parquet:"tags" loss:"crowd size, from the participants; women targeted and the like are never given"`
	Timestamp     string   `parquet:"timestamp" loss:"always empty"`
}

type acledWriter struct{ table }

// disorder is ACLED's first division, by its event types.
var disorder = map[string]string{
	"Protests": "Demonstrations", "Riots": "Demonstrations", "Strategic developments": "Strategic developments",
	"Violence against civilians": "Political violence", "Explosions/Remote violence": "Political violence", "Battles": "Political violence",
}

func (w *acledWriter) write(r Row) error {
	v := r.Event
	s := shapeOf(v)
	c := acledCells{ID: r.id(), EventType: s.acled, SubEventType: s.acledSub, DisorderType: disorder[s.acled], Source: string(r.Record.Article.Publisher),
		Notes: r.words(r.sentence(v.Trigger))}
	c.Date, c.TimePrecision = r.acledDate(v)
	if len(c.Date) >= 4 {
		c.Year = c.Date[:4]
	}
	c.Actor1, c.AssocActor1, c.Inter1 = r.acledSide(v.Actors)
	c.Actor2, c.AssocActor2, c.Inter2 = r.acledSide(v.Recipients)
	name, at := r.place(v)
	c.Location = name
	if at != nil {
		land := lands()[string(at.Country)]
		c.Country, c.Admin1, c.Latitude, c.Longitude = land.name, string(at.Admin1), &at.Lat, &at.Lon
		if land.number > 0 {
			c.ISO = strconv.Itoa(land.number)
		}
		switch at.Precision {
		case news.PrecisionCity, news.PrecisionSite:
			c.GeoPrecision = "1"
		case news.PrecisionAdmin2:
			c.GeoPrecision = "2"
		case news.PrecisionAdmin1:
			c.GeoPrecision = "3"
		}
	}
	if v.Modality != news.Occurred && v.Modality != "" {
		c.Notes = strings.TrimSpace("[" + string(v.Modality) + "] " + c.Notes)
	}
	c.Fatalities = bestOf(v, news.Killed)
	if n := bestOf(v, news.Participants); n != "" {
		c.Tags = "crowd size=" + n
	}
	return w.put(&c)
}

// bestOf is the best figure of a kind, else the lowest, "" where none is given.
func bestOf(v *news.Event, kind news.CountKind) string {
	low, best, _ := figure(v, kind)
	if best == nil {
		best = low
	}
	if best == nil {
		return ""
	}
	return strconv.Itoa(*best)
}

func (a *Article) acledDate(v *news.Event) (date, precision string) {
	date = string(v.Time.Earliest)
	switch v.Time.Precision {
	case news.PrecisionDay:
		precision = "1"
	case news.PrecisionWeek:
		precision = "2"
	case news.PrecisionMonth:
		precision = "3"
	}
	if date == "" {
		day, _ := published(&a.Record.Article)
		date, precision = string(day), ""
	}
	return date, precision
}

// inter are ACLED's kinds of actor by the sectors that say the same.
var inter = map[string]string{
	"GOV": "State forces", "MIL": "State forces", "COP": "State forces", "SPY": "State forces", "REB": "Rebel group", "CVL": "Civilians", "LAB": "Civilians",
	"EDU": "Civilians", "JRN": "Civilians", "REF": "Civilians", "IGO": "External/Other forces", "NGO": "Civilians",
}

func (a *Article) acledSide(ps []news.Party) (first, others, kind string) {
	names, _, sectors := a.parties(ps)
	if len(names) > 0 {
		first, others = names[0], strings.Join(names[1:], "; ")
	}
	if len(sectors) > 0 {
		kind = inter[sectors[0]]
	}
	return first, others, kind
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', 4, 64) }
