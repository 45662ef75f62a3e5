package who

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

// decideCapitals tells a capital that stands for its government ("Oslo
// rejected the offer", "talks between Oslo and Kabul") from the city ("in
// Oslo"). The former is a mention of the country.
func (a *article) decideCapitals() {
	union := a.unionMeant()
	for m := range a.mentions {
		n := a.nameAt[a.mentions[m].From]
		if n < 0 || a.names[n].place < 0 {
			continue
		}
		p := a.places[a.names[n].place]
		if !p.Capital || p.Kind != where.PlaceName || !p.Country.Known() {
			continue
		}
		if !a.actsAsState(a.mentions[m].Head, 0) {
			continue
		}
		if p.Country == "BEL" && union >= 0 {
			a.moveToUnion(m, n, union)
			continue
		}
		a.moveToCountry(m, n, p.Country)
	}
}

// moveToCountry makes a capital's name a mention of its country.
func (a *article) moveToCountry(m, n int, code news.Optional) {
	key := "country " + string(code)
	e, ok := a.byKey[key]
	if !ok {
		e = a.newEntity(news.Country)
		a.entities[e].country = code
		a.byKey[key] = e
	}
	old := a.entities[a.names[n].entity]
	old.votes[kindIndex(news.PlaceEntity)]--
	a.entities[e].votes[kindIndex(news.Country)]++
	a.entities[e].named, a.entities[e].governs = true, true
	a.names[n].entity, a.names[n].kind = e, news.Country
	a.knownBy(a.entities[e], &a.names[n])
	a.mentions[m].Entity = e
}

// unionMeant returns the row of the European Union where Brussels stands for
// it in the article, which speaks of the union or of what one does with it,
// and never of Belgium by its name; else -1.
func (a *article) unionMeant() int {
	named := false
	for _, p := range a.places {
		if p.Country != "BEL" {
			continue
		}
		if p.Kind != where.PlaceName {
			return -1
		}
		named = named || p.Capital
	}
	if !named || !a.speaksOfUnion() {
		return -1
	}
	for id := range a.lex.actors {
		if a.lex.actors[id].name == "European Union" {
			return id
		}
	}
	return -1
}

// speaksOfUnion reports whether the article names the European Union, one of
// its bodies or what is its alone.
func (a *article) speaksOfUnion() bool {
	for i := range a.names {
		if n := a.names[i].actor; n >= 0 && a.lex.actors[n].country == "IGO" && strings.HasPrefix(a.lex.actors[n].name, "European ") {
			return true
		}
	}
	for _, w := range a.folded {
		switch w {
		case "bloc", "accession", "commission", "eurozone", "eurosceptic", "brexit":
			return true
		}
	}
	return false
}

// moveToUnion makes Brussels a mention of the European Union, the row id.
func (a *article) moveToUnion(m, n, id int) {
	union := name{from: a.names[n].from, to: a.names[n].to, kind: news.Organisation, known: true, actor: id, place: -1}
	e := a.keyed("actor "+strconv.Itoa(id), &union)
	a.entities[e].named = true
	a.knownBy(a.entities[e], &union)
	a.names[n].entity, a.names[n].kind = e, news.Organisation
	a.mentions[m].Entity = e
}

// actsAsState reads a capital's part in the sentence.
func (a *article) actsAsState(i, depth int) bool {
	t := a.doc.Tokens[i]
	if a.doc.BlockOf(i).Kind == news.BlockDateline {
		return false
	}
	if n := a.names[a.nameAt[i]]; n.to < len(a.doc.Tokens) {
		if f := a.doc.Tokens[n.to].Form; f == "'s" || f == "’s" {
			return stateNouns[a.owned(n.to+1)]
		}
	}
	if a.listedBefore(i) {
		return true
	}
	if c := a.caseOf(i); c != "" {
		switch c {
		case "between", "with", "against", "by", "behind", "among":
			return a.partyTo(t.Head)
		case "to", "from", "for", "of", "on":
			return stateNouns[a.headLemma(t.Head)] || pressVerbs[a.headLemma(t.Head)] && c != "from" && c != "of"
		default:
			return false
		}
	}
	switch {
	case t.Head < 0:
		// A headline or a fragment: "Oslo: no talks".
		return i+1 < len(a.doc.Tokens) && a.doc.Tokens[i+1].Form == ":" && a.sameBlock(i, i+1) &&
			a.doc.BlockOf(i).Kind == news.BlockTitle
	case t.Deprel == "nsubj":
		return stateVerbs[a.headLemma(t.Head)] || a.becomes(t.Head)
	case t.Deprel == "nsubj:pass", nlp.IsRel(t.Deprel, "obj"), nlp.IsRel(t.Deprel, "iobj"):
		return pressVerbs[a.headLemma(t.Head)]
	case nlp.IsRel(t.Deprel, "compound"), nlp.IsRel(t.Deprel, "amod"), t.Deprel == "nmod:desc", t.Deprel == "nmod":
		switch a.headLemma(t.Head) {
		case "government", "regime", "administration", "authority", "leadership", "talk", "tie", "relation", "pact", "axis":
			return true
		}
	case nlp.IsRel(t.Deprel, "conj"), nlp.IsRel(t.Deprel, "appos"), nlp.IsRel(t.Deprel, "list"):
		if depth < 4 {
			h := t.Head
			if n := a.nameAt[h]; n >= 0 && a.names[n].kind == news.Country && !a.locative(h) {
				return true
			}
			return a.nameAt[h] >= 0 && a.actsAsState(h, depth+1)
		}
	}
	return false
}

// listedBefore reports whether a capital begins or continues a list of states
// that a verb of theirs follows, read from the words, since headlines parse
// badly: "Oslo, Kenya sign pact".
func (a *article) listedBefore(i int) bool {
	n := a.names[a.nameAt[i]]
	sent := a.doc.Sentences[a.doc.SentenceOf(i)]
	if n.from > sent.From {
		switch a.lower(n.from - 1) {
		case "in", "at", "near", "from", "to", "into", "of", "outside", "around":
			return false
		}
	}
	j, listed := n.to, false
	for j+1 < sent.To && (a.comma(j) || a.lower(j) == "and") {
		k := j + 1
		if a.lower(k) == "the" && k+1 < sent.To {
			k++ // "Oslo and the U.N. accuse"
		}
		if a.nameAt[k] < 0 {
			break
		}
		next := a.names[a.nameAt[k]]
		union := next.actor >= 0 && a.lex.actors[next.actor].country == "IGO"
		if next.kind != news.Country && !union && (next.place < 0 || !a.places[next.place].Capital) {
			return false
		}
		j, listed = next.to, true
	}
	if !listed || j >= sent.To || !stateVerbs[a.headLemma(j)] {
		return false
	}
	switch a.lower(j) {
	case "accuse", "deny", "agree", "condemn", "announce", "say", "insist", "reject", "warn":
		return true // verbs whatever the tagger says
	}
	return a.doc.Tokens[j].UPOS == "VERB" || a.headline(j) && a.doc.Tokens[j].XPOS == "NN"
}

// caseOf is the preposition of a token, the last one of "along with".
func (a *article) caseOf(i int) string {
	c := a.doc.Child(i, "case")
	if c < 0 || c > i {
		return ""
	}
	for _, k := range a.doc.Children(i) {
		if k < i && nlp.IsRel(a.doc.Tokens[k].Deprel, "case") {
			c = k
		}
	}
	if next := c + 1; next < i && a.doc.Tokens[next].Deprel == "fixed" {
		c = next
	}
	return a.lower(c)
}

// owned is the lemma of the noun that a possessive goes with, read from the
// words and not the parse: the last noun of the run after "'s".
func (a *article) owned(i int) string {
	noun := ""
	for j := i; j < len(a.doc.Tokens) && j < i+7; j++ {
		switch t := a.doc.Tokens[j]; t.UPOS {
		case "NOUN":
			noun = a.headLemma(j)
		case "ADJ", "PROPN", "NUM", "ADV", "DET":
		case "VERB":
			if noun != "" || t.XPOS != "VBG" && t.XPOS != "VBN" {
				return noun
			}
		case "PUNCT":
			if !hyphen(t.Form) {
				return noun
			}
		default:
			return noun
		}
	}
	return noun
}

// locative reports whether a token stands after a preposition of place.
func (a *article) locative(i int) bool {
	if c := a.caseOf(i); c != "" {
		switch c {
		case "in", "at", "near", "from", "to", "into", "across", "around", "outside", "inside", "through", "via", "throughout":
			return true
		}
	}
	return false
}

// partyTo reports whether a word speaks of dealings between states, so that
// "with Oslo" or "between Oslo and Kabul" names governments.
func (a *article) partyTo(i int) bool {
	if i < 0 {
		return false
	}
	switch a.headLemma(i) {
	case "distance", "road", "flight", "train", "border", "highway", "route", "travel", "drive", "fly", "way", "line", "railway":
		return false
	}
	return true
}

func (a *article) headLemma(i int) string {
	if i < 0 {
		return ""
	}
	t := a.doc.Tokens[i]
	if t.Lemma != "" {
		return fold(t.Lemma)
	}
	return fold(t.Form)
}

// becomes reports a predicate that only a government can have: "is ready",
// "was willing".
func (a *article) becomes(i int) bool {
	switch a.headLemma(i) {
	case "ready", "willing", "unwilling", "keen", "eager", "reluctant", "committed", "opposed", "open", "determined",
		"responsible", "behind", "confident", "prepared", "ally", "rival", "partner", "member", "party", "guilty", "adamant", "able", "unable":
		return true
	}
	return false
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// stateVerbs are what governments do and cities do not.
var stateVerbs = set("say", "force", "compel", "reject", "accuse", "blame", "deny", "warn", "claim", "announce", "insist", "urge", "demand",
	"call", "agree", "refuse", "vow", "threaten", "condemn", "criticise", "criticize", "welcome", "support", "back", "oppose",
	"want", "seek", "hope", "believe", "consider", "regard", "see", "view", "maintain", "argue", "allege", "describe",
	"recall", "expel", "summon", "impose", "sanction", "retaliate", "respond", "react", "launch", "deploy", "send", "order",
	"sign", "ratify", "withdraw", "suspend", "cut", "sever", "restore", "resume", "negotiate", "mediate", "broker", "propose",
	"offer", "pledge", "promise", "commit", "fund", "finance", "arm", "supply", "harbour", "harbor", "shelter", "patronise",
	"patronize", "underwrite", "align", "ally", "cooperate", "decide", "try", "attempt", "plan", "intend", "prepare", "fail",
	"fear", "worry", "know", "admit", "acknowledge", "confirm", "concede", "declare", "recognise", "recognize", "protest",
	"complain", "denounce", "dismiss", "ban", "block", "veto", "approve", "accept", "ask", "tell", "push", "press", "pressure",
	"stress", "express", "respect", "violate", "breach", "honour", "honor", "act", "expect", "need", "like", "prefer", "use",
	"export", "import", "pay", "spend", "buy", "sell", "test", "fire", "invade", "attack", "strike", "bomb", "annex", "occupy",
	"train", "help", "assist", "aid", "provide", "give", "grant", "extend", "ease", "lift", "tighten", "raise", "escalate", "stop",
	"continue", "begin", "start", "keep", "remain", "move", "shift", "turn", "take", "make", "get", "put", "do", "have", "allow",
	"let", "conduct", "carry", "wage", "defend", "protect", "fight", "unveil", "add", "note", "reiterate", "repeat", "signal",
	"suggest", "discuss", "brush", "shrug", "free", "release", "slap", "slam", "hail", "resign", "sack", "pardon", "visit", "arrest", "jail", "mull", "weigh", "meet", "join", "leave", "quit", "abandon", "stand", "side", "host")

// pressVerbs are done to governments.
var pressVerbs = set("accuse", "blame", "urge", "ask", "tell", "call", "press", "pressure", "warn", "criticise", "criticize",
	"condemn", "sanction", "support", "back", "push", "force", "persuade", "convince", "assure", "inform", "thank", "praise",
	"criticize", "denounce", "threaten", "arm", "fund", "allow", "want", "expect", "help", "oblige", "compel", "isolate",
	"punish", "provoke", "appease", "anger", "infuriate", "alarm", "worry", "embarrass", "recognise", "recognize", "trust",
	"belong", "report", "say", "talk", "speak", "complain", "respond", "protest", "appeal", "apologise", "apologize", "negotiate")

// stateNouns are what governments have.
var stateNouns = set("stance", "policy", "position", "decision", "claim", "complaint", "government", "offer", "response",
	"concern", "demand", "relation", "relationship", "tie", "link", "alliance", "refusal", "ambition", "statement", "allegation",
	"ambassador", "envoy", "ally", "adviser", "willingness", "unwillingness", "view", "interest", "request", "proposal",
	"threat", "warning", "accusation", "denial", "message", "support", "backing", "aid", "help", "pressure", "sanction",
	"foreign", "diplomat", "diplomacy", "negotiator", "influence", "role", "nuclear", "programme", "program", "rejection",
	"insistence", "reluctance", "intention", "commitment", "promise", "pledge", "announcement", "call", "plan", "strategy",
	"ministry", "minister", "military", "army", "spokesman", "spokeswoman", "spokesperson", "president", "leader", "premier",
	"embassy", "delegation", "force", "troop", "navy", "regime", "leadership", "attitude", "failure", "reaction", "assurance", "rival", "partner", "neighbour", "neighbor", "hand", "involvement",
	"letter", "reply", "assertion", "dialogue", "hostility", "trust", "appeal", "argument", "agenda", "aim", "goal")
