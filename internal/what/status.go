package what

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// status is how a clause or noun phrase presents its happening.
type status struct {
	modality  news.Modality
	future    bool // still to come: "will visit"
	would     bool // to come in somebody's words, or under a condition
	unreal    bool // asked for, feared, negated, supposed: no event by itself
	habitual  bool // told of no one occasion: "the group attacks convoys"
	earlier   bool // before the story: past perfect, "previous"
	presumed  bool // taken as given whatever the clause around it says
	unstarted bool // "not hesitate to …", "ready to …": said of what would be done
}

// stated is the status of a plain past clause.
var stated = status{modality: news.Occurred}

type tense uint8

const (
	past tense = iota
	perfect
	pastPerfect
	present
	progressive
	future
	would
	possible // could, may, might
	modal    // must, should, can
	infinitive
	participle
	bare
)

// tenseOf reads a verb form with its auxiliaries.
func (r *reading) tenseOf(v int) tense {
	doc := r.doc
	be, have, to := -1, -1, false
	for _, c := range doc.Children(v) {
		t := doc.Tokens[c]
		switch {
		case nlp.IsRel(t.Deprel, "aux"), t.Deprel == "cop":
			switch r.lemma[c] {
			case "will", "shall", "wo", "'ll", "’ll", "sha":
				return future
			case "would", "'d", "’d":
				return would
			case "could", "may", "might":
				return possible
			case "must", "should", "can", "ca", "ought":
				return modal
			case "have":
				have = c
			case "be", "get":
				be = c
			case "do":
				if t.XPOS == "VBD" {
					return past
				}
				return present
			}
		case t.Deprel == "mark" && r.lemma[c] == "to", t.Deprel == "aux" && r.lemma[c] == "to":
			to = true
		}
	}
	if to && doc.Tokens[v].XPOS == "VBG" {
		return participle // "resorted to throwing stones"
	}
	if to {
		// "is to open": settled
		if be >= 0 && (doc.Tokens[be].XPOS == "VBZ" || doc.Tokens[be].XPOS == "VBP") && be == v-2 {
			return future
		}
		return infinitive
	}
	xpos := doc.Tokens[v].XPOS
	// "is going to strike"
	if head := doc.Tokens[v].Head; xpos == "VB" && head >= 0 && r.lemma[head] == "go" && nlp.IsRel(doc.Tokens[v].Deprel, "xcomp") {
		return future
	}
	if have >= 0 {
		switch {
		case doc.Tokens[have].XPOS == "VBD" || doc.Tokens[have].Form == "had" || doc.Tokens[have].Form == "’d" || doc.Tokens[have].Form == "'d":
			return pastPerfect
		case doc.Tokens[have].XPOS == "VBG":
			return past
		}
		return perfect
	}
	if be >= 0 {
		switch doc.Tokens[be].XPOS {
		case "VBD":
			return past
		case "VBG", "VBN":
			return progressive
		case "VB":
			return bare
		}
		if xpos == "VBG" {
			return progressive
		}
		return present
	}
	switch xpos {
	case "VBD", "VBN", "JJ":
		return past
	case "VBG", "NN", "NNS":
		return participle
	case "VBZ":
		return present
	case "VBP":
		// "beat" and "hit" are past as well, which is what news tells in.
		if f := r.c.pastForms[strings.ToLower(doc.Tokens[v].Form)]; f.lemma != "" {
			return past
		}
		return present
	case "VB":
		return bare
	}
	return past
}

// clauseStatus reads how the clause of verb v presents it. speech is true for
// verbs that do something by being said, whose present tense reports it.
func (r *reading) clauseStatus(v int, speech bool, depth int) status {
	if depth > maxClimb || r.misread(v) {
		return stated
	}
	doc := r.doc
	t := doc.Tokens[v]
	heading := r.heading[doc.Sentences[doc.SentenceOf(v)].Block]
	st := stated
	tn := r.tenseOf(v)
	switch tn {
	case progressive:
		st.modality = news.Ongoing
		r.becauseOf("still going on:", v)
	case present:
		st.habitual = !heading && !speech && !r.lone(v)
	case future:
		st.future = true
		r.becauseOf("a future:", v)
	case would:
		st.future, st.would = true, true
		r.becauseOf("a future in somebody's words or under a condition:", v)
	case possible, modal:
		st.unreal = true
		r.becauseOf("only possible, or right to do:", v)
	case bare:
		// "Let us", imperatives; in headlines a plural subject: "Rebels attack".
		told := (heading || speech) && doc.Child(v, "nsubj") >= 0
		if !told && !nlp.IsRel(t.Deprel, "conj") {
			st.unreal = true
		}
	}
	if r.negated(v) {
		st.unreal = true
		r.becauseOf("negated:", v)
	}
	st.habitual = st.habitual || r.repeated(v)
	if st.habitual {
		r.becauseOf("told of no one occasion:", v)
	}
	if m := doc.Child(v, "mark"); m >= 0 {
		switch r.lemma[m] {
		case "if", "unless", "lest", "whether":
			st.unreal = true
			r.becauseOf("under a condition:", m)
		case "without":
			st.unreal = true
		case "on", "about", "towards", "toward", "into":
			st.unreal = st.unreal || tn == participle // "bent on striking"
		}
	}
	for _, c := range doc.Children(v) {
		if nlp.IsRel(doc.Tokens[c].Deprel, "advmod") {
			switch r.lemma[c] {
			case "allegedly":
				st.modality = news.Alleged
			case "nearly", "almost", "narrowly":
				st.unreal = true
			case "often", "usually", "routinely", "regularly", "frequently", "sometimes", "typically", "always":
				st.habitual = true
			case "previously", "formerly":
				st.earlier = true
			}
		}
	}
	return r.governed(v, tn, st, speech, depth)
}

// lone reports whether a verb is the main one of the only sentence there is,
// with a name for its subject and one certain thing for its object: "Norway
// lifts the blockade of Malta." is a headline with a full stop.
func (r *reading) lone(v int) bool {
	doc := r.doc
	if len(doc.Sentences) != 1 || doc.Tokens[v].Head >= 0 {
		return false
	}
	named, certain := false, true
	for _, c := range doc.Children(v) {
		switch t := doc.Tokens[c]; {
		case nlp.IsRel(t.Deprel, "nsubj"):
			named = r.goesByName(r.entity(c)) || r.namedModifier(c)
		case t.Deprel == "obj":
			certain = t.XPOS != "NNS" || doc.Child(c, "nummod") >= 0 || doc.Child(c, "det") >= 0 || r.c.quantity[r.lemma[c]]
		}
	}
	return named && certain
}

// governed bends a clause's own status by what it depends on; speech is true
// for verbs that do something by being said.
func (r *reading) governed(v int, tn tense, st status, speech bool, depth int) status {
	doc := r.doc
	t := doc.Tokens[v]
	head := t.Head
	if head < 0 {
		if tn == infinitive {
			// "Envoy to visit capital" in a headline is a future.
			if r.heading[doc.Sentences[doc.SentenceOf(v)].Block] {
				st.future = true
			} else {
				st.unreal = true
			}
		}
		return st
	}
	mark := ""
	if m := doc.Child(v, "mark"); m >= 0 {
		mark = r.lemma[m]
	}
	headIsVerb := doc.Tokens[head].UPOS == "VERB" || doc.Tokens[head].UPOS == "AUX"
	switch rel := t.Deprel; {
	case r.resumes(v), r.dayAfter(v):
		return st
	case nlp.IsRel(rel, "conj"):
		if tn == infinitive || tn == participle || tn == bare || tn == past && doc.Tokens[v].XPOS == "VBN" {
			if headIsVerb {
				return r.clauseStatus(head, false, depth+1).with(st)
			}
		}
		return st
	case nlp.IsRel(rel, "acl") && r.contentClause(v, head):
		return r.complement(v, head, tn, st, depth)
	case nlp.IsRel(rel, "xcomp"), nlp.IsRel(rel, "ccomp"), nlp.IsRel(rel, "csubj"), nlp.IsRel(rel, "acl") && (tn == infinitive || mark != ""):
		return r.complement(v, head, tn, st, depth)
	case nlp.IsRel(rel, "advcl"):
		switch tn {
		case infinitive:
			// "phoned the premier to congratulate him", "summoned the envoy to complain"
			if r.c.classes["contact"][r.lemma[head]] && speech {
				return r.clauseStatus(head, true, depth+1).with(st)
			}
			r.becauseOf("what is done to the end of it has", head)
			// Purpose: "crossed the river to attack the base".
			if h := r.c.governor[r.lemma[head]]; h != holdNothing && h != holdKnown {
				return r.complement(v, head, tn, st, depth)
			}
			st.unreal = true
			return st
		case participle, bare:
			switch mark {
			case "of", "for", "with", "from", "against", "about":
				if r.c.governor[r.lemma[head]] != holdNothing {
					return r.complement(v, head, tn, st, depth)
				}
			case "without", "instead", "on", "towards", "into":
				st.unreal = true
				return st
			case "after", "since", "before":
				return st
			}
			if headIsVerb {
				return r.clauseStatus(head, false, depth+1).with(st)
			}
		}
		if mark == "if" || mark == "unless" {
			st.unreal = true
		}
		return st
	}
	return st
}

// complement bends a clause by the verb or noun whose complement it is.
func (r *reading) complement(v, head int, tn tense, st status, depth int) status {
	doc := r.doc
	// "accused the bank of hiding losses": the clause hangs on the one accused.
	if t := doc.Tokens[head]; t.UPOS != "VERB" && (t.Deprel == "obj" || t.Deprel == "nsubj:pass" || nlp.IsRel(t.Deprel, "obl")) && t.Head >= 0 && nlp.IsRel(doc.Tokens[v].Deprel, "acl") && r.preposedBy(v, "of", "for") {
		if h := r.c.governor[r.lemma[t.Head]]; h == holdAlleged || h == holdDenied || h == holdKnown {
			head = t.Head
		}
	}
	lemma := r.lemma[head]
	h := r.c.governor[lemma]
	if r.deniedReport(head) {
		h = holdDenied // "rejected reports that its men had killed two surveyors"
	}
	finite := tn != infinitive && tn != participle && tn != bare
	governor := stated
	if doc.Tokens[head].UPOS == "VERB" {
		governor = r.clauseStatus(head, h != holdBegun && h != holdReal, depth+1)
	}
	// "did not hesitate to", "is ready to": what is said of a readiness.
	if lemma == "hesitate" && r.negated(head) || lemma == "ready" || lemma == "willing" || lemma == "prepared" || lemma == "prepare" && tn == infinitive && doc.Tokens[head].XPOS == "VBN" {
		st.unstarted, st.unreal = true, true
		return st
	}
	if h != holdNothing {
		r.becauseOf("under a word that makes it "+h.String()+":", head)
	}
	switch h {
	case holdTried:
		if doc.Tokens[head].UPOS != "VERB" {
			st.unreal = true // "their attempts to invade"
			return st
		}
		st = governor.with(st)
	case holdReal, holdBegun:
		if finite {
			return st
		}
		st = governor.with(st)
	case holdPlanned:
		if finite && lemma == "announce" {
			return st
		}
		if !finite || st.future {
			st.future = true
			st.unreal = st.unreal || governor.unreal
		}
	case holdUnreal:
		if !finite || st.future || st.habitual {
			st.unreal = true
		}
		switch lemma {
		case "fear", "hope", "wish", "warn", "risk", "imagine", "suggest":
			st.unreal = st.unreal || lemma != "warn" && lemma != "suggest"
		}
	case holdAlleged:
		// A claim about oneself is no accusation: "claims to have shot down a jet".
		if st.modality == news.Occurred || st.modality == news.Ongoing {
			st.modality = news.Alleged
		}
	case holdDenied:
		if r.negated(head) {
			return st
		}
		st.modality, st.unreal = news.Denied, false
	case holdKnown:
		if !finite && tn == infinitive && !r.hasAux(v, "have") && lemma != "convict" {
			st.unreal = true
		}
	default:
		if tn == infinitive && !r.hasAux(v, "have") {
			st.unreal = true
			r.becauseOf("named only as the complement of", head)
		} else if !finite && doc.Tokens[head].UPOS == "VERB" {
			st = governor.with(st)
		}
	}
	return st
}

// resumes reports whether a verb that the parse joins to a complement clause,
// with a comma and no conjunction, goes on with the main clause: "The chairman,
// who had denied that it leaked, resigned".
func (r *reading) resumes(v int) bool {
	t := r.doc.Tokens[v]
	return nlp.IsRel(t.Deprel, "conj") && v > 0 && t.Head >= 0 && r.doc.Tokens[v-1].Form == "," && r.doc.Child(v, "cc") < 0 &&
		nlp.IsRel(r.doc.Tokens[t.Head].Deprel, "ccomp") && r.doc.Child(v, "nsubj") < 0
}

// repeated reports whether a clause tells of what happens again and again:
// "reporters jailed each year", "he was jailed five times".
func (r *reading) repeated(v int) bool {
	for _, c := range r.doc.Children(v) {
		t := r.doc.Tokens[c]
		if n := r.timeAt(t.Start, t.End); n >= 0 && r.times[n].Type == news.TimeSet {
			return true
		}
		if d := r.doc.Child(c, "det"); d >= 0 && (r.lemma[d] == "each" || r.lemma[d] == "every") && (r.lemma[c] == "year" || r.lemma[c] == "month" || r.lemma[c] == "week" || r.lemma[c] == "day") {
			return true
		}
		if r.lemma[c] == "time" && r.doc.Child(c, "nummod") >= 0 && r.c.counts.object[r.lemma[v]] == news.Arrested {
			return true // but one who is stabbed five times is stabbed once
		}
	}
	return false
}

// contentClause reports whether a clause with "that" tells what is claimed, and
// does not describe the noun it hangs on: "the group alleges that …", with the
// verb read as a noun, "reports that …".
func (r *reading) contentClause(v, head int) bool {
	switch r.c.governor[r.lemma[head]] {
	case holdAlleged, holdDenied:
	default:
		return false
	}
	return head+1 < v && r.lemma[head+1] == "that"
}

// preposedBy reports whether a clause is marked by one of the words.
func (r *reading) preposedBy(v int, words ...string) bool {
	m := r.doc.Child(v, "mark")
	return m >= 0 && slices.Contains(words, r.lemma[m])
}

// with lays a dependent clause's own status over its governor's.
func (g status) with(own status) status {
	g.unreal = g.unreal || own.unreal
	g.future = g.future || own.future
	g.would = g.would || own.would
	g.earlier = g.earlier || own.earlier
	g.presumed = g.presumed || own.presumed
	if own.modality != news.Occurred {
		g.modality = own.modality
	}
	return g
}

// negated reports whether a verb is denied by "not", "never" or "no" with its
// subject or object.
func (r *reading) negated(v int) bool {
	doc := r.doc
	for _, c := range doc.Children(v) {
		t := doc.Tokens[c]
		switch {
		case nlp.IsRel(t.Deprel, "advmod"), t.Deprel == "neg", nlp.IsRel(t.Deprel, "cc"), nlp.IsRel(t.Deprel, "aux"):
			switch r.lemma[c] {
			case "not", "n't", "n’t", "never", "neither", "nor", "nt":
				return true
			}
		case nlp.IsRel(t.Deprel, "nsubj"), t.Deprel == "obj":
			if l := r.lemma[c]; l == "nobody" || l == "none" || l == "no-one" {
				return true
			}
			for _, d := range doc.Children(c) {
				if doc.Tokens[d].Deprel == "det" && (r.lemma[d] == "no" || r.lemma[d] == "neither") {
					return true
				}
			}
		}
	}
	return false
}
