package clean

import (
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
)

// Authors returns the names of the authors that the bylines of a text give,
// without "By", role, desk and place, in the order of the text. Where no byline
// names any, they are those who reported by its credit: "(Reporting by Mara
// Velin in Sandvik; Editing by Tor Aas)". Desks and agencies are none.
func Authors(text string, blocks []news.Block) []string {
	var authors, reporters []string
	for i, b := range blocks {
		if b.Kind != news.BlockByline {
			continue
		}
		s := strings.Trim(fold(text[b.Start:b.End]), "()[] ")
		low := strings.ToLower(s)
		switch {
		case strings.HasPrefix(low, "by "), strings.HasPrefix(low, "written by "), strings.HasPrefix(low, "reported by "):
			authors = addNames(authors, afterBy(s))
		case strings.HasPrefix(low, "reporting by "), strings.HasPrefix(low, "reporting and writing by "):
			by, _, _ := strings.Cut(afterBy(s), ";")
			reporters = addNames(reporters, by)
		case isAgencyCredit(low):
		case above(blocks[i+1:]):
			authors = addNames(authors, s)
		}
	}
	if len(authors) == 0 {
		return reporters
	}
	return authors
}

// above reports whether a paragraph is still to come: names alone are authors
// under the title, but below the text they are anybody's.
func above(rest []news.Block) bool {
	for _, b := range rest {
		if b.Kind == news.BlockParagraph {
			return true
		}
	}
	return false
}

func isAgencyCredit(low string) bool {
	for _, p := range []string{"edit", "additional", "source", "compiled", "translated", "with "} {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	return strings.Contains(low, "contributed")
}

// afterBy is what follows the first word "by" in s.
func afterBy(s string) string {
	const by = "by "
	for i := 0; i+len(by) <= len(s); i++ {
		if (i == 0 || s[i-1] == ' ') && strings.EqualFold(s[i:i+len(by)], by) {
			return s[i+len(by):]
		}
	}
	return ""
}

// most is how many authors are kept; a longer list is a masthead.
const most = 20

// addNames adds the names of persons in a byline to a list. What stands behind a
// comma is a role or a place ("Mara Velin, New Sandvik"), unless the list goes
// on to an "and" or the next name has its own place.
func addNames(list []string, s string) []string {
	const longest = 300 // bytes
	if len(s) > longest {
		return list
	}
	for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return markOf(r) == '|' || r == '•' || r == '·' || r == ';' || r == '—' }) {
		for _, sep := range []string{" with ", " & ", "/"} {
			f = strings.ReplaceAll(f, sep, " and ")
		}
		parts := strings.Split(f, " and ")
		for i, part := range parts {
			for k, name := range strings.Split(part, ",") {
				if k > 0 && i == len(parts)-1 && !strings.Contains(name, " in ") {
					break
				}
				for _, end := range []string{" in ", " for ", " at ", " of ", " from ", " Published", " Updated", " Posted", " - ", " – "} {
					name, _, _ = strings.Cut(name, end)
				}
				name = authorName(strings.TrimSpace(name))
				if name != "" && len(list) < most && !containsFold(list, name) {
					list = append(list, name)
				}
			}
		}
	}
	return list
}

// authorName returns s as a person's name, in small letters where the byline
// shouts it, and "" where it is none.
func authorName(s string) string {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 || isDesk(wordsOf(s, 9)) {
		return ""
	}
	for i, w := range words {
		switch strings.ToLower(strings.Trim(w, ".")) {
		case "staff", "desk", "bureau", "agency", "agencies", "news", "service", "correspondent", "correspondents", "reporter", "reporters",
			"editor", "writer", "press", "times", "post", "daily", "media", "team", "city", "university", "institute":
			return ""
		case "de", "van", "der", "den", "von", "bin", "ibn", "al", "el", "da", "dos", "la", "le", "du", "di":
			if i > 0 && i < len(words)-1 {
				continue
			}
		}
		if !isNamePart(w) {
			return ""
		}
	}
	if allCaps(s) {
		for i, w := range words {
			words[i] = lowerName(w)
		}
	}
	return strings.Join(words, " ")
}

// isNamePart reports whether a word has the shape of one in a personal name:
// "Velin", "M.", "al-Aas", "O'Dahl".
func isNamePart(w string) bool {
	for i, r := range w {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !(i > 0 && strings.ContainsRune(".-'’", r)) {
			return false
		}
	}
	return strings.ContainsFunc(w, unicode.IsUpper) && !isDateWord(strings.ToLower(w))
}

// lowerName writes a name in capitals with one at the head of each part:
// "ANNE-MARIE", "O'DAHL".
func lowerName(w string) string {
	head := true
	return strings.Map(func(r rune) rune {
		upper := head
		head = !unicode.IsLetter(r) && !unicode.IsMark(r)
		if upper {
			return r
		}
		return unicode.ToLower(r)
	}, w)
}

func containsFold(list []string, s string) bool {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return true
		}
	}
	return false
}

// Title returns the headline that the blocks give, on one line, with what says
// before it where the story plays; "" where there is none.
func Title(text string, blocks []news.Block) string {
	for i, b := range blocks {
		if b.Kind != news.BlockTitle {
			continue
		}
		start := b.Start
		if i > 0 && blocks[i-1].Kind == news.BlockDateline && slug(text[blocks[i-1].Start:b.End]) > 0 {
			start = blocks[i-1].Start
		}
		return strings.Join(strings.Fields(text[start:b.End]), " ")
	}
	return ""
}
