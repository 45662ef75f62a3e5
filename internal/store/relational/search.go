package relational

import (
	"context"
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
	q := &asked{in: in, words: s.words(), at: query.Position{Now: in.Now.Unix()}}
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
	body := " FROM " + way.from + " WHERE " + way.where
	if root != nil {
		body += " AND " + q.test(root, own, way.id)
	}
	if q.in.Cursor == "" {
		sql := fmt.Sprintf("SELECT count(*) FROM (SELECT 1%s LIMIT %d) AS counted", body, query.CountTo+1)
		if err := row(ctx, tx, sql, q.args, &page.Total); err != nil {
			return fmt.Errorf("count: %w", err)
		}
		if page.Total > query.CountTo {
			page.Total, page.More = query.CountTo, true
		}
	}
	// The bound is written out: it is a number of ours, and the database sees
	// what it is.
	sql := fmt.Sprintf("SELECT %s%s AND %s < %d ORDER BY %s DESC LIMIT %d", way.id, body, way.id, before, way.id, q.limit+1)
	var ids []int64
	if err := each(ctx, tx, sql, q.args, func(r Rows) error {
		var id int64
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}); err != nil {
		return err
	}
	if len(ids) > q.limit {
		ids = ids[:q.limit]
		q.mark(page, strconv.FormatInt(ids[q.limit-1], 10))
	}
	return rankedRows(ctx, tx, own, ids, page)
}

// mark writes the cursor of the next page.
func (q *asked) mark(page *query.Page, after string) {
	page.Next = q.in.Mark(query.Position{After: after, Total: page.Total, More: page.More, Now: q.at.Now})
}
