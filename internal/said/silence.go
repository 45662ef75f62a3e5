package said

import "github.com/onrecord/onrecord/internal/news"

// findSilence reads the ways of saying nothing that no verb and its complement
// tell: "neither confirmed nor denied", "has not commented", "would not be
// drawn". The content is what was not said.
func (r *reading) findSilence(i int) bool {
	if r.quoteAt[i] >= 0 || r.taken[i] {
		return false
	}
	switch r.word(i) {
	case "neither":
		return r.neitherNor(i)
	case "comment", "commented":
		return r.uncommented(i)
	case "respond", "responded", "reply", "replied":
		if n := i + 1; n < len(r.doc.Tokens) && r.word(n) == "to" && r.word(i-1) != "to" {
			return false // "did not respond to questions" is in the lexicon
		}
		return r.uncommented(i)
	case "drawn":
		return r.undrawn(i)
	}
	return false
}

// neitherNor: "The ministry would neither confirm nor deny that shots were fired."
func (r *reading) neitherNor(i int) bool {
	_, end := r.sentence(i)
	nor := -1
	first := ""
	for n := i + 1; n < end && n < i+8 && nor < 0; n++ {
		switch w := r.word(n); w {
		case "confirmed", "confirm", "confirms", "confirming", "denied", "deny", "denies", "denying", "admitted", "admit":
			first = w
		case "nor", "or":
			nor = n
		}
	}
	v := nor + 1
	for v < end && v < nor+3 && r.tok(v).UPOS == "ADV" {
		v++
	}
	if first == "" || nor < 0 || v >= end {
		return false
	}
	switch r.word(v) {
	case "confirmed", "confirm", "confirms", "confirming", "denied", "deny", "denies", "denying",
		"admitted", "admit", "dismissed", "dismiss", "rejected", "reject", "disputed", "dispute":
	case "ruled", "rule", "rules", "ruling":
		if v+1 >= end || r.word(v+1) != "out" {
			return false
		}
		v++
	default:
		return false
	}
	at := v + 1
	if at < end && r.word(at) == "that" && r.tok(at).UPOS != "PRON" {
		at++
	}
	return r.addSilence(i, v+1, v, at, v)
}

// uncommented: "The ministry has not yet commented on the video." "It has yet to
// comment." Token i is the verb.
func (r *reading) uncommented(i int) bool {
	from, _ := r.sentence(i)
	n := i - 1
	for n > from && !negation(r.word(n)) && (r.tok(n).UPOS == "ADV" || r.word(n) == "yet") {
		n--
	}
	at := i
	if n > from && r.word(n) == "to" {
		at = n
		if n--; r.word(n) != "yet" && r.word(n) != "failed" {
			return false
		}
	} else if !negation(r.word(n)) {
		return false
	}
	return r.addSilence(i, n+1, i, at, i)
}

func negation(w string) bool { return w == "not" || w == "n't" || w == "never" }

// undrawn: "She would not be drawn on the date." Token i is "drawn".
func (r *reading) undrawn(i int) bool {
	from, end := r.sentence(i)
	if i-2 < from || r.word(i-1) != "be" || !negation(r.word(i-2)) || i+2 >= end {
		return false
	}
	switch r.word(i + 1) {
	case "on", "about", "into":
		return r.addSilence(i-1, i+1, i, i+2, i)
	}
	return false
}

// addSilence adds the finding whose cue ends before token cueTo and whose
// content begins at token at. Verb v governs the content; the auxiliaries before
// token group are part of the cue.
func (r *reading) addSilence(group, cueTo, v, at, key int) bool {
	first, end := r.sentence(v)
	cueFrom := min(group, cueTo-1)
	for cueFrom > first && (r.tok(cueFrom-1).UPOS == "AUX" || r.word(cueFrom-1) == "has" || r.word(cueFrom-1) == "have" || negation(r.word(cueFrom-1)) ||
		r.tok(cueFrom-1).UPOS == "ADV" && cueFrom-1 > first && r.tok(cueFrom-2).UPOS == "AUX") {
		cueFrom--
	}
	cueTo = max(cueTo, cueFrom+1)
	src := r.speakerBefore(cueFrom, v)
	if src.head < 0 || r.word(src.head) == "i" || r.word(src.head) == "we" {
		return false
	}
	to := at
	for to < end && !r.separates(to) && !(r.tok(to).UPOS == "CCONJ" && to > at && r.word(to) != "or" && r.word(to) != "and") {
		to++
	}
	to = r.cut(v, to)
	for to > at && r.punct(to-1) && r.quoteAt[to-1] < 0 {
		to--
	}
	if to <= at { // "would neither | confirm nor deny."
		cueTo = group + 1
		at, to = cueTo, v+1
	}
	if at >= to || at < cueTo {
		return false
	}
	ok := r.add(finding{cue: key, cueFrom: cueFrom, cueTo: cueTo, source: src, pieces: []piece{r.bytes(at, to)}, act: news.DeclineComment, frame: frameTo, negative: true, weight: 0.92})
	if !ok {
		return false
	}
	for i := cueFrom; i <= v; i++ {
		r.taken[i] = true
	}
	// "… but said the post was safe": the same speaker goes on.
	for n := to; n < end && n < to+3; n++ {
		if r.tok(n).UPOS == "VERB" && r.speechVerb(n) && r.subjectChild(n) < cueTo {
			r.lent[n] = src
		}
	}
	return true
}

// speakerBefore is the subject of verb v if it stands before token at, else the
// noun phrase that ends there.
func (r *reading) speakerBefore(at, v int) source {
	if s, ok := r.subjectOf(v); ok && s.head >= 0 && s.head < at {
		s.to = min(s.to, at)
		return s
	}
	first, _ := r.sentence(v)
	for i := at - 1; i >= first && i >= at-4; i-- {
		if r.nominal(i) {
			s := r.phrase(r.topNominal(i))
			s.to = min(s.to, at)
			return s
		}
		if u := r.tok(i).UPOS; u != "ADV" && u != "AUX" {
			break
		}
	}
	return noSource
}
