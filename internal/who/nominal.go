package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// resolvePhrase finds whom a description means, or makes an entity of it
// where its noun is that of an actor.
func (a *article) resolvePhrase(p *phrase, memory []past) {
	if p.entity >= 0 {
		a.settleOwner(p)
		return
	}
	if p.role == yearOld {
		p.entity = a.antecedent(p.head, pronounKind{person: true, plural: p.plural}, memory)
		return
	}
	if p.role.phrase == "body" && a.isThing(p) {
		return // "cremate the body"
	}
	if a.firstPerson(p) || a.asked(p) {
		return // "our army": said knows whose; "which minister"
	}
	if p.definite && p.start == p.head && len(p.modifiers) == 0 && p.of < 0 && capitalised(a.doc.Tokens[p.head].Form) && p.from < p.head {
		if e := a.shortBody(a.lower(p.head)); e >= 0 { // "the Volunteers"
			p.entity = e
			return
		}
	}
	of := a.ownerOf(p)
	if p.role.class == countryClass || p.role.class == placeClass {
		if p.definite && !p.plural && p.of < 0 {
			p.entity = a.recentPlace(p, memory)
		}
		return
	}
	if e := a.groupItself(p); e >= 0 {
		p.entity = e
		return
	}
	if e := a.stateOf(p, of); e >= 0 {
		p.entity = e
		return
	}
	headline := a.headline(p.head)
	if e := a.introduced(p); e >= 0 {
		p.entity = e
		a.bear(p, of)
		return
	}
	if p.bare() && headline && (nlp.IsRel(a.doc.Tokens[p.head].Deprel, "nsubj") || a.parted(p)) {
		p.definite = true // "Minister quits", "PM: no talks"
	}
	if headline && !p.definite && !p.indefinite && !p.plural {
		// "Kenyan president quits", "Jobs to go, governor says"
		e := a.namedLater(p, of)
		if e < 0 {
			e = a.bodyLater(p, of, headline)
		}
		if e >= 0 {
			p.entity = e
			a.giveOwner(p, of)
			return
		}
	}
	if p.definite && !a.strangersOwn(p, of) {
		if e := a.described(p, of, memory); e >= 0 {
			p.entity = e
			return
		}
		if e := a.namedLater(p, of); e >= 0 {
			p.entity = e
			a.giveOwner(p, of)
			return
		}
		if e := a.bodyLater(p, of, headline); e >= 0 {
			p.entity = e
			return
		}
		if e := a.epithet(p, of, memory); e >= 0 {
			p.entity = e
			return
		}
	}
	if q := a.doc.Tokens[p.head]; q.Deprel == "appos" && q.Head >= 0 && q.Head < p.head {
		if h := a.phraseAt[q.Head]; h >= 0 && a.phrases[h].entity >= 0 && a.phrases[h].plural == p.plural && a.phrases[h].role.class == p.role.class {
			p.entity = a.phrases[h].entity // "the driver, a Kenyan national,"
			if of.entity >= 0 && !a.entities[p.entity].country.Known() {
				a.entities[p.entity].country = a.entities[of.entity].country
			}
			return
		}
	}
	if !a.worthEntity(p, of, headline) {
		return
	}
	if e := a.sameAsHeadline(p); e >= 0 {
		p.entity = e
		a.entities[e].name = a.phraseText(p)
		a.bear(p, of)
		return
	}
	key := ""
	if !p.indefinite {
		key = "phrase " + strings.ToLower(a.phraseText(p))
		if p.role.phrase == "government" && of.entity < 0 && nationalGovernment(p.modifiers) {
			key = "phrase government"
		}
		if of.entity >= 0 && a.nameAt[p.of] < 0 {
			key += " of " + of.text
		}
		if e, ok := a.byKey[key]; ok && (!p.definite || a.institution(p) || p.plural) {
			p.entity = e
			return
		}
	}
	p.entity = a.makeNominal(p, of)
	if headline && p.role.class == personClass && !p.plural {
		a.byKey["headline "+a.lemma(p.head)] = p.entity
	}
	if key != "" {
		a.byKey[key] = p.entity
	}
	a.partNations(p)
}

// strangersOwn reports a description that belongs to a man or woman whom the
// text has not made known: "his lawyer" is nobody's lawyer so far.
func (a *article) strangersOwn(p *phrase, of owner) bool {
	if p.of < 0 || of.entity >= 0 {
		return false
	}
	w := a.lower(p.of)
	return w == "his" || w == "her"
}

// settleOwner tells whom an office is of once the words that say it have been
// resolved: "Its spokesperson, Mara Velin", "the governor of the province".
func (a *article) settleOwner(p *phrase) {
	if p.role.class != personClass || p.of < 0 || a.nameAt[p.of] >= 0 {
		return
	}
	of := a.ownerOf(p)
	if of.entity < 0 || of.entity == p.entity || a.entities[of.entity].kind == news.Person {
		return
	}
	if of.text = a.entityName(of.entity); of.text == "" {
		of.text = a.longestName(of.entity)
	}
	a.giveOwner(p, of)
}

// settleSectors gives those who lead or speak for a state its sector and country
// where the words that name it come after them: "leaders of its new government".
func (a *article) settleSectors(p *phrase) {
	ent, of := a.entities[p.entity], a.ownerOf(p)
	if ent.named || len(ent.sectors) > 0 || !p.role.state || of.entity < 0 || !a.isState(of.entity) {
		return
	}
	ent.sectors = a.sectorsOf(p.role, p.modifiers, of.entity)
	if !ent.country.Known() {
		ent.country = a.entities[of.entity].country
	}
}

// giveOwner notes whom the office that a description names is of.
func (a *article) giveOwner(p *phrase, of owner) {
	if of.entity < 0 || of.text == "" || p.role.class != personClass {
		return
	}
	ent := a.entities[p.entity]
	for i := range ent.roles {
		r := &ent.roles[i]
		if contains(lastWords(r.Title), a.lemma(p.head)) && !a.isRank(r.Title) && (!r.Of.Known() || a.phraseAt[p.of] >= 0) {
			r.Of, r.Country = news.Optional(of.text), a.entities[of.entity].country
			return
		}
	}
}

// longestName is the fullest name of an entity among the mentions so far.
func (a *article) longestName(e int) string {
	best := ""
	for i := range a.names[:min(len(a.names), 400)] { // a text with more is a list
		if n := &a.names[i]; n.entity == e && !n.nation && n.to-n.from < 12 {
			if s := strings.Join(strings.Fields(a.nameText(*n)), " "); best == "" || fuller(s, best) {
				best = s
			}
		}
	}
	return best
}

// worthEntity reports whether a description that means nobody mentioned
// before makes an entity of its own.
func (a *article) worthEntity(p *phrase, of owner, headline bool) bool {
	if p.predicate || a.doc.Child(p.head, "cop") >= 0 {
		return false // "is a danger"
	}
	subject := nlp.IsRel(a.doc.Tokens[p.head].Deprel, "nsubj")
	switch p.role.class {
	case documentClass:
		return a.isSource(p) && (p.definite || p.indefinite || p.of >= 0 || p.plural)
	case personClass, personsClass:
		switch p.role.phrase {
		case "leadership", "people", "person", "family", "families", "crowd", "public":
			return of.entity >= 0 || subject && a.speaksAt(p.head)
		}
		return !p.bare() || headline && (subject || a.parted(p))
	}
	if p.role.class == armsClass { // "Kenyan warships", not "a tank"
		return subject && of.entity >= 0 && a.isState(of.entity)
	}
	if p.role.nameOnly || a.isThing(p) {
		return false
	}
	if of.entity >= 0 && a.entities[of.entity].kind == news.Person {
		switch p.role.phrase {
		case "presidency", "leadership", "office", "administration", "campaign":
			return p.role.phrase == "administration" && p.of < p.head
		}
	}
	if p.bare() {
		return institutions[p.role.phrase] || subject && headline
	}
	return true
}

// isThing reports nouns of bodies that are said of things where they stand:
// "nine bodies", a river's banks, "public funds", "customs and power".
func (a *article) isThing(p *phrase) bool {
	acts := a.doc.Tokens[p.head].Deprel == "nsubj"
	switch p.role.phrase {
	case "body":
		return p.plural || p.of < 0 && !acts
	case "bank":
		if !p.plural {
			return false
		}
		h := a.doc.Tokens[p.head].Head
		return p.of >= 0 && a.doc.Tokens[p.of].UPOS == "PRON" || h >= 0 && (a.headLemma(h) == "burst" || a.headLemma(h) == "overflow") || p.head > 0 && a.lower(p.head-1) == "burst"
	case "fund":
		return p.plural && !acts
	case "customs":
		return !acts && !p.definite
	}
	return false
}

// institutions are bodies said without an article: "police", "parliament".
var institutions = set("police", "parliament", "congress", "state media", "state television", "state tv", "local media", "media",
	"law enforcement", "riot police", "civil society", "customs", "riot police", "military police", "traffic police", "border police",
	"federal police", "congress", "senate", "civil defence", "civil defense", "state radio", "security forces", "authorities")

func nationalGovernment(modifiers []string) bool {
	for _, m := range modifiers {
		switch m {
		case "federal", "elected", "political", "current", "central", "national", "civilian", "new", "present", "incumbent":
			continue
		}
		return false
	}
	return true
}

// asked reports a phrase that names nobody: "which media", "no minister".
func (a *article) asked(p *phrase) bool {
	switch a.lower(p.from) {
	case "which", "what", "whichever", "whatever", "no", "any", "every", "each":
		return true
	}
	return false
}

func (a *article) firstPerson(p *phrase) bool {
	if p.of < 0 {
		return false
	}
	switch a.lower(p.of) {
	case "my", "our", "your":
		return true
	}
	return false
}

// isSource reports whether a document does something, and so may be quoted.
func (a *article) isSource(p *phrase) bool {
	t := a.doc.Tokens[p.head]
	if nlp.IsRel(t.Deprel, "nsubj") {
		return t.Deprel == "nsubj"
	}
	c := a.doc.Child(p.head, "case")
	return c >= 0 && (a.lower(c) == "to" || a.lower(c) == "by" || a.lower(c) == "in")
}

// institution reports whether there is one of it in an article: the army, the
// police, the government.
func (a *article) institution(p *phrase) bool {
	return (p.role.class == organisation || p.role.class == groupClass) && !p.role.mod
}

// groupItself is the group that a plural after its name means as a whole:
// "M23 rebels took the town". "Two M23 rebels" are men.
func (a *article) groupItself(p *phrase) int {
	switch a.lemma(p.head) {
	case "rebel", "militant", "insurgent", "guerrilla", "jihadist", "separatist", "extremist":
	default:
		return -1
	}
	if !p.plural || p.start == 0 || a.nameAt[p.start-1] < 0 {
		return -1
	}
	n := a.names[a.nameAt[p.start-1]]
	if n.to != p.start || n.entity < 0 || a.entities[n.entity].kind != news.Group {
		return -1
	}
	if k := n.from - 1; k >= 0 && a.sameBlock(k, n.from) {
		switch t := a.doc.Tokens[k]; t.UPOS {
		case "NUM", "ADJ", "ADV", "NOUN":
			return -1
		case "DET":
			if a.lower(k) != "the" {
				return -1
			}
		}
	}
	return n.entity
}

// stateOf joins a government to its country: "the Kabul government", "the
// Norwegian authorities", "the government of Kenya".
func (a *article) stateOf(p *phrase, of owner) int {
	if of.entity < 0 {
		return -1
	}
	o := a.entities[of.entity]
	switch p.role.phrase {
	case "government", "regime", "interim government", "transitional government", "caretaker government", "junta":
		if o.kind == news.Country || o.kind == news.Group {
			o.governs = true
			return of.entity
		}
		if o.kind == news.PlaceEntity && p.of < p.head {
			if n := a.nameAt[p.of]; n >= 0 && a.names[n].place >= 0 && a.places[a.names[n].place].Capital {
				if e, ok := a.byKey["country "+string(a.places[a.names[n].place].Country)]; ok {
					a.entities[e].governs = true
					return e
				}
			}
		}
	}
	return -1
}

func (a *article) makeNominal(p *phrase, of owner) int {
	kind := news.Person
	switch p.role.class {
	case organisation:
		kind = news.Organisation
	case groupClass:
		kind = news.Group
	case documentClass, armsClass:
		kind = news.OtherEntity
	}
	e := a.newEntity(kind)
	ent := a.entities[e]
	ent.plural = p.plural
	ent.gender = p.role.gender
	ent.name = a.phraseText(p)
	ent.heads = appendNew(nil, p.role.phrase, a.lemma(p.head))
	if p.role.class != documentClass && !(p.role.phrase == "party" && p.plural && len(p.modifiers) == 0) { // "both parties" may be any
		ent.sectors = a.sectorsOf(p.role, p.modifiers, of.entity)
	}
	if of.entity >= 0 {
		ent.country, ent.abroad = a.entities[of.entity].country, a.entities[of.entity].abroad
		if ent.abroad != "" {
			ent.country = a.locatedIn(p)
		}
	} else if code := a.locatedIn(p); code.Known() {
		ent.country = code
	} else if a.institution(p) && p.definite {
		ent.country = a.sole
	}
	if p.role.class == personClass && !p.plural && isOffice(p.role) {
		if r, ok := a.newRole(a.roleStart(p), p.head+1); ok {
			a.addRole(ent, r, of)
		}
	}
	return e
}

// parted reports a description that a colon or the end of a headline parts from
// what is said: "PM: no talks", "No talks: minister".
func (a *article) parted(p *phrase) bool {
	if j := p.head + 1; j < len(a.doc.Tokens) && a.sameBlock(p.head, j) {
		return a.doc.Tokens[j].Form == ":"
	}
	j := p.from - 1
	return j >= 0 && a.sameBlock(j, p.head) && a.doc.Tokens[j].Form == ":"
}

// bear gives a named person the office of a description that is no apposition.
func (a *article) bear(p *phrase, of owner) {
	ent := a.entities[p.entity]
	ent.heads = appendNew(ent.heads, p.role.phrase, a.lemma(p.head))
	if isOffice(p.role) {
		if r, ok := a.newRole(a.roleStart(p), p.head+1); ok {
			a.addRole(ent, r, of)
		}
	}
}

// describe adds what a description tells of an entity that had a name before.
func (a *article) describe(p *phrase) {
	ent := a.entities[p.entity]
	if ent.gender == unknownGender || ent.gender == either {
		if p.role.gender != unknownGender {
			ent.gender = p.role.gender
		}
	}
}
