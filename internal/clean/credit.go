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
	return isDesk(words)
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

// maxCaption is the longest caption in words, its credit included; agencies
// write up to 60.
const maxCaption = 80

// isCaption reports whether s stands under a picture: it opens as a caption or
// a credit does, or closes with the credit.
func isCaption(s string, words []word) bool {
	if len(words) == 0 || len(words) > maxCaption {
		return false
	}
	mark := words[0].mark
	if len(words) > 2 && (words[1].low == "source" || words[1].low == "caption" || words[1].low == "credit" || words[1].low == "copyright") {
		// Image source, Getty Images / Media caption, The ferry before the storm
		switch words[0].low {
		case "image", "photo", "picture", "media", "video", "figure":
			return true
		}
	}
	switch words[0].low {
	case "photo", "photos", "image", "images", "picture", "pictures", "photograph", "photography", "pic", "illustration", "graphic", "credit", "caption", "screengrab", "screenshot", "infographic":
		if mark == ':' || mark == '|' || mark == '/' {
			return true
		}
		if len(words) <= 14 && len(words) > 2 && (words[1].low == "by" || words[1].low == "credit" || words[1].low == "courtesy" || words[1].low == "via") {
			return true
		}
	case "file", "handout":
		// FILE PHOTO: … / FILE - A ferry … / File photo of a ferry
		if words[0].caps && (mark == '-' || mark == ':') {
			return true
		}
		if len(words) > 1 && (words[1].low == "photo" || words[1].low == "image" || words[1].low == "picture" || words[1].low == "pic" || words[1].low == "footage") {
			return words[1].mark != 0 || len(words) <= 25
		}
	case "getty", "shutterstock", "istock":
		if len(words) <= 5 {
			return true
		}
	case "representational", "representative":
		return len(words) > 1 && (words[1].low == "image" || words[1].low == "photo" || words[1].low == "picture") && len(words) <= 10
	}
	return creditAtEnd(s)
}

// creditAtEnd reports whether s closes with a picture credit: "[Tor Aas/AFP]",
// "(AP Photo/Tor Aas)", "REUTERS/Tor Aas", "| Photo: Tor Aas", "— AFP/File".
func creditAtEnd(s string) bool {
	s = strings.TrimRight(s, ". ")
	if strings.HasSuffix(s, "]") || strings.HasSuffix(s, ")") {
		open := byte('[')
		if s[len(s)-1] == ')' {
			open = '('
		}
		i := strings.LastIndexByte(s, open)
		if i < 0 || len(s)-i > 120 {
			return false
		}
		return isPhotoCredit(s[i+1:len(s)-1], open == '(')
	}
	// REUTERS/Tor Aas, Tor Aas/AFP via Getty Images: agency and photographer.
	for _, a := range []string{"REUTERS/", "Reuters/", "AFP/", "EPA/", "AP/", "AP Photo/", "Anadolu Agency/", "/AFP", "/Reuters", "/REUTERS", "/Getty Images", "/EPA", "/AP", "/File"} {
		if i := strings.LastIndex(s, a); i >= 0 && areCreditNames(s[i+len(a):]) {
			return true
		}
	}
	for _, a := range []string{"| Photo", "| Image", "Photo:", "Image:", "Photograph:", "Photo by ", "Picture:", "Photo credit", "Credit:"} {
		if i := strings.LastIndex(s, a); i > 0 && wordCount(s[i:], 10) <= 9 {
			return true
		}
	}
	return false
}

// areCreditNames reports whether s is the rest of a credit: up to six words, all
// capitalised but what joins them ("AP/NORC poll" is no credit).
func areCreditNames(s string) bool {
	words := wordsOf(s, 7)
	for _, w := range words {
		if !w.upper && w.low != "via" && w.low != "for" && w.low != "and" && w.low != "photo" && w.low != "file" {
			return false
		}
	}
	return len(words) <= 6
}

// isPhotoCredit reports whether the words in closing brackets credit a picture. In
// round ones an agency alone is too little: "… in Bergen (AFP)".
func isPhotoCredit(s string, round bool) bool {
	words := wordsOf(s, 16)
	if len(words) == 0 || len(words) >= 16 {
		return false
	}
	agency := false
	for i, w := range words {
		switch w.low {
		case "photo", "image", "picture", "photograph", "handout", "screengrab", "screenshot", "courtesy", "getty", "shutterstock", "illustration", "pic":
			return true
		case "file", "archive", "via":
			if len(words) <= 6 && (i > 0 || len(words) == 1 || w.mark == '/') {
				return !round || len(words) > 1 || w.low == "file"
			}
		case "reuters", "afp", "ap", "epa", "jazeera", "anadolu", "xinhua", "aap", "pti", "dpa", "tass", "ansa", "efe":
			agency = true
			if w.mark == '/' || i > 0 && words[i-1].mark == '/' {
				return true
			}
		}
	}
	return agency && !round
}
