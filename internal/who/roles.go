package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// owner is whom a role or a description belongs to: "Norway's", "of the union".
type owner struct {
	entity int    // -1 where the words name nobody we know
	text   string // as the text has it, "" for none
}

var nobody = owner{entity: -1}

// ownerBefore returns the name right before a title: "Norway's transport
// minister", "Norwegian police chief", "UN envoy".
func (a *article) ownerBefore(start int) owner {
	j := start - 1
	if j < 0 || a.doc.SentenceOf(j) != a.doc.SentenceOf(start) {
		return nobody
	}
	switch a.doc.Tokens[j].Form {
	case "'s", "’s", "'", "’":
		j--
	}
	if j < 0 || a.nameAt[j] < 0 {
		return nobody
	}
	n := a.names[a.nameAt[j]]
	if n.to-1 != j || n.kind == news.Person {
		return nobody
	}
	return owner{n.entity, a.nameText(n)}
}

// nameText is a name as the text has it, canonical for a nationality.
func (a *article) nameText(n name) string {
	switch {
	case n.nation && n.place >= 0:
		return a.places[n.place].Name
	case n.nation && a.gaz != nil:
		if c, ok := a.gaz.Country(n.code); ok {
			return c.Name
		}
	}
	return a.doc.Span(n.from, n.to).Text
}

// addRole gives an entity a role once, with the body or country it is of.
func (a *article) addRole(ent *entity, r news.Role, of owner) {
	if of.text != "" && !a.isRank(r.Title) {
		r.Of = news.Optional(of.text)
		if of.entity >= 0 {
			r.Country = a.entities[of.entity].country
		}
	}
	ent.heads = appendNew(ent.heads, lastWords(r.Title)...)
	ent.heads = appendNew(ent.heads, shortOffice(r.Title))
	if head := a.lex.roles[lastWords(r.Title)[0]]; head != nil && !isOffice(head) {
		if head.gender != unknownGender {
			ent.gender = head.gender
		}
		return // "widow Asha Rao", "schoolboy Odd Lien"
	}
	for i := range ent.roles {
		if ent.roles[i].Title == r.Title {
			if !ent.roles[i].Of.Known() {
				ent.roles[i].Of, ent.roles[i].Country = r.Of, r.Country
			}
			return
		}
	}
	if len(ent.roles) < 12 {
		ent.roles = append(ent.roles, r)
	}
}

// shortOffice is what headlines write for an office, "" for most.
func shortOffice(title string) string {
	title = strings.ReplaceAll(title, "-", " ")
	switch {
	case strings.HasSuffix(title, "prime minister"):
		return "pm"
	case strings.HasSuffix(title, "chief minister"):
		return "cm"
	case strings.HasSuffix(title, "chief executive"), strings.HasSuffix(title, "chief executive officer"):
		return "ceo"
	case title == "member of parliament":
		return "mp"
	case strings.HasSuffix(title, "secretary general"):
		return "chief" // "UN chief"
	}
	return ""
}

// isRank reports a military rank, which is of no body: the office beside it is.
func (a *article) isRank(title string) bool {
	r := a.lex.roles[strings.ReplaceAll(title, "-", " ")]
	return r != nil && r.rank
}

// lastWords are the head of a title and the two words before it, joined to
// it: "chief", "police chief".
func lastWords(title string) []string {
	words := strings.Fields(fold(strings.ReplaceAll(title, "-", " ")))
	// "minister of trade": the head stands before "of".
	for i, w := range words {
		if i > 0 && (w == "of" || w == "for" || w == "to") {
			words = words[:i]
			break
		}
	}
	var out []string
	for k := len(words) - 1; k >= 0 && k >= len(words)-3; k-- {
		out = append(out, strings.Join(words[k:], " "))
	}
	return out
}

func appendNew(list []string, more ...string) []string {
	for _, s := range more {
		if s != "" && len(list) < 40 && !contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// sectorsOf are the PLOVER sectors of a role or description with its words:
// the head noun's own, or its modifiers' where the head takes theirs.
func (a *article) sectorsOf(r *role, modifiers []string, of int) []string {
	var out []string
	former := false
	for _, m := range modifiers {
		switch m {
		case "former", "ex", "ousted", "deposed", "exiled":
			former = true
			continue
		}
		if s, ok := a.lex.modifiers[m]; ok && (r == nil || r.mod || len(r.sectors) == 0 || m == "opposition" || len(s) == 1 && s[0] == "REL") {
			out = appendNew(out, s...)
		}
	}
	if r != nil && r.state && len(out) == 0 && of >= 0 && a.isState(of) {
		out = []string{"GOV"}
	}
	if r != nil && len(out) == 0 && r.mod && of >= 0 && !(r.class == personsClass && len(r.sectors) > 0) {
		if o := a.entities[of]; o.kind != news.Country && o.kind != news.PlaceEntity {
			out = appendNew(out, o.sectors...)
		}
	}
	if r != nil && (len(out) == 0 || !r.mod) {
		out = appendNew(append([]string(nil), r.sectors...), out...)
	}
	if former && contains(out, "GOV") {
		out = []string{"ELI"}
	}
	return out
}

// isState reports whether an entity is a state or a union of states.
func (a *article) isState(e int) bool {
	ent := a.entities[e]
	return ent.kind == news.Country || ent.country == "IGO" && ent.kind == news.Organisation
}

// sectorsOfTitle looks a title up word by word.
func (a *article) sectorsOfTitle(title string, of int) []string {
	words := strings.Fields(fold(strings.ReplaceAll(title, "-", " ")))
	for i, w := range words {
		if i > 0 && (w == "of" || w == "for") {
			// "minister of defence": what follows modifies too.
			head := words[:i]
			rest := words[i+1:]
			words = append(append([]string(nil), rest...), head...)
			break
		}
	}
	for size := min(4, len(words)); size > 0; size-- {
		key := strings.Join(words[len(words)-size:], " ")
		r := a.lex.roles[key]
		if r == nil && size == 1 {
			r = a.lex.roles[singular(key)]
		}
		if r != nil {
			return a.sectorsOf(r, words[:len(words)-size], of)
		}
	}
	return nil
}
