package story

import (
	"math"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// happening is the event that an article is most about: what tells apart two
// reports that have everything in common but the day or the place.
type happening struct {
	known bool
	class happeningClass
	// days since 1970, inclusive; from > to where the text does not say.
	from, to int32
	located  bool
	lat, lon float64
	country  news.Optional
}

// happeningClass puts together types that one happening may be coded as: a
// fire is an accident to one report and an attack to the next.
type happeningClass int

const (
	talk     happeningClass = iota // words and deals: a day does not make a story of them
	violence                       // what is done to people and things
	nature                         // earthquakes, floods, storms
	crowd                          // protests, strikes
)

func classOf(t news.EventType) happeningClass {
	switch t {
	case news.Assault, news.Accident:
		return violence
	case news.Disaster:
		return nature
	case news.Protest:
		return crowd
	}
	return talk
}

// happeningOf is the happening of a record: of the events that are news, that
// with the most behind it: a class that has a day and a place of its own, the
// title, the first paragraphs, numbers of persons, mentions.
func happeningOf(r *news.Record) happening {
	titles, lead := 0, 0
	for _, b := range r.Article.Blocks {
		if b.Kind == news.BlockTitle {
			titles = max(titles, b.End)
		}
		if (b.Kind == news.BlockLead || b.Kind == news.BlockParagraph) && lead == 0 {
			lead = b.End
		}
	}
	best, most := -1, 0
	for i := range r.Events {
		e := &r.Events[i]
		if e.Background || e.Modality == news.Planned || e.Modality == news.Hypothetical || classOf(e.Type) == talk {
			continue
		}
		score := 1 + len(e.Mentions) + 2*len(e.Counts)
		if e.Trigger.Start < titles {
			score += 4
		}
		if e.Trigger.Start < lead {
			score += 3
		}
		if score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		return happening{}
	}
	return happeningFrom(r, &r.Events[best])
}

func happeningFrom(r *news.Record, e *news.Event) happening {
	h := happening{known: true, class: classOf(e.Type), from: 1, to: 0}
	if e.Time.Basis == news.TimeFromText && e.Time.Precision == news.PrecisionDay {
		from, err1 := time.Parse(time.DateOnly, string(e.Time.Earliest))
		to, err2 := time.Parse(time.DateOnly, string(e.Time.Latest))
		if err1 == nil && err2 == nil {
			h.from, h.to = dayOf(from.Unix()), dayOf(to.Unix())
		}
	}
	if e.Place != nil {
		if at := entity(r, e.Place.Entity); at != nil && at.Place != nil {
			h.country = at.Place.Country
			if slices.Contains([]news.PlacePrecision{news.PrecisionCity, news.PrecisionSite}, at.Place.Precision) {
				h.located, h.lat, h.lon = true, at.Place.Lat, at.Place.Lon
			}
		}
	}
	return h
}

// dayOf is the day since 1970 of a moment, in UTC.
func dayOf(unix int64) int32 {
	return int32((unix - ((unix%86400)+86400)%86400) / 86400)
}

// Two happenings of one class cannot be the same where their days lie more than
// a day apart (the day may be that of another time zone) or their places are
// too far from each other for one to be named after the other.
const (
	farDays = 2
	farKm   = 120
)

// against holds two against each other: whether they may be one happening by
// their class, and whether they are known to be different by day or place.
func (h happening) against(o happening) (comparable, apart bool) {
	if !h.known || !o.known || h.class != o.class {
		return false, false
	}
	dated := h.from <= h.to && o.from <= o.to
	switch {
	case dated && (h.from-o.to >= farDays || o.from-h.to >= farDays):
		return true, true
	case h.located && o.located && kilometres(h.lat, h.lon, o.lat, o.lon) > farKm:
		return true, true
	}
	return true, h.country.Known() && o.country.Known() && h.country != o.country
}

// kilometres between two places on the sphere (haversine).
func kilometres(lat1, lon1, lat2, lon2 float64) float64 {
	const degree, radius = math.Pi / 180, 6371
	a, b := math.Sin((lat2-lat1)*degree/2), math.Sin((lon2-lon1)*degree/2)
	h := a*a + math.Cos(lat1*degree)*math.Cos(lat2*degree)*b*b
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}
