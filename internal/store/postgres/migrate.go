package postgres

import (
	"context"
	"embed"
	"fmt"

	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/onrecord/onrecord/internal/store/relational"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date: ours and River's. Of many nodes that
// start at once one does it, and the others wait.
func (b *backend) migrate(ctx context.Context) (err error) {
	c, err := b.pool.Acquire(ctx)
	if err != nil {
		return classify(ctx, err)
	}
	defer c.Release()
	if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1, 0)", lockMigration); err != nil {
		return lost(ctx, c.Conn(), classify(ctx, err))
	}
	defer func() {
		// A connection that does not answer has lost its locks.
		if _, unlock := c.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1, 0)", lockMigration); err == nil && unlock != nil {
			err = classify(ctx, unlock)
		}
	}()
	if err := b.Write(ctx, func(t relational.Tx) error { return b.migrateOurs(ctx, t) }); err != nil {
		return err
	}
	// Not in our transaction: one of River's steps needs another committed.
	river, err := rivermigrate.New(riverpgxv5.New(b.pool), &rivermigrate.Config{Logger: silent})
	if err != nil {
		return fmt.Errorf("prepare the queue's tables: %w", err)
	}
	if _, err := river.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return classify(ctx, fmt.Errorf("make the queue's tables: %w", err))
	}
	return nil
}

func (b *backend) migrateOurs(ctx context.Context, t relational.Tx) error {
	if err := ensureTable(ctx, t); err != nil {
		return err
	}
	all, err := relational.Migrations(migrations)
	if err != nil {
		return err
	}
	_, err = relational.Migrate(ctx, t, all, b.now())
	return err
}

// ensureTable makes the table of migrations. It asks first: IF NOT EXISTS needs
// the right to create tables even where there is one.
func ensureTable(ctx context.Context, t relational.Tx) error {
	rows, err := t.Query(ctx, "SELECT to_regclass('migration') IS NOT NULL")
	if err != nil {
		return err
	}
	defer rows.Close()
	var there bool
	if rows.Next() {
		if err := rows.Scan(&there); err != nil {
			return err
		}
	}
	rows.Close()
	if err := rows.Err(); err != nil || there {
		return err
	}
	_, err = t.Exec(ctx, "CREATE TABLE migration (n integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL)")
	return err
}
