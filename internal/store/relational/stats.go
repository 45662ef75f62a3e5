package relational

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Stats counts what the store holds.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	var st store.Stats
	err := s.b.Read(ctx, func(tx Tx) error {
		st = store.Stats{Kind: s.d.Name, Articles: map[store.State]int64{}, Feeds: map[news.FeedState]int64{}}
		err := each(ctx, tx, "SELECT state, count(*), sum(entities), sum(statements), sum(events) FROM article GROUP BY state", nil, func(r Rows) error {
			var state string
			var n, entities, statements, events int64
			if err := r.Scan(&state, &n, &entities, &statements, &events); err != nil {
				return err
			}
			st.Articles[store.State(state)] = n
			st.Entities, st.Statements, st.Events = st.Entities+entities, st.Statements+statements, st.Events+events
			return nil
		})
		if err != nil {
			return err
		}
		err = each(ctx, tx, "SELECT r.pipeline, r.model, r.codebook, count(*) FROM "+articleTables+" GROUP BY r.pipeline, r.model, r.codebook ORDER BY 4 DESC, 1, 2, 3", nil, func(r Rows) error {
			var p store.PipelineCount
			err := r.Scan(&p.Version, &p.Model, &p.Codebook, &p.Records)
			st.Records = append(st.Records, p)
			return err
		})
		if err != nil {
			return err
		}
		err = each(ctx, tx, "SELECT state, count(*) FROM feed GROUP BY state", nil, func(r Rows) error {
			var state string
			var n int64
			err := r.Scan(&state, &n)
			st.Feeds[news.FeedState(state)] = n
			return err
		})
		if err != nil {
			return err
		}
		for _, q := range []struct {
			sql string
			to  any
		}{
			{"SELECT count(*) FROM version", &st.Versions},
			{"SELECT count(*) FROM capture", &st.Captures},
			{"SELECT coalesce(sum(length), 0) FROM capture", &st.Captured},
			{`SELECT count(*) FROM "fetch"`, &st.Fetches},
			{"SELECT count(*) FROM tombstone", &st.Tombstones},
			{"SELECT coalesce(min(published), '') FROM article", &st.Oldest},
			{"SELECT coalesce(max(published), '') FROM article", &st.Newest},
			{"SELECT coalesce(max(n), 0) FROM migration", &st.Schema},
			{s.d.Size, &st.Bytes},
		} {
			if err := row(ctx, tx, q.sql, nil, q.to); err != nil {
				return fmt.Errorf("%s: %w", q.sql, err)
			}
		}
		return nil
	})
	if err != nil {
		return store.Stats{}, fmt.Errorf("count: %w", err)
	}
	return st, nil
}
