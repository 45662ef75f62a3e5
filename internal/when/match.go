package when

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// match is a time expression found: a run of words and what they mean.
type match struct {
	from, to int // half-open range of words
	clause   int // 1 + the word where the range begins that it is an end of; 0 for others
	typ      news.TimeType
	meaning  meaning
	narrates bool // a later "two days later" may count from it
}

// matcher finds the time expressions of one block. Its rules are methods that
// take the index of a word and return what stands there and the index of the
// word after it; the zero index means that nothing does.
type matcher struct {
	doc   *nlp.Doc
	w     []word
	names names
	lex   lexicon
	verbs verbList
	feast *calendar
	head  bool // the block is a title, a heading or a caption
	caps  bool // it is printed in capitals
}

// nothing is the word beyond either end of a block.
var nothing = word{kind: mark, n: -1}

func (m *matcher) at(i int) *word {
	if i < 0 || i >= len(m.w) {
		return &nothing
	}
	return &m.w[i]
}

// low reports whether the word is one of these.
func (m *matcher) low(i int, forms ...string) bool {
	w := m.at(i)
	for _, f := range forms {
		if w.low == f {
			return true
		}
	}
	return false
}

// capital reports whether the word's first letter sets it apart as a name.
func (m *matcher) capital(i int) bool { return m.at(i).upper && !m.caps }

// seq returns the index after the words, where they stand at i.
func (m *matcher) seq(i int, forms ...string) int {
	for _, f := range forms {
		if m.at(i).low != f {
			return 0
		}
		i++
	}
	return i
}

// tight reports that no white space stands before the word.
func (m *matcher) tight(i int) bool { return i > 0 && i < len(m.w) && !m.w[i].spaced }

func (m *matcher) class(i int, c class) (entry, bool) { return m.at(i).is(c) }

// tag returns the universal part of speech of the word's token, or "".
func (m *matcher) tag(i int) string {
	if t := m.at(i).token; i >= 0 && i < len(m.w) && t < len(m.doc.Tokens) {
		return m.doc.Tokens[t].UPOS
	}
	return ""
}

// all returns the expressions of the block in text order, not overlapping but
// for the ends inside a range.
func (m *matcher) all() []match {
	var out []match
	for i := 0; i < len(m.w); {
		found := m.longest(i)
		if len(found) == 0 {
			i++
			continue
		}
		out = append(out, found...)
		for _, f := range found {
			i = max(i, f.to)
		}
	}
	return out
}

// longest returns the expression that begins at word i and reaches furthest;
// a range is followed by its ends.
func (m *matcher) longest(i int) []match {
	w := m.at(i)
	if w.kind == mark && w.low != "'" {
		return nil
	}
	if w.kind == number && m.tight(i) && m.at(i-1).kind == letters {
		return nil // of a code or an address
	}
	if w.kind == letters && len(w.entries) == 0 && !m.feast.begins(w.low) && !isPointer(w.low) {
		return nil
	}
	if r := m.interval(i); r != nil {
		return r
	}
	best := m.point(i)
	for _, rule := range []func(int) match{m.repeated, m.duration, m.reference} {
		if c := rule(i); c.to > best.to {
			best = c
		}
	}
	if best.to == 0 {
		return nil
	}
	if y, ok := best.meaning.(yearly); ok && m.low(i-1, "until", "till", "til", "through", "thru", "expires", "expire") {
		y.until = true
		best.meaning = y
	}
	return []match{best}
}

// point is an expression for one stretch of the calendar or the clock.
func (m *matcher) point(i int) match {
	var best match
	for _, rule := range []func(int) match{m.clockOn, m.partOn, m.edgedDate, m.dateAndPart} {
		if c := rule(i); c.to > best.to {
			best = c
		}
	}
	best.from = i
	return best
}
