package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestSentence is the number of tokens after which a sentence is cut,
// whatever it holds; what is longer is no sentence but a list or worse.
const longestSentence = 300

// Sentences calls emit for each sentence of a block's tokens, with its half-open
// range. Closing quotes and brackets stay with the sentence they end.
func (t *Segmenter) Sentences(text string, p []Piece, emit func(from, to int)) {
	from := 0
	for i := 0; i < len(p); {
		end := i + 1
		if isTerminal(text, p[i]) || p[i].marks&abbreviated != 0 {
			end = closers(text, p, i+1)
		}
		cut := end < len(p) && (p[end].marks&breakBefore != 0 || ends(text, p, from, i, end) || creditAt(text, p, end))
		if !cut && end-from >= longestSentence {
			end = lastComma(text, p, from, from+longestSentence)
			cut = true
		}
		if cut {
			emit(from, end)
			from = end
		}
		i = end
	}
	if from < len(p) {
		emit(from, len(p))
	}
}

// creditAt reports whether the credit of a picture begins at token i, which captions
// have behind them without a stop: "Mara Velin at the port | Image: Lund Press."
func creditAt(text string, p []Piece, i int) bool {
	if i+2 >= len(p) || p[i].marks&spaceBefore == 0 || text[p[i+1].Start:p[i+1].End] != ":" || p[i+1].marks&spaceBefore != 0 {
		return false
	}
	switch text[p[i].Start:p[i].End] {
	case "Image", "Images", "Photo", "Photos", "Photograph", "Picture", "Credit":
		return isUpperAt(text[p[i+2].Start:p[i+2].End])
	}
	return false
}

func isTerminal(text string, p Piece) bool {
	switch c := text[p.Start]; c {
	case '.', '!', '?':
		return !(p.End-p.Start > 1 && isDigit(text[p.End-1]))
	}
	switch text[p.Start:p.End] {
	case "…", "。", "！", "？", "؟", "।":
		return true
	}
	return false
}

// closers returns the end of the run of further terminals, closing quotes and
// brackets that begins at i.
func closers(text string, p []Piece, i int) int {
	for i < len(p) && p[i].marks&spaceBefore == 0 {
		switch w := text[p[i].Start:p[i].End]; w {
		case ")", "]", "”", "’", "»", "''", "}", "›":
		case "\"", "'":
			// A straight quote right before a word opens the next sentence.
			if i+1 < len(p) && p[i+1].marks&spaceBefore == 0 && isWordAt(text[p[i+1].Start:p[i+1].End]) {
				return i
			}
		default:
			if !isTerminal(text, p[i]) {
				return i
			}
		}
		i++
	}
	return i
}

// ends reports whether a sentence that began at from ends with the tokens from
// i, a terminal or an abbreviation, up to end.
func ends(text string, p []Piece, from, i, end int) bool {
	terminal := isTerminal(text, p[i])
	abbr := p[i].marks&abbreviated != 0
	if !terminal && !abbr || p[i].marks&neverLast != 0 && end == i+1 {
		return false
	}
	next := text[p[end].Start:p[end].End]
	first, _ := utf8.DecodeRuneInString(next)
	if p[end].marks&spaceBefore == 0 {
		// "…closed.The port": a blank is missing, but not in "Yahoo!7" or "(!)".
		return terminal && i > from && unicode.IsUpper(first) && len(next) > 1 && isLowerWord(text, p[i-1])
	}
	if terminal && i == from+1 && end == i+1 && p[i].End-p[i].Start == 1 && isItem(text[p[from].Start:p[from].End]) {
		return false // "1. The port …"
	}
	if unicode.IsLower(first) {
		return false // “Why?” he asked. Yahoo! said …
	}
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) && !opens(text, p, end) {
		return false
	}
	if abbr && !terminal {
		if end > i+1 && text[p[end-1].Start:p[end-1].End] != "’" {
			return begins(text, p, end) || isQuote(text[p[end-1].Start:p[end-1].End])
		}
		return begins(text, p, end)
	}
	if text[p[i].Start] != '.' && end > i+1 && isQuote(text[p[end-1].Start:p[end-1].End]) && attributed(text, p, end) {
		return false // “Never again!” Mara Velin said.
	}
	return true
}

func isLowerWord(text string, p Piece) bool {
	for _, r := range text[p.Start:p.End] {
		if !unicode.IsLower(r) {
			return false
		}
	}
	return p.End-p.Start > 1
}

// isItem reports whether a token numbers an item of a list.
func isItem(w string) bool {
	if len(w) == 1 && isWordByte(w[0]) && w != "I" {
		return true
	}
	return len(w) == 2 && isDigit(w[0]) && isDigit(w[1])
}

func isQuote(w string) bool {
	switch w {
	case "”", "\"", "’", "'", "''", "»", "“":
		return true
	}
	return false
}

// opens reports whether the token at i, no word, may begin a sentence.
func opens(text string, p []Piece, i int) bool {
	switch w := text[p[i].Start:p[i].End]; w {
	case "“", "‘", "\"", "'", "``", "(", "[", "«", "„", "—", "–", "-", "--", "•", "*", "■", "▪", "►", "$", "£", "€", "¥", "…", "...", "¿", "¡", "‹", "’", "”":
		return true
	default:
		return w[0] == '#' || w[0] == '@' || w[0] == '\'' || strings.HasPrefix(w, "’")
	}
}

// begins reports whether a sentence seems to begin at token i after an
// abbreviation: "… in the U.S. The …" but "… in the U.S. Senate …".
func begins(text string, p []Piece, i int) bool {
	w := text[p[i].Start:p[i].End]
	if !isWordAt(w) {
		return opens(text, p, i) && i+1 < len(p) && isUpperAt(text[p[i+1].Start:p[i+1].End]) && w != "(" && w != "[" && w != "-" && w != "—" && w != "–" && w != "--" && w != "$"
	}
	switch w {
	case "The", "A", "An", "This", "That", "These", "Those", "There", "Here",
		"He", "She", "It", "They", "We", "I", "You", "His", "Her", "Its", "Their", "Our", "My",
		"But", "And", "Or", "So", "Yet", "Nor", "If", "When", "While", "As", "Since", "Although", "Though", "Because", "Once", "Until",
		"In", "On", "At", "For", "From", "With", "By", "To", "After", "Before", "During", "Under", "Over", "Since,", "Despite", "According", "Among", "About",
		"However", "Meanwhile", "Also", "Earlier", "Later", "Then", "Now", "Still", "Instead", "Last", "Such", "Even", "Just", "Only",
		"What", "Who", "How", "Why", "Where", "Which", "Some", "Many", "Most", "More", "Several", "All", "Both", "Each", "Another", "Other", "No", "Not",
		"One", "Two", "Three", "Officials", "Police", "Authorities", "Witnesses", "Residents", "Asked", "Speaking":
		return true
	}
	return false
}

// attributed reports whether a quotation that ends before token i is followed
// by who said it: a short name or phrase and a verb of saying.
func attributed(text string, p []Piece, i int) bool {
	for k := i; k < len(p) && k < i+7; k++ {
		switch text[p[k].Start:p[k].End] {
		case "said", "says", "asked", "asks", "told", "added", "adds", "shouted", "cried", "wrote", "tweeted", "posted", "replied", "warned", "exclaimed", "continued", "yelled", "chanted":
			return true
		case ",", ".", "!", "?", "“", "\"", ";":
			return false
		}
	}
	return false
}

// lastComma returns where to cut a sentence that is too long: after its last
// comma or semicolon not far before to, or at to.
func lastComma(text string, p []Piece, from, to int) int {
	for i := to; i > from && i > to-60; i-- {
		switch text[p[i-1].Start] {
		case ',', ';', ':':
			return i
		}
	}
	return to
}
