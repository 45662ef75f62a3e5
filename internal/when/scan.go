package when

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// kind is the sort of characters a word is made of.
type kind uint8

const (
	letters kind = iota
	number
	mark
)

// word is the matcher's own cut of the text. It is finer than a token: treebanks
// differ on whether "mid-2023", "1950s", "3.30pm" and "2031-05-07" are one
// token or several, and the grammar must not depend on that.
type word struct {
	start, end int
	kind       kind
	upper      bool   // begins with a capital
	spaced     bool   // white space before it
	low        string // lower case; curly apostrophes straight, dashes "-"
	n          int    // value of a number, -1 where it is too long
	token      int    // the token that covers it
	entries    []entry
}

// is returns the word's entry of a class.
func (w *word) is(c class) (entry, bool) {
	for _, e := range w.entries {
		if e.class == c {
			return e, true
		}
	}
	return entry{}, false
}

// scan cuts a block into words and looks each up.
func scan(doc *nlp.Doc, block news.Range, lex lexicon, out []word) []word {
	text := doc.Text[:block.End]
	tok := doc.TokenAt(block.Start)
	for i := block.Start; i < block.End; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		w := word{start: i, spaced: len(out) == 0 || out[len(out)-1].end < i}
		switch {
		case r >= '0' && r <= '9':
			w.kind, w.end = number, i+1
			for w.end < block.End && text[w.end] >= '0' && text[w.end] <= '9' {
				w.end++
			}
			w.low = text[i:w.end]
			n, ok := digits(w.low)
			if !ok {
				n = -1
			}
			w.n = n
		case unicode.IsLetter(r):
			w.kind, w.upper, w.end = letters, unicode.IsUpper(r), i+size
			for w.end < block.End {
				r, size := utf8.DecodeRuneInString(text[w.end:])
				if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
					break
				}
				w.end += size
			}
			w.low = strings.ToLower(text[i:w.end])
			w.entries = lex[w.low]
		default:
			w.kind, w.end, w.low = mark, i+size, plainMark(r, text[i:i+size])
		}
		for tok < len(doc.Tokens) && doc.Tokens[tok].End <= w.start {
			tok++
		}
		w.token = tok
		i = w.end
		out = append(out, w)
	}
	return out
}

// capitals reports whether a block is printed in capitals throughout, where a
// capital sets nothing apart.
func capitals(w []word, text string) bool {
	small := 0
	for i := range w {
		if w[i].kind == letters && text[w[i].start:w[i].end] == w[i].low {
			small++
		}
	}
	return small*10 < len(w)
}

// plainMark maps the printers' forms of a mark to its typewriter form.
func plainMark(r rune, s string) string {
	switch r {
	case '’', '‘', 'ʼ':
		return "'"
	case '‐', '‑', '‒', '–', '−': // an em dash parts clauses and joins no dates
		return "-"
	}
	return s
}
