package where

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// context is what the words around a span say.
func (f *finding) context(n int) float64 {
	s := &f.spans[n]
	e := f.tagged(s)
	loud := f.loud[f.doc.SentenceOf(s.from)]
	sentence := f.doc.Sentences[f.doc.SentenceOf(s.from)]
	if s.people == nil {
		beside := f.before(s, sentence) + f.after(s, sentence)
		s.led = beside >= 0.5
		e += beside
	}
	if !loud {
		e += f.person(n, sentence)
	}
	return e + f.body(s, sentence) + f.partial(s, sentence) + f.dateline(s, sentence)
}

// tagged is what the tagger says of the tokens.
func (f *finding) tagged(s *span) float64 {
	var e float64
	if t := f.doc.Tokens[s.to-1]; s.people == nil && t.UPOS != "PROPN" && t.UPOS != "" && t.UPOS != "X" && t.XPOS != "NNP" {
		e -= 0.8
	}
	n := f.names[s.from]
	if n < 0 {
		n = f.names[s.to-1]
	}
	if n < 0 {
		return e
	}
	name := f.doc.Names[n]
	within := name.From < s.from || name.To > s.to
	// "Pakistan's Foreign Office": what owns a body is not part of its name.
	if within && s.to < name.To && isPossessive(f.doc.Tokens[s.to].Form) {
		within = false
	}
	// "Punjab Health Minister Mara Velin": nor is what an office is of.
	if within && s.from == name.From && (f.officeAfter(s.to, name.To) || f.portfolio(s.to, name.To)) {
		return e
	}
	switch name.Type {
	case nlp.NamePlace:
		if within && s.people == nil && f.moreName(s, name) {
			return e - 1 // "Kani" in "Kani Wam": the longer name is unknown
		}
		return e + 1.5
	case nlp.NamePerson:
		if within {
			return e - 3
		}
		return e - 1.2
	case nlp.NameOrganisation:
		switch {
		case within && f.hasBody(name):
			return e - 2
		case within: // the tagger's bodies are often none
			return e - 0.7
		}
		return e - 0.3
	}
	if within && s.people == nil {
		return e - 0.8
	}
	return e
}

// hasBody reports whether a name has a word for a body in it, or is one by
// its capitals.
func (f *finding) hasBody(name nlp.Name) bool {
	for i := name.From; i < min(name.To, name.From+maxWords); i++ {
		if t := f.doc.Tokens[i]; bodies[lowerForm(t)] || allCaps(t.Form) {
			return true
		}
	}
	return false
}

// moreName reports whether the name that the tagger found goes on, before or
// behind the span, with words that only a name has.
func (f *finding) moreName(s *span, name nlp.Name) bool {
	for i := max(name.From, s.from-maxWords); i < min(name.To, s.to+maxWords); i++ {
		if i == s.from {
			i = s.to - 1
			continue
		}
		t := f.doc.Tokens[i]
		lower := lowerForm(t)
		_, division := divisions[lower]
		_, lead := leadIn[lower]
		if capitalised(t.Form) && !division && !lead && !days[t.Form] && !f.named(i) {
			return true
		}
	}
	return false
}

// officeAfter reports whether an office follows within three tokens.
func (f *finding) officeAfter(i, end int) bool {
	for n := i; n < end && n < i+3; n++ {
		if titles[trimStop(lowerForm(f.doc.Tokens[n]))] {
			return true
		}
	}
	return false
}

// portfolio reports whether the rest of a name is what an office behind it is
// for, and no part of the place's name: "Punjab Irrigation | Minister Mara Velin".
func (f *finding) portfolio(i, end int) bool {
	if end >= len(f.doc.Tokens) || end-i > 2 || f.doc.SentenceOf(i) != f.doc.SentenceOf(end) || !titles[trimStop(lowerForm(f.doc.Tokens[end]))] {
		return false
	}
	direct, known := f.doc.Tokens[i-1].Head == end, true
	for k := i; k < end; k++ {
		direct = direct && f.doc.Tokens[k].Head == end
		known = known && portfolios[lowerForm(f.doc.Tokens[k])]
	}
	return direct || known
}

// portfolios are what ministers are for.
var portfolios = set(`irrigation labour labor health education agriculture finance home interior law justice information transport
	energy power water works planning housing revenue tourism culture sports industries industry commerce trade forest forests
	environment railways defence defense food foreign excise mines minerals fisheries youth security economy communications`)

// beforePortfolio reports whether token i begins the portfolio of an office.
func (f *finding) beforePortfolio(i int, sentence nlp.Sentence) bool {
	for end := i + 1; end <= i+2 && end < sentence.To; end++ {
		if capitalised(f.doc.Tokens[end].Form) && f.portfolio(i, end) {
			return true
		}
	}
	return false
}

func isPossessive(form string) bool {
	return form == "'s" || form == "’s" || form == "'" || form == "’"
}

// before is what the words in front say: "in X", "northern X", "the town of X".
func (f *finding) before(s *span, sentence nlp.Sentence) float64 {
	i := s.from - 1
	if i < sentence.From {
		return 0
	}
	form := lowerForm(f.doc.Tokens[i])
	if form == "the" && i > sentence.From {
		i--
		form = lowerForm(f.doc.Tokens[i])
	}
	if form == "of" && i > sentence.From {
		j := i - 1
		word := lowerForm(f.doc.Tokens[j])
		if d, ok := divisions[word]; ok {
			s.kind = d
			return 2.5
		}
		switch word {
		case "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outskirts",
			"outside", "streets", "centre", "center", "miles", "kilometres", "kilometers", "km", "part", "parts", "residents",
			"people", "inhabitants", "coast", "republic", "kingdom", "capital", "suburbs", "mayor", "bishop":
			return 1.8
		case "governor":
			s.kind = division{first: true} // "the governor of New York"
			return 1.8
		}
	}
	if form == "to" && i > sentence.From && lowerForm(f.doc.Tokens[i-1]) == "according" {
		return -1
	}
	if form == "," && i-1 >= sentence.From && i >= 2 {
		// "in Lahore, Multan and Quetta": a list goes on.
		return 0.3
	}
	if f.doc.Tokens[i].Form != form && form != "in" && form != "at" && !f.loud[f.doc.SentenceOf(s.from)] {
		// A capital: part of a name ("North Tyneside"), unless a sentence begins.
		if i != sentence.From {
			return leadIn[form] / 2
		}
	}
	return leadIn[form]
}

// after is what the words behind say: "X province", "X-based", "X's capital".
func (f *finding) after(s *span, sentence nlp.Sentence) float64 {
	i := s.to
	if i >= sentence.To {
		return 0
	}
	form := f.doc.Tokens[i].Form
	if isHyphen(form) && joined(f.doc, i) && i+1 < sentence.To {
		switch lowerForm(f.doc.Tokens[i+1]) {
		case "based", "born", "area", "backed", "led", "controlled", "held", "occupied", "administered", "bound", "style":
			return 1.5
		}
		return 0
	}
	lower := toLower(form)
	if d, ok := divisions[lower]; ok && (form == lower || i+1 >= sentence.To || f.doc.Tokens[i+1].Form != "of") {
		s.kind = d // but not "Norway Department of Fisheries"
		return 2.3
	}
	if isPossessive(form) && i+1 < sentence.To {
		next := lowerForm(f.doc.Tokens[i+1])
		if d, ok := divisions[next]; ok || d.town || next == "airport" || next == "main" || next == "mayor" {
			return 1.5
		}
		return 0.2
	}
	switch lower {
	case "governor", "gov", "gov.", "legislature":
		s.kind = division{first: true} // "New York Governor Ida Lund"
		return 1
	case "residents", "airport", "police", "suburb", "suburbs", "embassy", "mayor", "skyline", "street", "streets":
		return 1
	}
	return 0
}

// body is what says that the name is part of a body's ("Bank of England",
// "Boston Globe", "University of Oslo").
func (f *finding) body(s *span, sentence nlp.Sentence) float64 {
	if i := s.to; i < sentence.To && !f.loud[f.doc.SentenceOf(s.from)] {
		// Capitalised words that follow, to the first that makes a body.
		for ; i < sentence.To && i < s.to+6; i++ {
			t := f.doc.Tokens[i]
			if !capitalised(t.Form) && t.Form != "and" && t.Form != "of" && t.Form != "for" && t.Form != "&" {
				break
			}
			if bodies[lowerForm(t)] && capitalised(t.Form) && !allCaps(t.Form) {
				return -6
			}
			if titles[trimStop(lowerForm(t))] {
				break
			}
		}
	}
	i := s.from - 1
	if i >= sentence.From && f.doc.Tokens[i].Form == "Air" && s.people == nil && !f.loud[f.doc.SentenceOf(s.from)] {
		return -6 // "Air Norway", the carrier
	}
	// "University of X", "Bank of X": a body, "of" and the name.
	if i > sentence.From && lowerForm(f.doc.Tokens[i]) == "the" {
		i--
	}
	if i > sentence.From && f.doc.Tokens[i].Form == "of" && s.people == nil {
		head := f.doc.Tokens[i-1]
		lower := lowerForm(head)
		if capitalised(head.Form) && bodies[lower] && lower != "government" && lower != "ministry" && lower != "parliament" {
			return -6
		}
	}
	return 0
}

// partial is what says that the name is a piece of a longer one that no table
// has: "West Nile virus", "Rolls-Bergen", "A/Victoria/3".
func (f *finding) partial(s *span, sentence nlp.Sentence) float64 {
	var e float64
	if i := s.to; i+1 < sentence.To && joined(f.doc, i) && joined(f.doc, i+1) {
		form, next := f.doc.Tokens[i].Form, f.doc.Tokens[i+1].Form
		if isHyphen(form) && linkage[next] && i+2 < sentence.To && capitalised(f.doc.Tokens[i+2].Form) {
			e -= 4 // "Bandar-e Jask"
		}
		if form == "/" && (next[0] >= '0' && next[0] <= '9') || isHyphen(form) && capitalised(next) && !f.named(i+1) {
			e -= 3
		}
	}
	if i := s.from - 1; i > sentence.From && joined(f.doc, s.from) && joined(f.doc, i) {
		if form := f.doc.Tokens[i].Form; isHyphen(form) && capitalised(f.doc.Tokens[i-1].Form) && !f.named(i-1) {
			switch lowerForm(f.doc.Tokens[i-1]) {
			case "pro", "anti", "non", "trans", "ex", "post", "pre", "mid":
			default:
				e -= 3
			}
		}
	}
	if i := s.to; i < sentence.To {
		switch f.doc.Tokens[i].Form {
		case "virus", "fever", "disease", "syndrome", "flu", "sauce", "sprouts", "tea", "dollar", "rupee", "sausage":
			if s.people == nil {
				e -= 1.5
			}
		}
	}
	// "Salinas Valley" is no town of the name Valley.
	if i := s.from - 1; s.to == s.from+1 && s.people == nil && i >= sentence.From && features[lowerForm(f.doc.Tokens[s.from])] &&
		capitalised(f.doc.Tokens[i].Form) && f.doc.Tokens[i].UPOS == "PROPN" && !f.loud[f.doc.SentenceOf(i)] {
		e -= 6
	}
	// "West Nile", "North Tyneside": a capital, unlike "west Kabul".
	if i := s.from - 1; i >= sentence.From && s.people == nil && i > sentence.From && capitalised(f.doc.Tokens[i].Form) &&
		!f.loud[f.doc.SentenceOf(i)] {
		switch lowerForm(f.doc.Tokens[i]) {
		case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "new", "upper", "lower", "great", "greater", "old", "little", "mount", "san",
			"santa", "los", "las", "port", "fort", "saint", "st.", "lake", "cape":
			e -= 2
		}
	}
	return e
}

// named reports whether token i begins or ends a span of its own, or is a word
// for people.
func (f *finding) named(i int) bool {
	if _, ok := f.g.people[f.doc.Tokens[i].Form]; ok {
		return true
	}
	return f.spanAt(i) != nil
}

// dateline is what the place at the head of a report is worth: "QUETTA,
// Pakistan (Agency) —".
func (f *finding) dateline(s *span, sentence nlp.Sentence) float64 {
	if s.people != nil || s.to >= len(f.doc.Tokens) {
		return 0
	}
	block := f.doc.Blocks[sentence.Block]
	if block.Kind == news.BlockDateline {
		return 3
	}
	if s.from != sentence.From || f.doc.Tokens[s.from].Start != block.Start {
		return 0
	}
	if !allCaps(f.doc.Tokens[s.from].Form) {
		return 0
	}
	switch f.doc.Tokens[s.to].Form {
	case ",", "(", ":", "—", "–", "-", "--":
		return 3
	}
	return 0
}
