package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// The longest headline and standfirst, in words. Newspapers keep headlines
// under 20; the tabloids of the Web go to 30.
const (
	maxTitle   = 32
	maxLead    = 45
	maxHeading = 14
)

// markHead decides what stands above the first paragraph: title, lead, byline,
// dateline.
func (m *marker) markHead() {
	for i := 0; i < len(m.parts); i++ {
		p := &m.parts[i]
		if p.kind != "" {
			continue
		}
		s := m.line(i)
		if i < m.first && (p.verdict.edge || isDatelineLine(s, true) || p.author) {
			continue // markBody names it
		}
		if m.headline < 0 {
			if !m.isTitle(i) {
				return
			}
			p.kind = news.BlockTitle
			m.headline = i
			continue
		}
		if i >= m.first {
			m.leadSentence(i)
			return
		}
		switch {
		case areAuthors(s):
			p.kind = news.BlockByline
		case m.isLead(i):
			p.kind = news.BlockLead
		}
	}
}

// isTitle reports whether part i, above which there is no title, is one: one
// short line, with more text after it, that does not close like a sentence, or
// is set like a headline.
func (m *marker) isTitle(i int) bool {
	p := m.parts[i]
	s := m.line(i)
	if i+1 >= len(m.parts) || p.lines > 2 || wordCount(s, maxTitle+1) > maxTitle || !opensHeadline(s) {
		return false
	}
	next := m.line(i + 1)
	if dateline(s, true) > 0 && slug(s) == 0 {
		return false
	}
	switch lastRune(s) {
	case ':', ',':
		return false
	}
	blank := m.parts[i+1].blank
	if endsStop(s) {
		// A headline with a stop, as archives store them: set in capitals word
		// by word, or right above a dateline.
		return blank && wordCount(s, 4) >= 4 && (titleCased(s) || dateline(next, true) > 0)
	}
	if endsSentence(s) {
		// "Will the port close?" above a blank line; on the line before other
		// text it may be the paragraph's own first question.
		return blank && wordCount(s, 21) <= 20
	}
	return blank || wordCount(next, 9) > 8 || m.parts[i+1].author || isDatelineLine(next, true)
}

// isLead reports whether part i, between title and first paragraph, is a
// standfirst.
func (m *marker) isLead(i int) bool {
	s := m.line(i)
	n := wordCount(s, maxLead+1)
	if n > maxLead || n < 5 || !opensHeadline(s) || m.first >= len(m.parts) {
		return false
	}
	if i+1 < len(m.parts) && isBullet(m.line(i+1)) {
		return false // "What we know so far", over a list
	}
	return !endsStop(s) && lastRune(s) != ':' && lastRune(s) != ','
}

// leadSentence takes the first sentence for the lead, although it has its full
// stop, where byline, date or picture stand between it and the rest.
func (m *marker) leadSentence(i int) {
	if i == 0 || i+1 >= len(m.parts) || i != m.first || wordCount(m.line(i), 36) > 35 || m.parts[i-1].kind != news.BlockTitle {
		return
	}
	next := &m.parts[i+1]
	s := m.line(i + 1)
	if next.kind != news.BlockCaption && next.kind != news.BlockByline && !next.author && !isStamp(wordsOf(s, 16)) {
		return
	}
	m.parts[i].kind = news.BlockLead
	for m.first = i + 1; m.first < len(m.parts); m.first++ {
		if m.parts[m.first].kind == "" && m.prose(m.first) {
			return
		}
	}
}

// isHeading reports whether part i is a line over the paragraphs that follow.
func (m *marker) isHeading(i int) bool {
	s := m.line(i)
	if m.parts[i].lines > 1 || i > m.last {
		return false
	}
	if isClock(s) {
		return true // "6:05 p.m." over an entry of a live page
	}
	n := wordCount(s, maxHeading+1)
	if n > maxHeading || !opensHeadline(s) {
		return false
	}
	switch lastRune(s) {
	case ':', ',', ';', '!', '…':
		return false
	}
	if endsSentence(s) {
		if lastRune(s) == '?' {
			// "What happens next?" heads a section; in the run of the text it may
			// be a question asked: only a line below a blank one counts.
			return n <= 10 && i > 0 && m.parts[i].blank && i+1 < len(m.parts) && isQuestionWord(s)
		}
		return allCaps(s) && n <= 8 && n >= 2
	}
	if i > 0 && isClock(m.line(i-1)) && i+1 < len(m.parts) && m.prose(i+1) {
		return true // the line under the time of an entry of a live page
	}
	if i+1 < len(m.parts) && isBullet(m.line(i+1)) {
		return true // "What we know so far", over a list
	}
	return !m.inList(i)
}

// inList reports whether part i is an item of a list: the line before ends in a
// colon or is an item itself, or three such lines stand together.
func (m *marker) inList(i int) bool {
	short := func(j int) bool {
		if j < 0 || j >= len(m.parts) {
			return false
		}
		switch m.parts[j].kind {
		case "", news.BlockParagraph, news.BlockHeading:
			s := m.line(j)
			return !isClock(s) && !endsSentence(s) && lastRune(s) != ':' && wordCount(s, maxLead) < maxLead
		}
		return false
	}
	from, to := i, i+1
	for from > 0 && short(from-1) && i-from < 3 {
		from--
	}
	for short(to) && to-i < 3 {
		to++
	}
	if from > 0 && lastRune(m.line(from-1)) == ':' {
		return true
	}
	return to-from >= 3
}

// opensHeadline reports whether s opens as a headline may: with a capital, a
// digit or a mark before one.
func opensHeadline(s string) bool {
	if isBullet(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r) {
			return true
		}
		if unicode.IsLower(r) {
			// "iPhone maker …", "al-Shabab …"
			return strings.ContainsFunc(firstWord(s), unicode.IsUpper)
		}
	}
	return false
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}

// isQuestionWord reports whether s opens with a word that asks.
func isQuestionWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) {
		return false
	}
	w := strings.ToLower(strings.ReplaceAll(firstWord(s), "’", "'"))
	w, _ = strings.CutSuffix(w, "'s")
	switch w {
	case "what", "who", "why", "how", "where", "when", "which", "is", "are", "can", "could", "will", "does", "do", "did", "has", "should":
		return true
	}
	return false
}

// isClock reports whether s is a time of day and nothing else.
func isClock(s string) bool {
	words := wordsOf(s, 7)
	if len(words) == 0 || len(words) > 6 || !startsDigit(words[0].low) {
		return false
	}
	half := false
	for _, w := range words {
		if !isDateWord(w.low) || isMonth(w.low) {
			return false
		}
		half = half || w.mark == ':' || w.low == "p" || w.low == "pm" || w.low == "a" || w.low == "am" || w.low == "gmt"
	}
	return half
}
