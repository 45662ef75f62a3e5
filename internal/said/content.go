package said

import "github.com/onrecord/onrecord/internal/news"

// clauseFrom is where the content of complement c begins: the first token of
// its subtree after "that" and punctuation, and after the cue v.
func (r *reading) clauseFrom(c, v int) int {
	from := max(r.lo[c], v+1)
	for from < c && (r.punct(from) && r.quoteAt[from] < 0 || r.leads(from, c)) {
		from++
	}
	return from
}

// leads reports whether token i is the word that ties complement c to its cue
// and is no part of what is said.
func (r *reading) leads(i, c int) bool {
	if r.word(i) != "that" {
		return false
	}
	if r.rel(i, "mark") || r.tok(i).UPOS == "SCONJ" {
		return true
	}
	// "demanded that the plant reopen" and not "said that was wrong"
	return i+1 <= c && !r.finite(i+1) && r.tok(i+1).UPOS != "AUX" && (r.tok(i).Head != i+1 || r.tok(i).XPOS != "DT")
}

// contentEnd is where the content of cue v ends that is known to reach to
// token to. What follows without a comma belongs to it, whatever the parser
// hung it on ("said the port would close | on Friday"), up to a further verb
// of the speaker.
func (r *reading) contentEnd(v, to int) int { return r.endFrom(v, to, false) }

// objectEnd is contentEnd for content that is a noun phrase, which ends where the
// telling is dated or placed and where the article explains it: "attacked the plan |
// in a letter on Friday", "praised the dam, | which is the country's oldest".
func (r *reading) objectEnd(v, c int) int {
	from, to := r.lo[c], r.hi[c]
	for _, d := range r.doc.Children(c) {
		if d > c && r.hi[d] == to && r.circumstance(d) && r.lo[d] > c {
			to = r.lo[d]
		}
	}
	if to == r.hi[c] {
		to = r.endFrom(v, to, true)
	}
	for i := max(c, v, from) + 1; i+1 < to; i++ {
		if r.tok(i).Form == "," && r.quoteAt[i] < 0 && r.word(i+1) == "where" {
			to = i
		}
	}
	return r.beforeWhich(max(c, v, from), to)
}

// circumstance reports whether dependent c tells when or on what occasion the cue's
// words fell: "during his years in office", "in a letter to the board", "as votes
// were counted".
func (r *reading) circumstance(c int) bool {
	switch w := r.caseOf(c); {
	case r.rel(c, "advcl"):
		switch w {
		case "when", "as", "while", "since", "after", "before", "until", "although", "though":
			return !r.participle(c)
		}
		if m := r.doc.Child(c, "advmod"); m >= 0 && m < c && r.word(m) == "when" {
			return true
		}
		return false
	case !r.rel(c, "obl", "nmod"):
		return false
	case w == "during", w == "since", w == "until", w == "amid":
		return true
	case w == "in", w == "on", w == "at", w == "after", w == "before", w == "via", w == "through":
		return r.inTime(c) || r.acts.occasions[r.lemma(c)]
	case w == "":
		return r.inTime(c)
	}
	return false
}

func (r *reading) endFrom(v, to int, noun bool) int {
	_, end := r.sentence(v)
	for to < end {
		if r.punct(to) {
			// "vowed to rebuild the school, | pay the teachers and reopen it"
			if n := r.nextInfinitive(to, end, v); n > to {
				to = n
				continue
			}
			if e := r.andThat(to, end); e > to {
				to = e
				continue
			}
			if e := r.relativeEnd(to, end); e > to && !noun {
				to = e
				continue
			}
			if e := r.afterDash(to, end); e > to && !noun {
				to = e
				break
			}
			if r.mark(to) && to+1 < end && !r.punct(to+1) {
				to++ // the “main country” | behind it
				continue
			}
			break
		}
		c := r.below(to, v)
		if c >= 0 && noun && r.circumstance(c) {
			break
		}
		if c < 0 || r.breaks(c, v) && !(r.rel(c, "parataxis", "conj") && r.tok(to).UPOS != "CCONJ" && !r.separates(to-1)) {
			break
		}
		to = max(to+1, r.hi[c])
	}
	return r.clip(v, r.cut(v, min(to, end)))
}

// nextInfinitive is where the bare verb phrase ends that goes on with a list of
// infinitives after the comma at token i, which no finite cue v can share: "wants to
// hire nurses, | train midwives, and reopen the clinic"; 0 where none begins.
func (r *reading) nextInfinitive(i, end, v int) int {
	if r.tok(i).Form != "," || v < 0 {
		return 0
	}
	n := i + 1
	if n < end && r.tok(n).UPOS == "CCONJ" {
		n++
	}
	if n >= end || r.subjectChild(n) >= 0 {
		return 0
	}
	if x := r.tok(n).XPOS; x != "VB" && (x != "VBP" || r.tok(v).XPOS == "VBP") {
		return 0 // a bare form after "she wants" is no present tense
	}
	if h := r.tok(n).Head; h > i || h < v || h == v && !r.finite(v) {
		return 0
	}
	return max(r.hi[n], n+1)
}

// andThat is where the clause ends that goes on after the comma at token i with a
// "that" of its own: "said the bridge was safe, | and that it would reopen"; 0
// where none does.
func (r *reading) andThat(i, end int) int {
	if r.tok(i).Form != "," || i+3 >= end || r.tok(i+1).UPOS != "CCONJ" || r.word(i+2) != "that" || r.tok(i+2).UPOS == "DET" && r.tok(i+2).Head == i+3 {
		return 0
	}
	c := r.tok(i + 2).Head
	if c <= i+2 || c >= end {
		return 0
	}
	return max(r.hi[c], i+4)
}

// afterDash is where the sentence ends whose last part stands behind the dash at
// token i, which goes on with what was said: "said it was a matter of trust — and
// not of money"; 0 where it does not.
func (r *reading) afterDash(i, end int) int {
	if f := r.tok(i).Form; f == "," || f == ";" || !r.separates(i) || r.closingDash(i, end) >= 0 || r.quoteAt[i] >= 0 {
		return 0
	}
	for end > i && r.punct(end-1) && r.quoteAt[end-1] < 0 {
		end--
	}
	for n := i + 1; n < end; n++ {
		if r.speechVerb(n) && r.finite(n) {
			return 0
		}
	}
	return end
}

// relativeEnd is where the relative clause ends that begins after the comma at
// token i, which goes on with what was said: "a hybrid, | where both sides …";
// 0 where none begins.
func (r *reading) relativeEnd(i, end int) int {
	if r.tok(i).Form != "," || i+2 >= end {
		return 0
	}
	switch r.word(i + 1) {
	case "where", "whose":
	default:
		return 0
	}
	c := r.tok(i + 1).Head
	if c <= i || c >= end {
		return 0
	}
	return max(r.hi[c], i+2)
}

// mark reports whether token i is a quotation mark of a pair.
func (r *reading) mark(i int) bool {
	if r.quoteAt[i] < 0 {
		return false
	}
	q := r.quotes[r.quoteAt[i]]
	return r.tok(i).Start < q.start || r.tok(i).Start >= q.end
}

// clip keeps the content of a cue that stands inside a quotation within it:
// “They say that we lost,” he said.
func (r *reading) clip(v, to int) int {
	q := r.quoteAt[v]
	if q < 0 {
		return to
	}
	for i := v + 1; i < to; i++ {
		if r.quoteAt[i] != q {
			return i
		}
	}
	return to
}

// below is the child of v whose subtree holds token i, -1 where none does.
func (r *reading) below(i, v int) int {
	for _, c := range r.doc.Children(v) {
		if r.lo[c] <= i && i < r.hi[c] {
			return c
		}
	}
	return -1
}

// breaks reports whether dependent c of cue v ends the content before it: a
// further verb of the same speaker, or a remark of the article. "… and that the
// docks would follow" goes on.
func (r *reading) breaks(c, v int) bool {
	switch {
	case r.rel(c, "parataxis", "discourse"):
		return true
	case r.rel(c, "cc"):
		next := c + 1
		if next < len(r.doc.Tokens) && r.word(next) == "that" {
			return false
		}
		return r.tok(c).Head == v || r.furtherVerb(r.tok(c).Head, v)
	case r.rel(c, "conj"):
		return r.furtherVerb(c, v)
	}
	return r.rel(c, "advcl") && r.participle(c) && r.speechVerb(c)
}

// furtherVerb reports whether conjunct c is another act of the speaker of v:
// "said …, and left".
func (r *reading) furtherVerb(c, v int) bool {
	if m := r.doc.Child(c, "mark"); m > v && r.word(m) == "that" {
		return false
	}
	if !r.speechVerb(c) && (r.doc.Child(c, "nsubj") > v || r.otherTense(c, v)) {
		return false // "says it was built in haste and | was never tested"
	}
	if r.participle(c) && !r.speechVerb(c) && !r.finite(v) {
		for i := v + 1; i < c; i++ {
			if r.participle(i) {
				return false // "kept warning of men hiding in the hills and | using its roads"
			}
		}
	}
	return r.tok(c).UPOS == "VERB" || r.tok(c).UPOS == "AUX"
}

// speechVerb reports whether token i is a verb of speech, not only of thought.
func (r *reading) speechVerb(i int) bool {
	if r.tok(i).UPOS != "VERB" {
		return false
	}
	for _, s := range r.senses(r.cues.verbs, i) {
		if len(s.tail) == 0 && s.speaks() && s.weight >= 0.8 && (s.frame == frameQuote || s.frame == frameThat || s.frame == frameObj) {
			return true
		}
	}
	return false
}

// namingVerb reports whether token i is a verb that gives things names: ", calling
// the verdict a disgrace".
func (r *reading) namingVerb(i int) bool {
	if r.tok(i).UPOS != "VERB" {
		return false
	}
	for _, s := range r.senses(r.cues.verbs, i) {
		if s.frame == frameObjObj && s.speaks() || s.frame == "obj_as" && s.speaks() && s.act != news.Say {
			return true
		}
	}
	return false
}

// pieces is the content in the token range, without a leading "that".
func (r *reading) pieces(from, to int) []piece {
	if from+1 < to && r.word(from) == "that" {
		switch r.tok(from + 1).UPOS {
		case "DET", "PRON", "PROPN":
			from++ // "that the plant reopen", taken for an object
		}
	}
	if from >= to {
		return nil
	}
	return []piece{r.bytes(from, to)}
}

// substantial reports whether the token range holds enough to be content of
// its own: two words, or one noun, adjective or verb.
func (r *reading) substantial(from, to int) bool {
	words := 0
	for i := from; i < to && i < len(r.doc.Tokens); i++ {
		if r.punct(i) {
			continue
		}
		words++
		switch r.tok(i).UPOS {
		case "NOUN", "PROPN", "VERB", "ADJ", "NUM":
			return true
		}
	}
	return words >= 2
}
