package relational

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// ledger searches for stories, claims, figures or actors.
func (q *asked) ledger(ctx context.Context, tx Tx, page *query.Page) error {
	k := ledgerKinds(q.in.Kind)
	body := " FROM " + k.from + " WHERE 1 = 1"
	if root := q.in.Query.Root; root != nil {
		cond, err := q.testKind(ctx, tx, k, root)
		if err != nil {
			return err
		}
		body += " AND " + cond
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
	if q.at.After != "" {
		by, id, ok := strings.Cut(q.at.After, "~")
		if !ok {
			return query.ErrCursor
		}
		body += fmt.Sprintf(" AND (%s, %s) < (%s, %s)", k.by, k.id, q.arg(by), q.arg(id))
	}
	sql := fmt.Sprintf("SELECT %s, %s, %s%s ORDER BY %s DESC, %s DESC LIMIT %d", k.by, k.id, k.columns, body, k.by, k.id, q.limit+1)
	n, last := 0, ""
	return each(ctx, tx, sql, q.args, func(r Rows) error {
		if n++; n > q.limit {
			q.mark(page, last)
			return nil
		}
		by, id, err := ledgerRow(r, page)
		last = by + "~" + id
		return err
	})
}

// ledgerRow scans a row and puts it on the page.
func ledgerRow(r Rows, page *query.Page) (by, id string, err error) {
	switch page.Kind {
	case query.Stories:
		var line []byte
		var v query.StoryRow
		if err = r.Scan(&by, &id, &line); err == nil {
			err = json.Unmarshal(line, &v)
		}
		page.Stories = append(page.Stories, v)
	case query.Claims:
		var body []byte
		var v query.ClaimRow
		if err = r.Scan(&by, &id, &body); err == nil {
			err = unzip(body, &v.Claim)
		}
		page.Claims = append(page.Claims, v)
	case query.Figures:
		var body []byte
		var v query.FigureRow
		if err = r.Scan(&by, &id, &body, opt(&v.Story)); err == nil {
			err = unzip(body, &v.Figure)
		}
		page.Figures = append(page.Figures, v)
	case query.Actors:
		var v query.ActorRow
		err = r.Scan(&by, &id, opt(&v.Type), &v.Name, opt(&v.Country), &v.Articles, opt(&v.First))
		v.ID, v.Last = id, news.Optional(by)
		page.Actors = append(page.Actors, v)
	}
	return by, id, err
}

// testKind is a condition that a thing of the ledger meets a part. What is not
// asked of the thing itself is asked of one event or one article that belongs to
// it.
func (q *asked) testKind(ctx context.Context, tx Tx, k ledgerKind, n query.Node) (string, error) {
	switch n := n.(type) {
	case query.And:
		return q.testKindAll(ctx, tx, k, n)
	case query.Or:
		parts := make([]string, len(n))
		for i, p := range n {
			var err error
			if parts[i], err = q.testKind(ctx, tx, k, p); err != nil {
				return "", err
			}
		}
		return "(" + strings.Join(parts, " OR ") + ")", nil
	case query.Not:
		s, err := q.testKind(ctx, tx, k, n.Node)
		return "NOT (" + s + ")", err
	case query.Term:
		if s, ok := k.own(q, n); ok {
			return s, nil
		}
	}
	return q.testParts(ctx, tx, k, n)
}

func (q *asked) testKindAll(ctx context.Context, tx Tx, k ledgerKind, n query.And) (string, error) {
	var parts []string
	var events, articles query.And
	for _, p := range n {
		at, several := home(p)
		term, leaf := p.(query.Term)
		_, not := p.(query.Not)
		if leaf {
			if s, ok := k.own(q, term); ok {
				parts = append(parts, s)
				continue
			}
		}
		switch {
		case not || several || !leaf && at == anywhere:
			s, err := q.testKind(ctx, tx, k, p)
			if err != nil {
				return "", err
			}
			parts = append(parts, s)
		case at == inEvent && k.events != nil:
			events = append(events, p)
		default:
			articles = append(articles, p)
		}
	}
	for _, all := range []query.And{events, articles} {
		if len(all) == 0 {
			continue
		}
		s, err := q.testParts(ctx, tx, k, all)
		if err != nil {
			return "", err
		}
		parts = append(parts, s)
	}
	return "(" + strings.Join(parts, " AND ") + ")", nil
}

// testParts asks an event or an article of the thing.
func (q *asked) testParts(ctx context.Context, tx Tx, k ledgerKind, n query.Node) (string, error) {
	n = merged(n)
	if at, several := home(n); at == inEvent && !several && k.events != nil {
		return k.events(q, func(rank string) string { return q.test(n, inEvent, rank) }), nil
	}
	c, err := q.candidate(ctx, tx, n, inArticle)
	if err != nil {
		return "", err
	}
	f := func(cursor string) string { return q.test(n, inArticle, cursor) }
	if c != nil && c.count <= q.few {
		return k.in(c.list(), f), nil
	}
	return k.articles(f), nil
}
