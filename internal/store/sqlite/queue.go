package sqlite

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// enqueue adds jobs. One whose like waits or runs already is not added.
func (b *backend) enqueue(ctx context.Context, tx relational.Tx, jobs []store.Job) error {
	now := b.now()
	for _, j := range jobs {
		at := j.At
		if at.IsZero() {
			at = now
		}
		var unique any
		if j.Unique != "" {
			unique = j.Unique
		}
		_, err := tx.Exec(ctx, `INSERT INTO job (kind, args, lane, uniq, state, run_at, added_at) VALUES ($1,$2,$3,$4,'waiting',$5,$6)
			ON CONFLICT DO NOTHING`, j.Kind, j.Args, j.Lane, unique, at, now)
		if err != nil {
			return fmt.Errorf("enqueue %s: %w", j.Kind, err)
		}
	}
	return nil
}
