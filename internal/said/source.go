package said

// sourceOf finds who speaks by verb v: its subject, the agent of a passive, the
// noun that a relative clause or participle hangs on, or the subject of the
// verb that governs it. ok is false where the grammar leaves it open.
func (r *reading) sourceOf(v int) (source, bool) {
	if s, ok := r.lent[v]; ok {
		return s, true
	}
	if first, ok := r.follows[v]; ok && first < v {
		return r.subjectOf(first)
	}
	if s, ok := r.mainSpeaker(v); ok {
		return s, true
	}
	if r.passive(v) {
		if a := r.agent(v); a >= 0 {
			return r.phrase(a), true
		}
		return noSource, true
	}
	return r.subjectOf(v)
}

// mainSpeaker is the speaker of a participle that trails a sentence after a
// comma, ", noting that …": the subject of the sentence's main verb, whichever
// verb in between the parser hung it on.
func (r *reading) mainSpeaker(v int) (source, bool) {
	if !r.participle(v) || !r.speechVerb(v) || r.doc.Child(v, "nsubj") >= 0 {
		return noSource, false
	}
	from, _ := r.sentence(v)
	if v <= from {
		return noSource, false
	}
	i := v - 1
	for i > from && (r.tok(i).UPOS == "ADV" || r.word(i) == "while" || r.word(i) == "and") {
		i--
	}
	if r.tok(i).Form != "," && r.tok(i).Form != "—" {
		return noSource, false
	}
	// “…,” she said, adding, “…”
	for n := v - 1; n >= from && n > v-60; n-- {
		r.steps++
		k, ok := r.byCue[n]
		if !ok {
			continue
		}
		f := &r.found[k]
		if f.source.head < 0 || r.quoteAt[n] != r.quoteAt[v] {
			continue
		}
		// "The road is closed, Lund said, | adding that": who said it just before,
		// whatever the first clause is about.
		if f.direct || f.end() == r.tok(i-1).End || i == f.cueTo || i == f.source.to && f.source.head > f.cue {
			return f.source, true
		}
	}
	main := v
	for climbs := 0; climbs < 12 && r.tok(main).Head >= 0; climbs++ {
		main = r.tok(main).Head
	}
	if main >= v || !r.finite(main) && !r.hasAux(main) {
		return noSource, false
	}
	return r.subjectOf(main)
}

// subjectOf is sourceOf for the surface subject, whatever the voice.
func (r *reading) subjectOf(v int) (source, bool) {
	for climbs := 0; climbs < 8; climbs++ {
		if s := r.subjectChild(v); s >= 0 {
			return r.widen(v, r.joined(v, s, r.antecedent(v, s))), true
		}
		h := r.tok(v).Head
		if h < 0 {
			return noSource, false
		}
		switch {
		case r.rel(v, "conj"):
			if s := r.clauseSubject(v); s.head >= 0 {
				return s, true
			}
			// "denied the claim and warned Norway": one subject for both. After
			// a passive the subject is still the surface one.
		case r.rel(v, "xcomp"):
			// "urged Norway to say": the object speaks. "began to say", "is
			// expected to say": the subject does.
			if o := r.doc.Child(h, "obj", "iobj"); o >= 0 && o < v && !r.passive(h) && !r.participle(v) {
				return r.phrase(o), true
			}
		case r.passesOn(h) && r.participle(v) && !r.passive(h):
			if o := r.doc.Child(h, "obj", "iobj"); o > h {
				return r.phrase(o), true // "the agency quotes her as saying"
			}
		case r.rel(v, "advcl"):
			if r.passive(h) && !r.participle(v) {
				return noSource, false
			}
		case r.rel(v, "acl"):
			if r.nominal(h) {
				if r.tok(v).XPOS == "VB" {
					return r.holder(h) // "a decision to ask": who decided
				}
				return r.phrase(h), true // "a letter saying that"
			}
		case r.rel(v, "parataxis", "ccomp", "dep"):
			if !r.participle(v) {
				return noSource, false
			}
		default:
			return noSource, false
		}
		v = h
	}
	return noSource, false
}

// clauseSubject is the noun phrase that stands alone between ", and" and verb v: the
// clause has a subject of its own, whatever the parser made of it. "Oslo knew in
// May, and | the harbour office, a state body, | has confirmed it."
func (r *reading) clauseSubject(v int) source {
	from, _ := r.sentence(v)
	head := -1
	for i := r.groupFrom(v) - 1; i > from && i > v-16; i-- {
		switch t := r.tok(i); {
		case t.UPOS == "CCONJ" && r.tok(i-1).Form == ",":
			if head < 0 {
				return noSource
			}
			s := r.phrase(head)
			s.from = max(s.from, i+1)
			return s
		case r.nominal(i) && !r.inTime(i):
			if h := t.Head; head < 0 || h <= i || h >= head || r.tok(i+1).Form == "," {
				head = i // the first noun phrase that ends before a comma or v
			}
		case t.UPOS == "DET", t.UPOS == "ADJ", t.UPOS == "ADP", t.Form == ",", t.Form == "-", t.UPOS == "PART", t.XPOS == "PRP$":
		default:
			return noSource
		}
	}
	return noSource
}

func (r *reading) participle(v int) bool { return r.tok(v).XPOS == "VBG" }

// subjectChild is the subject of v, -1 where it has none. Of two with a comma
// between them the nearer one speaks: "Port to close, minister says".
func (r *reading) subjectChild(v int) int {
	s := r.doc.Child(v, "nsubj", "csubj")
	if s < 0 || s > v {
		return s
	}
	if r.tok(s).UPOS == "ADJ" && s > 0 && r.nominal(s-1) && r.doc.SentenceOf(s-1) == r.doc.SentenceOf(s) {
		return s - 1 // "officials | familiar with the talks said"
	}
	for _, c := range r.doc.Children(v) {
		// Of two that stand side by side the second is the name: "leader | Ana Costa".
		if c > s && c < v && r.rel(c, "nsubj") && (r.tok(max(r.lo[c]-1, 0)).Form == "," || r.lo[c] == s+1) {
			s = c
		}
	}
	return s
}

// titleWord reports whether token i may be part of a title before a name.
func (r *reading) titleWord(i int) bool {
	t := r.tok(i)
	if r.inTime(i) && (t.UPOS == "NUM" || r.lemma(i) != "year") || r.quoteAt[i] >= 0 {
		return false
	}
	switch r.word(i) {
	case "mr", "mrs", "ms", "dr", "retired", "acting", "outgoing", "incoming", "visiting", "exiled", "ousted", "elected":
		return true
	}
	switch t.UPOS {
	case "PROPN":
		return true
	case "NOUN", "ADJ":
		return t.XPOS != "NNS" && t.XPOS != "CD" || r.word(i) == "police"
	}
	return false
}

// widen takes into a source what stands between it and its verb, where that is
// only more of a title, name or list: "Harbour Board | secretary-general Omar
// Aziz said", "Tonga, | Niger and Mali said".
func (r *reading) widen(v int, s source) source {
	end := r.groupFrom(v)
	if s.head < 0 || s.to >= end || end-s.to > 14 || s.head >= v {
		return s
	}
	list, comma, name := false, false, -1
	if r.tok(s.to).UPOS == "ADJ" && s.to+1 < end && r.tok(s.to+1).UPOS == "ADP" {
		for i := s.to; i < end; i++ {
			switch r.tok(i).UPOS {
			case "ADJ", "ADP", "DET", "NOUN", "PROPN":
			default:
				return s
			}
		}
		s.to = end // "officials | familiar with the talks"
		return s
	}
	for i := s.to; i < end; i++ {
		switch t := r.tok(i); {
		case t.UPOS == "PROPN":
			name = i
		case t.UPOS == "NOUN", t.UPOS == "ADJ", t.UPOS == "NUM", t.UPOS == "DET" && comma, t.Form == "-", r.word(i) == "of" && comma:
			if r.inTime(i) {
				return s
			}
		case t.Form == ",":
			comma = true
		case r.word(i) == "and" || r.word(i) == "or":
			list = true
		default:
			return s
		}
	}
	if comma && !list {
		return s
	}
	s.to = end
	if !list && name >= 0 {
		if e := r.cast.At(name); e >= 0 && e != r.cast.At(s.head) {
			s.head = name
		}
	}
	return s
}

// passesOn reports whether verb v passes on another's words.
func (r *reading) passesOn(v int) bool { return r.lemma(v) == "quote" || r.lemma(v) == "cite" }

// asSaying reports whether participle v ends "quoted the minister as | saying".
func (r *reading) asSaying(v int) bool {
	h := r.tok(v).Head
	return h >= 0 && h < v && r.participle(v) && r.word(v-1) == "as" && r.passesOn(h)
}

// joined adds a second subject of v that the parser did not see is coordinated
// with the first: "the mayor | and the police chief said".
func (r *reading) joined(v, s int, src source) source {
	if src.head != s {
		return src
	}
	for _, c := range r.doc.Children(v) {
		if c > s && c < v && r.rel(c, "nsubj") && r.lo[c] > s {
			if p := r.phrase(c); p.from == src.to+1 && r.word(src.to) == "and" {
				src.to = p.to
			}
		}
	}
	return src
}

// antecedent is the noun behind a relative pronoun that is the subject of v.
func (r *reading) antecedent(v, s int) source {
	switch r.tok(s).XPOS {
	case "WP", "WDT":
	default:
		if w := r.word(s); w != "who" && w != "which" && (w != "that" || !r.rel(v, "acl")) {
			return r.phrase(s)
		}
	}
	for climbs := 0; v >= 0 && climbs < 6; climbs++ {
		h := r.tok(v).Head
		if r.rel(v, "acl") && h >= 0 {
			return r.phrase(r.beforeTime(h))
		}
		if !r.rel(v, "conj", "xcomp", "ccomp") {
			break
		}
		v = h
	}
	// The parser may hang the clause elsewhere: the noun before the comma.
	for i := s - 1; i >= 0 && i >= s-3; i-- {
		if r.nominal(i) && r.doc.SentenceOf(i) == r.doc.SentenceOf(s) {
			if b := r.beforeTime(i); b != i {
				return r.phrase(b)
			}
			return r.phrase(r.topNominal(i))
		}
		if !r.punct(i) {
			break
		}
	}
	return r.phrase(s)
}

// beforeTime is the noun that a clause is about, where it was hung on a day that stands
// between: "a letter from his doctor on Friday | afternoon that says" is of the letter.
func (r *reading) beforeTime(i int) int {
	if !r.inTime(i) {
		return i
	}
	from, _ := r.sentence(i)
	for j := i - 1; j >= from && j >= i-4; j-- {
		switch {
		case r.inTime(j) || r.word(j) == "on" || r.word(j) == "last" || r.word(j) == "late" || r.word(j) == "early":
		case r.nominal(j):
			return r.topNominal(j)
		default:
			return i
		}
	}
	return i
}

// topNominal climbs from a noun to the head of the phrase that ends with it:
// from "Oslo" to "mayor" in "the mayor of Oslo".
func (r *reading) topNominal(i int) int {
	for climbs := 0; climbs < 6; climbs++ {
		h := r.tok(i).Head
		if h < 0 || !r.nominal(h) || !r.rel(i, "nmod", "compound", "flat", "appos", "conj") || h > i+1 {
			break
		}
		i = h
	}
	return i
}

// agent is the head of a passive's "by" phrase, -1 where there is none.
func (r *reading) agent(v int) int {
	for _, c := range r.doc.Children(v) {
		if c > v && r.rel(c, "obl", "nmod") && r.caseOf(c) == "by" && r.tok(c).XPOS != "VBG" {
			if r.inTime(c) {
				continue
			}
			return c
		}
	}
	return -1
}

// inTime reports whether token i is a day, a month or another word of time.
func (r *reading) inTime(i int) bool {
	switch r.word(i) {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december":
		c := r.tok(i).Form[0]
		return c >= 'A' && c <= 'Z' // "a march" is no month
	}
	switch r.lemma(i) {
	case "noon", "midnight", "today", "tomorrow", "yesterday", "morning", "evening", "afternoon", "night",
		"week", "month", "year", "day", "weekend", "hour", "minute", "time", "end":
		return true
	}
	return r.tok(i).UPOS == "NUM"
}

// holder finds whose claim a noun is: its possessor, its "by" or "from"
// phrase, an adjective of nationality or office before it ("the Norwegian
// claim", "police reports"), or the subject of the verb whose object it is
// ("the ministry issued a warning").
func (r *reading) holder(n int) (source, bool) {
	for _, c := range r.doc.Children(n) {
		if c < n && r.tok(c).Deprel == "nmod:poss" {
			return r.phrase(c), true
		}
	}
	for _, c := range r.doc.Children(n) {
		if c > n && r.rel(c, "nmod", "obl") {
			switch w := r.caseOf(c); {
			case w == "by", w == "from" && r.lemma(n) != "view":
				return r.phrase(c), true
			}
		}
	}
	if s := r.doc.Child(n, "nsubj"); s >= 0 && s < n && r.doc.Child(n, "cop") >= 0 && r.caseOf(n) == "of" {
		return r.phrase(s), true // "she was of the view that"
	}
	h := r.tok(n).Head
	if h >= 0 && r.rel(n, "obj", "obl", "xcomp") && r.tok(h).UPOS == "VERB" && r.supports(h) {
		return r.sourceOf(h)
	}
	if s, ok := r.lightVerb(n); ok {
		return s, true
	}
	if h >= 0 && r.rel(n, "conj") && r.tok(h).UPOS == "NOUN" {
		for _, c := range r.doc.Children(h) {
			if c < h && r.tok(c).Deprel == "nmod:poss" {
				return r.phrase(c), true
			}
		}
	}
	// "his plan is to", "their hope was that": handled by the possessor.
	for _, c := range r.doc.Children(n) {
		if c < n && r.rel(c, "compound", "amod") && r.cast.At(c) >= 0 {
			return source{head: c, from: c, to: c + 1}, true
		}
	}
	return noSource, false
}

// lightVerb is the speaker of "raised serious doubts" by the words alone, where the
// parser has no object: the subject of the verb that carries noun n.
func (r *reading) lightVerb(n int) (source, bool) {
	from, _ := r.sentence(n)
	v := n - 1
	for v > from && v > n-4 && (r.tok(v).UPOS == "ADJ" || r.tok(v).UPOS == "DET" || r.tok(v).UPOS == "NUM") {
		v--
	}
	if v <= from || r.tok(v).UPOS != "VERB" || r.tok(v).XPOS == "VBG" || !r.supports(v) {
		return noSource, false
	}
	s, ok := r.sourceOf(v)
	if !ok || s.head < 0 || s.head >= v {
		s, ok = r.nearest(v)
	}
	if ok && s.head < v {
		s.to = min(s.to, v)
	}
	return s, ok
}

// supports reports whether verb v only carries the noun that is its object:
// "issue a warning" is to warn.
func (r *reading) supports(v int) bool {
	switch r.lemma(v) {
	case "issue", "make", "give", "raise", "express", "voice", "have", "offer", "release", "reiterate", "repeat",
		"deliver", "hold", "put", "send", "share", "face", "bear", "harbour", "harbor", "nurse", "air", "level", "lodge",
		"file", "take", "present", "announce", "publish", "submit", "advance", "reject", "dismiss", "withdraw", "renew",
		"unveil", "back", "maintain", "abandon", "drop", "defend", "repudiate", "keep", "get", "reach", "come", "propose",
		"adopt", "pursue", "state", "outline", "echo", "show", "float", "stress", "sound", "post", "launch":
		return true
	}
	return false
}
