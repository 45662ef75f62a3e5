package where

import (
	"strings"

	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

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
		if len(text) > maxBytes {
			break
		}
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
	for i := s.From; i < min(s.To, s.From+40) && n < 12; i++ {
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
