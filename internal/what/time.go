package what

import (
	"sort"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// timeAt returns the index of the time expression that overlaps the bytes from
// start to end, -1 for none.
func (r *reading) timeAt(start, end int) int {
	n := sort.Search(len(r.times), func(i int) bool { return r.times[i].End > start })
	if n < len(r.times) && r.times[n].Start < end {
		return n
	}
	return -1
}

// clauseTime finds the time expression that dates a mention: one among the
// phrases of its clause, or else the only one of the sentence that no other
// trigger and no verb of saying can lay claim to.
func (r *reading) clauseTime(m *mention) int {
	if n := r.ownAdverbial(m); n >= 0 {
		return n
	}
	if n := r.timeBelow(m.token, 0); n >= 0 {
		return n
	}
	// "since 2017, when a general was killed"
	if t := r.doc.Tokens[m.token]; nlp.IsRel(t.Deprel, "acl") && t.Head >= 0 {
		if n := r.datingTime(t.Head); n >= 0 {
			return n
		}
	}
	for _, p := range m.frame.preps {
		if p.word == "since" || p.word == "until" || p.word == "before" {
			continue
		}
		if n := r.datingTime(p.head); n >= 0 {
			return n
		}
	}
	// "abducted pupils in Nigeria on Sunday", read as a Nigeria on Sunday.
	if !m.frame.noun {
		for _, heads := range [][]int{m.frame.obj, m.frame.subj} {
			for _, h := range heads {
				if n := r.timeBelow(h, 1); n >= 0 && h > m.token {
					return n
				}
			}
		}
		for _, p := range m.frame.preps {
			if p.head > m.token && p.word != "since" && p.word != "until" && p.word != "of" && p.word != "from" {
				if n := r.timeBelow(p.head, 2); n >= 0 {
					return n
				}
			}
		}
	}
	if v := m.frame.verb; v >= 0 && v != m.token && !r.beside(m) {
		if n := r.timeBelow(v, 0); n >= 0 {
			return n
		}
	}
	// Clauses that go on with the main one: "…, killing nine on Friday".
	at := m.token
	if m.frame.noun && m.frame.carrier < 0 {
		return -1
	}
	for range 4 {
		t := r.doc.Tokens[at]
		if t.Head < 0 || nlp.IsRel(t.Deprel, "ccomp") || nlp.IsRel(t.Deprel, "acl") {
			break
		}
		if nlp.IsRel(t.Deprel, "parataxis") {
			break
		}
		// "since parliament approved it" has another time than its main clause.
		if mark := r.doc.Child(at, "mark"); mark >= 0 {
			if l := r.lemma[mark]; l == "since" || l == "after" || l == "before" || l == "until" || l == "because" {
				break
			}
		}
		at = t.Head
		if r.c.governor[r.lemma[at]] == holdKnown && r.trigger[at] < 0 {
			break
		}
		if n := r.timeBelow(at, 0); n >= 0 {
			return n
		}
	}
	return r.openingTime(m)
}

// ownAdverbial is the time expression that stands in a verb's own clause,
// whatever its slot: after the verb, or between subject and verb, where the
// parse hangs it on the subject: "Rebels on Sunday shelled the town".
func (r *reading) ownAdverbial(m *mention) int {
	v := m.token
	if m.frame.noun {
		return -1
	}
	best := -1
	for _, c := range r.doc.Children(v) {
		rel := r.doc.Tokens[c].Deprel
		if !nlp.IsRel(rel, "obl") && !nlp.IsRel(rel, "nmod") && !nlp.IsRel(rel, "advmod") {
			continue
		}
		if p := r.preposition(c); p == "since" || p == "until" || p == "before" || p == "for" || p == "to" {
			continue
		}
		if n := r.datingTime(c); n >= 0 && !r.insideOther(c) {
			if precisionOf(r.times[n]) == news.PrecisionDay {
				return n
			}
			if best < 0 {
				best = n
			}
		}
	}
	heads := m.frame.subj
	if m.frame.passive {
		heads = m.frame.obj
	}
	for _, h := range heads {
		if h > v {
			continue
		}
		for _, c := range r.doc.Children(h) {
			rel := r.doc.Tokens[c].Deprel
			if c < h || c > v || !nlp.IsRel(rel, "nmod") && !nlp.IsRel(rel, "obl") && !nlp.IsRel(rel, "appos") && rel != "flat" && rel != "compound" {
				continue
			}
			if p := r.preposition(c); p != "" && p != "on" && p != "in" {
				continue
			}
			if n := r.datingTime(c); n >= 0 && precisionOf(r.times[n]) == news.PrecisionDay {
				return n
			}
		}
	}
	if x := r.doc.Child(v, "xcomp"); best < 0 && x >= 0 && r.doc.Tokens[x].UPOS == "ADJ" {
		best = r.timeBelow(x, 0) // "shot dead near her flat on Friday"
	}
	return best
}

// insideOther reports whether a time expression only describes a noun that
// follows it: the year in "over the 2029 shooting" dates the shooting.
func (r *reading) insideOther(c int) bool {
	t := r.doc.Tokens
	if v := t[c].Head; r.isYear(c) && v >= 0 && v < c {
		for _, d := range r.doc.Children(v) {
			if p := r.preposition(d); d > v && d < c && (p == "for" || p == "over") {
				return true // "jailed for the burning of a village in 2020"
			}
		}
	}
	return r.isYear(c) && c > 0 && c+1 < len(t) && t[c-1].UPOS == "DET" && (t[c+1].UPOS == "NOUN" || t[c+1].UPOS == "ADJ")
}

// openingTime is the time expression that opens the sentence, which dates its
// main clause wherever the parse hangs it: "Last year more than 800 people
// were killed". It dates the saying, not what is said, where that is the main
// verb.
func (r *reading) openingTime(m *mention) int {
	s := r.doc.Sentences[m.sentence]
	n := r.datingTime(s.From)
	if n < 0 && s.From+1 < s.To && r.doc.Tokens[s.From].UPOS == "ADP" {
		n = r.datingTime(s.From + 1)
	}
	if n < 0 {
		return -1
	}
	at := m.token
	if m.frame.verb >= 0 {
		at = m.frame.verb
	}
	for range maxClimb {
		t := r.doc.Tokens[at]
		if t.Head < 0 {
			break
		}
		if nlp.IsRel(t.Deprel, "ccomp") || nlp.IsRel(t.Deprel, "parataxis") || nlp.IsRel(t.Deprel, "acl") {
			return -1
		}
		at = t.Head
	}
	if r.c.governor[r.lemma[at]] == holdKnown && at != m.token {
		return -1
	}
	return n
}

// beside reports whether a noun stands in a phrase that sets it apart in time
// from its clause: "shares fell on Monday after the march".
func (r *reading) beside(m *mention) bool {
	if !m.frame.noun || m.frame.carrier >= 0 {
		return false
	}
	at := m.token
	if m.frame.parent >= 0 {
		at = m.frame.parent
	}
	switch r.preposition(at) {
	case "after", "before", "following", "since", "over", "despite", "amid", "for", "about", "of", "to", "until":
		return true
	}
	return false
}

// datingTime is the time expression of a phrase, if it can date: durations and
// repeated times cannot.
func (r *reading) datingTime(i int) int {
	t := r.doc.Tokens[i]
	n := r.timeAt(t.Start, t.End)
	if n < 0 || r.times[n].Type == news.TimeSet || r.times[n].Type == news.TimeDuration || !r.times[n].Earliest.Known() {
		return -1
	}
	return n
}

// timeBelow looks among the dependents of a word that are not clauses.
func (r *reading) timeBelow(i, depth int) int {
	if depth > 3 {
		return -1
	}
	for _, c := range r.doc.Children(i) {
		rel := r.doc.Tokens[c].Deprel
		if isClause(rel) || nlp.IsRel(rel, "conj") {
			continue
		}
		if nlp.IsRel(rel, "nsubj") && depth == 0 || rel == "nmod:poss" && depth > 0 {
			continue
		}
		if depth > 0 && c < i && r.isYear(c) {
			continue // "a 1951 treaty", but "Friday prayers"
		}
		if r.trigger[c] >= 0 && r.datingTime(c) < 0 {
			continue // "convicted him over last year's blast" dates the blast
		}
		// "deadliest since January 2023" dates something else.
		if p := r.preposition(c); p == "since" || p == "until" || p == "before" {
			continue
		}
		if n := r.datingTime(c); n >= 0 {
			return n
		}
		if n := r.timeBelow(c, depth+1); n >= 0 {
			return n
		}
	}
	return -1
}

// isYear reports whether a word is a time expression for a whole year.
func (r *reading) isYear(i int) bool {
	n := r.datingTime(i)
	return n >= 0 && precisionOf(r.times[n]) == news.PrecisionYear
}

// findTime dates a mention; nil where the text does not.
func (r *reading) findTime(m *mention) *news.EventTime {
	n := r.clauseTime(m)
	if n < 0 {
		n = r.yearBeside(m)
	}
	if n < 0 {
		return r.sinceTime(m)
	}
	t := r.times[n]
	span := t.Span
	return &news.EventTime{
		Earliest:  t.Earliest,
		Latest:    t.Latest,
		Precision: precisionOf(t),
		Basis:     news.TimeFromText,
		Evidence:  &span,
	}
}

// yearBeside finds a year in the phrase of a noun, whatever word of it the
// parse hangs it on: "the 2028 school shooting", "the massacre at the mill in
// 1943". -1 for none.
func (r *reading) yearBeside(m *mention) int {
	if !m.frame.noun {
		return -1
	}
	s := r.doc.Sentences[m.sentence]
	for i := m.token - 1; i >= s.From && i >= m.token-3 && r.inPhrase(i); i-- {
		if r.isYear(i) {
			return r.datingTime(i)
		}
	}
	for i := m.token + 1; i < s.To && i <= m.token+6 && (r.inPhrase(i) || r.doc.Tokens[i].UPOS == "ADP"); i++ {
		if r.isYear(i) && r.lemma[i-1] == "in" {
			return r.datingTime(i)
		}
	}
	return -1
}

// inPhrase tells words that stand within a noun phrase.
func (r *reading) inPhrase(i int) bool {
	switch r.doc.Tokens[i].UPOS {
	case "NOUN", "PROPN", "ADJ", "NUM", "DET":
		return true
	}
	return false
}

// sinceTime is the time from a date with "since" to the publication, for what
// has gone on: "The fighting has killed 90 people since March".
func (r *reading) sinceTime(m *mention) *news.EventTime {
	if r.published == "" || m.typ != news.Assault && m.typ != news.Disaster && m.typ != news.Protest || !r.lasting(m) {
		return nil
	}
	for _, v := range []int{m.token, m.frame.verb} {
		if v < 0 {
			continue
		}
		for _, c := range r.doc.Children(v) {
			if n := r.sinceAt(c, 0); n >= 0 && string(r.times[n].Earliest) <= r.published {
				span := r.times[n].Span
				return &news.EventTime{Earliest: r.times[n].Earliest, Latest: news.Optional(r.published), Precision: news.PrecisionRange, Basis: news.TimeFromText, Evidence: &span}
			}
		}
	}
	return nil
}

// lasting reports whether a mention tells of more than a moment: fighting, or
// what "has" or "have been" going on.
func (r *reading) lasting(m *mention) bool {
	if r.c.classes["war"][r.lemma[m.token]] {
		return true
	}
	if m.frame.verb < 0 {
		return false
	}
	switch r.tenseOf(m.frame.verb) {
	case perfect, progressive:
		return true
	}
	return false
}

// sinceAt finds a date after "since" at a phrase or in it.
func (r *reading) sinceAt(i, depth int) int {
	if r.preposition(i) == "since" {
		if n := r.datingTime(i); n >= 0 {
			return n
		}
	}
	if depth < 2 {
		for _, c := range r.doc.Children(i) {
			if isClause(r.doc.Tokens[c].Deprel) {
				continue
			}
			if n := r.sinceAt(c, depth+1); n >= 0 {
				return n
			}
		}
	}
	return -1
}

// precisionOf reads how exact a time expression is off its bounds.
func precisionOf(t news.Time) news.Precision {
	if !t.Earliest.Known() || !t.Latest.Known() {
		return news.PrecisionUnknown
	}
	days, ok := daysBetween(string(t.Earliest), string(t.Latest))
	switch {
	case !ok:
		return news.PrecisionUnknown
	case days == 0:
		return news.PrecisionDay
	case days == 6:
		return news.PrecisionWeek
	case days >= 27 && days <= 30:
		return news.PrecisionMonth
	case days >= 364 && days <= 365:
		return news.PrecisionYear
	}
	return news.PrecisionRange
}

func daysBetween(from, to string) (int, bool) {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0, false
	}
	return int(b.Sub(a).Hours() / 24), true
}
