package where

import (
	"math"
	"slices"

	"github.com/onrecord/onrecord/internal/where/atlas"
)

// weights are how much of an article's geography lies in each country and
// division.
type weights struct {
	country map[string]float64
	admin1  map[atlas.Index]float64
	total   float64

	eclipsed map[string]bool // by name, as far as asked
}

// resolve chooses, for each name, the place that it stands for in this article:
// one sense for all its mentions, but where the text gives the larger place
// itself ("Paris, Texas").
func (f *finding) resolve() {
	w := f.firstWeights()
	for range 2 {
		// The second round also knows the towns that the first one placed.
		w = f.choose(w)
	}
	f.settle(w)
}

// small is the number of inhabitants below which a town abroad is rarely named
// without its country.
const small = 150_000

// settle lets the countries of the article speak for and against its towns. A
// weak mention behind a word that places follow ("raided Talmi") counts where
// the town's country is in play. A small town, or a part of one, far from everything else that the
// article names is as a rule a namesake of a place that no table has: its
// position is left open.
func (f *finding) settle(w weights) {
	const inPlay = 0.9 // evidence that the country adds
	added := map[string]float64{}
	for i := range f.spans {
		if s := &f.spans[i]; s.people == nil && s.evidence >= threshold {
			added[s.key]++
		}
	}
	f.spoken, f.added = w.country, added
	for i := range f.spans {
		s := &f.spans[i]
		if s.people != nil || s.chosen < 0 || s.foreign >= 0 {
			continue
		}
		p := s.options[s.chosen].place
		if p.Kind != atlas.City && p.Kind != atlas.Admin2 {
			continue
		}
		own := added[s.key]
		others := w.country[p.Country] - own
		for _, c := range p.ClaimedBy {
			others = math.Max(others, w.country[c]-own/float64(len(p.ClaimedBy)))
		}
		switch {
		case others > 0.5 && s.led && s.evidence < threshold:
			s.evidence += inPlay
		case others <= 0.01 && w.total-own >= 2 && (p.Population < small || p.Rank == atlas.Part) && s.inside < 0 && !f.opens(s):
			s.lost = true
		}
	}
}

// eclipsed reports whether a division abroad that has the same name, and more
// people, is rather meant than a country: Georgia, where the article speaks of
// the United States and of nothing near the Caucasus.
func (f *finding) eclipsed(s *span, country atlas.Place, w weights) bool {
	for _, o := range s.options {
		p := o.place
		if p.Kind != atlas.Admin1 || p.Population <= country.Population || w.country[p.Country] < 1 {
			continue
		}
		if f.spokenOf(country.Country, s.key) {
			return false
		}
		for _, near := range f.g.countries[country.Country].Neighbours {
			if w.country[near] > 0 {
				return false
			}
		}
		return true
	}
	return false
}

// spokenOf reports whether the article names the country's people or, by a name
// other than this one, places in it.
func (f *finding) spokenOf(country, key string) bool {
	for k := range f.spans {
		switch o := &f.spans[k]; {
		case o.people != nil:
			if o.people.country == country {
				return true
			}
		case o.key != key && o.evidence >= threshold && o.options[max(0, o.chosen)].place.Country == country:
			return true
		}
	}
	return false
}

// isEclipsed asks eclipsed once for each name: both look at the whole article.
func (w *weights) isEclipsed(f *finding, s *span, country atlas.Place) bool {
	is, ok := w.eclipsed[s.key]
	if !ok {
		if w.eclipsed == nil {
			w.eclipsed = map[string]bool{}
		}
		is = f.eclipsed(s, country, *w)
		w.eclipsed[s.key] = is
	}
	return is
}

// opens reports whether a mention stands in the dateline.
func (f *finding) opens(s *span) bool {
	return f.dateline(s, f.doc.Sentences[f.doc.SentenceOf(s.from)]) > 0
}

// firstWeights counts what needs no choice: countries, their people, and names
// whose first sense is far ahead of the second.
func (f *finding) firstWeights() weights {
	w := weights{country: map[string]float64{}, admin1: map[atlas.Index]float64{}}
	for i := range f.spans {
		s := &f.spans[i]
		if s.evidence < threshold || s.foreign >= 0 {
			continue
		}
		switch {
		case s.people != nil:
			w.add(s.people.country, atlas.None, 0.6)
		case agreed(s.options):
			f.count(&w, s.options[0].place, 1)
		}
	}
	return w
}

// agreed reports whether the options that come near the first lie in its country.
func agreed(options []option) bool {
	for _, o := range options[1:] {
		if options[0].score-o.score > 1.5 {
			break
		}
		if o.place.Country != options[0].place.Country {
			return false
		}
	}
	return true
}

func (f *finding) count(w *weights, p atlas.Place, n float64) {
	switch p.Kind {
	case atlas.Admin1:
		w.add(p.Country, p.Index, n)
	default:
		w.add(p.Country, p.Admin1, n)
	}
	for _, c := range p.ClaimedBy {
		w.add(c, atlas.None, n/float64(len(p.ClaimedBy)))
	}
}

func (w *weights) add(country string, admin1 atlas.Index, n float64) {
	if country != "" {
		w.country[country] += n
		w.total += n
	}
	if admin1 != atlas.None {
		w.admin1[admin1] += n
	}
}

// support is what the rest of the article says for a place.
func (w *weights) support(p atlas.Place) float64 {
	if w.total == 0 {
		return 0
	}
	share := w.country[p.Country] / w.total
	for _, c := range p.ClaimedBy {
		share = math.Max(share, w.country[c]/w.total)
	}
	e := 2 * math.Min(1, 1.6*share)
	if w.country[p.Country] > 0 {
		e += 0.6
	}
	admin1 := p.Admin1
	if p.Kind == atlas.Admin1 {
		admin1 = p.Index
	}
	if admin1 != atlas.None && w.admin1[admin1] > 0 {
		e += 0.8
	}
	return e
}

// choose sets the sense of every name and returns the weights that follow.
func (f *finding) choose(w weights) weights {
	// What the mentions of a name say together of the level that is meant.
	kinds := map[string]division{}
	for i := range f.spans {
		s := &f.spans[i]
		k := kinds[s.key]
		kinds[s.key] = division{k.first || s.kind.first, k.second || s.kind.second, k.town || s.kind.town}
	}
	senses := map[string]sense{}
	order := make([]int, 0, len(f.spans))
	for i := range f.spans {
		if f.spans[i].people == nil {
			order = append(order, i)
		}
	}
	// Mentions with their own larger place go first: "Springfield, Illinois"
	// settles every later "Springfield".
	slices.SortStableFunc(order, func(a, b int) int {
		return rankOf(f.spans[a].inside >= 0) - rankOf(f.spans[b].inside >= 0)
	})
	next := weights{country: map[string]float64{}, admin1: map[atlas.Index]float64{}}
	for i := range f.spans {
		if s := &f.spans[i]; s.people != nil && s.evidence >= threshold {
			next.add(s.people.country, atlas.None, 0.6)
		}
	}
	for _, i := range order {
		s := &f.spans[i]
		s.chosen = f.best(i, &w, senses, kinds[s.key])
		p := s.options[s.chosen].place
		level := p.Kind == atlas.Admin1 || p.Kind == atlas.Admin2
		if _, ok := senses[s.key]; !ok && s.evidence >= threshold && !level {
			senses[s.key] = sense{p.Index, s.inside >= 0}
		}
		if s.evidence >= threshold && s.foreign < 0 {
			f.count(&next, p, 1)
		}
	}
	return next
}

// sense is the place that a name has been found to stand for.
type sense struct {
	place  atlas.Index
	stated bool // the text says where it lies
}

func rankOf(first bool) int {
	if first {
		return 0
	}
	return 1
}

// best returns the option of a span with the highest score.
func (f *finding) best(n int, w *weights, senses map[string]sense, article division) int {
	s := &f.spans[n]
	peers := f.peers(n)
	best, top := 0, math.Inf(-1)
	for i, o := range s.options {
		score := o.score
		if o.place.Kind != atlas.Country {
			score += w.support(o.place)
		} else if w.country[o.place.Country] > 0 {
			score += 0.5
		}
		if o.place.Kind == atlas.Country && w.isEclipsed(f, s, o.place) {
			score -= 4
		}
		score += fits(s.kind, o.place.Kind, 2.5)
		if o.place.Kind != atlas.Country && f.g.namesake(s.options, o.place) {
			score -= 3
		}
		if known, ok := senses[s.key]; ok && known.place == o.place.Index && s.inside < 0 {
			score += 1.5
			if known.stated {
				score += 2 // after "Austin, Indiana" even a bare Austin is that one
			}
		}
		if o.place.Kind >= atlas.Admin2 && f.besideDivision(n, o.place) {
			score++
			if o.place.Kind == atlas.Admin2 {
				score++ // counties share few names, and those widely
			}
		}
		if s.kind == (division{}) {
			score += fits(article, o.place.Kind, 0.3)
		}
		if o.place.Kind == atlas.Admin1 && peers == o.place.Country && peers != "" {
			score += 1.5
		}
		if score > top {
			best, top = i, score
		}
	}
	return best
}

// besideDivision reports whether another name of the sentence is that of the
// division of the first level that the place lies in: "swans in Michigan, on the
// coast of Monroe County".
func (f *finding) besideDivision(n int, p atlas.Place) bool {
	sentence := f.doc.SentenceOf(f.spans[n].from)
	for _, step := range [...]int{-1, 1} {
		for k := n + step; k >= 0 && k < len(f.spans) && k != n+5*step && f.doc.SentenceOf(f.spans[k].from) == sentence; k += step {
			o := &f.spans[k]
			if o.people == nil && o.key != f.spans[n].key && o.options[0].place.Kind == atlas.Admin1 && o.options[0].place.Index == p.Admin1 {
				return true
			}
		}
	}
	return false
}

// namesake reports whether a country among the options holds the place: Taiwan
// has a province Taiwan, and Djibouti a town.
func (g *Gazetteer) namesake(options []option, p atlas.Place) bool {
	for _, o := range options {
		if o.place.Kind == atlas.Country && g.holds(o.place, p) {
			return true
		}
	}
	return false
}

// peers returns the country of the divisions that stand in one list with a name:
// "Florida, Georgia and Alabama".
func (f *finding) peers(n int) string {
	for _, k := range [...]int{n - 1, n + 1} {
		if k < 0 || k >= len(f.spans) || f.spans[k].people != nil || f.spans[k].inside >= 0 {
			continue
		}
		if !f.listed(f.spans[min(n, k)].to, f.spans[max(n, k)].from) {
			continue
		}
		if p := f.spans[k].options[0].place; p.Kind == atlas.Admin1 {
			return p.Country
		}
	}
	return ""
}

// fits is what a word such as "province" says for a kind of place.
func fits(d division, k atlas.Kind, weight float64) float64 {
	if d == (division{}) {
		return 0
	}
	switch {
	case k == atlas.Admin1 && d.first, k == atlas.City && d.town:
		return weight
	case k == atlas.Region:
		return 0
	case k == atlas.Admin2 && d.second:
		return weight + 0.8
	case k == atlas.Country:
		if d.first || d.second {
			return -weight // "Niger state" is no country
		}
		return 0
	}
	return -weight / 2
}

// accept drops what is no place after all. The level that was chosen counts:
// second-level divisions bear the names of anything.
func (f *finding) accept() {
	kept := f.spans[:0]
	for i := range f.spans {
		// The larger place is looked up while the indices still hold.
		if s := &f.spans[i]; s.foreign >= 0 {
			larger := &f.spans[s.foreign]
			s.where, s.chosen = &larger.options[max(0, larger.chosen)].place, -1
		}
		if s := &f.spans[i]; s.lost {
			s.chosen = -1
		}
	}
	for _, s := range f.spans {
		limit := threshold
		if s.people != nil {
			limit = -0.9
		}
		if s.evidence >= limit {
			kept = append(kept, s)
		} else {
			f.rejected[s.from] = s.to
		}
	}
	f.spans = kept
}
