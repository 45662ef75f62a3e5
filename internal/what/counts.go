package what

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// countWords is counts.tsv: what words say of those counted.
type countWords struct {
	object, subject, state, noun map[string]news.CountKind
	notPersons                   map[string]bool
}

func (t tables) loadCountWords() (*countWords, error) {
	c := &countWords{object: map[string]news.CountKind{}, subject: map[string]news.CountKind{}, state: map[string]news.CountKind{}, noun: map[string]news.CountKind{}, notPersons: map[string]bool{}}
	places := map[string]map[string]news.CountKind{"object": c.object, "subject": c.subject, "state": c.state, "noun": c.noun}
	err := t.rows("counts.tsv", func(r row) error {
		words := strings.Fields(r.cell[2])
		if r.cell[1] == "not-persons" {
			for _, w := range words {
				c.notPersons[w] = true
			}
			return nil
		}
		table, ok := places[r.cell[1]]
		if !ok {
			return r.wrong(1, "", "use object, subject, state, noun or not-persons", "unknown place %q", r.cell[1])
		}
		if !slices.Contains(countKinds, r.cell[0]) {
			return r.wrong(0, "", oneOf(r.cell[0], countKinds), "unknown kind %q", r.cell[0])
		}
		for _, w := range words {
			if table[w] == "" {
				table[w] = news.CountKind(r.cell[0])
			}
		}
		return nil
	})
	return c, err
}

// countKinds are the kinds of count that there are.
var countKinds = []string{string(news.Killed), string(news.Injured), string(news.Missing), string(news.Abducted), string(news.Arrested), string(news.Displaced), string(news.Affected), string(news.Participants)}

// count is a number of persons and what happened to them.
type count struct {
	kind     news.CountKind
	quantity *quantity
	head     int // the noun counted, or the number
	end      int // token after the phrase
	anchor   int // the word that says what happened to them
	sentence int
	span     news.Span
	of       string
	partOf   *count
	source   bool // those counted are who tells of it
	backward bool // the word stands before the number
}

// findCounts reads all counts of the text.
func (r *reading) findCounts() []*count {
	var all []*count
	for s, sentence := range r.doc.Sentences {
		if r.skip[sentence.Block] {
			continue
		}
		var here []*count
		for _, q := range r.quantities(sentence.From, sentence.To) {
			c := r.countOf(q, s, here)
			here = append(here, c)
			if o := r.noneOfEither(c); o != nil {
				here = append(here, o)
			}
		}
		r.shareKinds(here)
		r.addParts(here)
		for _, c := range here {
			if c.kind != "" || !c.quantity.one && !c.quantity.zero {
				all = append(all, c)
			}
		}
	}
	return all
}

// countOf reads what is counted by a number and what happened to it; kind is ""
// where nothing says.
func (r *reading) countOf(q *quantity, s int, before []*count) *count {
	sentence := r.doc.Sentences[s]
	c := &count{quantity: q, sentence: s, anchor: -1}
	c.head, c.end = r.countedNoun(q, sentence.To)
	c.span = r.doc.Span(q.from, c.end)
	if c.head >= q.to {
		start := q.to
		for start < c.head && (r.lemma[start] == "of" || r.lemma[start] == "-") {
			start++
		}
		c.of = r.doc.Span(start, c.end).Text
	}
	if c.head >= q.to && !r.countsPersons(c.head) {
		return c
	}
	if q.one && r.aged(c, sentence.To) {
		c.span = r.doc.Span(q.from, c.end)
		c.of = r.doc.Span(q.to, c.end).Text
	}
	if q.one && (c.head < q.to || !r.isPersonNoun(c.head)) && r.c.counts.noun[r.lemma[c.head]] == "" {
		return c
	}
	if prev := r.including(c, before); prev != nil {
		c.kind, c.anchor, c.partOf = prev.kind, prev.anchor, prev
		if kind, anchor := r.kindAfter(c, sentence.To); kind != "" && anchor < c.end+3 {
			c.kind, c.anchor = kind, anchor
		}
		return c
	}
	if c.kind, c.anchor = r.kindByTree(c); c.kind != "" {
		c.backward = c.anchor < q.from
		return c
	}
	if c.source = r.isSource(c); c.source {
		return c
	}
	if c.kind, c.anchor = r.kindBefore(c, sentence.From); c.kind != "" {
		c.backward = true
		return c
	}
	if c.kind, c.anchor = r.kindAround(c, sentence.From, sentence.To); c.kind != "" {
		c.backward = true
		return c
	}
	c.kind, c.anchor = r.kindAfter(c, sentence.To)
	return c
}

// countedNoun finds the noun that a number counts: the last of the run of
// nouns and adjectives after it; the number itself where there is none.
func (r *reading) countedNoun(q *quantity, end int) (head, next int) {
	head, next = q.to-1, q.to
	i := q.to
	if i < end && r.lemma[i] == "-" && i+1 < end && r.lemma[i+1] == "strong" {
		i += 2
	}
	for steps := 0; i < end && steps < 8; i, steps = i+1, steps+1 {
		t := r.doc.Tokens[i]
		switch {
		case t.UPOS == "NOUN" || t.UPOS == "PROPN":
			head, next = i, i+1
			if t.XPOS == "NNS" && (i+1 >= end || r.doc.Tokens[i+1].UPOS != "NOUN" && r.doc.Tokens[i+1].UPOS != "PROPN") {
				return head, next
			}
		case r.lemma[i] == "other" || r.lemma[i] == "more" || r.lemma[i] == "others":
			head, next = i, i+1
		case t.UPOS == "ADJ" && r.c.counts.state[r.lemma[i]] != "" && (i+1 >= end || r.doc.Tokens[i+1].UPOS != "NOUN"):
			return head, next
		case r.c.counts.object[r.lemma[i]] != "" && t.UPOS == "VERB":
			return head, next
		case t.UPOS == "ADJ", t.Deprel == "amod", t.Form == "-" && i > q.to, r.lemma[i] == "of" && i == q.to, t.UPOS == "DET" && i == q.to+1, t.XPOS == "POS":
		default:
			return head, next
		}
	}
	return head, next
}

// countsPersons excludes numbers of things, by the noun counted.
func (r *reading) countsPersons(i int) bool {
	return !r.c.counts.notPersons[r.lemma[i]]
}

// kindByTree asks the parse: the role that the counted noun plays.
func (r *reading) kindByTree(c *count) (news.CountKind, int) {
	w := r.c.counts
	if c.quantity.zero && r.lemma[c.head] == "casualty" {
		return news.Killed, c.head
	}
	if kind := w.noun[r.lemma[c.head]]; kind != "" && c.head >= c.quantity.to {
		return kind, c.head
	}
	if r.lemma[c.head] == "body" {
		h, before := r.doc.Tokens[c.head].Head, c.quantity.from-1
		if h >= 0 && r.c.classes["recover"][r.lemma[h]] || before >= 0 && r.c.classes["recover"][r.lemma[before]] {
			return news.Killed, c.head // "recovered three bodies"
		}
	}
	if v := c.quantity.from - 1; v > 0 && r.listedVerb(v) {
		if kind := w.object[r.lemma[v]]; kind != "" && kind != news.Participants {
			return kind, v
		}
	}
	at := c.head
	for range 4 {
		t := r.doc.Tokens[at]
		h := t.Head
		if h >= 0 && (t.Deprel == "obj" || t.Deprel == "nsubj:pass" || t.Deprel == "nsubj") && r.toDeath(h) && (t.Deprel == "obj" || r.isPassive(h)) {
			return news.Killed, h
		}
		for _, ch := range r.doc.Children(at) {
			rel := r.doc.Tokens[ch].Deprel
			if (nlp.IsRel(rel, "amod") || nlp.IsRel(rel, "acl")) && ch > at-6 {
				if kind := w.state[r.lemma[ch]]; kind != "" {
					return kind, ch
				}
				if kind := w.object[r.lemma[ch]]; kind != "" && r.doc.Tokens[ch].XPOS == "VBN" {
					return kind, ch
				}
				if kind := w.subject[r.lemma[ch]]; kind != "" && nlp.IsRel(rel, "acl") && kind != news.Participants {
					return kind, ch
				}
			}
		}
		if h < 0 {
			return "", -1
		}
		switch {
		case t.Deprel == "obj", t.Deprel == "nsubj:pass":
			if kind := w.object[r.lemma[h]]; kind != "" && (t.Deprel == "obj") == !r.isPassive(h) {
				return kind, h
			}
			// "left nine people dead"
			if x := r.doc.Child(h, "xcomp"); x >= 0 && t.Deprel == "obj" {
				if kind := w.state[r.lemma[x]]; kind != "" {
					return kind, x
				}
			}
		case nlp.IsRel(t.Deprel, "nsubj") && strings.EqualFold(r.doc.Tokens[h].Form, "missing"):
			return news.Missing, h
		case nlp.IsRel(t.Deprel, "nsubj"):
			if kind := w.subject[r.lemma[h]]; kind != "" {
				return kind, h
			}
			if kind := w.state[r.lemma[h]]; kind != "" {
				return kind, h
			}
			if kind := w.object[r.lemma[h]]; kind != "" && r.isPassive(h) {
				return kind, h
			}
		case nlp.IsRel(t.Deprel, "nmod") && r.preposition(at) == "of":
			if kind := w.noun[r.lemma[h]]; kind != "" {
				return kind, h
			}
			if kind := r.nominalKind(h); kind != "" {
				return kind, h
			}
		case t.Deprel == "nummod", nlp.IsRel(t.Deprel, "conj") && r.doc.Tokens[h].UPOS != "VERB" && !r.verbBetween(h, c.quantity.from):
			at = h
			continue
		case nlp.IsRel(t.Deprel, "nmod") && r.c.quantity[r.lemma[h]]:
			at = h
			continue
		}
		return "", -1
	}
	return "", -1
}

// verbBetween reports whether a verb stands between two tokens: "killed nine
// people and drove thousands out" counts two things.
func (r *reading) verbBetween(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if r.doc.Tokens[i].UPOS == "VERB" {
			return true
		}
	}
	return false
}

// nominalKind reads "the killing of nine", "the abduction of two girls".
func (r *reading) nominalKind(n int) news.CountKind {
	switch r.lemma[n] {
	case "killing", "murder", "massacre", "execution", "assassination":
		return news.Killed
	case "wounding":
		return news.Injured
	case "capture", "imprisonment":
		return news.Arrested
	case "displacement", "evacuation":
		return news.Displaced
	}
	return ""
}

func (r *reading) isPassive(v int) bool {
	for _, c := range r.doc.Children(v) {
		rel := r.doc.Tokens[c].Deprel
		if rel == "aux:pass" || nlp.IsRel(rel, "aux") && r.lemma[c] == "be" && r.doc.Tokens[v].XPOS != "VBG" {
			return true
		}
		if rel == "nsubj:pass" && r.doc.Child(v, "obj") < 0 && !r.hasAux(v, "have") {
			return true
		}
	}
	return r.barePassive(v)
}

// kindBefore reads the words before a number: "killing 36", "death toll rose
// to 41", "claimed 36 lives".
func (r *reading) kindBefore(c *count, from int) (news.CountKind, int) {
	w := r.c.counts
	i := c.quantity.from - 1
	for i >= from && (r.doc.Tokens[i].UPOS == "ADV" || r.doc.Tokens[i].UPOS == "DET") {
		i--
	}
	if i < from {
		return "", -1
	}
	if kind := w.object[r.lemma[i]]; kind != "" && kind != news.Participants && !r.isPassive(i) && (r.doc.Tokens[i].UPOS == "VERB" || r.doc.Tokens[i].UPOS == "NOUN" && hasSuffix(r.doc.Tokens[i].Form, "ing")) {
		return kind, i
	}
	if r.lemma[i] == "of" && i > from {
		if kind := w.noun[r.lemma[i-1]]; kind != "" {
			return kind, i - 1
		}
		if kind := r.nominalKind(i - 1); kind != "" {
			return kind, i - 1
		}
	}
	if kind, at := r.risenTo(i, from); kind != "" {
		return kind, at
	}
	for k := i; k >= from && k > i-9; k-- {
		switch r.lemma[k] {
		case "toll":
			if k > from && (r.lemma[k-1] == "injury" || r.lemma[k-1] == "injured") {
				return news.Injured, k
			}
			return news.Killed, k
		case ",", ";", "and", "while", "as":
			return "", -1
		}
	}
	return "", -1
}

// kindAfter reads the words after the phrase: "36 people, including 12
// children, were killed", "169 others wounded", "36 dead".
func (r *reading) kindAfter(c *count, end int) (news.CountKind, int) {
	w := r.c.counts
	i := c.end
	auxiliary := false
	for steps := 0; i < end && steps < 18; steps++ {
		t := r.doc.Tokens[i]
		l := r.lemma[i]
		if form := strings.ToLower(t.Form); l == "miss" && form == "missing" {
			return news.Missing, i
		}
		if kind := w.state[l]; kind != "" && (t.UPOS == "ADJ" || t.UPOS == "VERB" || t.UPOS == "NOUN") {
			return kind, i
		}
		if kind := w.object[l]; kind != "" && (t.UPOS == "VERB" || t.UPOS == "ADJ") && kind != news.Participants {
			if auxiliary || t.XPOS == "VBN" || r.doc.Child(i, "obj") < 0 && t.XPOS == "VBD" {
				return kind, i
			}
			return "", -1
		}
		if kind := w.subject[l]; kind != "" && kind != news.Participants && t.UPOS == "VERB" {
			return kind, i
		}
		switch {
		case l == "lose" && i+2 < end && (r.lemma[i+2] == "life" || r.lemma[i+1] == "life"):
			return news.Killed, i
		case (l == "lose" || l == "leave" || l == "flee") && i+2 < end && (r.lemma[i+2] == "home" || r.lemma[i+1] == "home"):
			return news.Displaced, i
		case auxiliary && (l == "force" || l == "drive"):
			for k := i + 1; k < end && k < i+6; k++ {
				if r.lemma[k] == "home" || r.lemma[k] == "flee" {
					return news.Displaced, i
				}
			}
			return "", -1
		case l == "make" && i+1 < end && r.lemma[i+1] == "homeless":
			return news.Displaced, i + 1
		case r.isHurtBy(i, end):
			return news.Injured, i
		case auxiliary && (l == "hold" || l == "take") && i+1 < end && (r.lemma[i+1] == "hostage" || r.lemma[i+1] == "captive" || i+2 < end && r.lemma[i+2] == "captive"):
			return news.Abducted, i
		case l == "take" && i+1 < end && r.lemma[i+1] == "part":
			return news.Participants, i
		case t.UPOS == "AUX" && (l == "be" || l == "have" || l == "get"), l == "get":
			auxiliary = true
		case t.UPOS == "ADV", l == "confirm", l == "fear", l == "believe", l == "presume", l == "report", l == "leave", l == "who", l == "know", l == "to", l == "pronounce", l == "still", l == "declare", l == "feared":
		case t.Form == "," && i+1 < end && (r.lemma[i+1] == "include" || r.lemma[i+1] == "including" || r.lemma[i+1] == "among" || r.lemma[i+1] == "most" || r.lemma[i+1] == "mostly" || r.lemma[i+1] == "many"):
			close := i + 1
			for close < end && r.doc.Tokens[close].Form != "," && close < i+14 {
				close++
			}
			if close >= end || r.doc.Tokens[close].Form != "," {
				return "", -1
			}
			i = close
		default:
			return "", -1
		}
		i++
	}
	return "", -1
}

// including finds the count that a number is a part of: "36 people, including
// 12 children", "two of them".
func (r *reading) including(c *count, before []*count) *count {
	if len(before) == 0 {
		return nil
	}
	var last *count
	for i := len(before) - 1; i >= 0; i-- {
		if b := before[i]; b.partOf == nil && !b.quantity.zero && (b.kind != "" || !b.quantity.one) {
			last = b
			break
		}
	}
	if last == nil {
		return nil
	}
	part := last.kind != "" && r.partitive(c, last)
	for k := c.quantity.from - 1; k >= last.end && k >= c.quantity.from-6; k-- {
		if l := r.lemma[k]; l == "include" || l == "including" || l == "among" || l == "amongst" {
			part = true
		}
	}
	if e := c.end; !part && e+1 < len(r.lemma) && r.lemma[e] == "of" && (r.lemma[e+1] == "they" || r.lemma[e+1] == "them" || r.lemma[e+1] == "whom" || r.lemma[e+1] == "who") {
		part = true
	}
	if !part {
		return nil
	}
	return last
}
