package relational

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// A way is where the rows of a search are taken from. Each row is tested against
// the whole query, unless the way says that it was: a way only has to miss
// nothing.
type way struct {
	from, id, where string
	order           string // "" for that of the id, which it must follow
	tested          bool   // where holds the tests too
}

// fewRows is how many rows a way may have that is not in the order of ranks: they
// are sorted. It is about what sorting takes as long as looking through all
// articles does.
const fewRows = 20_000

// perArticle is about how many statements, or events, an article has.
const perArticle = 8

// candidate is a way that one part of a query offers.
type candidate struct {
	// list is a query for the ids, as r; some may be there twice.
	list func() string
	// stream is the way by which they come in order; nil where they do not.
	stream func() way
	count  int // of rows; few+1 for more
}

// way chooses the shortest.
func (q *asked) way(ctx context.Context, tx Tx, root query.Node, own space) (way, error) {
	c, err := q.candidate(ctx, tx, root, own)
	if err != nil {
		return way{}, err
	}
	// One list is all that a query of one word or code asks for.
	exact := false
	if t, leaf := root.(query.Term); leaf {
		in, ok := lists(t)
		exact = ok && len(in) == 1
	}
	switch {
	case c != nil && c.stream != nil:
		w := c.stream()
		w.tested = exact
		return w, nil
	case c != nil && c.count <= q.few:
		y := q.table()
		return way{from: fmt.Sprintf("(SELECT DISTINCT r FROM (%s) AS found) %s", c.list(), y), id: y + ".r", where: "1 = 1", tested: exact}, nil
	}
	if w, err := q.wayAcross(ctx, tx, root, own); w != nil || err != nil {
		return *w, err
	}
	if own == inArticle {
		return way{from: "article a", id: "a.cursor", where: "a.state = 'live'"}, nil
	}
	y := q.table()
	return way{from: spaceTables[own] + " " + y, id: y + ".rank", where: y + ".rank IS NOT NULL"}, nil
}

// wayAcross is a long list of another space, read in its order: the events of a
// type for their articles, the articles of a source for their events. It is nil
// where there is none.
func (q *asked) wayAcross(ctx context.Context, tx Tx, root query.Node, own space) (*way, error) {
	all, ok := root.(query.And)
	if !ok {
		all = query.And{root}
	}
	best, bestAt, least := -1, anywhere, 0
	var through int64
	for i, p := range all {
		t, leaf := p.(query.Term)
		if !leaf || (spaceOf(t.Field) == inArticle) == (own == inArticle) || spaceOf(t.Field) == anywhere {
			continue
		}
		of, listed := lists(t)
		if !listed && t.Field.IsCount() {
			of = []int64{term("counts", string(t.Field))}
		}
		for _, n := range of {
			c, err := q.listCandidate(ctx, tx, []int64{n}, spaceOf(t.Field), spaceOf(t.Field))
			if err != nil {
				return &way{}, err
			}
			if best < 0 || c.count < least {
				best, bestAt, least, through = i, spaceOf(t.Field), c.count, n
			}
		}
	}
	if best < 0 {
		return nil, nil
	}
	y := q.table()
	w := &way{from: bestAt.terms() + " " + y, where: y + ".term = " + q.arg(through)}
	if own != inArticle {
		z := q.table()
		// CROSS: SQLite keeps to this order of the two.
		w.from += fmt.Sprintf(" CROSS JOIN %s %s", spaceTables[own], z)
		w.where += fmt.Sprintf(" AND %s.rank BETWEEN (%s.rank << %d) AND (%s.rank << %d) + %d", z, y, rankBits, y, rankBits, ranks-1)
		w.id, w.order = z+".rank", fmt.Sprintf("%s.rank DESC, %s.rank DESC", y, z)
		return w, nil
	}
	// What is asked of the same event is asked of the one in the list; the rest of
	// the article.
	w.id, w.order, w.tested = fmt.Sprintf("(%s.rank >> %d)", y, rankBits), y+".rank DESC", true
	var same []query.Node
	var rest query.And
	for _, p := range all {
		_, not := p.(query.Not)
		if at, several := home(p); at == bestAt && !several && !not {
			same = append(same, p)
		} else {
			rest = append(rest, p)
		}
	}
	w.where += " AND " + q.every(same, bestAt, y+".rank")
	if len(rest) > 0 {
		w.where += " AND " + q.testAll(rest, own, w.id)
	}
	return w, nil
}

// candidate is the shortest way to all that may meet a part; nil where none is
// short.
func (q *asked) candidate(ctx context.Context, tx Tx, n query.Node, own space) (*candidate, error) {
	switch n := n.(type) {
	case query.And:
		var best *candidate
		for _, p := range n {
			c, err := q.candidate(ctx, tx, p, own)
			if err != nil {
				return nil, err
			}
			if c != nil && shorter(c, best) {
				best = c
			}
		}
		return best, nil
	case query.Or:
		all := make([]*candidate, len(n))
		sum := 0
		for i, p := range n {
			c, err := q.candidate(ctx, tx, p, own)
			if err != nil || c == nil {
				return nil, err
			}
			if sum += c.count; sum > q.few {
				return nil, nil
			}
			all[i] = c
		}
		return &candidate{count: sum, list: func() string {
			parts := make([]string, len(all))
			for i, c := range all {
				parts[i] = c.list()
			}
			return strings.Join(parts, " UNION ALL ")
		}}, nil
	case text:
		return q.textCandidate(ctx, tx, n, own)
	case query.Term:
		return q.termCandidate(ctx, tx, n, own)
	}
	return nil, nil
}

// shorter prefers what is few, and among the many what comes in order.
func shorter(a, b *candidate) bool {
	if b == nil || a.count != b.count {
		return b == nil || a.count < b.count
	}
	return a.stream != nil && b.stream == nil
}

func (q *asked) textCandidate(ctx context.Context, tx Tx, n text, own space) (*candidate, error) {
	asks := q.words.Ask(n.Node)
	from, _, where := q.words.All(own.text(), "$1")
	c := &candidate{}
	if err := row(ctx, tx, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) AS counted", from, where, q.few+1), []any{asks}, &c.count); err != nil {
		return nil, err
	}
	c.list = func() string {
		from, id, where := q.words.All(own.text(), q.arg(asks))
		return fmt.Sprintf("SELECT %s AS r FROM %s WHERE %s", id, from, where)
	}
	if q.words.Ordered() {
		c.stream = func() way {
			q.taken = n
			from, id, where := q.words.All(own.text(), q.arg(asks))
			return way{from: from, id: id, where: where}
		}
	}
	return c, nil
}

func (q *asked) termCandidate(ctx context.Context, tx Tx, t query.Term, own space) (*candidate, error) {
	at := spaceOf(t.Field)
	var of []int64 // the lists that hold them all together
	switch all, ok := lists(t); {
	case ok:
		// The shortest of the lists.
		var best *candidate
		for _, n := range all {
			c, err := q.listCandidate(ctx, tx, []int64{n}, at, own)
			if err != nil {
				return nil, err
			}
			if shorter(c, best) {
				best = c
			}
		}
		return best, nil
	case t.Field == query.Date:
		of = daysTerms(t.Days(q.now))
	case t.Field.IsCount():
		of = []int64{term("counts", string(t.Field))}
	case t.Field == query.Story:
		return &candidate{list: func() string {
			sql := "SELECT a.cursor AS r FROM story_article sa JOIN article a ON a.key = sa.article WHERE a.state = 'live' AND sa.story = " + q.arg(t.Value)
			return mapped(sql, inArticle, own)
		}, count: 1}, nil
	}
	if len(of) == 0 {
		return nil, nil
	}
	return q.listCandidate(ctx, tx, of, at, own)
}

// listCandidate counts what is in lists of terms.
func (q *asked) listCandidate(ctx context.Context, tx Tx, of []int64, at, own space) (*candidate, error) {
	c := &candidate{}
	for _, n := range of {
		var count int
		if err := row(ctx, tx, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE term = $1 LIMIT %d) AS counted", at.terms(), q.few+1), []any{n}, &count); err != nil {
			return nil, err
		}
		if at == inArticle && own != inArticle {
			count *= perArticle
		}
		if c.count = min(c.count+count, q.few+1); c.count > q.few && (at != own || len(of) > 1) {
			return c.many(q.few), nil
		}
	}
	c.list = func() string {
		params := make([]string, len(of))
		for i, n := range of {
			params[i] = q.arg(n)
		}
		return mapped(fmt.Sprintf("SELECT rank AS r FROM %s WHERE term IN (%s)", at.terms(), strings.Join(params, ",")), at, own)
	}
	if at == own && len(of) == 1 {
		c.stream = func() way {
			y := q.table()
			return way{from: own.terms() + " " + y, id: y + ".rank", where: y + ".term = " + q.arg(of[0])}
		}
	}
	return c, nil
}

// many is a candidate that is too long to be taken.
func (c *candidate) many(few int) *candidate {
	c.count = few + 1
	c.list = func() string { return "" }
	return c
}

// mapped turns a query for ids of one space into one for what has to do with
// them in another.
func mapped(sql string, from, to space) string {
	switch {
	case from == to:
		return sql
	case to == inArticle:
		return fmt.Sprintf("SELECT (r >> %d) AS r FROM (%s) AS of_parts", rankBits, sql)
	case from == inArticle:
		return fmt.Sprintf("SELECT p.rank AS r FROM (%s) AS of_articles JOIN %s p ON p.rank BETWEEN (of_articles.r << %d) AND (of_articles.r << %d) + %d",
			sql, spaceTables[to], rankBits, rankBits, ranks-1)
	case to == inEvent:
		return fmt.Sprintf("SELECT l.event AS r FROM (%s) AS of_statements JOIN statement_event l ON l.statement = of_statements.r", sql)
	}
	return fmt.Sprintf("SELECT l.statement AS r FROM (%s) AS of_events JOIN statement_event l ON l.event = of_events.r", sql)
}

// farthest is a cursor centuries from now: a rank of it still has room.
const farthest = 1 << 50

// published turns days into cursors, which are made of the moment by which an
// article is listed.
func (q *asked) published(t query.Term) (low, high int64) {
	first, last := t.Days(q.now)
	low, high = -farthest, farthest
	if at, err := time.Parse(time.DateOnly, first); err == nil {
		low = min(max(store.CursorAt(at), -farthest), farthest)
	}
	if at, err := time.Parse(time.DateOnly, last); err == nil {
		high = min(max(store.CursorAt(at.AddDate(0, 0, 1))-1, -farthest), farthest)
	}
	return low, high
}
