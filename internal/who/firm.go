package who

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// fillFirms makes names of words that nobody claimed where they begin the name of
// a body of the text and are the subject: "Skyguide North runs the tower.
// Skyguide said …".
func (a *article) fillFirms() {
	first := map[string]bool{}
	for _, n := range a.names {
		i := n.from
		if n.kind != news.Organisation || n.to-i < 2 || n.actor >= 0 || a.caps[a.doc.SentenceOf(i)] {
			continue
		}
		w := a.lower(i)
		_, given := a.lex.given[w]
		if len(w) < 5 || given || a.doc.Tokens[i].UPOS != "PROPN" || a.placeAt[i] >= 0 || a.lex.roles[singular(w)] != nil || a.isModifier(i) || a.isCalendarWord(i) {
			continue
		}
		first[a.doc.Tokens[i].Form] = true
	}
	if len(first) == 0 {
		return
	}
	for i, t := range a.doc.Tokens {
		if !first[t.Form] || a.nameAt[i] >= 0 || a.skip[i] || t.UPOS != "PROPN" || !nlp.IsRel(t.Deprel, "nsubj") {
			continue
		}
		if i+1 < len(a.doc.Tokens) && capitalised(a.doc.Tokens[i+1].Form) && a.sameBlock(i, i+1) {
			continue
		}
		a.nameAt[i] = len(a.names)
		a.names = append(a.names, name{from: i, to: i + 1, kind: news.Organisation, actor: -1, place: -1})
	}
}
