package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is a piece of a token that counts when names are compared: hyphens and
// apostrophes are gone, so "al-Qaeda", "al Qaeda" and "Al Qa'eda" are one.
type word struct {
	text  string // folded
	token int
}

// splitWords cuts a token at hyphens and slashes and takes a possessive off:
// "Tehreek-e-Taliban" is three words, "People's" is "People", "s".
func splitWords(form string) []string {
	if !strings.ContainsAny(form, "-–‑/'’‘`") {
		if form == "" || !hasAlphanumeric(form) {
			return nil
		}
		return []string{form}
	}
	var out []string
	for _, part := range strings.FieldsFunc(form, func(r rune) bool {
		return r == '-' || r == '–' || r == '‑' || r == '/'
	}) {
		if p := strings.TrimRight(part, "'’"); strings.HasSuffix(p, "'s") || strings.HasSuffix(p, "’s") {
			stem := strings.TrimRight(p[:len(p)-1], "'’")
			if hasAlphanumeric(stem) {
				out = append(out, stem)
			}
			out = append(out, "s")
			continue
		}
		if hasAlphanumeric(part) {
			out = append(out, part)
		}
	}
	return out
}

func hasAlphanumeric(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// fold writes a word in lower case, without accents, full stops and
// apostrophes.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '.' || c == '\'' || c == '`' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '.', r == '\'', r == '’', r == '‘', r == '`', r == 'ʼ', r == 'ʻ':
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'ı':
			b.WriteByte('i')
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case r == 'ß':
			b.WriteString("ss")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func capitalised(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r)
}

// trie holds sequences of words; each may have several values.
type trie struct {
	next   map[string]*trie
	values []int
}

func (t *trie) add(words []string, value int) {
	for _, w := range words {
		n := t.next[w]
		if n == nil {
			if t.next == nil {
				t.next = make(map[string]*trie, 1)
			}
			n = &trie{}
			t.next[w] = n
		}
		t = n
	}
	t.values = append(t.values, value)
}
