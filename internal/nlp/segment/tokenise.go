package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Piece is a token: half-open byte offsets in the text it was cut from.
type Piece struct {
	Start, End int
	marks      marks
}

type marks uint8

const (
	spaceBefore marks = 1 << iota // white space before
	breakBefore                   // a blank line before
	abbreviated                   // ends in a stop that belongs to it
	neverLast                     // an abbreviation that no sentence ends with
)

// Tokens appends the tokens of text[start:end]. Every byte that is not white
// space is in exactly one of them.
func (t *Segmenter) Tokens(dst []Piece, text string, start, end int) []Piece {
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(text[i:end])
		var m marks
		for lines := 0; unicode.IsSpace(r); {
			m |= spaceBefore
			if r == '\n' {
				lines++
			}
			if lines > 1 {
				m |= breakBefore
			}
			if i += size; i == end {
				return dst
			}
			r, size = utf8.DecodeRuneInString(text[i:end])
		}
		j := i
		for j < end && !unicode.IsSpace(r) {
			j += size
			r, size = utf8.DecodeRuneInString(text[j:end])
		}
		for first := true; i < j; first = false {
			n, f := t.next(dst, text[:end], i, j, first)
			if first {
				f |= m
			}
			dst = append(dst, Piece{i, i + n, f})
			i += n
		}
	}
	return dst
}

// next returns the length of the token at text[i:], which ends before j, where
// the white space begins. First is true at the beginning of a run without white
// space; done are the tokens before.
func (t *Segmenter) next(done []Piece, text string, i, j int, first bool) (int, marks) {
	s := text[i:j]
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case isWordRune(r):
		if n := webAddress(s); n > 0 {
			return n, 0
		}
		if isDigit(s[0]) {
			return number(s), 0
		}
		n := wordEnd(s)
		if m := unlike(text, i, j, n); m > 0 {
			return m, 0
		}
		if n < len(s) && s[n] == '.' {
			if m, flags := t.abbreviation(done, text, i, j, n); m > 0 {
				return m, flags
			}
		}
		return word(s, n), 0
	case r == '#' || r == '@':
		n := 1
		for n < len(s) && (isWordByte(s[n]) || s[n] == '_') {
			n++
		}
		if n > 1 && isDigit(s[1]) {
			return 1, 0
		}
		return n, 0
	case r == '.' && len(s) > 1 && isDigit(s[1]) && first:
		return number(s), 0
	case r == '+' && len(s) > 1 && isDigit(s[1]) && first:
		return 1 + number(s[1:]), 0 // "+44"
	case emoticon(done, text, s, first) > 0:
		return emoticon(done, text, s, first), 0
	case strings.ContainsRune(".!?…", r):
		return stops(s), 0
	case strings.ContainsRune("*=_~-–—<>+$", r):
		return run(s, s[:size]), 0
	case strings.HasPrefix(s, "''"), strings.HasPrefix(s, "``"):
		return 2, 0
	case r == '\'' || r == '’' || r == '‘':
		return size + elision(s[size:], first), 0
	}
	for size < len(s) { // a mark with what modifies it
		r, n := utf8.DecodeRuneInString(s[size:])
		if !unicode.IsMark(r) && !unicode.Is(unicode.Cf, r) {
			break
		}
		size += n
	}
	return size, 0
}

// stops returns the length of the run of stops that s begins with: "?!", "...".
func stops(s string) int {
	for n, r := range s {
		if !strings.ContainsRune(".!?…", r) {
			return n
		}
	}
	return len(s)
}

// run returns the length of the run of mark that s begins with.
func run(s, mark string) int {
	n := len(mark)
	for strings.HasPrefix(s[n:], mark) {
		n += len(mark)
	}
	return n
}

// elision returns the length of the part after the apostrophe of a clitic
// ("’s", "’ll") or of a shortened word ("’90s", "’em"), 0 where s is neither.
func elision(s string, first bool) int {
	n := 0
	for n < len(s) && n < 4 && isWordByte(s[n]) {
		n++
	}
	if n < len(s) && (isWordAt(s[n:]) || s[n] == '-') {
		return 0
	}
	switch w := s[:n]; {
	case !first && isClitic(w):
		return n
	case n == 2 && isDigit(w[0]) && isDigit(w[1]), n == 3 && isDigit(w[0]) && isDigit(w[1]) && w[2] == 's':
		return n
	case strings.EqualFold(w, "em"), strings.EqualFold(w, "til"), strings.EqualFold(w, "tis"), strings.EqualFold(w, "twas"):
		return n
	}
	return 0
}

// isClitic reports whether a word after an apostrophe is an English clitic.
func isClitic(w string) bool {
	switch w {
	case "s", "m", "d", "re", "ve", "ll", "S", "M", "D", "RE", "VE", "LL":
		return true
	}
	return false
}

// word returns the length of the token that s begins with; its first n bytes
// are letters and digits.
func word(s string, n int) int {
	if m := contraction(s[:n]); m > 0 {
		return m
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		rest := s[n+size:]
		switch {
		case r == '\'' || r == '’' || r == 'ʼ':
			m := wordEnd(rest)
			switch {
			case m == 0 || isClitic(rest[:m]):
				return n
			case strings.EqualFold(rest[:m], "t") && (s[n-1] == 'n' || s[n-1] == 'N'):
				if n == 1 { // "n’t" itself
					return n + size + m
				}
				return n - 1
			case !isLetterAt(rest):
				return n
			}
			n += size + m // "O’Neill", "Sana’a"
		case r == '-' && n <= 2 && rest == "" && !isDigit(s[0]):
			return n + size // "I th- I think"
		case r == '!' && s[:n] == "Yahoo":
			return n + size
		case r == '&' && n <= 3 && allUpper(s[:n]) && rest != "" && isUpper(rest[0]):
			n += 1 + wordEnd(rest) // "AT&T"
		case r == '$' && n <= 3 && allUpper(s[:n]):
			return n + 1 // "US$"
		case r == '-' && (isPrefix(s[:n]) && isWordAt(rest) || n == 1 && isUpper(s[0]) && rest != "" && isUpper(rest[0]) && wordEnd(rest) == 1):
			n += 1 + wordEnd(rest) // "re-election", "K-P"
		default:
			return n
		}
	}
	return n
}

// contraction returns where a word written as one is cut in two, 0 where it is
// not: "can|not", "gon|na", "do|nt".
func contraction(w string) int {
	if len(w) < 2 || len(w) > 8 {
		return 0
	}
	low := strings.ToLower(w)
	switch low {
	case "gonna", "wanna", "gotta", "gimme", "lemme", "cannot", "outta":
		return 3
	case "dont", "wont", "cant", "aint", "didnt", "doesnt", "couldnt", "wouldnt", "shouldnt", "isnt", "arent", "wasnt", "werent", "havent", "hasnt", "hadnt":
		return len(w) - 2
	case "youre", "theyre", "youve", "theyve", "youll", "theyll":
		return len(w) - 2
	case "thats", "theres", "whats", "hes", "shes":
		return len(w) - 1
	}
	switch w {
	case "im", "Im", "Lets": // not "IM", nor what "lets" one do something
		return len(w) - 1
	case "ive", "Ive":
		return 1
	}
	return 0
}

// isPrefix reports whether w is a prefix that the treebanks leave joined to
// its word by the hyphen. Other hyphens are tokens.
func isPrefix(w string) bool {
	if len(w) > 7 {
		return false
	}
	switch strings.ToLower(w) {
	case "e", "non", "pro", "anti", "co", "re", "ex", "post", "pre", "mid", "multi", "neo", "semi", "un", "sub", "cross",
		"mini", "inter", "intra", "counter", "over", "under", "ultra", "trans", "bi", "tri", "de", "extra", "super":
		return true
	}
	return false
}

// number returns the length of the number that s begins with: "7.2", "1,000",
// "9/11", "10:30", "2031-05-07", "1990s", "5th".
func number(s string) int {
	n := digits(s, 0)
	hyphens := 0
	for n+1 < len(s) && isDigit(s[n+1]) {
		m := digits(s, n+1)
		switch s[n] {
		case '.', ':', '/':
		case ',':
			if m-n-1 != 3 {
				return n
			}
		case '-':
			// A range is three tokens; a date or a telephone number is one.
			if first := n - hyphens; (first == 3 || first == 5) && m-n-1 == 4 && !strings.ContainsAny(s[:n], ".:/,") {
				break
			}
			if k := m; hyphens == 0 && !(k+1 < len(s) && s[k] == '-' && isDigit(s[k+1])) {
				return n
			}
			hyphens++
		default:
			return suffix(s, n)
		}
		n = m
	}
	return suffix(s, n)
}

func digits(s string, n int) int {
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// suffix returns the end of a number with the letters that belong to it: those
// of a unit do not ("10|am", "5|bn", "7|km").
func suffix(s string, n int) int {
	m := n + wordEnd(s[n:])
	switch w := s[n:m]; strings.ToLower(w) {
	case "am", "pm", "a", "p", "m", "k", "b", "bn", "mn", "tn", "mm", "cm", "km", "kg", "g", "mg", "lb", "lbs", "ft", "in",
		"mph", "kph", "kmh", "hr", "hrs", "min", "mins", "sec", "hz", "khz", "mhz", "ghz", "gb", "mb", "tb", "kb", "kw", "mw", "gw", "c", "f", "x", "million", "billion":
		if len(w) == 1 && isUpper(w[0]) && w != "M" && w != "K" && w != "B" {
			return m // "Gate 4A"
		}
		return n
	}
	return m
}

// wordEnd returns the length of the run of letters and digits s begins with.
func wordEnd(s string) int {
	n := 0
	for n < len(s) {
		if s[n] < utf8.RuneSelf {
			if !isWordByte(s[n]) && s[n] != '_' {
				return n
			}
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if !isWordRune(r) {
			return n
		}
		n += size
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// isWordByte is true of the bytes of ASCII words.
func isWordByte(c byte) bool { return isDigit(c) || isUpper(c) || 'a' <= c && c <= 'z' }

// isWordRune reports whether words are made of r. What is invisible belongs to
// the word it stands in.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r))
}

func isWordAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && isWordRune(r)
}

func isLetterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func isUpperAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func allUpper(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isUpper(s[i]) {
			return false
		}
	}
	return s != ""
}
