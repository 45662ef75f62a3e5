package said

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentenceLike tells what someone said from a name or a scare quote: it begins
// with a capital and holds a verb, or ends as a sentence does.
func (r *reading) sentenceLike(q quote) bool {
	words := 0
	verb := false
	for i := r.doc.TokenAt(q.start); i < len(r.doc.Tokens) && r.tok(i).Start < q.end; i++ {
		if !r.punct(i) {
			words++
		}
		if r.finite(i) || r.tok(i).UPOS == "VERB" && r.tok(i).XPOS == "VB" {
			verb = true
		}
	}
	c, _ := utf8.DecodeRuneInString(r.doc.Text[q.start:])
	e, _ := utf8.DecodeLastRuneInString(r.doc.Text[:q.end])
	capital := unicode.IsUpper(c) || !unicode.IsLetter(c)
	stops := strings.ContainsRune(".?!,…—", e)
	return words >= 2 && (verb && (capital || stops || r.holdsStop(q)) || capital && stops) || words >= 1 && stops && capital
}

// holdsStop reports whether a sentence ends inside quote q: “they lied to us. They
// will pay for it”.
func (r *reading) holdsStop(q quote) bool {
	from, to := r.doc.TokenAt(q.start), r.doc.TokenAt(q.end)
	for i := from; i+1 < to; i++ {
		if r.tok(i).Form == "." && r.tok(i).End < r.tok(i+1).Start {
			return true
		}
	}
	return false
}
