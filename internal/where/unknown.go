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

// inAlone is the evidence of "in" and the like alone, enough for a single name
// that is nothing else.
const inAlone = 1.8

// standsIn reports whether the name of one word at token i follows "in" or "near"
// as places do, and no table knows it as a word or as anybody's name: "bombed
// positions in Talmi".
func (f *finding) standsIn(i int, sentence nlp.Sentence) bool {
	if i == sentence.From || f.doc.Tokens[i].UPOS != "PROPN" || f.loud[f.doc.SentenceOf(i)] {
		return false
	}
	switch f.doc.Tokens[i-1].Form {
	case "in", "near", "outside":
	default:
		return false
	}
	form := f.doc.Tokens[i].Form
	if _, ok := f.g.people[form]; ok || noGround[toLower(form)] || f.entrusted(i, sentence) {
		return false
	}
	return capitalised(form) && !allCaps(form) && hasLetter(form) && f.g.common[atlas.Fold(form)] == 0
}

// onlyStandsIn reports whether the name of one word at token i follows "in" or
// "near" wherever the text has it, so that no body acts by it: what the tagger
// takes for one in "bombed positions in Talmi" is a place.
func (f *finding) onlyStandsIn(i int) bool {
	if !f.standsIn(i, f.doc.Sentences[f.doc.SentenceOf(i)]) {
		return false
	}
	form := f.doc.Tokens[i].Form
	for _, name := range f.doc.Names {
		if f.doc.Tokens[name.To-1].Form == form && !f.standsIn(name.To-1, f.doc.Sentences[f.doc.SentenceOf(name.To-1)]) {
			return false
		}
	}
	return true
}

// entrusted reports whether the "in" before token i is that of a word that takes
// any object with it: "trust in Velin", "shares in Orvane", "dressed in Talmi".
func (f *finding) entrusted(i int, sentence nlp.Sentence) bool {
	return i-2 >= sentence.From && f.doc.Tokens[i-1].Form == "in" && abstract[lowerForm(f.doc.Tokens[i-2])]
}

// abstract are the words whose "in" leads to no place.
var abstract = set(`trust trusts trusted faith confidence confident belief believe believes believed believing interest interested
	invest invests invested investing investment investments investor investors share shares stake stakes holding holdings
	dressed clad role roles star stars starred starring increase increases rise rises drop drops fall falls decline surge
	slump gains losses written printed skilled fluent trading deal deals dealing specialised specialized specialises versed
	engaged involved participate participated compete competed hope hopes pride success cases`)

// noGround are names that follow "in" and are no place: languages, faiths,
// feasts, networks, contests, moneys.
var noGround = set(`arabic amharic bengali burmese chinese dari english french german greek hausa hebrew hindi italian japanese
	kinyarwanda korean kurdish latin malay mandarin nepali oromo pashto pashtu persian farsi polish portuguese punjabi romanian russian
	sindhi somali spanish swahili tagalog tamil telugu tigrinya turkish ukrainian urdu vietnamese yoruba zulu
	islam christianity judaism hinduism buddhism allah god jesus christ quran koran bible torah scripture
	ramadan muharram ramazan rajab shawwal lent advent easter christmas eid diwali navratri hajj
	facebook twitter instagram telegram whatsapp youtube tiktok bitcoin ethereum google apple netflix
	wimbledon eurovision olympics euros euro bundesliga ligue serie nascar congress parliament knesset duma senate bundestag
	photoshop braille morse`)

// addUnknown adds the names that no table has and that the text presents as a
// place: "the village of Talmi", "Talmi district", "in Talmi, Norway", and what
// the tagger takes for one after "in" and the like.
func (f *finding) addUnknown() {
	var found []span
	next := 0
	for _, name := range f.doc.Names {
		sentence := f.doc.Sentences[f.doc.SentenceOf(name.From)]
		if name.Type == nlp.NamePerson || f.doc.Blocks[sentence.Block].Kind == news.BlockBoilerplate {
			continue
		}
		if name.Type == nlp.NameOrganisation && (name.To-name.From > 1 || !f.onlyStandsIn(name.From)) {
			continue
		}
		if name.To-name.From > 1 && lowerForm(f.doc.Tokens[name.From]) == "the" {
			name.From++ // "the Talmi neighbourhood"
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
		if s.to < sentence.To && linkage[f.doc.Tokens[s.to-1].Form] && s.to-s.from > 2 && isHyphen(f.doc.Tokens[s.to-2].Form) && capitalised(f.doc.Tokens[s.to].Form) {
			s.to++ // "Bandar-e Jask"
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
		if !hasUpper(f.doc.Tokens[s.to-1].Form) {
			continue // "Western cities"
		}
		if last := f.doc.Tokens[s.to-1]; bodies[lowerForm(last)] || last.UPOS != "PROPN" && last.UPOS != "NOUN" {
			continue // "the Talmi Post", "Muslim-Christian violence"
		}
		if f.follows(s.from, sentence) || f.entrusted(s.from, sentence) {
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
		if f.afterPlace(s.from, found) {
			e += 1.5
		}
		if e >= unknownThreshold || e >= inAlone && name.To-name.From == 1 && f.standsIn(name.From, sentence) {
			found = append(found, s)
		}
	}
	f.merge(found)
	f.merge(f.presented())
	f.again()
}

// merge adds spans that share no token with the others.
func (f *finding) merge(found []span) {
	if len(found) > 0 {
		f.spans = append(f.spans, found...)
		slices.SortFunc(f.spans, func(a, b span) int { return a.from - b.from })
	}
}

// unit are the words that name a part of a body as often as a piece of land: "a
// division of Customs".
var unit = set(`department division agency subdivision port parish capital state states territory`)

// presented finds the unknown names that a word for a kind of place presents,
// whatever the tagger takes them for: "the villages of Talmi, Orvane and Kesh",
// "Talmi district".
func (f *finding) presented() []span {
	var found []span
	last := 0
	add := func(from, to int, sentence nlp.Sentence) {
		if to == from || from < last || f.taken(from, to) || f.rejected[from] == to || to-from == 1 && f.noName(from) {
			return
		}
		s := span{from: from, to: to, inside: -1, foreign: -1, chosen: -1}
		next, _ := slices.BinarySearchFunc(f.spans, to, func(s span, i int) int { return s.from - i })
		s.where = f.outer(to, next, sentence)
		found = append(found, s)
		last = to
	}
	for n, sentence := range f.doc.Sentences {
		if f.doc.Blocks[sentence.Block].Kind == news.BlockBoilerplate || f.loud[n] {
			continue
		}
		for i := sentence.From; i < sentence.To; i++ {
			form := f.doc.Tokens[i].Form
			if i > sentence.From && f.names[i] < 0 && f.standsIn(i, sentence) && f.capitalRun(i, sentence.To) == i+1 {
				add(i, i+1, sentence) // the tagger sees no name at all
			}
			singular := strings.TrimSuffix(form, "s")
			if stem, ok := strings.CutSuffix(form, "ies"); ok {
				singular = stem + "y"
			}
			d, ok := divisions[singular]
			if !ok || d == (division{}) || unit[form] {
				continue
			}
			if i+2 < sentence.To && f.doc.Tokens[i+1].Form == "of" {
				from, to := i+2, f.capitalRun(i+2, sentence.To)
				for to > from {
					add(from, to, sentence)
					from = to
					for from < sentence.To && from < to+2 && f.listed(from, from+1) {
						from++
					}
					if from == to {
						break
					}
					to = f.capitalRun(from, sentence.To)
				}
			}
			if strings.HasSuffix(form, "s") && (d.second || d.town) {
				for _, r := range f.listBefore(i, sentence.From) {
					add(r[0], r[1], sentence)
				}
				continue
			}
			if to := f.apposed(i, sentence.From); to > 0 && (d.town || d.second) && !f.headsMore(i+1, sentence.To) {
				from := to
				for from > sentence.From && from > to-4 && capitalised(f.doc.Tokens[from-1].Form) &&
					(f.doc.Tokens[from-1].UPOS == "PROPN" || f.doc.Tokens[from-1].UPOS == "NOUN" && from-1 > sentence.From) {
					from-- // taggers take names that they have never seen for nouns
				}
				add(from, to, sentence)
			}
			if d.second || d.first || form == "village" || form == "town" || form == "neighbourhood" || form == "neighborhood" {
				from := i
				for from > sentence.From && from > i-4 && capitalised(f.doc.Tokens[from-1].Form) && f.doc.Tokens[from-1].UPOS == "PROPN" {
					from--
				}
				if from > sentence.From || from < i && f.doc.Tokens[from].UPOS == "PROPN" {
					add(from, i, sentence)
				}
			}
		}
	}
	return found
}

// listBefore returns the names of a list that ends before token i, in text order:
// "the Talmi, Orvane and Kesh districts".
func (f *finding) listBefore(i, first int) [][2]int {
	var found [][2]int
	to := i
	for len(found) < 8 {
		from := to
		for from > first && from > to-4 && capitalised(f.doc.Tokens[from-1].Form) && f.doc.Tokens[from-1].UPOS == "PROPN" {
			from--
		}
		if from == to {
			break
		}
		found = append(found, [2]int{from, to})
		gap := 0
		for gap < 2 && from-gap-1 > first && f.listed(from-gap-1, from-gap) {
			gap++
		}
		if gap == 0 {
			break
		}
		to = from - gap
	}
	if len(found) < 2 {
		return nil // one name alone: "Talmi villages" may be people's
	}
	slices.Reverse(found)
	return found
}

// apposed returns the end of the name that token i explains, 0 where it does
// none: "Talmi, a small town near Orvane".
func (f *finding) apposed(i, first int) int {
	for k := i - 1; k > first && k >= i-5; k-- {
		switch t := f.doc.Tokens[k]; {
		case t.Form == "," && k < i-1:
			if a := f.doc.Tokens[k+1].Form; a != "a" && a != "an" && a != "the" {
				return 0
			}
			return k
		case t.UPOS == "ADJ", t.UPOS == "DET", t.UPOS == "NOUN", t.UPOS == "ADV", t.UPOS == "VERB", isHyphen(t.Form):
		default:
			return 0
		}
	}
	return 0
}

// headsMore reports whether token i goes on a phrase: "a city official" is no city.
func (f *finding) headsMore(i, end int) bool {
	if i >= end {
		return false
	}
	t := f.doc.Tokens[i]
	return t.UPOS == "NOUN" || t.UPOS == "PROPN" || isHyphen(t.Form) || isPossessive(t.Form)
}

// again adds the other mentions of unknown places that the text has presented
// once: what is a village in one sentence is it in the next, and lies where the
// first that says so puts it.
func (f *finding) again() {
	known := map[string]*atlas.Place{}
	unknown := func(s *span) bool { return s.people == nil && !s.site && s.chosen < 0 && s.to-s.from <= 3 }
	for i := range f.spans {
		if s := &f.spans[i]; unknown(s) {
			if name := f.doc.Span(s.from, s.to).Text; known[name] == nil {
				known[name] = s.where
			}
		}
	}
	for i := range f.spans {
		if s := &f.spans[i]; unknown(s) && s.where == nil {
			s.where = known[f.doc.Span(s.from, s.to).Text]
		}
	}
	if len(known) == 0 {
		return
	}
	var found []span
	for _, name := range f.doc.Names {
		where, ok := known[f.doc.Span(name.From, name.To).Text]
		if !ok || f.taken(name.From, name.To) || f.doc.BlockOf(name.From).Kind == news.BlockBoilerplate {
			continue
		}
		sentence := f.doc.Sentences[f.doc.SentenceOf(name.From)]
		if f.follows(name.From, sentence) || name.From > sentence.From && titles[trimStop(lowerForm(f.doc.Tokens[name.From-1]))] ||
			name.To < sentence.To && bodies[lowerForm(f.doc.Tokens[name.To])] {
			continue
		}
		found = append(found, span{from: name.From, to: name.To, inside: -1, foreign: -1, chosen: -1, where: where})
	}
	f.merge(found)
}

// taken reports whether a mention covers one of the tokens, or a word for
// people or an office does.
func (f *finding) taken(from, to int) bool {
	for i := from; i < to; i++ {
		t := f.doc.Tokens[i]
		if _, ok := f.g.people[t.Form]; ok || f.known(i) || titles[trimStop(lowerForm(t))] || bodies[lowerForm(t)] {
			return true
		}
	}
	return false
}

// afterPlace reports whether token i goes on a list of places: "the villages of
// Talmi, Orvane and Kesh".
func (f *finding) afterPlace(i int, found []span) bool {
	for gap := 1; gap <= 2 && i-gap > 0; gap++ {
		if !f.listed(i-gap, i) {
			return false
		}
		if len(found) > 0 && found[len(found)-1].to == i-gap {
			return true
		}
		if s := f.spanAt(i - gap - 1); s != nil && s.people == nil && s.to == i-gap {
			return true
		}
	}
	return false
}

// noName reports whether a single word is no name of an unknown place: a month,
// a side, an abbreviation, a common noun, or somebody's surname in this text.
func (f *finding) noName(i int) bool {
	form := f.doc.Tokens[i].Form
	lower := lowerForm(f.doc.Tokens[i])
	return days[form] || compassOnly(lower) || len(form) <= 4 && allCaps(form) || strings.HasSuffix(form, ".") ||
		sites[lower] || features[lower] || bodies[lower] || titles[lower] || f.surnames[form] ||
		f.g.common[atlas.Fold(form)]&commonBody != 0
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
	if next >= len(f.spans) || f.spans[next].from >= sentence.To || f.spans[next].from > to+4 || f.spans[next].from == to || f.spans[next].chosen < 0 {
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
	if city := f.capitalOf(next, sentence); city != nil {
		return city
	}
	return &f.spans[next].options[f.spans[next].chosen].place
}

// capitalOf returns the town that a country's name only leads to: Luanda in "the
// Cacuaco district of Angola's capital city Luanda".
func (f *finding) capitalOf(n int, sentence nlp.Sentence) *atlas.Place {
	if n+1 >= len(f.spans) || f.spans[n+1].from >= sentence.To || f.spans[n+1].chosen < 0 || !isPossessive(f.doc.Tokens[f.spans[n].to].Form) {
		return nil
	}
	town := false
	for i := f.spans[n].to + 1; i < f.spans[n+1].from; i++ {
		t := f.doc.Tokens[i]
		switch d := divisions[lowerForm(t)]; {
		case d.town:
			town = true
		case t.Form == ",", t.UPOS == "ADJ", t.UPOS == "NOUN":
		default:
			return nil
		}
	}
	if p := &f.spans[n+1].options[f.spans[n+1].chosen].place; town && p.Kind == atlas.City {
		return p
	}
	return nil
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
	if n := f.names[i]; n >= 0 && f.doc.Names[n].Type == nlp.NamePerson || f.g.common[atlas.Fold(f.doc.Tokens[from].Form)]&commonGiven != 0 {
		return 0, 0 // "Ida Forest"
	}
	if from == i || titles[lowerForm(f.doc.Tokens[from])] {
		return 0, 0
	}
	return from, i + 1
}
