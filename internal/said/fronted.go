package said

import "github.com/onrecord/onrecord/internal/news"

// findFronted reads a cue whose content stands before it or around it: "The
// port will close, the minister said." "The port, he said, will close." "As
// Lund put it, the port is dead."
func (r *reading) findFronted(v, tail int, s sense) bool {
	if s.weight < 0.87 || !r.finite(v) && !r.hasAux(v) && !(r.tok(v).XPOS == "VBN" && r.asMark(v) >= 0) {
		return false
	}
	as := r.asMark(v)
	if r.passive(v) || as < 0 && r.complete(v) && !r.namedAfter(v, tail) || r.aboutSource(v) {
		return false
	}
	from, end := r.sentence(v)
	a, b := r.groupFrom(v), tail
	if as >= 0 {
		src := r.speakerNear(v, tail, as+1, end)
		return src.head >= 0 && r.aroundAs(v, tail, as, b, src, s)
	}
	src, known := r.inverted(v, tail, from, end)
	if !known {
		if src, known = r.sourceOf(v); !known || src.head < from || src.head >= end {
			if src, known = r.nearest(v); !known {
				return false
			}
		}
	}
	if src.head < v {
		a = r.attributionFrom(min(a, src.from), from)
	} else {
		b = max(b, src.to)
	}
	if a <= from+1 || !r.comma(a-1) {
		return false
	}
	left := a - 1
	for left > from && r.punct(left) && r.quoteAt[left] < 0 {
		left--
	}
	left++
	from = r.frontedFrom(v, from, left)
	if q := r.quoteAt[v]; q >= 0 {
		from = max(from, r.doc.TokenAt(r.quotes[q].start)) // the page read “Bridge unsafe, say inspectors”
	}
	if from >= left || !r.substantial(from, left) || r.isQuoted(from, left) && !r.quotedHeadline(from, v, src) || r.tok(from).UPOS == "VERB" && r.promptsReply(from) {
		return false
	}
	pieces := r.pieces(from, left)
	rest := r.resumedClause(v, b, end)
	if len(rest) == 0 && !r.holdsVerb(from, left) && (left-from < r.leastFronted(v, src) || src.head > v && r.doc.BlockOf(v).Kind == news.BlockParagraph && !r.quotedHeadline(from, v, src)) {
		return false // "A military statement, said the general, …"
	}
	if r.tok(from).UPOS == "ADP" && !r.holdsVerb(from, left) {
		return false // "After the vote, Lund said": when it was said
	}
	pieces = append(pieces, rest...)
	return r.add(finding{cue: v, cueFrom: r.groupFrom(v), cueTo: tail, source: src, pieces: pieces, act: s.act, frame: frameThat, negative: r.negated(v), weight: s.weight})
}

// quotedHeadline reports whether the cue and its speaker end a quotation that the
// tokens open: “Bridge closed for good, say engineers”.
func (r *reading) quotedHeadline(from, v int, src source) bool {
	q := r.quoteAt[v]
	return q >= 0 && r.quoteAt[from] == q && r.tok(src.to-1).End == r.quotes[q].end
}

// leastFronted is how many words without a verb may be said: in a headline two are
// enough, "Truce over, says Tarn".
func (r *reading) leastFronted(v int, src source) int {
	if k := r.doc.BlockOf(v).Kind; src.head > v && (k == news.BlockTitle || k == news.BlockHeading) {
		return 2
	}
	return 4
}

// aboutSource reports whether v stands in a relative clause with a pronoun: ", who
// said".
func (r *reading) aboutSource(v int) bool {
	s := r.doc.Child(v, "nsubj")
	return s >= 0 && r.rel(v, "acl") && (r.tok(s).XPOS == "WP" || r.tok(s).XPOS == "WDT")
}

// complete reports whether verb v has an object or infinitive of its own after
// it, so that what stands before it is no content: "As ever, they continued to
// pay." The object of "tell" is only told.
func (r *reading) complete(v int) bool {
	for _, c := range r.doc.Children(v) {
		if c > v && (r.rel(c, "obj") && !r.tells(v) && r.word(c) != "it" || r.rel(c, "xcomp")) {
			return true
		}
	}
	return false
}

// namedAfter reports whether nothing but a name stands between the cue and the
// end of its clause, after a comma: "The road is open, reports | Ana Lund".
func (r *reading) namedAfter(v, tail int) bool {
	return tail < len(r.doc.Tokens) && (r.nameAt[tail] >= 0 || r.lemma(v) == "say") && !r.tells(v) && r.tok(v).UPOS == "VERB" && r.speakerFollows(v, tail)
}

// findInvertedName reads "The road is open, reports Ana Lund" where the tagger took
// the verb for a noun: a name and no more stands between it and the end.
func (r *reading) findInvertedName(i int) bool {
	switch r.word(i) {
	case "reports", "writes", "says":
	default:
		return false
	}
	from, end := r.sentence(i)
	if i <= from+3 || i+1 >= end || r.tok(i-1).Form != "," || r.nameAt[i+1] < 0 || !r.holdsVerb(from, i-1) {
		return false
	}
	to := r.doc.Names[r.nameAt[i+1]].To
	if to < end && !r.punct(to) {
		return false
	}
	src := source{head: i + 1, from: i + 1, to: to}
	return r.add(finding{cue: i, cueFrom: i, cueTo: i + 1, source: src, pieces: r.pieces(from, i-1), act: news.Say, frame: frameThat, weight: 0.85})
}

// asMark is the "as" that begins the clause of verb v, a short way before it, -1 where none does.
func (r *reading) asMark(v int) int {
	for i := v - 1; i >= 0 && i > v-15; i-- {
		switch {
		case r.punct(i) && !r.mark(i), r.finite(i):
			return -1
		case r.word(i) == "as":
			if r.rel(v, "conj") && r.tok(v).Head < i {
				return -1 // "dismissed the claim as “idle” and | ordered a search"
			}
			return i
		}
	}
	return -1
}

func (r *reading) hasAux(v int) bool { return r.doc.Child(v, "aux") >= 0 }

// comma reports whether token i sets off what stands before it: a comma or
// dash, or the end of a quotation that ends in one.
func (r *reading) comma(i int) bool {
	switch r.tok(i).Form {
	case ",", "—", "–", "--", "?", "!":
		return true
	}
	if q := r.quoteAt[i]; q >= 0 && r.tok(i).End >= r.quotes[q].end {
		return true
	}
	return false
}

// inverted is the speaker who follows the cue: "…, said the mayor".
func (r *reading) inverted(v, tail, from, end int) (source, bool) {
	if r.tells(v) {
		return noSource, false // who follows is told
	}
	if v <= from+1 || tail >= end || !r.comma(v-1) && !r.comma(r.groupFrom(v)-1) {
		return noSource, false
	}
	switch r.tok(tail).UPOS {
	case "DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM":
	default:
		return noSource, false
	}
	if r.word(tail) == "that" || r.tok(tail).XPOS == "PRP" {
		return noSource, false
	}
	s := r.speakerNear(v, tail, tail, end)
	return s, s.head >= tail
}

// attributionFrom is where the clause of a cue begins whose speaker begins at
// token a: after the nearest comma, if no verb stands in between.
func (r *reading) attributionFrom(a, from int) int {
	if a <= from+1 || r.comma(a-1) {
		return a
	}
	for i := a - 1; i > from && i > a-8; i-- {
		if r.finite(i) {
			break
		}
		if r.tok(i).Form == "," && r.quoteAt[i] < 0 {
			return i + 1
		}
	}
	return a
}

// frontedFrom is where the clause before cue v begins: at the sentence's start,
// or after an earlier clause that cue v is coordinated with.
func (r *reading) frontedFrom(v, from, left int) int {
	if c := r.doc.Child(v, "ccomp"); c >= 0 && c < v && r.lo[c] > from {
		if r.lo[c] > from+3 && r.lo[c]+1 < left && r.tok(r.lo[c]-1).Form == ";" {
			return r.lo[c]
		}
	}
	if h := r.tok(v).Head; h >= 0 && r.rel(v, "conj") && h < v && r.lo[v] > from && r.doc.Child(v, "cc") >= 0 {
		// Two clauses of one speaker, unless the first has its own: "She said it
		// was late, and | the gate was shut, a guard said".
		for i := from; i < r.lo[v]; i++ {
			if r.taken[i] {
				return r.lo[v]
			}
		}
	}
	for i := from; i < from+2; i++ {
		if r.punct(i) && r.quoteAt[i] < 0 {
			from = i + 1
		}
	}
	return from
}

// isQuoted reports whether the tokens are all part of quotations that have
// their speaker already.
func (r *reading) isQuoted(from, to int) bool {
	for i := from; i < to; i++ {
		if q := r.quoteAt[i]; (q < 0 || !r.quoted[q]) && !r.punct(i) {
			return false
		}
	}
	return true
}

// resumedClause is the content that goes on after a cue in its middle: "The
// port, he said, | will close."
func (r *reading) resumedClause(v, b, end int) []piece {
	h := r.tok(v).Head
	for b < end && !r.punct(b) && r.lo[b] >= v {
		b++
	}
	if b+1 >= end || r.tok(b).Form != "," && r.tok(b).Form != "—" {
		return nil
	}
	if r.participle(b+1) && r.speechVerb(b+1) {
		return nil // "…, Lund said, adding that": a cue of its own
	}
	if r.tellsOn(b+1, end) {
		return nil
	}
	if !(h > b && r.rel(v, "parataxis", "dep", "ccomp", "advcl")) {
		c := r.doc.Child(v, "ccomp", "parataxis")
		if !(c > b) && !(h >= 0 && h < v && r.rel(v, "parataxis") && (r.hi[h] > b+2 || r.tok(h).Head > b)) {
			return nil
		}
	}
	to := end
	for to > b+1 && r.punct(to-1) && r.quoteAt[to-1] < 0 {
		to--
	}
	to = r.cut(b-1, to)
	if !r.substantial(b+1, to) {
		return nil
	}
	return r.pieces(b+1, to)
}

// tellsOn reports whether the clause at token i goes on with the telling and not with
// what is told: "…, police said, | and they blamed the Kestrel group".
func (r *reading) tellsOn(i, end int) bool {
	if i+2 >= end || r.tok(i).UPOS != "CCONJ" {
		return false
	}
	for v := i + 1; v < end && !r.punct(v); v++ {
		if r.finite(v) {
			subject := r.subjectChild(v)
			return r.speechVerb(v) && subject > i && subject < v && r.lo[subject] == i+1
		}
	}
	return false
}

// aroundAs: "As Lund put it, the port is dead." The content is the sentence
// outside the clause from m to b.
func (r *reading) aroundAs(v, tail, m, b int, src source, s sense) bool {
	from, end := r.sentence(v)
	for end > b && r.punct(end-1) && r.quoteAt[end-1] < 0 {
		end--
	}
	for b < end && !r.punct(b) {
		b++
	}
	for b < end && r.punct(b) && r.quoteAt[b] < 0 {
		b++
	}
	var pieces []piece
	if m > from && r.substantial(from, m) {
		pieces = append(pieces, r.pieces(from, m)...)
	}
	if b < end && r.substantial(b, end) {
		pieces = append(pieces, r.pieces(b, end)...)
	}
	if len(pieces) == 0 {
		return false
	}
	return r.add(finding{cue: v, cueFrom: r.groupFrom(v), cueTo: tail, source: src, pieces: pieces, act: s.act, frame: frameThat, negative: r.negated(v), weight: s.weight - 0.15})
}
