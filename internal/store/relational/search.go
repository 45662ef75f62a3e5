package relational

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/onrecord/onrecord/internal/query"
)

// Words is how a store's index of words is asked. A Backend has it as a method
// Words.
type Words interface {
	// Ask writes a tree of And, Or and terms of text in the index's language.
	Ask(n query.Node) string
	// With is a condition that the thing with the rank x has the words that the
	// parameter asks for.
	With(table, x, param string) string
	// All is a query's parts for all that have them.
	All(table, param string) (from, id, where string)
	// Ordered reports whether All gives the greatest rank first without sorting.
	Ordered() bool
	// Put is a statement that adds words ($2) at a rank ($1); Drop one that
	// removes those of an article ($1), whose rows in the table are still there.
	Put(table string) string
	Drop(table string) string
}

func (s *Store) words() Words { return s.b.(interface{ Words() Words }).Words() }

// Search returns a page of one kind, newest first.
func (s *Store) Search(ctx context.Context, in query.Search) (query.Page, error) {
	q := &asked{in: in, words: s.words(), few: s.few, at: query.Position{Now: in.Now.Unix()}}
	if in.Cursor != "" {
		var err error
		if q.at, err = in.Find(); err != nil {
			return query.Page{}, fmt.Errorf("search: %w", err)
		}
	}
	q.now = q.at.Moment()
	if q.limit = in.Limit; q.limit <= 0 {
		q.limit = query.DefaultLimit
	}
	q.limit = min(q.limit, query.MaxLimit)
	var page query.Page
	err := s.b.Read(ctx, func(tx Tx) error {
		page = query.Page{Kind: in.Kind, Total: q.at.Total, More: q.at.More}
		q.args, q.n, q.taken = nil, 0, nil
		switch in.Kind {
		case query.Articles:
			return q.ranked(ctx, tx, inArticle, &page)
		case query.Statements:
			return q.ranked(ctx, tx, inStatement, &page)
		case query.Events:
			return q.ranked(ctx, tx, inEvent, &page)
		case query.Stories, query.Claims, query.Figures, query.Actors:
			return q.ledger(ctx, tx, &page)
		}
		return query.ErrKind
	})
	if err != nil {
		return query.Page{}, fmt.Errorf("search: %w", err)
	}
	return page, nil
}

// asked is a search while its SQL is written.
type asked struct {
	in    query.Search
	at    query.Position
	now   time.Time
	limit int
	words Words
	few   int // how many rows a way may have that are to be sorted
	args  []any
	n     int  // names that were given to tables
	taken text // what the rows are taken from the index by: it need not be tested
}

// arg adds a parameter and returns its name.
func (q *asked) arg(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// table is a new name for a table.
func (q *asked) table() string {
	q.n++
	return "x" + strconv.Itoa(q.n)
}

// partsOfOne is how many parts of one article are read at most, on average, for
// an exact count.
const partsOfOne = 16

// errEnough ends a reading.
var errEnough = errors.New("enough was read")

// ranked searches for articles, statements or events.
func (q *asked) ranked(ctx context.Context, tx Tx, own space, page *query.Page) error {
	before := int64(math.MaxInt64)
	if q.at.After != "" {
		var err error
		if before, err = strconv.ParseInt(q.at.After, 10, 64); err != nil {
			return query.ErrCursor
		}
	}
	root := merged(q.in.Query.Root)
	way, err := q.way(ctx, tx, root, own)
	if err != nil {
		return err
	}
	where := way.where
	if root != nil && !way.tested {
		where += " AND " + q.test(root, own, way.id)
	}
	order := way.order
	if order == "" {
		order = way.id + " DESC"
	}
	// One reading gives the page and, at the first, the count. A way by parts may
	// give an article several times, one after the other.
	rows := q.limit + 1
	if q.in.Cursor == "" {
		rows = query.CountTo + 1
	}
	most := rows
	if way.order != "" {
		most = rows * partsOfOne
	}
	// The bound is written out: it is a number of ours, and the database sees
	// what it is.
	sql := fmt.Sprintf("SELECT %s FROM %s WHERE %s AND %s < %d ORDER BY %s LIMIT %d", way.id, way.from, where, way.id, before, order, most)
	var ids []int64
	last, distinct, read := int64(math.MaxInt64), 0, 0
	err = each(ctx, tx, sql, q.args, func(r Rows) error {
		var id int64
		if err := r.Scan(&id); err != nil {
			return err
		}
		if read++; id == last {
			return nil
		}
		last = id
		if distinct++; distinct > rows {
			return errEnough
		}
		if len(ids) <= q.limit {
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if q.in.Cursor == "" {
		page.Total = min(distinct, query.CountTo)
		page.More = distinct > query.CountTo || read == most
	}
	if len(ids) > q.limit {
		ids = ids[:q.limit]
		q.mark(page, strconv.FormatInt(ids[q.limit-1], 10))
	} else if read == most && len(ids) > 0 {
		q.mark(page, strconv.FormatInt(ids[len(ids)-1], 10)) // there may be more
	}
	return rankedRows(ctx, tx, own, ids, page)
}

// mark writes the cursor of the next page.
func (q *asked) mark(page *query.Page, after string) {
	page.Next = q.in.Mark(query.Position{After: after, Total: page.Total, More: page.More, Now: q.at.Now})
}
