package who

import (
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

// taggedNames takes the tagger's names, cut where two were run together.
func (a *article) taggedNames() []candidate {
	var out []candidate
	for _, t := range a.cutNames() {
		from, to := a.trim(t.From, t.To)
		if from < to-1 && t.Type == nlp.NameOrganisation && selfNouns[a.doc.Tokens[to-1].Form] && capitalised(a.doc.Tokens[to-2].Form) {
			to-- // "the Horizon party"
		}
		if from >= to || !a.nameLike(from, to) {
			continue
		}
		// "Asha Holm-Rao" that the tagger cut at the hyphen.
		if k := len(out) - 1; k >= 0 && t.Type == nlp.NamePerson && out[k].kind == news.Person && out[k].to+1 == from &&
			hyphen(a.doc.Tokens[from-1].Form) && a.doc.Tokens[from-1].Start == a.doc.Tokens[from-2].End && a.doc.Tokens[from].Start == a.doc.Tokens[from-1].End {
			out[k].to = to
			continue
		}
		if to-from == 1 && feasts[a.lower(from)] && !a.speaksAt(from) {
			continue
		}
		n := name{from: from, to: to, actor: -1, place: -1}
		switch t.Type {
		case nlp.NamePerson:
			n.kind = news.Person
			if to-from == 1 && isAcronym(a.doc.Tokens[from].Form) && !a.caps[a.doc.SentenceOf(from)] {
				n.kind = news.Organisation
			}
		case nlp.NameOrganisation:
			n.kind = news.Organisation
			if to-from == 1 && notBodies[a.doc.Tokens[from].Form] {
				n.kind = news.OtherEntity
			}
		case nlp.NamePlace:
			n.kind = news.PlaceEntity
		default:
			n.kind = news.OtherEntity
		}
		if n.kind == news.Person && to-from >= 2 {
			n.to = a.pastSyllable(to)
		}
		if code, ok := a.nationality(from, to); ok {
			n.kind, n.nation, n.known, n.code = news.Country, true, true, code
			out = append(out, candidate{n, fromPlace})
			continue
		}
		if n.kind != news.Person && a.givenFirst(from, to) {
			n.kind = news.Person
		}
		if n.kind != news.Country && !a.caps[a.doc.SentenceOf(from)] && a.companyGoesOn(to) {
			n.to, n.kind = to+1, news.Organisation // "Kalvo | Mining said"
			out = append(out, candidate{n, fromTagger})
			continue
		}
		if (n.kind == news.Person || n.kind == news.PlaceEntity) && to-from >= 2 && companyWords[a.lower(to-1)] {
			n.kind = news.Organisation
		}
		if n.kind == news.Person && a.afterArticle(from, to) {
			n.kind = news.OtherEntity
			if h := a.headOf(from, to); nlp.IsRel(a.doc.Tokens[h].Deprel, "nsubj") && stateVerbs[a.headLemma(a.doc.Tokens[h].Head)] {
				n.kind = news.Group
			}
		}
		if n.kind == news.Person && to-from >= 2 && streetWords[a.lower(from)] {
			n.kind = news.PlaceEntity
		}
		strength := fromTagger
		if n.kind == news.Person && a.holdsPlaceAsName(from, to) {
			strength = fromHead
		}
		out = append(out, candidate{n, strength})
	}
	return out
}

// feasts are times of the year that some persons are called too.
var feasts = set("muharram", "ramadan", "ramazan", "rajab", "shawwal", "safar", "ashura", "eid", "diwali", "christmas", "easter", "lent", "advent",
	"nowruz", "hanukkah", "passover", "hajj", "tet", "carnival", "epiphany", "pentecost")

// companyWords end companies' names and no surnames.
var companyWords = set("mining", "shipping", "airways", "airlines", "holdings", "motors", "industries", "petroleum", "pharmaceuticals",
	"telecom", "telecoms", "logistics", "technologies", "energy", "partners", "capital", "ventures", "aerospace", "electronics", "foods", "images",
	"inc", "ltd", "llc", "plc", "corp", "gmbh", "ag", "sa")

// companyGoesOn reports whether the word at token i ends the name of a company
// that the tagger cut before it.
func (a *article) companyGoesOn(i int) bool {
	if i >= len(a.doc.Tokens) || !companyWords[a.lower(i)] || !capitalised(a.doc.Tokens[i].Form) || !a.sameBlock(i-1, i) || a.doc.SentenceOf(i-1) != a.doc.SentenceOf(i) {
		return false
	}
	for _, n := range a.namesAround(i) {
		if n.From == i {
			return false
		}
	}
	if i+1 >= len(a.doc.Tokens) || !capitalised(a.doc.Tokens[i+1].Form) {
		return true
	}
	r, _ := a.roleAt(i+1, i+1)
	return r == nil // not "Norway Energy Minister"
}

// cutNames are the tagger's names, cut where it ran two together: at an owner
// ("Solheim's Odd Lien") and at a small word in a person's name.
func (a *article) cutNames() []nlp.Name {
	out := make([]nlp.Name, 0, len(a.doc.Names))
	for _, t := range a.doc.Names {
		if t.From >= t.To || t.To > len(a.doc.Tokens) || a.skip[t.From] {
			continue
		}
		from := t.From
		for i := t.From + 1; i+1 < t.To; i++ {
			form := a.doc.Tokens[i].Form
			cut := possessive(form) && !ownsParty[a.lower(i-1)] && a.bodyNoun(t.To-1) == nil && t.Type != nlp.NamePlace
			if t.Type == nlp.NamePerson && outside[form] {
				cut = true
			}
			if cut {
				kind := t.Type
				if possessive(form) && kind == nlp.NamePerson {
					kind = nlp.NameOther // whose it is need not be a person
				}
				out = append(out, nlp.Name{From: from, To: i, Type: kind})
				from = i + 1
			}
		}
		out = append(out, nlp.Name{From: from, To: t.To, Type: t.Type})
	}
	return out
}

// nationality returns the country of a word for its people that the places
// do not have, as when the tagger took it for a person.
func (a *article) nationality(from, to int) (string, bool) {
	if a.gaz == nil || to-from != 1 {
		return "", false
	}
	return a.gaz.NationalityOf(a.doc.Tokens[from].Form)
}

// givenFirst reports whether a run of two or three capitals begins with a
// given name and does not end like a body or a site.
func (a *article) givenFirst(from, to int) bool {
	if to-from < 2 || to-from > 3 || a.bodyInRest(from+1, to) {
		return false
	}
	for i := from; i < to; i++ {
		if f := a.doc.Tokens[i].Form; !capitalised(f) || isAcronym(f) || a.placeAt[i] >= 0 && i < to-1 {
			return false
		}
	}
	_, ok := a.lex.given[a.lower(from)]
	return ok
}

// nameLike refuses runs without a capital, numbers and lone function words.
func (a *article) nameLike(from, to int) bool {
	capital := false
	for i := from; i < to; i++ {
		if capitalised(a.doc.Tokens[i].Form) && !a.unnamed(i) {
			capital = true
		}
	}
	if !capital {
		return false
	}
	if to-from > 1 {
		return true
	}
	t := a.doc.Tokens[from]
	switch t.UPOS {
	case "PRON", "DET", "AUX", "VERB", "ADP", "CCONJ", "SCONJ", "PART", "NUM", "PUNCT", "INTJ", "ADV":
		return false
	}
	if honorificOnly(a.lower(from)) {
		return false
	}
	return utf8.RuneCountInString(fold(t.Form)) > 1
}

func honorificOnly(w string) bool {
	_, ok := honorifics[w]
	return ok
}

// holdsPlaceAsName reports whether a person's name of two or three words has a
// place's name for its first or last ("Paris Hilton", "Asha London") and no
// title that would make the place an owner ("Norway Minister Velin").
func (a *article) holdsPlaceAsName(from, to int) bool {
	if to-from < 2 || to-from > 3 {
		return false
	}
	for i := from; i < to; i++ {
		if !capitalised(a.doc.Tokens[i].Form) {
			return false
		}
		if r := a.lex.roles[a.lower(i)]; r != nil && r.class == personClass {
			return false
		}
	}
	for i := from; i < to; i++ {
		if p := a.placeAt[i]; p >= 0 {
			m := a.places[p]
			if m.From >= from && m.To <= to && m.To-m.From < to-from && m.Kind == where.PlaceName {
				return true
			}
		}
	}
	return false
}
