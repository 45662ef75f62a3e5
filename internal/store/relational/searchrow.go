package relational

import (
	"context"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord/internal/query"
)

const articleRow = "a.id, a.title, a.url, a.publisher, a.feed, a.published, a.language, a.first_seen, a.entities, a.statements, a.events"

func scanInto(a *query.ArticleRow) []any {
	return []any{&a.ID, opt(&a.Title), opt(&a.URL), opt(&a.Publisher), opt(&a.Feed), opt(&a.Published), opt(&a.Language), scanMoment{&a.FirstSeen}, &a.Entities, &a.Statements, &a.Events}
}

// rankedRows reads the rows of a page, in the order of ids.
func rankedRows(ctx context.Context, tx Tx, own space, ids []int64, page *query.Page) error {
	cursors := make([]int64, 0, len(ids))
	for _, id := range ids {
		if own != inArticle {
			id >>= rankBits
		}
		if n := len(cursors); n == 0 || cursors[n-1] != id { // they come in order
			cursors = append(cursors, id)
		}
	}
	statements, events := make(map[int64]query.StatementRow), make(map[int64]query.EventRow)
	articles := make(map[int64]query.ArticleRow)
	sql := "SELECT a.cursor, " + articleRow + ", NULL FROM article a WHERE a.cursor IN "
	if own != inArticle {
		sql = "SELECT a.cursor, " + articleRow + ", p." + spaceTables[own] + "s FROM article a JOIN article_part p ON p.rank = a.cursor WHERE a.cursor IN "
	}
	for part := range slices.Chunk(cursors, 500) {
		err := each(ctx, tx, sql+"("+list(1, len(part))+")", anys(part), func(r Rows) (err error) {
			var cursor int64
			var a query.ArticleRow
			var packed []byte
			if err := r.Scan(append(append([]any{&cursor}, scanInto(&a)...), &packed)...); err != nil {
				return err
			}
			switch own {
			case inArticle:
				articles[cursor] = a
			case inStatement:
				err = spread(packed, a, cursor, statements, func(v *query.StatementRow) *query.ArticleRow { return &v.Article })
			case inEvent:
				err = spread(packed, a, cursor, events, func(v *query.EventRow) *query.ArticleRow { return &v.Article })
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, id := range ids {
		switch own {
		case inArticle:
			page.Articles = append(page.Articles, articles[id])
		case inStatement:
			page.Statements = append(page.Statements, statements[id])
		case inEvent:
			page.Events = append(page.Events, events[id])
		}
	}
	return nil
}

// spread opens the rows of one article and puts them under their ranks.
func spread[T any](packed []byte, a query.ArticleRow, cursor int64, to map[int64]T, article func(*T) *query.ArticleRow) error {
	var rows []T
	if err := unzip(packed, &rows); err != nil {
		return fmt.Errorf("open the rows of article %s: %w", a.ID, err)
	}
	for i := range rows {
		*article(&rows[i]) = a
		to[cursor<<rankBits+int64(i)] = rows[i]
	}
	return nil
}
