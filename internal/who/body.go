package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where"
)

// body joins the name of a body, a work or a place of no table: to the same
// words, or to a longer name that begins or ends with them ("the Supreme
// Court" and "Supreme Court of Norway").
func (a *article) body(n *name, words []string) int {
	key := "name " + strings.Join(words, " ")
	if e, ok := a.byKey[key]; ok {
		return a.ofAnotherState(n, key, e)
	}
	if n.kind == news.PlaceEntity || n.kind == news.OtherEntity {
		if e := a.placeNamed(words); e >= 0 { // "the Jenin camp" is of Jenin
			a.byKey[key] = e
			return e
		}
	}
	if len(words) > 1 {
		if e := a.bodyLike(words); e >= 0 {
			a.byKey[key] = e
			return e
		}
	} else {
		// A single word may be a person's surname that the tagger mistook.
		if e := a.soleBearer(words[0]); e >= 0 {
			n.kind = a.entities[e].kind
			return e
		}
		if e := a.shortBody(words[0]); e >= 0 {
			return e
		}
		if r := a.bodyNoun(n.from); r != nil && n.kind == news.OtherEntity { // "the Senate"
			n.kind = news.Organisation
		}
	}
	e := a.newEntity(n.kind)
	a.entities[e].words = words
	a.entities[e].country = a.ownerCountry(n)
	a.byKey[key] = e
	if k := initials(words); k != "" {
		if _, taken := a.byKey["initials "+k]; !taken {
			a.byKey["initials "+k] = e
		}
	}
	a.index(e, words, nil)
	return e
}

// fillBodies makes names of capitals that nobody claimed where a small-letter
// noun behind them says what they are: "the Dignity bloc", and the two words or
// more of "Harbour Relief director-general Mara Velin".
func (a *article) fillBodies() {
	for s, sent := range a.doc.Sentences {
		if a.caps[s] || a.skip[sent.From] {
			continue
		}
		for i := sent.From + 1; i < sent.To; i++ {
			r, size := a.roleAt(i, sent.From)
			to := i - size + 1
			if r == nil || to <= sent.From || capitalised(a.doc.Tokens[to].Form) {
				continue
			}
			from := to
			for from > sent.From && to-from < 4 && a.loose(from-1) && a.nounUntitled(from-1) {
				from--
			}
			for from < to && a.isModifier(from) {
				from++
			}
			if from == to || a.guess(from, to) == news.Person {
				continue
			}
			switch {
			case selfNouns[r.phrase] && from > sent.From && a.doc.Tokens[from-1].UPOS == "DET":
			case r.class == personClass && to-from > 1 && r.phrase != "minister" && r.phrase != "secretary" && a.nameFollows(i, sent.To):
			default:
				continue
			}
			a.add(from, to, news.Organisation)
		}
	}
}

// nounUntitled reports a noun that is no title.
func (a *article) nounUntitled(i int) bool {
	if u := a.doc.Tokens[i].UPOS; u != "NOUN" && u != "PROPN" {
		return false
	}
	_, honorific := a.honorific(i)
	return !honorific && a.lex.roles[singular(a.lower(i))] == nil && !officeAdjectives[a.lower(i)]
}

// nameFollows reports whether a person's name stands right behind token i.
func (a *article) nameFollows(i, last int) bool {
	return i+1 < last && a.nameAt[i+1] >= 0 && a.names[a.nameAt[i+1]].kind == news.Person
}

// placeNamed returns the place that the tables know and the text names with
// just these words elsewhere, -1 where there is none.
func (a *article) placeNamed(words []string) int {
	full := strings.Join(words, " ")
	for _, e := range a.bearers(words[0]) {
		if ent := a.entities[e]; ent.kind == news.PlaceEntity && ent.place >= 0 && fold(a.places[ent.place].Name) == full {
			return e
		}
	}
	return -1
}

// ofAnotherState tells "Egypt's Foreign Ministry" from "Sudan's Foreign
// Ministry": given the entity of that name so far, it returns the one of the
// owner's country, made where there is none. Without an owner the last one
// named is meant.
func (a *article) ofAnotherState(n *name, key string, e int) int {
	code := a.ownerCountry(n)
	if !code.Known() || a.entities[e].actor >= 0 || !a.entities[e].country.Known() || a.entities[e].country == code {
		return e
	}
	full := key + " of " + string(code)
	other, ok := a.byKey[full]
	if !ok {
		other = a.newEntity(n.kind)
		a.entities[other].words, a.entities[other].country = a.entities[e].words, code
		a.byKey[full] = other
	}
	a.byKey[key+" of "+string(a.entities[e].country)] = e
	a.byKey[key] = other
	return other
}

// ownerCountry is the country whose possessive or people stand right before
// the name of a body.
func (a *article) ownerCountry(n *name) news.Optional {
	j := n.from - 1
	if j > 0 && possessive(a.doc.Tokens[j].Form) {
		j--
	}
	if j < 0 || a.placeAt[j] < 0 || !a.sameBlock(j, n.from) {
		return ""
	}
	if p := a.places[a.placeAt[j]]; p.Kind == where.CountryName || p.Kind == where.Nationality {
		return p.Country
	}
	return ""
}

// bodyLike returns the body of no table whose name begins or ends with these
// words, or the other way round; -1 where there is none or there are several.
func (a *article) bodyLike(words []string) int {
	found, looked := -1, 0
	for _, w := range words {
		for _, e := range a.bearers(w) {
			if looked++; looked > 60 {
				return found
			}
			ent := a.entities[e]
			if e == found || ent.actor >= 0 || ent.place >= 0 || ent.kind == news.Person || len(ent.words) < 2 {
				continue
			}
			if partOf(words, ent.words) || partOf(ent.words, words) {
				if found >= 0 {
					return -1
				}
				found = e
			}
		}
	}
	if found >= 0 && len(words) > len(a.entities[found].words) {
		a.index(found, words, a.entities[found].words)
		a.entities[found].words = words
	}
	return found
}

// shortBody returns the body or group last named in full whose name has w for
// its kind: "the Front" of the Northern Dawn Front, "the Volunteers"; -1 where
// there is none.
func (a *article) shortBody(w string) int {
	found := -1
	for _, e := range a.bearers(w) {
		ent := a.entities[e]
		if (ent.kind == news.Organisation || ent.kind == news.Group) && len(ent.words) > 1 && contains(ent.words, w) &&
			(ent.words[len(ent.words)-1] == w || a.lex.roles[w] != nil) {
			found = e
		}
	}
	return found
}

// partOf reports whether x ends y, or begins it before an "of": "Supreme
// Court" and "Supreme Court of Norway", not "Oslo University" and "Oslo
// University Hospital".
func partOf(x, y []string) bool {
	if len(x) >= len(y) {
		return false
	}
	begins, ends := true, true
	for i := range x {
		begins = begins && x[i] == y[i]
		ends = ends && x[i] == y[len(y)-len(x)+i]
	}
	return ends || begins && isSmallWord(y[len(x)])
}

// acronym joins an acronym to the body whose name the article gives with it
// or whose initials it is; else the acronym is a name of its own.
func (a *article) acronym(n *name, words []string) int {
	key := "name " + strings.Join(words, " ")
	if e, ok := a.byKey[key]; ok {
		return e
	}
	if long, ok := a.acronyms[a.doc.Span(n.from, n.to).Text]; ok {
		for i := long.to - 1; i >= long.from; i-- {
			if m := a.nameAt[i]; m >= 0 && a.names[m].entity >= 0 && a.names[m].to == long.to {
				a.byKey[key] = a.names[m].entity
				return a.names[m].entity
			}
		}
	}
	if len(words) == 1 && len(words[0]) >= 3 {
		if e, ok := a.byKey["initials "+words[0]]; ok {
			a.byKey[key] = e
			return e
		}
	}
	e := a.newEntity(n.kind)
	a.entities[e].words = words
	a.byKey[key] = e
	a.index(e, words, nil)
	return e
}

func initials(words []string) string {
	if len(words) < 3 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		if !isSmallWord(w) {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// countryInName is the country whose name or people stand in a body's name:
// "Kenyan Interior Ministry", "Bank of Norway".
func (a *article) countryInName(n *name) news.Optional {
	for i := n.from; i < n.to; i++ {
		if p := a.placeAt[i]; p >= 0 && (a.places[p].Kind == where.CountryName || a.places[p].Kind == where.Nationality) {
			return a.places[p].Country
		}
		if a.gaz == nil {
			continue
		}
		form := a.doc.Tokens[i].Form
		if code, ok := a.gaz.NationalityOf(form); ok {
			return news.Optional(code)
		}
		if i > n.from || n.to-n.from > 1 && a.bodyNoun(n.to-1) != nil { // "Bank of Norway", "Norway Assembly"
			for _, c := range a.gaz.Lookup(form) {
				if c.Kind == where.CountryName {
					return c.Country
				}
			}
		}
	}
	return ""
}
