package clean

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed slugs.txt
var slugText string

// slugs are the lines of slugs.txt in lower case.
var slugs = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for l := range strings.Lines(slugText) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			m[strings.ToLower(l)] = true
		}
	}
	return m
})

// slug returns how many bytes at the start of a headline, with the colon, say
// where its story plays, 0 where none do:
//
//	Ruritania: Two arrested over ferry fire       NORTH SANDVIK/AASLAND: Floods
//
// Where a country speaks (“Ruritania: We shall not pay”), the same form names
// the speaker; a quotation or a first person after the colon tells.
func slug(s string) int {
	const longest = 60 // bytes
	i := strings.IndexByte(s, ':')
	if i <= 0 || i > longest || i+2 >= len(s) || s[i+1] != ' ' {
		return 0
	}
	name := strings.ReplaceAll(s[:i], "’", "'")
	if !slugs()[strings.ToLower(name)] {
		for part := range strings.SplitSeq(strings.ReplaceAll(name, " and ", "/"), "/") {
			if !slugs()[strings.ToLower(strings.TrimSpace(part))] {
				return 0
			}
		}
	}
	rest := strings.TrimLeftFunc(s[i+1:], unicode.IsSpace)
	if strings.ContainsAny(rest, "“\"‘«") || strings.HasPrefix(rest, "'") {
		return 0
	}
	for _, w := range wordsOf(rest, maxTitle) {
		switch w.low {
		case "we", "we'll", "we're", "we've", "our", "ours", "i", "i'll", "i'm", "i've", "my", "let":
			return 0
		case "us": // the pronoun, not the country
			if !w.caps {
				return 0
			}
		}
	}
	return i + 1
}
