package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a mistake in a query.
type Error struct {
	Query string
	At    int    // where, in characters from 0
	Wrong string // what is wrong
	Mend  string // how to mend it
}

// Error names the character from 1, as people count.
func (e *Error) Error() string {
	return fmt.Sprintf("query, character %d: %s; %s", e.At+1, e.Wrong, e.Mend)
}

// shown is how many characters of a query Pointer shows to either side.
const shown = 40

// Pointer is the query with a mark below the character, in two lines.
func (e *Error) Pointer() string {
	all := []rune(strings.Map(func(r rune) rune {
		if blank(r) {
			return ' '
		}
		return r
	}, e.Query))
	from, to := max(e.At-shown, 0), min(e.At+shown, len(all))
	if from > to {
		from = to
	}
	return string(all[from:to]) + "\n" + strings.Repeat(" ", min(e.At, len(all))-from) + "^"
}

// wrong makes an error at a byte of the query.
func (p *parser) wrong(at int, mend, format string, args ...any) *Error {
	return &Error{Query: p.in, At: utf8.RuneCountInString(p.in[:min(at, len(p.in))]), Wrong: fmt.Sprintf(format, args...), Mend: mend}
}
