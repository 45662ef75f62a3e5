package said

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// signedBy is the attribution of a quotation that somebody's name is set under, as
// pull quotes, mottoes and letters have it: behind it or on a line of its own.
//
//	“The sea took the rest.” — Ida Brann, lighthouse keeper
//	“The sea took the rest.” Ida Brann, lighthouse keeper
//
// What a paper set under a title in a list of references is no speaker: “Storm takes
// pier” — The Gazette, 4 May.
func (r *reading) signedBy(i int) (attribution, bool) {
	q := r.quotes[i]
	block := r.doc.Blocks[q.block]
	if q.continues || block.Kind == news.BlockTitle || strings.TrimSpace(r.doc.Text[block.Start:q.open]) != "" || !r.sentenceLike(q) {
		return attribution{}, false
	}
	from := r.doc.TokenAt(q.close)
	to := r.blockEnd(from, q.block)
	if from >= to { // on the next line
		if from >= len(r.doc.Tokens) {
			return attribution{}, false
		}
		next := r.doc.Sentences[r.doc.SentenceOf(from)].Block
		if next != q.block+1 || r.doc.Blocks[next].Kind == news.BlockBoilerplate {
			return attribution{}, false
		}
		to = r.blockEnd(from, next)
	}
	s, ok := r.signature(from, to)
	return attribution{cue: -1, cueFrom: -1, cueTo: -1, end: to, act: news.Say, weight: 0.8, source: s}, ok
}

// blockEnd is the token after those of the block from token i on.
func (r *reading) blockEnd(i, block int) int {
	for i < len(r.doc.Tokens) && r.doc.Sentences[r.doc.SentenceOf(i)].Block == block {
		_, i = r.sentence(i)
	}
	return i
}

// signature reads the tokens as who signs: a person's name or, after a dash, an
// office, and what that person is; no verb and no date.
func (r *reading) signature(from, to int) (source, bool) {
	dash := false
	for from < to && (r.punct(from) || r.tok(from).Form == "--") {
		switch r.tok(from).Form {
		case "—", "–", "―", "-", "--", "~":
			dash = true
		case ".", ",", ":":
			return noSource, false
		}
		from++
	}
	for to > from && r.punct(to-1) && r.tok(to-1).Form != ")" {
		to--
	}
	if to <= from || to-from > 14 {
		return noSource, false
	}
	for i := from; i < to; i++ {
		u := r.tok(i).UPOS
		if r.finite(i) || u == "AUX" || u == "VERB" && r.nameAt[i] < 0 || r.quoteAt[i] >= 0 || u == "NUM" || r.inTime(i) || r.tok(i).Form == "/" {
			return noSource, false
		}
	}
	if n := r.nameAt[from]; n >= 0 {
		name := min(r.doc.Names[n].To, to)
		e := r.cast.At(name - 1)
		if e < 0 || r.cast.Entities[e].Type != news.Person || name < to && !r.opensRole(name) {
			return noSource, false
		}
		return source{head: r.topOf(from, name), from: from, to: name}, true
	}
	if dash && r.office(from, to) && r.nominal(r.topOf(from, to)) {
		return source{head: r.topOf(from, to), from: from, to: to}, true
	}
	return noSource, false
}

// opensRole reports whether what a person is may begin at the mark at token i:
// "Ida Brann, lighthouse keeper", "Tom Haugen (Ind.)".
func (r *reading) opensRole(i int) bool {
	switch r.tok(i).Form {
	case ",", "(", "—", "–", "-", "|", "of":
		return true
	}
	return false
}

// findPulled finds the statements that stand without marks with their speaker's
// name under them, as the web's pull quotes and open letters do:
//
//	We asked for three boats and got one. Ida Brann, lighthouse keeper
//
// A picture's credit looks the same, so somebody must speak of themselves in it, or
// the words must stand in a quotation elsewhere in the article.
func (r *reading) findPulled() {
	for b, block := range r.doc.Blocks {
		if block.Kind != news.BlockParagraph && block.Kind != news.BlockHeading {
			continue
		}
		from := r.doc.TokenAt(block.Start)
		to := r.blockEnd(from, b)
		if to-from < 8 || to-from > 120 || r.skip[from] {
			continue
		}
		stop := to - 1 // the last full stop before the name
		for stop > from && !r.sentenceStop(stop) {
			stop--
		}
		if stop <= from+3 || stop+1 >= to {
			continue
		}
		src, ok := r.signature(stop+1, to)
		if !ok || r.nameAt[stop+1] < 0 && r.tok(stop+1).UPOS != "PUNCT" {
			continue
		}
		quoted := false
		for i := from; i <= stop && !quoted; i++ {
			quoted = r.quoteAt[i] >= 0
		}
		if quoted || !r.holdsVerb(from, stop) || !r.ownVoice(from, stop) && !r.quotedElsewhere(r.bytes(from, stop)) {
			continue
		}
		p := r.bytes(from, stop+1)
		r.add(finding{cue: -1, cueFrom: -1, cueTo: -1, source: src, pieces: []piece{p}, act: news.Say, frame: frameQuote, direct: true, weight: 0.75})
	}
}

// sentenceStop reports whether token i ends a sentence before a capital.
func (r *reading) sentenceStop(i int) bool {
	switch r.tok(i).Form {
	case ".", "!", "?", "…":
	default:
		return false
	}
	if i+1 >= len(r.doc.Tokens) {
		return true
	}
	c, _ := utf8.DecodeRuneInString(r.tok(i + 1).Form)
	return unicode.IsUpper(c) || r.punct(i+1)
}

// ownVoice reports whether somebody speaks of themselves in the tokens.
func (r *reading) ownVoice(from, to int) bool {
	for i := from; i < to; i++ {
		switch r.word(i) {
		case "i", "we", "my", "our", "us", "me":
			if r.tok(i).Form != "US" {
				return true
			}
		}
	}
	return false
}

// quotedElsewhere reports whether the first words of p stand in one of the
// article's quotations.
func (r *reading) quotedElsewhere(p piece) bool {
	words := r.doc.Text[p.start:min(p.end, p.start+60)]
	for _, q := range r.quotes {
		if (q.start >= p.end || q.end <= p.start) && strings.Contains(r.doc.Text[q.start:q.end], words) {
			return true
		}
	}
	return false
}
