package where

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

//go:generate go run ./compile

// tables are the small tables as text; the large ones are packed in places.bin.
//
//go:embed data/countries.tsv data/disputed.tsv data/peoples.tsv data/common.tsv
var tables embed.FS

//go:embed data/places.bin
var packed string

// Gazetteer knows the world's places and the words for their people. It is
// never changed after Load and may be used by many goroutines.
type Gazetteer struct {
	atlas     *atlas.Atlas
	countries map[string]Country     // by ISO alpha-3
	capitals  map[string]string      // key of a capital → alpha-3
	centre    map[string]atlas.Index // alpha-3 → the country's place
	people    map[string]people      // a word for people, as written
	longest   int                    // tokens in the longest word for people
	common    map[string]common      // by key
}

// Country is a country, or another area that ISO 3166-1 gives a code.
type Country struct {
	Code       string   // ISO alpha-3
	Name       string   // "Norway"
	Others     []string // "US", "Burma"
	Adjectives []string // "Norwegian"
	People     []string // "Norwegian", "Norwegians"
	Capital    string   // empty where there is none
	Capitals   []string // every town that may stand for the government, other spellings too
	Neighbours []string // ISO alpha-3
	GeoNames   int
	Population int
	Place      news.Place
}

// Candidate is one place that a name may stand for.
type Candidate struct {
	Name       string
	Kind       Kind
	Country    news.Optional // as in Mention
	GeoNames   int
	Population int // within a few per cent
	Place      news.Place
}

// people is what a word such as "Norwegian" belongs to.
type people struct {
	name    string
	country string // alpha-3, or empty
	place   *news.Place
}

// common says what else than a place a name is.
type common uint8

const (
	commonWord common = 1 << iota
	commonGiven
	commonSurname
	commonBody
)

// Load reads the tables that are embedded in the program.
func Load() (*Gazetteer, error) {
	files, err := fs.Sub(tables, "data")
	if err != nil {
		return nil, fmt.Errorf("loading the gazetteer: %w", err)
	}
	a, err := atlas.Open(packed, files)
	if err != nil {
		return nil, fmt.Errorf("loading the gazetteer: %w", err)
	}
	g := &Gazetteer{
		atlas: a, countries: map[string]Country{}, capitals: map[string]string{},
		centre: map[string]atlas.Index{}, people: map[string]people{}, common: map[string]common{},
	}
	for _, load := range []func(fs.FS) error{g.loadCountries, g.loadPeoples, g.loadCommon} {
		if err := load(files); err != nil {
			return nil, fmt.Errorf("loading the gazetteer: %w", err)
		}
	}
	return g, nil
}

func (g *Gazetteer) loadCountries(files fs.FS) error {
	rows, err := atlas.Countries(files)
	if err != nil {
		return err
	}
	for i, r := range rows {
		// Build adds the countries first, in the order of their table.
		place := g.place(g.atlas.Place(atlas.Index(i)))
		c := Country{
			Code: r.Code, Name: r.Name, Others: r.Others, Adjectives: r.Adjectives, People: r.People,
			Capitals: r.Capitals, Neighbours: r.Neighbours, GeoNames: r.GeoNames, Population: r.Population,
			Place: place,
		}
		if len(r.Capitals) > 0 {
			c.Capital = r.Capitals[0]
		}
		g.countries[r.Code] = c
		g.centre[r.Code] = atlas.Index(i)
		for _, capital := range r.Capitals {
			g.capitals[atlas.Fold(capital)] = r.Code
		}
		for _, word := range append(append([]string(nil), r.Adjectives...), r.People...) {
			// "Congolese" and "Dominican" belong to two countries: the more populous has them.
			if have, ok := g.people[word]; ok && g.countries[have.country].Population >= r.Population {
				continue
			}
			g.addPeople(word, people{name: c.Name, country: r.Code, place: &place})
		}
	}
	return nil
}

func (g *Gazetteer) loadPeoples(files fs.FS) error {
	rows, err := atlas.ReadTable(files, "peoples.tsv", 4)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p := people{name: r[1], country: r[2]}
		if c := g.bestNamed(r[1]); c != nil {
			p.place = &c.Place
		}
		for _, word := range atlas.List(r[0]) {
			g.addPeople(word, p)
		}
	}
	return nil
}

func (g *Gazetteer) addPeople(word string, p people) {
	g.people[word] = p
	g.longest = max(g.longest, len(wordsOf(word)))
}

func (g *Gazetteer) loadCommon(files fs.FS) error {
	rows, err := atlas.ReadTable(files, "common.tsv", 2)
	if err != nil {
		return err
	}
	for _, r := range rows {
		for _, kind := range atlas.List(r[1]) {
			switch kind {
			case "word":
				g.common[r[0]] |= commonWord
			case "given":
				g.common[r[0]] |= commonGiven
			case "surname":
				g.common[r[0]] |= commonSurname
			case "body":
				g.common[r[0]] |= commonBody
			default:
				return fmt.Errorf("reading table common.tsv, %s: no kind %q", r[0], kind)
			}
		}
	}
	return nil
}

// Country returns the country with an ISO alpha-3 code.
func (g *Gazetteer) Country(code string) (Country, bool) {
	c, ok := g.countries[code]
	return c, ok
}

// CapitalOf returns the ISO alpha-3 code of the country whose capital has the
// name, in any of its spellings.
func (g *Gazetteer) CapitalOf(name string) (code string, ok bool) {
	code, ok = g.capitals[atlas.Fold(name)]
	return code, ok
}

// NationalityOf returns the ISO alpha-3 code that a word such as "Norwegian"
// or "Norwegians" belongs to; the code is empty where the people have no
// country of their own ("European") or their ground is disputed.
func (g *Gazetteer) NationalityOf(word string) (code string, ok bool) {
	p, ok := g.people[word]
	return p.country, ok
}

// Lookup returns the places that a name may stand for, the likeliest first
// where nothing else is known.
func (g *Gazetteer) Lookup(name string) []Candidate {
	hits, _ := g.atlas.Find(atlas.Fold(name), nil)
	ranked := g.rank(hits, name)
	list := make([]Candidate, 0, len(ranked))
	for _, r := range ranked {
		list = append(list, g.candidate(r.place))
	}
	return list
}

func (g *Gazetteer) bestNamed(name string) *Candidate {
	if list := g.Lookup(name); len(list) > 0 {
		return &list[0]
	}
	return nil
}

func (g *Gazetteer) candidate(p atlas.Place) Candidate {
	c := Candidate{Name: p.Name, Kind: PlaceName, Country: news.Optional(p.Country), GeoNames: p.GeoNames,
		Population: p.Population, Place: g.place(p)}
	if p.Kind == atlas.Country {
		c.Kind = CountryName
	}
	return c
}

// place is what a record says of a place.
func (g *Gazetteer) place(p atlas.Place) news.Place {
	out := news.Place{
		Lat: p.Lat, Lon: p.Lon, Country: news.Optional(p.Country), ClaimedBy: []string{},
		Precision: [...]news.PlacePrecision{
			news.PrecisionCountry, news.PrecisionAdmin1, news.PrecisionAdmin2, news.PrecisionCity, news.PrecisionSite,
		}[p.Precision],
	}
	if p.ClaimedBy != nil {
		out.ClaimedBy = append(out.ClaimedBy, p.ClaimedBy...)
	}
	switch {
	case p.Kind == atlas.Admin1:
		out.Admin1 = news.Optional(p.Name)
	case p.Admin1 != atlas.None:
		out.Admin1 = news.Optional(g.atlas.Place(p.Admin1).Name)
	}
	return out
}

// Contains reports whether place b lies in a, a country or a first-level
// division, by their names in the tables. Ground that several states claim lies
// in each of them.
func (g *Gazetteer) Contains(a, b news.Place) bool {
	switch a.Precision {
	case news.PrecisionCountry:
		if b.Precision == news.PrecisionCountry || !a.Country.Known() {
			return false
		}
		return sharesCountry(a, b)
	case news.PrecisionAdmin1:
		if b.Precision == news.PrecisionCountry || b.Precision == news.PrecisionAdmin1 {
			return false
		}
		return a.Admin1.Known() && a.Admin1 == b.Admin1 && sharesCountry(a, b)
	}
	return false
}

func sharesCountry(a, b news.Place) bool {
	if a.Country.Known() && a.Country == b.Country {
		return true
	}
	for _, x := range a.ClaimedBy {
		if string(b.Country) == x {
			return true
		}
		for _, y := range b.ClaimedBy {
			if x == y {
				return true
			}
		}
	}
	for _, y := range b.ClaimedBy {
		if string(a.Country) == y {
			return true
		}
	}
	return false
}
