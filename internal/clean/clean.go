// Package clean finds the article in what carries it: it marks plain text into
// blocks (title, lead, paragraphs, headings and what is not the article's own
// words), and takes the article's text and its metadata out of a web page.
//
// Plain text is marked and never changed: boilerplate is a block of its own
// kind and stays where it stood, so offsets count in the text as it was given.
//
// The dearest mistake here is a sentence of the article marked as boilerplate,
// for no later step looks at it. Every rule errs the other way.
package clean

import (
	"unicode"
	"unicode/utf8"
)

// trim moves start and end inwards past white space.
func trim(text string, start, end int) (int, int) {
	for start < end {
		r, n := utf8.DecodeRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= n
	}
	return start, end
}
