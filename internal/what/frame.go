package what

import (
	"github.com/onrecord/onrecord/internal/nlp"
)

// frame is a trigger with what stands around it, the same for "rebels bombed
// the port", "the port was bombed by rebels" and "the bombing of the port by
// rebels": who did it (subj) and whom it was done to (obj), whatever the voice.
// All words are token indexes of heads, coordination spread out.
type frame struct {
	trigger   int
	verb      int  // the verb whose tense counts: the trigger or its carrier; -1 for none
	carrier   int  // the verb that carries a noun: "staged" an attack; -1 for none
	carried   bool // the noun is what the carrier does, not who does it
	noun      bool
	passive   bool
	subj, obj []int
	preps     []prep
	modifiers []int
	comp      []int // heads of complement clauses
	several   bool  // it stands after a noun of quantity: "a series of attacks"
	parent    int   // the noun that a noun trigger hangs on ("wave of attacks"), -1
}

// prep is a phrase with a preposition.
type prep struct {
	word   string // lower-case lemma of the preposition
	head   int
	nested bool // it hangs on the object: "charged a man with murder" is often read so
}

// maxClimb bounds every walk up a tree; real ones are far shorter.
const maxClimb = 24

// verbFrame reads the frame of a verb.
func (r *reading) verbFrame(v int) *frame {
	f := &frame{trigger: v, verb: v, carrier: -1, parent: -1}
	r.fillVerb(f, v)
	if len(f.obj) == 0 && !f.passive && len(f.comp) == 0 {
		if h := r.nextNoun(v); h >= 0 {
			f.obj = r.spread(nil, h)
		}
	}
	if h := r.subordinateSubject(v); h >= 0 && !f.passive {
		f.subj = []int{h}
	}
	r.addNested(f)
	if r.misread(v) {
		return r.surfaceFrame(v)
	}
	if len(f.subj) == 0 {
		f.subj = r.borrowedSubject(v, f.passive)
	}
	if len(f.obj) == 0 && f.passive && nlp.IsRel(r.doc.Tokens[v].Deprel, "conj") {
		var first frame
		r.fillVerb(&first, r.doc.Tokens[v].Head)
		f.obj = first.obj
	}
	// A clause that the parse hangs on its own subject: "The planner, an exile,
	// was captured".
	if h := r.doc.Tokens[v].Head; h >= 0 && h < v && nlp.IsRel(r.doc.Tokens[v].Deprel, "advcl") {
		if u := r.doc.Tokens[h].UPOS; u == "NOUN" || u == "PROPN" || u == "PRON" {
			if f.passive && len(f.obj) == 0 {
				f.obj = []int{h}
			} else if !f.passive && len(f.subj) == 0 {
				f.subj = []int{h}
			}
		}
	}
	switch rel := r.doc.Tokens[v].Deprel; {
	case nlp.IsRel(rel, "acl"):
		r.fillRelative(f, v)
	case nlp.IsRel(rel, "amod") && r.doc.Tokens[v].XPOS != "VBG":
		// "the arrested men": those arrested.
		f.passive = true
		f.obj = append(f.obj, r.doc.Tokens[v].Head)
	}
	if r.addressed(v) {
		f.obj = without(f.obj, r.doc.Tokens[v].Head+1) // "that", read as a pronoun
	}
	r.supplement(f, v)
	r.unrelate(f.subj)
	r.unrelate(f.obj)
	return f
}

// subordinateSubject finds the noun between a conjunction and a finite verb
// that the parse took for the object of a preposition: "missing after the ferry
// sank". -1 where there is none.
func (r *reading) subordinateSubject(v int) int {
	doc := r.doc
	if v < 2 || doc.Tokens[v].XPOS != "VBD" || doc.SentenceOf(v-1) != doc.SentenceOf(v) {
		return -1
	}
	if u := doc.Tokens[v-1].UPOS; u != "NOUN" && u != "PROPN" || doc.Tokens[v-1].Head == v {
		return -1
	}
	switch r.preposition(v - 1) {
	case "after", "before", "as", "when", "while", "since", "until", "because", "if":
		return v - 1
	}
	return -1
}

// unrelate puts the noun before a "who" or "which" in its place, where the
// parse did not see the relative clause.
func (r *reading) unrelate(heads []int) {
	for k, h := range heads {
		if x := r.doc.Tokens[h].XPOS; x != "WP" && x != "WDT" || h == 0 {
			continue
		}
		i := h - 1
		if r.doc.Tokens[i].Form == "," && i > 0 {
			i--
		}
		if u := r.doc.Tokens[i].UPOS; (u == "NOUN" || u == "PROPN") && r.doc.SentenceOf(i) == r.doc.SentenceOf(h) {
			heads[k] = i
		}
	}
}

// supplement takes from the order of the words what the parse left out of a
// finite verb's frame: the noun just before it, the phrases after it.
func (r *reading) supplement(f *frame, v int) {
	switch r.doc.Tokens[v].XPOS {
	case "VBD", "VBN", "VBZ", "VBP":
	default:
		return
	}
	if f.passive || len(f.subj) > 0 && len(f.preps) > 0 {
		return
	}
	s := r.surfaceFrame(v)
	if len(f.subj) == 0 && !nlp.IsRel(r.doc.Tokens[v].Deprel, "acl") {
		f.subj = s.subj
	}
	if len(f.preps) == 0 {
		f.preps = s.preps
	}
}

// fillVerb adds a verb's own dependents to a frame.
func (r *reading) fillVerb(f *frame, v int) {
	doc := r.doc
	passive, auxiliary := false, false
	for _, c := range doc.Children(v) {
		switch rel := doc.Tokens[c].Deprel; {
		case rel == "nsubj:pass", rel == "csubj:pass":
			passive = true
		case rel == "aux:pass":
			passive, auxiliary = true, true
		case nlp.IsRel(rel, "aux") && (r.lemma[c] == "be" || r.lemma[c] == "get"):
			auxiliary = true
		}
	}
	// "The council called for talks" is no passive whatever the parse says.
	if passive && !auxiliary && !r.heading[doc.Sentences[doc.SentenceOf(v)].Block] && !nlp.IsRel(doc.Tokens[v].Deprel, "conj") {
		passive = false
	}
	passive = passive || r.barePassive(v)
	f.passive = passive
	for _, c := range doc.Children(v) {
		t := doc.Tokens[c]
		switch {
		case t.Deprel == "nsubj:pass" && passive, t.Deprel == "nsubj" && passive:
			f.obj = r.spread(f.obj, c)
		case nlp.IsRel(t.Deprel, "nsubj"):
			f.subj = r.spread(f.subj, c)
		case t.Deprel == "obj" && r.preposition(c) != "":
			for _, h := range r.spread(nil, c) {
				f.preps = append(f.preps, prep{word: r.preposition(c), head: h})
			}
		case t.Deprel == "obj":
			f.obj = r.spread(f.obj, c)
		case t.Deprel == "iobj":
			f.preps = append(f.preps, prep{word: "iobj", head: c})
		case nlp.IsRel(t.Deprel, "obl"), nlp.IsRel(t.Deprel, "nmod"):
			p := r.preposition(c)
			if p == "" && t.Deprel == "obl" && (t.UPOS == "NOUN" || t.XPOS == "NNPS") && c > v && !passive && !r.isTime(c) && doc.Child(v, "obj") < 0 && doc.Child(c, "mark") < 0 && r.nextNoun(v) < 0 {
				f.obj = r.spread(f.obj, c) // "brushed off the criticism"
				continue
			}
			if t.Deprel == "obl:agent" || p == "by" && passive && !r.isTime(c) {
				f.subj = r.spread(f.subj, c)
			}
			for _, h := range r.spread(nil, c) {
				f.preps = append(f.preps, prep{word: p, head: h})
			}
			if r.c.particles[p] && v+1 < len(r.lemma) && r.lemma[v+1] == p && doc.Tokens[v+1].Head == c && !r.isTime(c) && !r.isPlaceOnly(c) {
				f.obj = r.spread(f.obj, c) // "cut off the water", read as "off the water"
			}
		case t.Deprel == "xcomp" && (t.UPOS == "NOUN" || t.UPOS == "PROPN") && c > v && doc.Child(v, "obj") < 0 && doc.Child(c, "cop") < 0 && doc.Child(c, "mark") < 0:
			f.obj = r.spread(f.obj, c) // "suspended aid", read as a predicate
		case nlp.IsRel(t.Deprel, "ccomp"), nlp.IsRel(t.Deprel, "xcomp"):
			f.comp = append(f.comp, c)
		case nlp.IsRel(t.Deprel, "advcl"):
			// "accused of killing", "blamed for …": the preposition marks a clause.
			if m := doc.Child(c, "mark"); m >= 0 && r.lemma[m] == "to" {
				f.comp = append(f.comp, c)
			} else if m >= 0 {
				f.preps = append(f.preps, prep{word: r.lemma[m], head: c})
			}
		}
	}
}

// addNested adds the prepositional phrases of the object but those with "of".
func (r *reading) addNested(f *frame) {
	if f.passive {
		return
	}
	for _, h := range f.obj {
		for _, c := range r.doc.Children(h) {
			if rel := r.doc.Tokens[c].Deprel; c > h && nlp.IsRel(rel, "nmod") {
				p := r.preposition(c)
				if p != "" && p != "of" {
					f.preps = append(f.preps, prep{word: p, head: c, nested: true})
				}
				r.addEdge(f, c)
			} else if rel == "acl" && r.doc.Child(c, "mark") >= 0 {
				f.comp = append(f.comp, c) // "allowed inspectors to enter"
			}
		}
	}
}

// addEdge adds the phrases with "to" and "from" on the right edge of an
// object's phrase: "returned a ring with a portrait of the queen to the museum"
// is often read as if the queen went to the museum.
func (r *reading) addEdge(f *frame, h int) {
	for range 3 {
		last := -1
		for _, c := range r.doc.Children(h) {
			if c > h && nlp.IsRel(r.doc.Tokens[c].Deprel, "nmod") {
				last = c
			}
		}
		if last < 0 {
			return
		}
		if p := r.preposition(last); p == "to" || p == "from" {
			f.preps = append(f.preps, prep{word: p, head: last, nested: true})
		}
		h = last
	}
}

// misread reports whether a verb form that the parse hangs on a noun as its
// adjective is the verb of the clause: nothing attributive stands before a
// number or an article ("The group released at least 19 hostages").
func (r *reading) misread(v int) bool {
	doc := r.doc
	t := doc.Tokens[v]
	switch t.Deprel {
	case "amod", "compound", "nmod", "appos", "flat", "dep":
	default:
		return false
	}
	// "U.S. reduced tariffs", with the subject hung on the participle.
	if t.XPOS != "VBG" && t.Head > v && doc.Child(v, "nsubj") >= 0 && doc.Child(v, "nsubj") < v {
		return true
	}
	if t.XPOS == "VBG" || v == 0 || v+1 >= len(doc.Tokens) || doc.SentenceOf(v-1) != doc.SentenceOf(v+1) {
		return false
	}
	if u := doc.Tokens[v-1].UPOS; u != "NOUN" && u != "PROPN" {
		return false
	}
	switch next := doc.Tokens[v+1]; next.UPOS {
	case "DET", "NUM", "ADP", "PRON":
		return true
	}
	return t.XPOS == "VBD" && t.Head > v && doc.Tokens[t.Head].Head < 0 && doc.Child(t.Head, "cop") < 0
}

// nextNoun is the noun phrase that follows a verb with nothing between, which
// is its object even where the parse gives it to somebody else: "called off
// its strike after …".
func (r *reading) nextNoun(v int) int {
	doc := r.doc
	end := doc.Sentences[doc.SentenceOf(v)].To
	i := v + 1
	if i < end && doc.Tokens[i].Deprel == "compound:prt" {
		i++
	}
	for steps := 0; i < end && steps < 8; i, steps = i+1, steps+1 {
		t := doc.Tokens[i]
		switch t.UPOS {
		case "DET", "ADJ", "NUM":
		case "PRON":
			if t.XPOS != "PRP$" {
				return -1
			}
		case "NOUN", "PROPN":
			if r.isTime(i) || doc.Tokens[i].Head == v && doc.Tokens[v].UPOS == "VERB" {
				return -1
			}
			// To the head of the phrase.
			for i+1 < end && (doc.Tokens[i+1].UPOS == "NOUN" || doc.Tokens[i+1].UPOS == "PROPN") && doc.Tokens[i].Deprel == "compound" && !r.isTime(i+1) {
				i++
			}
			for h := doc.Tokens[i].Head; h > v && h < end && (doc.Tokens[i].Deprel == "flat" || doc.Tokens[i].Deprel == "compound") && doc.Tokens[h].UPOS == "PROPN"; h = doc.Tokens[i].Head {
				i = h
			}
			return i
		default:
			return -1
		}
	}
	return -1
}

// barePassive reports whether a participle without an auxiliary is passive: it
// hangs on a noun ("the man shot on Friday"), goes on with a passive clause
// ("was seized and beaten") or stands in a headline ("Nine killed in blast").
// Taggers mix up the two forms in -ed, so elsewhere it is a past tense.
func (r *reading) barePassive(v int) bool {
	doc := r.doc
	t := doc.Tokens[v]
	if r.c.classes["intransitive"][r.lemma[v]] {
		return false
	}
	described := nlp.IsRel(t.Deprel, "acl") && t.Deprel != "acl:relcl"
	if t.XPOS != "VBN" && (t.XPOS != "VBD" || !described) {
		return false
	}
	for _, c := range doc.Children(v) {
		if rel := doc.Tokens[c].Deprel; nlp.IsRel(rel, "aux") || rel == "obj" {
			return false
		}
	}
	if t.Deprel == "acl" && r.onlyVerb(v) {
		return false
	}
	switch {
	case t.Deprel == "acl", t.Deprel == "amod":
		return true
	case nlp.IsRel(t.Deprel, "conj") && t.Head >= 0:
		for _, c := range doc.Children(t.Head) {
			if rel := doc.Tokens[c].Deprel; rel == "nsubj:pass" || rel == "aux:pass" {
				return doc.Child(v, "nsubj") < 0
			}
		}
	case r.heading[doc.Sentences[doc.SentenceOf(v)].Block]:
		return true
	}
	return false
}

// onlyVerb reports whether a participle that the parse hangs on the root noun of
// a sentence of the body must be its finite verb, as nothing else is one and an
// object or a target follows: "Gunmen abducted 25 pupils", "Rebels fired at a bus".
func (r *reading) onlyVerb(v int) bool {
	doc := r.doc
	t := doc.Tokens[v]
	s := doc.Sentences[doc.SentenceOf(v)]
	if t.Head < 0 || t.Head != v-1 || doc.Tokens[t.Head].Head >= 0 || r.heading[s.Block] || v+1 >= s.To {
		return false
	}
	switch next := doc.Tokens[v+1]; {
	case next.UPOS == "DET", next.UPOS == "NUM", next.UPOS == "PRON":
	case next.UPOS == "ADP" && (r.lemma[v+1] == "at" || r.lemma[v+1] == "on") && r.isArmed(t.Head):
	default:
		return false
	}
	for _, c := range doc.Children(t.Head) {
		if rel := doc.Tokens[c].Deprel; rel == "cop" || nlp.IsRel(rel, "aux") || c != v && doc.Tokens[c].UPOS == "VERB" && !nlp.IsRel(rel, "acl") && !nlp.IsRel(rel, "amod") {
			return false
		}
	}
	return true
}
