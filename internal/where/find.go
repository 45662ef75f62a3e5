package where

import (
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
		if !between {
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
		} else if gap == 1 && f.doc.Tokens[a.to].Form == "," && f.isForeign(n) {
			a.foreign = n + 1
		}
	}
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
