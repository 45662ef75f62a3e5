package what

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// spread adds a head and what is coordinated with it.
func (r *reading) spread(heads []int, head int) []int {
	heads = append(heads, head)
	for _, c := range r.doc.Children(head) {
		if nlp.IsRel(r.doc.Tokens[c].Deprel, "conj") && r.doc.Tokens[c].UPOS != "VERB" {
			heads = append(heads, c)
		}
	}
	return heads
}

// hedges reports whether a preposition belongs to a number: "at least nine",
// "up to 40".
func (r *reading) hedges(i int) bool {
	if i+1 >= len(r.lemma) {
		return false
	}
	switch next := r.lemma[i+1]; r.lemma[i] {
	case "at":
		return next == "least" || next == "most"
	case "up":
		return next == "to"
	case "to":
		return i > 0 && r.lemma[i-1] == "up"
	}
	return false
}

// preposition is the case word of a phrase: "in", "against", "" for none. A
// possessive mark is none.
func (r *reading) preposition(head int) string {
	for _, c := range r.doc.Children(head) {
		switch t := r.doc.Tokens[c]; {
		case t.Deprel == "case" && t.XPOS != "POS" && !r.hedges(c):
			return r.lemma[c]
		case t.Deprel == "mark" && t.Form == "to" && r.doc.Tokens[head].UPOS == "NOUN":
			return "to" // "conceded to demands", read as an infinitive
		}
	}
	// The second of two coordinated phrases has the first one's.
	if t := r.doc.Tokens[head]; nlp.IsRel(t.Deprel, "conj") && t.Head >= 0 {
		for _, c := range r.doc.Children(t.Head) {
			if r.doc.Tokens[c].Deprel == "case" && r.doc.Tokens[c].XPOS != "POS" {
				return r.lemma[c]
			}
		}
	}
	// "called on Chad to withdraw", with "on" hung on the verb behind.
	if t := r.doc.Tokens[head]; nlp.IsRel(t.Deprel, "obl") && t.Head >= 0 && t.Head < head {
		first := head
		for _, c := range r.doc.Children(head) {
			first = min(first, c)
		}
		if k := first - 1; k > t.Head && r.doc.Tokens[k].UPOS == "ADP" && r.doc.Tokens[k].Deprel == "mark" && r.doc.Tokens[k].Head > head {
			return r.lemma[k]
		}
	}
	return ""
}

func (r *reading) hasAux(v int, lemma string) bool {
	for _, c := range r.doc.Children(v) {
		if nlp.IsRel(r.doc.Tokens[c].Deprel, "aux") && r.lemma[c] == lemma {
			return true
		}
	}
	return false
}

// entity is whom a token refers to, nil for nobody known.
func (r *reading) entity(i int) *news.Entity {
	if e := r.cast.At(i); e >= 0 {
		return &r.cast.Entities[e]
	}
	return nil
}

// isPlaceOnly reports whether a word names a place that cannot act.
func (r *reading) isPlaceOnly(i int) bool {
	e := r.entity(i)
	return e != nil && (e.Type == news.PlaceEntity || e.Type == news.Facility)
}

func (r *reading) isTime(i int) bool {
	t := r.doc.Tokens[i]
	return r.timeAt(t.Start, t.End) >= 0
}
