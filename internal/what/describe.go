package what

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// describes reports whether a participle only describes the noun after it: "the
// alleged role", "displaced people", "the outlawed party". Who was "kidnapped"
// was hurt by somebody all the same.
func (r *reading) describes(i int, rule *rule) bool {
	if !nlp.IsRel(r.doc.Tokens[i].Deprel, "amod") || r.misread(i) {
		return false
	}
	return speechType(rule.typ) || rule.has(flagEffect) || rule.typ == news.Sanction || rule.typ == news.Coerce && rule.mode == "ban" || r.lemma[i] == "besiege"
}

// tellsAgain reports whether a participle before a noun says only which one is
// meant, by what the text may have told elsewhere: "the detained ships were
// freed", but "the two detained men were questioned" tells of it.
func (r *reading) tellsAgain(i int, rule *rule) bool {
	t := r.doc.Tokens[i]
	if t.XPOS == "VBN" && r.doc.Child(i, "det") >= 0 && (t.Deprel == "obj" || nlp.IsRel(t.Deprel, "nsubj") || nlp.IsRel(t.Deprel, "obl") || nlp.IsRel(t.Deprel, "nmod")) {
		return true // "evacuated the wounded"
	}
	return nlp.IsRel(t.Deprel, "amod") && !r.misread(i) && rule.typ == news.Coerce && (rule.mode == "arrest" || rule.mode == "seize") &&
		r.doc.Child(t.Head, "nummod") < 0
}

// definesNoun reports whether a clause says which one a noun is, and not what
// was done: "people seeking asylum", "a treaty banning mines and condemning
// their makers", "would not sign a text that recognises the enclave".
func (r *reading) definesNoun(v int, rule *rule) bool {
	t := r.doc.Tokens[v]
	if nlp.IsRel(t.Deprel, "conj") && t.XPOS == "VBG" && t.Head >= 0 && r.doc.Child(v, "nsubj") < 0 {
		t = r.doc.Tokens[t.Head]
	}
	h := t.Head
	if h < 0 || !nlp.IsRel(t.Deprel, "acl") {
		return false
	}
	if t.Deprel == "acl" && t.XPOS == "VBG" && r.preposition(h) != "with" && (speechType(rule.typ) || !r.actsAt(h)) {
		return !r.c.classes["document"][r.lemma[h]] // but "a letter urging restraint"
	}
	if t.Deprel == "acl:relcl" && speechType(rule.typ) && r.tenseOf(v) == present && r.entity(h) == nil {
		k := r.doc.Tokens[h].Head
		return k >= 0 && r.doc.Tokens[k].UPOS == "VERB" && r.negated(k)
	}
	return false
}

// picksOut reports whether a participle only says who somebody is, by what was
// done to him before: "the men jailed for the kidnapping will ask for a new
// hearing". One with a date of its own is told as news.
func (r *reading) picksOut(m *mention) bool {
	t := r.doc.Tokens[m.token]
	if m.frame.noun || m.heading || t.Deprel != "acl" || t.XPOS != "VBN" || m.time != nil || t.Head < 0 || r.onlyVerb(m.token) {
		return false
	}
	h := r.doc.Tokens[t.Head].Head
	for steps := 0; h >= 0 && steps < maxClimb; h, steps = r.doc.Tokens[h].Head, steps+1 {
		if r.doc.Tokens[h].UPOS == "VERB" {
			return r.c.verbs[r.lemma[h]] == nil || !harmful(m.typ)
		}
	}
	return false
}

// actsAt reports whether a noun can do what a participle after it says: troops
// shelling a town can, a treaty banning mines cannot.
func (r *reading) actsAt(h int) bool {
	if h < 0 {
		return false
	}
	e := r.entity(h)
	return e != nil && classOf(e.Type)&classParty != 0 || r.isParticipant(h) || r.c.classes["instrument"][r.lemma[h]]
}
