package export

import (
	"encoding/json"
	"io"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

var geoJSON = Format{Name: "geojson", What: "events on a map (RFC 7946)", Kinds: []query.Kind{query.Events}, MediaType: "application/geo+json",
	Notes: []string{
		"An event without a position is a feature whose geometry is null.",
		"A point is the middle of the place: precision says how large that is. A country is no point on the ground.",
	},
	open: newGeoJSON}

type geoWriter struct {
	file *sink
	n    int
}

// feature is an event of the collection.
type feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   *point     `json:"geometry"`
	Properties properties `json:"properties"`
}

type point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude, latitude
}

type properties struct {
	Article    source         `json:"article"`
	Story      news.Optional  `json:"story"`
	Resolved   news.Optional  `json:"resolved_event"`
	Type       news.EventType `json:"type"`
	Mode       news.Optional  `json:"mode"`
	Modality   news.Modality  `json:"modality"`
	Earliest   news.Optional  `json:"earliest"`
	Latest     news.Optional  `json:"latest"`
	Actors     []string       `json:"actors"`
	Recipients []string       `json:"recipients"`
	Place      news.Optional  `json:"place"`
	Country    news.Optional  `json:"country"`
	ClaimedBy  []string       `json:"claimed_by"`
	Precision  news.Optional  `json:"precision"`
	Counts     []geoCount     `json:"counts"`
	Sentence   news.Optional  `json:"sentence"`
	Confidence float64        `json:"confidence"`
}

type geoCount struct {
	Kind      news.CountKind `json:"kind"`
	Low       *int           `json:"low"`
	Best      *int           `json:"best"`
	High      *int           `json:"high"`
	Qualifier news.Qualifier `json:"qualifier"`
	PartOf    bool           `json:"part"`
}

func newGeoJSON(o *output) (writer, error) {
	f, err := o.file("events.geojson", []Column{
		{"geometry", "one point; the event's other places are left out"},
		{"actors", "names only"}, {"recipients", "names only"},
		{"country", "null on disputed ground: see claimed_by"},
		{"sentence", "as far as the source's rights allow"},
	})
	if err != nil {
		return nil, err
	}
	_, err = io.WriteString(f, `{"type":"FeatureCollection","features":[`)
	return &geoWriter{file: f}, err
}

func (w *geoWriter) write(r Row) error {
	v := r.Event
	f := feature{Type: "Feature", ID: r.id(), Properties: properties{Article: r.source(), Story: news.Optional(r.Story), Resolved: news.Optional(r.Resolved[v.ID]),
		Type: v.Type, Mode: v.Mode, Modality: v.Modality, Earliest: v.Time.Earliest, Latest: v.Time.Latest, ClaimedBy: []string{}, Counts: []geoCount{},
		Sentence: news.Optional(r.words(r.sentence(v.Trigger))), Confidence: v.Confidence}}
	p := &f.Properties
	actors, _, _ := r.parties(v.Actors)
	recipients, _, _ := r.parties(v.Recipients)
	p.Actors, p.Recipients = full(actors), full(recipients)
	name, at := r.place(v)
	p.Place = news.Optional(name)
	if at != nil {
		f.Geometry = &point{"Point", [2]float64{at.Lon, at.Lat}}
		p.Country, p.ClaimedBy, p.Precision = at.Country, full(at.ClaimedBy), news.Optional(at.Precision)
	}
	for i := range v.Counts {
		c := &v.Counts[i]
		p.Counts = append(p.Counts, geoCount{c.Kind, c.Low, c.Best, c.High, c.Qualifier, c.PartOf != ""})
	}
	return w.put(f)
}

func (w *geoWriter) put(f any) error {
	between := ",\n"
	if w.n == 0 {
		between = "\n"
	}
	w.n++
	w.file.Rows++
	if _, err := io.WriteString(w.file, between); err != nil {
		return err
	}
	doc, err := json.Marshal(f)
	if err != nil {
		return err
	}
	_, err = w.file.Write(doc)
	return err
}

func (w *geoWriter) close() error {
	_, err := io.WriteString(w.file, "\n]}\n")
	return err
}
