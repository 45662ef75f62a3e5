package sqlite

import (
	"context"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// Exec runs a statement behind the store's back.
func Exec(ctx context.Context, s *Store, sql string) error {
	_, err := s.b.write.ExecContext(ctx, sql)
	return err
}

// Jobs lists the jobs that wait.
func Jobs(ctx context.Context, s *Store) ([]store.Job, error) {
	rows, err := s.b.write.QueryContext(ctx, "SELECT kind, args, lane, coalesce(uniq, ''), run_at FROM job WHERE state = 'waiting' ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.Job
	for rows.Next() {
		var j store.Job
		var at int64
		if err := rows.Scan(&j.Kind, &j.Args, &j.Lane, &j.Unique, &at); err != nil {
			return nil, err
		}
		j.At = time.UnixMicro(at).UTC()
		out = append(out, j)
	}
	return out, rows.Err()
}
