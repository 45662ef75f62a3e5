package postgres

import (
	"context"
	"encoding/json"

	"github.com/onrecord/onrecord/internal/store"
)

// What the tests look at from outside.
var (
	Classify = classify
	Fold     = fold
)

// Exec runs a statement behind the store's back.
func Exec(ctx context.Context, s *Store, sql string) error {
	_, err := s.b.pool.Exec(ctx, sql)
	return err
}

// Jobs lists the jobs that wait.
func Jobs(ctx context.Context, s *Store) ([]store.Job, error) {
	rows, err := s.b.pool.Query(ctx, "SELECT kind, args, scheduled_at FROM river_job WHERE state IN ('available', 'scheduled') ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.Job
	for rows.Next() {
		var j store.Job
		var args []byte
		var t Task
		if err := rows.Scan(&j.Kind, &args, &j.At); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(args, &t); err != nil {
			return nil, err
		}
		at := j.At
		j = t.Job(j.Kind)
		j.At = at.UTC()
		out = append(out, j)
	}
	return out, rows.Err()
}
