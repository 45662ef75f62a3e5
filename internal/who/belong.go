package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where"
)

// locatedIn is the country of the place that a description says its persons or
// body are of: "a newspaper based in Oslo", "workers of the Oslo tram company",
// "villagers in northern Kenya". Soldiers, diplomats and travellers are where
// they are not from.
func (a *article) locatedIn(p *phrase) news.Optional {
	switch p.role.class {
	case personClass, personsClass, organisation, groupClass:
	default:
		return ""
	}
	for _, c := range a.doc.Children(p.head) {
		if c <= p.head || c > p.head+10 {
			continue
		}
		t := a.doc.Tokens[c]
		place := c
		switch {
		case t.Deprel == "nmod":
		case t.Deprel == "acl" && stays[a.headLemma(c)]:
			if place = a.doc.Child(c, "obl"); place < 0 {
				continue
			}
		default:
			continue
		}
		switch a.caseOf(place) {
		case "in", "throughout", "across":
			if contains(p.role.sectors, "MIL") || passing[p.role.phrase] {
				continue
			}
		case "of", "from", "at":
		default:
			continue
		}
		if code := a.countryAt(place); code.Known() {
			return code
		}
	}
	return ""
}

// stays are participles that tell where somebody is at home.
var stays = set("base", "live", "operate", "headquarter", "reside", "flee", "hide")

// passing are persons who may be far from home where they are.
var passing = set("tourist", "diplomat", "ambassador", "envoy", "visitor", "traveller", "traveler", "expatriate", "peacekeeper", "correspondent",
	"observer", "monitor", "official", "minister", "spokesman", "spokeswoman", "spokesperson", "negotiator", "source", "expert", "president", "leader", "representative", "delegation")

// countryAt is the country of the place, or of the body whose own name tells
// its country, that a token stands in.
func (a *article) countryAt(i int) news.Optional {
	if m := a.placeAt[i]; m >= 0 {
		return a.places[m].Country
	}
	if n := a.nameAt[i]; n >= 0 {
		nm := a.names[n]
		for k := nm.from; k < nm.to; k++ {
			if m := a.placeAt[k]; m >= 0 && a.places[m].Country.Known() {
				return a.places[m].Country // "United Tram Company of Oslo"
			}
		}
		if nm.entity >= 0 {
			if c := a.entities[nm.entity].country; len(c) == 3 && c != "IGO" && c != "NGO" && c != "MNC" {
				return c
			}
		}
	}
	return ""
}

// partNations makes two of a plural that two states share: "Kenyan and Ugandan
// soldiers" are Kenyans and Ugandans. The first has the whole phrase, each
// other the words from its own nation on.
func (a *article) partNations(p *phrase) {
	if !p.plural || p.of < 0 || p.of >= p.start || p.role.class == placeClass || p.role.class == countryClass {
		return
	}
	first := -1
	for i := p.from; i < p.start; i++ {
		n := a.nameAt[i]
		if n < 0 || a.names[n].from != i || a.names[n].kind != news.Country || a.names[n].entity < 0 {
			continue
		}
		if first < 0 {
			first = n
			if !a.listGoesOn(a.names[n].to) {
				return
			}
			a.entities[p.entity].country = a.entities[a.names[n].entity].country
			continue
		}
		if a.names[n].entity == a.names[first].entity {
			continue
		}
		whole := a.entities[p.entity]
		e := a.newEntity(whole.kind)
		twin := a.entities[e]
		twin.plural, twin.sectors, twin.heads = true, whole.sectors, whole.heads
		twin.country = a.entities[a.names[n].entity].country
		twin.name = strings.Join(strings.Fields(a.doc.Span(i, p.head+1).Text), " ")
		a.mentions = append(a.mentions, Mention{e, i, p.head + 1, i, news.MentionNominal})
	}
}

// listGoesOn reports whether "and" or a comma stands at token i.
func (a *article) listGoesOn(i int) bool {
	w := a.doc.Tokens[i].Form
	return w == "and" || w == "," || w == "or" || w == "&"
}

// countryOfPeople is the country that the article most names of those where a
// people of the tables lives, for persons and groups called by it: "Zulu
// farmers", "the Dogon". A people of one country is of that country.
func (a *article) countryOfPeople(ent *entity) news.Optional {
	text := ent.name
	switch {
	case ent.kind == news.Person && ent.named || ent.kind == news.PlaceEntity || ent.kind == news.Facility || ent.kind == news.Country:
		return ""
	case ent.named:
		text = strings.Join(ent.words, " ")
	}
	if ent.abroad != "" {
		return a.otherThan(ent.abroad)
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' }) {
		list, ok := a.lex.peoples[fold(w)]
		if !ok {
			continue
		}
		var best news.Optional
		for _, c := range list {
			if a.counts[string(c)] > a.counts[string(best)] {
				best = c
			}
		}
		if best == "" && len(list) == 1 {
			best = list[0]
		}
		return best
	}
	return ""
}

// otherThan is the country that the article names most, but for one; "" where
// two are named as often.
func (a *article) otherThan(code news.Optional) news.Optional {
	var best news.Optional
	tie := false
	for _, p := range a.places { // in text order, for the same answer always
		c := p.Country
		if !c.Known() || c == code || c == best {
			continue
		}
		switch n, most := a.counts[string(c)], a.counts[string(best)]; {
		case n > most:
			best, tie = c, false
		case n == most:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// kinAbroad reports whether the word for a country's people is said of those of
// another state: "ethnic Albanians", "the Albanians of southern Serbia".
func (a *article) kinAbroad(m where.Mention) bool {
	if m.From > 0 && a.lower(m.From-1) == "ethnic" {
		return true
	}
	if t := a.doc.Tokens[m.To-1]; t.XPOS != "NNS" && t.XPOS != "NNPS" || m.To+1 >= len(a.doc.Tokens) || a.lower(m.To) != "of" {
		return false
	}
	for i := m.To + 1; i < len(a.doc.Tokens) && i < m.To+4; i++ {
		if p := a.placeAt[i]; p >= 0 {
			return a.places[p].Country.Known() && a.places[p].Country != m.Country
		}
	}
	return false
}
