package where

import (
	"math"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// threshold is the evidence that makes a name a place. It and the weights below
// were set on the odd articles of GeoVirus, see docs/decisions/0005-gazetteer.md.
const threshold = 1.0

// weigh gives every span its evidence.
func (f *finding) weigh() {
	for i := range f.spans {
		s := &f.spans[i]
		s.evidence = f.context(i)
		if s.people == nil {
			s.evidence += f.prior(s)
		}
		if s.inside >= 0 {
			s.evidence += 3
		}
		if i > 0 && f.spans[i-1].inside == i {
			s.evidence += 1.5
		}
	}
	f.lists()
	f.spread()
}

// lists lets places that stand in one list support each other: "in Khar, Nawagai
// and Salarzai".
func (f *finding) lists() {
	for n := range len(f.spans) - 1 {
		a, b := &f.spans[n], &f.spans[n+1]
		if a.people != nil || b.people != nil || !f.listed(a.to, b.from) {
			continue
		}
		if a.evidence >= 2 && b.evidence > -1.5 {
			b.evidence += 1
		} else if b.evidence >= 2 && a.evidence > -1.5 {
			a.evidence += 1
		}
	}
}

// listed reports whether only a comma or an "and" stands between two tokens.
func (f *finding) listed(from, to int) bool {
	if to-from < 1 || to-from > 2 {
		return false
	}
	for i := from; i < to; i++ {
		switch f.doc.Tokens[i].Form {
		case ",", "and", "or", "&", "/":
		default:
			return false
		}
	}
	return true
}

// prior is what the name alone says: that of a state or a large city means the
// place as a rule, that of a village is as a rule somebody's or something's.
func (f *finding) prior(s *span) float64 {
	p := s.options[0].place
	var e float64
	switch p.Kind {
	case atlas.Country:
		e = 3
	case atlas.Admin1, atlas.Region:
		e = 1.8
	case atlas.Admin2:
		switch {
		case s.options[0].flag&atlas.Other != 0:
			e = -1.8 // "Bay" for Bay County
		case s.to-s.from > 1:
			e = 1 // "Kerr County"
		default:
			e = -0.8
		}
	case atlas.City:
		e = math.Min(2, math.Max(-0.6, math.Log10(float64(p.Population)+1)-4))
		if p.Rank == atlas.National {
			e = 2.4
		}
	}
	if s.to-s.from > 1 {
		e += 0.8
	}
	if f.g.common[s.key]&commonBody != 0 {
		return -5 // "Xinhua", "the White House"
	}
	if compassOnly(s.key) && p.Kind != atlas.Country {
		return -2.5 // "the North", unless "North province"
	}
	if c := f.g.common[s.key]; c != 0 && s.to-s.from == 1 && s.options[0].flag&atlas.AsWritten == 0 {
		famous := p.Kind == atlas.Country || p.Population >= 1_000_000 && s.options[0].flag&atlas.Other == 0
		switch {
		case c&commonWord != 0 && famous:
			e--
		case c&commonWord != 0:
			e -= 2.5
		case famous:
			e -= 0.4
		default:
			e -= 1.3
		}
	}
	return e
}

// compassOnly reports whether a name says no more than a side of something: "the
// South", "Eastern District".
func compassOnly(key string) bool {
	for word := range strings.FieldsSeq(key) {
		if _, ok := divisions[word]; ok && word != key {
			continue
		}
		switch word {
		case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeast", "northwest",
			"southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "centre":
		default:
			return false
		}
	}
	return true
}

// context is what the words around a span say.
func (f *finding) context(n int) float64 {
	s := &f.spans[n]
	e := f.tagged(s)
	loud := f.loud[f.doc.SentenceOf(s.from)]
	sentence := f.doc.Sentences[f.doc.SentenceOf(s.from)]
	if s.people == nil {
		e += f.before(s, sentence) + f.after(s, sentence)
	}
	if !loud {
		e += f.person(n, sentence)
	}
	return e + f.body(s, sentence) + f.partial(s, sentence) + f.dateline(s, sentence)
}

// tagged is what the tagger says of the tokens.
func (f *finding) tagged(s *span) float64 {
	var e float64
	if t := f.doc.Tokens[s.to-1]; s.people == nil && t.UPOS != "PROPN" && t.UPOS != "" && t.UPOS != "X" {
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
	if within && s.from == name.From && f.officeAfter(s.to, name.To) {
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
		if within {
			return e - 2
		}
		return e - 0.3
	}
	if within && s.people == nil {
		return e - 0.8
	}
	return e
}

// moreName reports whether the name that the tagger found goes on, before or
// behind the span, with words that only a name has.
func (f *finding) moreName(s *span, name nlp.Name) bool {
	for i := name.From; i < name.To; i++ {
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
			"people", "inhabitants", "coast", "republic", "kingdom", "capital", "suburbs", "mayor", "governor", "bishop":
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
	case "residents", "airport", "police", "suburb", "suburbs", "embassy", "mayor", "governor", "skyline", "street", "streets":
		return 1
	}
	return 0
}

// person is what says that the name is somebody's: "Mr Jordan", "Michael
// Jordan", "Jordan Ellis", "Jordan, 45,", "Jordan said".
func (f *finding) person(n int, sentence nlp.Sentence) float64 {
	s := &f.spans[n]
	famous := s.people != nil || s.options[0].place.Kind == atlas.Country ||
		s.options[0].place.Rank == atlas.National || s.to-s.from > 1
	var e float64
	if i := s.from - 1; i >= sentence.From {
		t := f.doc.Tokens[i]
		form := lowerForm(t)
		if form == "." && i > sentence.From && joined(f.doc, i) {
			i--
			t, form = f.doc.Tokens[i], lowerForm(f.doc.Tokens[i])
		}
		switch {
		case titles[trimStop(form)] && capitalised(t.Form):
			if s.people == nil {
				e -= 3.5
			}
		case initial(t.Form):
			e -= 3
		case f.givenBefore(n, i, sentence):
			e -= 3
			if s.people == nil && s.options[0].place.Kind == atlas.Country {
				e -= 2 // no given name but a body: "Air India", "Movement for Peace Mali"
			}
		}
	}
	if i := s.to; i < sentence.To {
		t := f.doc.Tokens[i]
		switch {
		case t.Form == "," && i+2 < sentence.To && isAge(f.doc.Tokens[i+1].Form) && f.doc.Tokens[i+2].Form == ",":
			e -= 3
		case speech[t.Form] && !famous && f.g.common[s.key] != 0:
			e -= 1.5
		case speech[t.Form] && !famous:
			e -= 0.7
		case f.surnameAfter(s, i):
			e -= 2.5
			if s.options[0].place.Kind == atlas.Country {
				e -= 2.5
			}
		}
	}
	return e
}

// givenBefore reports whether the token before a span seems to be the beginning
// of the same person's name.
func (f *finding) givenBefore(n, i int, sentence nlp.Sentence) bool {
	s := &f.spans[n]
	t := f.doc.Tokens[i]
	if !capitalised(t.Form) || allCaps(t.Form) && !allCaps(f.doc.Tokens[s.from].Form) || len(t.Form) < 2 {
		return false
	}
	lower := lowerForm(t)
	if _, ok := leadIn[lower]; ok {
		return false
	}
	if _, ok := divisions[lower]; ok || s.people != nil || bodies[lower] || titles[lower] {
		return false
	}
	switch t.UPOS {
	case "ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "VERB", "ADV", "NUM", "PART", "PUNCT":
		return false
	}
	if k := f.names[i]; k >= 0 && f.doc.Names[k].Type != nlp.NamePerson && f.names[s.from] != k {
		return false
	}
	if _, ok := f.g.people[t.Form]; ok {
		return false
	}
	// A place in front ("New Delhi India", "Pakistan Punjab") is no given name.
	if n > 0 && f.spans[n-1].to == s.from {
		if last := &f.spans[n-1]; last.people != nil || f.g.common[last.key]&commonGiven == 0 {
			return false
		}
	}
	return i > sentence.From || f.g.common[atlas.Fold(t.Form)]&commonGiven != 0 || f.names[s.from] >= 0 && f.names[s.from] == f.names[i]
}

// surnameAfter reports whether the token behind a span continues a person's
// name ("Paris Hilton").
func (f *finding) surnameAfter(s *span, i int) bool {
	t := f.doc.Tokens[i]
	if !capitalised(t.Form) || t.UPOS != "PROPN" || s.people != nil {
		return false
	}
	lower := lowerForm(t)
	if _, ok := divisions[lower]; ok || titles[trimStop(lower)] || bodies[lower] || sites[lower] || allCaps(t.Form) {
		return false
	}
	if _, ok := f.g.people[t.Form]; ok {
		return false
	}
	if n := f.names[i]; n >= 0 && n != f.names[s.from] {
		return false
	}
	if s.options[0].place.Kind != atlas.Country {
		return true
	}
	// "Georgia Lund", but not "Georgia Democrats".
	return f.g.common[s.key]&commonGiven != 0 &&
		(f.names[i] >= 0 && f.names[i] == f.names[s.from] || f.g.common[atlas.Fold(t.Form)]&commonSurname != 0)
}

func trimStop(form string) string {
	if n := len(form); n > 1 && form[n-1] == '.' {
		return form[:n-1]
	}
	return form
}

// initial reports whether a form is an initial: "J.", "J.R."
func initial(form string) bool {
	return len(form) == 2 && form[1] == '.' && form[0] >= 'A' && form[0] <= 'Z' ||
		len(form) == 4 && form[1] == '.' && form[3] == '.' && form != "U.S." && form != "U.K." && form != "U.N."
}

func isAge(form string) bool {
	return len(form) == 2 && form[0] >= '1' && form[0] <= '9' && form[1] >= '0' && form[1] <= '9'
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
	// "University of X", "Bank of X": a body, "of" and the name.
	i := s.from - 1
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

// spread lets the mentions of one name decide together: where one is clearly a
// place, or clearly somebody's name, the bare ones are so too.
func (f *finding) spread() {
	type sum struct{ place, person bool }
	sums := map[string]*sum{}
	for i := range f.spans {
		s := &f.spans[i]
		if s.people != nil {
			continue
		}
		k := sums[s.key]
		if k == nil {
			k = &sum{}
			sums[s.key] = k
		}
		if s.evidence >= 3 {
			k.place = true
		}
		if s.evidence <= -2 && f.g.common[s.key] != 0 {
			k.person = true
		}
	}
	for i := range f.spans {
		s := &f.spans[i]
		k := sums[s.key]
		if s.people != nil || k == nil {
			continue
		}
		switch {
		case k.place && !k.person && s.evidence > -2:
			s.evidence += 1
		case k.person && !k.place && s.evidence < 3:
			s.evidence -= 2.5
		}
	}
}
