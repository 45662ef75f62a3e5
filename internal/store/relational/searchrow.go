package relational

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord/internal/query"
)

const articleRow = "a.id, a.title, a.url, a.publisher, a.feed, a.published, a.language, a.first_seen, a.entities, a.statements, a.events"

func scanInto(a *query.ArticleRow) []any {
	return []any{&a.ID, opt(&a.Title), opt(&a.URL), opt(&a.Publisher), opt(&a.Feed), opt(&a.Published), opt(&a.Language), scanMoment{&a.FirstSeen}, &a.Entities, &a.Statements, &a.Events}
}

// rankedRows reads the rows of a page, in the order of ids.
func rankedRows(ctx context.Context, tx Tx, own space, ids []int64, page *query.Page) error {
	if len(ids) == 0 {
		return nil
	}
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	switch own {
	case inArticle:
		page.Articles = make([]query.ArticleRow, len(ids))
	case inStatement:
		page.Statements = make([]query.StatementRow, len(ids))
	case inEvent:
		page.Events = make([]query.EventRow, len(ids))
	}
	for from := 0; from < len(ids); from += 500 {
		part := ids[from:min(from+500, len(ids))]
		sql := "SELECT a.cursor, " + articleRow + " FROM article a WHERE a.cursor IN (" + list(1, len(part)) + ")"
		if own != inArticle {
			sql = fmt.Sprintf("SELECT p.rank, %s, p.line FROM %s p JOIN article a ON a.key = p.article WHERE p.rank IN (%s)", articleRow, spaceTables[own], list(1, len(part)))
		}
		err := each(ctx, tx, sql, anys(part), func(r Rows) error {
			var id int64
			var a query.ArticleRow
			var line []byte
			to := append([]any{&id}, scanInto(&a)...)
			if own != inArticle {
				to = append(to, &line)
			}
			if err := r.Scan(to...); err != nil {
				return err
			}
			i := place[id]
			var err error
			switch own {
			case inArticle:
				page.Articles[i] = a
			case inStatement:
				err = json.Unmarshal(line, &page.Statements[i])
				page.Statements[i].Article = a
			case inEvent:
				err = json.Unmarshal(line, &page.Events[i])
				page.Events[i].Article = a
			}
			if err != nil {
				return fmt.Errorf("decode a row: %w", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
