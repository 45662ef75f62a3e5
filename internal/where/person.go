package where

import (
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

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
	if s.people == nil && s.options[0].place.Kind == atlas.Country && f.bodyBefore(i) {
		return true
	}
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

// bodyBefore reports whether token i ends the name of a body, of which a country
// behind it makes a branch: "MSF Haiti", "Front-e-Nur Mali".
func (f *finding) bodyBefore(i int) bool {
	t := f.doc.Tokens[i]
	if n := f.names[i]; n >= 0 && f.doc.Names[n].Type == nlp.NameOrganisation {
		return true
	}
	if t.UPOS != "PROPN" && t.UPOS != "NOUN" && t.UPOS != "X" || f.named(i) {
		return false
	}
	return len(t.Form) >= 3 && allCaps(t.Form) || hasUpper(t.Form) && i > 1 && joined(f.doc, i) && isHyphen(f.doc.Tokens[i-1].Form)
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
	if n := f.names[i]; n >= 0 && n != f.names[s.from] || f.beforePortfolio(i, f.doc.Sentences[f.doc.SentenceOf(i)]) {
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
