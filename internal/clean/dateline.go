package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline is how many bytes into a paragraph its dateline may reach.
const maxDateline = 120

// dateline returns how many bytes at the start of s are a dateline with the
// mark that closes it, and 0 where s does not open with one:
//
//	BERGEN, Norway (AP) — The harbour …     BERGEN, May 7 (Reuters) - The …
//	Bergen, 7 May (Xinhua) -- The …         BERGEN: The harbour …
//	Bergen — The harbour …
//
// A place in plain letters without an agency or a date beside it, and a colon,
// are trusted only in the paragraph that opens the article (first): in a
// transcript the same form names the speaker ("VELIN: We will stay.").
func dateline(s string, first bool) int {
	head := s
	if len(head) > maxDateline {
		head = head[:maxDateline]
	}
	for at, r := range head {
		if at == 0 {
			continue
		}
		mark := markOf(r)
		if mark != '-' && mark != ':' {
			continue
		}
		n := at + utf8.RuneLen(r)
		for n < len(s) && (s[n] == '-' || strings.HasPrefix(s[n:], "–") || strings.HasPrefix(s[n:], "—")) {
			_, w := utf8.DecodeRuneInString(s[n:])
			n += w
		}
		rest, _ := utf8.DecodeRuneInString(s[n:])
		if n < len(s) && !unicode.IsSpace(rest) {
			continue // Guinea-Bissau, 10:30
		}
		if mark == '-' && startsLower(strings.TrimLeftFunc(s[n:], unicode.IsSpace)) {
			return 0 // "NATO – which met in Oslo – said …"
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		// "KABUL- The": some papers leave no space before the dash.
		spaced := unicode.IsSpace(before) || before == ')' || r == '—' || r == '―' || mark == ':'
		if isDatelineText(s[:at], mark, first, spaced) || first && spaced && mark == '-' && isPlainDateline(s[:at], s[n:]) {
			return n + dateAfter(s[n:])
		}
		if mark == ':' || !spaced {
			continue
		}
		return 0 // the first free dash closes a dateline or there is none
	}
	return 0
}

// dateAfter returns how many bytes at the start of s are a date between the dash
// of a dateline and another one, and 0 where there is none:
//
//	BERGEN, Norway — May 7, 2031 — The harbour …
func dateAfter(s string) int {
	const longest = 40 // bytes
	head := s[:min(len(s), longest)]
	for at, r := range head {
		if at == 0 || markOf(r) != '-' {
			continue
		}
		words := wordsOf(head[:at], 6)
		dated := false
		for _, w := range words {
			if !isMonth(w.low) && !startsDigit(w.low) {
				return 0
			}
			dated = dated || isMonth(w.low)
		}
		if !dated || len(words) > 4 {
			return 0
		}
		return at + utf8.RuneLen(r)
	}
	return 0
}

// isDatelineText reports whether s, without the closing mark, is place, date and
// agency of a dateline.
func isDatelineText(s string, mark rune, first, spaced bool) bool {
	s = strings.TrimSpace(s)
	agency := false
	if i := strings.IndexByte(s, '('); i >= 0 {
		if !strings.HasSuffix(s, ")") || strings.Count(s, "(") > 1 {
			return false
		}
		if wordCount(s[i:], 6) > 5 {
			return false
		}
		agency = true
		s = strings.TrimSpace(s[:i])
	}
	caps, title, dated, place := true, true, false, 0
	words := wordsOf(s, 14)
	if len(words) >= 14 || agency && len(words) == 0 && mark != '-' {
		return false
	}
	for _, w := range words {
		if w.mark != 0 && !strings.ContainsRune(",./-'’", w.mark) {
			return false
		}
		switch {
		case startsDigit(w.low) || isMonth(w.low):
			dated = true
		case place > 0 && isPlaceLink(w.low):
		case w.caps && (runes(w.low) > 1 || w.mark == '.' || w.mark == ','):
			place++
		case w.upper:
			// "BERGEN, Norway": only the town is in capitals.
			caps = caps && place > 0
			place++
		default:
			return false
		}
		title = title && (w.upper || startsDigit(w.low) || isPlaceLink(w.low))
	}
	switch {
	case place == 0:
		return agency && mark == '-' && (dated || len(words) == 0 && first)
	case notPlace(words[0].low):
		return false
	case mark == ':':
		return first && caps && place <= 6
	case caps && (dated || agency):
		return true
	case caps:
		return first && spaced && place <= 5
	case title && agency:
		return spaced
	case title && dated:
		return first && spaced && place <= 5
	}
	return false
}

// isPlainDateline reports whether a dash parts a place in plain letters from the
// report, "Bergen — The harbour …", as many papers set it. An aside ("Bergen –
// a port – said") has a second dash, and goes on in lower case as a rule.
func isPlainDateline(place, rest string) bool {
	words := wordsOf(place, 6)
	if len(words) == 0 || len(words) > 5 || notPlace(words[0].low) || !words[0].upper || len(words[0].low) < 3 {
		return false
	}
	for i, w := range words {
		if !w.upper && (i == 0 || !isPlaceLink(w.low)) || startsDigit(w.low) || isMonth(w.low) || w.mark != 0 && !strings.ContainsRune(",./-'’", w.mark) {
			return false
		}
		switch w.low { // a body or a person of this form is none
		case "minister", "president", "ministry", "party", "police", "council", "union", "bank", "news", "times", "dr", "mr", "mrs", "ms":
			return false
		}
	}
	rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "“\"‘'"))
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
		return false
	}
	sentence := rest
	if i := strings.Index(rest, ". "); i >= 0 {
		sentence = rest[:i]
	}
	return len(strings.Fields(sentence)) >= 5 && !strings.Contains(sentence, " – ") && !strings.Contains(sentence, " — ") && !strings.Contains(sentence, " - ")
}

// isMonth reports whether w is the name of a month, or a short form of it.
func isMonth(w string) bool {
	switch w {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

// isPlaceLink reports whether w joins the parts of a place's name, or two
// places, in lower case.
func isPlaceLink(w string) bool {
	switch w {
	case "and", "of", "de", "del", "la", "le", "al", "el", "da", "do", "sur", "am", "upon", "near", "the", "in", "aboard":
		return true
	}
	return false
}

// notPlace reports whether a word in capitals before a mark opens something
// other than a dateline.
func notPlace(w string) bool {
	switch w {
	case "breaking", "update", "updated", "exclusive", "watch", "live", "video", "photo", "photos", "note", "correction", "clarification",
		"analysis", "opinion", "explainer", "factbox", "timeline", "fact", "profile", "interview", "q", "a", "question", "answer",
		"read", "related", "more", "see", "also", "editor", "editor's", "editors", "file", "caption", "sources", "source", "quote", "comment", "editorial", "feature", "obituary", "summary", "abstract", "background", "advertisement", "sponsored", "the", "in", "by", "on", "what", "why", "how", "who", "poll", "review", "column":
		return true
	}
	return false
}

// isDatelineLine reports whether the whole line is a dateline or a date stamp:
// "BERGEN, May 7 –", "BERGEN (Reuters)", "May 7, 2031", "7 May 2031, 14:20 GMT".
func isDatelineLine(s string, top bool) bool {
	if len(s) > maxDateline {
		return false
	}
	if n := dateline(s, top); n == len(s) && n > 0 {
		return true
	}
	words := wordsOf(s, 16)
	if len(words) == 0 || len(words) > 15 {
		return false
	}
	if isStamp(words) && stampLabel(words[0].low) {
		return true // "Published On 7 May 2031"
	}
	if len(words) > 3 && words[0].low == "as" && words[1].low == "of" && stampOnly(words[2:]) {
		return true // "As of 7 May 2031", over a report on a situation
	}
	// A bare date may head an entry of a chronicle.
	return top && (stampOnly(words) ||
		strings.HasSuffix(s, ")") && isDatelineText(s, '-', true, true) && allCaps(s[:strings.IndexByte(s, '(')]) ||
		placeAndDay(words))
}

// isStamp reports whether a line is a date, with or without "Published".
func isStamp(words []word) bool {
	return len(words) > 0 && len(words) < 16 && (stampOnly(words) || len(words) > 2 && stampOnly(words[1:]) && stampLabel(words[0].low))
}

// stampOnly reports whether the words are a date, with a month or a year in it.
func stampOnly(words []word) bool {
	anchor := false
	for _, w := range words {
		if !isDateWord(w.low) {
			return false
		}
		year := len(w.low) == 4 && startsDigit(w.low) && (w.low[0] == '1' || w.low[0] == '2')
		anchor = anchor || isMonth(w.low) || year || w.low == "ago"
	}
	return anchor && len(words) >= 2
}

// stampLabel reports whether w introduces a publication date.
func stampLabel(w string) bool {
	switch w {
	case "published", "posted", "date", "issued", "first":
		return true
	}
	return false
}

// placeAndDay reports whether the words are a place in capitals and a day:
// "BERGEN, May 7".
func placeAndDay(words []word) bool {
	n := 0
	for n < len(words) && words[n].caps && !isDateWord(words[n].low) && !notPlace(words[n].low) {
		n++
	}
	return n > 0 && n <= 4 && n < len(words) && stampOnly(words[n:])
}
