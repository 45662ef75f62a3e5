package said

import "github.com/onrecord/onrecord/internal/news"

// nest sets within: the innermost finding whose content holds the cue and the
// content of another.
func (r *reading) nest() {
	var open []int // findings that have not ended, innermost last
	for i := range r.found {
		f := &r.found[i]
		f.within = -1
		start, end := f.start(), f.end()
		if f.cue >= 0 {
			start, end = min(start, r.tok(f.cueFrom).Start), max(end, r.tok(f.cueTo-1).End)
		}
		still := open[:0]
		for _, o := range open {
			if r.found[o].end() > f.start() {
				still = append(still, o)
			}
		}
		open = still
		for k := len(open) - 1; k >= 0; k-- {
			if r.found[open[k]].covers(start, end) {
				f.within = open[k]
				break
			}
		}
		if len(open) < 16 {
			open = append(open, i)
		}
	}
}

// reported reports whether inner is worth a statement of its own inside outer:
// somebody else's words, told as such. "She said the guard had told her that …"
// holds two statements; "she said she hoped that …" holds one.
func (r *reading) reported(inner, outer *finding) bool {
	if inner.source.head < 0 {
		return false
	}
	if inner.act == news.Hold {
		return r.believedThere(inner, outer)
	}
	switch inner.frame {
	case frameThat, frameWhomThat, frameWh, frameWhomWh, frameQuote:
	default:
		return false
	}
	if inner.cue >= 0 && r.tok(inner.cue).UPOS == "VERB" && !r.finite(inner.cue) && !r.hasAux(inner.cue) && !r.asSaying(inner.cue) && !r.goesOnTo(inner.cue) &&
		inner.way != WayPhrase && !r.reads(inner) {
		return false
	}
	switch r.word(inner.source.head) {
	case "i", "we", "you", "it", "one", "anybody", "anyone", "everybody", "everyone", "nobody", "which", "that":
		return false
	}
	a, b := r.entityOf(inner.source), r.entityOf(outer.source)
	if r.tok(inner.source.head).UPOS == "PRON" {
		return a >= 0 && b >= 0 && a != b
	}
	return a < 0 || a != b
}

// goesOnTo reports whether infinitive v is what its verb has somebody do and not only
// wish: "he went on to | say", "she proceeded to lie".
func (r *reading) goesOnTo(v int) bool {
	h := r.tok(v).Head
	if h < 0 || h > v || r.tok(v).XPOS != "VB" || !r.rel(v, "xcomp", "advcl") || !r.finite(h) {
		return false
	}
	switch r.lemma(h) {
	case "go", "proceed", "begin", "start", "continue", "manage", "happen":
		return true
	}
	return false
}

// reads reports whether f is what a writing says word for word that an outer
// speaker tells of: "she said she got a letter | saying, “Pay by noon.”"
func (r *reading) reads(f *finding) bool {
	return f.direct && f.cue >= 0 && r.rel(f.cue, "acl") && f.source.head >= 0 && f.source.head < f.cue && r.tok(f.source.head).UPOS == "NOUN"
}

// believedThere reports whether a belief told inside a statement is worth one of its
// own. A medium's or a spokesman's word on what somebody else believes is:
// "According to the Post, Lund believes the dam is safe." So is what speakers hold to
// be so themselves, told as theirs: “I think they knew,” she said; he said he believed
// that they knew. What they know, hope, remember or do not think is only how they put
// a thing, and so is what they are said to think or feel (decision 10).
func (r *reading) believedThere(inner, outer *finding) bool {
	if inner.frame != frameThat || inner.cue < 0 || outer.act == news.Hold {
		return false
	}
	a, b := r.entityOf(inner.source), r.entityOf(outer.source)
	if r.tok(inner.source.head).UPOS != "PRON" {
		return outer.way == WayPhrase && r.finite(inner.cue) && a >= 0 && a != b
	}
	if inner.negative || r.inQuery(inner.cue) {
		return false
	}
	switch r.word(inner.source.head) {
	case "i", "we":
		return r.conviction(inner.cue) || r.lemma(inner.cue) == "think"
	}
	return a >= 0 && a == b && r.conviction(inner.cue)
}

// inQuery reports whether the words from token i on come to a question mark before
// their sentence or quotation ends.
func (r *reading) inQuery(i int) bool {
	q := r.quoteAt[i]
	for _, end := r.sentence(i); i < end && r.quoteAt[i] == q; i++ {
		if r.tok(i).Form == "?" {
			return true
		}
	}
	return false
}

// conviction reports whether the word of token i says that somebody holds a thing
// to be so, and does not only soften or stress what follows.
func (r *reading) conviction(i int) bool {
	switch r.lemma(i) {
	case "believe", "suspect", "fear", "reckon", "assume", "doubt", "conclude":
		return true
	}
	switch r.word(i) {
	case "convinced", "confident", "certain", "afraid", "worried", "disappointed", "surprised", "shocked":
		return true
	}
	return false
}
