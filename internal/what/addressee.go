package what

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// addressed reports whether clause v tells what somebody is told and does not
// describe them, though the parse hangs it on them: "told reporters that nine
// had died".
func (r *reading) addressed(v int) bool {
	doc := r.doc
	noun := doc.Tokens[v].Head
	if noun < 0 || !nlp.IsRel(doc.Tokens[v].Deprel, "acl") || noun+1 >= v || r.lemma[noun+1] != "that" {
		return false
	}
	// The parse may take "that" for a pronoun: it stands for nobody where the
	// clause has a subject of its own.
	if t := doc.Tokens[noun+1]; t.Head != v || t.Deprel != "mark" && (t.Deprel != "obj" || doc.Child(v, "nsubj") < 0) {
		return false
	}
	switch doc.Tokens[noun].Deprel {
	case "obj", "iobj", "nsubj:pass":
	default:
		return false
	}
	verb := doc.Tokens[noun].Head
	if verb < 0 {
		return false
	}
	switch r.lemma[verb] {
	case "tell", "inform", "notify", "assure", "remind", "advise", "brief", "convince", "persuade", "reassure":
		return true
	}
	return false
}

// isSource reports whether those counted are whom somebody heard from, and so
// none of the harmed: "a report that cited two officials", "three witnesses
// told the paper".
func (r *reading) isSource(c *count) bool {
	if c.head < c.quantity.to || c.quantity.zero {
		return false
	}
	t := r.doc.Tokens[c.head]
	if t.Head < 0 {
		return false
	}
	switch {
	case t.Deprel == "obj", t.Deprel == "iobj", t.Deprel == "nsubj:pass" && r.isPassive(t.Head):
		switch r.lemma[t.Head] {
		case "cite", "quote", "interview", "tell", "inform", "brief", "consult", "contact", "question":
			return true
		}
	case t.Deprel == "nsubj":
		switch r.lemma[t.Head] {
		case "say", "tell", "add", "claim", "report", "testify", "confirm", "recall", "describe", "warn":
			return !r.isPassive(t.Head)
		}
	}
	return false
}

// dayAfter reports whether a verb stands in a clause that only dates the main
// one: "denied that it fired, a day after Norway expelled two envoys". Such a
// clause is told whatever becomes of the rest.
func (r *reading) dayAfter(v int) bool {
	from := r.doc.Sentences[r.doc.SentenceOf(v)].From
	for i := v - 1; i > from && i > v-12; i-- {
		switch r.doc.Tokens[i].UPOS {
		case "VERB", "CCONJ":
			return false
		}
		if r.doc.Tokens[i].Form == "," {
			return false // "that, hours after the blast, police fired"
		}
		if r.lemma[i] != "after" && r.lemma[i] != "before" {
			continue
		}
		switch r.lemma[i-1] {
		case "hour", "day", "week", "month", "year", "minute":
			return true
		}
		return false
	}
	return false
}

// dayApart reports whether one of two words of a sentence stands in a clause
// that dates the other's: "two were killed, a day after jets struck a base". Who
// died or is missing after something may be so by it.
func (r *reading) dayApart(a, b int) bool {
	for _, i := range [2]int{a, b} {
		if l := r.lemma[i]; r.doc.Tokens[i].UPOS != "VERB" && r.dayAfter(i) || l == "die" || l == "succumb" || l == "miss" || r.c.counts.state[l] != "" {
			return false
		}
	}
	// "a day after gunmen shot and killed a guard"
	if t := r.doc.Tokens; t[a].Head == b && t[a].Deprel == "conj" || t[b].Head == a && t[b].Deprel == "conj" {
		return false
	}
	return r.dayAfter(a) != r.dayAfter(b)
}

// claims reports whether a statement claims or denies what a mention tells, and
// does not just hold it as the date of something else.
func (r *reading) claims(s news.Statement, at int) bool {
	return s.Act != news.Deny || !r.dayAfter(at)
}
