// Package where finds places, countries and nationalities in a Doc and says
// which of the world's places each one is.
package where

import "github.com/onrecord/onrecord/internal/news"

// Kind tells what sort of place word a mention is.
type Kind string

// The kinds of mention.
const (
	CountryName Kind = "country"     // "Norway", "the United States", "US"; also "Kabul" in "the Kabul government"
	Nationality Kind = "nationality" // "Norwegian", "Norwegians": the country or its people
	PlaceName   Kind = "place"       // a town, district, province, region, sea, mountain
	Site        Kind = "facility"    // a named mosque, airport, embassy, bridge; its place is the nearest that the sentence names
)

// Mention is a run of tokens that names a place.
type Mention struct {
	From, To int // half-open range in Doc.Tokens
	Kind     Kind
	Name     string        // canonical name, "Norway" for "Norwegian"; of a site or an unknown place the words of the text
	Capital  bool          // a national capital: it may stand for its government, see who
	Country  news.Optional // ISO alpha-3 of the country that it is or lies in; null on disputed ground
	GeoNames int           // 0 where unknown
	Place    *news.Place   // nil where the name is a place's but no table has it, nor the larger place that it lies in
}
