package what

import "github.com/onrecord/onrecord/internal/nlp"

// nounFrame reads the frame of a noun.
func (r *reading) nounFrame(n int) *frame {
	doc := r.doc
	f := &frame{trigger: n, verb: -1, carrier: -1, noun: true, parent: -1}
	for _, c := range doc.Children(n) {
		t := doc.Tokens[c]
		switch {
		case nlp.IsRel(t.Deprel, "nmod") && t.Deprel == "nmod:poss":
			f.subj = r.spread(f.subj, c)
		case nlp.IsRel(t.Deprel, "nmod"), nlp.IsRel(t.Deprel, "obl"):
			p := r.preposition(c)
			for _, h := range r.spread(nil, c) {
				f.preps = append(f.preps, prep{word: p, head: h})
				switch p {
				case "by":
					f.subj = append(f.subj, h)
				case "of", "on", "against", "upon":
					if !r.isTime(h) {
						f.obj = append(f.obj, h)
					}
				}
			}
		case nlp.IsRel(t.Deprel, "nsubj") && doc.Child(n, "cop") >= 0 && r.preposition(n) == "on":
			f.subj = r.spread(f.subj, c) // "nurses are on strike"
		case t.Deprel == "compound", nlp.IsRel(t.Deprel, "amod"), t.Deprel == "flat", t.Deprel == "nummod":
			f.modifiers = append(f.modifiers, c)
			for _, m := range doc.Children(c) {
				if rel := doc.Tokens[m].Deprel; rel == "compound" || rel == "amod" {
					f.modifiers = append(f.modifiers, m)
				}
			}
			// "US strikes", "Israeli raid": the country that does it.
			if e := r.entity(c); e != nil && classOf(e.Type)&(classCountry|classGroup|classOrganisation) != 0 && !r.isPlaceOnly(c) {
				f.subj = append(f.subj, c)
			}
		case nlp.IsRel(t.Deprel, "acl"), nlp.IsRel(t.Deprel, "ccomp"):
			f.comp = append(f.comp, c)
		}
	}
	r.findCarrier(f, n)
	return f
}

// findCarrier finds the verb that a noun trigger depends on, through nouns of
// quantity ("a series of attacks") and coordination.
func (r *reading) findCarrier(f *frame, n int) {
	doc := r.doc
	at := n
	for range maxClimb {
		t := doc.Tokens[at]
		if t.Head < 0 {
			return
		}
		head := doc.Tokens[t.Head]
		// "held talks Wednesday", read as a talks-Wednesday.
		if t.Deprel == "compound" && r.isTime(t.Head) && head.Head >= 0 && head.Head < at && doc.Tokens[head.Head].UPOS == "VERB" {
			f.carried = true
			f.carrier, f.verb = head.Head, head.Head
			r.takeOver(f, at)
			return
		}
		switch {
		case nlp.IsRel(t.Deprel, "conj"):
			at = t.Head
			continue
		case nlp.IsRel(t.Deprel, "nmod") && r.preposition(at) == "of" && (r.c.quantity[r.lemma[t.Head]] || r.isPeriod(t.Head)):
			f.parent, f.several = t.Head, true
			at = t.Head
			continue
		case nlp.IsRel(t.Deprel, "nmod") || t.Deprel == "compound":
			f.parent = t.Head
			return
		}
		if v := r.dueVerb(t.Head); v >= 0 && nlp.IsRel(t.Deprel, "nsubj") {
			f.carrier, f.verb = v, v // "A summit is due to open"
			r.takeOver(f, at)
			return
		}
		if head.UPOS != "VERB" && head.UPOS != "AUX" {
			return
		}
		switch {
		case t.Deprel == "obj", t.Deprel == "nsubj:pass":
			f.carried = true
		case nlp.IsRel(t.Deprel, "advmod") && (t.UPOS == "ADV" || t.UPOS == "ADP"):
			f.carried = true // the last part of "a sit-in"
		case t.Deprel == "xcomp" && r.c.light[r.lemma[t.Head]]:
			f.carried = true // an object that the parse takes for a predicate
		case nlp.IsRel(t.Deprel, "nsubj"):
		case nlp.IsRel(t.Deprel, "obl"):
			// "took part in a march", "engaged in talks"
			if r.lemma[t.Head] != "engage" && r.lemma[t.Head] != "participate" && r.lemma[t.Head] != "take" {
				f.verb = t.Head
				return
			}
			f.carried = true
		default:
			return
		}
		f.carrier, f.verb = t.Head, t.Head
		r.takeOver(f, at)
		return
	}
}

// dueVerb is the verb that an adjective such as "due" says is to come, -1 for
// none: "is due to open".
func (r *reading) dueVerb(i int) int {
	if r.doc.Tokens[i].UPOS != "ADJ" {
		return -1
	}
	switch r.lemma[i] {
	case "due", "set", "slated", "scheduled":
		return r.doc.Child(i, "xcomp")
	}
	return -1
}

// isPeriod tells words for a length of time, which a happening can fill: "three
// days of talks".
func (r *reading) isPeriod(i int) bool {
	switch r.lemma[i] {
	case "hour", "day", "night", "week", "month":
		return true
	}
	return false
}

// takeOver adds what stands around its carrier to the frame of a noun, which
// itself depends on the carrier as word at.
func (r *reading) takeOver(f *frame, at int) {
	carrier := r.verbFrame(f.carrier)
	if lemma := r.lemma[f.carrier]; f.carried && (r.c.light[lemma] || r.c.classes["suffer"][lemma]) {
		f.subj = append(f.subj, without(carrier.subj, at)...)
	} else if !f.carried && r.c.classes["damage"][lemma] && !r.negated(f.carrier) {
		for _, h := range carrier.obj {
			if h != at && !r.isTime(h) {
				f.obj = append(f.obj, h) // "The blast damaged a consulate"
			}
		}
	}
	for _, p := range carrier.preps {
		if p.head != at {
			f.preps = append(f.preps, p)
		}
	}
	if f.carried {
		f.comp = append(f.comp, carrier.comp...)
	}
}

func without(heads []int, drop int) []int {
	var kept []int
	for _, h := range heads {
		if h != drop {
			kept = append(kept, h)
		}
	}
	return kept
}
