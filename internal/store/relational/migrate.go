package relational

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// Migration is one step in the history of the tables. A step that was released
// is never changed; a mistake in one is mended by the next.
type Migration struct {
	N      int
	Name   string
	SQL    string
	SHA256 string
}

// Migrations reads migrations/0001_name.sql and so on. There must be no gap.
func Migrations(files fs.FS) ([]Migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql") // in order of names
	if err != nil {
		return nil, fmt.Errorf("list the migrations: %w", err)
	}
	var out []Migration
	for i, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read the migration: %w", err)
		}
		number, title, ok := strings.Cut(strings.TrimSuffix(path.Base(name), ".sql"), "_")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s: want number %04d", name, i+1)
		}
		sum := sha256.Sum256(b)
		out = append(out, Migration{n, title, string(b), hex.EncodeToString(sum[:])})
	}
	return out, nil
}

// Applied returns the number of the last migration that was applied. It fails
// if the store has one that the program does not know, or another of the same
// number.
func Applied(ctx context.Context, tx Tx, all []Migration) (int, error) {
	last := 0
	err := each(ctx, tx, "SELECT n, name, sha256 FROM migration ORDER BY n", nil, func(r Rows) error {
		var name, sum string
		if err := r.Scan(&last, &name, &sum); err != nil {
			return err
		}
		if last > len(all) {
			return fmt.Errorf("%w: it has migration %d (%s), this program knows %d; use the newer program", store.ErrNewer, last, name, len(all))
		}
		if m := all[last-1]; m.SHA256 != sum {
			return fmt.Errorf("migration %d of the store (%s) is not the one of this program (%s)", last, name, m.Name)
		}
		return nil
	})
	return last, err
}

// Migrate applies what is missing and returns how many that were.
func Migrate(ctx context.Context, tx Tx, all []Migration, now time.Time) (int, error) {
	last, err := Applied(ctx, tx, all)
	if err != nil {
		return 0, err
	}
	for _, m := range all[last:] {
		if _, err := tx.Exec(ctx, m.SQL); err != nil {
			return 0, fmt.Errorf("migration %d (%s): %w", m.N, m.Name, err)
		}
		if _, err := tx.Exec(ctx, "INSERT INTO migration (n, name, sha256, applied_at) VALUES ($1,$2,$3,$4)", m.N, m.Name, m.SHA256, now.UTC()); err != nil {
			return 0, fmt.Errorf("migration %d (%s): %w", m.N, m.Name, err)
		}
	}
	return len(all) - last, nil
}
