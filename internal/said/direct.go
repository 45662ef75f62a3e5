package said

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// attribution is the clause that gives a quotation its speaker.
type attribution struct {
	cue            int // token of the cue verb
	cueFrom, cueTo int
	source         source
	end            int // token after the clause
	act            news.Act
	weight         float64
}

// findDirect finds the statements whose content is a whole quotation with a cue
// beside it. Quotations that are part of a clause ("a “farce” of a vote") are
// left to the clause; those with no cue to findImplied.
func (r *reading) findDirect() {
	for i := 0; i < len(r.quotes); i++ {
		if r.quoted[i] || !r.opensStatement(i) {
			continue
		}
		group := r.paragraphs(i)
		last := group[len(group)-1]
		a, ok := r.cueAfter(last)
		if !ok {
			if a, ok = r.cueBefore(i); ok && r.goesOn(i, a) {
				continue
			}
			if !ok {
				if a, ok = r.signedBy(last); !ok {
					continue
				}
			}
		} else {
			group = append(group, r.resumed(last, a)...)
		}
		r.addDirect(group, a)
	}
}

// goesOn reports whether quote i is only a part of what a has the speaker say, so
// that the clause has it: said “safety first” was the rule; said with ten men gone,
// “nobody is left to dig”.
func (r *reading) goesOn(i int, a attribution) bool {
	q := r.quotes[i]
	if a.cue < 0 || q.continues || q.end <= q.start {
		return false
	}
	small, _ := utf8.DecodeRuneInString(r.doc.Text[q.start:])
	open, after := r.doc.TokenAt(q.open), r.doc.TokenAt(q.close)
	if open <= a.cueTo && a.cueTo < len(r.doc.Tokens) {
		if after >= len(r.doc.Tokens) || r.punct(after) || r.doc.SentenceOf(after) != r.doc.SentenceOf(after-1) {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(r.doc.Text[:q.end])
		switch r.tok(after).UPOS {
		case "CCONJ", "ADP", "PART", "AUX", "VERB", "SCONJ":
			return !strings.ContainsRune(".,!?", last)
		}
		return false
	}
	if !unicode.IsLower(small) {
		return false
	}
	switch r.word(a.cueTo) {
	case "with", "without", "under", "if", "when", "unlike", "despite", "because", "once", "unless", "although", "while":
		return true
	}
	return false
}

func (r *reading) addDirect(group []int, a attribution) {
	var pieces []piece
	for _, q := range group {
		pieces = append(pieces, r.quotePieces(q)...)
		r.quoted[q] = true
	}
	r.add(finding{
		cue: a.cue, cueFrom: a.cueFrom, cueTo: a.cueTo, source: a.source, pieces: pieces,
		act: a.act, frame: frameQuote, direct: true, weight: a.weight, negative: a.cue >= 0 && r.negated(a.cue),
	})
}

func (r *reading) quotePieces(q int) []piece {
	return []piece{{r.quotes[q].start, r.quotes[q].end}}
}

// paragraphs returns the quote and those of the following paragraphs that go on
// with it.
func (r *reading) paragraphs(i int) []int {
	group := []int{i}
	for r.quotes[i].continues && i+1 < len(r.quotes) && r.quotes[i+1].block > r.quotes[i].block {
		i++
		group = append(group, i)
	}
	return group
}

// resumed returns the quotes that go on after attribution a of quote q:
// “We tried,” he said. “Nobody came.”
func (r *reading) resumed(q int, a attribution) []int {
	n := q + 1
	if n >= len(r.quotes) || r.quotes[n].block != r.quotes[q].block || r.quotes[n].single != r.quotes[q].single {
		return nil
	}
	open := r.doc.TokenAt(r.quotes[n].open)
	if joins := open > 1 && r.tok(open-1).UPOS == "CCONJ" && r.tok(open-2).Form == ","; open == 0 || !joins && !r.punct(open-1) && !strings.HasSuffix(r.tok(open-1).Form, ".") || r.tok(open-1).Form == ":" {
		return nil // “…,” he said, describing a “mess”
	}
	for i := max(a.cueTo, a.source.to); i < open; i++ {
		if i >= a.end && !r.punct(i) && r.tok(i).UPOS != "CCONJ" {
			return nil
		}
		if r.speechVerb(i) && !r.aside(i, a.cue) {
			return nil // “…,” he said, adding, “…”
		}
	}
	if b, ok := r.cueBefore(n); ok && b.cue != a.cue {
		return nil
	}
	if b, ok := r.cueAfter(r.lastParagraph(n)); ok && b.cue != a.cue {
		return nil
	}
	return r.paragraphs(n)
}

func (r *reading) lastParagraph(i int) int {
	g := r.paragraphs(i)
	return g[len(g)-1]
}

// quoteCue reports whether token i is a verb that quotations are given with.
func (r *reading) quoteCue(i int) bool {
	_, ok := r.quoteSense(i)
	return ok
}

func (r *reading) quoteSense(i int) (sense, bool) {
	t := r.tok(i)
	beside := i > 0 && r.quoteAt[i-1] >= 0 && r.quoteAt[i] < 0 && t.UPOS == "VERB" // “…,” recalled Sister Agnes Tembo
	if t.UPOS != "VERB" && !strings.HasPrefix(t.XPOS, "VB") || r.rel(i, "amod", "compound") && t.Head > i && !beside {
		return sense{}, false // "protest leader Ana Costa"
	}
	for _, s := range r.senses(r.cues.verbs, i) {
		if s.frame != frameQuote {
			continue
		}
		if _, ok := r.tail(i, s); ok {
			return s, true
		}
	}
	return sense{}, false
}

// cueAfter finds the attribution that follows quote i: “…,” the mayor said.
func (r *reading) cueAfter(i int) (attribution, bool) {
	q := r.quotes[i]
	if q.continues || q.end <= q.start {
		return attribution{}, false
	}
	from := r.doc.TokenAt(q.close)
	end := r.windowEnd(from, q.block)
	if from >= end {
		return attribution{}, false
	}
	last, _ := utf8.DecodeLastRuneInString(r.doc.Text[:q.end])
	comma := last == ','
	switch f := r.tok(from).Form; {
	case f == "," || f == "—" || f == "–" || f == "--" || f == "-":
		comma = true
		from++
	case last == '.':
		c, _ := utf8.DecodeRuneInString(f)
		if unicode.IsUpper(c) {
			return attribution{}, false
		}
	case !strings.ContainsRune(",?!…—–-", last):
		// “Yes” she said: only right beside it. A name in marks may be the
		// subject itself: as “The Gazette” wrote.
		end = min(end, from+5)
		if !r.sentenceLike(q) && r.quoteCue(from) {
			return attribution{}, false
		}
	}
	if from >= end || r.startsClause(from) {
		return attribution{}, false
	}
	if r.word(from) == "according" && from+2 < end && r.word(from+1) == "to" {
		return r.accordingTo(from, end)
	}
	unknown := -1
	for v := from; v < end; v++ {
		if s, ok := r.quoteSense(v); ok && (!r.participle(v) || v > from && r.tok(v-1).UPOS == "AUX") && !r.aside(v, from) {
			tail, _ := r.tail(v, s)
			return attribution{
				cue: v, cueFrom: r.groupFrom(v), cueTo: tail, end: end, act: s.act, weight: s.weight,
				source: r.speakerNear(v, tail, from, end),
			}, true
		}
		if r.finite(v) && r.tok(v).UPOS == "VERB" && !r.aside(v, from) {
			unknown = v
			break
		}
	}
	// A verb of no list after a comma still attributes: “No,” he shrugged.
	if unknown >= 0 && comma && unknown-from <= 4 && unknown > from {
		return attribution{
			cue: unknown, cueFrom: r.groupFrom(unknown), cueTo: unknown + 1, end: end, act: news.Say, weight: 0.6,
			source: r.speakerNear(unknown, unknown+1, from, end),
		}, true
	}
	return attribution{}, false
}

// startsClause reports whether token i begins a clause that gives the occasion of
// a quotation and not its speaker: “…,” when the mayor challenged him.
func (r *reading) startsClause(i int) bool {
	switch r.word(i) {
	case "when", "while", "after", "before", "because", "if", "although", "though", "until", "since", "where", "and", "but":
		return true
	}
	return false
}

// aside reports whether verb v stands in a clause about the speaker: “…,” said
// Lund, who runs the port.
func (r *reading) aside(v, from int) bool {
	for climbs := 0; v >= from && climbs < 6; climbs++ {
		h := r.tok(v).Head
		if r.rel(v, "acl") {
			return h >= from && (climbs > 0 || !r.closesClause(v))
		}
		if h < 0 || !r.rel(v, "conj", "xcomp", "ccomp", "advcl", "aux", "cop") {
			return false
		}
		v = h
	}
	return false
}

// closesClause reports whether v is the last word of its sentence, after a comma,
// and has no relative pronoun: it is the clause's own verb then, whatever the
// parse says of it: “…,” the clerk, Asha Rao, answered.
func (r *reading) closesClause(v int) bool {
	if v < 2 || (r.tok(v).XPOS != "VBD" && r.tok(v).XPOS != "VBN") || r.tok(v-1).Form != "," {
		return false
	}
	return v+1 >= len(r.doc.Tokens) || r.punct(v+1) && r.tok(v+1).Form != ","
}

// windowEnd is the end of the clause that begins at token i: the next stop,
// quotation or block.
func (r *reading) windowEnd(i, block int) int {
	end := i
	for end < len(r.doc.Tokens) && end < i+40 {
		if r.doc.Sentences[r.doc.SentenceOf(end)].Block != block || r.quoteAt[end] >= 0 {
			break
		}
		switch r.tok(end).Form {
		case ".", ";", ":", "!", "?":
			return end
		}
		end++
	}
	return end
}

// speakerNear is the source of verb v between tokens from and end: its subject
// in the parse if that lies there, else the noun phrase before or after it.
func (r *reading) speakerNear(v, tail, from, end int) source {
	if s, ok := r.sourceOf(v); ok && s.head >= from && s.head < end && !r.possessive(s.head) {
		if h := r.outOfAside(s.head, from); h != s.head {
			s = r.phrase(h)
		}
		return r.within(s, from, end)
	}
	for i := v - 1; i >= from; i-- {
		if !r.nominal(i) || r.aside(i, from) || r.possessive(i) {
			continue
		}
		h := i
		for r.tok(h).Head >= from && r.tok(h).Head < v && r.nominal(r.tok(h).Head) {
			h = r.tok(h).Head
		}
		return r.within(r.phrase(r.outOfAside(h, from)), from, v)
	}
	for i := tail; i < end && i < tail+6; i++ {
		if r.nominal(i) && !r.possessive(i) {
			h := i
			for n := r.tok(h).Head; n > v && n < end && r.nominal(n) && !r.rel(h, "conj"); n = r.tok(h).Head {
				h = n
			}
			return r.within(r.phrase(h), tail, end)
		}
		if r.tok(i).Form == "—" || r.tok(i).Form == "(" {
			break
		}
	}
	return noSource
}

// outOfAside climbs from a token in a clause about the speaker to the speaker: from
// "name" to "spokesman" in "the spokesman, who goes by the name Abu, said".
func (r *reading) outOfAside(i, from int) int {
	for n, climbs := i, 0; n >= from && climbs < 8; climbs++ {
		h := r.tok(n).Head
		if r.rel(n, "acl") && h >= from && h < i && r.nominal(h) {
			return h
		}
		n = h
	}
	return i
}

// possessive reports whether pronoun i only owns what follows: "her | rival".
func (r *reading) possessive(i int) bool {
	switch r.word(i) {
	case "her", "his", "its", "their", "my", "our", "your":
		return i+1 < len(r.doc.Tokens) && !r.punct(i+1)
	}
	return false
}

// within cuts a source's phrase to the token range.
func (r *reading) within(s source, from, to int) source {
	s.from, s.to = max(s.from, from), min(s.to, to)
	if s.from > s.head {
		s.from = s.head
	}
	if s.to <= s.head {
		s.to = s.head + 1
	}
	return s
}

// cueBefore finds the attribution that leads up to quote i: The mayor said: “…”
func (r *reading) cueBefore(i int) (attribution, bool) {
	q := r.quotes[i]
	j := r.doc.TokenAt(q.open) - 1
	if j < 0 {
		return attribution{}, false
	}
	block := r.doc.Sentences[r.doc.SentenceOf(j)].Block
	if block != q.block && (r.tok(j).Form != ":" || r.skip[j]) {
		return attribution{}, false
	}
	mark := r.tok(j).Form
	reach := 8
	switch mark {
	case ":":
		reach = 40
		j--
	case ",":
		reach = 14
		j--
	case ".", "?", "!", ";":
		return attribution{}, false
	}
	finite := false
	for v := j; v >= 0 && v > j-reach; v-- {
		if r.doc.Sentences[r.doc.SentenceOf(v)].Block != block || r.quoteAt[v] >= 0 {
			break
		}
		switch r.tok(v).Form {
		case ".", "?", "!", ";":
			v = -1
		}
		if v < 0 {
			break
		}
		if s, ok := r.quoteSense(v); ok && !(finite && mark != ":") {
			tail, _ := r.tail(v, s)
			if r.passive(v) && s.act != news.Say || r.promptsReply(v) {
				continue
			}
			src, known := r.sourceOf(v)
			if !known {
				src = r.speakerNear(v, tail, max(0, v-8), j+1)
			}
			return attribution{cue: v, cueFrom: r.groupFrom(v), cueTo: tail, end: j + 1, act: s.act, weight: s.weight, source: src}, true
		}
		if mark != ":" && r.word(v) == "that" && r.tok(v).UPOS == "SCONJ" {
			break // said that “…”: the clause has it
		}
		if r.finite(v) {
			finite = true
		}
	}
	if mark != ":" {
		return attribution{}, false
	}
	if a, ok := r.scriptCue(j); ok {
		return a, true
	}
	return r.subjectBefore(j)
}

// subjectBefore reads the speaker of a quotation after a colon from a clause with
// no verb of speech: "Lund did not hesitate: “Stop the mines.”"
func (r *reading) subjectBefore(j int) (attribution, bool) {
	from, _ := r.sentence(j)
	for v := j; v >= from; v-- {
		if !r.finite(v) && !r.hasAux(v) || r.tok(v).UPOS != "VERB" {
			continue
		}
		s, ok := r.subjectOf(v)
		if !ok || s.head < from || r.quoteAt[s.head] >= 0 {
			continue
		}
		person := r.tok(s.head).XPOS == "PRP" && r.word(s.head) != "it"
		if e := r.cast.At(s.head); e >= 0 && r.cast.Entities[e].Type == news.Person {
			person = true
		}
		if !person {
			return attribution{}, false
		}
		return attribution{cue: v, cueFrom: r.groupFrom(v), cueTo: v + 1, end: j + 1, act: news.Say, weight: 0.7, source: s}, true
	}
	return attribution{}, false
}

// scriptCue reads the speaker of a line of dialogue: MARA LUND: “…”
func (r *reading) scriptCue(j int) (attribution, bool) {
	from, _ := r.sentence(j)
	if j-from > 5 {
		return attribution{}, false
	}
	head := -1
	for i := from; i <= j; i++ {
		if r.finite(i) || r.punct(i) {
			return attribution{}, false
		}
		if r.tok(i).UPOS == "PROPN" && head < 0 {
			head = i
		}
	}
	if head < 0 {
		return attribution{}, false
	}
	return attribution{cue: -1, cueFrom: -1, cueTo: -1, source: source{head: head, from: from, to: j + 1}, end: j + 1, act: news.Say, weight: 0.7}, true
}
