package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// described looks back for what a definite description means.
func (a *article) described(p *phrase, of owner, memory []past) int {
	best, bestScore := -1, 0
	least := 1
	if a.restricted(p) && !oneOfItsKind[p.role.phrase] {
		least = 3 // "the cartel that runs the docks": said for the first time
	}
	civil := a.ownsCivilians(p.head)
	seen := map[int]bool{}
	for k, steps := len(memory)-1, 0; k >= 0 && steps < lookBack; k, steps = k-1, steps+1 {
		m := memory[k]
		if m.entity < 0 || seen[m.entity] || m.from <= p.head && p.head < m.to || m.from >= p.from {
			continue
		}
		seen[m.entity] = true
		if of.entity >= 0 && a.doc.SentenceOf(p.head)-m.sentence > 1 && !a.ownerKnown(m.entity, of) {
			continue // "the leader of the cartel" is no leader named long before
		}
		score := a.fitness(p, of, m.entity)
		if ent := a.entities[m.entity]; score > 0 && civil && ent.kind == news.Group && !contains(ent.sectors, "PTY") && !contains(ent.sectors, "SOC") {
			continue // "the group's researcher" is no militia's
		}
		if score >= least && score > bestScore {
			best, bestScore = m.entity, score
			if score >= 3 {
				break
			}
		}
	}
	return best
}

// ownsCivilians reports whether a noun's "'s" goes with somebody whom armed
// groups do not have: "the group's Horn of Africa researcher".
func (a *article) ownsCivilians(i int) bool {
	if i+2 >= len(a.doc.Tokens) || !possessive(a.doc.Tokens[i+1].Form) {
		return false
	}
	for k := i + 2; k < len(a.doc.Tokens) && k < i+9 && a.doc.Tokens[k].UPOS != "VERB" && a.doc.Tokens[k].UPOS != "PUNCT"; k++ {
		if civilStaff[a.lemma(k)] {
			return true
		}
	}
	return false
}

// civilStaff are whom armed groups do not have.
var civilStaff = set("researcher", "analyst", "director", "executive", "lawyer", "campaigner", "adviser", "advisor", "economist", "coordinator",
	"manager", "editor", "report", "website", "annual")

// ownerKnown reports whether the text has said that an entity belongs to an
// owner, which for bodies it must; for countries silence is no contradiction.
func (a *article) ownerKnown(e int, of owner) bool {
	ent, o := a.entities[e], a.entities[of.entity]
	if o.kind == news.Country || ent.kind != news.Person {
		return true
	}
	for _, r := range ent.roles {
		if r.Of.Known() && fold(string(r.Of)) == fold(of.text) {
			return true
		}
	}
	return !ent.named && strings.Contains(fold(ent.name), fold(of.text))
}

// namedLater returns the one person of the article whose office a description
// names before the name comes: "the governor said. ... Governor Odd Lien".
func (a *article) namedLater(p *phrase, of owner) int {
	if p.role.class != personClass || p.plural || !isOffice(p.role) || a.restricted(p) {
		return -1
	}
	found := -1
	for _, e := range a.byOffice[a.lemma(p.head)] {
		if e == found || a.fitness(p, of, e) < 3 || of.entity >= 0 && !a.ownerKnown(e, of) && !a.soleHolder(p, of, e) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = e
	}
	return found
}

// soleHolder reports whether "the governor of Rosk" may be a Governor Velin of
// whom the text does not say of what: of such offices a place has one.
func (a *article) soleHolder(p *phrase, of owner, e int) bool {
	if k := a.entities[of.entity].kind; k != news.PlaceEntity && k != news.Country {
		return false
	}
	for _, r := range a.entities[e].roles {
		if soleOffices[a.lemma(p.head)] && contains(lastWords(r.Title), a.lemma(p.head)) && !r.Of.Known() {
			return true
		}
	}
	return false
}

// soleOffices are offices of which a place has one.
var soleOffices = set("governor", "mayor", "president", "premier", "minister", "king", "emir", "sultan", "chancellor", "monarch", "queen",
	"sheriff", "administrator")

// bodyLater returns the one body of the article whose name a headline or a
// description with its words says before the name comes: "Ministry: three
// dead", "the health ministry ... the Ministry of Health".
func (a *article) bodyLater(p *phrase, of owner, headline bool) int {
	if p.role.class != organisation || p.plural || of.entity >= 0 || !headline && len(p.modifiers) == 0 || armies[p.role.phrase] {
		return -1
	}
	lemma, found := a.lemma(p.head), -1
	for _, e := range a.bearers(lemma) {
		ent := a.entities[e]
		if e == found || !ent.named || ent.kind != news.Organisation || len(ent.words) < 2 || !a.wordsOf(ent, p.modifiers) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = e
	}
	return found
}

// noteOffices files the persons named by their offices.
func (a *article) noteOffices() {
	a.byOffice = map[string][]int{}
	for e, ent := range a.entities {
		if ent.kind != news.Person || !ent.named {
			continue
		}
		for _, r := range ent.roles {
			if w := lastWords(r.Title); len(w) > 0 && len(a.byOffice[w[0]]) < 20 {
				a.byOffice[w[0]] = append(a.byOffice[w[0]], e)
			}
			if w := shortOffice(r.Title); w != "" && len(a.byOffice[w]) < 20 {
				a.byOffice[w] = append(a.byOffice[w], e)
			}
		}
	}
}

// epithet joins a description that nothing before fits by its words to the
// person named last, a sentence away at most, of whom the text says no office
// that speaks against it: "Velin lost ... The northern senator said". A bare "The
// mayor" that opens a paragraph is as likely somebody who was not named yet.
func (a *article) epithet(p *phrase, of owner, memory []past) int {
	if p.role.class != personClass || p.plural || !isOffice(p.role) || a.restricted(p) || p.role.rank {
		return -1
	}
	plain := len(p.modifiers) == 0 && p.of < 0
	found := -1
	sentence := a.doc.SentenceOf(p.head)
	for k, steps := len(memory)-1, 0; k >= 0 && steps < 12; k, steps = k-1, steps+1 {
		m := memory[k]
		if m.entity < 0 || m.from >= p.from {
			continue
		}
		if sentence-m.sentence > 1 || a.quoted[p.head] != m.quoted || plain && !a.sameBlock(m.head, p.head) {
			break
		}
		ent := a.entities[m.entity]
		if ent.kind != news.Person || m.plural || !ent.named {
			continue
		}
		if m.entity == of.entity {
			return -1 // "her lawyer" is not she
		}
		if !ent.gender.fits(p.role.gender) || a.doc.Tokens[m.head].Head == a.doc.Tokens[p.head].Head {
			continue
		}
		if m.entity == found {
			continue
		}
		if a.tellsOf(m.head, p.head) {
			return -1 // "Lund said the agent had left"
		}
		if found >= 0 {
			return -1 // plain, and two persons about
		}
		if len(ent.roles) > 0 || of.entity >= 0 && ent.country.Known() && a.entities[of.entity].country != ent.country {
			return -1
		}
		found = m.entity
		if !plain {
			break
		}
	}
	if found >= 0 {
		if r, ok := a.newRole(a.roleStart(p), p.head+1); ok {
			a.addRole(a.entities[found], r, of)
		}
	}
	return found
}

// tellsOf reports whether the person at token i is the speaker of what holds token p:
// nobody tells of themselves by an office that the text has not given them.
func (a *article) tellsOf(i, p int) bool {
	v := a.doc.Tokens[i].Head
	if v < 0 || v > p || !a.speaksAt(i) || !nlp.IsRel(a.doc.Tokens[i].Deprel, "nsubj") {
		return false
	}
	for h, climbs := p, 0; h >= 0 && climbs < 12; h, climbs = a.doc.Tokens[h].Head, climbs+1 {
		if h == v {
			return true
		}
	}
	return false
}

// oneOfItsKind are bodies of which a country has one, so that what follows
// the noun hardly tells which is meant.
var oneOfItsKind = set("army", "navy", "military", "police", "government", "parliament", "armed forces", "air force", "ministry")

// restricted reports whether a clause or a prepositional phrase right after
// the noun says which one is meant.
func (a *article) restricted(p *phrase) bool {
	for _, c := range a.doc.Children(p.head) {
		if c <= p.head || c > p.head+6 {
			continue
		}
		d := a.doc.Tokens[c].Deprel
		if d == "acl" || d == "acl:relcl" && a.doc.Tokens[p.head+1].Form != "," || nlp.IsRel(d, "nmod") && c > p.to {
			return true
		}
	}
	return false
}

// recentPlace is what "the city", "the province" or "the country" means: the
// last place of that level mentioned; of countries rather a subject, and
// rather the one that the article is about.
func (a *article) recentPlace(p *phrase, memory []past) int {
	if len(p.modifiers) > 0 {
		return -1
	}
	best, bestScore, rank := -1, 0.0, 0
	seen := map[int]bool{}
	for k, steps := len(memory)-1, 0; k >= 0 && steps < lookBack/2; k, steps = k-1, steps+1 {
		e := memory[k].entity
		if e < 0 || seen[e] {
			continue
		}
		seen[e] = true
		ent := a.entities[e]
		if p.role.class == countryClass {
			if ent.kind != news.Country {
				continue
			}
			score := 3 - 0.6*float64(rank)
			if memory[k].subject {
				score += 0.5
			}
			if ent.country.Known() && ent.country == a.main {
				score += 1.5
			}
			rank++
			if score > bestScore {
				best, bestScore = e, score
			}
			continue
		}
		if ent.kind != news.PlaceEntity || ent.place < 0 || a.places[ent.place].Place == nil {
			continue
		}
		switch precision := a.places[ent.place].Place.Precision; p.role.level {
		case "city":
			if precision == news.PrecisionCity && !otherSort(p.role.phrase, ent.heads) && (p.role.phrase != "capital" || a.places[ent.place].Capital) {
				return e
			}
		case "admin":
			if precision == news.PrecisionAdmin1 || precision == news.PrecisionAdmin2 {
				return e
			}
		}
	}
	return best
}

// settlements are nouns for places where people live.
var settlements = set("city", "town", "village", "suburb", "hamlet", "settlement", "neighbourhood", "neighborhood", "quarter", "township", "camp")

// otherSort reports whether a place was called something else than the noun says: after
// "a flat in the suburb of Pinetown" the city is another.
func otherSort(noun string, heads []string) bool {
	if !settlements[noun] || contains(heads, noun) {
		return false
	}
	for _, h := range heads {
		if settlements[h] {
			return true
		}
	}
	return false
}
