package what

import (
	"strings"

	"github.com/onrecord/onrecord/internal/nlp"
)

// choose returns the first rule whose conditions all hold, nil where none does
// or where it says that the trigger names no event.
func (r *reading) choose(rules []*rule, f *frame) *rule {
	for _, rule := range rules {
		if rule.has(flagRefusal) && !r.willNot(f) {
			continue
		}
		if r.holds(rule, f) {
			if r.trace != nil {
				r.trace.chose(r, f, rules, rule)
			}
			if rule.typ == "" && !rule.has(flagGeneric) {
				return nil
			}
			return rule
		}
	}
	if r.trace != nil {
		r.trace.chose(r, f, rules, nil)
	}
	return nil
}

func (r *reading) holds(rule *rule, f *frame) bool {
	for i := range rule.conditions {
		c := &rule.conditions[i]
		met := false
		for _, k := range c.keys {
			if r.meets(c, k, f) {
				met = true
				break
			}
		}
		if met == c.negated {
			return false
		}
	}
	return true
}

// meets asks one key of a condition.
func (r *reading) meets(c *condition, k string, f *frame) bool {
	switch k {
	case "subj":
		return r.anyHead(c, f.subj)
	case "obj":
		return r.anyHead(c, f.obj)
	case "mod":
		return r.anyHead(c, f.modifiers)
	case "comp":
		for _, h := range f.comp {
			if r.compMatches(c, h) {
				return true
			}
		}
		return false
	case "prt":
		return r.anyChild(c, f.trigger, "compound:prt")
	case "det":
		return r.anyChild(c, f.trigger, "det")
	case "word":
		return r.anyWordBelow(c, f.trigger)
	case "case":
		return c.hasWord(r.preposition(f.trigger))
	case "verb":
		return f.carrier >= 0 && r.matches(c, f.carrier)
	case "num":
		plural := r.doc.Tokens[f.trigger].XPOS == "NNS" || r.doc.Tokens[f.trigger].XPOS == "NNPS"
		return c.hasWord("pl") && plural || c.hasWord("sg") && !plural
	case "doers":
		return c.hasWord("several") && r.severalDoers(f)
	case "voice":
		return f.passive
	case "near":
		return r.nearMatches(c, f.trigger)
	}
	for _, p := range f.preps {
		if p.word == k && (c.any || !r.isTime(p.head) && r.lemma[p.head] != "time" && r.matchesPhrase(c, p.head)) {
			return true
		}
	}
	return false
}

// severalDoers reports whether more than one party acts: "Norway and Chad",
// "Norwegian and Chadian warships".
func (r *reading) severalDoers(f *frame) bool {
	if len(f.subj) > 1 {
		return true
	}
	for _, h := range f.subj {
		for _, c := range r.doc.Children(h) {
			if t := r.doc.Tokens[c]; (nlp.IsRel(t.Deprel, "amod") || t.Deprel == "compound") && r.doc.Child(c, "conj") >= 0 && r.goesByName(r.entity(c)) {
				return true
			}
		}
	}
	return false
}

func (c *condition) hasWord(w string) bool {
	for _, set := range c.words {
		if set[w] {
			return true
		}
	}
	return false
}

// isWord asks whether a word is one of the condition's by its lemma, or by its
// form in a user's rule: users cannot know what the model takes for the lemma of
// "measles".
func (r *reading) isWord(c *condition, i int) bool {
	return c.hasWord(r.lemma[i]) || c.users && c.hasWord(strings.ToLower(r.doc.Tokens[i].Form))
}

func (r *reading) anyHead(c *condition, heads []int) bool {
	for _, h := range heads {
		if c.any || r.matchesPhrase(c, h) {
			return true
		}
	}
	return false
}

func (r *reading) anyChild(c *condition, i int, rel string) bool {
	for _, ch := range r.doc.Children(i) {
		if r.doc.Tokens[ch].Deprel == rel && (c.any || r.matches(c, ch)) {
			return true
		}
	}
	// Taggers often read a particle as an adverb or a bare preposition.
	if rel == "compound:prt" {
		if i+1 < len(r.lemma) && r.doc.SentenceOf(i) == r.doc.SentenceOf(i+1) && (r.doc.Tokens[i+1].UPOS == "ADP" || r.doc.Tokens[i+1].UPOS == "ADV") && r.matches(c, i+1) && !c.any {
			return true
		}
		for _, ch := range r.doc.Children(i) {
			d := r.doc.Tokens[ch].Deprel
			if (d == "advmod" || d == "case" || d == "mark") && ch > i && ch <= i+3 && r.matches(c, ch) {
				return true
			}
		}
	}
	return false
}

// anyWordBelow looks at the dependents of a trigger and at theirs.
func (r *reading) anyWordBelow(c *condition, i int) bool {
	for _, ch := range r.doc.Children(i) {
		if r.matches(c, ch) {
			return true
		}
		for _, g := range r.doc.Children(ch) {
			if r.matches(c, g) {
				return true
			}
		}
	}
	return false
}

// nearWords is how far from a trigger, in tokens, a "near" word may stand.
const nearWords = 40

func (r *reading) nearMatches(c *condition, i int) bool {
	s := r.doc.Sentences[r.doc.SentenceOf(i)]
	for k := max(s.From, i-nearWords); k < min(s.To, i+nearWords); k++ {
		if k != i && r.isWord(c, k) {
			return true
		}
	}
	return false
}

// matches asks whether a word is one of the condition's.
func (r *reading) matches(c *condition, i int) bool {
	if c.any || r.isWord(c, i) {
		return true
	}
	// "the Christians", "two Kenyans": people by their name.
	if r.doc.Tokens[i].XPOS == "NNPS" && c.hasWord("person") {
		return true
	}
	if c.entities != 0 {
		if e := r.entity(i); e != nil && classOf(e.Type)&c.entities != 0 {
			return true
		}
	}
	return false
}

// matchesPhrase looks through nouns of quantity ("dozens of protesters"), to
// what names are called ("Captain Velin") and to the last word of a compound.
func (r *reading) matchesPhrase(c *condition, i int) bool {
	if r.matches(c, i) {
		return true
	}
	for _, ch := range r.doc.Children(i) {
		t := r.doc.Tokens[ch]
		switch {
		case nlp.IsRel(t.Deprel, "nmod") && (r.c.quantity[r.lemma[i]] || r.doc.Tokens[i].UPOS == "NUM") && r.preposition(ch) == "of",
			t.Deprel == "appos", t.Deprel == "flat", t.Deprel == "nmod:desc":
			if r.matches(c, ch) {
				return true
			}
		}
	}
	return false
}

// compMatches looks at the verb of a complement clause and at its object, as
// in "threatened to carry out attacks".
func (r *reading) compMatches(c *condition, i int) bool {
	if r.matches(c, i) {
		return true
	}
	for _, ch := range r.doc.Children(i) {
		switch t := r.doc.Tokens[ch]; {
		case t.Deprel == "obj", nlp.IsRel(t.Deprel, "xcomp"), nlp.IsRel(t.Deprel, "obl"):
			if r.matches(c, ch) {
				return true
			}
		}
	}
	return false
}
