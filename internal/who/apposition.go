package who

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// readAppositions joins descriptions to the names they stand beside:
// "Norway's transport minister, Mara Velin,", "Velin, 43, a teacher,",
// "the rebel group Northern Dawn", "Velin is a lawyer", "the town of Rosk".
func (a *article) readAppositions() {
	for i := range a.phrases {
		p := &a.phrases[i]
		a.ledBody(p)
		if n := a.nameBeside(p); n >= 0 {
			a.apply(p, n)
		}
	}
}

// ledBody corrects the type of what a description leads: in "the leader of
// Cais Unido" Cais Unido is a body, though it look like a person's name.
func (a *article) ledBody(p *phrase) {
	if p.of < p.head || a.nameAt[p.of] < 0 || !leads[p.role.phrase] || a.lower(p.head+1) != "of" {
		return
	}
	n := &a.names[a.nameAt[p.of]]
	if n.kind != news.Person || n.known || n.title[0] < n.title[1] || n.gender != unknownGender || n.entity < 0 {
		return
	}
	ent := a.entities[n.entity]
	if ent.gender != unknownGender || len(ent.roles) > 0 {
		return
	}
	n.kind, ent.kind = news.Organisation, news.Organisation
	ent.votes[kindIndex(news.Organisation)] += 4
}

// leads are offices at the head of a body.
var leads = set("leader", "head", "chairman", "chairwoman", "chair", "president", "director", "secretary general",
	"general secretary", "founder", "member", "chief", "deputy leader", "secretary", "chief executive", "ceo", "manager", "co founder")

// nameBeside returns the name that a phrase describes, or -1.
func (a *article) nameBeside(p *phrase) int {
	sent := a.doc.Sentences[a.doc.SentenceOf(p.head)]
	// The phrase first, no comma: "the militant group Northern Dawn".
	if j := p.head + 1; j < sent.To && a.nameAt[j] >= 0 && !p.plural {
		if n := a.nameAt[j]; a.names[n].from == j && a.describes(p, n) && p.role.class != personClass && !a.names[n].nation {
			return n
		}
	}
	// "the Northern Dawn movement", "the Kilimo news agency".
	if j := p.start - 1; j >= sent.From && !p.plural && a.nameAt[j] >= 0 && (selfNouns[p.role.phrase] || p.role.class == placeClass || p.role.phrase == "agency" && a.isMedia(a.nameAt[j])) {
		if n := a.nameAt[j]; a.names[n].to == p.start && a.names[n].kind != news.Country && a.describes(p, n) && a.entities[a.names[n].entity].country != "IGO" {
			return n
		}
	}
	// "the town of Rosk"
	if p.role.class == placeClass && p.of >= 0 && p.of > p.head && a.nameAt[p.of] >= 0 && a.lower(p.head+1) == "of" {
		if n := a.nameAt[p.of]; a.describes(p, n) {
			return n
		}
	}
	if p.plural || p.role.class == placeClass && p.of >= 0 {
		return -1
	}
	// The phrase first, with a comma: "the minister, Mara Velin,".
	if n := a.nameAfter(p.to, sent); n >= 0 {
		end := a.names[n].to
		closed := end >= sent.To || a.closes(end)
		if a.describes(p, n) && (closed || a.appos(a.names[n], p.head) && a.names[n].title[0] == a.names[n].title[1]) {
			if p.definite || p.of >= 0 || a.appos(a.names[n], p.head) || p.indefinite {
				return n
			}
		}
	}
	// "A spokesperson for the navy, Commander Mara Velin,"
	if end := a.pastOwner(p, sent); end > p.to && p.role.class == personClass {
		if n := a.nameAfter(end, sent); n >= 0 && a.describes(p, n) && (a.names[n].to >= sent.To || a.closes(a.names[n].to)) {
			return n
		}
	}
	// "a little-known group called Red Kestrel"
	if n := a.calledBy(p, sent); n >= 0 {
		return n
	}
	// "They named the driver as Mara Velin."
	if n := a.identifiedAs(p, sent); n >= 0 && a.describes(p, n) {
		return n
	}
	// The name first: "Mara Velin, the minister,", "Velin (43), a teacher".
	j := p.from - 1
	if o := a.ownerStart(p); o < p.from {
		j = o - 1
	}
	for steps := 0; j > sent.From && steps < 6; steps++ {
		t := a.doc.Tokens[j]
		if a.comma(j) || t.UPOS == "NUM" || t.Form == "(" || t.Form == ")" || besideNames[a.lower(j)] || t.Form == "-" && steps == 0 {
			j--
			continue
		}
		break
	}
	if j >= sent.From && j < p.from-1 && a.nameAt[j] >= 0 && a.names[a.nameAt[j]].to == j+1 {
		n := a.nameAt[j]
		closed := p.to >= sent.To || a.closes(p.to)
		if !closed && a.doc.Tokens[p.head].Deprel != "nsubj" { // not "According to Velin, a detective for the city said"
			closed = a.doc.Tokens[p.to].UPOS == "ADP" || a.doc.Tokens[p.to].UPOS == "PRON"
		}
		if a.describes(p, n) && (closed && !a.listed(p) || a.doc.Tokens[p.head].Deprel == "appos" && a.within(a.doc.Tokens[p.head].Head, a.names[n])) {
			return n
		}
	}
	// "Velin, a lawyer and former judge,": a second description.
	if t := a.doc.Tokens[p.head]; t.Deprel == "conj" && t.Head >= 0 && t.Head < p.head && p.role.class == personClass && !p.definite {
		if q := a.phraseAt[t.Head]; q >= 0 && a.phrases[q].name >= 0 && a.lower(p.from-1) == "and" && !a.phrases[q].plural {
			return a.phrases[q].name
		}
		// The parse may hang the second from the name itself.
		if q := a.describedBefore(p); q >= 0 && a.within(t.Head, a.names[a.phrases[q].name]) {
			return a.phrases[q].name
		}
	}
	// "Velin is a lawyer", "Velin, who is a lawyer".
	if c := a.doc.Child(p.head, "cop"); c >= 0 && a.doc.Child(p.head, "nsubj") >= 0 {
		s := a.doc.Child(p.head, "nsubj")
		if n := a.nameAt[s]; n >= 0 && a.describes(p, n) && p.role.class != placeClass && a.asserted(p.head) {
			p.predicate = true
			return n
		}
	}
	return -1
}

// describedBefore returns the description that "and" ties a singular one to,
// where it stands beside a name; -1 where there is none.
func (a *article) describedBefore(p *phrase) int {
	if p.plural || p.from < 2 || a.lower(p.from-1) != "and" {
		return -1
	}
	q := a.phraseAt[p.from-2]
	if q < 0 || a.phrases[q].name < 0 || a.phrases[q].plural || a.phrases[q].role.class != personClass {
		return -1
	}
	return q
}

// besideNames may stand between a name and what it is: "Velin, now an envoy,".
var besideNames = set("aged", "now", "then", "once", "currently", "formerly", "previously", "himself", "herself", "also")

// pastOwner is where the words end that tell whom a description's person
// serves, a comma after them: "for the navy,", "with the UN in Rosk,". What
// holds a verb, another person or a clause is no such run.
func (a *article) pastOwner(p *phrase, sent nlp.Sentence) int {
	j := p.head + 1
	if j >= sent.To || !(p.definite || p.indefinite || p.of >= 0) {
		return -1
	}
	switch a.lower(j) {
	case "of", "for", "with", "at", "in", "from":
	default:
		return -1
	}
	for k := j + 1; k < sent.To && k < j+10; k++ {
		if a.comma(k) {
			return k
		}
		if q := a.phraseAt[k]; q >= 0 && a.phrases[q].role.class == personClass && !a.phrases[q].plural || a.nameAt[k] >= 0 && a.names[a.nameAt[k]].kind == news.Person {
			return -1
		}
		switch a.doc.Tokens[k].UPOS {
		case "VERB", "AUX", "PUNCT", "SCONJ", "PRON":
			if d := a.doc.Tokens[k].Deprel; d != "nmod:poss" && d != "amod" && !hyphen(a.doc.Tokens[k].Form) {
				return -1
			}
		}
	}
	return -1
}

// identifiedAs returns the name that somebody is said to have: "named the
// driver as Mara Velin", "a farmer, identified as Odd Lien,".
func (a *article) identifiedAs(p *phrase, sent nlp.Sentence) int {
	if p.role.class != personClass {
		return -1
	}
	verb := "" // the word before, since "Police named" parses badly
	if p.from > sent.From {
		switch a.lower(p.from - 1) {
		case "identified", "identify", "identifies", "named", "names":
			verb = "name"
		}
	}
	for k := p.to; k+1 < sent.To && k < p.to+6; k++ {
		switch t := a.doc.Tokens[k]; {
		case a.lower(k) == "as" && (verb == "identify" || verb == "name"):
			for e := k + 1; e < sent.To && e < k+8; e++ {
				if n := a.nameAt[e]; n >= 0 {
					if nm := a.names[n]; e == k+1 || nm.title[1] > nm.title[0] && nm.title[0] <= k+1+1 {
						return n
					}
					return -1
				}
			}
			return -1
		case t.UPOS == "VERB":
			verb = a.headLemma(k)
		case t.UPOS == "AUX" || t.UPOS == "ADV" || a.comma(k) || t.UPOS == "PRON":
		default:
			return -1
		}
	}
	return -1
}

// nameAfter returns the name that follows a comma at j, its title before it:
// "the spokesman, Colonel Odd Lien,".
func (a *article) nameAfter(j int, sent nlp.Sentence) int {
	if j+1 >= sent.To || !a.comma(j) {
		return -1
	}
	if j+2 < sent.To && a.lower(j+1) == "the" {
		j++ // "a militia, the Wazaro,"
	}
	for k := j + 1; k < sent.To && k < j+8; k++ {
		if n := a.nameAt[k]; n >= 0 {
			nm := a.names[n]
			if nm.from == j+1 || nm.title[1] > nm.title[0] && nm.title[0] == j+1 && nm.from == k {
				return n
			}
			return -1
		}
	}
	return -1
}

// selfNouns say what a name before them names.
var selfNouns = set("movement", "group", "party", "organisation", "organization", "network", "militia", "news agency",
	"newspaper", "broadcaster", "airline", "channel", "gang", "cartel", "front", "charity", "magazine", "tv channel",
	"television channel", "television station", "radio station", "think tank", "think-tank", "rebel group", "militant group", "armed group",
	"terrorist group", "insurgency", "faction", "outfit", "bloc", "alliance", "coalition")

// isMedia reports whether a name is that of a newspaper or agency.
func (a *article) isMedia(n int) bool {
	row := a.names[n].actor
	return row >= 0 && a.lex.actors[row].media
}

func (a *article) comma(i int) bool { return a.doc.Tokens[i].Form == "," }

// closes reports whether a token may follow an apposition.
func (a *article) closes(i int) bool {
	switch a.doc.Tokens[i].Form {
	case ",", ".", ";", ")", ":", "–", "—", "!", "?", "”", "\"":
		return true
	}
	return false
}

func (a *article) appos(n name, head int) bool {
	h := a.headOf(n.from, n.to)
	return a.doc.Tokens[h].Deprel == "appos" && a.doc.Tokens[h].Head == head
}

func (a *article) within(i int, n name) bool { return i >= n.from && i < n.to }

// listed reports whether name and phrase are two of a list: "Velin, the
// mayor, and two aides".
func (a *article) listed(p *phrase) bool {
	if nlp.IsRel(a.doc.Tokens[p.head].Deprel, "conj") {
		// Between two commas the parse is wrong: "Velin, a Kenyan national, was
		// freed", "Velin, a Democrat, and Lien".
		return !(p.indefinite && p.to < len(a.doc.Tokens) && a.comma(p.to))
	}
	k := p.to
	if k < len(a.doc.Tokens) && a.comma(k) {
		k++
	}
	return k < len(a.doc.Tokens) && a.lower(k) == "and" && !p.definite && !p.indefinite
}

// asserted reports whether a predicate is said to hold: not denied, not
// supposed, not only possible.
func (a *article) asserted(i int) bool {
	for _, c := range a.doc.Children(i) {
		switch a.lower(c) {
		case "not", "n't", "n’t", "never", "no", "if", "whether", "would", "could", "should", "may", "might", "can", "unless":
			return false
		}
	}
	return true
}

// ownerStart is where a phrase begins with the owner's name before it.
func (a *article) ownerStart(p *phrase) int {
	start := p.from
	if p.of >= 0 && p.of < p.from {
		if n := a.nameAt[p.of]; n >= 0 {
			start = min(start, a.names[n].from)
		}
	}
	return start
}

// describes reports whether a phrase's class fits a name's kind.
func (a *article) describes(p *phrase, n int) bool {
	nm := a.names[n]
	if nm.entity < 0 {
		return false
	}
	kind := a.entities[nm.entity].kind
	if kind == news.Person && !a.entities[nm.entity].gender.fits(p.role.gender) {
		return false
	}
	switch p.role.class {
	case personClass:
		return kind == news.Person || !nm.known && kind == news.OtherEntity || a.personAfterAll(p, nm)
	case organisation, groupClass:
		if kind == news.Person && !nm.known && a.afterArticle(nm.from, nm.to) {
			return true
		}
		return kind == news.Organisation || kind == news.Group || kind == news.Facility ||
			!nm.known && (kind == news.OtherEntity || kind == news.PlaceEntity)
	case placeClass:
		return kind == news.PlaceEntity
	case countryClass:
		return kind == news.Country && !nm.nation
	case documentClass:
		return kind == news.OtherEntity && !nm.known
	}
	return false
}

// personAfterAll reports whether a name that the tagger took for a body's or a
// place's is that of a person whose office or trade stands beside it: "A rebel
// spokesman, Yohan Tessema,", "Delta Mensah, a clerk,". Firms are owners and makers
// of things too.
func (a *article) personAfterAll(p *phrase, n name) bool {
	ent := a.entities[n.entity]
	if n.known || n.actor >= 0 || n.place >= 0 || ent.actor >= 0 || ent.place >= 0 || p.plural || !isOffice(p.role) && !p.indefinite && p.role.gender == unknownGender || firmsToo[a.lemma(p.head)] {
		return false
	}
	if n.to-n.from < 2 || n.to-n.from > 4 || a.bodyInRest(n.from, n.to) || companyWords[a.lower(n.to-1)] {
		return false
	}
	for i := n.from; i < n.to; i++ {
		if f := a.doc.Tokens[i].Form; !capitalised(f) || isAcronym(f) {
			return false
		}
	}
	return true
}

// firmsToo are offices that companies have as well as persons.
var firmsToo = set("owner", "manager", "operator", "maker", "supplier", "contractor", "developer", "buyer", "parent", "insurer", "publisher",
	"producer", "client", "competitor", "sponsor", "distributor", "broker", "agent", "provider", "employer", "lender", "seller", "builder")

// apply joins a phrase to the entity of a name beside it.
func (a *article) apply(p *phrase, n int) {
	nm := a.names[n]
	ent := a.entities[nm.entity]
	p.entity, p.name = nm.entity, n
	ent.heads = appendNew(ent.heads, p.role.phrase, a.lemma(p.head))
	switch p.role.class {
	case personClass:
		if ent.kind != news.Person {
			a.retype(nm.entity, news.Person)
		}
		if p.role.gender != unknownGender && ent.gender == unknownGender {
			ent.gender = p.role.gender
		}
		if of := a.ownerOf(p); of.entity >= 0 && !isOffice(p.role) && a.entities[of.entity].kind == news.Country && !ent.country.Known() {
			ent.country = a.entities[of.entity].country // "a Kenyan national"
		}
		if isOffice(p.role) {
			from := a.roleStart(p)
			to := p.head + 1
			of := a.ownerOf(p)
			if p.of > p.head && of.entity < 0 && !a.describedOwner(p) {
				to = p.to // "minister of trade"
			} else if p.of < 0 && p.to > p.head+1 {
				to = p.to // "secretary of state"
			}
			if r, ok := a.newRole(from, to); ok {
				a.addRole(ent, r, of)
			}
		}
	case organisation, groupClass:
		if a.lemma(p.head) == "party" && ent.actor < 0 && ent.kind != news.Person {
			ent.kind, ent.sectors = news.Group, []string{"PTY"} // "his party, the Civic Union"
			ent.votes[kindIndex(news.Group)] += 8
		}
		if nm.known {
			break
		}
		kind := news.Organisation
		if p.role.class == groupClass {
			kind = news.Group
		}
		if ent.kind == news.Person { // "a group called Red Kestrel"
			a.retype(nm.entity, kind)
		}
		ent.kind = kind
		for range 3 {
			ent.votes[kindIndex(ent.kind)]++
		}
		if len(ent.sectors) == 0 {
			ent.sectors = a.sectorsOf(p.role, p.modifiers, -1)
		}
		if of := a.ownerOf(p); of.entity >= 0 && !ent.country.Known() {
			ent.country = a.entities[of.entity].country
		}
	}
}

// describedOwner reports whether an office is said to be of something that
// itself is only described, "of the province", which is no part of the title.
func (a *article) describedOwner(p *phrase) bool {
	q := a.phraseAt[p.of]
	if q < 0 {
		return false
	}
	switch a.phrases[q].role.class {
	case placeClass, countryClass, organisation, groupClass:
		return a.phrases[q].definite
	}
	return false
}

// roleStart is where the title of a description begins: with the modifiers
// that belong to an office ("deputy", "regional", a noun), without those that
// judge or describe ("embattled", "popular", "40-year-old").
func (a *article) roleStart(p *phrase) int {
	start := p.start
	for k := p.start - 1; k >= p.from; k-- {
		t := a.doc.Tokens[k]
		switch {
		case a.nameAt[k] >= 0 || t.Deprel == "nmod:poss":
			return start
		case hyphen(t.Form) || k > p.from && hyphen(a.doc.Tokens[k-1].Form) && k+1 < len(a.doc.Tokens) && !hyphen(a.doc.Tokens[k+1].Form):
			return start // "a high-risk prisoner"
		case t.UPOS == "NOUN" || t.UPOS == "PROPN":
			start = k
		case t.UPOS == "ADJ" && (a.isModifier(k) || officeAdjectives[a.lower(k)] || capitalised(t.Form)):
			start = k
		default:
			return start
		}
	}
	return start
}

var officeAdjectives = set("deputy", "vice", "acting", "interim", "chief", "assistant", "general", "prime", "first", "second",
	"national", "special", "permanent", "executive", "financial", "external", "internal", "domestic", "joint", "associate",
	"independent", "human", "civil", "public", "environmental", "economic", "nuclear", "maritime", "spiritual", "supreme",
	"outgoing", "incoming", "head", "lead", "principal", "strategic", "commercial", "veteran", "medical", "criminal", "social",
	"democratic", "republican", "liberal", "conservative", "green", "socialist", "communist", "far-right", "left-wing", "right-wing")

// isOffice reports whether a role is an office or function, not an age or a
// part in what happened: "minister", "lawyer"; not "boy", "victim", "brother".
func isOffice(r *role) bool {
	if r.class != personClass {
		return false
	}
	if r.gender != unknownGender && !r.mod && len(r.sectors) == 1 && r.sectors[0] == "CVL" {
		return false
	}
	switch r.phrase {
	case "victim", "child", "baby", "toddler", "teenager", "youth", "person", "resident", "local", "friend", "neighbour",
		"neighbor", "survivor", "relative", "passenger", "parent", "sibling", "cousin", "spouse", "suspect", "guest",
		"kid", "adult", "twin", "loved one", "family member", "figure", "rival", "critic", "opponent", "ally", "partner",
		"counterpart", "native", "national", "citizen", "casualty", "hostage", "heir", "passer-by", "bystander":
		return false
	}
	return true
}
