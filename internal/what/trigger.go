package what

import (
	"sort"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// mention is one place in the text that tells of a happening.
type mention struct {
	token    int
	sentence int
	span     news.Span   // the trigger
	also     []news.Span // other words that tell of it: "would not hesitate"
	rule     *rule
	frame    *frame
	typ      news.EventType
	mode     string
	ownMode  bool // the mode is told by this mention, not filled in
	status   status
	strength int  // nouns only, see nounStatus
	onlyJoin bool // too vague to be an event unless the text tells of it elsewhere
	effect   bool // harm that belongs to another happening where there is one
	heading  bool

	actors, recipients []news.Party
	place              *placing
	places             []placing
	time               *news.EventTime
	counts             []*count
	modality           news.Modality
	spoken             []int         // statements whose content holds it
	charge             news.Modality // alleged or denied where only a claim holds it
}

// claimed reports whether a mention stands in an accusation or a denial.
func (m *mention) claimed() bool {
	return m.charge != "" || m.modality == news.Alleged || m.modality == news.Denied
}

// label is the type that the record shows: the user's own where one of their
// rules coded the mention and nothing turned it into something else.
func (m *mention) label() news.EventType {
	if m.rule.own != "" && m.typ == m.rule.typ {
		return m.rule.own
	}
	return m.typ
}

// triggers reads every word that a rule fits.
func (r *reading) triggers() []*mention {
	var found []*mention
	doc := r.doc
	for s, sentence := range doc.Sentences {
		if r.skip[sentence.Block] {
			continue
		}
		for i := sentence.From; i < sentence.To; i++ {
			r.trace.on(i)
			m := r.triggerAt(i)
			if m == nil {
				r.trace.unread(r, i)
				continue
			}
			m.sentence, m.heading = s, r.heading[sentence.Block]
			found = append(found, m)
		}
	}
	found = r.sift(found)
	for n, m := range found {
		r.trigger[m.token] = int32(n)
	}
	for _, m := range found {
		r.trace.on(m.token)
		r.fill(m)
	}
	r.trace.on(-1)
	return found
}

// triggerAt reads one word; nil where it names no event.
func (r *reading) triggerAt(i int) *mention {
	t := r.doc.Tokens[i]
	verbs, nouns := r.c.verbs[r.lemma[i]], r.c.nouns[r.lemma[i]]
	if known := r.c.nounLemma(t.Form); known != "" && r.nounAnyway(i) {
		r.lemma[i] = known
		return r.nounTrigger(i, r.c.nouns[known])
	}
	if verbs == nil && r.headlineVerb(i) {
		r.lemma[i] = r.c.verbForms[strings.ToLower(t.Form)]
		verbs = r.c.verbs[r.lemma[i]]
	}
	if verbs == nil && nouns == nil {
		return nil
	}
	if verbs != nil && r.misTagged(i) {
		f := r.surfaceFrame(i)
		rule := r.choose(verbs, f)
		if rule == nil {
			return nil
		}
		return r.newMention(i, rule, f, stated, 0)
	}
	switch t.UPOS {
	case "AUX":
		return r.demandAt(i)
	case "ADP", "ADV":
		// The last part of a hyphened noun: "a sit-in".
		if nouns == nil || i == 0 || r.doc.Tokens[i-1].Form != "-" {
			return nil
		}
		return r.nounTrigger(i, nouns)
	case "VERB":
		if verbs == nil {
			return nil
		}
		return r.verbTrigger(i, verbs)
	case "ADJ":
		if verbs == nil || t.XPOS == "JJ" && !hasSuffix(t.Form, "ed") && !r.isReady(i) {
			return nil
		}
		return r.verbTrigger(i, verbs)
	case "PROPN":
		// Words of headlines in capitals are tagged as names.
		if !r.heading[r.doc.Sentences[r.doc.SentenceOf(i)].Block] || r.inLongName(i) {
			return nil
		}
		fallthrough
	case "NOUN":
		if nouns == nil {
			return nil
		}
		return r.nounTrigger(i, nouns)
	}
	return nil
}

func hasSuffix(s, suffix string) bool {
	return len(s) > len(suffix) && s[len(s)-len(suffix):] == suffix
}

// nameAt returns the index of the name that holds a token, -1 for none.
func (r *reading) nameAt(i int) int {
	names := r.doc.Names
	n := sort.Search(len(names), func(k int) bool { return names[k].To > i })
	if n < len(names) && names[n].From <= i {
		return n
	}
	return -1
}

func (r *reading) verbTrigger(i int, rules []*rule) *mention {
	f := r.verbFrame(i)
	rule := r.choose(rules, f)
	if rule == nil {
		return nil
	}
	if r.describes(i, rule) {
		r.because("it describes the noun after it, and tells of nothing")
		return nil
	}
	st := r.clauseStatus(i, rule.has(flagSpeech), 0)
	st.habitual = st.habitual || r.definesNoun(i, rule)
	m := r.newMention(i, rule, f, st, 0)
	if m.onlyJoin = r.tellsAgain(i, rule); m.onlyJoin {
		r.because("it says which one is meant, and can tell again of what is told elsewhere")
	}
	return m
}

func (r *reading) nounTrigger(i int, rules []*rule) *mention {
	f := r.nounFrame(i)
	rule := r.choose(rules, f)
	if rule == nil {
		return nil
	}
	if rule.typ == news.Protest && r.lemma[i] == "strike" && r.fromAir && !rule.asks("subj") && !rule.asks("mod") && !rule.asks("case") {
		rule = rules[len(rules)-1] // "one of the strikes", after airstrikes
		if rule.typ != news.Assault {
			return nil
		}
	}
	st, strength := r.nounStatus(f)
	if f.carried && (rule.typ == news.Protest || rule.typ == news.Consult) {
		switch r.lemma[f.carrier] {
		case "announce", "call", "schedule", "plan":
			st.future, strength = true, strength+1 // "announced a strike for Friday"
		}
	}
	m := r.newMention(i, rule, f, st, strength)
	if f.carried && r.lemma[f.carrier] == "sign" {
		m.also = append(m.also, r.doc.Span(f.carrier, f.carrier+1))
	}
	return m
}

func (r *reading) newMention(i int, rule *rule, f *frame, st status, strength int) *mention {
	m := &mention{token: i, rule: rule, frame: f, typ: rule.typ, mode: rule.mode, ownMode: rule.mode != "",
		status: st, strength: strength, span: r.triggerSpan(i, f.noun), effect: rule.has(flagEffect)}
	if m.typ == news.Protest && r.lemma[i] == "go" {
		for _, p := range f.preps {
			if r.lemma[p.head] == "strike" {
				m.also = append(m.also, r.doc.Span(p.head, p.head+1)) // "went on strike"
			}
		}
	}
	if m.typ == news.Disaster && !f.noun {
		for _, h := range f.subj {
			if h < i && r.c.classes["storm"][r.lemma[h]] && r.c.nouns[r.lemma[h]] != nil {
				m.also = append(m.also, r.doc.Span(h, h+1)) // the quake that shook
			}
		}
	}
	if m.typ == news.Threat && !f.noun && len(f.comp) > 0 && f.comp[0] > i {
		m.also = append(m.also, r.doc.Span(f.comp[0], f.comp[0]+1)) // what is threatened
	}
	return m
}

// triggerSpan is the trigger with what makes one word of it: the particle of a
// verb that stands beside it, the compound before a noun.
func (r *reading) triggerSpan(i int, noun bool) news.Span {
	doc := r.doc
	from, to := i, i+1
	if noun {
		for from > 0 {
			p := doc.Tokens[from-1]
			if p.Head != i && (p.Form != "-" || from <= 1) || p.UPOS == "PROPN" || p.Deprel != "compound" && p.Form != "-" || r.isTime(from-1) {
				break
			}
			from--
		}
		for from < i && doc.Tokens[from].Form == "-" {
			from++
		}
	} else if to < len(doc.Tokens) && doc.Tokens[to].Head == i && doc.Tokens[to].Deprel == "compound:prt" && r.c.particles[r.lemma[to]] && (to+1 >= len(doc.Tokens) || doc.Tokens[to+1].UPOS != "NUM") {
		to++
	}
	return doc.Span(from, to)
}

// sift settles what each trigger is once all are known: what is threatened,
// promised or planned, what stands for a happening told elsewhere, and what is
// none at all.
func (r *reading) sift(all []*mention) []*mention {
	var kept []*mention
	for _, m := range all {
		m.spoken = r.statementsAt(m.span)
		r.trace.on(m.token)
		if r.settle(m) {
			kept = append(kept, m)
		}
	}
	return kept
}

// settle gives a mention its modality; false where it is no event.
func (r *reading) settle(m *mention) bool {
	st := m.status
	m.modality = st.modality
	if r.asks(m.sentence) {
		m.onlyJoin = true // "Who fired on the market?", over a story of it
		r.because("its sentence is a question")
		return r.heading[r.doc.Sentences[m.sentence].Block]
	}
	if m.rule.has(flagGeneric) {
		m.onlyJoin = true
		r.because("a word for any happening, which can only tell again of one")
		return m.strength >= 2 && !st.unreal
	}
	if r.imagined(m) || r.opensLife(m.sentence) {
		return r.drop("it is part of a story, a drill or a life, or a figure of speech")
	}
	if r.threatens(m) {
		r.because("what its doer says will or would come is a threat")
		return true
	}
	if st.modality == news.Denied {
		return true
	}
	if st.unstarted && cooperative(m.typ) {
		return r.drop("the readiness to do it is coded in its stead") // "is willing to withdraw"
	}
	if r.refuses(m) {
		r.because("what its doer says will not be done is a refusal")
		return true
	}
	if m.rule.has(flagRefusal) {
		return r.drop("nobody refuses to do it")
	}
	if st.future && !st.unreal {
		r.because("it is still to come")
		return r.settleFuture(m)
	}
	if m.frame.verb >= 0 && (!m.frame.noun || m.frame.carried) && r.overYears(m.frame.verb) {
		return r.drop("it sums up what was done over the years")
	}
	if st.unreal || st.habitual && !r.dated(m) {
		if m.frame.noun && st.presumed && m.strength >= 2 {
			m.onlyJoin = true
			r.because("taken as given: it can tell again of what is told elsewhere")
			return true
		}
		return r.drop("no one certain happening")
	}
	if m.frame.noun {
		need := 2
		if m.rule.has(flagWeak) {
			need = 3
		}
		happens := r.happens(m)
		if happens {
			need = 2
		}
		if m.strength < need || m.rule.has(flagWeak) && !st.presumed && !happens && !r.anchored(m) && !r.dated(m) {
			m.onlyJoin = true
			r.because("nothing beside the noun says that one certain happening is meant")
			return m.strength > 0 || harmful(m.typ)
		}
	} else if m.rule.has(flagWeak) && !m.effect && !r.anchored(m) || m.effect && m.rule.has(flagSwap) {
		m.onlyJoin = true // "died" alone says nothing of what killed
		r.because("too weak a word without a date, a place or a party that goes by a name")
	}
	return true
}

// happens reports whether a noun is the subject of a verb that says of it that
// it took place or did harm: "an explosion tore through a hotel".
func (r *reading) happens(m *mention) bool {
	v := m.frame.carrier
	if next := m.token + 1; v < 0 && r.doc.Tokens[m.token].Head < 0 && next < len(r.lemma) && r.doc.Tokens[next].Head == m.token {
		// The verb read as something else: "An explosion tore through a hotel".
		past := r.c.pastForms[strings.ToLower(r.doc.Tokens[next].Form)]
		return r.c.classes["happen"][past.lemma]
	}
	if v < 0 || m.frame.carried || !r.c.classes["happen"][r.lemma[v]] || r.negated(v) {
		return false
	}
	switch r.tenseOf(v) {
	case past, perfect, pastPerfect, progressive:
		return true
	case present:
		return m.modality == news.Ongoing
	}
	return false
}

// settleFuture codes what is announced: a visit or help to come is an
// agreement, a withdrawal to come a concession, the rest is planned.
func (r *reading) settleFuture(m *mention) bool {
	if m.typ == news.Consult && m.frame.noun && !m.frame.carried {
		m.modality = news.Planned // "talks are due to open on Friday"
		return r.dated(m)
	}
	switch m.typ {
	case news.Consult, news.Support, news.Cooperate, news.Aid:
		if m.status.would && !r.saidByDoer(m) {
			return false
		}
		m.typ, m.mode, m.ownMode = news.Agree, "", false
		m.modality = news.Occurred
		return !m.frame.noun || m.strength >= 2
	case news.Retreat, news.Concede:
		m.typ, m.mode, m.ownMode = news.Concede, "", false
		m.modality = news.Occurred
		return true
	case news.Protest, news.Sanction, news.Coerce, news.Mobilize:
		m.modality = news.Planned
		return r.dated(m) || len(m.frame.subj) > 0
	}
	return false
}

// anchored reports whether a verb has a date, place or named party beside it.
func (r *reading) anchored(m *mention) bool {
	for _, heads := range [][]int{m.frame.subj, m.frame.obj} {
		for _, h := range heads {
			if r.goesByName(r.entity(h)) || r.namedModifier(h) {
				return true
			}
		}
	}
	for _, p := range m.frame.preps {
		if r.isTime(p.head) || r.goesByName(r.entity(p.head)) {
			return true
		}
	}
	return false
}

// namedModifier reports whether a noun is told apart by a name before it: "UN
// troops", "Norwegian negotiators".
func (r *reading) namedModifier(h int) bool {
	for _, c := range r.doc.Children(h) {
		switch rel := r.doc.Tokens[c].Deprel; {
		case rel == "compound", nlp.IsRel(rel, "amod"), rel == "nmod:poss":
			if r.goesByName(r.entity(c)) {
				return true
			}
		}
	}
	return false
}

// asks reports whether a sentence is a question.
func (r *reading) asks(s int) bool {
	sentence := r.doc.Sentences[s]
	for i := sentence.To - 1; i >= sentence.From && i >= sentence.To-3; i-- {
		if r.doc.Tokens[i].Form == "?" {
			return true
		}
	}
	return false
}

// statementsAt lists the statements whose content holds a span, outermost
// first.
func (r *reading) statementsAt(span news.Span) []int {
	first := r.doc.TokenAt(span.Start)
	if first >= len(r.doc.Tokens) {
		return nil
	}
	var hold []int
	for _, s := range r.spoken[r.doc.SentenceOf(first)] {
		content := r.statements[s].Content // in text order
		n := sort.Search(len(content), func(k int) bool { return content[k].End >= span.End })
		if n < len(content) && content[n].Contains(span) {
			hold = append(hold, s)
		}
	}
	return hold
}

// dated reports whether a date stands in the clause of a mention.
func (r *reading) dated(m *mention) bool { return r.clauseTime(m) >= 0 }

// isClause tells relations whose dependent is a clause with a time of its own.
func isClause(rel string) bool {
	return nlp.IsRel(rel, "ccomp") || nlp.IsRel(rel, "xcomp") || nlp.IsRel(rel, "advcl") || nlp.IsRel(rel, "acl") || nlp.IsRel(rel, "parataxis") || nlp.IsRel(rel, "csubj")
}
