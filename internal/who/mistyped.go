package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

// surnames are the last words of the persons' full names that the tagger
// found: with a "Valeria London" about, "London said" is she.
func (a *article) surnames() map[string]bool {
	out := map[string]bool{}
	for _, t := range a.doc.Names {
		if t.To-t.From > 1 && t.To <= len(a.doc.Tokens) && (t.Type == nlp.NamePerson || a.givenFirst(t.From, t.To)) {
			out[a.lower(t.To-1)] = true
		}
	}
	for _, c := range a.splitPersons() {
		out[a.lower(c.to-1)] = true
	}
	return out
}

// splitPersons are persons' names that the tagger or the tables tore because
// their last word is a place's: "Veldis Paris said". The parse still has the
// two words as one name, and the person does what persons do.
func (a *article) splitPersons() []candidate {
	var out []candidate
	for _, m := range a.places {
		i := m.From
		if m.To-i != 1 || m.Kind != where.PlaceName || i == 0 || !a.sameBlock(i-1, i) || a.skip[i] {
			continue
		}
		t, prev := a.doc.Tokens[i], a.doc.Tokens[i-1]
		if !(nlp.IsRel(t.Deprel, "flat") && t.Head == i-1) || prev.UPOS != "PROPN" || !capitalised(prev.Form) || isAcronym(prev.Form) ||
			a.placeAt[i-1] >= 0 || placeFirst[a.lower(i-1)] || a.isModifier(i-1) || a.lex.roles[a.lower(i-1)] != nil || a.unnamed(i-1) {
			continue
		}
		if m.To < len(a.doc.Tokens) && (a.bodyNoun(m.To) != nil && capitalised(a.doc.Tokens[m.To].Form)) || a.bodyNoun(i-1) != nil {
			continue
		}
		if i >= 2 && capitalised(a.doc.Tokens[i-2].Form) && a.doc.Tokens[i-2].Head == i-1 || a.locative(i-1) {
			continue
		}
		if !a.speaksAt(i-1) && !a.titled(i-1) {
			continue
		}
		out = append(out, candidate{name{from: i - 1, to: i + 1, kind: news.Person, actor: -1, place: -1}, fromHead})
	}
	return append(out, a.speakingPlaces()...)
}

// speakingPlaces are persons' names that the tagger takes for a place's and no
// table has, where they do what only persons do: "Veldis Paris, who left the
// church, said".
func (a *article) speakingPlaces() []candidate {
	var out []candidate
	for _, t := range a.doc.Names {
		if t.Type != nlp.NamePlace || t.To-t.From < 2 || t.To-t.From > 3 || t.To > len(a.doc.Tokens) || a.skip[t.From] || a.caps[a.doc.SentenceOf(t.From)] ||
			placeFirst[a.lower(t.From)] || a.bodyInRest(t.From, t.To) || companyWords[a.lower(t.To-1)] || a.locative(t.From) {
			continue
		}
		plain := true
		for i := t.From; i < t.To; i++ {
			f := a.doc.Tokens[i].Form
			plain = plain && capitalised(f) && !isAcronym(f) && a.placeAt[i] < 0 && !a.isModifier(i) && a.lex.roles[a.lower(i)] == nil && !a.unnamed(i)
		}
		if !plain || !a.titled(t.From) && !a.speaksAt(t.From) && !a.speaksAt(a.headOf(t.From, t.To)) && !a.hasWho(t.To) {
			continue
		}
		out = append(out, candidate{name{from: t.From, to: t.To, kind: news.Person, actor: -1, place: -1}, fromHead})
	}
	return out
}

// agreeOnPlaces makes places of one-word names that the tagger takes for a
// person's or a body's in one sentence and for a place's in another, where one
// of them has it after "in", "from" and the like: "strikes on Talmi" and
// "evacuated from Talmi". Who acts, bears a title or has the word for a surname is no place.
func (a *article) agreeOnPlaces() {
	places, located := map[string]bool{}, map[string]bool{}
	bearers := a.lastNames()
	for _, n := range a.names {
		if n.to-n.from == 1 {
			form, is := a.doc.Tokens[n.from].Form, n.kind == news.PlaceEntity
			places[form] = places[form] || is
			located[form] = located[form] || a.locative(n.from)
		}
	}
	for i := range a.names {
		n := &a.names[i]
		form := a.doc.Tokens[n.from].Form
		if n.to-n.from == 1 && places[form] && located[form] && (n.kind == news.Person || n.kind == news.Organisation) && !n.known && n.actor < 0 &&
			!bearers[form] && !a.titled(n.from) && !nlp.IsRel(a.doc.Tokens[n.from].Deprel, "nsubj") {
			n.kind = news.PlaceEntity
		}
	}
}

// hasWho reports whether ", who" stands at token i.
func (a *article) hasWho(i int) bool {
	return i+1 < len(a.doc.Tokens) && a.comma(i) && a.lower(i+1) == "who"
}

// placeFirst begin the names of places.
var placeFirst = set("new", "old", "greater", "downtown", "central", "upper", "lower", "mount", "lake", "port", "fort", "saint", "san", "santa",
	"st", "el", "al", "la", "los", "las", "le", "de", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "city", "inner", "outer")

// titled reports whether a title or honorific stands right before a token.
func (a *article) titled(i int) bool {
	if i == 0 || !a.sameBlock(i-1, i) {
		return false
	}
	if _, ok := a.honorific(i - 1); ok {
		return true
	}
	r, _ := a.roleAt(i-1, a.doc.Sentences[a.doc.SentenceOf(i)].From)
	return r != nil && r.class == personClass
}

// knownPersons are the full names that the tagger takes for a person's where a
// title before them or a verb of saying bears it out. The same words are that
// person wherever they stand, though elsewhere they pass for a place.
func (a *article) knownPersons() map[string]bool {
	out := map[string]bool{}
	for _, t := range a.doc.Names {
		if t.Type != nlp.NamePerson || t.To > len(a.doc.Tokens) || a.skip[t.From] {
			continue
		}
		from := t.From
		for from < t.To {
			r, _ := a.roleAt(from, from)
			_, honorific := a.honorific(from)
			if !honorific && (r == nil || r.class != personClass) {
				break
			}
			from++
		}
		if t.To-from < 2 || t.To-from > 4 {
			continue
		}
		if from > t.From || a.titled(from) || a.speaksAt(a.headOf(from, t.To)) {
			out[strings.Join(a.folded[from:t.To], " ")] = true
		}
	}
	return out
}

// surnameHere reports whether a place's one-word name is a person's surname
// where it stands.
func (a *article) surnameHere(m where.Mention, surnames map[string]bool) bool {
	if m.To-m.From != 1 || m.Kind != where.PlaceName && m.Kind != where.CountryName || !surnames[a.lower(m.From)] {
		return false
	}
	if a.locative(m.From) {
		return false
	}
	if c := a.caseOf(m.From); m.Kind == where.PlaceName && (c == "by" || c == "with" || c == "against") {
		return true
	}
	t := a.doc.Tokens[m.From]
	next := ""
	if m.To < len(a.doc.Tokens) {
		next = a.doc.Tokens[m.To].Form
	}
	return m.Kind == where.PlaceName && (possessive(next) || nlp.IsRel(t.Deprel, "nsubj") || nlp.IsRel(t.Deprel, "obj")) || t.Deprel == "nsubj" && a.speaksAt(m.From)
}

// afterArticle reports whether what the tagger takes for a person's name stands
// with an article, as persons' names do not: "the Wazaro said". In "the Velin
// government" the article is the noun's.
func (a *article) afterArticle(from, to int) bool {
	if from == 0 || a.lower(from-1) != "the" || !a.sameBlock(from-1, from) || a.caps[a.doc.SentenceOf(from)] {
		return false
	}
	if _, given := a.lex.given[a.lower(from)]; given || a.lex.roles[a.lower(from)] != nil || a.isModifier(from) {
		return false
	}
	if _, ok := a.honorific(from); ok || to >= len(a.doc.Tokens) {
		return false
	}
	switch next := a.doc.Tokens[to]; next.UPOS {
	case "NOUN", "PROPN", "ADJ", "PART", "SYM":
		return false
	default:
		return !hyphen(next.Form) && !possessive(next.Form)
	}
}

// streetWords begin the names of streets and squares in other languages.
var streetWords = set("avenida", "calle", "rue", "plaza", "piazza", "praça", "praca", "rua", "paseo", "boulevard", "corso", "puente",
	"carretera", "ulitsa", "jalan", "barrio", "colonia", "parque", "palazzo")

// pastSyllable is where a name ends whose last part the tagger left off at a
// hyphen: the "ho" of "Kim Chol-ho", the "wen" of "Tsai Ing-wen". One syllable
// as Korean and Chinese have them counts, so that "Velin-led" is left alone.
func (a *article) pastSyllable(to int) int {
	t := a.doc.Tokens
	if to+1 >= len(t) || !hyphen(t[to].Form) || t[to].Start != t[to-1].End || t[to+1].Start != t[to].End || !syllable(t[to+1].Form) {
		return to
	}
	if to+2 < len(t) && hyphen(t[to+2].Form) && t[to+2].Start == t[to+1].End {
		return to
	}
	return to + 2
}

// eastAsianNames are persons' names of a surname and two syllables with a
// hyphen, which taggers cut anywhere: "Lee Min-ho", "Tsai Ing-wen".
func (a *article) eastAsianNames() []candidate {
	var out []candidate
	t := a.doc.Tokens
	for i := 0; i+3 < len(t); i++ {
		if !eastAsianSurnames[t[i].Form] || a.skip[i] || !hyphen(t[i+2].Form) || !capitalised(t[i+1].Form) || a.pastSyllable(i+2) != i+4 {
			continue
		}
		out = append(out, candidate{name{from: i, to: i + 4, kind: news.Person, known: true, actor: -1, place: -1}, fromHead})
	}
	return out
}

// eastAsianSurnames are the commonest of Korea and Taiwan.
var eastAsianSurnames = set("Kim", "Lee", "Park", "Choi", "Jung", "Jeong", "Chung", "Kang", "Cho", "Yoon", "Yun", "Jang", "Chang", "Lim", "Im",
	"Han", "Oh", "Seo", "Suh", "Shin", "Sin", "Kwon", "Hwang", "Ahn", "An", "Song", "Ryu", "Yoo", "Yu", "Hong", "Jeon", "Jun", "Ko", "Koh",
	"Moon", "Mun", "Son", "Sohn", "Yang", "Bae", "Pae", "Baek", "Paek", "Heo", "Hur", "Nam", "Shim", "Sim", "Noh", "Roh", "Ha", "Joo", "Chu",
	"Woo", "Min", "Ri", "Rhee", "Ban", "Pak", "Choe", "Ro", "Tsai", "Chen", "Lin", "Wang", "Huang", "Wu", "Liu", "Hsieh", "Hsu", "Lai", "Ma",
	"Hou", "Su", "Tseng", "Yeh", "Hung", "Chiang", "Chiu", "Lu", "Soong", "Pan", "Kao", "Cheng", "Chou", "Tai", "Kuo")

// syllable reports whether a small-letter word is one open or nasal syllable.
func syllable(w string) bool {
	switch w {
	case "run", "in", "on", "up", "a", "to", "by", "no", "non", "you", "me":
		return false
	}
	if len(w) < 2 || len(w) > 5 || !isLowerASCII(w) {
		return false
	}
	rest := strings.TrimLeft(w, "bcdfghjklmnpqrstwxyz")
	if len(w)-len(rest) > 2 {
		return false
	}
	coda := strings.TrimLeft(rest, "aeiouy")
	if len(coda) == len(rest) || len(rest)-len(coda) > 3 {
		return false
	}
	switch coda {
	case "", "n", "ng", "k", "m", "h", "p", "l", "w", "r":
		return true
	}
	return false
}

func isLowerASCII(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}
