package postgres

import (
	"context"
	"fmt"
	"time"
)

// Queued is how many jobs of one kind are in one state.
type Queued struct {
	Kind  string
	State string // available, scheduled, running, retryable, discarded, completed …
	Jobs  int64
}

// Queue counts the jobs by kind and state.
func (s *Store) Queue(ctx context.Context) ([]Queued, error) {
	rows, err := s.b.pool.Query(ctx, "SELECT kind, state::text, count(*) FROM river_job GROUP BY kind, state ORDER BY kind, state")
	if err != nil {
		return nil, fmt.Errorf("count the jobs: %w", classify(ctx, err))
	}
	defer rows.Close()
	var out []Queued
	for rows.Next() {
		var q Queued
		if err := rows.Scan(&q.Kind, &q.State, &q.Jobs); err != nil {
			return nil, fmt.Errorf("count the jobs: %w", err)
		}
		out = append(out, q)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("count the jobs: %w", classify(ctx, err))
	}
	return out, nil
}

// Due counts the jobs that run or are to run by a moment.
func (s *Store) Due(ctx context.Context, by time.Time) (int64, error) {
	var n int64
	err := s.b.pool.QueryRow(ctx, `SELECT count(*) FROM river_job
		WHERE state = 'running' OR state IN ('available', 'scheduled', 'retryable', 'pending') AND scheduled_at <= $1`, by).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the jobs: %w", classify(ctx, err))
	}
	return n, nil
}
