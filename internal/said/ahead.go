package said

import "strings"

// threatens: harm that the speaker's own side announces: "we will strike",
// "would not hesitate to use force", "they will pay a price".
func (c *charge) threatens(from, to int) bool {
	for i := from; i < to; i++ {
		v := c.future(i, to)
		if v < 0 {
			// "‘Won’t hesitate’ to strike" and "would not hesitate to strike".
			if strings.HasPrefix(c.word(i), "hesitat") && c.refusesToHesitate(i, to) {
				return true
			}
			continue
		}
		switch {
		case c.negated(v):
		case c.lemma(v) == "pay" || c.lemma(v) == "face" || c.lemma(v) == "suffer":
			if o := c.doc.Child(v, "obj"); o >= 0 && c.among(c.acts.prices, o) {
				return true
			}
		case c.harm(v, to) && c.ownSide(v, c.speaker):
			return true
		case c.conditional(from, to) && !c.passive(v) && !c.helps(v) && c.ownSide(v, c.speaker) && c.tok(v).UPOS == "VERB":
			return true // "we will cut the power unless you pay"
		case c.passive(v) && c.among(c.acts.crushings, v) && !c.punishesGuilty(v):
			return true // "any aggressor will be crushed"
		}
	}
	return false
}

// helps reports whether verb v is of help that no condition makes a threat.
func (c *charge) helps(v int) bool {
	switch c.lemma(v) {
	case "help", "support", "continue", "pay", "stay", "remain", "provide", "protect", "keep", "be", "have", "vote", "win", "go", "come":
		return true
	}
	return false
}

// conditional reports whether what is announced hangs on another's yielding:
// "unless the army withdraws", "if the siege is not lifted".
func (c *charge) conditional(from, to int) bool {
	condition := false
	for i := from; i < to; i++ {
		switch c.word(i) {
		case "unless":
			return true
		case "if":
			condition = true
		case "not", "n't":
			if condition {
				return true
			}
		case ",":
			condition = false
		}
	}
	return false
}

// punishesGuilty reports whether the passive of v promises justice and no blow:
// "those responsible will be punished".
func (c *charge) punishesGuilty(v int) bool {
	s := c.doc.Child(v, "nsubj")
	from, _ := c.sentence(v)
	to := v
	if s >= 0 {
		from, to = c.lo[s], c.hi[s]
	}
	for i := from; i < to; i++ {
		switch c.lemma(i) {
		case "responsible", "guilty", "perpetrator", "culprit", "involved", "killer":
			return true
		}
	}
	return false
}

// future is the verb that the auxiliary at token i puts into the future, -1
// where token i is no such auxiliary.
func (c *charge) future(i, to int) int {
	switch c.lemma(i) {
	case "will", "would", "shall", "wo", "'ll", "’ll":
		if v := c.tok(i).Head; v > i && v < to && c.lemma(v) != "hesitate" {
			return v
		}
	}
	return -1
}

// refusesToHesitate reports whether "hesitate" at token i is denied and what
// follows is harm.
func (c *charge) refusesToHesitate(i, to int) bool {
	not := false
	for n := i - 1; n >= 0 && n >= i-3; n-- {
		switch c.word(n) {
		case "not", "n't", "never":
			not = true
		}
	}
	if !not {
		return false
	}
	for n := i + 1; n < to && n <= i+4; n++ {
		if c.tok(n).UPOS == "VERB" {
			return c.harm(n, to)
		}
	}
	return false
}

// harm reports whether verb v does harm ("strike", "retaliate") or launches it
// ("conduct further strikes", "respond with force").
func (c *charge) harm(v, to int) bool {
	if !c.among(c.acts.harms, v) && !c.among(c.acts.launches, v) {
		return false
	}
	if !c.among(c.acts.launches, v) {
		return true
	}
	for n := v + 1; n < to && n < v+6; n++ {
		if u := c.tok(n).UPOS; (u == "NOUN" || u == "ADV" || u == "ADJ") && c.among(c.acts.harms, n) && c.caseOf(n) != "to" {
			return true // "respond with force", and not "respond to the attack"
		}
	}
	return false
}

// ownSide reports whether the subject of v is the speaker's side: we, I, the
// speaker's name, body or country, or a pronoun for it.
func (r *reading) ownSide(v, speaker int) bool {
	s, ok := r.subjectOf(v)
	if !ok || s.head < 0 {
		return false
	}
	switch r.word(s.head) {
	case "we", "i":
		return true
	case "it", "he", "she":
		e := r.cast.At(s.head)
		return e < 0 || speaker < 0 || e == speaker
	case "they":
		e := r.cast.At(s.head)
		return e >= 0 && e == speaker
	case "you":
		return false
	}
	for _, c := range r.doc.Children(s.head) {
		switch r.word(c) {
		case "his", "her", "its", "our", "their", "my":
			return true // "his country would strike back"
		}
	}
	e := r.cast.At(s.head)
	if e < 0 || speaker < 0 {
		return e >= 0 && speaker < 0
	}
	if e == speaker {
		return true
	}
	home := r.cast.Entities[speaker].Country
	return home != "" && home == r.cast.Entities[e].Country
}

// demands: an order or a duty laid on another: "Let us pass.", "Oslo must act".
func (c *charge) demands(from, to int) bool {
	for from < to && c.punct(from) {
		from++
	}
	if from >= to {
		return false
	}
	for i := from; i < to; i++ {
		switch c.word(i) {
		case "must", "should", "ought":
		default:
			continue
		}
		v := c.tok(i).Head
		if v <= i {
			continue
		}
		s, ok := c.subjectOf(v)
		if !ok || s.head < from || s.head >= i {
			continue
		}
		if w := c.word(s.head); w == "you" || w == "they" {
			return true
		}
		if e := c.cast.At(s.head); e >= 0 && e != c.speaker && !c.ownSide(v, c.speaker) {
			return true
		}
	}
	return c.direct && c.imperative(from, to)
}

// imperative reports whether the sentence begins with an order: "Leave now."
func (c *charge) imperative(from, to int) bool {
	// "then let them go", "so please leave"
	for from+1 < to && (c.tok(from).UPOS == "ADV" || c.tok(from).UPOS == "INTJ" || c.punct(from)) {
		from++
	}
	if c.tok(from).XPOS != "VB" || c.tok(from).UPOS != "VERB" {
		return false
	}
	if s := c.doc.Child(from, "nsubj"); s >= 0 && s < from {
		return false
	}
	switch l := c.lemma(from); l {
	case "thank", "look", "suppose", "imagine":
		return false
	case "let":
		return from+1 < to && c.word(from+1) != "'s" && c.word(from+1) != "me"
	}
	return true
}

// promises: "we will rebuild the school".
func (c *charge) promises(from, to int) bool {
	for i := from; i < to; i++ {
		v := c.future(i, to)
		if v < 0 || c.negated(v) || !c.among(c.acts.goods, v) {
			continue
		}
		s, ok := c.subjectOf(v)
		if !ok || s.head < 0 {
			continue
		}
		if w := c.word(s.head); w == "we" || w == "i" {
			return true
		}
		if c.ownSide(v, c.speaker) && (c.word(i) != "would" || !c.direct) {
			return true // "the airline said it would compensate passengers"
		}
	}
	return false
}

// warns: "the region could slide into famine".
func (c *charge) warns(from, to int) bool {
	grave, ahead, condition, will := false, false, false, false
	for i := from; i < to; i++ {
		if c.among(c.acts.graves, i) {
			grave = true
		}
		switch c.word(i) {
		case "could", "may", "might":
			ahead = ahead || i+1 < to && c.word(i+1) != "have" // "may have caused" looks back
		case "unless", "otherwise":
			ahead = true
		case "if":
			condition = true
		case "will", "would":
			ahead = ahead || condition
			will = true
		}
	}
	return grave && (ahead || condition && will)
}

// questions reports whether a quotation is nothing but a question.
func (r *reading) questions(f *finding) bool {
	if !f.direct || len(f.pieces) != 1 {
		return false
	}
	p := f.pieces[0]
	text := r.doc.Text[p.start:p.end]
	return strings.HasSuffix(text, "?") && strings.Count(text, "?") == 1 && !strings.ContainsAny(text, ".!")
}
