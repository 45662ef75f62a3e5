package who

import "github.com/onrecord/onrecord/internal/news"

// fillHeadlines finds, in sentences where capitals say nothing, the surnames
// of persons whom the rest of the article names.
func (a *article) fillHeadlines() {
	known := a.lastNames()
	a.dropHeadlineWords()
	for i := range a.names { // "Dahl Quits" is Dahl
		n := &a.names[i]
		if n.kind != news.Person || n.known || n.to-n.from < 2 || !a.caps[a.doc.SentenceOf(n.from)] || known[a.doc.Tokens[n.to-1].Form] {
			continue
		}
		for j := n.to - 1; j >= n.from; j-- {
			if known[a.doc.Tokens[j].Form] {
				for k := j + 1; k < n.to; k++ {
					a.nameAt[k] = -1
				}
				n.to = j + 1
				break
			}
		}
	}
	for s, sent := range a.doc.Sentences {
		if !a.caps[s] || a.skip[sent.From] {
			continue
		}
		for i := sent.From; i < sent.To; i++ {
			if a.loose(i) && known[a.doc.Tokens[i].Form] {
				a.add(i, i+1, news.Person)
			}
		}
	}
}

// lastNames are the last words of the persons named in full in running text.
func (a *article) lastNames() map[string]bool {
	known := map[string]bool{}
	for _, n := range a.names {
		if n.kind == news.Person && n.to-n.from > 1 && !a.caps[a.doc.SentenceOf(n.from)] {
			known[a.doc.Tokens[n.to-1].Form] = true
		}
	}
	return known
}

// dropHeadlineWords drops the lone words that the tagger took for names where
// every word has a capital and that the running text does not have with one:
// the "Heads" of "Rejects Results, Heads to Court".
func (a *article) dropHeadlineWords() {
	running := map[string]bool{}
	for s, sent := range a.doc.Sentences {
		if a.caps[s] {
			continue
		}
		for i := sent.From + 1; i < sent.To; i++ {
			if form := a.doc.Tokens[i].Form; capitalised(form) {
				running[a.folded[i]] = true
			}
		}
		if sent.From < sent.To && a.nameAt[sent.From] >= 0 {
			running[a.folded[sent.From]] = true
		}
	}
	if len(running) == 0 {
		return // nothing but headlines
	}
	kept := a.names[:0]
	for _, n := range a.names {
		if n.to-n.from == 1 && !n.known && n.actor < 0 && n.place < 0 && a.caps[a.doc.SentenceOf(n.from)] && !running[a.folded[n.from]] && !isAcronym(a.doc.Tokens[n.from].Form) {
			continue
		}
		kept = append(kept, n)
	}
	a.names = kept
	a.mapNames()
}

// nameLinks may stand between the capitals of a name.
var nameLinks = map[string]bool{
	"de": true, "la": true, "del": true, "al": true, "el": true, "bin": true, "bint": true, "ibn": true, "ben": true,
	"van": true, "von": true, "der": true, "den": true, "da": true, "do": true, "dos": true, "das": true, "du": true,
	"di": true, "ul": true, "ur": true, "abu": true, "al-": true, "le": true, "e": true, "i": true, "y": true, "ter": true, "zu": true,
}

// fillRuns makes names of capitals that nobody claimed, and lengthens a
// person's name over the capitals that follow it.
func (a *article) fillRuns() {
	a.joinParticles()
	known := a.lastNames()
	for s, sent := range a.doc.Sentences {
		if sent.From < sent.To && a.skip[sent.From] {
			continue
		}
		a.stretch(sent.From, sent.To, a.caps[s])
		if a.caps[s] {
			continue
		}
		for i := sent.From; i < sent.To; {
			if !a.loose(i) || a.doc.Tokens[i].UPOS != "PROPN" {
				i++
				continue
			}
			from, to := i, i+1
			for to < sent.To {
				if a.loose(to) && (a.doc.Tokens[to].UPOS == "PROPN" || hyphen(a.doc.Tokens[to-1].Form)) {
					to++
					continue
				}
				if k := a.link(to, sent.To); k > 0 && a.loose(k) {
					to = k + 1
					continue
				}
				break
			}
			i = to
			f, t := a.trim(from, to)
			if f >= t || !a.nameLike(f, t) || t-f == 1 && feasts[a.lower(f)] && !a.speaksAt(f) {
				continue
			}
			kind := a.guess(f, t)
			if t-f == 1 && known[a.doc.Tokens[f].Form] {
				kind = news.Person // "Velin is 51", of Mara Velin
			} else if t-f == 1 && f == sent.From && !a.seenMidSentence(f) {
				continue
			}
			a.add(f, t, kind)
		}
	}
}

// particles stand inside persons' names only.
var particles = set("van", "von", "der", "den", "bin", "bint", "ibn", "ter", "zu", "ul", "ur", "dos", "al", "el", "ould")

// joinParticles makes one name of two that a particle joins, which the tagger
// often takes apart: "Jan van der Meer".
func (a *article) joinParticles() {
	for i := 1; i+1 < len(a.doc.Tokens); i++ {
		n := a.nameAt[i-1]
		if n < 0 || a.nameAt[i] >= 0 || !particles[a.doc.Tokens[i].Form] {
			continue
		}
		k := i + 1
		for k < i+3 && k+1 < len(a.doc.Tokens) && a.nameAt[k] < 0 && (particles[a.doc.Tokens[k].Form] || hyphen(a.doc.Tokens[k].Form)) {
			k++
		}
		m := a.nameAt[k]
		if m < 0 || m == n || !a.sameBlock(i, k) || a.names[n].to != i {
			continue
		}
		x, y := &a.names[n], &a.names[m]
		if x.kind != news.Person && y.kind != news.Person || x.actor >= 0 || y.actor >= 0 || x.to-x.from > 3 {
			continue
		}
		x.to, x.kind, x.place, x.known, x.nation = y.to, news.Person, -1, false, false
		for j := x.from; j < x.to; j++ {
			a.nameAt[j] = n
		}
		y.from, y.to = 0, 0
	}
	// Names that were taken into others are empty now.
	kept := a.names[:0]
	for _, n := range a.names {
		if n.from < n.to {
			kept = append(kept, n)
		}
	}
	a.names = kept
	a.mapNames()
}

// mapNames notes which name covers each token.
func (a *article) mapNames() {
	for i := range a.nameAt {
		a.nameAt[i] = -1
	}
	for n := range a.names {
		for i := a.names[n].from; i < a.names[n].to; i++ {
			a.nameAt[i] = n
		}
	}
}

func (a *article) add(from, to int, kind news.EntityType) {
	for i := from; i < to; i++ {
		a.nameAt[i] = len(a.names)
	}
	a.names = append(a.names, name{from: from, to: to, kind: kind, actor: -1, place: -1})
}

func hyphen(form string) bool { return form == "-" || form == "–" || form == "‑" }

// loose reports whether a token has a capital and no name yet.
func (a *article) loose(i int) bool {
	return a.nameAt[i] < 0 && capitalised(a.doc.Tokens[i].Form) && !a.unnamed(i)
}

// link returns the token after a name link or hyphen at i, or 0.
func (a *article) link(i, last int) int {
	if i+1 >= last || a.nameAt[i] >= 0 {
		return 0
	}
	form := a.doc.Tokens[i].Form
	if hyphen(form) && a.doc.Tokens[i+1].Start == a.doc.Tokens[i].End || nameLinks[form] {
		if nameLinks[a.doc.Tokens[i+1].Form] || hyphen(a.doc.Tokens[i+1].Form) {
			if i+2 < last {
				return i + 2
			}
			return 0
		}
		return i + 1
	}
	return 0
}

// stretch lengthens persons' names that the tagger cut: "Ahmed Sharif" before
// an unclaimed "Chaudhry", "Omar" before "al-Rashid".
func (a *article) stretch(from, to int, caps bool) {
	for i := to - 1; i > from; i-- { // "Ole" before "Dahl"
		n := a.nameAt[i]
		if n < 0 || a.names[n].known || a.names[n].actor >= 0 || a.names[n].place >= 0 || a.names[n].from != i || !a.loose(i-1) {
			continue
		}
		if a.names[n].kind != news.Person && (a.names[n].to != i+1 || i-1 == from && a.doc.Tokens[i-1].UPOS != "PROPN" || a.bodyNoun(i) != nil) {
			continue
		}
		w := a.lower(i - 1)
		if _, ok := a.lex.given[w]; !ok || a.isModifier(i-1) || a.lex.roles[w] != nil {
			continue
		}
		a.names[n].from, a.names[n].kind = i-1, news.Person
		a.nameAt[i-1] = n
	}
	if caps {
		return
	}
	for i := from + 1; i < to; i++ {
		n := a.nameAt[i-1]
		if n < 0 || a.nameAt[i] == n || a.names[n].kind != news.Person || a.names[n].to != i {
			continue
		}
		k := i
		if j := a.link(i, to); j > 0 {
			k = j
		}
		if !a.loose(k) || a.doc.Tokens[k].UPOS != "PROPN" {
			continue
		}
		for j := i; j <= k; j++ {
			a.nameAt[j] = n
		}
		a.names[n].to = k + 1
	}
}

// seenMidSentence reports whether a capital word at the start of a sentence is
// a name elsewhere: it stands with its capital inside another sentence nearby.
func (a *article) seenMidSentence(i int) bool {
	form := a.doc.Tokens[i].Form
	for j, looked := i+1, 0; j < len(a.doc.Tokens) && looked < 600; j, looked = j+1, looked+1 {
		if a.doc.Tokens[j].Form == form && j != a.doc.Sentences[a.doc.SentenceOf(j)].From {
			return true
		}
	}
	return false
}

// notBodies are acronyms of things.
var notBodies = set("GDP", "GNP", "AIDS", "HIV", "DNA", "CEO", "CFO", "TV", "PM", "MP", "VAT", "COVID", "SARS", "MERS", "IED", "IEDS", "CCTV",
	"SUV", "ATM", "UAV", "EDT", "EST", "PDT", "PST", "GMT", "CET", "BST", "AM", "FM", "CPI", "LNG", "GPS", "AI", "ID", "IQ", "PTSD", "PCR",
	"RPG", "TNT", "VIP", "LGBT", "LGBTQ", "WMD", "ICBM", "VR", "PC", "CD", "DVD", "USB", "SMS", "SIM", "FAQ", "RIP", "OK", "II", "III", "IV", "CO2", "KM", "MPH", "IPO", "ETF", "FDI")

// guess types a run that no table and no tagger knows: a given name makes a
// person, capitals throughout an acronym and so a body.
func (a *article) guess(from, to int) news.EntityType {
	if to-from >= 2 && to-from <= 4 {
		if _, ok := a.lex.given[a.lower(from)]; ok && a.bodyNoun(to-1) == nil {
			return news.Person
		}
	}
	if f := a.doc.Tokens[from].Form; to-from == 1 && isAcronym(f) && len(f) <= 7 && !notBodies[f] {
		return news.Organisation
	}
	return news.OtherEntity
}
