package relational

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// What comes from outside may hold NUL and bytes that are no UTF-8, and must
// come back as it was: hashes are made of it. Where a text can hold neither (in
// PostgreSQL, in the JSON of a dump), such a byte, and the sign that stands
// before them, are kept as that sign (U+0010, "data link escape", which no text
// has) and two digits of hex.
const escape = '\x10'

// Escaped is s as valid UTF-8 without NUL.
func Escaped(s string) string {
	if utf8.ValidString(s) && !strings.ContainsAny(s, "\x00\x10") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == 0 || r == escape || r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "%c%02x", escape, s[i])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// Unescaped is what Escaped was given.
func Unescaped(s string) string {
	if !strings.ContainsRune(s, escape) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		var c byte
		if s[i] == escape && i+3 <= len(s) {
			if _, err := fmt.Sscanf(s[i+1:i+3], "%02x", &c); err == nil {
				b.WriteByte(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
