package said

import (
	"sort"

	"github.com/onrecord/onrecord/internal/news"
)

// findImplied gives the quotations that stand with no source of their own the
// speaker of the text before them: the last one who spoke in the paragraph, or
// in the paragraphs just before.
func (r *reading) findImplied() {
	sort.SliceStable(r.found, func(i, j int) bool { return r.found[i].start() < r.found[j].start() })
	explicit := r.found
	next := 0
	last := -1 // the finding that spoke last
	var implied []finding
	var lastImplied = -1
	for i := range r.quotes {
		q := r.quotes[i]
		for next < len(explicit) && explicit[next].start() < q.open {
			if r.carries(&explicit[next]) {
				last = next
			}
			next++
		}
		if r.quoted[i] || !r.standsAlone(i) {
			continue
		}
		var pieces []piece
		for _, g := range r.paragraphs(i) {
			pieces = append(pieces, r.quotePieces(g)...)
			r.quoted[g] = true
		}
		src := noSource
		if s, start, ok := r.announced(i); ok && (last < 0 || explicit[last].end() <= start) {
			src = s
		} else if last >= 0 && r.near(explicit[last].end(), q, lastImplied) {
			src = explicit[last].source
		} else if s, ok := r.introduced(i); ok {
			src = s
		}
		src.implicit = true
		weight := 0.8
		if src.head < 0 {
			weight = 0.45
		}
		implied = append(implied, finding{cue: -1, cueFrom: -1, cueTo: -1, source: src, pieces: pieces, act: news.Say, frame: frameQuote, direct: true, weight: weight})
		lastImplied = i
	}
	for _, f := range implied {
		r.add(f)
	}
}

func (f *finding) end() int {
	if len(f.pieces) == 0 {
		return 0
	}
	return f.pieces[len(f.pieces)-1].end
}

// carries reports whether a finding's speaker may go on speaking: somebody
// spoke, and not inside another's quotation.
func (r *reading) carries(f *finding) bool {
	if f.source.head < 0 || f.within >= 0 || f.act == news.Hold {
		return false
	}
	if r.quoteAt[f.source.head] >= 0 {
		return false
	}
	t := r.tok(f.source.head)
	return f.cue < 0 || t.UPOS == "PROPN" || t.UPOS == "PRON" || t.UPOS == "NOUN"
}

// near reports whether a speaker whose last words end at offset can be that of
// quote q: no heading and no more than one paragraph without a quotation of
// theirs in between.
func (r *reading) near(end int, q quote, lastImplied int) bool {
	from := r.blockAt(end)
	if lastImplied >= 0 {
		from = max(from, r.quotes[lastImplied].block)
	}
	gap := 0
	for b := from + 1; b <= q.block && b < len(r.doc.Blocks); b++ {
		switch r.doc.Blocks[b].Kind {
		case news.BlockHeading, news.BlockTitle:
			return false
		case news.BlockParagraph, news.BlockLead:
			if gap++; gap > 2 {
				return false
			}
		}
	}
	return true
}

func (r *reading) blockAt(offset int) int {
	return sort.Search(len(r.doc.Blocks), func(b int) bool { return r.doc.Blocks[b].End >= offset })
}

// standsAlone reports whether quote i is a statement by itself: it begins where
// a sentence does, reads like one, and nothing of the article's follows it in
// its sentence.
func (r *reading) standsAlone(i int) bool {
	q := r.quotes[i]
	if q.single && q.end-q.start < 30 || !r.opensStatement(i) || !r.sentenceLike(q) {
		return false
	}
	first := r.doc.TokenAt(q.start)
	if first >= len(r.doc.Tokens) || r.skip[first] {
		return false
	}
	block := r.doc.Blocks[q.block]
	switch block.Kind {
	case news.BlockTitle, news.BlockHeading, news.BlockCaption:
		return false
	}
	open := r.doc.TokenAt(q.open) - 1
	if open >= 0 && r.doc.Sentences[r.doc.SentenceOf(open)].Block == q.block {
		switch r.tok(open).Form {
		case ".", "?", "!", ":", "”", "\"", "''", "…":
		default:
			return false
		}
	}
	if q.continues {
		return true
	}
	if r.listed(q) {
		return false
	}
	after := r.doc.TokenAt(q.close)
	if after < len(r.doc.Tokens) && r.doc.Sentences[r.doc.SentenceOf(after)].Block == q.block {
		from, _ := r.sentence(after)
		if from < after && !r.punct(after) && r.tok(from).Start >= q.open && r.finiteAfter(after) {
			return false
		}
	}
	return true
}

// listed reports whether quote q is a title in a list of references, with no more
// than who printed it behind it: “Storm takes pier” — The Gazette, 4 May.
func (r *reading) listed(q quote) bool {
	block := r.doc.Blocks[q.block]
	i := r.doc.TokenAt(q.close)
	if r.holdsVerb(r.doc.TokenAt(block.Start), r.doc.TokenAt(q.open)) || i+1 >= len(r.doc.Tokens) || !r.separates(i) && r.tok(i).Form != "," {
		return false
	}
	for to := r.blockEnd(i, q.block); i < to; i++ {
		if r.finite(i) || r.quoteAt[i] >= 0 {
			return false
		}
	}
	return true
}

func (r *reading) finiteAfter(i int) bool {
	_, end := r.sentence(i)
	return r.holdsVerb(i, end)
}

// introduced is the person whom the sentence before quote i is about: "Lund was
// furious. “They lied to us.”"
func (r *reading) introduced(i int) (source, bool) {
	t := r.doc.TokenAt(r.quotes[i].open) - 1
	if t < 0 {
		return noSource, false
	}
	from, to := r.sentence(t)
	for v := from; v < to; v++ {
		if r.tok(v).Head >= 0 {
			continue
		}
		s := r.doc.Child(v, "nsubj")
		if s < 0 {
			break
		}
		if e := r.cast.At(s); e >= 0 && r.cast.Entities[e].Type == news.Person {
			return r.phrase(s), true
		}
		break
	}
	return noSource, false
}

// announced is the speaker of the sentence before quote i, where that tells that
// somebody spoke and not yet what: "The union issued a statement. “We will wait.”"
// start is where that sentence begins.
func (r *reading) announced(i int) (s source, start int, ok bool) {
	t := r.doc.TokenAt(r.quotes[i].open) - 1
	if t < 0 || r.skip[t] {
		return noSource, 0, false
	}
	from, to := r.sentence(t)
	if r.quoteAt[from] >= 0 || r.quoteAt[t] >= 0 || r.doc.Sentences[r.doc.SentenceOf(t)].Block+1 < r.quotes[i].block {
		return noSource, 0, false
	}
	for v := from; v < to; v++ {
		if r.tok(v).UPOS != "VERB" || !r.finite(v) && !r.hasAux(v) || r.passive(v) || r.rel(v, "acl", "advcl", "ccomp", "csubj") {
			continue
		}
		if !r.givesWords(v, to) {
			continue
		}
		if s, ok := r.sourceOf(v); ok && s.head >= from && s.head < v && r.entityOf(s) >= 0 {
			return s, r.tok(from).Start, true
		}
	}
	return noSource, 0, false
}

// givesWords reports whether verb v tells that words fell: "issued a statement",
// "wrote a letter to the board", "spoke to reporters".
func (r *reading) givesWords(v, to int) bool {
	switch r.lemma(v) {
	case "speak", "talk", "react", "respond", "reply", "comment":
		return true
	case "write", "post", "record", "tweet", "read":
	default:
		if !r.supports(v) {
			return false
		}
	}
	for i := v + 1; i < to && i < v+7 && !r.finite(i) && !r.punct(i); i++ {
		switch r.lemma(i) {
		case "statement", "letter", "email", "message", "post", "tweet", "note", "reply", "response", "apology", "speech", "video", "reaction", "comment", "remark":
			return r.tok(i).UPOS == "NOUN"
		}
	}
	return false
}
