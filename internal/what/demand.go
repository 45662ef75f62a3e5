package what

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// demandAt reads a "must" by which a speaker demands something of another
// party: "The envoy said that the rebels must free the pilots". What somebody
// says that he himself must do, or that must be so, demands nothing. nil where
// it is none.
func (r *reading) demandAt(i int) *mention {
	rules := r.c.verbs[r.lemma[i]]
	v := r.doc.Tokens[i].Head
	if rules == nil || v < i || r.negated(v) {
		return nil
	}
	span := r.doc.Span(i, i+1)
	if v-i <= 3 {
		span = r.doc.Span(i, v+1) // "must free"
	}
	spoken := r.statementsAt(span)
	if len(spoken) == 0 || !r.isMainClause(v) {
		return nil
	}
	switch r.statements[spoken[len(spoken)-1]].Act {
	case news.Say, news.Demand, news.Warn, news.Ask, news.Promise:
	default:
		return nil
	}
	f := r.verbFrame(v)
	rule := r.choose(rules, f)
	if rule == nil {
		return nil
	}
	m := &mention{token: i, rule: rule, frame: f, typ: rule.typ, mode: rule.mode, ownMode: rule.mode != "",
		status: stated, span: span, spoken: spoken}
	for _, h := range f.subj {
		if l := r.lemma[h]; l == "we" || l == "i" {
			return nil
		}
	}
	for _, s := range spoken {
		if r.speaksOfItself(r.statements[s], f.subj) {
			return nil
		}
	}
	// Whom it is demanded of is asked, not asking.
	f.obj = append(f.subj, f.obj...)
	f.subj = nil
	for _, s := range spoken {
		if src := r.statements[s].Source; src != nil && src.Phrase != nil {
			if h := r.headOf(*src.Phrase); h >= 0 {
				f.subj = []int{h}
			}
		}
	}
	return m
}

// speaksOfItself reports whether the source of a statement is one of those who
// a clause is about.
func (r *reading) speaksOfItself(s news.Statement, heads []int) bool {
	if s.Source == nil || !s.Source.Entity.Known() {
		return false
	}
	for _, h := range heads {
		if e := r.entity(h); e != nil && news.Optional(e.ID) == s.Source.Entity {
			return true
		}
	}
	return false
}

// isMainClause reports whether a verb is the main one of its sentence or of
// what is said in it, not that of a clause about a reason or a condition.
func (r *reading) isMainClause(v int) bool {
	for _, c := range r.doc.Children(v) {
		if r.doc.Tokens[c].Deprel != "mark" {
			continue
		}
		if l := r.lemma[c]; l != "that" {
			return false
		}
	}
	t := r.doc.Tokens[v]
	return t.Head < 0 || nlp.IsRel(t.Deprel, "ccomp") || nlp.IsRel(t.Deprel, "parataxis") || nlp.IsRel(t.Deprel, "conj")
}

// headOf is the word of a phrase that the others hang on; -1 for none.
func (r *reading) headOf(phrase news.Span) int {
	t := r.doc.Tokens
	for i := r.doc.TokenAt(phrase.Start); i < len(t) && t[i].Start < phrase.End; i++ {
		if h := t[i].Head; h < 0 || t[h].Start < phrase.Start || t[h].Start >= phrase.End {
			return i
		}
	}
	return -1
}
