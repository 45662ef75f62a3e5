// Package when finds the time expressions of an article and resolves them
// against its publication date.
//
// Expressions are found by a hand-written grammar over words (match.go and the
// rules beside it) and anchored in a second step (meaning.go), so that what a
// phrase means is one thing and where it counts from another. Values follow
// TIMEX3 (TimeML 1.2.1); days are inclusive. Nothing is guessed: where no date
// anchors an expression its value is empty.
package when

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// Find returns the time expressions of the document in text order, but those
// in boilerplate. published is a day (2031-05-07) or an RFC 3339 time; it is
// empty where nobody knows it, and then relative expressions have no value.
//
// A range ("from May 3 to May 5") is one duration and, inside it, the dates of
// its two ends; other expressions do not overlap.
func Find(doc *nlp.Doc, published string) []news.Time {
	a := &anchor{}
	a.published, a.dated = ParseDay(published)
	lex, feast, verbs, names := words(), feasts(), tenseVerbs(), newNames(doc)
	var out []news.Time
	var buf []word
	for _, b := range doc.Blocks {
		if b.Kind == news.BlockBoilerplate {
			continue
		}
		buf = scan(doc, b.Range, lex, buf[:0])
		m := &matcher{doc: doc, w: buf, names: names, lex: lex, verbs: verbs, feast: feast}
		m.caps = capitals(buf, doc.Text)
		m.head = b.Kind == news.BlockTitle || b.Kind == news.BlockHeading || b.Kind == news.BlockCaption
		out = append(out, m.resolve(m.all(), a)...)
	}
	return out
}

// resolve anchors the block's expressions one after the other.
func (m *matcher) resolve(found []match, a *anchor) []news.Time {
	out := make([]news.Time, 0, len(found))
	near := m.daysNear(found, a)
	for i, f := range found {
		a.near, a.hasNear = near[i].day, near[i].ok
		a.tenseOf = func() tense { return m.tenseAt(f) }
		r := f.meaning.resolve(a)
		if r.dated && (r.days.First < firstDay || r.days.Last > lastDay) {
			r = result{}
		}
		t := news.Time{Type: f.typ, Value: news.Optional(r.value)}
		t.Start, t.End = m.w[f.from].start, m.w[f.to-1].end
		t.Text = m.doc.Text[t.Start:t.End]
		if r.dated && !r.openStart {
			t.Earliest = news.Optional(r.days.First.String())
		}
		if r.dated && !r.openEnd {
			t.Latest = news.Optional(r.days.Last.String())
		}
		out = append(out, t)
		if f.narrates && r.dated {
			a.ref, a.hasRef = r.days, true
		}
	}
	return out
}

// The days that YYYY-MM-DD can write.
var firstDay, lastDay = DayOf(1, 1, 1), DayOf(9999, 12, 31)

// nearDay is the day that a clock time of the same sentence falls on.
type nearDay struct {
	day Day
	ok  bool
}

// daysNear finds for each expression without a day of its own ("at 3 pm") the
// day that its sentence gives, the one before it first, else the day of
// publication where the sentence names none.
func (m *matcher) daysNear(found []match, a *anchor) []nearDay {
	const (
		reach  = 8  // expressions to look back and ahead
		before = 14 // words between the day and the time that follows it
		after  = 8  // words between the time and its day
	)
	out := make([]nearDay, len(found))
	dayOf := func(i int) (Day, bool) {
		f := found[i]
		if dayless(f.meaning) || f.typ != news.TimeDate && f.typ != news.TimeOfDay {
			return 0, false
		}
		a.tenseOf = func() tense { return m.tenseAt(f) }
		r := f.meaning.resolve(a)
		return r.days.First, r.dated && r.days.Days() == 1
	}
	// "Last month, at midnight" is not the day of publication: a date that is no
	// single day stands before the time.
	vague := func(i, s int) bool {
		return i > 0 && found[i-1].typ == news.TimeDate && !points(found[i-1].meaning) && m.sentence(found[i-1].from) == s && found[i].from-found[i-1].to <= before
	}
	for i, f := range found {
		if !dayless(f.meaning) {
			continue
		}
		s := m.sentence(f.from)
		for k := i - 1; k >= max(0, i-reach) && m.sentence(found[k].from) == s && f.from-found[k].to <= before && !out[i].ok; k-- {
			out[i].day, out[i].ok = dayOf(k)
		}
		for k := i + 1; k < min(len(found), i+1+reach) && m.sentence(found[k].from) == s && found[k].from-f.to <= after && !out[i].ok; k++ {
			out[i].day, out[i].ok = dayOf(k)
		}
		if !out[i].ok && !vague(i, s) {
			out[i] = nearDay{a.published, a.dated}
		}
	}
	return out
}

// points reports whether an expression names no part of the calendar: "now".
func points(f meaning) bool { return f == pastRef || f == presentRef || f == futureRef }

func dayless(f meaning) bool {
	switch v := f.(type) {
	case clock:
		return v.day == nil
	case partOfDay:
		return v.day == nil
	}
	return false
}

// sentence is the sentence of word i, −1 where the text has none.
func (m *matcher) sentence(i int) int {
	tok := m.at(i).token
	if tok >= len(m.doc.Tokens) || len(m.doc.Sentences) == 0 {
		return -1
	}
	return m.doc.SentenceOf(tok)
}
