// Package story finds out which articles are copies of one text, and which are
// about one happening.
package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWord is how long a word may be, in bytes; what is longer is an address or
// an attack.
const maxWord = 40

// eachWord calls f with every word of text in lower case: runs of letters and
// digits, with marks inside a number ("6.1", "2,300") kept and apostrophes
// dropped with what follows them ("mayor's" is "mayor"). Where skip reports
// true for the byte offset, the word is left out.
func eachWord(text string, skip func(at int) bool, f func(word string)) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			i += n
			continue
		}
		start, number := i, unicode.IsDigit(r)
		for i += n; i < len(text); i += n {
			r, n = utf8.DecodeRuneInString(text[i:])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
				continue
			}
			if number && (r == '.' || r == ',') && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9' {
				continue
			}
			break
		}
		end := i
		if i < len(text) && (r == '\'' || r == '’') {
			i = possessive(text, i, n)
		}
		if end-start <= maxWord && (skip == nil || !skip(start)) {
			f(strings.ToLower(text[start:end]))
		}
	}
}

// possessive is where the word goes on after an apostrophe: behind "'s", "'t",
// "’re"; at once after the mark where a longer word follows ("l'Aquila").
func possessive(text string, i, n int) int {
	j := i + n
	for j < len(text) && text[j] >= 'a' && text[j] <= 'z' {
		j++
	}
	if j-i-n <= 2 {
		return j
	}
	return i + n
}

// stem takes the commonest endings off an English word, so that "killed",
// "killing" and "kills" count as one. It need not be right, only the same for
// words that belong together.
func stem(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[0] < 'a' || w[0] > 'z':
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ied") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ing") && n > 5:
		return undouble(w[:n-3])
	case strings.HasSuffix(w, "ed") && n > 4:
		return undouble(w[:n-2])
	case strings.HasSuffix(w, "es") && n > 4:
		return undouble(w[:n-2])
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return undouble(w[:n-1])
	}
	return undouble(w)
}

// undouble drops a final "e" and the second of two consonants: "stopped",
// "stopping" and "stop", "closed" and "close" come out alike.
func undouble(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == 'e' {
		return w[:n-1]
	}
	if n > 3 && w[n-1] == w[n-2] && strings.IndexByte("bdgmnprt", w[n-1]) >= 0 {
		return w[:n-1]
	}
	return w
}

// hash is FNV-1a, of 64 bits.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix spreads the bits of a number evenly (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
