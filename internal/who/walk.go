package who

import (
	"sort"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// past is one thing mentioned so far, the memory that descriptions and
// pronouns look back on. Things with no entity are kept too: "it" may mean
// the road.
type past struct {
	entity   int // -1 for a thing that is no entity
	from, to int
	head     int
	plural   bool
	subject  bool
	quoted   bool
	sentence int
	locative bool // "in Norway": seldom what "they" or "it" means
}

// lookBack is how many things a description looks back on; a pronoun looks
// back on a third of them.
const lookBack = 180

// walk goes through the text once and joins descriptions and pronouns to what
// was mentioned before.
func (a *article) walk() {
	a.noteOffices()
	sort.SliceStable(a.mentions, func(i, j int) bool { return a.mentions[i].From < a.mentions[j].From })
	// A phrase is read where its head stands, after the names and pronouns
	// inside it: "his lawyer", "Norway's police chief".
	named := a.mentions
	a.mentions = make([]Mention, 0, 2*len(named))
	var memory []past
	next := 0
	for i, t := range a.doc.Tokens {
		for next < len(named) && named[next].From <= i {
			m := named[next]
			a.mentions = append(a.mentions, m)
			thing := a.remember(m.Entity, m.From, m.To, m.Head)
			thing.subject = thing.subject || a.titledSubject(m.From)
			memory = append(memory, thing)
			next++
		}
		if a.skip[i] || a.nameAt[i] >= 0 {
			continue
		}
		if q := a.phraseAt[i]; q >= 0 {
			p := &a.phrases[q]
			a.resolvePhrase(p, memory)
			if p.entity >= 0 {
				a.mentions = append(a.mentions, Mention{p.entity, p.from, p.to, p.head, news.MentionNominal})
				a.describe(p)
			}
			past := a.remember(p.entity, p.from, p.to, p.head)
			past.plural = p.plural
			memory = append(memory, past)
			continue
		}
		switch t.UPOS {
		case "PRON", "DET":
			e := a.pronoun(i, memory)
			if e >= 0 {
				a.mentions = append(a.mentions, Mention{e, i, i + 1, i, news.MentionPronoun})
				memory = append(memory, a.remember(e, i, i+1, i))
			}
		case "NOUN":
			if (nlp.IsRel(t.Deprel, "nsubj") || nlp.IsRel(t.Deprel, "obj")) && !a.modifiesNext(i) {
				thing := a.remember(-1, i, i+1, i)
				thing.plural = t.XPOS == "NNS"
				memory = append(memory, thing)
			}
		}
	}
}

// titledSubject reports whether the title before a name is what the parse has
// for the subject: the "Minister" of "Minister Velin said".
func (a *article) titledSubject(i int) bool {
	n := a.nameAt[i]
	if n < 0 || a.names[n].title[0] == a.names[n].title[1] {
		return false
	}
	h := a.headOf(a.names[n].title[0], a.names[n].to)
	return nlp.IsRel(a.doc.Tokens[h].Deprel, "nsubj")
}

func (a *article) remember(e, from, to, head int) past {
	p := past{entity: e, from: from, to: to, head: head, quoted: a.quoted[head], sentence: a.doc.SentenceOf(head)}
	p.subject = nlp.IsRel(a.doc.Tokens[head].Deprel, "nsubj")
	if e >= 0 {
		a.entities[e].told++
		p.plural = a.entities[e].plural
		p.locative = a.locative(head)
	}
	return p
}

// resolvePhrase finds whom a description means, or makes an entity of it
// where its noun is that of an actor.
func (a *article) resolvePhrase(p *phrase, memory []past) {
	if p.entity >= 0 {
		return
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
	if e := a.stateOf(p, of); e >= 0 {
		p.entity = e
		return
	}
	headline := a.headline(p.head)
	if p.bare() && headline && nlp.IsRel(a.doc.Tokens[p.head].Deprel, "nsubj") {
		p.definite = true // "Minister quits"
	}
	if p.definite {
		if e := a.described(p, of, memory); e >= 0 {
			p.entity = e
			return
		}
		if e := a.namedLater(p, of); e >= 0 {
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
	if key != "" {
		a.byKey[key] = p.entity
	}
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
		return !p.bare() || subject && headline
	}
	if p.role.nameOnly || p.role.phrase == "body" && (p.plural || p.of < 0) {
		return false // "nine bodies" are no organisations
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

// headline reports whether a token stands in a block set as headlines are,
// where articles are left out.
func (a *article) headline(i int) bool {
	switch a.doc.BlockOf(i).Kind {
	case news.BlockTitle, news.BlockLead, news.BlockHeading, news.BlockCaption:
		return true
	}
	return false
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
			return of.entity
		}
		if o.kind == news.PlaceEntity && p.of < p.head {
			if n := a.nameAt[p.of]; n >= 0 && a.names[n].place >= 0 && a.places[a.names[n].place].Capital {
				if e, ok := a.byKey["country "+string(a.places[a.names[n].place].Country)]; ok {
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
	case documentClass:
		kind = news.OtherEntity
	}
	e := a.newEntity(kind)
	ent := a.entities[e]
	ent.plural = p.plural
	ent.gender = p.role.gender
	ent.name = a.phraseText(p)
	ent.heads = appendNew(nil, p.role.phrase, a.lemma(p.head))
	if p.role.class != documentClass {
		ent.sectors = a.sectorsOf(p.role, p.modifiers, of.entity)
	}
	if of.entity >= 0 {
		ent.country = a.entities[of.entity].country
	} else if a.institution(p) && p.definite {
		ent.country = a.main
	}
	if p.role.class == personClass && !p.plural && isOffice(p.role) {
		if r, ok := a.newRole(a.roleStart(p), p.head+1); ok {
			a.addRole(ent, r, of)
		}
	}
	return e
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

// described looks back for what a definite description means.
func (a *article) described(p *phrase, of owner, memory []past) int {
	best, bestScore := -1, 0
	least := 1
	if a.restricted(p) && !oneOfItsKind[p.role.phrase] {
		least = 3 // "the network behind the blast": said for the first time
	}
	seen := map[int]bool{}
	for k, steps := len(memory)-1, 0; k >= 0 && steps < lookBack; k, steps = k-1, steps+1 {
		m := memory[k]
		if m.entity < 0 || seen[m.entity] || m.from <= p.head && p.head < m.to || m.from >= p.from {
			continue
		}
		seen[m.entity] = true
		score := a.fitness(p, of, m.entity)
		if score >= least && score > bestScore {
			best, bestScore = m.entity, score
			if score >= 3 {
				break
			}
		}
	}
	return best
}

// namedLater returns the one person of the article whose office a description
// names before the name comes: "the governor said. ... Governor Odd Lien".
func (a *article) namedLater(p *phrase, of owner) int {
	if p.role.class != personClass || p.plural || !isOffice(p.role) || a.restricted(p) {
		return -1
	}
	found := -1
	for _, e := range a.byOffice[a.lemma(p.head)] {
		if e == found || a.fitness(p, of, e) < 3 {
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
		}
	}
}

// epithet joins a description that nothing before fits by its words to the
// person named last, a sentence away at most, of whom the text says no office
// that speaks against it: "Velin lost ... The northern senator said".
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
		if sentence-m.sentence > 1 || a.quoted[p.head] != m.quoted {
			break
		}
		ent := a.entities[m.entity]
		if ent.kind != news.Person || m.plural || !ent.named {
			continue
		}
		if !ent.gender.fits(p.role.gender) || a.doc.Tokens[m.head].Head == a.doc.Tokens[p.head].Head {
			continue
		}
		if m.entity == found {
			continue
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

// fitness scores how well a description fits an entity: 0 not at all, 1 by
// its kind, 2 by its head noun, 3 by all of its words.
func (a *article) fitness(p *phrase, of owner, e int) int {
	ent := a.entities[e]
	if of.entity == e {
		return 0
	}
	switch p.role.class {
	case personClass, personsClass:
		if ent.kind != news.Person || ent.plural != p.plural {
			return 0
		}
		if p.role.gender != unknownGender && !ent.gender.fits(p.role.gender) {
			return 0
		}
		if of.entity >= 0 && !a.sameOwner(ent, of) {
			return 0
		}
		full := roleTitle(strings.ReplaceAll(a.doc.Span(p.start, p.head+1).Text, "-", " "))
		lemma := a.lemma(p.head)
		if contains(ent.heads, fold(full)) {
			if a.modifiersAgree(p, ent) {
				return 3
			}
			return 0
		}
		if p.start == p.head && len(p.modifiers) == 0 || a.modifiersAgree(p, ent) {
			if contains(ent.heads, lemma) || contains(ent.heads, p.role.phrase) && p.start == p.head {
				return 3
			}
		}
		if p.plural || len(p.modifiers) > 0 && p.of < 0 {
			return 0
		}
		if p.of < 0 && a.hypernym(lemma, ent) {
			return 2
		}
		if of.entity >= 0 && a.headsBody(lemma, ent) {
			return 3
		}
		return 0
	case organisation, groupClass:
		if ent.kind != news.Organisation && ent.kind != news.Group && !(ent.kind == news.Facility && p.role.class == organisation) {
			return 0
		}
		if of.entity >= 0 && of.entity != e && !a.sameOwner(ent, of) {
			return 0
		}
		return a.bodyFitness(p, ent)
	case documentClass:
		if ent.kind != news.OtherEntity || ent.plural != p.plural {
			return 0
		}
		if contains(ent.heads, p.role.phrase) || contains(ent.heads, a.lemma(p.head)) {
			if of.text != "" && ent.name != "" && !strings.Contains(fold(ent.name), fold(of.text)) {
				return 0
			}
			return 3
		}
	}
	return 0
}

// bodyFitness compares a body's description with a body: by the nouns of its
// name first, then by its kind.
func (a *article) bodyFitness(p *phrase, ent *entity) int {
	lemma := a.lemma(p.head)
	if p.plural != ent.plural && p.plural && ent.kind != news.Group {
		return 0
	}
	if contains(ent.heads, lemma) && (ent.named || a.modifiersAgree(p, ent)) {
		return 3
	}
	if ent.named {
		for _, w := range ent.words {
			if w == lemma {
				if len(p.modifiers) > 0 && p.of < 0 && !a.wordsOf(ent, p.modifiers) {
					return 0
				}
				return 3
			}
		}
		if ent.actor >= 0 && strings.Contains(" "+fold(a.lex.actors[ent.actor].name)+" ", " "+lemma+" ") {
			return 3
		}
	}
	if len(p.modifiers) > 1 || p.of >= 0 {
		return 0
	}
	if p.plural {
		switch lemma {
		case "rebel", "militant", "insurgent", "guerrilla":
		default:
			return 0
		}
	}
	has := func(sectors ...string) bool {
		for _, s := range sectors {
			if contains(ent.sectors, s) {
				return true
			}
		}
		return false
	}
	if !ent.named {
		return 0
	}
	switch lemma {
	case "group", "movement", "organisation", "organization", "outfit", "faction", "network", "militia", "front", "rebel", "militant", "insurgent":
		if ent.kind == news.Group && (lemma != "rebel" && lemma != "militant" && lemma != "insurgent" && lemma != "militia" || has("REB", "PRM")) {
			return 3
		}
		if lemma != "faction" && lemma != "militia" && (has("SOC") || ent.country == "NGO") {
			return 3
		}
		if ent.kind == news.Organisation && (lemma == "group" || lemma == "organisation" || lemma == "organization") && !has("GOV", "MIL", "COP", "JUD", "LEG") {
			return 2
		}
	case "party":
		if has("PTY") {
			return 2
		}
	case "company", "firm", "airline", "bank", "manufacturer", "maker", "carrier", "lender":
		if has("BUS") || ent.kind == news.Organisation && ent.actor < 0 && len(ent.sectors) == 0 {
			return 2
		}
	case "army", "military":
		if has("MIL") && ent.country != "IGO" && p.of < 0 {
			return 2
		}
	case "agency", "body", "watchdog", "institution", "commission", "service":
		if ent.country == "IGO" || ent.country == "NGO" {
			return 3
		}
		if ent.kind == news.Organisation {
			return 2
		}
	case "newspaper", "broadcaster", "channel", "outlet", "paper", "station", "magazine", "daily":
		if has("JRN") {
			return 2
		}
	case "bloc", "alliance":
		if ent.country == "IGO" {
			return 2
		}
	case "court", "tribunal":
		if has("JUD") {
			return 2
		}
	case "union":
		if has("LAB") {
			return 2
		}
	}
	return 0
}

func (a *article) wordsOf(ent *entity, modifiers []string) bool {
	for _, m := range modifiers {
		if !contains(ent.words, m) {
			return false
		}
	}
	return true
}

// modifiersAgree reports whether nothing that a description adds to its noun
// speaks against an entity: "the interior minister" is not the defence
// minister.
func (a *article) modifiersAgree(p *phrase, ent *entity) bool {
	for _, m := range p.modifiers {
		switch m {
		case "former", "veteran", "senior", "top", "alleged", "new", "young", "old", "same", "late", "accused", "jailed", "embattled",
			"first", "second", "other", "two", "three", "four", "key", "main", "suspected", "dead", "injured", "wounded", "local", "armed":
			continue
		}
		ok := false
		for _, r := range ent.roles {
			if strings.Contains(" "+fold(strings.ReplaceAll(r.Title, "-", " "))+" ", " "+m+" ") {
				ok = true
			}
		}
		if !ok && (ent.named || !strings.Contains(fold(ent.name), m)) {
			return false
		}
	}
	return true
}

// sameOwner reports whether a role or country of an entity agrees with the
// owner that a description names.
func (a *article) sameOwner(ent *entity, of owner) bool {
	o := a.entities[of.entity]
	for _, r := range ent.roles {
		if r.Of.Known() && (fold(string(r.Of)) == fold(of.text) || r.Country.Known() && r.Country == o.country) {
			return true
		}
	}
	if ent.country.Known() {
		return ent.country == o.country
	}
	for _, r := range ent.roles {
		if r.Of.Known() || r.Country.Known() {
			return false
		}
	}
	// Nothing is known of whom it belongs to: its name may still tell.
	return len(ent.roles) > 0 && ent.named
}

// headsBody reports whether "the UN chief" may be a secretary-general, "the
// Kenyan leader" a president: both belong to one body, see sameOwner.
func (a *article) headsBody(lemma string, ent *entity) bool {
	switch lemma {
	case "chief", "head", "boss", "leader":
	default:
		return false
	}
	for _, h := range ent.heads {
		switch h {
		case "secretary general", "director general", "president", "prime minister", "premier", "chairman", "chairwoman", "chair",
			"executive director", "high commissioner", "chief executive", "ceo", "governor", "commissioner", "chancellor", "king", "emir", "general secretary":
			return true
		}
	}
	return false
}

// hypernyms are nouns that stand for any role of a sector.
var hypernyms = map[string]string{
	"official": "GOV", "lawmaker": "LEG", "cleric": "REL", "officer": "MIL COP", "commander": "MIL REB", "journalist": "JRN",
	"doctor": "MED", "politician": "PTY GOV LEG OPP", "executive": "BUS", "militant": "REB", "attacker": "UAF REB", "gunman": "UAF",
	"suspect": "UAF CRM REB", "leader": "GOV", "diplomat": "", "academic": "EDU", "soldier": "MIL", "spokesman": "", "spokeswoman": "",
}

func (a *article) hypernym(lemma string, ent *entity) bool {
	switch lemma {
	case "man", "woman", "boy", "girl":
		return ent.named == false || len(ent.roles) == 0
	}
	sectors, ok := hypernyms[lemma]
	if !ok {
		return false
	}
	for _, s := range strings.Fields(sectors) {
		for _, r := range ent.roles {
			if contains(a.sectorsOfTitle(r.Title, -1), s) {
				return true
			}
		}
		if !ent.named && contains(ent.sectors, s) {
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
			if precision == news.PrecisionCity && (p.role.phrase != "capital" || a.places[ent.place].Capital) {
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
