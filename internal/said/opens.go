package said

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// opensStatement reports whether quote i begins where a statement can: at the
// start of a sentence, or after a comma, a colon or a cue.
func (r *reading) opensStatement(i int) bool {
	q := r.quotes[i]
	block := r.doc.Blocks[q.block]
	if block.Kind == news.BlockDateline {
		return false
	}
	before := strings.TrimRightFunc(r.doc.Text[block.Start:q.open], unicode.IsSpace)
	if before == "" {
		return true
	}
	c, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(".?!:,;—–-”\"’')…", c) {
		return true
	}
	t := r.doc.TokenAt(q.open) - 1
	if t < 0 || !r.sentenceLike(q) {
		return false
	}
	return r.quoteCue(t) || r.tok(t).UPOS != "VERB" && t > 0 && r.addressee(t) || r.occasion(t) && r.endsClause(q)
}

// occasion reports whether token t ends the words on where or when a cue's words
// fell: "writing in a blog post | “…", "said on Monday | “…".
func (r *reading) occasion(t int) bool {
	if !r.acts.occasions[r.lemma(t)] && !r.inTime(t) {
		return false
	}
	for i, phrase := t-1, false; i >= 0 && i > t-7; i-- {
		switch u := r.tok(i).UPOS; {
		case r.quoteCue(i):
			return phrase
		case u == "ADP":
			phrase = true
		case u == "VERB", u == "AUX", u == "PUNCT", u == "SCONJ":
			return false
		}
	}
	return false
}

// endsClause reports whether nothing of the article's goes on behind quote q in its
// sentence.
func (r *reading) endsClause(q quote) bool {
	last, _ := utf8.DecodeLastRuneInString(r.doc.Text[:q.end])
	after := r.doc.TokenAt(q.close)
	return strings.ContainsRune(".!?", last) || after >= len(r.doc.Tokens) || r.punct(after) && r.tok(after).Form != ","
}

// addressee reports whether token t is told: "told reporters “…", "told the
// BBC “…".
func (r *reading) addressee(t int) bool {
	for i := t - 1; i >= 0 && i >= t-4; i-- {
		switch r.lemma(i) {
		case "tell", "ask":
			return true
		}
	}
	return false
}
