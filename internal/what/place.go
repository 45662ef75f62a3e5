package what

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// placing is a place that a mention is laid in.
type placing struct {
	party news.Party
	rank  int // how exact: 0 unknown, 1 a country, up to 5 a site
}

var placeRank = map[news.PlacePrecision]int{
	news.PrecisionCountry: 1, news.PrecisionAdmin1: 2, news.PrecisionAdmin2: 3, news.PrecisionCity: 4, news.PrecisionSite: 5,
}

// placeAt is the place that a word names, if it names one.
func (r *reading) placeAt(h int) (placing, bool) {
	e := r.entity(h)
	if e == nil {
		return placing{}, false
	}
	p := placing{party: news.Party{Entity: news.Optional(e.ID), Span: r.phrase(h)}}
	switch e.Type {
	case news.PlaceEntity, news.Facility:
		p.rank = 3
	case news.Country:
		p.rank = 1
	default:
		return placing{}, false
	}
	if e.Type == news.Facility && e.Place == nil {
		// No table has it: the town beside it is what a map can show.
		p.rank = 2
	}
	if e.Place != nil {
		if rank := placeRank[e.Place.Precision]; rank > 0 {
			p.rank = rank
		}
	}
	return p, true
}

func locative(p string) bool {
	switch p {
	case "in", "at", "near", "outside", "inside", "around", "across", "over", "off", "along", "on", "within", "throughout", "into", "through", "beside", "under", "south", "north", "east", "west", "towards", "between":
		return true
	}
	return false
}

// findPlaces looks for where a mention's happening took place: among its own
// phrases, those of what is hit and of the clause around; the most exact first.
func (r *reading) findPlaces(m *mention) (*placing, []placing) {
	f := m.frame
	var found []placing
	seen := map[news.Optional]bool{}
	hit := 0 // places found before those that are acted on
	add := func(h int) {
		if p, ok := r.placeAt(h); ok && !seen[p.party.Entity] {
			seen[p.party.Entity] = true
			found = append(found, p)
		}
	}
	addPhrases := func(h int) { r.placesBelow(h, 0, add) }
	for _, p := range f.preps {
		switch {
		case locative(p.word):
			add(p.head)
			addPhrases(p.head)
		case (p.word == "during" || p.word == "amid") && physical(m.typ):
			addPhrases(p.head) // "during prayers in Lahore"
		case p.word == "of" && f.noun && r.isPlaceOnly(p.head), p.word == "to" && (m.typ == news.Consult || m.mode == "visit"), p.word == "from" && m.typ == news.Retreat:
			add(p.head)
		}
	}
	for _, h := range f.modifiers {
		if r.isPlaceOnly(h) {
			add(h)
		}
	}
	for _, h := range f.subj {
		if f.noun && r.isPlaceOnly(h) {
			add(h)
		}
	}
	if physical(m.typ) || m.typ == news.Consult {
		hit = len(found)
		for _, h := range f.obj {
			if r.isPlaceOnly(h) || r.isCountry(h) && (m.typ == news.Disaster || m.typ == news.Accident) {
				add(h)
			}
			addPhrases(h)
		}
	}
	anaphor := f.noun && m.status.presumed && f.carrier < 0 && len(f.obj) == 0
	if len(found) == 0 && physical(m.typ) && !anaphor {
		// The clause above, up to the verb of saying: "killing nine in Bergen".
		at := m.token
		for range 3 {
			head := r.doc.Tokens[at].Head
			if head < 0 || nlp.IsRel(r.doc.Tokens[at].Deprel, "ccomp") || f.noun && f.carrier < 0 && f.parent < 0 && at == m.token {
				break
			}
			addPhrases(head)
			if len(found) > 0 {
				break
			}
			at = head
		}
		if len(found) == 0 {
			for _, h := range f.subj {
				addPhrases(h)
			}
		}
	}
	// A site that is hit is no place yet: "struck the shrine … in Lahore".
	if hit == 0 && (len(found) == 0 || len(found) == 1 && r.isSite(found[0])) && physical(m.typ) && !anaphor {
		for _, p := range r.sentencePlaces(m) {
			add(p)
		}
	}
	return bestPlace(found)
}

// placesBelow adds the places after a locative preposition under a word.
func (r *reading) placesBelow(h, depth int, add func(int)) {
	if depth > 3 {
		return
	}
	for _, c := range r.doc.Children(h) {
		rel := r.doc.Tokens[c].Deprel
		if !nlp.IsRel(rel, "nmod") && !nlp.IsRel(rel, "obl") && rel != "appos" && !nlp.IsRel(rel, "conj") && rel != "compound" {
			continue
		}
		p := r.preposition(c)
		switch {
		case locative(p), p == "of" && r.isPlaceOnly(c), rel == "appos" && r.isPlaceOnly(c), rel == "compound" && r.isPlaceOnly(c), nlp.IsRel(rel, "conj") && r.isPlaceOnly(c), rel == "nmod:poss" && r.isPlaceOnly(c):
			add(c)
			r.placesBelow(c, depth+1, add)
		case p == "of":
			r.placesBelow(c, depth+1, add)
		}
	}
}

// sentencePlaces are the places after "in", "at" or "near" anywhere in the
// sentence, where no other trigger stands between.
func (r *reading) sentencePlaces(m *mention) []int {
	s := r.doc.Sentences[m.sentence]
	var heads []int
	for i := s.From; i < s.To; i++ {
		if i == m.token || !r.isPlaceOnly(i) && !r.isCountry(i) || r.heads[i] < 0 {
			continue
		}
		switch r.preposition(i) {
		case "in", "at", "near", "outside", "across":
		default:
			continue
		}
		between := false
		for k := min(i, m.token) + 1; k < max(i, m.token); k++ {
			if r.trigger[k] >= 0 || r.doc.Tokens[k].Form == ";" {
				between = true
				break
			}
		}
		if !between {
			heads = append(heads, i)
		}
	}
	return heads
}

func (r *reading) isSite(p placing) bool {
	e := r.byID(p.party.Entity)
	return e != nil && e.Type == news.Facility
}

func (r *reading) isCountry(i int) bool {
	e := r.entity(i)
	return e != nil && e.Type == news.Country
}

// physical tells the types that happen somewhere rather than in words.
func physical(t news.EventType) bool {
	switch t {
	case news.Assault, news.Protest, news.Coerce, news.Mobilize, news.Accident, news.Disaster, news.Retreat, news.Aid, news.Consult:
		return true
	}
	return false
}

// bestPlace takes the most exact place, the first of equals; a site, where a
// town is named beside it, is left among the others since the town is what a
// map can show.
func bestPlace(found []placing) (*placing, []placing) {
	if len(found) == 0 {
		return nil, nil
	}
	best := 0
	for i := range found {
		if found[i].rank > found[best].rank {
			best = i
		}
	}
	rest := append(append([]placing(nil), found[:best]...), found[best+1:]...)
	first := found[best]
	return &first, rest
}
