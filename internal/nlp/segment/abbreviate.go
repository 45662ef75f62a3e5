package segment

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed abbreviations.tsv
var abbreviationTable string

// abbreviation is the kind of a word that ends in a stop of its own; the table
// says what each kind means.
type abbreviation uint8

const (
	title abbreviation = iota + 1
	inner
	numbering
	date
	state
	body
	other
)

var abbreviationKinds = map[string]abbreviation{
	"title": title, "inner": inner, "number": numbering, "date": date, "state": state, "body": body, "other": other,
}

func readAbbreviations(table string) (map[string]abbreviation, error) {
	a := map[string]abbreviation{}
	for n, line := range strings.Split(table, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		word, kind, _ := strings.Cut(line, "\t")
		k := abbreviationKinds[kind]
		if k == 0 {
			return nil, fmt.Errorf("abbreviations, line %d: unknown kind %q", n+1, kind)
		}
		a[word] = k
	}
	return a, nil
}

// abbreviation returns the length with its stop of the abbreviation at text[i:]
// of which n bytes come before the first stop, 0 where there is none. The run
// without white space ends before j.
func (t *Segmenter) abbreviation(done []Piece, text string, i, j, n int) (int, marks) {
	s := text[i:j]
	if m := lettersWithStops(s, n); m > 0 {
		return m, abbreviated
	}
	first, size := utf8.DecodeRuneInString(s)
	after := s[n+1:]
	if size == n && unicode.IsUpper(first) && s[0] != 'I' && (!isWordAt(after) || isUpperAt(after)) {
		return n + 1, abbreviated | neverLast // an initial
	}
	if n > 8 {
		return 0, 0
	}
	low := strings.ToLower(s[:n])
	if low == "ph" && strings.HasPrefix(after, "D.") {
		return n + 3, abbreviated
	}
	kind := t.abbreviations[low]
	if kind == 0 || isWordAt(after) && !isUpperAt(after) && !(after != "" && isDigit(after[0])) {
		return 0, 0
	}
	capital := unicode.IsUpper(first)
	switch kind {
	case title:
		if capital {
			return n + 1, abbreviated | neverLast
		}
	case inner:
		return n + 1, abbreviated | neverLast
	case numbering, date:
		if (kind == numbering || capital) && digitFollows(text[i+n+1:]) {
			return n + 1, abbreviated | neverLast
		}
	case state:
		if capital && len(done) > 0 && text[done[len(done)-1].Start] == ',' {
			return n + 1, abbreviated
		}
	case body:
		if capital {
			return n + 1, abbreviated
		}
	case other:
		if low == "etc" && capitalFollows(text[i+n+1:]) {
			return 0, 0 // the stop ends the sentence
		}
		return n + 1, abbreviated
	}
	return 0, 0
}

// lettersWithStops returns the length of "U.S.", "a.m.", "U.K" and their like,
// 0 where s is nothing of the kind.
func lettersWithStops(s string, n int) int {
	m, groups := 0, 0
	for m < len(s) && groups < 8 {
		r, size := utf8.DecodeRuneInString(s[m:])
		if !unicode.IsLetter(r) || m == 0 && size != n || isWordAt(s[m+size:]) {
			break
		}
		m += size
		groups++
		if m == len(s) || s[m] != '.' {
			break
		}
		m++
	}
	if groups < 2 || m < len(s) && isWordAt(s[m:]) {
		return 0
	}
	return m
}

// capitalFollows reports whether after white space a word with a capital comes
// next, or nothing.
func capitalFollows(s string) bool {
	t := strings.TrimLeftFunc(s, unicode.IsSpace)
	return t == "" || len(t) < len(s) && isUpperAt(t)
}

// digitFollows reports whether a number comes next, at most one blank between.
func digitFollows(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) {
		s = s[size:]
	}
	return s != "" && isDigit(s[0])
}
