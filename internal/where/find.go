package where

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// maxWords bounds the length of a place name in tokens.
const maxWords = 9

// span is a run of tokens that may be a mention.
type span struct {
	from, to int
	key      string
	options  []option // what the tables know under that name, none for nationalities
	people   *people  // set for a word such as "Norwegian"
	site     bool
	evidence float64 // what the words around it say: above zero for a place
	kind     division
	foreign  int          // in "Stroud, Ontario", which no table has: the index of Ontario's span; −1 for none
	inside   int          // in "Bergen, Norway", of Bergen: the index of Norway's span; −1 for none
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

	rejected map[int]int     // where a span began that was no place after all → where it ended
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

// collect finds the longest names that begin at each token of a sentence.
func (f *finding) collect(s nlp.Sentence) {
	for i := s.From; i < s.To; {
		people, from := f.peopleAt(i, s.To)
		name, to := f.nameAt(i, s.To)
		switch {
		case to > from: // "Saudi Arabia" goes before "Saudi"
			f.spans = append(f.spans, name)
			i = to
		case from > 0:
			f.spans = append(f.spans, people)
			i = from
		default:
			i++
		}
	}
}

// peopleAt returns the longest word for people at token i and the token after
// it, or 0.
func (f *finding) peopleAt(i, end int) (span, int) {
	t := f.doc.Tokens[i]
	if !capitalised(t.Form) {
		return span{}, 0
	}
	for to := min(end, i+f.g.longest); to > i; to-- {
		text := f.doc.Text[t.Start:f.doc.Tokens[to-1].End]
		p, ok := f.g.people[text]
		if !ok && to == i+1 && allCaps(text) {
			p, ok = f.g.people[text[:1]+toLower(text[1:])]
		}
		if ok && !f.namesPlace(i, to) { // "the village of Turkmen"
			return span{from: i, to: to, key: text, people: &p, inside: -1, foreign: -1, chosen: -1}, to
		}
	}
	return span{}, 0
}

// namesPlace reports whether the tagger takes just these tokens for a place and
// the tables have one.
func (f *finding) namesPlace(from, to int) bool {
	n := f.names[from]
	if n < 0 || f.doc.Names[n].Type != nlp.NamePlace || f.doc.Names[n].From != from || f.doc.Names[n].To != to {
		return false
	}
	hits, _ := f.g.atlas.Find(atlas.Fold(f.doc.Span(from, to).Text), f.hits[:0])
	f.hits = hits
	return len(hits) > 0
}

// nameAt returns the longest known place name at token i and the token after
// it, or 0.
func (f *finding) nameAt(i, end int) (span, int) {
	if !f.mayBegin(i, end) {
		return span{}, 0
	}
	start := f.doc.Tokens[i].Start
	best := 0
	var found []option
	var key string
	for to := i + 1; to <= end && to <= i+maxWords; to++ {
		last := f.doc.Tokens[to-1]
		if to > i+1 && !hasUpper(last.Form) && !inner[lowerForm(last)] && last.Form != "," {
			break
		}
		text := f.doc.Text[start:last.End]
		k := atlas.Fold(text)
		hits, longer := f.g.atlas.Find(k, f.hits[:0])
		f.hits = hits
		if len(hits) > 0 && f.mayEnd(i, to, hits) {
			if options := f.g.rank(f.spelt(hits, i, to), strings.TrimSuffix(text, ",")); len(options) > 0 {
				best, found, key = to, options, k
			}
		}
		// Where no blank comes next, or a comma ("Washington, D.C."), the key of
		// a longer name need not go on with one.
		if !longer && !joined(f.doc, to) {
			break
		}
	}
	if best == 0 {
		return span{}, 0
	}
	found = f.afterComma(i, found)
	if len(found) == 0 {
		return span{}, 0
	}
	return span{from: i, to: best, key: key, options: found, inside: -1, foreign: -1, chosen: -1}, best
}

// mayEnd reports whether a name may end before token to: with a capital, or
// with the rest of a word that the tokeniser cut ("Ta'izz", "St. John's").
func (f *finding) mayEnd(from, to int, hits []atlas.Hit) bool {
	last := f.doc.Tokens[to-1].Form
	if hasUpper(last) {
		return true
	}
	if to == from+1 || !joined(f.doc, to-1) || !hasLetter(last) {
		return false
	}
	for _, h := range hits {
		if !isPossessive(last) || strings.ContainsAny(h.Name, "'’‘") {
			return true
		}
	}
	return false
}

// spelt drops the places that a short word in capitals is no spelling of: "EST"
// is an hour and no province, but "ROME" before a report is a town.
func (f *finding) spelt(hits []atlas.Hit, from, to int) []atlas.Hit {
	form := f.doc.Tokens[from].Form
	if to != from+1 || len(form) > 4 || !allCaps(form) {
		return hits
	}
	sentence := f.doc.Sentences[f.doc.SentenceOf(from)]
	if f.loud[f.doc.SentenceOf(from)] && f.shouted(sentence) {
		return f.shortOfLoud(hits, from, sentence)
	}
	if f.loud[f.doc.SentenceOf(from)] || from == sentence.From && f.doc.Tokens[from].Start == f.doc.Blocks[sentence.Block].Start {
		return hits
	}
	kept := hits[:0]
	for _, h := range hits {
		if h.Flag&atlas.AsWritten != 0 || h.Name == form {
			kept = append(kept, h)
		}
	}
	return kept
}

// shouted reports whether the words next to a sentence's beginning and end are
// all in capitals, as in old wire reports.
func (f *finding) shouted(s nlp.Sentence) bool {
	n, caps := 0, 0
	for i := s.From; i < s.To && n < 12; i++ {
		if form := f.doc.Tokens[i].Form; len(form) > 3 && hasLetter(form) {
			n++
			if allCaps(form) {
				caps++
			}
		}
	}
	return n > 0 && caps*10 >= n*8
}

// shortOfLoud drops the abbreviations where everything is in capitals: there
// "UP" and "IN" are words, and only "THE US" is a country.
func (f *finding) shortOfLoud(hits []atlas.Hit, from int, sentence nlp.Sentence) []atlas.Hit {
	kept := hits[:0]
	for _, h := range hits {
		if h.Flag&atlas.AsWritten != 0 {
			if f.g.atlas.Place(h.Place).Kind != atlas.Country {
				continue
			}
			if h.Name == "US" || h.Name == "CAR" {
				if from == sentence.From {
					continue
				}
				switch lowerForm(f.doc.Tokens[from-1]) {
				case "the", "in", "from", "by", "with":
				default:
					continue
				}
			}
		}
		kept = append(kept, h)
	}
	return kept
}

// mayBegin reports whether a place name may begin at token i: a capital, or an
// Arabic article before one ("al-Hasakah").
func (f *finding) mayBegin(i, end int) bool {
	t := f.doc.Tokens[i]
	if capitalised(t.Form) {
		return true
	}
	switch t.Form {
	case "al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ez":
		return i+2 < end && isHyphen(f.doc.Tokens[i+1].Form) && capitalised(f.doc.Tokens[i+2].Form)
	}
	return len(t.Form) > 3 && (t.Form[:3] == "al-" || t.Form[:3] == "el-") && capitalised(t.Form[3:])
}

// afterComma drops the names that need a town and a comma before them
// ("Springfield, Ill.") where there is none.
func (f *finding) afterComma(i int, options []option) []option {
	ok := false
	if i > 1 && f.doc.Tokens[i-1].Form == "," && len(f.spans) > 0 {
		ok = f.spans[len(f.spans)-1].to == i-1
	}
	if ok {
		return options
	}
	kept := options[:0]
	for _, o := range options {
		if o.flag&atlas.AfterComma == 0 {
			kept = append(kept, o)
		}
	}
	return kept
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
		// "Stroud, Ontario, Canada" but "Stroud, Ghana, Peru and Chile"
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

// mentions turns what was accepted into mentions, in text order.
func (f *finding) mentions() []Mention {
	out := make([]Mention, 0, len(f.spans))
	for i := range f.spans {
		s := &f.spans[i]
		m := Mention{From: s.from, To: s.to}
		switch {
		case s.site:
			m.Kind, m.Name = Site, f.doc.Span(s.from, s.to).Text
			f.locate(&m, s.where, news.PrecisionSite)
		case s.people != nil:
			m.Kind, m.Name, m.Country, m.Place = Nationality, s.people.name, news.Optional(s.people.country), s.people.place
			if c, ok := f.g.countries[s.people.country]; ok && c.Name == m.Name {
				m.GeoNames = c.GeoNames
			}
		case s.chosen >= 0:
			p := s.options[s.chosen].place
			place := f.g.place(p)
			m.Kind, m.Name, m.Country, m.GeoNames, m.Place = PlaceName, p.Name, news.Optional(p.Country), p.GeoNames, &place
			if p.Kind == atlas.Country {
				m.Kind = CountryName
			}
			m.Capital = f.isCapital(p, s.key)
			if m.Capital && f.standsForGovernment(s) {
				f.asGovernment(&m, f.g.capitals[s.key])
			}
		default: // a place that no table has
			m.Kind, m.Name = PlaceName, f.doc.Span(s.from, s.to).Text
			f.locate(&m, s.where, "")
		}
		out = append(out, m)
	}
	return out
}

// locate puts a mention that no table has at the place it lies in or near. An
// unknown village is no better known than its district, so it keeps the
// district's precision.
func (f *finding) locate(m *Mention, at *atlas.Place, as news.PlacePrecision) {
	if at == nil {
		return
	}
	place := f.g.place(*at)
	if as != "" && place.Precision != news.PrecisionCountry && place.Precision != news.PrecisionAdmin1 {
		place.Precision = as
	}
	m.Place, m.Country = &place, place.Country
}

// isCapital reports whether a town is the capital that its name says.
func (f *finding) isCapital(p atlas.Place, key string) bool {
	code, ok := f.g.capitals[key]
	return ok && p.Kind == atlas.City && (p.Country == code || contains(p.ClaimedBy, code)) &&
		(p.Rank == atlas.National || p.Population > 100_000 || f.g.countries[code].Population < 5_000_000)
}

// standsForGovernment reports whether a capital is the government's name in
// words: "the Kabul government". Whether a bare "Kabul" is one is for package
// who to say.
func (f *finding) standsForGovernment(s *span) bool {
	if s.to >= len(f.doc.Tokens) {
		return false
	}
	switch f.doc.Tokens[s.to].Form {
	case "government", "regime", "administration", "authorities", "leadership":
		return f.doc.SentenceOf(s.to) == f.doc.SentenceOf(s.from)
	}
	return false
}

func (f *finding) asGovernment(m *Mention, code string) {
	c := f.g.countries[code]
	m.Kind, m.Name, m.Country, m.GeoNames = CountryName, c.Name, news.Optional(code), c.GeoNames
	m.Place = &c.Place
}
