package what

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// nounStatus reads how a noun phrase presents its happening, and how much
// beside the noun itself says that one certain happening is meant: strength 0
// is a bare plural ("attacks are common"), 2 and more one that can be told
// apart ("an attack on a convoy", "Friday's attack", "the attack").
func (r *reading) nounStatus(f *frame) (st status, strength int) {
	doc := r.doc
	n := f.trigger
	st = stated
	definite := false
	t := doc.Tokens[n]
	plural := t.XPOS == "NNS" || t.XPOS == "NNPS"
	for _, c := range doc.Children(n) {
		switch ct := doc.Tokens[c]; {
		case ct.Deprel == "det":
			switch r.lemma[c] {
			case "the", "this", "these", "those", "that", "both":
				definite = true
				if !plural || r.lemma[c] != "the" {
					strength += 2
				} else {
					strength++
				}
			case "a", "an", "another":
				strength++
			case "no", "any", "every", "each", "either", "neither", "such":
				st.unreal = true
				r.becauseOf("no certain one:", c)
			}
		case ct.Deprel == "nmod:poss":
			definite = true
			strength++
			if r.isTime(c) {
				strength++
			}
		case ct.Deprel == "nummod":
			strength++
		case nlp.IsRel(ct.Deprel, "amod"), ct.Deprel == "compound", nlp.IsRel(ct.Deprel, "advmod"):
			modifier := r.lemma[c]
			if doc.Tokens[c].UPOS == "VERB" {
				modifier = strings.ToLower(doc.Tokens[c].Form) // "planned", "alleged"
			}
			switch modifier {
			case "more", "further":
				if c+1 < len(r.lemma) && r.lemma[c+1] != "than" {
					st.unreal = true
				}
			case "threatened", "feared", "expected", "awaited", "proposed":
				if r.cameTrue(f) {
					continue // "mounted its long-threatened invasion"
				}
				st.unreal = true
				r.becauseOf("called", c)
			case "possible", "potential", "future", "imminent", "hypothetical", "likely", "eventual", "such", "would-be", "anti", "counter":
				st.unreal = true
				r.becauseOf("called", c)
			case "alleged", "purported", "supposed":
				st.modality = news.Alleged
				r.becauseOf("called", c)
			case "planned", "upcoming", "forthcoming", "scheduled":
				st.future = true
			case "previous", "past", "earlier", "historic", "former":
				st.earlier = true
				strength++
			case "recent", "latest", "fresh", "new", "first", "second", "third", "deadly", "deadliest", "last", "worst", "massive", "major", "series", "string", "wave", "several", "multiple", "twin", "double", "overnight", "ongoing", "renewed":
				strength++
			}
			if r.isTime(c) {
				strength += 2
			}
		}
	}
	if n > 1 && doc.Tokens[n-1].Form == "-" {
		if p := r.lemma[n-2]; p == "anti" || p == "counter" {
			st.unreal = true
		}
	}
	for _, p := range f.preps {
		switch {
		case r.isTime(p.head):
			strength += 2
		case p.word == "in" || p.word == "at" || p.word == "near" || p.word == "on" || p.word == "against" || p.word == "by" || p.word == "outside" || p.word == "between" || p.word == "with":
			if e := r.entity(p.head); e != nil {
				strength++
			}
		}
	}
	if len(f.subj) > 0 {
		strength++
	}
	for _, h := range f.obj {
		if definite && (r.isParticipant(h) || r.isPersonNoun(h)) {
			strength++ // "the murder of a jeweller"
			break
		}
	}
	if f.several {
		strength++
	}
	if cop := doc.Child(n, "cop"); cop >= 0 && r.preposition(n) == "on" && len(f.subj) > 0 && !r.negated(n) {
		strength += 3
		if doc.Tokens[cop].XPOS == "VBZ" || doc.Tokens[cop].XPOS == "VBP" {
			st.modality = news.Ongoing
		}
	}
	if f.parent >= 0 && r.lemma[f.parent] == "responsibility" {
		strength += 2 // claimed, so it took place
	}
	return r.nounGoverned(f, st, strength, definite)
}

// cameTrue reports whether a noun is what a light verb of the past carries out.
func (r *reading) cameTrue(f *frame) bool {
	if !f.carried || !r.c.light[r.lemma[f.carrier]] || r.negated(f.carrier) {
		return false
	}
	tn := r.tenseOf(f.carrier)
	return tn == past || tn == perfect || tn == pastPerfect
}

// nounGoverned bends a noun's status by the noun or verb that it depends on.
func (r *reading) nounGoverned(f *frame, st status, strength int, definite bool) (status, int) {
	doc := r.doc
	st.presumed = st.presumed || definite
	if f.parent >= 0 && !r.c.quantity[r.lemma[f.parent]] {
		h := r.c.governor[r.lemma[f.parent]]
		if r.deniedReport(f.parent) {
			h = holdDenied
		}
		if t := doc.Tokens[f.trigger]; t.Deprel == "compound" {
			// "attack helicopter", "strike force": not a happening of its own;
			// "bombing campaign", "raid attempt" is.
			switch r.lemma[f.parent] {
			case "campaign", "wave", "spree", "operation", "attempt", "scene", "site", "victim", "series", "toll", "death", "survivor":
			default:
				st.unreal = true
				r.becauseOf("it only says what kind of thing is meant:", f.parent)
			}
			return st, strength
		}
		// "called for an end to the fighting": named only to be wished away.
		if pt := doc.Tokens[f.parent]; pt.Head >= 0 && r.c.governor[r.lemma[pt.Head]] == holdUnreal && doc.Tokens[pt.Head].UPOS == "VERB" {
			st.unreal = true
		}
		if h != holdNothing {
			r.becauseOf("under a word that makes it "+h.String()+":", f.parent)
		}
		switch h {
		case holdUnreal:
			if !definite {
				st.unreal = true
			}
		case holdAlleged:
			st.modality = news.Alleged
		case holdDenied:
			st.modality = news.Denied
		}
		return st, strength
	}
	v := f.verb
	if v < 0 {
		return st, strength
	}
	if r.isDue(v) {
		st.future = true
		return st, strength + 1
	}
	lemma := r.lemma[v]
	clause := r.clauseStatus(v, false, 0)
	if r.repeated(v) {
		st.unreal = true // "typhoons hit the islands each year"
		return st, strength
	}
	switch {
	case f.carried && r.c.light[lemma], f.carried && r.c.classes["suffer"][lemma]:
		// "staged an attack": the carrier's tense is the happening's.
		strength += 2
		if r.c.governor[lemma] == holdBegun {
			clause.unreal = clause.unreal || r.negated(v)
		}
		return clause.with(st), strength
	case f.carried:
		if h := r.c.governor[lemma]; h != holdNothing {
			r.becauseOf("under a word that makes it "+h.String()+":", v)
		}
		switch r.c.governor[lemma] {
		case holdUnreal:
			st.unreal = true // "demanded the release": at most it is told elsewhere
		case holdPlanned:
			st.future = true
			strength++
		case holdAlleged:
			if !definite {
				st.modality = news.Alleged
			}
			strength++
		case holdDenied:
			st.modality = news.Denied
			strength++
		case holdKnown:
			strength += 2
		default:
			if clause.unreal && !definite {
				st.unreal = true
			}
			if r.c.classes["happen"][lemma] && !clause.unreal && !clause.habitual {
				strength++
			}
		}
	case f.carrier >= 0: // subject
		if r.c.classes["happen"][lemma] {
			if (clause.habitual || r.tenseOf(v) == present) && (lemma == "continue" || lemma == "rage" || lemma == "persist") {
				clause.habitual, st.modality = false, news.Ongoing
			}
			if !clause.habitual {
				strength += 2
			}
			if clause.unreal && !definite {
				st.unreal = true
			}
			if clause.future && r.isBegin(lemma) {
				st.future = true
			}
			if clause.modality == news.Ongoing && (r.isBegin(lemma) || lemma == "rage") {
				st.modality = news.Ongoing
			}
		} else if (clause.habitual || clause.unreal) && !definite {
			st.habitual = true
		}
	default: // in an adverbial
		p := r.preposition(f.trigger)
		switch p {
		case "after", "following", "during", "since", "amid", "despite", "before", "over":
			strength++
			st.presumed = true
		case "in", "for", "by", "from", "with", "to", "at", "on":
			if (clause.unreal || clause.habitual || clause.future) && !definite {
				st.unreal = true
			}
		case "under":
			strength += 2 // "under arrest", "under siege"
		case "of", "about", "against":
			if r.c.governor[lemma] == holdUnreal || r.c.governor[lemma] == holdPlanned {
				st.unreal = st.unreal || !definite
			}
			if r.c.governor[lemma] == holdAlleged {
				st.modality = news.Alleged
			}
		}
		if p == "with" && r.c.governor[lemma] == holdAlleged {
			st.modality = news.Alleged // "charged with rioting"
		}
		if p == "for" || p == "to" || p == "into" {
			switch r.c.governor[lemma] {
			case holdUnreal:
				// "called for the minister's resignation", which none knows of yet
				st.unreal = st.unreal || !definite || p == "for" && r.c.classes["asker"][lemma]
			case holdPlanned:
				st.future = true
			}
		}
	}
	return st, strength
}

// isDue reports whether a verb stands in "is due to open", "is set for".
func (r *reading) isDue(v int) bool {
	if h := r.doc.Tokens[v].Head; h >= 0 && r.dueVerb(h) == v {
		return true
	}
	for _, c := range r.doc.Children(v) {
		switch r.lemma[c] {
		case "due", "set", "slated", "scheduled":
			if c < v && c > v-4 {
				return true
			}
		}
	}
	return r.doc.Tokens[v].XPOS == "VBN" && (r.lemma[v] == "schedule" || r.lemma[v] == "slate")
}

// isBegin tells verbs that say of a happening that it takes place at all.
func (r *reading) isBegin(lemma string) bool {
	switch lemma {
	case "begin", "start", "take", "occur", "happen", "resume", "continue", "open", "come", "go", "unfold", "rage", "persist":
		return true
	}
	return false
}
