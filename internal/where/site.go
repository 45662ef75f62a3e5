package where

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// maxSite bounds the length of a site's name in tokens.
const maxSite = 9

// addSites finds the named mosques, airports, embassies, prisons and the like:
// "Imambargah Nur", "Port Vale airport", "the Sanmar nuclear power plant". A
// place inside such a name gives it its position and is no mention of its own.
func (f *finding) addSites() {
	var found []span
	for _, sentence := range f.doc.Sentences {
		if f.doc.Blocks[sentence.Block].Kind == news.BlockBoilerplate {
			continue
		}
		last := sentence.From
		for i := sentence.From; i < sentence.To; i++ {
			from, to := f.siteAt(i, last, sentence)
			site := to > 0
			if !site {
				from, to = f.featureAt(i, last, sentence)
			}
			if to == 0 {
				continue
			}
			found = append(found, span{from: from, to: to, site: site, inside: -1, foreign: -1, chosen: -1})
			last = to
			i = to - 1
		}
	}
	if len(found) == 0 {
		return
	}
	f.placeSites(found)
	merged := make([]span, 0, len(f.spans)+len(found))
	for _, s := range f.spans {
		if !overlapsAny(found, s) {
			merged = append(merged, s)
		}
	}
	merged = append(merged, found...)
	slices.SortFunc(merged, func(a, b span) int { return a.from - b.from })
	f.spans = merged
}

// overlapsAny reports whether s shares a token with one of the sites, which are
// in text order.
func overlapsAny(sites []span, s span) bool {
	n, _ := slices.BinarySearchFunc(sites, s.from, func(x span, from int) int {
		if x.to <= from {
			return -1
		}
		return 1
	})
	return n < len(sites) && sites[n].from < s.to
}

// siteAt returns the site whose head word is token i, or 0, 0. No token before
// first may be used.
func (f *finding) siteAt(i, first int, sentence nlp.Sentence) (from, to int) {
	head := f.doc.Tokens[i]
	lower := lowerForm(head)
	if siteFirst[lower] && capitalised(head.Form) && i+1 < sentence.To {
		if to := f.capitalRun(i+1, sentence.To); to > i+1 && !f.loud[f.doc.SentenceOf(i)] {
			return i, to
		}
	}
	// A bare camp is a party's as often: "the Velin camp".
	if !sites[lower] && !(lower == "camp" && i > first && sitePart[f.doc.Tokens[i-1].Form]) {
		return 0, 0
	}
	from = i
	small := 0
	for from > first && i-from < maxSite {
		t := f.doc.Tokens[from-1]
		switch {
		case hasUpper(t.Form) && !days[t.Form] && (from-1 > sentence.From || t.UPOS == "PROPN" || t.UPOS == "" || f.known(from-1)):
			small = 0
		case from == i-small && small < 3 && sitePart[t.Form]:
			small++
		case isHyphen(t.Form) && joined(f.doc, from-1) && joined(f.doc, from) && from-1 > first:
		case siteInner[t.Form] && from < i && from-1 > first &&
			(capitalised(f.doc.Tokens[from-2].Form) || isHyphen(f.doc.Tokens[from-2].Form) && joined(f.doc, from-1)):
		default:
			return f.trimSite(from, i, small, sentence)
		}
		from--
	}
	return f.trimSite(from, i, small, sentence)
}

// vague are the heads that follow any capitalised word.
var vague = set(`market mine plant park tower square station base camp bridge terminal mall compound plaza tunnel`)

// siteInner are the small words inside a site's name: "Church of the", "Qasr-e-Nur".
var siteInner = set(`of de del da do la le el al ad an ar as e i y ul`)

// days are no names, though towns have them: "in March", "RIGA, Nov. 4".
var days = set(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
	September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Fri Sat Sun`)

// generic are capitalised words that make no name of a site by themselves: "an
// Air Force base".
var generic = set(`air force army naval navy military national central international regional general main state federal
	police security public district provincial city town local new old royal imperial coast guard marine corps
	shia shi'a shi’a shiite shi'ite shi’ite sunni ahmadi muslim christian catholic orthodox protestant coptic jewish hindu sikh buddhist`)

// sitePart are small words between a name and the head: "nuclear power plant".
var sitePart = set(`nuclear power international military naval air police bus railway train metro border central main
	refugee displacement grand general teaching memorial national domestic high-security maximum-security detention oil gas
	steel coal gold fish vegetable fruit cattle shopping rail subway cargo container army
	presidential royal papal labour labor internment displaced`)

// trimSite takes off what is no part of the name in front and decides whether
// there is a name at all.
func (f *finding) trimSite(from, head, small int, sentence nlp.Sentence) (int, int) {
	for from < head {
		t := f.doc.Tokens[from]
		lower := lowerForm(t)
		_, lead := leadIn[lower]
		if isHyphen(t.Form) || inner[t.Form] || lower == "the" || lower == "a" || lower == "an" || lead && from == sentence.From ||
			titles[lower] || from == sentence.From && t.UPOS != "PROPN" && t.UPOS != "" {
			from++
			continue
		}
		break
	}
	if from >= head-small {
		return 0, 0
	}
	if f.allGeneric(from, head-small) || titles[lowerForm(f.doc.Tokens[head-1])] {
		return 0, 0 // "an Air Force base", "President Park"
	}
	headForm := f.doc.Tokens[head].Form
	lower := toLower(headForm)
	if f.loud[f.doc.SentenceOf(head)] && (f.names[from] < 0 || f.names[from] != f.names[head-1] || f.doc.Names[f.names[from]].From < from) {
		return 0, 0 // where every word is a capital, only the tagger knows a name
	}
	// "an Israeli prison" is no name, but "the Norwegian embassy" is one.
	if !capitalised(headForm) && lower != "embassy" && lower != "consulate" {
		only := true
		for i := from; i < head-small; i++ {
			t := f.doc.Tokens[i]
			if _, ok := f.g.people[t.Form]; !ok && !compassOnly(lowerForm(t)) {
				only = false
			}
		}
		if only || f.isCountry(from, head-small) {
			return 0, 0
		}
		if vague[lower] && lower != "camp" && f.names[from] < 0 && !f.known(from) {
			return 0, 0 // "the United mine", but "the Talmi mine"
		}
		// "a Lahore hospital" is one of many.
		if s := f.spanAt(from); s != nil && s.from == from && s.to == head-small && from > sentence.From {
			switch lowerForm(f.doc.Tokens[from-1]) {
			case "a", "an", "one", "another", "some", "two", "three", "several":
				return 0, 0
			}
		}
	}
	to := head + 1
	// "Church of Saint Mara" goes on after its head.
	if capitalised(headForm) && to+1 < sentence.To && f.doc.Tokens[to].Form == "of" && (lower == "church" || lower == "cathedral") {
		if end := f.capitalRun(to+1, sentence.To); end > to+1 {
			to = end
		}
	}
	return from, to
}

func (f *finding) allGeneric(from, to int) bool {
	for i := from; i < to; i++ {
		if t := f.doc.Tokens[i]; capitalised(t.Form) && !generic[lowerForm(t)] {
			return false
		}
	}
	return true
}

// capitalRun returns the end of the capitalised words that begin at token i.
func (f *finding) capitalRun(i, end int) int {
	to := i
	for n := i; n < end && n < i+maxSite; n++ {
		t := f.doc.Tokens[n]
		switch {
		case capitalised(t.Form) && !days[t.Form] && (t.UPOS == "PROPN" || t.UPOS == "" || t.UPOS == "X"):
			to = n + 1
		case (isHyphen(t.Form) || inner[t.Form] && n > i && isHyphen(f.doc.Tokens[n-1].Form)) && joined(f.doc, n):
		case (t.Form == "al" || t.Form == "el") && n+1 < end && isHyphen(f.doc.Tokens[n+1].Form):
		default:
			return to
		}
	}
	return to
}

// known reports whether an accepted mention covers token i.
func (f *finding) known(i int) bool { return f.spanAt(i) != nil }

func (f *finding) spanAt(i int) *span {
	n, _ := slices.BinarySearchFunc(f.spans, i, func(s span, i int) int {
		if s.to <= i {
			return -1
		}
		return 1
	})
	if n < len(f.spans) && f.spans[n].from <= i {
		return &f.spans[n]
	}
	return nil
}

func (f *finding) isCountry(from, to int) bool {
	s := f.spanAt(from)
	return s != nil && s.from == from && s.to == to && s.chosen >= 0 && s.options[s.chosen].place.Kind == atlas.Country
}

// placeSites gives each site the place inside its name, else the one that
// follows in the sentence, else the nearest one before it there.
func (f *finding) placeSites(found []span) {
	for i := range found {
		s := &found[i]
		sentence := f.doc.Sentences[f.doc.SentenceOf(s.from)]
		for t := s.from; t < s.to && s.where == nil; t++ {
			s.where = f.knownPlace(t)
		}
		named := s.where
		if named != nil && f.far(*named, f.spanKey(s)) {
			s.where, named = nil, nil
		}
		if !s.site {
			s.where, named = nil, nil // the Talmi River need not flow through Talmi
		}
		for t := s.to; t < sentence.To && t < s.to+10; t++ {
			if p := f.knownPlace(t); p != nil {
				// "the Saint-Marc hospital in Oslo": a place of that name in
				// another country is not meant.
				if named == nil || named.Country != p.Country {
					s.where = p
				}
				break
			}
		}
		for t := s.from - 1; t >= sentence.From && t >= s.from-25 && s.where == nil; t-- {
			s.where = f.knownPlace(t)
		}
		for t := s.to; t < sentence.To && t < s.to+25 && s.where == nil; t++ {
			s.where = f.knownPlace(t)
		}
	}
}

// far reports whether a small town in a site's name is rather a namesake: its
// country is not that of which the article speaks most. Miraflores is a palace in
// Caracas and a town in half the countries around.
func (f *finding) far(p atlas.Place, key string) bool {
	if p.Kind != atlas.City && p.Kind != atlas.Admin2 || p.Population >= small && p.Rank != atlas.Part {
		return false
	}
	for country, n := range f.spoken {
		if country != p.Country && n > 1.2*(f.spoken[p.Country]-f.added[key]) && !contains(p.ClaimedBy, country) {
			return true
		}
	}
	return false
}

// spanKey is the key of the first place inside a site's name.
func (f *finding) spanKey(site *span) string {
	for t := site.from; t < site.to; t++ {
		if s := f.spanAt(t); s != nil && f.knownPlace(t) != nil {
			return s.key
		}
	}
	return ""
}

// knownPlace returns the place of the mention at token i, but no country and no
// region of several: these are no place for a building.
func (f *finding) knownPlace(i int) *atlas.Place {
	s := f.spanAt(i)
	if s == nil {
		return nil
	}
	p := s.where
	if s.chosen >= 0 {
		p = &s.options[s.chosen].place
	}
	if p == nil || p.Precision == atlas.AsCountry {
		return nil
	}
	return p
}
