package who

import "strings"

// yearOld is the role of "the 58-year-old": somebody spoken of before.
var yearOld = &role{phrase: "year-old", class: personClass}

// agePhrase reports whether a token ends a description by age alone, and where
// that begins: "the 58-year-old told the panel", not "the 58-year-old driver".
func (a *article) agePhrase(i, first, last int) (from int, ok bool) {
	t := a.doc.Tokens
	switch w := a.lower(i); {
	case strings.HasSuffix(w, "-year-old"), strings.HasSuffix(w, "-year-olds"):
		from = i
	case (w == "old" || w == "olds") && i-4 >= first && a.lower(i-2) == "year" && hyphen(t[i-1].Form) && hyphen(t[i-3].Form) && t[i-4].End == t[i-3].Start:
		from = i - 4
	default:
		return 0, false
	}
	if from == first || a.lower(from-1) != "the" {
		return 0, false // "a 58-year-old" is somebody new
	}
	if i+1 < last {
		switch t[i+1].UPOS {
		case "NOUN", "PROPN", "ADJ", "NUM":
			return 0, false
		}
		if hyphen(t[i+1].Form) {
			return 0, false
		}
	}
	return from - 1, true
}
