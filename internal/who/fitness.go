package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

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
		if of.entity >= 0 && a.entities[of.entity].country == "IGO" && ent.country == "IGO" && ent.actor >= 0 {
			switch a.lemma(p.head) {
			case "agency", "body", "office", "watchdog": // "the UN agency"
				return 2
			}
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
	// "The Lord's Resistance Army attacked two villages. The army said it had killed six
	// fighters": a bare "army" is a state's, whatever a group calls itself.
	if armies[lemma] && ent.named && len(p.modifiers) == 0 && (contains(ent.sectors, "REB") || contains(ent.sectors, "PRM")) {
		return 0
	}
	if contains(ent.heads, lemma) && (ent.named || a.modifiersAgree(p, ent)) {
		return 3
	}
	if armies[p.role.phrase] && !ent.named && len(p.modifiers) == 0 {
		for _, h := range ent.heads {
			if armies[h] {
				return 3 // "the Israeli military", then "the army"
			}
		}
	}
	if ent.named {
		for _, w := range ent.words {
			if w == lemma || singular(w) == lemma && lemma == "force" {
				if len(p.modifiers) == 1 && describing[p.modifiers[0]] {
					return 3
				}
				if len(p.modifiers) > 0 && p.of < 0 && !a.wordsOf(ent, p.modifiers) {
					return 0
				}
				return 3
			}
		}
		if ent.actor >= 0 {
			full := " " + fold(a.lex.actors[ent.actor].name) + " "
			if strings.Contains(full, " "+lemma+" ") || lemma == "force" && strings.Contains(full, " forces ") {
				return 3
			}
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
	if ent.kind == news.Facility && ent.place >= 0 && len(p.modifiers) == 0 && strings.Contains(" "+fold(a.places[ent.place].Name)+" ", " "+lemma+" ") {
		return 3 // "the US embassy", then "the embassy"
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
		if outletWords[lastOf(ent.words)] {
			return 0 // "he told Levant Shipping News that the company would lose"
		}
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

// describing are adjectives that say of what sort a body is and not which.
var describing = set("paramilitary", "rebel", "militant", "armed", "opposition", "ruling", "governing", "banned", "outlawed", "powerful",
	"independent", "islamist", "separatist", "jihadist", "insurgent", "official", "influential", "embattled")

// outletWords end the names of newspapers and broadcasters. They are companies too, but
// who says "the company" in the news that they print means another.
var outletWords = set("news", "times", "gazette", "herald", "tribune", "radio", "television", "tv", "newspaper", "journal", "observer", "courier")

func lastOf(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// armies are nouns for the whole of a country's forces.
var armies = set("army", "military", "armed forces")

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
		return !ent.named || len(ent.roles) == 0
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
