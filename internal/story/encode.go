package story

import (
	"bytes"
	"encoding/gob"
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
)

// sketchFormat names the form that sketches are kept in: one of another form is
// made anew of its record.
const sketchFormat = 1

// kept is a sketch as it is kept.
type kept struct {
	Format                         int
	ID, Address, Publisher, Credit string
	Published                      int64
	Words                          int
	Text                           uint64
	Runs                           []uint32
	AllRuns                        int
	Bands                          []uint64
	Features                       []uint32
	Weights                        []int32
	Labels                         map[uint32]string
	Known, Located                 bool
	Class                          int
	From, To                       int32
	Lat, Lon                       float64
	Country                        string
	Title                          string
	Parties                        []news.StoryParty
	PartyWeights                   []int
	Places                         []news.StoryPlace
	Types                          []news.EventType
}

// MarshalBinary writes a sketch, so that it need not be made of the record again
// when the window is restored.
func (s *Sketch) MarshalBinary() ([]byte, error) {
	k := kept{
		Format: sketchFormat, ID: s.id, Address: s.address, Publisher: s.publisher, Credit: string(s.credit), Published: s.published,
		Words: s.words, Text: s.text, Runs: s.shingles.runs, AllRuns: s.shingles.all, Bands: s.bands[:], Labels: s.labels,
		Known: s.happening.known, Located: s.happening.located, Class: int(s.happening.class), From: s.happening.from, To: s.happening.to,
		Lat: s.happening.lat, Lon: s.happening.lon, Country: string(s.happening.country),
		Title: s.title, Places: s.places, Types: s.types,
	}
	for _, f := range s.vector {
		k.Features, k.Weights = append(k.Features, f.id), append(k.Weights, f.weight)
	}
	for _, p := range s.parties {
		k.Parties, k.PartyWeights = append(k.Parties, p.StoryParty), append(k.PartyWeights, p.weight)
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(k); err != nil {
		return nil, fmt.Errorf("encode the sketch of %s: %w", s.id, err)
	}
	return b.Bytes(), nil
}

// UnmarshalBinary reads what MarshalBinary wrote. An error tells that the sketch
// has to be made of its record.
func (s *Sketch) UnmarshalBinary(data []byte) error {
	var k kept
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&k); err != nil {
		return fmt.Errorf("decode a sketch: %w", err)
	}
	if k.Format != sketchFormat || len(k.Bands) != bands || len(k.Features) != len(k.Weights) || len(k.Parties) != len(k.PartyWeights) {
		return fmt.Errorf("decode the sketch of %s: it is of another form", k.ID)
	}
	*s = Sketch{
		id: k.ID, address: k.Address, publisher: k.Publisher, credit: credit(k.Credit), published: k.Published, words: k.Words, text: k.Text,
		shingles: shingles{k.Runs, k.AllRuns}, labels: k.Labels,
		happening: happening{known: k.Known, class: happeningClass(k.Class), from: k.From, to: k.To, located: k.Located, lat: k.Lat, lon: k.Lon, country: news.Optional(k.Country)},
		title:     k.Title, places: k.Places, types: k.Types,
	}
	copy(s.bands[:], k.Bands)
	for i := range s.places { // gob does not tell an empty list from none
		if s.places[i].ClaimedBy == nil {
			s.places[i].ClaimedBy = []string{}
		}
	}
	for i, id := range k.Features {
		if i > 0 && id <= k.Features[i-1] {
			return fmt.Errorf("decode the sketch of %s: its features are out of order", k.ID)
		}
		s.vector = append(s.vector, feature{id, k.Weights[i]})
	}
	for i, p := range k.Parties {
		s.parties = append(s.parties, party{p, k.PartyWeights[i]})
	}
	return nil
}
