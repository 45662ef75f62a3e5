package eval

import (
	"context"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of places.
const (
	mPlaceFound    = "places: found" // recall: the set does not mark every place name
	mPlaceResolved = "places: with a position"
	mPlaceNear     = "places: within 161 km, of those with a position"
	mPlaceAll      = "places: within 161 km, of all"
	// Sources differ by hundreds of kilometres on where the middle of a large
	// country or province is, so places that are points are counted apart.
	mPlacePoint = "places: within 161 km, of cities and sites"
)

var placeMetrics = []string{mPlaceFound, mPlaceResolved, mPlaceNear, mPlacePoint, mPlaceAll}

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
	arts := choose(set.Articles, o)
	return sum(ctx, o, len(arts), func(ctx context.Context, i int) (Scores, error) {
		rec, err := sys.Read(ctx, arts[i].Text, "")
		if err != nil {
			return Scores{}, fmt.Errorf("read article %d: %w", i+1, err)
		}
		return arts[i].score(rec)
	}, placeMetrics)
}

func (a geoArticle) score(rec *news.Record) (Scores, error) {
	s := Scores{Docs: 1}
	name := a.Source[strings.LastIndexByte(a.Source, '/')+1:]
	starts := make([]int, 0, len(a.Text))
	for i := range a.Text {
		starts = append(starts, i)
	}
	for _, l := range a.Locations {
		if l.Start < 1 || l.Start > len(starts) || !strings.HasPrefix(a.Text[starts[l.Start-1]:], l.Name) {
			return s, fmt.Errorf("%s: the place %q does not stand at character %d", name, l.Name, l.Start)
		}
		start := starts[l.Start-1]
		r := news.Range{Start: start, End: start + len(l.Name)}
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
	return s, nil
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
