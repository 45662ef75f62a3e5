package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// findAcronyms reads definitions: "Northern Dawn Front (NDF)". The long form
// is the run of words before the bracket whose capitals spell the acronym.
func (a *article) findAcronyms() {
	t := a.doc.Tokens
	for i := 2; i+1 < len(t); i++ {
		if t[i-1].Form != "(" || a.skip[i] || !capitalised(t[i].Form) {
			continue
		}
		end := i + 1 // of "NDF" or of "NDF-IE", which are three tokens
		for end+2 < len(t) && end < i+4 && hyphen(t[end].Form) && t[end].Start == t[end-1].End && t[end+1].Start == t[end].End {
			end += 2
		}
		if t[end].Form != ")" {
			continue
		}
		written := a.doc.Span(i, end).Text
		acr := acronymMarks.Replace(written)
		if len(acr) < 2 || len(acr) > 10 || strings.ToLower(acr[1:]) == acr[1:] {
			continue
		}
		if _, seen := a.acronyms[written]; seen || len(a.defined) >= 200 {
			continue
		}
		if from, ok := a.spell(acr, i-2); ok {
			long := acronym{from: from, to: i - 1, actor: -1, size: end - i}
			if id, last := a.longestActor(a.wordAt[from]); last >= 0 && a.words[last].token == i-2 {
				long.actor = a.lex.aliases[id].actor
			}
			a.acronyms[written] = long
			a.defined = append(a.defined, written)
		}
	}
}

// definedNames are the long forms that an acronym in brackets confirms, which
// taggers tear at "and" and at hyphens: "Relief and Water Commission (RWC)",
// "Norvik Army-in-Exile (NA-IE)"; and the acronyms of more than one token.
func (a *article) definedNames() []candidate {
	var out []candidate
	long := map[string]bool{}
	for _, written := range a.defined {
		d := a.acronyms[written]
		if d.size > 1 {
			long[a.doc.Tokens[d.to+1].Form] = true
		}
		if d.actor >= 0 || notBodies[written] {
			continue
		}
		n := name{from: d.from, to: d.to, actor: -1, place: -1}
		if !a.kindOfDefined(&n) {
			continue
		}
		out = append(out, candidate{n, fromHead})
	}
	if len(long) == 0 {
		return out
	}
	for i := range a.doc.Tokens {
		if !long[a.doc.Tokens[i].Form] || a.skip[i] {
			continue
		}
		for _, written := range a.defined {
			d := a.acronyms[written]
			if d.size > 1 && i+d.size <= len(a.doc.Tokens) && a.doc.Span(i, i+d.size).Text == written {
				n := name{from: i, to: i + d.size, actor: d.actor, place: -1}
				full := name{from: d.from, to: d.to}
				if a.kindOfDefined(&full) {
					n.kind, n.known = full.kind, full.known
					out = append(out, candidate{n, fromHead})
				}
				break
			}
		}
	}
	return out
}

// definedBody reports whether an acronym stands for a body by the article's
// own words, whatever the tables know by it: "Relief and Shelter Agency (RSA)".
func (a *article) definedBody(i int) bool {
	d, ok := a.acronyms[a.doc.Tokens[i].Form]
	if !ok || a.placeAt[d.to-1] >= 0 {
		return false
	}
	n := name{from: d.from, to: d.to}
	return a.kindOfDefined(&n)
}

// kindOfDefined types the long form of an acronym: by a body's noun in it,
// else as the tagger does. It reports whether the form is a name of a body.
func (a *article) kindOfDefined(n *name) bool {
	for i := n.to - 1; i >= n.from; i-- {
		if r := a.bodyNoun(i); r != nil {
			n.kind, n.known = news.Organisation, true
			if r.class == groupClass {
				n.kind = news.Group
			}
			return true
		}
	}
	_, given := a.lex.given[a.lower(n.from)]
	for i := n.from; i < n.to; i++ {
		for _, t := range a.namesAround(i) {
			// Persons of three words have no acronyms, but for "MBS".
			if t.Type == nlp.NameOrganisation || t.Type == nlp.NamePerson && n.to-n.from > 2 && !given {
				n.kind = news.Organisation
				return true
			}
		}
	}
	return false
}
