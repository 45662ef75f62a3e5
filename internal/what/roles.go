package what

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// fill reads the parties, place, date and mode of a mention.
func (r *reading) fill(m *mention) {
	if m.rule.has(flagGeneric) {
		m.place, m.places = r.findPlaces(m)
		m.time = r.findTime(m)
		return
	}
	r.fillMode(m)
	r.fillParties(m)
	m.charge = r.charged(m)
	m.place, m.places = r.findPlaces(m)
	m.time = r.findTime(m)
}

// fillMode looks for words that say by what means.
func (r *reading) fillMode(m *mention) {
	near := r.nearbyLemmas(m)
	for _, cue := range r.c.modes {
		if cue.typ != m.label() || cue.sentence {
			continue
		}
		if m.ownMode && !r.refines(m, cue.mode) {
			continue
		}
		for _, w := range near {
			if cue.words[w] {
				m.mode, m.ownMode = cue.mode, true
				r.modeBy(cue, w)
				return
			}
		}
	}
	if m.mode != "" || m.effect {
		return
	}
	s := r.doc.Sentences[m.sentence]
	for _, cue := range r.c.modes {
		if cue.typ != m.label() || !cue.sentence {
			continue
		}
		for i := max(s.From, m.token-nearWords); i < min(s.To, m.token+nearWords); i++ {
			if cue.words[r.lemma[i]] {
				m.mode = cue.mode
				r.modeBy(cue, r.lemma[i])
				return
			}
		}
	}
}

// refines reports whether a nearby word may overrule the trigger's own mode:
// a bombing may turn out a suicide attack, an arrest stays one.
func (r *reading) refines(m *mention, mode string) bool {
	if m.typ != news.Assault {
		return false
	}
	switch m.mode {
	case "explosives":
		return mode == "suicide-attack" || mode == "drone" || mode == "aerial"
	case "firearms":
		return mode == "heavy-weapons" && !m.frame.noun && r.lemma[m.token] == "fire"
	case "aerial", "heavy-weapons":
		return mode == "drone" || mode == "unconventional"
	}
	return false
}

// nearbyLemmas are the words that stand close to a trigger in the tree.
func (r *reading) nearbyLemmas(m *mention) []string {
	f := m.frame
	var near []string
	add := func(i int) {
		near = append(near, r.lemma[i])
		for _, c := range r.doc.Children(i) {
			switch rel := r.doc.Tokens[c].Deprel; {
			case rel == "compound", nlp.IsRel(rel, "amod"), rel == "appos", rel == "obj", nlp.IsRel(rel, "nmod") && rel != "nmod:poss", rel == "acl":
				near = append(near, r.lemma[c])
			}
		}
	}
	for _, heads := range [][]int{f.subj, f.obj, f.modifiers} {
		for _, h := range heads {
			add(h)
		}
	}
	for _, p := range f.preps {
		switch p.word {
		case "with", "by", "using", "on", "of", "from", "for", "to", "in", "against", "at":
			add(p.head)
		}
	}
	if speechType(m.typ) {
		for _, h := range f.comp {
			add(h)
		}
	}
	return near
}

// speechType tells the types that are done with words.
func speechType(t news.EventType) bool {
	switch t {
	case news.Request, news.Reject, news.Threat, news.AccuseEv, news.Agree, news.Support, news.Concede:
		return true
	}
	return false
}

// recipientPreps are the prepositions that a type's recipient stands after.
var recipientPreps = map[news.EventType][]string{
	news.Assault:   {"on", "against", "at", "iobj", "upon", "into"},
	news.Coerce:    {"on", "against", "iobj"},
	news.Sanction:  {"on", "against", "with", "to", "from"},
	news.AccuseEv:  {"against", "at", "on", "of", "to"},
	news.Request:   {"on", "to", "from", "upon", "of", "with"},
	news.Reject:    {"from", "by", "with", "to"},
	news.Threat:    {"against", "to", "on", "with"},
	news.Protest:   {"against", "at"},
	news.Mobilize:  {"against", "toward", "towards"},
	news.Consult:   {"with", "to", "between", "iobj"},
	news.Agree:     {"with", "to", "for", "between", "iobj"},
	news.Support:   {"to", "for", "with", "between"},
	news.Concede:   {"to", "on", "for"},
	news.Cooperate: {"with", "to", "between"},
	news.Aid:       {"to", "for", "iobj"},
	news.Retreat:   {"from", "to", "with", "between"},
}

// fillParties finds who acts and who is acted on.
func (r *reading) fillParties(m *mention) {
	f := m.frame
	subj, obj := f.subj, f.obj
	if f.noun && m.rule.has(flagPossessed) {
		var poss []int
		for _, h := range subj {
			if r.doc.Tokens[h].Deprel == "nmod:poss" && r.doc.Tokens[h].Head == m.token {
				obj = append(obj, h)
			} else {
				poss = append(poss, h)
			}
		}
		subj = poss
	}
	if f.noun && m.rule.has(flagDoerAfterOf) {
		subj, obj = append(slices.Clone(subj), obj...), nil
	}
	preps := m.rule.recipient
	if preps == nil {
		preps = recipientPreps[m.typ]
	}
	for _, h := range subj {
		if r.c.classes["instrument"][r.lemma[h]] {
			r.addHolder(&m.actors, m, h) // "Russian missiles": whose they are
			continue
		}
		r.addParty(&m.actors, m, h)
	}
	swapped := m.rule.has(flagSwap) || f.carrier >= 0 && f.carried && r.c.classes["suffer"][r.lemma[f.carrier]]
	if swapped {
		m.actors, m.recipients = nil, m.actors
		for _, p := range f.preps {
			if p.word == "from" || p.word == "by" {
				r.addParty(&m.actors, m, p.head)
			}
		}
	}
	for _, h := range obj {
		if r.c.classes["instrument"][r.lemma[h]] && r.c.classes["wield"][r.lemma[m.token]] {
			continue // "fired rockets": what it is done with
		}
		r.addParty(&m.recipients, m, h)
		if len(m.recipients) == 0 && speechType(m.typ) {
			r.addHolder(&m.recipients, m, h)
		}
	}
	for _, p := range f.preps {
		fits := slices.Contains(preps, p.word) || m.rule.has(flagMutual) && (p.word == "with" || p.word == "between" || p.word == "among")
		if p.nested && speechType(m.typ) || !fits || slices.Contains(subj, p.head) || slices.Contains(obj, p.head) {
			continue
		}
		if p.word == "of" && !f.noun && m.typ != news.Request {
			continue // "accused the bank of fraud": the charge
		}
		into := &m.recipients
		if m.rule.has(flagMutual) {
			into = &m.actors
		}
		r.addParty(into, m, p.head)
	}
	if m.typ == news.AccuseEv && len(obj) == 0 && len(f.comp) > 0 {
		// "a warning that the regime was a threat": the one it is said of.
		if s := r.doc.Child(f.comp[0], "nsubj"); s >= 0 {
			m.recipients = nil
			r.addParty(&m.recipients, m, s)
		}
	}
	switch {
	case m.typ == news.Retreat || m.typ == news.Aid:
		// "swapped prisoners": both sides act, on those who are swapped.
	case m.rule.has(flagMutual) && len(m.recipients) > 0 && !f.noun:
		// "clashed with", "met": everybody acts.
		for _, p := range m.recipients {
			if !holds(m.actors, p) {
				m.actors = append(m.actors, p)
			}
		}
		m.recipients = nil
	case m.rule.has(flagMutual):
		for _, h := range obj {
			r.addParty(&m.actors, m, h)
		}
		m.recipients = nil
	}
	if m.typ == news.Accident || m.typ == news.Disaster {
		m.actors = nil // nobody's act
		m.recipients = slices.DeleteFunc(m.recipients, func(p news.Party) bool {
			e := r.byID(p.Entity)
			if w := lastWord(p.Text); w == "banks" || w == "bank" {
				return true // a river's
			}
			return e != nil && classOf(e.Type)&(classPlace|classCountry) != 0
		})
	}
	m.recipients = slices.DeleteFunc(m.recipients, func(p news.Party) bool { return holds(m.actors, p) })
}

// addHolder takes the party that a thing belongs to: the offer that is
// rejected ("the rebels' offer"), the attack that is condemned ("by the
// rebels"), the weapon that strikes.
func (r *reading) addHolder(into *[]news.Party, m *mention, h int) {
	for _, c := range r.doc.Children(h) {
		t := r.doc.Tokens[c]
		switch {
		case t.Deprel == "nmod:poss", t.Deprel == "compound", nlp.IsRel(t.Deprel, "amod"):
			if e := r.entity(c); e != nil && classOf(e.Type)&classParty != 0 {
				r.addParty(into, m, c)
				return
			}
		case nlp.IsRel(t.Deprel, "nmod"):
			switch r.preposition(c) {
			case "by", "from", "of":
				if e := r.entity(c); e != nil && classOf(e.Type)&classParty != 0 {
					r.addParty(into, m, c)
					return
				}
			}
		}
	}
}

func holds(parties []news.Party, p news.Party) bool {
	for _, q := range parties {
		if q.Entity.Known() && q.Entity == p.Entity || q.Overlaps(p.Span) {
			return true
		}
	}
	return false
}

// addParty adds the phrase headed by h where it can take part: an entity, or
// people, forces and what is hit.
func (r *reading) addParty(into *[]news.Party, m *mention, h int) {
	if r.isTime(h) || r.doc.Tokens[h].UPOS == "VERB" || h == m.token || r.lemma[h] == "who" && r.asks(m.sentence) {
		return
	}
	var p news.Party
	e := r.entity(h)
	if e == nil && r.c.quantity[r.lemma[h]] {
		for _, c := range r.doc.Children(h) {
			if nlp.IsRel(r.doc.Tokens[c].Deprel, "nmod") && r.preposition(c) == "of" {
				e = r.entity(c)
				break
			}
		}
	}
	switch {
	case e != nil:
		if classOf(e.Type)&(classPlace|classFacility) != 0 && into == &m.actors {
			return
		}
		if classOf(e.Type)&classParty == 0 && m.typ != news.Assault && m.typ != news.Accident && m.typ != news.Disaster && m.typ != news.Coerce && e.Type != news.OtherEntity {
			if classOf(e.Type)&(classPlace|classFacility) == 0 || m.typ != news.Consult {
				return
			}
		}
		p.Entity = news.Optional(e.ID)
	case r.isParticipant(h):
	default:
		return
	}
	p.Span = r.phrase(h)
	if t := r.doc.Tokens[m.token]; p.Start <= t.Start && t.End <= p.End && m.token < h {
		p.Span = r.doc.Span(m.token+1, h+1)
	}
	if !holds(*into, p) {
		*into = append(*into, p)
	}
}

// isParticipant tells words for people, forces and things that are struck.
func (r *reading) isParticipant(h int) bool {
	l := r.lemma[h]
	for _, class := range []string{"armed", "people", "structure", "troops", "police", "body"} {
		if r.c.classes[class][l] {
			return true
		}
	}
	if r.c.quantity[l] {
		for _, c := range r.doc.Children(h) {
			if nlp.IsRel(r.doc.Tokens[c].Deprel, "nmod") && (r.c.classes["people"][r.lemma[c]] || r.c.classes["armed"][r.lemma[c]]) {
				return true
			}
		}
		return r.doc.Tokens[h].UPOS == "NUM"
	}
	return false
}

// phrase is the words of a noun phrase: the mention of its entity where it
// heads one, else the head with what stands before it.
func (r *reading) phrase(h int) news.Span {
	if m := r.heads[h]; m >= 0 {
		mention := r.cast.Mentions[m]
		return r.doc.Span(mention.From, mention.To)
	}
	from, to := h, h+1
	for _, c := range r.doc.Children(h) {
		switch rel := r.doc.Tokens[c].Deprel; {
		case rel == "det", rel == "compound", nlp.IsRel(rel, "amod"), rel == "nummod", rel == "nmod:poss":
			if c < from && h-c <= 8 {
				from = c
			}
		case rel == "flat":
			if c >= to && c-h <= 6 {
				to = c + 1
			}
		case nlp.IsRel(rel, "nmod") && r.c.quantity[r.lemma[h]] && c > h && c-h <= 4:
			to = c + 1
		}
	}
	if h-from > 0 && r.doc.Tokens[from].UPOS != "NUM" {
		for _, c := range r.doc.Children(from) {
			if rel := r.doc.Tokens[c].Deprel; rel != "case" && rel != "punct" && c < from && from-c <= 3 {
				from = c
			}
		}
	}
	return r.doc.Span(from, to)
}
