// Package atlas is the list of the world's named places: it reads the tables,
// packs them into one string and looks names up in it. It knows nothing of
// texts; package where does.
package atlas

import "math"

// Kind is the level of a place.
type Kind uint8

// The kinds of place.
const (
	Country Kind = iota // an entry of countries.tsv
	Admin1              // a first-level division
	Admin2              // a second-level division
	City                // a populated place
	Region              // anything of regions.tsv and disputed.tsv
)

// Rank is what a populated place is the seat of.
type Rank uint8

// The ranks, from the lowest.
const (
	Plain    Rank = iota
	Part          // a part of a town
	Seat2         // seat of a second-level or lower division
	Seat1         // seat of a first-level division
	National      // a capital
)

// Precision is how large an area a place's position stands for, as in
// news.PlacePrecision.
type Precision uint8

// The precisions.
const (
	AsCountry Precision = iota
	AsAdmin1
	AsAdmin2
	AsCity
	AsSite
)

// Index is the number of a place in an Atlas, None where there is none.
type Index int32

// None is no place.
const None Index = -1

// Place is one entry.
type Place struct {
	Index      Index
	Name       string
	Kind       Kind
	Rank       Rank
	Precision  Precision
	Lat, Lon   float64
	Population int    // within a few per cent; of a Region, the weight that its table gives it
	GeoNames   int    // 0 where unknown
	Country    string // ISO alpha-3; empty on disputed ground and for what lies in several countries
	ClaimedBy  []string
	Admin1     Index // the division that a town or second-level division lies in
	Admin2     Index
}

// Flag says how a name of a place may be used.
type Flag uint8

// The flags of a name.
const (
	Other      Flag = 1 << iota // not the main name
	AsWritten                   // an abbreviation: counts only in this very spelling
	AfterComma                  // counts only after a town's name and a comma ("Portland, OR")
)

// Hit is one place that a name may stand for.
type Hit struct {
	Place Index
	Flag  Flag
	Name  string // as the tables spell it
}

// earthRadius is the mean radius in kilometres.
const earthRadius = 6371

// Distance is the great-circle distance between two places in kilometres.
func Distance(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	dlat, dlon := (lat2-lat1)*rad, (lon2-lon1)*rad
	h := math.Sin(dlat/2)*math.Sin(dlat/2) +
		math.Cos(lat1*rad)*math.Cos(lat2*rad)*math.Sin(dlon/2)*math.Sin(dlon/2)
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}
