package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// knownAs maps names that the text gives as another's second name to that
// other name, counted from 1.
func (a *article) knownAs() map[int]int {
	out := map[int]int{}
	for i := 1; i < len(a.names); i++ {
		n, prev := a.names[i], a.names[i-1]
		j := n.from - 1
		if j < 2 || n.place >= 0 || a.afterOf(prev) || n.from-prev.to > 8 || !a.sameBlock(prev.from, n.from) {
			continue
		}
		for j > prev.to && !hasAlphanumeric(a.doc.Tokens[j].Form) {
			j--
		}
		switch w := a.lower(j); {
		case w == "as" && a.lower(j-1) == "known":
			j -= 2
		case w == "alias" || w == "nicknamed" || w == "dubbed" || w == "aka":
			j--
		default:
			continue
		}
		for ; j >= prev.to; j-- {
			switch w := a.lower(j); w {
			case "better", "also", "commonly", "widely", "popularly", "locally", "otherwise", "formerly", "previously", "who", "is", "was", "best":
				continue
			default:
				if hasAlphanumeric(w) {
					j = -1
				}
			}
		}
		if j == prev.to-1 {
			out[i] = i
		}
	}
	return out
}

// afterOf reports a name that only says whose: "the leader of the Dawn Cartel,
// known as Kapo".
func (a *article) afterOf(n name) bool {
	j := n.from - 1
	if j > 0 && a.lower(j) == "the" {
		j--
	}
	return j >= 0 && (a.lower(j) == "of" || a.lower(j) == "for")
}

// mistaken finds the person whose full name the tagger took for a body's or a
// place's here and for a person's elsewhere; -1 where there is none.
func (a *article) mistaken(n *name, words []string) int {
	for _, e := range a.bearers(words[0]) {
		ent := a.entities[e]
		if ent.kind == news.Person && strings.Join(ent.words, " ") == strings.Join(words, " ") {
			n.kind = news.Person
			return e
		}
	}
	return -1
}

// fullPerson joins a name of two words or more to the person it agrees with.
func (a *article) fullPerson(words []string) int {
	words = dropSuffix(words)
	for _, w := range words {
		for _, e := range a.bearers(w) {
			ent := a.entities[e]
			if ent.kind == news.Person && samePerson(ent.words, words) {
				if len(words) > len(ent.words) {
					a.index(e, words, ent.words)
					ent.words = words
				}
				return e
			}
		}
	}
	e := a.newEntity(news.Person)
	a.entities[e].words = words
	a.index(e, words, nil)
	return e
}

// dropSuffix takes "Jr", "Sr" and Roman numbers off the end of a name.
func dropSuffix(words []string) []string {
	for len(words) > 2 {
		switch words[len(words)-1] {
		case "jr", "sr", "ii", "iii", "iv":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	return words
}

// samePerson reports whether two full names may be one person's: the last
// words agree and the first do or one is the other's initial, or the words of
// the shorter all stand in the longer, in order ("Asha Rao", "Asha Devi Rao",
// "Rao Asha Devi" is another).
func samePerson(x, y []string) bool {
	if len(x) < 2 || len(y) < 2 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if x[len(x)-1] == y[len(y)-1] && (x[0] == y[0] || initial(x[0], y[0])) {
		return true
	}
	k := 0
	for _, w := range y {
		if k < len(x) && (w == x[k] || initial(x[k], w)) {
			k++
		}
	}
	return k == len(x) && (x[0] == y[0] || x[len(x)-1] == y[len(y)-1])
}

func initial(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) == 1 && y != "" && x[0] == y[0]
}

// surname joins a one-word name to the person who bears it: the last one named
// in full before it, else the next one after ("Velin quits", then "Mara Velin").
func (a *article) surname(i int, w string) int {
	best, bestRank := -1, 0
	for _, e := range a.bearers(w) {
		ent := a.entities[e]
		if ent.kind != news.Person || a.givenOnly(i, w, e) {
			continue
		}
		rank := 1
		if len(ent.words) > 0 && ent.words[len(ent.words)-1] == w {
			rank = 2
		} else if len(ent.words) > 1 && (ent.words[0] == "mohammed" || ent.words[0] == "muhammad") && ent.words[0] == w {
			continue
		}
		if best < 0 || rank > bestRank {
			best, bestRank = e, rank
		} else if rank == bestRank && best != e {
			best = a.nearer(i, best, e)
		}
	}
	if best >= 0 {
		return best
	}
	e := a.newEntity(news.Person)
	a.entities[e].words = []string{w}
	a.byWord[w] = append(a.byWord[w], e)
	return e
}

// givenOnly reports whether name i, the given name w alone, means somebody else than
// the person e whose full name begins with it: one who is introduced by it ("Maria, a
// nurse at the ward, said"), or is named before e is ("Maria said there was no water.
// Maria Okello, the minister, denied it"). A headline may run ahead of its article, and
// "Kim" comes first in Korean names.
func (a *article) givenOnly(i int, w string, e int) bool {
	words := a.entities[e].words
	if len(words) < 2 || words[0] != w || words[len(words)-1] == w {
		return false
	}
	if _, given := a.lex.given[w]; !given || eastAsianSurnames[a.doc.Tokens[a.names[i].from].Form] {
		return false
	}
	n := &a.names[i]
	if t := a.doc.Tokens; n.to+2 < len(t) && t[n.to].Form == "," && (a.folded[n.to+1] == "a" || a.folded[n.to+1] == "an") {
		return true
	}
	if a.doc.BlockOf(n.from).Kind == news.BlockTitle {
		return false
	}
	for j := range i {
		if other := &a.names[j]; other.entity == e && other.to-other.from > 1 {
			return false
		}
	}
	return true
}

// firmShort joins one word that the tagger took for a person's name to the body
// that begins with it: "Skyguide" of "Skyguide North, a private company". A
// person of that name, a title, or a body called after one ("the Velin
// Foundation") forbid it; -1 then.
func (a *article) firmShort(n *name, words []string) int {
	if len(words) != 1 || n.known || n.title[1] > n.title[0] || n.gender != unknownGender || len(words[0]) < 4 {
		return -1
	}
	if _, given := a.lex.given[words[0]]; given {
		return -1
	}
	found := -1
	for _, e := range a.bearers(words[0]) {
		ent := a.entities[e]
		switch {
		case ent.kind == news.Person:
			return -1
		case (ent.kind == news.Organisation || ent.kind == news.Group) && len(ent.words) > 1 && ent.words[0] == words[0]:
			if r := a.lex.roles[ent.words[1]]; r != nil && r.class == organisation && !contains(r.sectors, "BUS") {
				return -1
			}
			found = e
		}
	}
	if found < 0 || !a.fullFirst(found, n) {
		return -1
	}
	n.kind = a.entities[found].kind
	return found
}

// fullFirst reports whether the first name of body e comes before every name
// that has the words of n: "Orvelane", and later its freighter "Orvelane Petrel",
// are two.
func (a *article) fullFirst(e int, n *name) bool {
	word := a.lower(n.from)
	for _, other := range a.names {
		if other.entity == e {
			return true
		}
		if other.to-other.from == 1 && a.lower(other.from) == word {
			return false
		}
	}
	return false
}

// nearer returns which of two persons was named last before name i; where
// neither was, which is named first after it.
func (a *article) nearer(i, x, y int) int {
	for j := i - 1; j >= 0 && j > i-200; j-- {
		if e := a.names[j].entity; e == x || e == y {
			return e
		}
	}
	for j := i + 1; j < len(a.names) && j < i+200; j++ {
		if e := a.names[j].entity; e == x || e == y {
			return e
		}
	}
	return x
}

// soleBearer returns the one person whose last name is w, or -1.
func (a *article) soleBearer(w string) int {
	found := -1
	for _, e := range a.bearers(w) {
		ent := a.entities[e]
		if ent.kind == news.Person && len(ent.words) > 0 && ent.words[len(ent.words)-1] == w {
			if found >= 0 && found != e {
				return -1
			}
			found = e
		}
	}
	return found
}
