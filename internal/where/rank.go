package where

import (
	"math"
	"slices"

	"github.com/onrecord/onrecord/internal/where/atlas"
)

// option is a place that a name in the text may stand for, with its score.
type option struct {
	place atlas.Place
	flag  atlas.Flag
	score float64
}

// rank returns the places of hits that the spelling allows, the likeliest first
// where nothing is known of the text.
func (g *Gazetteer) rank(hits []atlas.Hit, spelling string) []option {
	options := make([]option, 0, len(hits))
	for _, h := range hits {
		if h.Flag&atlas.AsWritten != 0 && h.Name != spelling {
			continue
		}
		p := g.atlas.Place(h.Place)
		if i := slices.IndexFunc(options, func(o option) bool { return o.place.Index == p.Index }); i >= 0 {
			options[i].flag &= h.Flag
			options[i].score = fame(p, options[i].flag)
			continue
		}
		options = append(options, option{place: p, flag: h.Flag, score: fame(p, h.Flag)})
	}
	// A division often shares its name with its chief town, and the town is meant.
	for i := range options {
		if o := &options[i]; o.place.Kind == atlas.Admin1 && slices.ContainsFunc(options, func(x option) bool {
			return x.place.Kind == atlas.City && x.place.Admin1 == o.place.Index
		}) {
			o.score -= 0.5
		}
	}
	sortOptions(options)
	return options
}

func sortOptions(options []option) {
	slices.SortStableFunc(options, func(a, b option) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return int(a.place.Index - b.place.Index)
	})
}

// fame is how likely a name means this place before anything else is known, on
// the scale of the logarithm of the number of inhabitants.
func fame(p atlas.Place, flag atlas.Flag) float64 {
	inhabitants := math.Log10(float64(p.Population) + 1)
	var f float64
	switch p.Kind {
	case atlas.Country:
		f = 8.6 + inhabitants/10
	case atlas.Admin1:
		f = inhabitants
		if flag&atlas.Other != 0 {
			f -= 0.6 // "Niger" for Niger State
		}
	case atlas.Admin2:
		f = inhabitants - 0.9
		if flag&atlas.Other != 0 {
			f-- // "Dallas" for Dallas County
		}
	case atlas.Region:
		f = inhabitants
	case atlas.City:
		f = inhabitants + [...]float64{atlas.Plain: 0, atlas.Part: -0.7, atlas.Seat2: 0.1, atlas.Seat1: 0.4, atlas.National: 1}[p.Rank]
	}
	if flag&atlas.Other != 0 {
		f -= 0.4
	}
	return f
}
