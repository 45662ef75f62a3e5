package atlas

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold maps the spellings of one name to one key: lower case, no accents, no
// apostrophes or full stops, one space for any run of spaces and hyphens. So
// "Port-au-Prince", "Ta‘izz", "São Paulo" and "U.S." are found as they come.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	if !ascii(s) {
		s = norm.NFD.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || r == '-' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' ||
			r == '‐' || r == '‑' || r == '–' || r == '/':
			space = b.Len() > 0
			continue
		case r == '\'' || r == '.' || r == '’' || r == '‘' || r == '`' || r == 'ʻ' || r == 'ʼ' || r == '′' ||
			unicode.Is(unicode.Mn, r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if r < utf8.RuneSelf {
			b.WriteByte(lower(byte(r)))
		} else if plain, ok := undecomposed[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return saints(b.String())
}

// saints makes one key of "Saint-Marc" and "St. Marc".
func saints(key string) string {
	if !strings.Contains(key, "saint") {
		return key
	}
	words := strings.Split(key, " ")
	for i, w := range words {
		switch w {
		case "saint":
			words[i] = "st"
		case "sainte":
			words[i] = "ste"
		}
	}
	return strings.Join(words, " ")
}

// undecomposed are the Latin letters that Unicode does not take apart.
var undecomposed = map[rune]string{
	'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ı': "i", 'ß': "ss", 'æ': "ae", 'Æ': "ae",
	'œ': "oe", 'Œ': "oe", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ə': "a", 'Ə': "a", 'ǝ': "a", 'ħ': "h", 'Ħ': "h",
}

// folded reports whether s is its own key, so that most look-ups copy nothing.
func folded(s string) bool {
	if strings.Contains(s, "saint") {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != ',' && c != '&' &&
			(c != ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
