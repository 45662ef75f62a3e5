package where

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// unknownThreshold is the evidence that makes a place of a name that no table
// has: "in" and the tagger's word, or "the village of" alone.
const unknownThreshold = 2.3

// addUnknown adds the names that no table has and that the text presents as a
// place: "the village of Talmi", "Talmi district", "in Talmi, Norway", and what
// the tagger takes for one after "in" and the like.
func (f *finding) addUnknown() {
	var found []span
	next := 0
	for _, name := range f.doc.Names {
		sentence := f.doc.Sentences[f.doc.SentenceOf(name.From)]
		if name.Type != nlp.NamePlace && name.Type != nlp.NameOther || f.doc.Blocks[sentence.Block].Kind == news.BlockBoilerplate {
			continue
		}
		for next < len(f.spans) && f.spans[next].to <= name.From {
			next++
		}
		if next < len(f.spans) && f.spans[next].from < name.To {
			continue
		}
		s := span{from: name.From, to: name.To, inside: -1, foreign: -1, chosen: -1, key: atlas.Fold(f.doc.Span(name.From, name.To).Text)}
		for s.to+1 < sentence.To && isHyphen(f.doc.Tokens[s.to].Form) && joined(f.doc, s.to) && joined(f.doc, s.to+1) {
			s.to += 2 // "Pol-e-Charkhi", cut short
		}
		if last := f.doc.Tokens[s.to-1]; s.to-s.from > 1 && !capitalised(last.Form) {
			if _, ok := divisions[last.Form]; ok {
				s.to-- // "Musa Qala district"
			}
		}
		for s.to-s.from > 1 && days[f.doc.Tokens[s.to-1].Form] {
			s.to-- // "South Talmi Sunday"
		}
		if f.rejected[s.from] == s.to || s.to-s.from == 1 && f.noName(s.from) {
			continue
		}
		if last := f.doc.Tokens[s.to-1]; bodies[lowerForm(last)] || last.UPOS != "PROPN" && last.UPOS != "NOUN" {
			continue // "the Talmi Post", "Muslim-Christian violence"
		}
		if f.follows(s.from, sentence) {
			continue
		}
		if name.To > sentence.To || !f.mayBegin(name.From, sentence.To) || f.g.common[s.key]&commonWord != 0 || strings.ContainsAny(s.key, "0123456789") {
			continue
		}
		e := f.before(&s, sentence) + f.after(&s, sentence) + f.body(&s, sentence)
		if name.Type == nlp.NamePlace {
			e++
		}
		if after := f.outer(s.to, next, sentence); after != nil {
			s.where = after
			e++
		}
		if e >= unknownThreshold {
			found = append(found, s)
		}
	}
	if len(found) > 0 {
		f.spans = append(f.spans, found...)
		slices.SortFunc(f.spans, func(a, b span) int { return a.from - b.from })
	}
}

// noName reports whether a single word is no name of an unknown place: a month,
// a side, an abbreviation, a common noun, or somebody's surname in this text.
func (f *finding) noName(i int) bool {
	form := f.doc.Tokens[i].Form
	lower := lowerForm(f.doc.Tokens[i])
	return days[form] || compassOnly(lower) || len(form) <= 4 && allCaps(form) || strings.HasSuffix(form, ".") ||
		sites[lower] || features[lower] || bodies[lower] || titles[lower] || f.surnames[form]
}

// follows reports whether a capitalised word before token i seems to belong to
// the same name: "Dalai Lama".
func (f *finding) follows(i int, sentence nlp.Sentence) bool {
	if i-1 <= sentence.From {
		return false
	}
	t := f.doc.Tokens[i-1]
	_, lead := leadIn[lowerForm(t)]
	return capitalised(t.Form) && t.UPOS == "PROPN" && !lead && !days[t.Form] && !f.known(i-1)
}

// outer returns the known place that is set behind an unknown name: "Talmi,
// Norway", "Talmi district of Norway", "Talmi in Norway".
func (f *finding) outer(to, next int, sentence nlp.Sentence) *atlas.Place {
	if next >= len(f.spans) || f.spans[next].from >= sentence.To || f.spans[next].from > to+4 || f.spans[next].chosen < 0 {
		return nil
	}
	for i := to; i < f.spans[next].from; i++ {
		switch t := f.doc.Tokens[i]; t.Form {
		case ",", "in", "of", "(", "the":
		default:
			if _, ok := divisions[lowerForm(t)]; !ok {
				return nil
			}
		}
	}
	return &f.spans[next].options[f.spans[next].chosen].place
}

// featureAt returns the river, lake, island or the like whose head word is token
// i where no table has it: "Talmi River", "Lake Orvane". Both words are
// capitals; "the river" is nobody's name.
func (f *finding) featureAt(i, first int, sentence nlp.Sentence) (from, to int) {
	head := f.doc.Tokens[i]
	lower := lowerForm(head)
	if !capitalised(head.Form) || f.loud[f.doc.SentenceOf(i)] || f.known(i) {
		return 0, 0
	}
	if featureFirst[lower] && i+1 < sentence.To && head.UPOS == "PROPN" {
		if to := f.capitalRun(i+1, min(sentence.To, i+3)); to > i+1 {
			return i, to
		}
	}
	if !features[lower] {
		return 0, 0
	}
	from = i
	for from > first && i-from < 4 {
		t := f.doc.Tokens[from-1]
		if !capitalised(t.Form) || t.UPOS != "PROPN" || from-1 == sentence.From && leadIn[lowerForm(t)] != 0 {
			break
		}
		from--
	}
	if from == i || titles[lowerForm(f.doc.Tokens[from])] {
		return 0, 0
	}
	return from, i + 1
}
