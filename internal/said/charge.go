package said

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// contentAct is the act that the content alone makes of plain speech, "" where
// it is no more than saying. Of several sentences the first that charges,
// denies, threatens or claims decides; failing that the first that demands,
// promises, warns or asks.
func (r *reading) contentAct(f *finding) news.Act {
	c := charge{reading: r, finding: f, speaker: r.speakerOf(f)}
	if c.silent() {
		return news.DeclineComment
	}
	var act news.Act
	for _, p := range f.pieces {
		i := r.doc.TokenAt(p.start)
		for i < len(r.doc.Tokens) && r.tok(i).Start < p.end {
			_, to := r.sentence(i)
			for to > i && r.tok(to-1).Start >= p.end {
				to--
			}
			if to <= i {
				break
			}
			if a := c.strong(i, to); a != "" {
				return a
			}
			if act == "" {
				act = c.mild(i, to)
			}
			c.later = true
			i = to
		}
	}
	if act == "" && r.questions(f) {
		act = news.Ask
	}
	return act
}

// charge reads the sentences of one content, in order.
type charge struct {
	*reading
	*finding
	speaker int  // entity of the source, -1 where unknown
	named   bool // a party was charged before, so that "they" are that party
	later   bool // past the first sentence
}

// silent: "said it had no comment", "could not comment".
func (c *charge) silent() bool {
	from, to := c.doc.TokenAt(c.start()), c.doc.TokenAt(c.end())
	if to-from > 8 {
		return false
	}
	for i := from + 1; i < to; i++ {
		if c.lemma(i) == "comment" && (c.word(i-1) == "no" || c.word(i-1) == "not" || i > from+1 && c.word(i-2) == "not") {
			return true
		}
	}
	return false
}

// strong is the act of a sentence that takes a side, "" where it takes none.
func (c *charge) strong(from, to int) news.Act {
	if a := c.performs(from, to); a != "" {
		return a
	}
	switch {
	case c.claims(from, to):
		return news.ClaimResponsibility
	case c.denies(from, to):
		return news.Deny
	case c.threatens(from, to):
		return news.Threaten
	case c.accuses(from, to):
		return news.Accuse
	}
	return ""
}

// performs is the act of a verb that does what it says in the first person: "we
// condemn this", "I deny it"; "" where there is none.
func (c *charge) performs(from, to int) news.Act {
	for i := from; i < to && i < from+8; i++ {
		first := c.word(i) == "we" || c.word(i) == "i"
		if !first && (c.direct || i > from || !c.isSelf(i)) {
			continue
		}
		for v := i + 1; v < to && v < i+4; v++ {
			if x := c.tok(v).XPOS; x != "VBP" && (first || x != "VBD" && x != "VBZ") || c.tok(v).UPOS != "VERB" {
				continue
			}
			for _, s := range c.senses(c.cues.verbs, v) {
				if len(s.tail) == 0 && s.weight >= 0.85 && c.acts.performed[c.lemma(v)] {
					return s.act
				}
			}
			return ""
		}
	}
	return ""
}

// isSelf reports whether the pronoun at token i may stand for the speaker: "she
// said | she supported the bill", "the party said | it rejected the vote".
func (c *charge) isSelf(i int) bool {
	if !pronoun(c.word(i)) {
		return false
	}
	if c.speaker < 0 {
		return true
	}
	person := c.cast.Entities[c.speaker].Type == news.Person
	return (c.word(i) == "it") != person
}

// mild is the act of a sentence that looks ahead, "" where it does not.
func (c *charge) mild(from, to int) news.Act {
	switch {
	case c.doubts(from, to):
		return news.Doubt
	case c.demands(from, to):
		return news.Demand
	case c.promises(from, to):
		return news.Promise
	case c.warns(from, to):
		return news.Warn
	}
	return ""
}

// doubts: "it was unclear whether", "I am not convinced that".
func (c *charge) doubts(from, to int) bool {
	for i := from; i < to && i < from+12; i++ {
		switch c.word(i) {
		case "unclear", "doubtful", "unconvinced", "sceptical", "skeptical", "questionable", "uncertain":
			return c.doc.Child(i, "cop") >= 0
		case "convinced", "sure", "certain":
			return c.negated(i) || i > from && c.word(i-1) == "not"
		}
	}
	return false
}

// among reports whether token i is a word of the list, by its lemma or, where
// the lemma may be wrong, by its form.
func (r *reading) among(list map[string]bool, i int) bool {
	if list[r.lemma(i)] {
		return true
	}
	w := r.word(i)
	return list[w] || stems(w, func(base string) bool { return list[base] })
}

// accuses: the content says of a party other than the speaker that it does
// wrong: "its neighbour harbours militants", "the mayor is behind this".
func (c *charge) accuses(from, to int) bool {
	wrong := -1 // a noun of wrongdoing
	for i := from; i < to; i++ {
		if c.denied(i, to) || c.reportsCharge(i) {
			return false
		}
		if wrong < 0 && c.tok(i).UPOS != "VERB" && c.among(c.acts.wrongNouns, i) {
			wrong = i
		}
	}
	guilty := false
	for i := from; i < to && !guilty; i++ {
		u := c.tok(i).UPOS
		switch {
		case (u == "VERB" || u == "ADJ") && c.among(c.acts.wrongs, i):
			guilty = c.doneByOther(i, true)
		case u == "VERB" && (c.finite(i) || c.hasAux(i)) && c.among(c.acts.violence, i):
			guilty = !c.tallies(i) && c.doneByOther(i, false)
		}
		if !guilty && wrong >= 0 && u != "AUX" {
			guilty = c.among(c.acts.links, i) && c.linked(i, from, to) || i >= wrong && c.among(c.acts.wrongNouns, i) && c.wrongOf(i)
		}
	}
	for i := from; i < to && !c.named; i++ {
		c.named = c.otherParty(i, c.speaker)
	}
	return guilty
}

// tallies reports whether verb v only tells a toll by those who count the dead:
// "the raid killed nine people, the health ministry said".
func (c *charge) tallies(v int) bool {
	o := c.doc.Child(v, "obj")
	if o < 0 || c.source.head < 0 || c.doc.Child(o, "nummod") < 0 && c.tok(o).UPOS != "NUM" {
		return false
	}
	if e := c.speaker; e >= 0 {
		name := strings.ToLower(c.cast.Entities[e].Name)
		for _, w := range [...]string{"health", "hospital", "medic", "doctor", "rescue", "civil defence", "civil defense", "ambulance", "red cross", "red crescent", "morgue"} {
			if strings.Contains(name, w) {
				return true
			}
		}
	}
	for i := c.source.from; i < c.source.to; i++ {
		switch c.lemma(i) {
		case "health", "hospital", "medic", "doctor", "rescuer", "nurse", "coroner", "morgue", "paramedic", "ambulance":
			return true
		}
	}
	return false
}

// reportsCharge reports whether token i tells that others make the charge:
// "investigating allegations that …".
func (c *charge) reportsCharge(i int) bool {
	if c.tok(i).UPOS != "NOUN" {
		return false
	}
	switch c.lemma(i) {
	case "allegation", "accusation", "suspicion", "claim":
		return true
	}
	return false
}

// linked reports whether the word at token i, which ties a party to a wrong, ties
// another party to it: as its subject ("Tonga funds the rebels"), its possessor
// ("it has the blessing of Tonga") or what stands before "behind".
func (c *charge) linked(i, from, to int) bool {
	switch {
	case c.word(i) == "behind":
		if i+1 >= to {
			return false
		}
		for n := from; n < i; n++ {
			if c.otherParty(n, c.speaker) || c.officeOther(n, true) {
				return true
			}
		}
		return false
	case c.tok(i).UPOS == "VERB":
		return c.doneByOther(i, true) || c.direct && c.word(from) == "they"
	case c.tok(i).UPOS == "ADJ":
		s := c.subjectChild(i)
		return s >= 0 && (c.otherParty(s, c.speaker) || c.officeOther(s, true))
	}
	return c.wrongOf(i)
}

// wrongOf reports whether the wrong or tie that noun n names is another party's:
// "a lie by the ministry", "Tonga’s aggression", "the negligence of the regime".
func (c *charge) wrongOf(n int) bool {
	for _, d := range c.doc.Children(n) {
		switch {
		case c.tok(d).Deprel == "nmod:poss":
		case d > n && c.rel(d, "nmod") && (c.caseOf(d) == "by" || c.caseOf(d) == "of"):
		default:
			continue
		}
		if c.otherParty(d, c.speaker) || c.officeOther(d, true) {
			return true
		}
		for _, e := range c.doc.Children(d) {
			if c.rel(e, "amod", "compound") && c.otherParty(e, c.speaker) {
				return true // "of the Afghan government"
			}
		}
	}
	return false
}

// denied reports whether token i turns a charge into its denial. "Not only"
// and "no longer" do not.
func (c *charge) denied(i, to int) bool {
	switch c.word(i) {
	case "not", "n't", "no":
		if i+1 < to {
			switch c.word(i + 1) {
			case "only", "just", "longer", "merely", "hesitate":
				return false
			}
		}
		return true
	case "never", "neither", "without":
		return true
	}
	return false
}

func pronoun(w string) bool { return w == "they" || w == "he" || w == "she" || w == "it" }

// doneByOther reports whether what verb v tells is done by another party. An
// inherent wrong ("tortured", "lied") may be any office's or body's; violence,
// which is news before it is a charge, only a state's or its forces'.
func (c *charge) doneByOther(v int, inherent bool) bool {
	if c.passive(v) {
		a := c.agent(v)
		return a >= 0 && (c.otherParty(a, c.speaker) && (inherent || c.stateLike(a)) || c.officeOther(a, inherent))
	}
	s, ok := c.subjectOf(v)
	if !ok || s.head < 0 {
		return false
	}
	if pronoun(c.word(s.head)) {
		return c.named && inherent
	}
	if c.otherParty(s.head, c.speaker) && (inherent || c.stateLike(s.head)) {
		return true
	}
	return c.officeOther(s.head, inherent)
}

// officeOther reports whether noun i is an office or force that is not the
// speaker's own: "the mayor", "Tongan troops", and not "our troops".
func (c *charge) officeOther(i int, inherent bool) bool {
	if !c.among(c.acts.parties, i) && !(inherent && c.among(c.acts.speakers, i)) {
		return false
	}
	if e := c.cast.At(i); e >= 0 && e == c.speaker || i == c.finding.source.head {
		return false
	}
	for _, d := range c.doc.Children(i) {
		switch c.word(d) {
		case "our", "my", "his", "her", "its", "their":
			return false
		}
	}
	return inherent || !c.sameHome(i)
}

// sameHome reports whether the speaker is known to be of the same state as token i.
func (c *charge) sameHome(i int) bool {
	e := c.cast.At(i)
	if e < 0 || c.speaker < 0 {
		return true // police of the place tell of the army of the place
	}
	a, b := c.cast.Entities[e].Country, c.cast.Entities[c.speaker].Country
	return a == "" || a == b
}

// stateLike reports whether token i names a state, its government or its forces.
func (c *charge) stateLike(i int) bool {
	e := c.cast.At(i)
	if e < 0 {
		return false
	}
	if c.cast.Entities[e].Type == news.Country {
		return c.tok(i).XPOS != "NNPS" && c.tok(i).XPOS != "NNS" // "Norwegians" are its people
	}
	for _, s := range c.cast.Entities[e].Sectors {
		if s == "GOV" || s == "MIL" {
			return !c.sameHome(i)
		}
	}
	return false
}

// otherParty reports whether token i names a state, body, group or person that
// is not the speaker or the speaker's own state.
func (r *reading) otherParty(i, speaker int) bool {
	switch r.tok(i).UPOS {
	case "PROPN", "ADJ", "NOUN":
	default:
		return false
	}
	e := r.cast.At(i)
	if e < 0 || e == speaker {
		return false
	}
	entity := &r.cast.Entities[e]
	switch entity.Type {
	case news.Country, news.Group:
	case news.Organisation, news.Person:
		if !named(entity) {
			return false // "a doctor", "the airline": too vague to charge
		}
	default:
		return false
	}
	if speaker >= 0 && entity.Type == news.Country {
		home := r.cast.Entities[speaker].Country
		return home == "" || home != entity.Country
	}
	return true
}

// named reports whether the text gives the entity a name.
func named(e *news.Entity) bool {
	for _, m := range e.Mentions {
		if m.Kind == news.MentionName {
			return true
		}
	}
	return false
}
