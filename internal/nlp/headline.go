package nlp

import (
	"unicode"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// cases decides how each word's letters are to be read. Where a line is set in
// capitals ("QUAKE KILLS 12") or every word of it begins with one ("Police
// Arrest Four After Blast"), case tells names from other words no more; there a
// word that is usually written small is read as small. In other lines a word in
// capitals that is a known name is read as the name ("KABUL (Reuters) —").
func (m linearAnnotator) cases(tokens []Token, cases []linear.Case, s *scratch) {
	clear(cases)
	allCaps, allTitles := letterCase(tokens)
	first := true
	for i := range tokens {
		f := tokens[i].Form
		sh := shape(f)
		if sh != shapeUpper && sh != shapeTitle {
			continue
		}
		switch {
		case first && allTitles && sh == shapeTitle:
			// It would have its capital in any sentence.
		case first && allCaps && m.Lexicon.Known(f, &s.linear.Scratch)&linear.UsuallyLower != 0:
			cases[i] = linear.Titled
		case allCaps && sh == shapeUpper && len(f) > 1, allTitles && !allCaps && (sh == shapeTitle || len(f) > 5):
			known := m.Lexicon.Known(f, &s.linear.Scratch)
			switch {
			case known&linear.UsuallyLower != 0 && (sh != shapeUpper || allCaps || len(f) > 5):
				cases[i] = linear.Lowered
			case allCaps && (len(f) > 4 || known&(linear.UsuallyUpper|linear.CountryWord) != 0):
				cases[i] = linear.Titled
			}
		case sh == shapeUpper && len(f) > 3 && !allCaps:
			if m.Lexicon.Known(f, &s.linear.Scratch)&(linear.PlaceWord|linear.CountryWord) != 0 {
				cases[i] = linear.Titled
			}
		}
		first = false
	}
}

// letterCase tells lines that are set in capitals or in title case.
func letterCase(tokens []Token) (allCaps, allTitles bool) {
	var letters, capital, shouted, small int // words; with a capital; all capitals; begun small though of some length
	for i := range tokens {
		switch f := tokens[i].Form; shape(f) {
		case shapeUpper:
			letters++
			capital++
			if len(f) > 1 {
				shouted++
			}
		case shapeTitle:
			letters++
			capital++
		case shapeLower:
			letters++
			if len(f) > 4 {
				small++
			}
		}
	}
	allCaps = letters >= 3 && shouted*4 >= letters*3
	// A sentence has small words of some length; a headline in title case has
	// none, but for the odd "with" and "from".
	allTitles = letters >= 4 && capital*10 >= letters*6 && small*8 <= letters
	return allCaps, allTitles
}

type wordShape uint8

const (
	shapeOther wordShape = iota
	shapeLower           // letters, the first small
	shapeTitle           // letters, the first a capital, one at least small
	shapeUpper           // letters, none small
)

func shape(form string) wordShape {
	var first, upper, lower bool
	for i, r := range form {
		switch {
		case unicode.IsUpper(r):
			upper = true
			if i == 0 {
				first = true
			}
		case unicode.IsLetter(r):
			lower = true
		default:
			if i == 0 {
				return shapeOther
			}
		}
	}
	switch {
	case !upper && !lower:
		return shapeOther
	case !first:
		return shapeLower
	case lower:
		return shapeTitle
	}
	return shapeUpper
}
