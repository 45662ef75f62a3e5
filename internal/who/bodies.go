package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

// maxName is how many tokens a name reaches to either side of its noun.
const maxName = 14

// bodyNames finds names of bodies by the kind of body they name, with the
// capitals around it: "Harbour Workers' Union", "Ministry of Trade and
// Industry", "Front for the Liberation of the Islands".
func (a *article) bodyNames() []candidate {
	var out []candidate
	for s, sent := range a.doc.Sentences {
		if a.caps[s] {
			continue
		}
		for i := sent.From; i < sent.To; i++ {
			if a.skip[i] || !capitalised(a.doc.Tokens[i].Form) {
				continue
			}
			r := a.bodyNoun(i)
			if r == nil {
				if r = a.bandNoun(i, sent.From); r == nil {
					continue
				}
			}
			if w := a.lower(i); i == sent.From && r.class == groupClass && singular(w) != w && i+1 < sent.To && a.lower(i+1) == "of" {
				continue // "Rebels of the Harbour Front said"
			}
			from := a.bodyStart(i, sent.From)
			to := a.bodyEnd(i+1, sent.To)
			if to-from < 2 || a.isTitleHead(to, sent.To) || a.isPlaceName(from, to) {
				continue
			}
			// The last noun of the run says the kind: "Party Congress".
			for j := to - 1; j > i; j-- {
				if rr := a.bodyNoun(j); rr != nil && to == j+1 {
					r = rr
					break
				}
			}
			n := name{from: from, to: to, known: true, actor: -1, place: -1, kind: news.Organisation}
			if r.class == groupClass {
				n.kind = news.Group
			}
			out = append(out, candidate{n, fromHead})
			i = to - 1
		}
	}
	return out
}

// bodyNoun returns the role of a token that is the name of a kind of body.
func (a *article) bodyNoun(i int) *role {
	w := a.lower(i)
	r := a.lex.roles[w]
	if r == nil {
		r = a.lex.roles[singular(w)]
	}
	if w == "forces" && capitalised(a.doc.Tokens[i].Form) {
		r = a.lex.roles["armed forces"] // "Island Defence Forces"
	}
	if (r == nil || r.class == personClass) && i > 0 && capitalised(a.doc.Tokens[i-1].Form) && capitalised(a.doc.Tokens[i].Form) {
		r = a.lex.roles[a.lower(i-1)+" "+w] // "National Guard"
	}
	if r == nil || r.class != organisation && r.class != groupClass {
		return nil
	}
	switch a.doc.Tokens[i].UPOS {
	case "VERB", "AUX", "ADV", "ADP", "PRON":
		return nil
	}
	return r
}

// isPlaceName reports whether a run is wholly a place of two words or more:
// "West Bank", "Soviet Union".
func (a *article) isPlaceName(from, to int) bool {
	p := a.placeAt[to-1]
	return p >= 0 && a.places[p].To-a.places[p].From > 1 && a.places[p].From <= from && a.places[p].Kind != where.Site
}

// bandNoun returns the role of a capitalised plural of persons after another
// capital: "the Plateau Volunteers", "Island Tigers" name a group.
func (a *article) bandNoun(i, first int) *role {
	w := a.lower(i)
	if i-1 <= first || singular(w) == w || a.placeAt[i-1] >= 0 || !capitalised(a.doc.Tokens[i-1].Form) || a.headline(i) {
		return nil
	}
	if prev := a.doc.Tokens[i-1]; prev.UPOS != "PROPN" && prev.UPOS != "NOUN" || a.isModifier(i-1) || a.lex.roles[a.lower(i-1)] != nil {
		return nil
	}
	r := a.lex.roles[singular(w)]
	if r == nil || r.class != personClass {
		return nil
	}
	return &role{phrase: r.phrase, class: groupClass, sectors: r.sectors}
}

// bodyStart walks left over capitals, hyphens and the possessive of a plural
// ("Farmers' Party", "People's Front").
func (a *article) bodyStart(i, first int) int {
	from := i
	for j := i - 1; j >= first && j > i-maxName; j-- {
		t := a.doc.Tokens[j]
		switch {
		case t.Form == "-" || t.Form == "&":
			if j == first || !hasAlphanumeric(a.doc.Tokens[j-1].Form) {
				return from
			}
			continue
		case t.Form == "and":
			if start := a.pairedBefore(j, i, first); start >= 0 {
				return start
			}
			return from
		case t.Form == "'" || t.Form == "’" || (t.Form == "'s" || t.Form == "’s"):
			if j == first || !ownsParty[a.lower(j-1)] {
				return from
			}
			continue
		case !capitalised(t.Form):
			return from
		}
		if a.isCalendarWord(j) {
			return from
		}
		switch t.UPOS {
		case "DET", "ADP", "PRON", "VERB", "AUX", "ADV", "SCONJ", "CCONJ", "INTJ":
			return from
		}
		if j == first && t.UPOS != "PROPN" && t.UPOS != "ADJ" && t.UPOS != "NOUN" {
			return from
		}
		if r := a.lex.roles[a.lower(j)]; r != nil && r.class == personClass && !r.rank && j == first {
			// "President Front" is no body, "Prisoners Union" is.
			if singular(a.lower(j)) == a.lower(j) {
				return from
			}
		}
		from = j
	}
	return from
}

// pairedBefore returns the word that "and" at j pairs with the first word of a
// body's name: "the Land and Water Commission" is one body, "the Senate and
// the Water Commission", "Norway and Water Commission" are two; -1 for those.
// Only one or two plain words after an article, an owner or a people count.
func (a *article) pairedBefore(j, noun, first int) int {
	start := j
	for k := j - 1; k >= first && k >= j-2; k-- {
		t := a.doc.Tokens[k]
		if !capitalised(t.Form) || isAcronym(t.Form) || a.placeAt[k] >= 0 || a.bodyNoun(k) != nil || a.isCalendarWord(k) {
			break
		}
		if r := a.lex.roles[singular(a.lower(k))]; r != nil && (r.class == personClass || r.class == groupClass) || t.UPOS == "DET" || t.UPOS == "ADP" {
			break
		}
		if _, given := a.lex.given[a.lower(k)]; given {
			break
		}
		start = k
	}
	if start == j || start == first || noun-j > 3 || a.placeAt[j+1] >= 0 || a.inTables(start, j) || a.inTables(j+1, noun+1) {
		return -1
	}
	switch before := start - 1; {
	case a.lower(before) == "the", a.lower(before) == "its", a.lower(before) == "their", possessive(a.doc.Tokens[before].Form):
		return start
	case a.placeAt[before] >= 0 && a.places[a.placeAt[before]].Kind == where.Nationality:
		return start
	}
	return -1
}

// inTables reports whether a run of tokens is an actor of the tables.
func (a *article) inTables(from, to int) bool {
	w := a.wordAt[from]
	if w >= len(a.words) {
		return false
	}
	_, last := a.longestActor(w)
	return last >= 0 && a.words[last].token == to-1
}

// ownsParty are the nouns whose possessive stands inside a body's name.
var ownsParty = map[string]bool{
	"people": true, "peoples": true, "workers": true, "women": true, "men": true, "children": true,
	"farmers": true, "teachers": true, "lawyers": true, "doctors": true, "students": true, "writers": true,
	"nurses": true, "peasants": true, "miners": true, "dockers": true, "citizens": true, "soldiers": true,
	"veterans": true, "seafarers": true, "fishermen": true, "journalists": true, "lords": true, "lord": true,
	"martyrs": true, "prisoners": true, "families": true, "mothers": true, "youth": true, "nation": true,
	"traders": true, "drivers": true, "consumers": true, "employers": true, "officers": true, "engineers": true,
}

// bodyEnd walks right over capitals and over "of", "for", "and" between them.
func (a *article) bodyEnd(i, last int) int {
	to := i
	linked := false
	for j := i; j < last && j < i+maxName; j++ {
		t := a.doc.Tokens[j]
		switch w := a.lower(j); {
		case t.Form == "-" || t.Form == "–":
			if j+1 < last && a.doc.Tokens[j+1].Start == t.End {
				if capitalised(a.doc.Tokens[j+1].Form) {
					continue
				}
				// "Army-in-Exile"
				if k := j + 3; k < last && isSmallWord(a.lower(j+1)) && hyphen(a.doc.Tokens[j+2].Form) && capitalised(a.doc.Tokens[k].Form) && a.doc.Tokens[k].Start == a.doc.Tokens[j+2].End {
					j, to = k, k+1
					continue
				}
			}
			return to
		case w == "of" || w == "for" || w == "on":
			k := a.capitalAfter(j, last)
			if k < 0 || linked && w == "of" && a.placeAt[k] >= 0 {
				return to // "the Bank of Rosk of Norway": of Norway tells where
			}
			linked = true
			continue
		case w == "the":
			continue
		case w == "and" || w == "&":
			if !linked || a.capitalAfter(j, last) != j+1 || a.doc.Tokens[j-1].Form == "the" {
				return to
			}
			// "the Ministry of Trade and the Union": only a bare noun is
			// part of the name.
			if a.doc.Tokens[j+1].UPOS == "PROPN" && a.placeAt[j+1] >= 0 || a.bodyFollows(j+1, last) {
				return to
			}
			continue
		case !capitalised(t.Form) || a.isCalendarWord(j):
			return to
		}
		if j > i && linked && a.personBegins(j) && capitalised(a.doc.Tokens[j-1].Form) {
			return to
		}
		if t.UPOS == "VERB" && !linked || t.UPOS == "AUX" || t.UPOS == "PRON" || t.UPOS == "DET" {
			return to
		}
		if !linked && j > i-1 && a.bodyNoun(j) == nil && j == i && !(broadcasts[a.lower(i-1)] && !a.personBegins(j)) {
			// "Party Kilimo", "Operation": what follows a body's noun
			// without a link is seldom part of its name.
			return to
		}
		to = j + 1
	}
	return to
}

// broadcasts begin the names of stations: "Radio Kilimo".
var broadcasts = set("radio", "tv", "television", "channel", "televisión", "télé")

// bodyFollows reports whether the capitals from token i on name a body of
// their own.
func (a *article) bodyFollows(i, last int) bool {
	for j := i; j < last && j < i+6 && capitalised(a.doc.Tokens[j].Form); j++ {
		if a.bodyNoun(j) != nil {
			return true
		}
	}
	return false
}

// personBegins reports whether the tagger has a person's name from token i on.
func (a *article) personBegins(i int) bool {
	for _, n := range a.namesAround(i) {
		if n.From == i && n.Type == nlp.NamePerson {
			return true
		}
	}
	_, given := a.lex.given[a.lower(i)]
	return given && i+1 < len(a.doc.Tokens) && capitalised(a.doc.Tokens[i+1].Form) && a.placeAt[i] < 0 && a.bodyNoun(i+1) == nil
}

// capitalAfter returns the next token when it has a capital, skipping "the".
func (a *article) capitalAfter(j, last int) int {
	k := j + 1
	if k < last && a.lower(k) == "the" {
		k++
	}
	if k < last && capitalised(a.doc.Tokens[k].Form) && !a.isCalendarWord(k) {
		return k
	}
	return -1
}

// isTitleHead reports whether a person's title goes on after a body's noun:
// in "Police Chief Velin" the police is part of a role.
func (a *article) isTitleHead(i, last int) bool {
	if i < last && (a.doc.Tokens[i].Form == "-") {
		i++
	}
	if i >= last || !capitalised(a.doc.Tokens[i].Form) {
		return false
	}
	r := a.lex.roles[a.lower(i)]
	return r != nil && r.class == personClass
}

// spell walks left from token last and returns where the words begin whose
// initials are the acronym's letters, small words left out or not.
func (a *article) spell(acr string, last int) (int, bool) {
	letters := []rune(strings.ToLower(acr))
	w := a.wordAt[last+1] - 1
	k := len(letters) - 1
	best := -1
	for steps := 0; w >= 0 && steps < 14 && k >= 0; steps, w = steps+1, w-1 {
		word := a.words[w]
		if a.doc.SentenceOf(word.token) != a.doc.SentenceOf(last) {
			break
		}
		if first := []rune(word.text)[0]; first == letters[k] {
			k--
			best = word.token
			continue
		}
		if isSmallWord(word.text) || len(word.text) == 1 {
			continue
		}
		return 0, false
	}
	if k >= 0 || best < 0 || !capitalised(a.doc.Tokens[best].Form) {
		return 0, false
	}
	return best, true
}

func isSmallWord(w string) bool {
	switch w {
	case "of", "for", "the", "and", "on", "in", "to", "de", "la", "del", "du", "des", "y", "e", "al", "ul", "i", "against", "s", "with":
		return true
	}
	return false
}

// singular takes the plural ending off a noun, roughly: enough to look it up.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "men") && len(w) > 3:
		return w[:len(w)-3] + "man"
	case strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return w[:len(w)-1]
	}
	switch w {
	case "people":
		return "person"
	case "children":
		return "child"
	}
	return w
}
