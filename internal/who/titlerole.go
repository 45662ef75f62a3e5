package who

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// roleAt returns the role whose phrase ends at token i and begins at first or
// later, the longest there is, and how many tokens it has.
func (a *article) roleAt(i, first int) (*role, int) {
	var best *role
	size := 0
	key, plural, lemma := "", "", ""
	for k, words := i, 0; k >= first && words < 4 && i-k < 7; k-- {
		form := a.doc.Tokens[k].Form
		if hyphen(form) {
			continue
		}
		if !hasAlphanumeric(form) {
			break
		}
		w := a.lower(k)
		w = strings.ReplaceAll(w, "-", " ")
		if words == 0 {
			key = w
			if lemma = a.lemma(i); lemma != w {
				plural = w
			}
		} else {
			key = w + " " + key
		}
		words++
		r := a.lex.roles[key]
		if r == nil && plural != "" {
			r = a.lex.roles[strings.TrimSuffix(key, plural)+lemma]
		}
		if r != nil && r.upper && !isAcronym(strings.ReplaceAll(form, ".", "")) {
			continue
		}
		if r != nil {
			best, size = r, i-k+1
		}
	}
	return best, size
}

// byEnding makes a person of a noun of no table by its ending: "hydrologist".
func byEnding(w string) *role {
	switch {
	case len(w) > 8 && strings.HasSuffix(w, "ologist"):
		return &role{phrase: w, class: personClass, sectors: []string{"EDU"}}
	case len(w) > 7 && strings.HasSuffix(w, "ician"), len(w) > 6 && strings.HasSuffix(w, "ist") && !strings.HasSuffix(w, "list"):
		return &role{phrase: w, class: personClass}
	}
	return nil
}

// lemma is the singular of a noun as the roles table has it.
func (a *article) lemma(i int) string {
	t := a.doc.Tokens[i]
	if t.UPOS == "NOUN" && t.Lemma != "" {
		if l := fold(t.Lemma); a.lex.roles[l] != nil {
			return l
		}
	}
	return singular(a.lower(i))
}

func (a *article) isModifier(i int) bool {
	_, ok := a.lex.modifiers[a.lower(i)]
	return ok
}

// rolesOf cuts a title into its roles: "Director-General Lieutenant General"
// is two. The last token of each is a role's head.
func (a *article) rolesOf(from, to int) []news.Role {
	var out []news.Role
	start := from
	lastHead := -1
	flush := func(end int) {
		if lastHead < start || end <= start {
			return
		}
		if r, ok := a.newRole(start, end); ok {
			out = append(out, r)
		}
	}
	for i := from; i < to; i++ {
		if _, ok := a.honorific(i); ok {
			flush(i)
			start, lastHead = i+1, -1
			continue
		}
		w := a.lower(i)
		if w == "and" || w == "&" {
			if lastHead >= start && i+1 < to {
				if a.roleWithin(i+1, to) {
					flush(i)
					start, lastHead = i+1, -1
				}
			}
			continue
		}
		r, size := a.roleAt(i, start)
		if r == nil || r.class != personClass {
			continue
		}
		if lastHead >= start && i-size+1 > lastHead {
			// A second head that is no part of the first's phrase.
			if !(lastHead == start && officeAdjectives[a.lower(lastHead)]) && a.lower(i-size) != "of" && a.lower(i-size) != "for" && a.lower(i-size) != "to" {
				flush(a.rolePhraseStart(i-size+1, lastHead+1))
				start = a.rolePhraseStart(i-size+1, lastHead+1)
			}
		}
		lastHead = i
	}
	flush(to)
	return out
}

// rolePhraseStart walks left over modifiers of a role's head, not past stop.
func (a *article) rolePhraseStart(i, stop int) int {
	for j := i - 1; j >= stop; j-- {
		if !a.isModifier(j) {
			return j + 1
		}
		i = j
	}
	return i
}

// roleWithin reports whether a run of tokens names a person's role.
func (a *article) roleWithin(from, to int) bool {
	for i := from; i < to; i++ {
		if r, _ := a.roleAt(i, from); r != nil && r.class == personClass {
			return true
		}
	}
	return false
}

// newRole makes a role of the tokens of a title, without the punctuation at
// its ends; false where no word is left.
func (a *article) newRole(from, to int) (news.Role, bool) {
	for from < to && !hasAlphanumeric(a.doc.Tokens[from].Form) {
		from++
	}
	for to > from && (!hasAlphanumeric(a.doc.Tokens[to-1].Form) || a.doc.Tokens[to-1].Form == "'s" || a.doc.Tokens[to-1].Form == "’s") {
		to--
	}
	if from >= to {
		return news.Role{}, false
	}
	span := a.doc.Span(from, to)
	return news.Role{Title: roleTitle(span.Text), Span: span}, true
}

// roleTitle writes a title as a dictionary would: small letters, one blank
// between words, acronyms kept.
func roleTitle(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if isAcronym(strings.Trim(w, ".-")) {
			continue
		}
		words[i] = strings.ToLower(w)
		if long, ok := shortRanks[strings.TrimSuffix(words[i], ".")]; ok && w != words[i] {
			words[i] = long
		}
	}
	return strings.Join(words, " ")
}

// shortRanks are the abbreviations of military ranks before names.
var shortRanks = map[string]string{
	"lt": "lieutenant", "gen": "general", "maj": "major", "col": "colonel", "capt": "captain", "sgt": "sergeant",
	"brig": "brigadier", "adm": "admiral", "cpl": "corporal", "cmdr": "commander", "insp": "inspector", "supt": "superintendent",
	"sen": "senator", "gov": "governor", "rep": "representative", "pres": "president",
}
