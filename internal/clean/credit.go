package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isCredit reports whether a line says who reported or edited the article,
// wherever it stands.
func isCredit(s string, words []word) bool {
	if len(words) == 0 || len(words) > 60 {
		return false
	}
	low := func(i int) string {
		if i < len(words) {
			return words[i].low
		}
		return ""
	}
	switch low(0) {
	case "reporting", "editing", "writing":
		// (Reporting by Mara Velin; Editing by Tor Aas)
		return low(1) == "by" && len(words) > 2 && words[2].upper || low(1) == "and" && low(3) == "by"
	case "additional":
		return (low(1) == "reporting" || low(1) == "writing" || low(1) == "editing") && (low(2) == "by" || low(2) == "from")
	case "compiled", "written", "edited", "reported", "translated":
		return low(1) == "by" && len(words) <= 12 && areNames(words[2:])
	case "with":
		return low(1) == "additional" && low(2) == "reporting" && (low(3) == "by" || low(3) == "from") || low(1) == "reporting" && low(2) == "by"
	case "source", "sources", "editor", "editors":
		// "Source: NATO" under a chart, "Source: agencies" at the foot.
		return words[0].mark == ':' && len(words) <= 6 && !endsSentence(s)
	}
	if isInitials(s) {
		return true
	}
	if n := len(words); n <= 40 && n > 2 && !strings.ContainsAny(s, "“”\"") {
		// Mara Velin and Tor Aas contributed to this report.
		for i, w := range words {
			if w.low != "contributed" || i == 0 {
				continue
			}
			to := low(i+1) == "to" && (low(i+2) == "this" || low(i+2) == "the")
			if (to && (low(i+3) == "report" || low(i+3) == "story" || low(i+3) == "article" || low(i+3) == "reporting")) || low(i+1) == "reporting" {
				return words[0].upper || words[0].low == "and"
			}
		}
	}
	return false
}

// isInitials reports whether a line is the initials of those who wrote and
// edited an agency's report: "mv-ta/id", "burs-mv/ta/id".
func isInitials(s string) bool {
	const longest = 24 // bytes
	if len(s) > longest || !strings.Contains(s, "/") {
		return false
	}
	for p := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '/' || r == '-' }) {
		if p == "burs" {
			continue
		}
		if len(p) < 2 || len(p) > 3 {
			return false
		}
		for _, r := range p {
			if r < 'a' || r > 'z' {
				return false
			}
		}
	}
	return strings.Count(s, "/")+strings.Count(s, "-") >= 1 && s != "and/or" && s != "n/a" && s != "he/she"
}

// isAuthor reports whether a line names the author or a desk. It is a byline
// only above the first paragraph or below the last: "By Land and Sea" may head
// a section.
func isAuthor(s string, words []word) bool {
	if len(words) == 0 || len(words) > 20 {
		return false
	}
	if words[0].low == "by" {
		return areNames(words[1:])
	}
	if endsSentence(s) && !allCaps(s) || lastRune(s) == ':' {
		return false
	}
	// Staff Reporter Published May 7, 2031 Updated May 7, 2031 09:12am
	for i, w := range words {
		if i > 0 && (w.low == "published" || w.low == "posted" || w.low == "updated") && stamps(words[i+1:]) {
			return i <= 8 && areNames(words[:i])
		}
	}
	return isDesk(words) || isStrip(s)
}

// isStrip reports whether a line strings together who wrote, where and when:
// "Harbour News Service | Sandvik | May 7, 2031 6:12 pm".
func isStrip(s string) bool {
	fields := strings.FieldsFunc(s, func(r rune) bool { return markOf(r) == '|' || r == '•' || r == '·' })
	if len(fields) < 2 || len(fields) > 4 {
		return false
	}
	dated := false
	for _, f := range fields {
		words := wordsOf(f, 13)
		switch {
		case len(words) == 0 || len(words) > 12:
			return false
		case isStamp(words) || stamps(words):
			dated = true
		case len(words) > 6 || !areNames(words):
			return false
		}
	}
	return dated
}

// stamps reports whether the words are one date or several.
func stamps(words []word) bool {
	for _, w := range words {
		switch w.low {
		case "published", "posted", "updated", "last", "modified":
		default:
			if !isDateWord(w.low) {
				return false
			}
		}
	}
	return len(words) >= 2
}

// areNames reports whether words read as names, with a title, a desk or a place
// after them: at least one capitalised word, and in lower case only what joins
// names. "By Friday" and "By 2030" are none.
func areNames(words []word) bool {
	if len(words) == 0 || !words[0].upper || isDateWord(words[0].low) {
		return false
	}
	for _, w := range words {
		if w.upper {
			continue
		}
		switch w.low {
		case "and", "in", "of", "for", "the", "at", "with", "de", "van", "der", "den", "von", "bin", "ibn", "al", "el", "da", "dos", "la", "le", "du", "di":
		case "staff", "writer", "reporter", "correspondent", "editor", "writers", "reporters", "agencies", "special", "to", "political", "senior", "chief":
		default:
			if !startsDigit(w.low) && !isDateWord(w.low) {
				return false
			}
		}
	}
	return true
}

// isDesk reports whether a line names a desk or an agency in place of an
// author: "Our Correspondent", "Web Desk", "AFP", "Agencies".
func isDesk(words []word) bool {
	if len(words) > 8 {
		return false
	}
	desk := false
	for i, w := range words {
		switch w.low {
		case "staff", "correspondent", "correspondents", "reporter", "reporters", "desk", "bureau", "agencies", "wires", "newsroom",
			"afp", "ap", "reuters", "xinhua", "epa", "dpa", "upi", "ians", "pti", "ani", "aap", "tass", "anadolu", "bloomberg", "efe", "ansa":
			desk = true
		case "our", "a", "the", "web", "news", "monitoring", "special", "own", "by", "and", "in", "with", "from", "associated", "press", "agency",
			"writer", "writers", "editor", "report", "reports", "service", "international", "national", "foreign", "city", "senior", "political", "online", "digital":
			desk = desk || w.low == "writer" && i > 0 || w.low == "press" && i > 0 && words[i-1].low == "associated"
		default:
			// "Mara Velin, Staff Reporter", "From Our Correspondent in Bergen".
			if !w.upper {
				return false
			}
		}
	}
	return desk
}

// areAuthors reports whether s is nothing but names of authors, with the place
// they report from: "Mara Velin", "Mara Velin and Tor Aas in Sandvik".
func areAuthors(s string) bool {
	if len(s) > 120 {
		return false
	}
	s, place, in := strings.Cut(s, " in ")
	if in && (wordCount(place, 4) > 3 || !areNames(wordsOf(place, 4))) {
		return false
	}
	// A comma alone joins the halves of a headline.
	before, last, joined := strings.Cut(s, " and ")
	if !joined {
		return isPersonName(s)
	}
	for name := range strings.SplitSeq(before, ", ") {
		if !isPersonName(name) {
			return false
		}
	}
	return isPersonName(last)
}

// isPersonName reports whether s is nothing but a personal name of two to four
// capitalised words: a byline where one may stand.
func isPersonName(s string) bool {
	if len(s) > 60 {
		return false
	}
	n := 0
	for _, w := range strings.Fields(s) {
		r, size := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) || !initialOrName(w[size:]) {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4
}

// initialOrName reports whether the rest of a word after its capital is that of
// a name: letters with hyphens and apostrophes, or the stop of an initial.
func initialOrName(rest string) bool {
	if rest == "." || rest == "" {
		return true
	}
	if strings.HasSuffix(rest, "'s") || strings.HasSuffix(rest, "’s") {
		return false
	}
	for _, r := range rest {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' && r != '\'' && r != '’' {
			return false
		}
	}
	return true
}
