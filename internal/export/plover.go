package export

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// plover is the JSON of the PLOVER manual (Open Event Data Alliance, draft 0.8 of
// 2021, "PLOVER JSON" and the information objects after it), one record a line.
var plover = Format{Name: "plover", What: "events in PLOVER's own JSON, one a line", Kinds: []query.Kind{query.Events}, MediaType: "application/jsonl",
	Notes: []string{
		"PLOVER asks for a source actor and a date; a record without them has an empty list and the day of publication, or null.",
		"ACCIDENT and DISASTER, and types of your own rules, are no types of PLOVER.",
		"PLOVER calls our REQUEST by the name of its edition: REQUEST in the 16-type edition, DEMAND before.",
		"A count has three numbers with us: size has the best one, else the lowest, and figures have all of them.",
	},
	open: func(o *output) (writer, error) {
		f, err := o.file("events.plover.jsonl", []Column{
			{"date", "the first day on which it may have happened; the day of publication where the text tells none (comment says so)"},
			{"enddate", "the last day on which it may have happened"},
			{"source", "actors without an entity have actor_text only; gender, age, religion and ethnicity are never given"},
			{"mode", "one"},
			{"context", "our contexts, with historical for what is recalled, future for what is planned, hypothetical, and negation for what is denied only"},
			{"event_loc", "of GeoNames' columns those that are known; the middle of the place"},
			{"size", "the best figure, else the lowest"},
			{"text", "as far as the source's rights allow"},
		})
		return &ploverWriter{f}, err
	}}

type ploverWriter struct{ file *sink }

type ploverEvent struct {
	ID        string         `json:"id"`
	HasEvent  bool           `json:"has_event"`
	Date      news.Optional  `json:"date"`
	EndDate   news.Optional  `json:"enddate"`
	Source    []ploverActor  `json:"source"`
	Recipient []ploverActor  `json:"recipient"`
	Event     []string       `json:"event"`
	Place     *ploverPlace   `json:"event_loc"`
	EventText []string       `json:"event_text"`
	Quad      *int           `json:"quad_code"`
	Scale     *float64       `json:"event_scale"`
	Mode      []string       `json:"mode"`
	Context   []string       `json:"context"`
	Size      map[string]int `json:"size"`
	Figures   []geoCount     `json:"figures"`
	Link      news.Optional  `json:"link"` // the resolved event
	Text      news.Optional  `json:"text"`
	TextInfo  ploverText     `json:"text_info"`
	Cite      ploverCite     `json:"cite_info"`
	Comment   news.Optional  `json:"comment"`
}

type ploverActor struct {
	Code      news.Optional `json:"code"`
	Sector    news.Optional `json:"sector"`
	Text      string        `json:"actor_text"`
	ID        news.Optional `json:"identifier_id"`
	Name      news.Optional `json:"identifier_text"`
	Office    news.Optional `json:"office"`
	AllSector []string      `json:"sectors"`
}

type ploverPlace struct {
	GeoNames  *int          `json:"geonameid"`
	Name      string        `json:"name"`
	Lat       *float64      `json:"latitude"`
	Lon       *float64      `json:"longitude"`
	ISO2      news.Optional `json:"country code"`
	ISO3      news.Optional `json:"cc3"`
	Admin1    news.Optional `json:"admin1 name"`
	Precision news.Optional `json:"precision"`
	ClaimedBy []string      `json:"claimed_by"`
}

type ploverText struct {
	Start int `json:"start"` // code points
	End   int `json:"end"`
}

type ploverCite struct {
	URL         news.Optional `json:"url"`
	Title       news.Optional `json:"title"`
	Language    news.Optional `json:"language"`
	Publication news.Optional `json:"publication"`
	Published   news.Optional `json:"published"`
	Coder       string        `json:"coder"`
	Codebook    string        `json:"codebook"`
}

func (w *ploverWriter) write(r Row) error {
	v, a := r.Event, &r.Record.Article
	sentence := r.sentence(v.Trigger)
	p := &r.Record.Pipeline
	e := ploverEvent{ID: r.id(), HasEvent: true, Date: v.Time.Earliest, EndDate: v.Time.Latest, Source: r.ploverActors(v.Actors), Recipient: r.ploverActors(v.Recipients),
		Event: []string{string(v.Type)}, EventText: []string{}, Quad: v.Quad, Scale: v.Intensity, Mode: []string{}, Context: full(v.Contexts), Size: map[string]int{},
		Figures: []geoCount{}, Link: news.Optional(r.Resolved[v.ID]), Text: news.Optional(r.words(sentence)),
		TextInfo: ploverText{r.point(sentence.Start), r.point(sentence.End)},
		Cite: ploverCite{URL: a.URL, Title: news.Optional(r.title()), Language: a.Language, Publication: a.Publisher, Published: a.Published,
			Coder: strings.TrimSpace("onrecord " + p.Version + " " + p.Model), Codebook: p.Codebook}}
	if e.Date == "" && v.Time.Latest == "" {
		if day, ok := published(a); ok {
			e.Date, e.Comment = day, "the text tells no date: date is the day of publication"
		}
	}
	if v.Mode != "" {
		e.Mode = append(e.Mode, string(v.Mode))
	}
	if t := r.words(v.Trigger); t != "" {
		e.EventText = append(e.EventText, t)
	}
	e.Context = append(e.Context, ploverContexts(v)...)
	e.Place = r.ploverPlace(v)
	for _, k := range []struct {
		kind news.CountKind
		name string
	}{{news.Killed, "dead"}, {news.Injured, "injured"}, {news.Arrested, "arrested"}, {news.Participants, "participants"}} {
		low, best, _ := figure(v, k.kind)
		if best == nil {
			best = low
		}
		if best != nil {
			e.Size[k.name] = *best
		}
	}
	for i := range v.Counts {
		c := &v.Counts[i]
		e.Figures = append(e.Figures, geoCount{c.Kind, c.Low, c.Best, c.High, c.Qualifier, c.PartOf != ""})
	}
	w.file.Rows++
	return putLine(w.file, e)
}

func (w *ploverWriter) close() error { return nil }

// ploverContexts are the contexts by which PLOVER marks what did not happen now.
func ploverContexts(v *news.Event) (out []string) {
	if v.Background {
		out = append(out, "historical")
	}
	switch v.Modality {
	case news.Planned:
		out = append(out, "future")
	case news.Hypothetical:
		out = append(out, "hypothetical")
	case news.Denied:
		out = append(out, "negation")
	}
	return out
}

func (a *Article) ploverActors(ps []news.Party) []ploverActor {
	out := []ploverActor{}
	for _, p := range ps {
		actor := ploverActor{Text: a.words(p.Span), AllSector: []string{}}
		if e := a.x.entity[p.Entity]; e != nil {
			actor.Code, actor.Name, actor.ID, actor.AllSector = e.Country, news.Optional(oneLine(e.Name)), e.Identifiers.Wikidata, full(e.Sectors)
			if len(e.Sectors) > 0 {
				actor.Sector = news.Optional(e.Sectors[0])
			}
			if len(e.Roles) > 0 {
				actor.Office = news.Optional(oneLine(e.Roles[0].Title))
			}
		}
		out = append(out, actor)
	}
	return out
}

func (a *Article) ploverPlace(v *news.Event) *ploverPlace {
	name, at := a.place(v)
	if name == "" && at == nil {
		return nil
	}
	p := &ploverPlace{Name: name, ClaimedBy: []string{}}
	if e := a.x.entity[v.Place.Entity]; e != nil {
		p.GeoNames = e.Identifiers.GeoNames
	}
	if at != nil {
		p.Lat, p.Lon, p.ISO3, p.ISO2 = &at.Lat, &at.Lon, at.Country, news.Optional(lands()[string(at.Country)].iso2)
		p.Admin1, p.Precision, p.ClaimedBy = at.Admin1, news.Optional(at.Precision), full(at.ClaimedBy)
	}
	return p
}

// published is the day of publication.
func published(a *news.Article) (news.Optional, bool) {
	if len(a.Published) < len("2031-05-07") {
		return "", false
	}
	return a.Published[:len("2031-05-07")], true
}
