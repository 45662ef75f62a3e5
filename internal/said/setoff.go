package said

import "github.com/onrecord/onrecord/internal/news"

// findSetOff reads words that a paragraph of their own sets off after a colon, where
// plain text has lost the marks, the indenting or the type that showed whose they
// are:
//
//	In a letter to the harbour board, the owners denied these charges:
//
//	The boat was sound when it left. Our crew was told to wait.
//
// They go on to the paragraph's end, or until the article tells again what the
// speaker said. A clause has its own way where the colon follows the cue itself.
func (r *reading) findSetOff() {
	for b := 0; b+1 < len(r.doc.Blocks); b++ {
		if r.doc.Blocks[b].Kind != news.BlockParagraph || r.doc.Blocks[b+1].Kind != news.BlockParagraph {
			continue
		}
		next := r.doc.TokenAt(r.doc.Blocks[b+1].Start)
		colon := next - 1
		if colon < 2 || next >= len(r.doc.Tokens) || r.tok(colon).Form != ":" || r.punct(next) || r.quoteAt[next] >= 0 || r.quoteAt[colon] >= 0 {
			continue
		}
		a, ok := r.speechBefore(colon)
		if !ok || a.source.head < 0 {
			continue
		}
		end := r.blockEnd(next, b+1)
		to := next
		for to < end {
			_, stop := r.sentence(to)
			if to > next && r.tellsAgain(to, stop) {
				break
			}
			to = stop
		}
		own := r.ownVoice(next, to)
		if !own && !r.inWriting(colon) || !r.holdsVerb(next, to) {
			continue
		}
		r.add(finding{cue: a.cue, cueFrom: a.cueFrom, cueTo: a.cueTo, source: a.source, pieces: r.pieces(next, to),
			act: a.act, frame: frameQuote, direct: own, weight: 0.75})
	}
}

// speechBefore is the attribution by the verb of speech nearest before the colon,
// where that does not follow it at once.
func (r *reading) speechBefore(colon int) (attribution, bool) {
	from, _ := r.sentence(colon)
	for v := colon - 2; v >= from && v > colon-30; v-- {
		s, ok := r.quoteSense(v)
		if !ok || !r.finite(v) && !r.hasAux(v) || r.passive(v) || r.quoteAt[v] >= 0 {
			continue
		}
		tail, _ := r.tail(v, s)
		if tail >= colon || r.rel(v, "acl") {
			return attribution{}, false
		}
		src, known := r.sourceOf(v)
		if !known {
			src, known = r.nearest(v)
		}
		return attribution{cue: v, cueFrom: r.groupFrom(v), cueTo: tail, act: s.act, weight: s.weight, source: src}, known
	}
	return attribution{}, false
}

// inWriting reports whether the sentence before the colon names the writing or the
// occasion that the words are from: "in a statement to the court".
func (r *reading) inWriting(colon int) bool {
	from, _ := r.sentence(colon)
	for i := from; i < colon; i++ {
		if r.tok(i).UPOS == "NOUN" && r.acts.occasions[r.lemma(i)] && i > from && r.caseOf(i) != "" {
			return true
		}
	}
	return false
}

// tellsAgain reports whether the sentence of the tokens tells what a third person
// said, so that the article has taken the word again: "They also claimed that …"
func (r *reading) tellsAgain(from, to int) bool {
	for v := from; v < to; v++ {
		if !r.speechVerb(v) || !r.finite(v) && !r.hasAux(v) || r.passive(v) || r.quoteAt[v] >= 0 {
			continue
		}
		s := r.subjectChild(v)
		if s < from || s > v {
			continue
		}
		switch r.word(s) {
		case "i", "we", "you":
		default:
			return true
		}
	}
	return false
}
