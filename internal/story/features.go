package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// channel is a kind of feature. Each has its share of the likeness of two
// articles, whether it has many features or few: two earthquakes have most
// words in common, and neither the names nor the places.
type channel int

const (
	words  channel = iota // of title and text
	names                 // of persons, bodies, groups and places, word by word
	places                // on the map, and countries
	days                  // that the text names
	kinds                 // of events
	channels
)

// shares of the channels, in hundredths. What an article lacks goes to words.
var shares = [channels]int64{words: 45, names: 35, places: 10, days: 5, kinds: 5}

const (
	// maxFeatures bounds those of one channel; the heaviest are kept.
	maxFeatures = 512
	// labelled is how many features keep their word, for reasons, and are
	// looked up when articles like this one are sought.
	labelled = 32
)

// counted are how often the features of a channel are met.
type counted map[string]int32

// featuresOf makes the vector of an article, and the words for its heaviest
// features.
func featuresOf(r *news.Record, b body, agency credit) (vector, map[uint32]string) {
	var raw [channels]counted
	for c := range raw {
		raw[c] = counted{}
	}
	text := r.Article.Text
	for _, t := range b.title {
		eachWord(text[t.Start:t.End], nil, func(w string) { raw[words][stem(w)] += 2 })
	}
	for i, p := range b.own {
		part := text[p.Start:p.End]
		if i == 0 {
			part = part[datelineEnd(part):]
		}
		n := int32(1)
		if i == 0 {
			n = 2 // the first paragraph says what it is about
		}
		eachWord(part, nil, func(w string) { raw[words][stem(w)] += n })
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		if agency.issued(e.Name) || outlet(r, e) {
			continue // who reports says nothing of what is reported
		}
		addNames(raw[names], e)
		if e.Type == news.Country || e.Place != nil {
			addPlaces(raw[places], e)
		}
	}
	for _, t := range r.Times {
		if t.Type == news.TimeDate && len(t.Value) == len("2031-05-07") && t.Earliest == t.Latest {
			raw[days][string(t.Value)]++
		}
	}
	for _, e := range r.Events {
		if !e.Background {
			raw[kinds][string(e.Type)]++
		}
	}
	return weigh(raw)
}

// addNames counts the words of an entity's names, once for each mention by
// name.
func addNames(in counted, e *news.Entity) {
	for _, m := range e.Mentions {
		if m.Kind != news.MentionName {
			continue
		}
		eachWord(m.Text, nil, func(w string) {
			if len(w) > 2 {
				in[stem(w)]++
			}
		})
	}
}

// addPlaces counts a place by its number in GeoNames, and its country.
func addPlaces(in counted, e *news.Entity) {
	n := int32(len(e.Mentions))
	if e.Identifiers.GeoNames != nil && e.Place != nil && e.Place.Precision != news.PrecisionCountry {
		in[fmt.Sprintf("geonames %d", *e.Identifiers.GeoNames)] += 2 * n
	}
	if e.Type == news.Country && len(e.Country) == 3 {
		in["country "+string(e.Country)] += n
	} else if e.Place != nil && e.Place.Country.Known() {
		in["country "+string(e.Place.Country)] += n
	}
}

// weigh makes weights of counts: a count tells less the greater it is, a word
// more the rarer it is, and each channel has its share of the whole.
func weigh(raw [channels]counted) (vector, map[uint32]string) {
	type named struct {
		feature
		word string
	}
	var all []named
	left := shares[words]
	for c := channel(1); c < channels; c++ {
		if len(raw[c]) == 0 {
			left += shares[c]
		}
	}
	for c := range channels {
		var of []named
		for w, n := range raw[c] {
			weight := damped(n)
			if c == words || c == names {
				weight *= rarity(w)
			}
			if weight > 0 {
				of = append(of, named{feature{featureID(c, w), weight}, w})
			}
		}
		slices.SortFunc(of, func(a, b named) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id)) })
		of = of[:min(maxFeatures, len(of))]
		var squares int64
		for _, f := range of {
			squares += int64(f.weight) * int64(f.weight)
		}
		share := shares[c]
		if c == words {
			share = left
		}
		length, wanted := root(squares), root(share*one/100)
		for _, f := range of {
			f.weight = int32(int64(f.weight) * wanted / length)
			if f.weight > 0 {
				all = append(all, f)
			}
		}
	}
	slices.SortFunc(all, func(a, b named) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id)) })
	labels := make(map[uint32]string, labelled)
	for _, f := range all[:min(labelled, len(all))] {
		labels[f.id] = f.word
	}
	slices.SortFunc(all, func(a, b named) int { return cmp.Compare(a.id, b.id) })
	v := make(vector, 0, len(all))
	for i, f := range all {
		if i == 0 || f.id != all[i-1].id {
			v = append(v, f.feature)
		}
	}
	return v, labels
}

// featureID is the number of a feature.
func featureID(c channel, word string) uint32 {
	return uint32(mix(hash(word)+uint64(c)) >> 32)
}

// damping is 8·(1+log2 n), rounded.
var damping = [...]int32{0, 8, 16, 21, 24, 27, 29, 30, 32, 33, 35, 36, 37, 38, 38, 39, 40}

func damped(n int32) int32 { return damping[min(int(n), len(damping)-1)] }

// party is someone in an article, and how much it is about them.
type party struct {
	news.StoryParty
	weight int
}

// partiesOf are the persons, bodies, groups and countries that the article
// names. Those that act or suffer in what it reports count more, and countries
// only where they do: else they are where it happened.
func partiesOf(r *news.Record, agency credit) []party {
	part := map[news.Optional]bool{}
	for _, e := range r.Events {
		if !e.Background {
			for _, p := range append(slices.Clone(e.Actors), e.Recipients...) {
				part[p.Entity] = true
			}
		}
	}
	var out []party
	for i := range r.Entities {
		e := &r.Entities[i]
		takesPart := part[news.Optional(e.ID)]
		switch e.Type {
		case news.Country:
			if !takesPart {
				continue
			}
		case news.Person, news.Organisation, news.Group:
		default:
			continue
		}
		if !hasName(e) || agency.issued(e.Name) || outlet(r, e) {
			continue
		}
		weight := min(5, len(e.Mentions))
		if takesPart {
			weight += 5
		}
		out = append(out, party{news.StoryParty{Name: e.Name, Type: e.Type, Country: e.Country}, weight})
	}
	return out
}

// outlet reports whether an entity is who published the article: "a statement
// sent to Harbour Radio".
func outlet(r *news.Record, e *news.Entity) bool {
	return credit(e.Name).issued(string(r.Article.Publisher))
}

func hasName(e *news.Entity) bool {
	return slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.MentionName })
}

// placesOf are the places of the events that are news, with their names.
func placesOf(r *news.Record) []news.StoryPlace {
	var out []news.StoryPlace
	for i := range r.Events {
		e := &r.Events[i]
		if e.Background || e.Place == nil {
			continue
		}
		at := entity(r, e.Place.Entity)
		if at == nil || at.Place == nil || slices.ContainsFunc(out, func(p news.StoryPlace) bool { return p.Name == at.Name }) {
			continue
		}
		p := *at.Place
		p.ClaimedBy = slices.Clone(p.ClaimedBy)
		out = append(out, news.StoryPlace{Name: at.Name, Place: p})
	}
	return out
}

func entity(r *news.Record, id news.Optional) *news.Entity {
	for i := range r.Entities {
		if r.Entities[i].ID == string(id) && id.Known() {
			return &r.Entities[i]
		}
	}
	return nil
}

// typesOf are the types of the events that are news, each once.
func typesOf(r *news.Record) []news.EventType {
	var out []news.EventType
	for _, e := range r.Events {
		if !e.Background && !slices.Contains(out, e.Type) {
			out = append(out, e.Type)
		}
	}
	return out
}

// reasons are the words of the features that count most for the likeness of two
// articles, at most n.
func reasons(a, b *Sketch, n int) []string {
	type shared struct {
		word string
		by   int64
	}
	var all []shared
	for i, j := 0, 0; i < len(a.vector) && j < len(b.vector); {
		x, y := a.vector[i], b.vector[j]
		switch {
		case x.id == y.id:
			word := a.labels[x.id]
			if word == "" {
				word = b.labels[x.id]
			}
			if word != "" {
				all = append(all, shared{word, int64(x.weight) * int64(y.weight)})
			}
			i, j = i+1, j+1
		case x.id < y.id:
			i++
		default:
			j++
		}
	}
	slices.SortFunc(all, func(a, b shared) int { return cmp.Or(cmp.Compare(b.by, a.by), strings.Compare(a.word, b.word)) })
	out := []string{}
	for _, s := range all {
		if !slices.Contains(out, s.word) && len(out) < n {
			out = append(out, s.word)
		}
	}
	return out
}
