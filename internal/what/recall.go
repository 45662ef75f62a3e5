package what

import (
	"github.com/onrecord/onrecord/internal/nlp"
)

// overYears reports whether a verb sums up what somebody did over the years and
// tells of no one occasion: "the group, which has killed thousands since 2019",
// "has carried out similar raids in the past".
func (r *reading) overYears(v int) bool {
	if v < 0 || r.doc.Tokens[v].UPOS != "VERB" {
		return false
	}
	tn := r.tenseOf(v)
	if tn != perfect && tn != past && tn != pastPerfect {
		return false
	}
	// "the flood, which has killed hundreds" is itself what is reported.
	head := r.doc.Tokens[v].Head
	relative := nlp.IsRel(r.doc.Tokens[v].Deprel, "acl") && head >= 0 && r.c.nouns[r.lemma[head]] == nil && !r.c.classes["storm"][r.lemma[head]]
	for _, c := range r.doc.Children(v) {
		t := r.doc.Tokens[c]
		switch {
		case c < v:
			continue
		case r.lemma[c] == "past" && r.preposition(c) == "in":
			return true // "in the past", but not "in the past week"
		case tn == perfect && relative && r.preposition(c) == "since" && r.isYear(c):
			return true
		case tn == perfect && t.Deprel == "obj" && relative && r.thousands(c):
			return true
		case tn == perfect && t.Deprel == "obj" && t.XPOS == "NNS" && r.likened(c):
			return true
		}
	}
	return false
}

// thousands reports whether a noun is a vague plural of numbers: "thousands of
// people", "hundreds".
func (r *reading) thousands(h int) bool {
	at := h
	if r.doc.Child(h, "nummod") >= 0 {
		at = r.doc.Child(h, "nummod")
	}
	switch r.doc.Tokens[at].Form {
	case "thousands", "hundreds", "dozens", "scores":
		return true
	}
	return false
}

// likened reports whether a noun stands for others of its kind: "similar raids".
func (r *reading) likened(h int) bool {
	for _, c := range r.doc.Children(h) {
		if nlp.IsRel(r.doc.Tokens[c].Deprel, "amod") && (r.lemma[c] == "similar" || r.lemma[c] == "such" || r.lemma[c] == "numerous" || r.lemma[c] == "countless") {
			return true
		}
	}
	return false
}
