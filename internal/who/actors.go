package who

import (
	"sort"
	"strings"

	"github.com/onrecord/onrecord/internal/nlp"
)

// actorNames finds the names of the actor tables, the longest at each place.
func (a *article) actorNames() []candidate {
	var out []candidate
	for w := 0; w < len(a.words); {
		id, last := a.longestActor(w)
		if last < 0 {
			w++
			continue
		}
		from, to := a.words[w].token, a.words[last].token+1
		act := a.lex.actors[a.lex.aliases[id].actor]
		if from+1 == to && a.lex.aliases[id].upper && a.rankHere(from) {
			w = last + 1
			continue
		}
		if from+1 == to && !a.lex.aliases[id].upper && a.partOfOther(from) {
			w = last + 1
			continue
		}
		out = append(out, candidate{name{from: from, to: to, kind: act.kind, known: true, actor: a.lex.aliases[id].actor, place: -1}, fromActor})
		w = last + 1
	}
	return out
}

// rankHere reports whether an acronym is the rank of the person named after
// it: the SP of "SP Ravi Menon" is no party, that of "SP president" is.
func (a *article) rankHere(i int) bool {
	r := a.lex.roles[a.lower(i)]
	if r == nil || !r.upper || i+1 >= len(a.doc.Tokens) || !a.sameBlock(i, i+1) {
		return false
	}
	form := a.doc.Tokens[i+1].Form
	return capitalised(form) && !isAcronym(form) && a.lex.roles[singular(a.lower(i+1))] == nil && !a.isModifier(i+1) && a.placeAt[i+1] < 0
}

// partOfOther reports whether a one-word name of a table is only a part of
// another name here: the newspaper's in "Northern Dawn", the group's in "Amal
// Haddad".
func (a *article) partOfOther(i int) bool {
	sent := a.doc.Sentences[a.doc.SentenceOf(i)]
	if j := i - 1; j >= sent.From && !a.caps[a.doc.SentenceOf(i)] {
		t := a.doc.Tokens[j]
		if capitalised(t.Form) && a.placeAt[j] < 0 && !isAcronym(t.Form) && !a.isCalendarWord(j) && !outside[t.Form] &&
			(t.UPOS == "PROPN" || t.UPOS == "ADJ" && !ranksOf[a.lower(j)]) && !a.isModifier(j) && a.lex.roles[a.lower(j)] == nil {
			return true
		}
	}
	for _, n := range a.namesAround(i) {
		if n.Type == nlp.NamePerson && n.To-n.From > 1 {
			return true
		}
	}
	return false
}

// ranksOf are adjectives that stand before the name of a group or body.
var ranksOf = set("former", "senior", "top", "new", "major", "local", "pro", "anti", "suspected", "alleged", "rival", "many", "several",
	"most", "some", "other", "more", "armed", "veteran", "young", "old", "defunct", "banned", "outlawed", "hardline", "key")

// namesAround are the tagger's names that cover a token.
func (a *article) namesAround(i int) []nlp.Name {
	k := sort.Search(len(a.doc.Names), func(k int) bool { return a.doc.Names[k].To > i })
	if k < len(a.doc.Names) && a.doc.Names[k].From <= i {
		return a.doc.Names[k : k+1]
	}
	return nil
}

// longestActor returns the alias that matches the most words from word w on,
// and its last word; -1, -1 where none does.
func (a *article) longestActor(w int) (int, int) {
	if w > 0 && a.words[w-1].token == a.words[w].token {
		return -1, -1 // inside a token
	}
	best, last := -1, -1
	node := a.lex.names
	for i := w; i < len(a.words); i++ {
		if i > w && a.doc.SentenceOf(a.words[i].token) != a.doc.SentenceOf(a.words[w].token) {
			break
		}
		if i > w && a.words[i].token > a.words[i-1].token+1 && !a.joined(a.words[i-1].token, a.words[i].token) {
			break
		}
		if node = node.child(a.words[i].text); node == nil {
			break
		}
		if i+1 < len(a.words) && a.words[i+1].token == a.words[i].token {
			continue
		}
		if id := a.choose(node.values, w); id >= 0 {
			best, last = id, i
		}
	}
	return best, last
}

// joined reports whether only hyphens and apostrophes stand between two tokens.
func (a *article) joined(i, j int) bool {
	for k := i + 1; k < j; k++ {
		switch a.doc.Tokens[k].Form {
		case "-", "–", "‑", "'", "’", "/", ".":
		default:
			return false
		}
	}
	return true
}

// choose picks among the aliases that end at one word the one whose capitals
// agree and whose country the article names most; -1 where none will do.
func (a *article) choose(ids []int, from int) int {
	best, bestScore := -1, 0
	if id := a.chooseListed(ids, from); id >= 0 {
		return id
	}
	for _, id := range ids {
		al := a.lex.aliases[id]
		act := a.lex.actors[al.actor]
		if al.listed || !a.capsAgree(al, from) {
			continue
		}
		if al.short {
			if long, defined := a.acronyms[a.doc.Tokens[a.words[from].token].Form]; defined && al.upper && long.actor != al.actor {
				continue // the article says itself what it stands for
			}
		}
		score := 2
		switch {
		case act.country.Known() && a.counts[string(act.country)] > 0:
			score = 3 + a.counts[string(act.country)]
		case act.country.Known() && len(act.country) == 3 && act.country != "IGO" && act.country != "NGO" && act.country != "MNC":
			score = 1
			if act.party || al.home {
				score = 0
			}
		}
		if score > bestScore {
			best, bestScore = id, score
		}
	}
	return best
}

func (a *article) capsAgree(al alias, from int) bool {
	for k, caps := range al.caps {
		w := a.words[from+k]
		form := a.doc.Tokens[w.token].Form
		if caps && !capitalised(form) && !(k > 0 && from+k > 0 && a.words[from+k-1].token == w.token) {
			return false
		}
		if al.upper && !isAcronym(form) && len(al.caps) == 1 && !upperDotted(form) {
			return false
		}
	}
	if len(al.caps) == 1 && !al.caps[0] {
		return false
	}
	if i := a.words[from].token; al.the && (i == 0 || a.lower(i-1) != "the") {
		return false
	}
	// A single capital word at the start of a sentence may be any word.
	if len(al.caps) == 1 && !al.upper && !strings.ContainsAny(a.words[from].text, "0123456789") { // but "M23"
		i := a.words[from].token
		t := a.doc.Tokens[i]
		if t.UPOS != "PROPN" && t.UPOS != "X" && (i == a.doc.Sentences[a.doc.SentenceOf(i)].From || a.caps[a.doc.SentenceOf(i)]) {
			return t.UPOS == "NOUN" && !a.caps[a.doc.SentenceOf(i)]
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" || t.UPOS == "ADV" || t.UPOS == "PRON" || t.UPOS == "ADP" {
			return false
		}
	}
	return true
}

func upperDotted(form string) bool {
	for _, r := range form {
		if r != '.' && r != '-' && r != '/' && r != '+' && r != '&' && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
