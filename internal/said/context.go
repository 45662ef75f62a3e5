package said

import (
	"math"
	"sort"
	"strconv"

	"github.com/onrecord/onrecord/internal/news"
)

// statements turns the findings into the record's form, in text order.
func (r *reading) statements(times []news.Time, published string) []news.Statement {
	r.indexSpeakers()
	out := make([]news.Statement, 0, len(r.found))
	for i := range r.found {
		f := &r.found[i]
		s := news.Statement{
			ID:         "s" + strconv.Itoa(i+1),
			Source:     r.recordSource(f),
			Form:       r.formOf(f),
			Answers:    []string{},
			Events:     []string{},
			Confidence: r.confidence(f),
		}
		if f.within >= 0 {
			s.Within = news.Optional(out[f.within].ID)
		}
		for _, p := range f.pieces {
			s.Content = append(s.Content, r.span(p))
		}
		if f.cue >= 0 && f.cueFrom >= 0 {
			c := r.doc.Span(f.cueFrom, f.cueTo)
			s.Cue = &c
		}
		s.Act, s.Polarity = r.actOf(f)
		s.SaidAt = r.saidAt(f, times, published)
		s.Via, s.Addressee = r.channel(f)
		s.About = r.about(f)
		out = append(out, s)
	}
	r.answer(out)
	return out
}

func (r *reading) span(p piece) news.Span {
	return news.Span{Start: p.start, End: p.end, Text: r.doc.Text[p.start:p.end]}
}

func (r *reading) recordSource(f *finding) *news.Source {
	if f.source.head < 0 {
		return nil
	}
	e := r.speakerOf(f)
	if e < 0 && f.within >= 0 {
		if outer := r.speakerOf(&r.found[f.within]); outer >= 0 && r.quoteAt[f.source.head] >= 0 && r.firstPersonAt(f.source.head, outer) {
			e = outer // “I suspect they knew,” Lund said: I is Lund
		}
	}
	s := &news.Source{Implicit: f.source.implicit, Entity: r.cast.ID(e)}
	if !f.source.implicit {
		from, to := f.source.from, f.source.to
		if m := r.cast.MentionAt(f.source.head); m >= 0 && to-from == 1 { // the "old" of "the 31-year-old"
			if c := r.cast.Mentions[m]; c.Head == f.source.head && c.Kind == news.MentionNominal && c.From <= from && to <= c.To {
				from, to = c.From, c.To
			}
		}
		p := r.doc.Span(from, to)
		s.Phrase = &p
	}
	return s
}

// entityOf is the entity that a source phrase refers to: that of its head, or
// of a name in it where the head is an office: "Norway’s minister Mara Lund".
func (r *reading) entityOf(s source) int {
	if s.head < 0 {
		return -1
	}
	if e := r.cast.At(s.head); e >= 0 {
		return e
	}
	for _, c := range r.doc.Children(s.head) { // "the harbour master, Per Dahl, told reporters"
		if e := r.cast.At(c); e >= 0 && c > s.head && r.rel(c, "appos") && r.cast.Entities[e].Type == news.Person {
			return e
		}
	}
	for i := s.to - 1; i >= s.from; i-- {
		if e := r.cast.At(i); e >= 0 && r.cast.Entities[e].Type == news.Person {
			return e
		}
	}
	return -1
}

// formOf tells direct, mixed and indirect content apart by its quotations.
func (r *reading) formOf(f *finding) news.Form {
	if f.direct {
		return news.Direct
	}
	in, out := 0, 0
	outer := -1
	if f.cue >= 0 {
		outer = r.quoteAt[f.cue]
	}
	for _, p := range f.pieces {
		for i := r.doc.TokenAt(p.start); i < len(r.doc.Tokens) && r.tok(i).Start < p.end; i++ {
			if r.punct(i) {
				continue
			}
			if q := r.quoteAt[i]; q >= 0 && q != outer {
				in++
			} else {
				out++
			}
		}
	}
	switch {
	case in == 0:
		return news.Indirect
	case out == 0:
		return news.Direct
	}
	return news.Mixed
}

// confidence is how surely the finding is a statement with that content. The
// cue's weight is lowered by what makes misses more frequent; the steps were set
// on one half of PolNeAR's development part, so that of the findings of a
// confidence about that share is right.
func (r *reading) confidence(f *finding) float64 {
	c := f.weight
	switch {
	case f.direct && f.cue >= 0:
		c = max(c, 0.97)
	case f.direct:
	case c < 0.95:
		c -= 0.12
	}
	words := 0
	for _, p := range f.pieces {
		words += r.doc.TokenAt(p.end) - r.doc.TokenAt(p.start)
	}
	if words < 3 {
		c -= 0.15
	}
	if !f.direct && len(f.pieces) > 1 {
		c -= 0.1
	}
	if f.source.head < 0 {
		c -= 0.1
	}
	if f.within >= 0 {
		c -= 0.3
	}
	return math.Round(100*min(max(c, 0.05), 0.99)) / 100
}

// datingReach is how far from its cue, in bytes, a time may date a statement.
const datingReach = 400

// saidAt dates a statement by a time beside its cue: "said on Tuesday", "In
// May Lund had said"; else by the day of publication.
func (r *reading) saidAt(f *finding, times []news.Time, published string) *news.SaidAt {
	if f.cue >= 0 {
		from, to := r.sentence(f.cue)
		start, end := r.tok(from).Start, r.tok(to-1).End
		// What dates a cue stands near it, however long its sentence is.
		cue := r.tok(f.cue).Start
		start, end = max(start, cue-datingReach), min(end, cue+datingReach)
		first := sort.Search(len(times), func(i int) bool { return times[i].Start >= start })
		for _, t := range times[first:] {
			if t.Start >= end {
				break
			}
			if t.Type != news.TimeDate && t.Type != news.TimeOfDay || t.Earliest == "" || r.dated(t, f) {
				continue
			}
			if !r.datesCue(r.doc.TokenAt(t.Start), f) {
				continue
			}
			if at := saidBy(t, published); at != nil {
				return at
			}
		}
	}
	if len(published) < 10 {
		return nil
	}
	day := news.Optional(published[:10])
	return &news.SaidAt{Earliest: day, Latest: day, Basis: news.BasisPublished}
}

// saidBy dates words by time t. Nothing was said after the day it was published:
// "this week" ends on that day, and "next week" dates no words at all.
func saidBy(t news.Time, published string) *news.SaidAt {
	at := &news.SaidAt{Earliest: t.Earliest, Latest: t.Latest, Basis: news.BasisText}
	if len(published) < 10 {
		return at
	}
	day := published[:10]
	if e := string(t.Earliest); len(e) >= 10 && e[:10] > day {
		return nil
	}
	if l := string(t.Latest); len(l) >= 10 && l[:10] > day {
		at.Latest = news.Optional(day)
	}
	return at
}

// dated reports whether time t is part of what somebody says in a content that
// does not hold the cue of f: it dates what is told, not the telling.
func (r *reading) dated(t news.Time, f *finding) bool {
	at := sort.Search(len(r.found), func(i int) bool { return r.found[i].start() > t.Start })
	for i := at - 1; i >= 0 && i >= at-6; i-- {
		if g := &r.found[i]; g.covers(t.Start, t.End) && !g.covers(r.tok(f.cue).Start, r.tok(f.cue).End) {
			return true
		}
	}
	return f.covers(t.Start, t.End)
}

// datesCue reports whether the time that begins at token t dates the cue and
// not the source or another clause.
func (r *reading) datesCue(t int, f *finding) bool {
	if f.source.head >= 0 && !f.source.implicit && t >= f.source.from && t < f.source.to {
		return false
	}
	if r.tok(t).Start >= f.end() && t > f.cue {
		for i := r.doc.TokenAt(f.end()); i < t; i++ {
			if r.separates(i) {
				return false // "recalled the role of the army, mainly in the 1950s"
			}
		}
	}
	for i := t - 1; i > f.source.head && i > t-12 && t < f.cue && f.source.head >= 0; i-- {
		if x := r.tok(i).XPOS; x == "WP" || x == "WDT" {
			return false // "Lund, who took over in May, said"
		}
	}
	for i, climbs := t, 0; i >= 0 && climbs < 8; climbs++ {
		if i == f.cue {
			return true
		}
		if r.finite(i) && i != f.cue && r.tok(i).UPOS == "VERB" && r.tok(f.cue).Head != i {
			return false
		}
		if i < t && t < f.cue && r.tok(f.cue).Head == i && r.rel(f.cue, "conj") {
			return false // "will tour the coast next week and promised aid"
		}
		i = r.tok(i).Head
	}
	return t > f.cue-12 && t < f.cue+6
}

// channel finds through whom the words came ("told Reuters", "in an interview
// with the BBC") and to whom they were said.
func (r *reading) channel(f *finding) (*news.EntityRef, *news.Party) {
	if f.cue < 0 || r.tok(f.cue).UPOS != "VERB" {
		return nil, nil
	}
	var via *news.EntityRef
	var addressee *news.Party
	if r.asSaying(f.cue) {
		// "State TV quoted the minister as saying": who quotes is the way it went.
		if m, ok := r.subjectOf(r.tok(f.cue).Head); ok && m.head >= 0 && !r.passive(r.tok(f.cue).Head) {
			if e := r.cast.At(m.head); e >= 0 && r.isMedium(e) {
				via = &news.EntityRef{Entity: r.cast.ID(e)}
			}
		}
	}
	for _, c := range r.doc.Children(f.cue) {
		if f.covers(r.tok(c).Start, r.tok(c).End) || r.inTime(c) {
			continue
		}
		switch {
		case r.tells(f.cue) && (r.rel(c, "obj", "iobj") || c > f.cue && r.told(c)), r.rel(c, "obl") && r.caseOf(c) == "to" && c > f.cue:
			if !r.nominal(c) || c == f.source.head {
				continue
			}
			p := r.phrase(c)
			e := r.cast.At(c)
			if e >= 0 && r.isMedium(e) && r.tok(c).XPOS != "NNS" {
				via = &news.EntityRef{Entity: r.cast.ID(e)}
			}
			addressee = &news.Party{Entity: r.cast.ID(e), Span: r.doc.Span(p.from, p.to)}
		case r.rel(c, "obl") && (r.lemma(c) == "interview" || r.lemma(c) == "statement" || r.lemma(c) == "remark"):
			for _, m := range r.doc.Children(c) {
				if e := r.cast.At(m); e >= 0 && r.rel(m, "nmod") && (r.caseOf(m) == "with" || r.caseOf(m) == "to") {
					via = &news.EntityRef{Entity: r.cast.ID(e)}
				}
			}
		}
	}
	if n := f.cueTo; addressee == nil && n < len(r.doc.Tokens) && r.tells(f.cue) && (r.word(n) == "reporters" || r.word(n) == "journalists") {
		addressee = &news.Party{Entity: r.cast.ID(r.cast.At(n)), Span: r.doc.Span(n, n+1)}
	}
	return via, addressee
}

func (r *reading) tells(v int) bool {
	switch r.lemma(v) {
	case "tell", "inform", "assure", "warn", "ask", "remind", "notify", "brief", "advise", "promise", "reassure", "convince", "persuade":
		return true
	}
	return false
}

// isMedium reports whether the entity is a news medium.
func (r *reading) isMedium(e int) bool {
	if t := r.cast.Entities[e].Type; t != news.Organisation && t != news.OtherEntity {
		return false // reporters are told, not the way it went
	}
	for _, s := range r.cast.Entities[e].Sectors {
		if s == "JRN" {
			return true
		}
	}
	return false
}

// about lists the entities that the content names, each once, in text order.
func (r *reading) about(f *finding) []string {
	out := []string{}
	seen := make(map[int]bool)
	for _, p := range f.pieces {
		for i := r.doc.TokenAt(p.start); i < len(r.doc.Tokens) && r.tok(i).Start < p.end; i++ {
			if e := r.cast.At(i); e >= 0 && !seen[e] {
				seen[e] = true
				out = append(out, string(r.cast.ID(e)))
			}
		}
	}
	return out
}
