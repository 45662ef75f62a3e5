package what

import "github.com/onrecord/onrecord/internal/nlp"

// fillRelative adds the noun that a relative clause or participle hangs on:
// "the man who fired", "the man shot on Friday", "rebels fighting in the north".
func (r *reading) fillRelative(f *frame, v int) {
	doc := r.doc
	noun := doc.Tokens[v].Head
	if noun < 0 || r.addressed(v) {
		return
	}
	relative := func(heads []int) bool {
		for _, h := range heads {
			switch r.lemma[h] {
			case "who", "which", "that", "whom":
				return true
			}
		}
		return false
	}
	switch {
	case relative(f.subj) || len(f.subj) == 0 && !f.passive:
		f.subj = []int{noun}
	case relative(f.obj) || len(f.obj) == 0:
		f.obj = []int{noun}
	}
}

// borrowedSubject finds the doer of a verb with no subject of its own: the one
// it is joined to ("stormed the base and killed two"), the one that controls it
// ("ordered them to leave", "began to leave") or the main clause's ("…, killing
// nine").
func (r *reading) borrowedSubject(v int, passive bool) []int {
	doc := r.doc
	at := v
	for range maxClimb {
		t := doc.Tokens[at]
		head := t.Head
		if head < 0 {
			return nil
		}
		if t.Head == v {
			return nil
		}
		switch {
		case nlp.IsRel(t.Deprel, "conj"), nlp.IsRel(t.Deprel, "xcomp"), nlp.IsRel(t.Deprel, "advcl"), nlp.IsRel(t.Deprel, "parataxis"):
		case nlp.IsRel(t.Deprel, "acl"):
			if at == v {
				return nil // fillRelative sees to it
			}
			return []int{head}
		default:
			return nil
		}
		if passive {
			return nil
		}
		var own frame
		r.fillVerb(&own, head)
		if nlp.IsRel(t.Deprel, "xcomp") && len(own.obj) > 0 && !own.passive && !r.c.promise[r.lemma[head]] {
			return own.obj
		}
		if nlp.IsRel(t.Deprel, "advcl") && len(own.obj) > 0 {
			if m := doc.Child(at, "mark"); m >= 0 && (r.lemma[m] == "of" || r.lemma[m] == "for" || r.lemma[m] == "from" || r.lemma[m] == "with") && r.c.governor[r.lemma[head]] != holdNothing {
				return own.obj
			}
		}
		if nlp.IsRel(t.Deprel, "xcomp") && own.passive && len(own.obj) > 0 {
			return own.obj
		}
		if len(own.subj) > 0 {
			return r.antecedent(head, own.subj)
		}
		if nlp.IsRel(doc.Tokens[head].Deprel, "acl") && !own.passive {
			return []int{doc.Tokens[head].Head}
		}
		if own.passive && len(own.obj) > 0 && nlp.IsRel(t.Deprel, "conj") {
			return nil
		}
		at = head
	}
	return nil
}

// antecedent puts the noun that a relative clause hangs on in the place of its
// "who", "which" or "that".
func (r *reading) antecedent(v int, subj []int) []int {
	if !nlp.IsRel(r.doc.Tokens[v].Deprel, "acl") || r.doc.Tokens[v].Head < 0 {
		return subj
	}
	switch r.lemma[subj[0]] {
	case "who", "which", "that":
		return []int{r.doc.Tokens[v].Head}
	}
	return subj
}
