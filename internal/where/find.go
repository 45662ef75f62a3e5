package where

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// maxWords bounds the length of a place name in tokens.
const maxWords = 9

// maxBytes is longer than any name of the tables.
const maxBytes = 200

// span is a run of tokens that may be a mention.
type span struct {
	from, to int
	key      string
	options  []option // what the tables know under that name, none for nationalities
	people   *people  // set for a word such as "Norwegian"
	site     bool
	evidence float64 // what the words around it say: above zero for a place
	led      bool    // words that places follow stand before it, or those that follow places behind
	kind     division
	foreign  int          // in "Stowmarket, Ontario", which no table has: the index of Ontario's span; −1 for none
	inside   int          // in "Bergen, Norway", of Bergen: the index of Norway's span; −1 for none
	lost     bool         // none of the options fits the article
	chosen   int          // index in options, −1 for none
	where    *atlas.Place // of a site or an unknown name: the known place that it lies in or near
}

// finding is the state of one Find.
type finding struct {
	g     *Gazetteer
	doc   *nlp.Doc
	names []int  // per token, the index in doc.Names of the name that covers it, −1 for none
	loud  []bool // per sentence: a heading in capitals, where a capital says nothing
	spans []span

	rejected map[int]int        // where a span began that was no place after all → where it ended
	spoken   map[string]float64 // how much of the article's geography lies in each country
	added    map[string]float64 // what the mentions of a name themselves add to that

	surnames map[string]bool // last words of the persons that the tagger names

	hits []atlas.Hit // scratch
}

// Find returns the places, countries, nationalities and sites that a text
// names, in text order and not overlapping. Boilerplate is skipped.
func (g *Gazetteer) Find(doc *nlp.Doc) []Mention {
	f := g.begin(doc)
	for s, sentence := range doc.Sentences {
		if doc.Blocks[sentence.Block].Kind == news.BlockBoilerplate {
			continue
		}
		f.loud[s] = f.isLoud(sentence)
		f.collect(sentence)
	}
	f.pair()
	f.weigh()
	f.resolve()
	f.accept()
	f.addUnknown()
	f.addSites()
	return f.mentions()
}

func (g *Gazetteer) begin(doc *nlp.Doc) *finding {
	f := &finding{g: g, doc: doc, surnames: map[string]bool{}, rejected: map[int]int{}, names: make([]int, len(doc.Tokens)), loud: make([]bool, len(doc.Sentences))}
	for i := range f.names {
		f.names[i] = -1
	}
	for n, name := range doc.Names {
		for i := name.From; i < name.To && i < len(f.names); i++ {
			f.names[i] = n
		}
		if name.Type == nlp.NamePerson && name.To-name.From > 1 {
			f.surnames[doc.Tokens[name.To-1].Form] = true
		}
	}
	return f
}

// isLoud reports whether most words of a sentence begin with a capital, as in
// headlines of American papers, or are all capitals.
func (f *finding) isLoud(s nlp.Sentence) bool {
	words, capitals, shouted := 0, 0, 0
	for i := s.From; i < s.To; i++ {
		form := f.doc.Tokens[i].Form
		if len(form) > 3 {
			words++
			if capitalised(form) {
				capitals++
			}
			if allCaps(form) {
				shouted++
			}
		}
	}
	if f.doc.Tokens[s.To-1].Form == "." {
		capitals = shouted // headlines have no full stop
	}
	return words >= 3 && capitals*10 >= words*8
}

// pair joins a place and the larger one that the text sets behind it:
// "Bergen, Norway", "Springfield, Ill.", "Torkham in Nangarhar".
func (f *finding) pair() {
	for n := range len(f.spans) - 1 {
		a, b := &f.spans[n], &f.spans[n+1]
		if a.people != nil || b.people != nil {
			continue
		}
		gap := b.from - a.to
		between := gap == 1 && (f.doc.Tokens[a.to].Form == "," || f.doc.Tokens[a.to].Form == "(")
		for i := a.to; i < b.from && gap > 0 && gap <= 5; i++ {
			// "in Khar, a town in Bajaur": the tie is weaker, so only "in" and "of" count.
			if form := f.doc.Tokens[i].Form; (form == "in" || form == "of") && i >= b.from-3 {
				between = between || gap <= 3
			}
		}
		if !between || gap == 1 && f.listsDivisions(n) {
			continue
		}
		for i, o := range a.options {
			for _, larger := range b.options {
				if f.g.holds(larger.place, o.place) {
					a.inside = n + 1
					a.options[i].score += 4
					break
				}
			}
		}
		if a.inside >= 0 {
			sortOptions(a.options)
			f.favourHolder(a, b)
		} else if f.isPart(n) || gap == 1 && f.doc.Tokens[a.to].Form == "," && !f.takeNear(n) && f.isForeign(n) {
			a.foreign = n + 1
		}
	}
}

// listsDivisions reports whether the comma behind a name goes on a list of
// divisions of one country, and does not say where the first lies: "in
// Washington, Pennsylvania and California".
func (f *finding) listsDivisions(n int) bool {
	if n+2 >= len(f.spans) {
		return false
	}
	a, b, c := &f.spans[n], &f.spans[n+1], &f.spans[n+2]
	if c.people != nil || !f.listed(b.to, c.from) || b.options[0].place.Kind != atlas.Admin1 || c.options[0].place.Kind != atlas.Admin1 {
		return false
	}
	country := b.options[0].place.Country
	return c.options[0].place.Country == country && slices.ContainsFunc(a.options, func(o option) bool {
		return o.place.Kind == atlas.Admin1 && o.place.Country == country
	})
}

// favourHolder prefers, of the places of a larger one's name, the one that holds
// the place before it: in "Buffalo, New York" the state. Where the name is also
// a town's nearby ("Queens, New York") it says nothing.
func (f *finding) favourHolder(a, b *span) {
	const nearby = 60 // km
	inner := a.options[0].place
	for _, o := range b.options {
		if o.place.Kind == atlas.City && atlas.Distance(inner.Lat, inner.Lon, o.place.Lat, o.place.Lon) < nearby {
			return
		}
	}
	for i, o := range b.options {
		if f.g.holds(o.place, inner) {
			b.options[i].score += 2
			sortOptions(b.options)
			return
		}
	}
}

// nearOuter is how far, in kilometres, a town may lie from the middle of the
// small division that the text puts it in.
const nearOuter = 150

// takeNear pairs a name with a division of the second level behind a comma that
// holds no place of the name, as divisions are split and joined more often than
// tables follow: the place near its middle is meant.
func (f *finding) takeNear(n int) bool {
	a, b := &f.spans[n], &f.spans[n+1]
	larger := b.options[0].place
	if larger.Kind != atlas.Admin2 {
		return false
	}
	for i, o := range a.options {
		if o.place.Kind == atlas.City && o.place.Country == larger.Country && atlas.Distance(o.place.Lat, o.place.Lon, larger.Lat, larger.Lon) < nearOuter {
			a.inside = n + 1
			a.options[i].score += 4
			sortOptions(a.options)
			return true
		}
	}
	return false
}

// isPart reports whether the text makes a name a part of a city, "the Talmi
// district of Baghdad", and no table has such a part: then only the city says
// where it lies.
func (f *finding) isPart(n int) bool {
	a, b := &f.spans[n], &f.spans[n+1]
	city := b.options[0].place
	if b.from-a.to != 2 || f.doc.Tokens[a.to+1].Form != "of" || city.Kind != atlas.City {
		return false
	}
	switch f.doc.Tokens[a.to].Form {
	case "district", "suburb", "neighbourhood", "neighborhood", "area", "quarter", "borough", "section", "slum":
	default:
		return false
	}
	const across = 60 // km, of the largest cities
	for i, o := range a.options {
		if atlas.Distance(o.place.Lat, o.place.Lon, city.Lat, city.Lon) < across {
			a.inside = n + 1
			a.options[i].score += 4
			sortOptions(a.options)
			return false
		}
	}
	return true
}

// isForeign reports whether a small town stands before a larger place, and a
// comma, that holds no town of the name: it is one that the tables lack. A list
// ("in Bergen, Ghana and Peru") is none of that.
func (f *finding) isForeign(n int) bool {
	a, b := &f.spans[n], &f.spans[n+1]
	first, larger := a.options[0].place, b.options[0].place
	if first.Kind != atlas.City && first.Kind != atlas.Admin2 || first.Population > 300_000 || larger.Kind != atlas.Country && larger.Kind != atlas.Admin1 {
		return false
	}
	if n > 0 && f.spans[n-1].to+1 == a.from && f.doc.Tokens[a.from-1].Form == "," {
		return false
	}
	if b.to >= len(f.doc.Tokens) {
		return true
	}
	switch next := f.doc.Tokens[b.to].Form; next {
	case "and", "or", "&":
		return false
	case ",":
		// "Stowmarket, Ontario, Canada" but "Stowmarket, Ghana, Peru and Chile"
		return n+2 >= len(f.spans) || f.spans[n+2].from != b.to+1 || f.spans[n+2].options != nil &&
			f.g.holds(f.spans[n+2].options[0].place, larger)
	}
	return true
}

// holds reports whether place b lies in a.
func (g *Gazetteer) holds(a, b atlas.Place) bool {
	switch a.Kind {
	case atlas.Country:
		return b.Kind != atlas.Country && a.Country != "" && (b.Country == a.Country || contains(b.ClaimedBy, a.Country))
	case atlas.Admin1:
		return b.Admin1 == a.Index
	case atlas.Admin2:
		return b.Admin2 == a.Index
	case atlas.Region:
		near := 150.0
		if a.Precision == atlas.AsCountry {
			near = 1500
		}
		return b.Kind >= atlas.Admin2 && b.Index != a.Index && (a.Country == "" || a.Country == b.Country) &&
			atlas.Distance(a.Lat, a.Lon, b.Lat, b.Lon) < near
	}
	return false
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
