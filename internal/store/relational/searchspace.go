package relational

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/query"
)

// space is what a part of a query is asked of. Each has a number for everything
// in it: an article its cursor, statements and events their ranks.
type space int

const (
	inArticle space = iota
	inStatement
	inEvent
	anywhere // what can be asked in any space
)

var spaceTables = [...]string{"article", "statement", "event"}

func (s space) terms() string { return spaceTables[s] + "_term" }
func (s space) text() string  { return spaceTables[s] + "_text" }

// spaceOf is where a field is at home.
func spaceOf(f query.Field) space {
	switch f {
	case query.Type, query.Mode, query.Context, query.Modality, query.Actor, query.Recipient, query.Place, query.Country, query.Date:
		return inEvent
	case query.Speaker, query.About, query.Act:
		return inStatement
	case query.Entity, query.Source, query.Lang:
		return inArticle
	}
	if f.IsCount() {
		return inEvent
	}
	return anywhere
}

// text is a part of a query that asks for words only: the index of words takes
// it as a whole. It is a pointer so that one can be told from another.
type text = *textNode

type textNode struct{ query.Node }

// merged puts together the parts of a query that ask for words only.
func merged(n query.Node) query.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case query.And:
		var words, rest query.And
		for _, p := range n {
			if t, ok := merged(p).(text); ok {
				words = append(words, t.Node)
			} else {
				rest = append(rest, merged(p))
			}
		}
		switch {
		case len(words) == 0:
			return rest
		case len(rest) == 0:
			return &textNode{words}
		case len(words) == 1:
			return append(query.And{&textNode{words[0]}}, rest...)
		}
		return append(query.And{&textNode{words}}, rest...)
	case query.Or:
		all := make(query.Or, len(n))
		only := true
		words := make(query.Or, 0, len(n))
		for i, p := range n {
			all[i] = merged(p)
			if t, ok := all[i].(text); ok {
				words = append(words, t.Node)
			} else {
				only = false
			}
		}
		if only {
			return &textNode{words}
		}
		return all
	case query.Not:
		return query.Not{Node: merged(n.Node)}
	case query.Term:
		if n.Field == query.Text {
			return &textNode{n}
		}
	}
	return n
}

// home is the one space in which all of a part is at home; several is true
// where there is none.
func home(n query.Node) (at space, several bool) {
	at = anywhere
	add := func(n query.Node) {
		s, more := home(n)
		switch {
		case more || s != anywhere && at != anywhere && s != at:
			several = true
		case s != anywhere:
			at = s
		}
	}
	switch n := n.(type) {
	case query.And:
		for _, p := range n {
			add(p)
		}
	case query.Or:
		for _, p := range n {
			add(p)
		}
	case query.Not:
		add(n.Node)
	case query.Term:
		return spaceOf(n.Field), false
	}
	return at, several
}

// bridge is a condition on x in one space that something of it in another meets
// all parts.
func (q *asked) bridge(from space, x string, to space, all []query.Node) string {
	switch {
	case from == to:
		return q.every(all, to, x)
	case to == inArticle:
		return q.every(all, to, fmt.Sprintf("(%s >> %d)", x, rankBits))
	}
	y := q.table()
	switch {
	case from == inArticle:
		// Those of the article that are in a list of one part are fewer than all.
		table, listed, rest := spaceTables[to], "", all
		for i, n := range all {
			t, leaf := n.(query.Term)
			if !leaf {
				continue
			}
			in, ok := lists(t)
			if !ok && t.Field.IsCount() {
				in = []int64{term("counts", string(t.Field))}
			}
			if len(in) == 0 {
				continue
			}
			table, listed = to.terms(), fmt.Sprintf("%s.term = %s AND ", y, q.arg(in[0]))
			if ok && len(in) == 1 {
				rest = slices.Delete(slices.Clone(all), i, i+1)
			}
			break
		}
		return fmt.Sprintf("EXISTS (SELECT 1 FROM %s %s WHERE %s%s.rank BETWEEN (%s << %d) AND (%s << %d) + %d AND %s)",
			table, y, listed, y, x, rankBits, x, rankBits, ranks-1, q.every(rest, to, y+".rank"))
	case to == inEvent:
		return fmt.Sprintf("EXISTS (SELECT 1 FROM statement_event %s WHERE %s.statement = %s AND %s)", y, y, x, q.every(all, to, y+".event"))
	}
	return fmt.Sprintf("EXISTS (SELECT 1 FROM statement_event %s WHERE %s.event = %s AND %s)", y, y, x, q.every(all, to, y+".statement"))
}

// every is a condition that x meets all parts.
func (q *asked) every(all []query.Node, in space, x string) string {
	parts := make([]string, len(all))
	for i, n := range all {
		if t, leaf := n.(query.Term); leaf && (spaceOf(t.Field) == in || spaceOf(t.Field) == anywhere) {
			parts[i] = q.testTerm(t, in, x)
		} else {
			parts[i] = q.test(n, in, x)
		}
	}
	if len(parts) == 0 {
		return "1 = 1"
	}
	return strings.Join(parts, " AND ")
}
