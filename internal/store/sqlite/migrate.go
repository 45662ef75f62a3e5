package sqlite

import (
	"context"
	"embed"

	"github.com/onrecord/onrecord/internal/store/relational"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date.
func (b *backend) migrate(ctx context.Context) error {
	return b.run(ctx, b.write, nil, func(tx relational.Tx) error {
		if _, err := tx.Exec(ctx, "CREATE TABLE IF NOT EXISTS migration (n INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"); err != nil {
			return err
		}
		all, err := relational.Migrations(migrations)
		if err != nil {
			return err
		}
		_, err = relational.Migrate(ctx, tx, all, b.now())
		return err
	})
}
