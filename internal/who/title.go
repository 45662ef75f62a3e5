package who

import (
	"github.com/onrecord/onrecord/internal/news"
)

// readTitles takes titles off the front of names and reads those that stand
// before them: "Transport Minister Mara Velin", "police chief Odd Lien",
// "Lt Gen Asha Rao". Whoever bears a title is a person.
func (a *article) readTitles() {
	kept := a.names[:0]
	for _, n := range a.names {
		a.stripTitle(&n)
		if n.from >= n.to || a.lendsSector(n) || a.endsTitle(n) || a.partyAndState(n) {
			continue // nothing but a title, or a part of one
		}
		kept = append(kept, n)
	}
	a.names = kept
	a.mapNames()
	for n := range a.names {
		a.titleBefore(&a.names[n])
	}
}

// lendsSector finds one-word names that are only the modifier of a title:
// "Press" before "Secretary".
func (a *article) lendsSector(n name) bool {
	if n.actor >= 0 || n.place >= 0 || n.to >= len(a.doc.Tokens) || !a.sameBlock(n.from, n.to) {
		return false
	}
	if r, size := a.roleAt(n.to, n.from); r != nil && size == n.to-n.from+1 && r.class == organisation && a.doc.Tokens[n.to].UPOS == "NOUN" {
		return true // the "Riot" of "Riot police"
	}
	if r, size := a.roleAt(n.to, n.from); r != nil && size == n.to-n.from+1 && r.class == personClass && n.kind != news.Person {
		return true // the "Field" of "Field Marshal Mara Velin"
	}
	for i := n.from; i < n.to; i++ {
		if !a.isModifier(i) || n.to-n.from > 3 || n.to-n.from > 1 && n.kind == news.Person {
			return false
		}
	}
	if r, _ := a.roleAt(n.to, n.to); r != nil && r.class == personClass {
		return true
	}
	return n.kind != news.Person && a.lower(n.to) == "staff" && capitalised(a.doc.Tokens[n.to].Form)
}

// endsTitle finds one-word names that are the end of a title: the "State" of
// "Secretary of State".
func (a *article) endsTitle(n name) bool {
	if n.actor >= 0 || n.place >= 0 || n.to-n.from != 1 {
		return false
	}
	r, size := a.roleAt(n.from, a.doc.Sentences[a.doc.SentenceOf(n.from)].From)
	return r != nil && r.class == personClass && size > 2
}

// partyAndState finds what stands in brackets after American lawmakers'
// names: "(R-Ohio)" without its R is no name.
func (a *article) partyAndState(n name) bool {
	if n.actor >= 0 || n.place >= 0 || n.from < 2 {
		return false
	}
	t := a.doc.Tokens
	if t[n.from-1].Form == "(" && len(t[n.from].Form) > 2 && (t[n.from].Form[1] == '-' || n.to-n.from > 1 && hyphen(t[n.from+1].Form)) {
		return len(t[n.from].Form) == 1 || t[n.from].Form[1] == '-'
	}
	return n.from >= 3 && hyphen(t[n.from-1].Form) && len(t[n.from-2].Form) == 1 && t[n.from-3].Form == "("
}

// stripTitle moves the leading role words of a name into its title.
func (a *article) stripTitle(n *name) {
	if n.place >= 0 || n.actor >= 0 || n.known && n.kind != news.Person {
		return
	}
	cut := n.from
	for i := n.from; i < n.to; i++ {
		if r, size := a.roleAt(i, n.from); r != nil && r.class == personClass && size > 0 && !a.roleIsName(i, n) {
			cut = i + 1
		} else if g, ok := a.honorific(i); ok && i+1 < n.to {
			cut = i + 1
			if g != unknownGender {
				n.gender = g
			}
		}
	}
	if cut == n.from || cut > n.to {
		return
	}
	if a.bodyInRest(cut, n.to) {
		return // "King Faro University", "General Council"
	}
	from := n.from
	for cut < n.to && (!hasAlphanumeric(a.doc.Tokens[cut].Form)) {
		cut++
	}
	n.from = cut
	if cut < n.to {
		n.kind = news.Person
		n.title = [2]int{from, cut}
	}
}

// roleIsName tells titles that are first names or parts of company names:
// "Dean Orr", "Major Tools Ltd", "General Motors".
func (a *article) roleIsName(i int, n *name) bool {
	w := a.lower(i)
	next := ""
	if i+1 < n.to {
		next = a.lower(i + 1)
	} else {
		// The last word of a name is a surname: "Anna Bishop", "Jon King".
		// Alone, or after other titles, it is a title: "the President".
		return n.kind == news.Person && i > n.from && !a.allRoles(n.from, i)
	}
	switch w {
	case "dean", "earl", "duke", "marshal", "prince", "king", "major", "page", "judge", "guy", "baker", "mason", "porter":
		return a.doc.Tokens[i].UPOS == "PROPN" && i == n.from && w == "dean"
	case "general":
		switch next {
		case "motors", "electric", "dynamics", "mills", "assembly", "staff", "council", "election", "elections":
			return true
		}
	}
	return false
}

// allRoles reports whether every word of a run is a role's or a modifier.
func (a *article) allRoles(from, to int) bool {
	for i := from; i < to; i++ {
		if !hasAlphanumeric(a.doc.Tokens[i].Form) {
			continue
		}
		if r, _ := a.roleAt(i, from); r == nil && !a.isModifier(i) {
			if _, ok := a.honorific(i); !ok {
				return false
			}
		}
	}
	return true
}

func (a *article) bodyInRest(from, to int) bool {
	for i := from; i < to; i++ {
		if r := a.bodyNoun(i); r != nil && !r.mod {
			return true
		}
		if a.doc.Tokens[i].UPOS == "ADP" && !nameLinks[a.lower(i)] {
			return true // "Justice for Farmers Act"
		}
		switch a.lower(i) {
		case "act", "bill", "treaty", "amendment", "hotel", "airport", "street", "road", "avenue", "bridge", "prize", "award", "award-winning", "island", "islands", "mosque", "stadium", "square", "cup":
			return true
		}
	}
	return false
}

func (a *article) honorific(i int) (gender, bool) {
	g, ok := honorifics[a.lower(i)]
	if ok && i+1 < len(a.doc.Tokens) && g == female {
		switch a.lower(i + 1) {
		case "universe", "world", "america", "earth", "international": // pageants
			return 0, false
		}
	}
	return g, ok && capitalised(a.doc.Tokens[i].Form)
}

// titleBefore reads the title that stands before a name.
func (a *article) titleBefore(n *name) {
	if n.place >= 0 && a.places[n.place].Kind != "place" || n.actor >= 0 && n.kind != news.Person || n.nation {
		return
	}
	if n.known && n.kind != news.Person && n.kind != news.PlaceEntity {
		return
	}
	first := a.doc.Sentences[a.doc.SentenceOf(n.from)].From
	if n.title[1] > n.title[0] {
		n.title[0] = a.titleStart(n.title[0], first, n.title[0])
		return
	}
	p := n.from - 1
	for p >= first {
		g, ok := a.honorific(p)
		if !ok || a.nameAt[p] >= 0 {
			break
		}
		if g != unknownGender {
			n.gender = g
		}
		if n.kind == news.OtherEntity || n.kind == news.PlaceEntity || n.kind == news.Organisation {
			n.kind, n.place, n.known = news.Person, -1, true
		}
		n.title = [2]int{p, n.from}
		p--
	}
	if p < first || a.nameAt[p] >= 0 {
		return
	}
	start, ok := a.titleEndingAt(p, first)
	if !ok {
		return
	}
	n.title = [2]int{start, n.from}
	n.kind, n.place, n.known = news.Person, -1, true
}

// titleEndingAt finds a title whose last token is p: a role's head noun, or
// "Minister of" before a portfolio.
func (a *article) titleEndingAt(p, first int) (int, bool) {
	t := a.doc.Tokens[p]
	if r, size := a.roleAt(p, first); r != nil && r.class == personClass {
		plural := t.XPOS == "NNS" || t.XPOS == "NNPS"
		if plural || t.UPOS == "VERB" || t.UPOS == "ADJ" && !r.rank && size == 1 {
			return 0, false
		}
		return a.titleStart(p-size+1, first, p), true
	}
	// "Minister of Trade and Industry Mara Velin"
	if !capitalised(t.Form) || a.caps[a.doc.SentenceOf(p)] {
		return 0, false
	}
	for k, steps := p, 0; k > first && steps < 6; k, steps = k-1, steps+1 {
		w := a.lower(k)
		if (w == "of" || w == "for") && k > first {
			if r, size := a.roleAt(k-1, first); r != nil && r.class == personClass && !r.rank && capitalised(a.doc.Tokens[k-1].Form) {
				return a.titleStart(k-size, first, p), true
			}
			return 0, false
		}
		if !capitalised(a.doc.Tokens[k].Form) && w != "and" && w != "the" || a.nameAt[k] >= 0 {
			return 0, false
		}
	}
	return 0, false
}

// titleStart walks left from the first word of a role over what belongs to
// the title: modifiers, further titles, "of" between capitals.
func (a *article) titleStart(start, first, head int) int {
	for j := start - 1; j >= first && j > head-maxName; j-- {
		t := a.doc.Tokens[j]
		w := a.lower(j)
		switch {
		case hyphen(t.Form):
			if j > first && hasAlphanumeric(a.doc.Tokens[j-1].Form) && a.doc.Tokens[j-1].End == t.Start {
				continue
			}
			return start
		case w == "of" || w == "for" || w == "and" || w == "&":
			if j == first || !capitalised(a.doc.Tokens[j-1].Form) || !capitalised(a.doc.Tokens[j+1].Form) {
				return start
			}
			r, _ := a.roleAt(j-1, first)
			if r == nil || r.class != personClass || a.nameAt[j-1] >= 0 {
				return start
			}
			continue
		case a.nameAt[j] >= 0:
			return start
		case a.isCalendarWord(j):
			return start
		case w == "ousted" || w == "deposed": // participles that title a fallen leader
			start = j
		case t.UPOS == "DET" || t.UPOS == "VERB" || t.UPOS == "AUX" || t.UPOS == "ADP" || t.UPOS == "PUNCT" ||
			t.UPOS == "PRON" || t.UPOS == "ADV" || t.UPOS == "SCONJ" || t.UPOS == "CCONJ" || t.UPOS == "PART" || t.UPOS == "NUM":
			return start
		case t.UPOS == "ADJ" || t.UPOS == "NOUN" || t.UPOS == "PROPN":
			if t.XPOS == "NNS" && a.doc.Tokens[j].Deprel != "compound" && !a.isModifier(j) {
				return start
			}
			if a.doc.SentenceOf(j) != a.doc.SentenceOf(head) {
				return start
			}
			start = j
		default:
			return start
		}
	}
	return start
}
