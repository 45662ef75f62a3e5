package said

import "github.com/onrecord/onrecord/internal/news"

// findPhrases finds the statements that a phrase attributes and no verb does:
// "According to the ministry, the port is closed."
func (r *reading) findPhrases() {
	for i := 0; i+2 < len(r.doc.Tokens); i++ {
		if r.skip[i] || r.taken[i] {
			continue
		}
		switch r.word(i) {
		case "according":
			if r.word(i+1) == "to" {
				_, end := r.sentence(i)
				if a, ok := r.accordingTo(i, end); ok {
					r.addPhrase(i, a)
				}
			}
		case "in":
			if a, ok := r.inTheWordsOf(i); ok {
				r.addPhrase(i, a)
			}
		}
	}
}

// accordingTo reads the phrase that begins at token i.
func (r *reading) accordingTo(i, end int) (attribution, bool) {
	head := -1
	for n := i + 2; n < end && n < i+12; n++ {
		if r.nominal(n) {
			head = n
			break
		}
		if r.punct(n) && r.quoteAt[n] < 0 {
			break
		}
	}
	if head < 0 {
		return attribution{}, false
	}
	for n := r.tok(head).Head; n > head && n < end && r.nominal(n) && r.lo[n] <= head && !r.clauseBetween(head, n); n = r.tok(head).Head {
		head = n
	}
	if i > 1 && r.tok(i-1).Form == "," && r.leadsIn(i) {
		for n := i + 2; n < end; n++ {
			if r.tok(n).Form == "," {
				end = n // "which, according to the Post, Tonga and Fiji have signed"
				break
			}
		}
	}
	src := r.within(r.phrase(head), i+2, end)
	return attribution{cue: i, cueFrom: i, cueTo: i + 2, source: src, end: src.to, act: news.Say, weight: 0.93}, true
}

func (r *reading) clauseBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if r.finite(i) || r.punct(i) {
			return true
		}
	}
	return false
}

// inTheWordsOf reads "in the words of X", "in the view of X" and "in X's view".
func (r *reading) inTheWordsOf(i int) (attribution, bool) {
	_, end := r.sentence(i)
	for n := i + 1; n < end && n < i+6; n++ {
		switch r.word(n) {
		case "words", "view", "opinion", "eyes", "telling", "assessment", "judgment", "judgement":
		default:
			continue
		}
		for _, c := range r.doc.Children(n) {
			if r.tok(c).Deprel == "nmod:poss" && c < n || c > n && r.rel(c, "nmod") && r.caseOf(c) == "of" {
				src := r.phrase(c)
				act := news.Say
				if w := r.word(n); w != "words" && w != "telling" {
					act = news.Hold
				}
				return attribution{cue: n, cueFrom: n, cueTo: n + 1, source: src, end: max(n+1, src.to), act: act, weight: 0.75}, true
			}
		}
		return attribution{}, false
	}
	return attribution{}, false
}

// addPhrase adds the statement of the phrase that begins at token i: what is
// said is the clause around it.
func (r *reading) addPhrase(i int, a attribution) {
	from, end := r.sentence(i)
	for end > a.end && r.punct(end-1) && r.quoteAt[end-1] < 0 {
		end--
	}
	var pieces []piece
	direct := false
	if q := r.nextQuote(a.end, end); q >= 0 {
		// "In the words of Lund, “the port is dead.”"
		pieces = append(pieces, r.quotePieces(q)...)
		r.quoted[q], direct = true, true
	} else if left := r.phraseLeft(i, from); !r.leadsIn(i) && r.substantial(left, i) && !r.isQuoted(left, i) {
		pieces = append(pieces, r.pieces(left, i)...)
		// What follows a closing attribution is the article's again, unless the
		// clause was not complete: "The port, according to Lund, is closed."
		if !r.holdsVerb(left, i) {
			if b := r.afterAside(a.end, end); b < end && r.substantial(b, end) {
				pieces = append(pieces, r.pieces(b, r.cut(b, end))...)
			}
		}
	} else {
		b := a.end
		if !r.opensClauseAt(b, end) {
			b = r.afterAside(a.end, end)
		}
		if b < end && r.substantial(b, end) {
			pieces = append(pieces, r.pieces(b, r.cut(b, end))...)
		}
	}
	if len(pieces) == 0 {
		return
	}
	r.add(finding{cue: a.cue, cueFrom: a.cueFrom, cueTo: a.cueTo, source: a.source, pieces: pieces, act: a.act, frame: frameThat, weight: a.weight, direct: direct})
}

// leadsIn reports whether the phrase at token i opens a clause that another cue
// holds: "said that, according to Lund, the port …".
func (r *reading) leadsIn(i int) bool {
	n := i - 1
	for n >= 0 && r.punct(n) {
		n--
	}
	if n < 0 {
		return false
	}
	switch r.word(n) {
	case "that", "and", "but", "because", "while", "although", "if", "as":
		return true
	}
	return r.speechVerb(n) || r.relative(n)
}

// relative reports whether token n is a relative pronoun: "the ships which, according
// to Lund, | never sailed".
func (r *reading) relative(n int) bool {
	switch r.word(n) {
	case "which", "who", "whom", "where", "whose":
		return true
	}
	return false
}

// nextQuote is the quotation that opens at token i or after a comma there and
// reads like a statement, -1 where none does.
func (r *reading) nextQuote(i, end int) int {
	for n := i; n < end && n < i+12; n++ {
		if q := r.quoteAt[n]; q >= 0 {
			if n > i && r.tok(n-1).Form != "," || r.quoted[q] || !r.sentenceLike(r.quotes[q]) {
				return -1
			}
			return q
		}
		if r.finite(n) {
			return -1
		}
	}
	return -1
}

// phraseLeft is where the clause before the phrase at token i begins.
func (r *reading) phraseLeft(i, from int) int {
	for n := i - 1; n > from; n-- {
		switch r.tok(n).Form {
		case ";":
			return n + 1
		case ",":
			if n+1 < i && (r.word(n+1) == "but" || r.word(n+1) == "while") && r.holdsVerb(n+1, i) {
				return n + 2
			}
		}
	}
	return from
}

func (r *reading) holdsVerb(from, to int) bool {
	for i := from; i < to; i++ {
		if r.finite(i) {
			return true
		}
	}
	return false
}

// afterAside skips what still describes the source, up to the next comma.
func (r *reading) afterAside(i, end int) int {
	for n := i; n < end; n++ {
		if r.tok(n).Form == "," || r.tok(n).Form == "—" || r.tok(n).Form == ":" {
			if m := n + 1; m < end && (r.word(m) == "which" || r.word(m) == "who" || r.word(m) == "whose") {
				for k := m + 1; k+1 < end; k++ {
					if r.tok(k).Form == "," && r.quoteAt[k] < 0 {
						return k + 1 // "according to the paper, which saw the letter, …"
					}
				}
			}
			// an apposition: "according to Lund, the mayor, …"
			if m := n + 1; m < end && n-i < 2 {
				for k := m; k < end && k < m+12; k++ {
					if r.finite(k) {
						break
					}
					if r.tok(k).Form == "," && k > m && !r.holdsVerb(m, k) && r.holdsVerb(k, end) && r.rel(r.topOf(m, k), "appos") {
						return k + 1
					}
				}
			}
			return n + 1
		}
	}
	return end
}

// opensClauseAt reports whether a clause with a subject begins at token i, with no
// comma to part it from what stands before: "According to Lund | the gate was open".
func (r *reading) opensClauseAt(i, end int) bool {
	subject := false
	for n := i; n < end && n < i+14; n++ {
		t := r.tok(n)
		switch {
		case r.finite(n):
			return subject
		case r.separates(n), t.XPOS == "WP", t.XPOS == "WDT", t.UPOS == "SCONJ", t.UPOS == "VERB" && n == i, t.Form == ":":
			return false
		}
		subject = subject || r.nominal(n)
	}
	return false
}

// topOf is the token of [from,to) whose head lies outside.
func (r *reading) topOf(from, to int) int {
	for i := from; i < to; i++ {
		if h := r.tok(i).Head; (h < from || h >= to) && !r.punct(i) {
			return i
		}
	}
	return from
}
