package postgres

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

const (
	// within stands in a folded word for signs that are neither letters nor
	// digits: "co-operation" is two words side by side, in a text and in a
	// question alike. PostgreSQL's own parser would make three of it, and take
	// "port/harbour.html" for a file.
	within = '\x1f'
	// longestWord is in bytes; what is longer is cut. PostgreSQL refuses words
	// of 2 KB.
	longestWord = 250
	// mostAsked is how many different words a question may have; what is beyond
	// does not count.
	mostAsked = 500
)

// fold makes words ready for the index: small letters without accents, parted
// by one blank.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	length, pending := 0, rune(0) // of the word so far; what parts it from the next
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			// A letter and its accents, taken apart.
			n = norm.NFD.NextBoundaryInString(s[i:], true)
			length, pending = foldLetter(&b, norm.NFD.String(s[i:i+n]), length, pending)
			i += n
			continue
		}
		i += n
		length, pending = foldRune(&b, r, length, pending)
	}
	return b.String()
}

func foldLetter(b *strings.Builder, s string, length int, pending rune) (int, rune) {
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		length, pending = foldRune(b, r, length, pending)
	}
	return length, pending
}

func foldRune(b *strings.Builder, r rune, length int, pending rune) (int, rune) {
	switch {
	case unicode.IsSpace(r):
		return 0, ' '
	case r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
		if pending == 0 {
			pending = within
		}
		return 0, pending
	}
	if pending != 0 && b.Len() > 0 {
		b.WriteRune(pending)
	}
	r = unicode.ToLower(r)
	if length += utf8.RuneLen(r); length <= longestWord {
		b.WriteRune(r)
	}
	return length, 0
}

// find calls newest_with, which chooses the way. The parts of one word must
// follow each other.
func find(l store.Listing, words string, n int) relational.Search {
	strict, loose := asked(words)
	before, feed := l.Before, any(nil)
	if before == 0 {
		before = math.MaxInt64
	}
	if l.Feed != "" {
		feed = l.Feed
	}
	return relational.Search{
		Table: fmt.Sprintf("newest_with($%d, $%d, $%d, $%d, $1) AS found(cursor) JOIN article a ON a.cursor = found.cursor", n, n+1, n+2, n+3),
		Order: "found.cursor",
		Args:  []any{strict, loose, feed, before},
	}
}

// asked makes questions for PostgreSQL of folded words: one that is to be met,
// and one of their parts in any order. Of no words it makes one that nothing
// meets.
func asked(words string) (strict, loose string) {
	var all, parts []string
	seen := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		in := strings.FieldsFunc(w, func(r rune) bool { return r == within })
		w = strings.Join(in, " ")
		if w == "" || seen[w] || len(all) == mostAsked {
			continue
		}
		seen[w] = true
		all = append(all, "'"+w+"'")
		for _, p := range in {
			parts = append(parts, "'"+p+"'")
		}
	}
	return strings.Join(all, " & "), strings.Join(parts, " & ")
}
