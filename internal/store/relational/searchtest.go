package relational

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/query"
)

// test is a condition that x, in a space, meets a part of a query. Parts of an
// And that are at home in one other space must be met by one thing there: an
// article with an assault in Bergen has an assault that was in Bergen.
func (q *asked) test(n query.Node, in space, x string) string {
	switch n := n.(type) {
	case query.And:
		return q.testAll(n, in, x)
	case query.Or:
		parts := make([]string, len(n))
		for i, p := range n {
			parts[i] = q.test(p, in, x)
		}
		return "(" + strings.Join(parts, " OR ") + ")"
	case query.Not:
		return "NOT " + q.test(n.Node, in, x)
	case text:
		if n == q.taken {
			return "1 = 1"
		}
		return q.words.With(in.text(), x, q.arg(q.words.Ask(n.Node)))
	case query.Term:
		at := spaceOf(n.Field)
		if at == anywhere {
			at = in
		}
		return q.bridge(in, x, at, []query.Node{n})
	}
	return "1 = 0" // no other part is made
}

func (q *asked) testAll(n query.And, in space, x string) string {
	together := make(map[space][]query.Node)
	var parts []string
	for _, p := range n {
		at, several := home(p)
		_, not := p.(query.Not)
		if several || not || at == anywhere || at == in {
			parts = append(parts, q.test(p, in, x))
		} else {
			together[at] = append(together[at], p)
		}
	}
	for at := inArticle; at < anywhere; at++ {
		all := together[at]
		if len(all) == 0 {
			continue
		}
		parts = append(parts, q.bridge(in, x, at, all))
	}
	return "(" + strings.Join(parts, " AND ") + ")"
}

// lists are the lists of terms in all of which a thing must be that a term asks
// for; ok is false where no list tells.
func lists(t query.Term) (all []int64, ok bool) {
	switch t.Field {
	case query.Entity, query.Actor, query.Recipient, query.Place, query.Speaker, query.About:
		return namedTerms(string(t.Field), t.Value), true
	case query.Type, query.Country:
		return []int64{term(string(t.Field), t.Value)}, true
	case query.Mode, query.Context, query.Modality, query.Act, query.Lang:
		return []int64{term(string(t.Field), strings.ToLower(t.Value))}, true
	case query.Source:
		// A host and an id are kept whole, the publisher's name in words.
		if v := strings.ToLower(t.Value); strings.Contains(v, ".") || feedID(v) {
			return []int64{term("source", v)}, true
		}
		return namedTerms("source", t.Value), true
	}
	return nil, false
}

// feedID reports whether s looks like store.FeedID.
func feedID(s string) bool {
	return len(s) == 13 && s[0] == 'f' && strings.Trim(s[1:], "0123456789abcdef") == ""
}

// testTerm is a condition on x in the space in which the term is at home.
func (q *asked) testTerm(t query.Term, in space, x string) string {
	if all, ok := lists(t); ok {
		parts := make([]string, len(all))
		for i, n := range all {
			y := q.table()
			parts[i] = fmt.Sprintf("EXISTS (SELECT 1 FROM %s %s WHERE %s.term = %s AND %s.rank = %s)", in.terms(), y, y, q.arg(n), y, x)
		}
		if len(parts) == 0 {
			return "1 = 0"
		}
		return strings.Join(parts, " AND ")
	}
	switch {
	case t.Field == query.Date:
		first, last := t.Days(q.now)
		y := q.table()
		cond := fmt.Sprintf("EXISTS (SELECT 1 FROM event %s WHERE %s.rank = %s", y, y, x)
		if last != "" {
			cond += fmt.Sprintf(" AND %s.earliest <= %s", y, q.arg(last))
		}
		if first != "" {
			cond += fmt.Sprintf(" AND %s.latest >= %s", y, q.arg(first))
		}
		return cond + ")"
	case t.Field == query.Published:
		low, high := q.published(t)
		if in != inArticle {
			low, high = low<<rankBits, high<<rankBits+ranks-1
		}
		return fmt.Sprintf("%s BETWEEN %s AND %s", x, q.arg(low), q.arg(high))
	case t.Field.IsCount():
		y, z := q.table(), q.table()
		return fmt.Sprintf("EXISTS (SELECT 1 FROM event %s JOIN event_count %s ON %s.article = %s.article AND %s.event = %s.id WHERE %s.rank = %s AND %s.kind = %s%s)",
			y, z, z, y, z, y, y, x, z, q.arg(string(t.Field)), q.within(t, z))
	}
	return q.testLedger(t, in, x)
}

// within is a condition on the low, best and high of a count. A side that the
// text leaves open ("at least 36") meets nothing that is asked of it; "around
// 169" has a best value only, which stands for both.
func (q *asked) within(t query.Term, table string) string {
	if t.Nothing() {
		return " AND 1 = 0"
	}
	low, high := t.Numbers()
	if t.Op == query.Equal && low == high {
		return fmt.Sprintf(" AND %s.best = %s", table, q.arg(low))
	}
	cond := ""
	if low > 0 {
		cond += fmt.Sprintf(" AND coalesce(%s.low, CASE WHEN %s.high IS NULL THEN %s.best END) >= %s", table, table, table, q.arg(low))
	}
	if high >= 0 {
		cond += fmt.Sprintf(" AND coalesce(%s.high, CASE WHEN %s.low IS NULL THEN %s.best END) <= %s", table, table, table, q.arg(high))
	}
	return cond
}

// compare is a condition on a number.
func (q *asked) compare(t query.Term, column string) string {
	if t.Nothing() {
		return "1 = 0"
	}
	low, high := t.Numbers()
	cond := fmt.Sprintf("%s >= %s", column, q.arg(low))
	if high >= 0 {
		cond += fmt.Sprintf(" AND %s <= %s", column, q.arg(high))
	}
	return cond
}
