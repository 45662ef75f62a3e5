package who

import (
	"math"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// pronounKind is what a pronoun says of whom it means.
type pronounKind struct {
	gender gender
	plural bool
	person bool // a human being
	poss   bool
}

var pronouns = map[string]pronounKind{
	"he": {gender: male, person: true}, "him": {gender: male, person: true}, "himself": {gender: male, person: true},
	"his": {gender: male, person: true, poss: true},
	"she": {gender: female, person: true}, "her": {gender: female, person: true}, "herself": {gender: female, person: true},
	"hers": {gender: female, person: true, poss: true},
	"they": {plural: true}, "them": {plural: true}, "themselves": {plural: true}, "their": {plural: true, poss: true}, "theirs": {plural: true, poss: true},
	"it": {}, "itself": {}, "its": {poss: true},
}

// pronoun returns whom a pronoun means, or -1. The first and second person
// are left to said, which knows the speaker.
func (a *article) pronoun(i int, memory []past) int {
	w := a.lower(i)
	if w == "who" || w == "which" || w == "whose" || w == "whom" {
		return a.relative(i)
	}
	k, ok := pronouns[w]
	if !ok {
		return -1
	}
	if w == "her" && a.doc.Tokens[i].Deprel == "nmod:poss" {
		k.poss = true
	}
	if w == "it" && a.pleonastic(i) {
		return -1
	}
	return a.antecedent(i, k, memory)
}

// relative returns what the clause of a relative pronoun hangs on: "the
// minister, who said".
func (a *article) relative(i int) int {
	for j, steps := i, 0; j >= 0 && steps < 6; j, steps = a.doc.Tokens[j].Head, steps+1 {
		t := a.doc.Tokens[j]
		if nlp.IsRel(t.Deprel, "acl") && t.Head >= 0 && t.Head < i {
			return a.entityOfHead(t.Head)
		}
	}
	return -1
}

// entityOfHead is the entity of the name or description that a token heads.
func (a *article) entityOfHead(h int) int {
	if n := a.nameAt[h]; n >= 0 {
		return a.names[n].entity
	}
	if q := a.phraseAt[h]; q >= 0 {
		return a.phrases[q].entity
	}
	for _, t := range a.doc.Children(h) { // the name after a title that is the head
		if n := a.nameAt[t]; n >= 0 && a.names[n].title[0] <= h && h < a.names[n].title[1] {
			return a.names[n].entity
		}
	}
	return -1
}

// pleonastic finds the "it" that means nobody: "it is clear that", "it rained",
// "it was reported".
func (a *article) pleonastic(i int) bool {
	t := a.doc.Tokens[i]
	if t.Deprel == "expl" || a.reportedThat(i) {
		return true
	}
	h := t.Head
	if h < 0 {
		return true
	}
	children := a.doc.Children(h)
	for _, c := range children[:min(len(children), 40)] {
		d := a.doc.Tokens[c].Deprel
		if nlp.IsRel(d, "csubj") || d == "expl" {
			return true
		}
		if t.Deprel == "nsubj:pass" && d == "ccomp" {
			return true
		}
		if c > h && (d == "ccomp" || d == "advcl" || d == "xcomp") && a.doc.Tokens[h].UPOS == "ADJ" {
			return true // "it is important to", "it is clear that"
		}
	}
	switch a.headLemma(h) {
	case "rain", "snow", "seem", "appear", "turn", "happen", "matter", "take", "clear", "likely", "unclear", "possible", "time", "true":
		return true
	}
	return false
}

// reportedThat reports an "it" that stands for the "that" clause of what is said
// or held, read from the words: "It was reported at the time that he had left".
func (a *article) reportedThat(i int) bool {
	sent := a.doc.Sentences[a.doc.SentenceOf(i)]
	j := i + 1
	for ; j < sent.To && j < i+5; j++ {
		if u := a.doc.Tokens[j].UPOS; u != "AUX" && u != "ADV" && u != "PART" && a.lower(j) != "since" {
			break
		}
	}
	if j >= sent.To || j == i+1 || a.doc.Tokens[j].XPOS != "VBN" {
		return false
	}
	switch a.headLemma(j) {
	case "report", "say", "believe", "allege", "claim", "think", "rumour", "rumor", "announce", "understand", "hope", "fear", "feel",
		"agree", "decide", "know", "suggest", "expect", "assume", "suspect", "reveal", "disclose", "confirm", "estimate", "note":
	default:
		return false
	}
	for k := j + 1; k < sent.To && k < j+8; k++ {
		if a.lower(k) == "that" {
			return true
		}
		switch a.doc.Tokens[k].UPOS {
		case "SCONJ", "VERB", "AUX":
			return false
		}
	}
	return false
}

// Weights of an antecedent's score, set by hand on GUM news, interview and bio
// (training part), where the optimum is flat.
const (
	perSentence  = 0.9  // less for each sentence between
	perRival     = 0.15 // less for each candidate nearer
	forSubject   = 1.2
	acrossQuotes = 0.7 // less when only one of the two is quoted
	forTopic     = 0.5 // for each e-fold of mentions so far
)

// rival is a candidate looked at: the sentence of its last mention, and how
// many were mentioned after it.
type rival struct{ sentence, rank int }

// antecedent looks back for the likeliest thing that agrees with a pronoun:
// near, a subject, often mentioned, on the same side of the quotation marks.
func (a *article) antecedent(i int, k pronounKind, memory []past) int {
	sentence := a.doc.SentenceOf(i)
	t := a.doc.Tokens[i]
	best, bestScore := -1, -6.0
	seen := map[int]rival{}
	ranks := 0
	speech := nlp.IsRel(t.Deprel, "nsubj") && t.Head >= 0 && speaks[a.headLemma(t.Head)]
	for m, steps := len(memory)-1, 0; m >= 0 && steps < lookBack/3; m, steps = m-1, steps+1 {
		c := memory[m]
		distance := sentence - c.sentence
		if distance > 6 && !(k.person && distance <= 14) {
			break
		}
		if c.from >= i || c.to > i {
			continue
		}
		known, again := seen[c.entity]
		if again && known.sentence != c.sentence {
			continue // an older mention says no more
		}
		if !a.agrees(k, c, speech) || a.sameClause(i, k, c) {
			continue
		}
		rank := ranks
		if again {
			rank = known.rank
		} else {
			ranks++
			if c.entity >= 0 {
				seen[c.entity] = rival{c.sentence, rank}
			}
		}
		score := -perSentence*float64(min(distance, 4)) - perRival*float64(rank)
		if distance > 4 {
			score -= 0.2 * float64(distance-4)
		}
		if c.subject && !a.inRelative(c, i) || speech && a.accordingTo(c) {
			score += forSubject
		}
		if a.addressed(c, i) {
			score += forSubject + 0.3
		}
		if a.quoted[i] != c.quoted {
			if a.quoted[i] {
				score -= 0.4
			} else {
				score -= acrossQuotes
				if speech && distance == 0 {
					score -= 1.5 // "“The witness was never here,” he said": who speaks is not whom the words name
				}
			}
		}
		if a.quoted[i] && k.person && !c.quoted && c.subject && a.speaksAt(c.head) && distance <= 1 {
			score -= 1.5 // the speaker says "I"
		}
		if c.entity >= 0 {
			ent := a.entities[c.entity]
			if ent.named {
				score += 0.3
			}
			if ent.kind == news.Person && !k.person && !k.plural {
				score--
				if distance > 1 {
					continue
				}
			}
			if k.person {
				score += forTopic * math.Log1p(float64(ent.told))
			}
			if k.person && ent.gender != k.gender {
				score -= 0.3 // fits only because nobody knows
			}
			if k.plural && !c.plural {
				score -= 0.8
				if c := a.caseOf(i); c == "of" || c == "among" {
					score -= 2 // "three of them"
				}
			}
			if ent.kind == news.Country && k.plural {
				score -= 0.2
			}
			if c.locative && !k.person && !a.accordingTo(c) {
				score -= 0.8
			}
			if w := a.lower(i); w == "it" && !nlp.IsRel(t.Deprel, "nsubj") {
				score -= 1.2 // "accept it": seldom a body
			}
			if !k.person && !k.plural && (ent.kind == news.PlaceEntity || ent.kind == news.Facility) {
				score -= 0.6
			}
		} else {
			score -= 0.2
		}
		if score > bestScore {
			best, bestScore = m, score
		}
	}
	if best < 0 || bestScore < leastScore(a.lower(i), speech, nlp.IsRel(t.Deprel, "nsubj")) {
		return -1
	}
	e := memory[best].entity
	if e >= 0 && !k.person && !k.plural && a.entities[e].kind == news.Person {
		a.retype(e, news.Organisation)
	}
	if e >= 0 && k.person {
		if ent := a.entities[e]; ent.gender == unknownGender || ent.gender == either {
			ent.gender = k.gender
		}
	}
	return e
}

// accordingTo reports whether something is told on the word of c: "according to the
// union" speaks as much as a subject does.
func (a *article) accordingTo(c past) bool {
	return c.from >= 2 && a.lower(c.from-1) == "to" && a.lower(c.from-2) == "according"
}

// addressed reports whether an object pronoun stands in what somebody is told:
// the "him" of "Velin told Lien that the board trusted him" is rather Lien.
func (a *article) addressed(c past, i int) bool {
	t, m := a.doc.Tokens[i], a.doc.Tokens[c.head]
	if t.Deprel != "obj" && t.Deprel != "iobj" || m.Deprel != "obj" && m.Deprel != "iobj" || m.Head < 0 || !speaks[a.headLemma(m.Head)] || t.Head < 0 {
		return false
	}
	clause := a.doc.Tokens[t.Head]
	return clause.Head == m.Head && clause.Deprel == "ccomp"
}

// inRelative reports whether a subject is that of a relative clause which the
// token is no part of: the sister of "Velin, whose sister is away, said she".
func (a *article) inRelative(c past, i int) bool {
	if a.lower(c.from) == "whose" {
		return true
	}
	h := a.doc.Tokens[c.head].Head
	if h < 0 || !nlp.IsRel(a.doc.Tokens[h].Deprel, "acl") || a.doc.SentenceOf(h) != a.doc.SentenceOf(i) {
		return false
	}
	for j, steps := i, 0; j >= 0 && steps < 8; j, steps = a.doc.Tokens[j].Head, steps+1 {
		if j == h {
			return false
		}
	}
	return true
}

// doubtful reports whether an entity is a person by the look of its name
// alone, which may be a body's after all: no given name, no title, no office,
// no "he" or "she" so far. "Red Kestrel denied it. ... it said" is no man.
func (a *article) doubtful(ent *entity) bool {
	if !ent.named || ent.plural || ent.kind != news.Person || len(ent.words) < 2 || ent.gender == male || ent.gender == female {
		return false
	}
	for _, h := range ent.heads { // "the ship's owner" may be a firm
		if !firmsToo[h] {
			return false
		}
	}
	_, given := a.lex.given[ent.words[0]]
	return !given
}

// retype corrects the type that an entity's names were given.
func (a *article) retype(e int, kind news.EntityType) {
	ent := a.entities[e]
	ent.kind = kind
	for _, v := range ent.votes {
		ent.votes[kindIndex(kind)] = max(ent.votes[kindIndex(kind)], v+1)
	}
}

// leastScore is the score from which an antecedent is taken. "It" and "they"
// often mean things that are no entity, so that a far candidate is rather
// none, but for one who speaks.
func leastScore(w string, speech, subject bool) float64 {
	switch w {
	case "it", "itself":
		switch {
		case speech:
			return -3
		case subject:
			return 0
		}
		return 0.5
	case "they", "themselves":
		if speech {
			return -4
		}
		return -1
	case "them":
		return -0.5
	case "its", "their", "theirs":
		return -1.5
	}
	return -6
}

// agrees checks number, gender and kind.
func (a *article) agrees(k pronounKind, c past, speech bool) bool {
	if c.entity < 0 {
		return !k.person && c.plural == k.plural && !speech
	}
	ent := a.entities[c.entity]
	switch {
	case k.person:
		return ent.kind == news.Person && !c.plural && ent.gender.fits(k.gender)
	case k.plural:
		switch ent.kind {
		case news.Person:
			return c.plural
		case news.Organisation, news.Group, news.Country:
			return true
		case news.OtherEntity:
			return c.plural
		}
		return false
	}
	if c.plural && !(ent.kind == news.Group && ent.named) {
		return false
	}
	switch ent.kind {
	case news.Person:
		return speech && c.subject && a.doubtful(ent)
	case news.PlaceEntity, news.Facility, news.OtherEntity:
		return !speech || ent.kind == news.OtherEntity && len(ent.heads) > 0
	}
	return true
}

// sameClause reports whether candidate and pronoun are two arguments of one
// verb, and so are not the same: "Velin told him". A possessive may be.
func (a *article) sameClause(i int, k pronounKind, c past) bool {
	if k.poss {
		return false
	}
	switch a.lower(i) {
	case "himself", "herself", "itself", "themselves":
		return false
	}
	h := a.doc.Tokens[i].Head
	return h >= 0 && a.doc.Tokens[c.head].Head == h && !nlp.IsRel(a.doc.Tokens[c.head].Deprel, "dislocated") || h == c.head
}

// speaksAt reports whether a token is the subject of a verb of saying.
func (a *article) speaksAt(i int) bool {
	h := a.doc.Tokens[i].Head
	return h >= 0 && speaks[a.headLemma(h)]
}

// speaks are the commonest verbs of saying; said has them all.
var speaks = set("say", "tell", "add", "announce", "claim", "state", "note", "warn", "insist", "argue", "explain", "continue",
	"conclude", "stress", "reiterate", "declare", "deny", "confirm", "report", "admit", "acknowledge", "describe", "suggest",
	"call", "urge", "ask", "write", "tweet", "post", "reply", "respond", "recall", "believe", "think", "hope", "want", "vow",
	"pledge", "promise", "accuse", "blame", "criticise", "criticize", "condemn", "reject", "dismiss", "allege", "reveal",
	"emphasise", "emphasize", "caution", "quote", "point", "observe", "remark", "express", "demand", "assert", "maintain", "decline", "refuse", "comment", "apologise", "apologize", "threaten")
