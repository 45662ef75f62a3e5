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

// trie holds sequences of words; each may have several values. Most words are
// followed by one other, which costs no map.
type trie struct {
	word   string // of the only child
	only   *trie
	next   map[string]*trie // of the children, where there are several
	values []int
}

// child returns what follows by a word, nil where nothing does.
func (t *trie) child(w string) *trie {
	if t.only != nil && t.word == w {
		return t.only
	}
	return t.next[w]
}

// find returns what a sequence leads to, nil where it leads nowhere.
func (t *trie) find(words []string) *trie {
	for _, w := range words {
		if t = t.child(w); t == nil {
			return nil
		}
	}
	return t
}

func (t *trie) add(words []string, value int) {
	for _, w := range words {
		n := t.child(w)
		if n == nil {
			n = &trie{}
			switch {
			case t.next != nil:
				t.next[w] = n
			case t.only == nil:
				t.word, t.only = w, n
			default:
				t.next = map[string]*trie{t.word: t.only, w: n}
				t.word, t.only = "", nil
			}
		}
		t = n
	}
	t.values = append(t.values, value)
}
