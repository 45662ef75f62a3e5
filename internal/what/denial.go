package what

import "github.com/onrecord/onrecord/internal/nlp"

// deniedReport reports whether a noun is a report or a claim that somebody says
// is untrue: "dismissed as lies reports that", "denied claims of an attack".
func (r *reading) deniedReport(n int) bool {
	if o := r.doc.Child(n, "obj"); o >= 0 && r.doc.Tokens[n].UPOS == "VERB" && r.doc.Tokens[n].Head != o {
		n = o // the clause hung on the verb
	}
	switch r.lemma[n] {
	case "report", "claim", "allegation", "accusation", "suggestion", "rumour", "rumor", "assertion", "charge", "story":
	default:
		return false
	}
	t := r.doc.Tokens[n]
	if v := n - 1; v >= 0 && t.Head < 0 && r.doc.Tokens[v].Head == n && r.doc.Child(n, "nsubj") >= 0 {
		return denies(r.lemma[v]) // the verb read as an adjective of "reports"
	}
	switch rel := t.Deprel; {
	case t.Head < 0 || r.negated(t.Head):
		return false
	case rel == "obj", rel == "nsubj:pass", nlp.IsRel(rel, "obl"), nlp.IsRel(rel, "xcomp"), nlp.IsRel(rel, "conj"):
		return denies(r.lemma[t.Head])
	}
	return false
}

// denies tells the verbs by which somebody says that a report is untrue.
func denies(lemma string) bool {
	switch lemma {
	case "reject", "dismiss", "deny", "dispute", "refute", "rebut", "repudiate", "rubbish":
		return true
	}
	return false
}
