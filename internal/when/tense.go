package when

// tenseAt is the tense of the clause that holds an expression. The words right
// before it are asked first: a date mostly belongs to the verb it follows,
// whatever the parse says.
func (m *matcher) tenseAt(f match) tense {
	if _, ok := f.meaning.(weekly); ok && m.low(f.from-1, "until", "till", "through") {
		return future // "the strike was extended until Friday", "rain is forecast until Tuesday"
	}
	if m.appointed(f) {
		return future
	}
	if f.clause > 0 {
		f.from = f.clause - 1 // an end of a range has the tense of the whole
		if m.goesOn(f.from) {
			return unknown
		}
	}
	if t := m.tenseBefore(f.from); t != unknown {
		return m.told(t)
	}
	if m.attributive(f) {
		return unknown
	}
	head := m.at(f.to - 1).token // the last word heads the phrase more often than the first
	if e := m.at(f.from).token; e < len(m.doc.Tokens) && m.doc.Tokens[e].UPOS == "PROPN" {
		head = e
	}
	if head >= len(m.doc.Tokens) || m.doc.Tokens[head].Deprel == "" {
		return m.wordTense(f.from)
	}
	return m.told(tenseOf(m.doc, m.verbs, head))
}

// goesOn reports whether "is" or "are" is the nearest verb before word i in its
// clause: "met the envoy, who is on a visit from Tuesday to Friday".
func (m *matcher) goesOn(i int) bool {
	const reach = 12 // words
	for k := i - 1; k >= max(0, i-reach) && m.at(k).kind == letters; k-- {
		switch m.tag(k) {
		case "AUX", "VERB":
			return m.low(k, "is", "are")
		}
	}
	return false
}

// appointed reports whether a day stands behind "for" as that of something to
// come: "called a strike for Oct. 20", "set the hearing for Monday"; not
// "apologised for Friday's attack".
func (m *matcher) appointed(f match) bool {
	i := f.from
	if f.clause > 0 {
		i = f.clause - 1
		if m.low(i, "from", "between") {
			return false
		}
	}
	if !m.low(i-1, "for") || m.low(f.to, "'") || m.tag(f.to) == "NOUN" {
		return false
	}
	if m.low(i-2, "scheduled", "planned", "slated", "due", "set", "expected") {
		return false // tenseBefore knows "had been scheduled for"
	}
	switch v := f.meaning.(type) {
	case weekly:
		return v.dir == free
	case yearly:
		_, day := v.recurring.(monthDay)
		return day && v.dir == free
	}
	return false
}

// told turns the present of headlines and captions into the past they tell:
// "Bomb kills nine on Friday".
func (m *matcher) told(t tense) tense {
	if t == present && m.head {
		return past
	}
	return t
}

// attributive reports whether the expression is the modifier of a noun: "the
// June 3 hearing", "the agreement of July 18". The clause's tense is then not
// that of the hearing.
func (m *matcher) attributive(f match) bool {
	if m.low(f.from-1, "of") {
		return true // "the agreement of July 18"
	}
	return m.tag(f.to) == "NOUN" && m.at(f.to).kind == letters &&
		m.low(f.from-1, "a", "an", "the", "its", "their", "his", "her", "our", "for", "before", "despite")
}

// tenseBefore judges the verb that the expression directly follows: "scheduled
// for Saturday", "said on Monday", "will vote next Monday".
func (m *matcher) tenseBefore(i int) tense {
	k := i - 1
	for n := 0; n < 3 && m.low(k, "on", "for", "at", "by", "until", "till", "to", "in", "from", "around", "about", "the", "late", "early", "again"); n++ {
		k--
	}
	if m.low(k, "of") && m.low(k-1, "ahead") || m.low(i-1, "of") && m.low(i-2, "ahead") {
		return future
	}
	switch m.at(k).low {
	case "scheduled", "due", "slated", "planned", "expected", "rescheduled", "postponed", "upcoming", "deadline", "set":
		if m.at(k).low == "set" && !m.low(k+1, "for") {
			break
		}
		if m.low(k-1, "been", "originally", "initially") || m.low(k-1, "had") {
			return past
		}
		return future
	case "open", "opens", "close", "closes", "begin", "begins", "start", "starts", "resume", "resumes", "expire", "expires", "votes":
		if t := m.modalBefore(k); t != unknown {
			return t
		}
		return future
	}
	tok := m.at(k).token
	if k < 0 || tok >= len(m.doc.Tokens) || m.doc.Tokens[tok].UPOS != "VERB" {
		return unknown
	}
	if t := m.modalBefore(k); t != unknown {
		return t
	}
	t, _ := verbTense(m.doc, m.verbs, tok)
	return t
}

// modalBefore looks for "will" and its like left of a verb.
func (m *matcher) modalBefore(k int) tense {
	have := false
	for n := 1; n <= 4; n++ {
		switch m.at(k - n).low {
		case "have":
			have = true
		case "will", "shall", "would", "ll", "won":
			if have {
				return past
			}
			return future
		case "said", "that", ",", ".", "and", "was", "were", "had":
			return unknown
		}
	}
	return unknown
}

// wordTense is the same for a text without a parse: the nearest mark of the
// future before the words, in the same sentence.
func (m *matcher) wordTense(i int) tense {
	const reach = 20 // words
	for k := i - 1; k >= 0 && k > i-reach; k-- {
		w := m.at(k)
		if w.kind == mark && (w.low == "." || w.low == "?" || w.low == "!") {
			break
		}
		switch w.low {
		case "will", "would", "scheduled", "due", "upcoming", "expected", "plans", "ll":
			return future
		case "said", "told", "was", "were", "had", "did":
			return past
		}
	}
	return unknown
}
