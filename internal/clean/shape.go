package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// closers may stand after the full stop of a sentence: quotation marks,
// brackets, marks of emphasis, and the zero-width characters pages leave behind.
const closers = " ”’\"'»)]*_\u200b\ufeff"

// endsSentence reports whether s closes like a sentence: with a full stop, a
// question or exclamation mark or an ellipsis, before or after closing marks.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, closers)
	r, _ := utf8.DecodeLastRuneInString(s)
	switch r {
	case '.', '!', '?', '…', '。', '؟':
		return true
	}
	return false
}

// endsStop is endsSentence without questions and exclamations, with which a
// headline may close.
func endsStop(s string) bool {
	s = strings.TrimRight(s, closers)
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '.' || r == '。'
}

// lastRune is the last character of s.
func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// startsLower reports whether the first letter of s is a lower-case one.
// Digits and brackets before it are not looked through: "5 die" starts new.
func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// isBullet reports whether s is an item of a list: a mark and a space.
func isBullet(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '‣', '◦', '▪', '●', '·', '*', '-', '–', '—', '+', '■', '►', '✔', '✓':
		next, _ := utf8.DecodeRuneInString(s[n:])
		return unicode.IsSpace(next)
	}
	// 1. or (a)
	i := 0
	for i < len(s) && i < 3 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i > 0 && i+1 < len(s) && (s[i] == '.' || s[i] == ')') && s[i+1] == ' '
}

// isAddress reports whether s is a web or mail address and nothing else.
func isAddress(s string) bool {
	if strings.ContainsFunc(s, unicode.IsSpace) {
		return false
	}
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.") ||
		strings.Count(s, "@") == 1 && strings.Contains(s[strings.IndexByte(s, '@'):], ".") && s[0] != '@'
}

// isRule reports whether s holds no letter and no digit: a line of dashes or
// stars, an arrow, an emoji.
func isRule(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// wordCount counts the words of s and stops at limit.
func wordCount(s string, limit int) int {
	n, in := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			in = false
		} else if !in {
			in = true
			if n++; n >= limit {
				return n
			}
		}
	}
	return n
}

// capitals counts the words of s that begin with a letter, and how many of
// them begin with a capital; words of three letters and fewer ("of", "the")
// and words that begin with a digit are left out of both.
func capitals(s string) (long, upper int) {
	for _, w := range strings.FieldsFunc(s, unicode.IsSpace) {
		w = strings.TrimLeft(w, "“‘\"'([")
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) || runes(w) <= 3 {
			continue
		}
		long++
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return long, upper
}

// titleCased reports whether s is written like an American headline: all long
// words but one in six begin with a capital.
func titleCased(s string) bool {
	long, upper := capitals(s)
	return long >= 2 && (long-upper)*6 <= long
}

// allCaps reports whether s has letters and none of them is lower-case.
func allCaps(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2
}
