package who

import (
	"sort"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

// name is a run of tokens that names something.
type name struct {
	from, to int // half-open range in Doc.Tokens
	kind     news.EntityType
	known    bool // the kind is from a table or a head noun, not a guess
	actor    int  // row of the actor tables, -1
	place    int  // index in article.places, -1
	entity   int
	title    [2]int // token range of the title before it, empty when equal
	gender   gender // said by an honorific
	nation   bool   // "Norwegian": names the country by its people
	code     string // of that country, where no place mention has it
}

// candidate is a name with a claim on its tokens.
type candidate struct {
	name
	strength int // higher wins where two overlap
}

// Strengths of the sources of a name. Length decides between the first two.
const (
	fromRun    = 1 // capitals alone
	fromTagger = 2
	fromHead   = 3 // capitals around the name of a kind of body: "Harbour Workers' Union"
	fromPlace  = 4
	fromActor  = 5
)

// findNames collects what the tables, the places, the tagger and the capitals
// take for a name and settles who gets which token.
func (a *article) findNames() {
	a.findAcronyms()
	claims := a.actorNames()
	surnames := a.surnames()
	for p, m := range a.places {
		if m.From < m.To && m.To <= len(a.doc.Tokens) && !a.skip[m.From] {
			n := a.placeName(p, m)
			if a.surnameHere(m, surnames) {
				n.kind, n.place, n.known = news.Person, -1, false
			}
			claims = append(claims, candidate{n, fromPlace})
		}
	}
	claims = append(claims, a.taggedNames()...)
	claims = append(claims, a.bodyNames()...)
	sort.SliceStable(claims, func(i, j int) bool {
		x, y := claims[i], claims[j]
		if sx, sy := a.rank(x), a.rank(y); sx != sy {
			return sx > sy
		}
		if lx, ly := x.to-x.from, y.to-y.from; lx != ly {
			return lx > ly
		}
		if x.strength != y.strength {
			return x.strength > y.strength
		}
		return x.from < y.from
	})
	for _, c := range claims {
		a.claim(c)
	}
	a.fillHeadlines()
	a.fillRuns()
	sort.Slice(a.names, func(i, j int) bool { return a.names[i].from < a.names[j].from })
	a.mapNames()
}

// rank orders claims: a name of a body that holds another name comes first
// ("University of Oslo" before "Oslo"), as do a person's ("Paris Hilton").
func (a *article) rank(c candidate) int {
	switch c.strength {
	case fromHead, fromActor:
		return 60
	case fromPlace:
		return 40
	}
	return c.strength
}

// claim gives a candidate its tokens unless another has one of them. What a
// weaker candidate keeps on either side of the stronger is a name no more,
// but for a person's: "Norway Transport Minister Mara Velin".
func (a *article) claim(c candidate) {
	for c.from < c.to && a.nameAt[c.from] >= 0 {
		c.from++
	}
	for i := c.from; i < c.to; i++ {
		if a.nameAt[i] >= 0 {
			c.to = i
		}
	}
	c.from, c.to = a.trim(c.from, c.to)
	if c.from >= c.to || c.strength == fromTagger && !a.nameLike(c.from, c.to) {
		return
	}
	for i := c.from; i < c.to; i++ {
		a.nameAt[i] = len(a.names)
	}
	a.names = append(a.names, c.name)
}

// trim takes articles, quotation marks and possessive endings off a run.
func (a *article) trim(from, to int) (int, int) {
	for from < to {
		form := a.doc.Tokens[from].Form
		if hasAlphanumeric(form) && !(possessive(form) || outside[form]) {
			break
		}
		from++
	}
	for from < to {
		form := a.doc.Tokens[to-1].Form
		if hasAlphanumeric(form) && !(possessive(form) || outside[form]) {
			break
		}
		to--
	}
	return from, to
}

func possessive(form string) bool {
	return form == "'s" || form == "’s" || form == "'S" || form == "’S"
}

// outside are words that no name begins or ends with.
var outside = set("the", "The", "THE", "a", "A", "an", "An", "and", "of", "for", "in", "at", "to", "by", "with", "or", "&", "from", "on")

// placeName is the name that a place mention makes.
func (a *article) placeName(p int, m where.Mention) name {
	n := name{from: m.From, to: m.To, known: true, actor: -1, place: p, kind: news.PlaceEntity}
	switch m.Kind {
	case where.CountryName:
		n.kind = news.Country
	case where.Nationality:
		n.kind, n.nation = news.Country, true
	case where.Site:
		n.kind = news.Facility
	}
	return n
}

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
		if from+1 == to && !a.lex.aliases[id].upper && a.partOfOther(from) {
			w = last + 1
			continue
		}
		out = append(out, candidate{name{from: from, to: to, kind: act.kind, known: true, actor: a.lex.aliases[id].actor, place: -1}, fromActor})
		w = last + 1
	}
	return out
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
		if node = node.next[a.words[i].text]; node == nil {
			break
		}
		if i+1 < len(a.words) && a.words[i+1].token == a.words[i].token {
			continue
		}
		if id := a.choose(node.values, w, i); id >= 0 {
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
func (a *article) choose(ids []int, from, to int) int {
	best, bestScore := -1, 0
	for _, id := range ids {
		al := a.lex.aliases[id]
		act := a.lex.actors[al.actor]
		if !a.capsAgree(al, from, to) {
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

func (a *article) capsAgree(al alias, from, to int) bool {
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
	// A single capital word at the start of a sentence may be any word.
	if len(al.caps) == 1 && !al.upper {
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

// taggedNames takes the tagger's names, cut where two were run together.
func (a *article) taggedNames() []candidate {
	var out []candidate
	for _, t := range a.cutNames() {
		from, to := a.trim(t.From, t.To)
		if from >= to || !a.nameLike(from, to) {
			continue
		}
		// "Asha Holm-Rao" that the tagger cut at the hyphen.
		if k := len(out) - 1; k >= 0 && t.Type == nlp.NamePerson && out[k].kind == news.Person && out[k].to+1 == from &&
			hyphen(a.doc.Tokens[from-1].Form) && a.doc.Tokens[from-1].Start == a.doc.Tokens[from-2].End && a.doc.Tokens[from].Start == a.doc.Tokens[from-1].End {
			out[k].to = to
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
		case nlp.NamePlace:
			n.kind = news.PlaceEntity
		default:
			n.kind = news.OtherEntity
		}
		if code, ok := a.nationality(from, to); ok {
			n.kind, n.nation, n.known, n.code = news.Country, true, true, code
			out = append(out, candidate{n, fromPlace})
			continue
		}
		if n.kind != news.Person && a.givenFirst(from, to) {
			n.kind = news.Person
		}
		strength := fromTagger
		if n.kind == news.Person && a.holdsPlaceAsName(from, to) {
			strength = fromHead
		}
		out = append(out, candidate{n, strength})
	}
	return out
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

// surnames are the last words of the persons' full names that the tagger
// found: with a "Valeria London" about, "London said" is she.
func (a *article) surnames() map[string]bool {
	out := map[string]bool{}
	for _, t := range a.doc.Names {
		if t.To-t.From > 1 && t.To <= len(a.doc.Tokens) && (t.Type == nlp.NamePerson || a.givenFirst(t.From, t.To)) {
			out[a.lower(t.To-1)] = true
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
	t := a.doc.Tokens[m.From]
	next := ""
	if m.To < len(a.doc.Tokens) {
		next = a.doc.Tokens[m.To].Form
	}
	return m.Kind == where.PlaceName && (possessive(next) || t.Deprel == "nsubj") || t.Deprel == "nsubj" && a.speaksAt(m.From)
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
		if capitalised(a.doc.Tokens[i].Form) {
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
	if a.isCalendarWord(from) || honorificOnly(a.lower(from)) {
		return false
	}
	return utf8.RuneCountInString(fold(t.Form)) > 1
}

func honorificOnly(w string) bool {
	_, ok := honorifics[w]
	return ok
}

func (a *article) isCalendarWord(i int) bool {
	switch a.lower(i) {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "may", "june", "july", "august",
		"september", "october", "november", "december", "gmt", "utc", "am", "pm":
		return true
	}
	return false
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
