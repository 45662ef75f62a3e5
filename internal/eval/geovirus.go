package eval

import (
	"context"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where"
)

// The metrics of places.
const (
	// Mentions that the record takes for places by their names, against the
	// set's. Demonyms are left out, as they are there.
	mPlaceMention  = "places: mentions"
	mPlaceFound    = "places: found" // under a name of any type
	mPlaceResolved = "places: with a position"
	mPlaceNear     = "places: within 161 km, of those with a position"
	mPlaceAll      = "places: within 161 km, of all"
	// Sources differ by hundreds of kilometres on where the middle of a large
	// country or province is, so places that are points are counted apart.
	mPlacePoint = "places: within 161 km, of cities and sites"
)

var placeMetrics = []string{mPlaceMention, mPlaceFound, mPlaceResolved, mPlaceNear, mPlacePoint, mPlaceAll}

// nearEnough is the field's measure (100 miles, Leidner 2007), in kilometres.
const nearEnough = 161

type geoArticle struct {
	Source    string `xml:"source"`
	Text      string `xml:"text"`
	Locations []struct {
		Name  string  `xml:"name"`
		Start int     `xml:"start"` // counted from 1, in characters
		End   int     `xml:"end"`
		Lat   float64 `xml:"lat"`
		Lon   float64 `xml:"lon"`
	} `xml:"locations>location"`
}

// scoreGeoVirus scores the places of Wikinews paragraphs on epidemics (Gritta,
// Pilehvar, Collier 2018).
func scoreGeoVirus(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Scores{}, err
	}
	var set struct {
		Articles []geoArticle `xml:"article"`
	}
	if err := xml.Unmarshal(b, &set); err != nil {
		return Scores{}, fmt.Errorf("read the articles: %w", err)
	}
	atlas, err := where.Load()
	if err != nil {
		return Scores{}, err
	}
	arts := choose(set.Articles, o)
	return sum(ctx, o, len(arts), func(ctx context.Context, i int) (Scores, error) {
		rec, err := sys.Read(ctx, arts[i].Text, "")
		if err != nil {
			return Scores{}, fmt.Errorf("read article %d: %w", i+1, err)
		}
		return arts[i].score(rec, func(word string) bool {
			_, is := atlas.NationalityOf(word)
			return is
		})
	}, placeMetrics)
}

// score scores one record; demonym tells adjectives and words for people from
// names of places.
func (a geoArticle) score(rec *news.Record, demonym func(string) bool) (Scores, error) {
	s := Scores{Docs: 1}
	name := a.Source[strings.LastIndexByte(a.Source, '/')+1:]
	starts := make([]int, 0, len(a.Text))
	for i := range a.Text {
		starts = append(starts, i)
	}
	mentions := placeMentions(rec, demonym)
	given := len(mentions)
	s.add(mPlaceMention, F1, 0, len(a.Locations), given)
	for _, l := range a.Locations {
		if l.Start < 1 || l.Start > len(starts) || !strings.HasPrefix(a.Text[starts[l.Start-1]:], l.Name) {
			return s, fmt.Errorf("%s: the place %q does not stand at character %d", name, l.Name, l.Start)
		}
		start := starts[l.Start-1]
		r := news.Range{Start: start, End: start + len(l.Name)}
		if k := slices.IndexFunc(mentions, func(m news.Span) bool { return m.Start < r.End && r.Start < m.End }); k >= 0 {
			mentions = slices.Delete(mentions, k, k+1)
			s.add(mPlaceMention, F1, 1, 0, 0)
		} else {
			s.Findings = append(s.Findings, Finding{name, 1, Miss, mPlaceMention, quoted(l.Name), ""})
		}
		e := entityAt(rec, r)
		s.judge(mPlaceFound, Recall, e != nil)
		if e == nil {
			s.Findings = append(s.Findings, Finding{name, 1, Miss, mPlaceFound, quoted(l.Name), ""})
			s.judge(mPlaceAll, Accuracy, false)
			continue
		}
		s.judge(mPlaceResolved, Recall, e.Place != nil)
		if e.Place == nil {
			s.Findings = append(s.Findings, Finding{name, 1, Miss, mPlaceResolved, quoted(l.Name), quoted(e.Name)})
			s.judge(mPlaceAll, Accuracy, false)
			continue
		}
		far := distance(l.Lat, l.Lon, e.Place.Lat, e.Place.Lon)
		s.judge(mPlaceNear, Accuracy, far <= nearEnough)
		s.judge(mPlaceAll, Accuracy, far <= nearEnough)
		if p := e.Place.Precision; p == news.PrecisionCity || p == news.PrecisionSite {
			s.judge(mPlacePoint, Accuracy, far <= nearEnough)
		}
		if far > nearEnough {
			s.Findings = append(s.Findings, Finding{name, 1, Wrong, mPlaceNear, fmt.Sprintf("%s %.1f,%.1f", quoted(l.Name), l.Lat, l.Lon),
				fmt.Sprintf("%.1f,%.1f (%s, %.0f km off)", e.Place.Lat, e.Place.Lon, e.Place.Precision, far)})
		}
	}
	for _, m := range mentions {
		s.Findings = append(s.Findings, Finding{name, 1, FalseAlarm, mPlaceMention, "", quoted(m.Text)})
	}
	return s, nil
}

// placeMentions are the names of countries and places in a record, in no
// certain order, without the demonyms. Sites ("the central mosque") are left
// out: the set marks none.
func placeMentions(rec *news.Record, demonym func(string) bool) (out []news.Span) {
	for i := range rec.Entities {
		e := &rec.Entities[i]
		if e.Type != news.Country && e.Type != news.PlaceEntity {
			continue
		}
		for _, m := range e.Mentions {
			if m.Kind == news.MentionName && !demonym(strings.TrimPrefix(m.Text, "the ")) {
				out = append(out, m.Span)
			}
		}
	}
	return out
}

// entityAt is the entity with a name that overlaps the range, one with a
// position first.
func entityAt(rec *news.Record, r news.Range) *news.Entity {
	var found *news.Entity
	for i := range rec.Entities {
		e := &rec.Entities[i]
		for _, m := range e.Mentions {
			if m.Kind == news.MentionName && m.Start < r.End && r.Start < m.End {
				if e.Place != nil {
					return e
				}
				if found == nil {
					found = e
				}
			}
		}
	}
	return found
}

// distance is the great-circle distance in kilometres.
func distance(lat1, lon1, lat2, lon2 float64) float64 {
	const radius = 6371
	rad := math.Pi / 180
	dLat, dLon := (lat2-lat1)*rad, (lon2-lon1)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(lat1*rad)*math.Cos(lat2*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}
