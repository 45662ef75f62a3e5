package sqlite

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// check asks SQLite itself. quick_check leaves out only the comparison of
// indexes with their tables, which takes most of the time.
func (b *backend) check(ctx context.Context, tx relational.Tx, full bool) ([]store.Finding, error) {
	var out []store.Finding
	pragma := "quick_check"
	if full {
		pragma = "integrity_check"
	}
	damage := store.Finding{Code: "file_damaged", Mend: "restore from a backup"}
	if err := collect(ctx, tx, "PRAGMA "+pragma, &damage); err != nil {
		return nil, err
	}
	if damage.Count > 0 {
		out = append(out, damage)
	}
	keys := store.Finding{Code: "reference_broken", Mend: "restore from a backup"}
	if err := collect(ctx, tx, `SELECT "table" || ' row ' || coalesce(rowid, '') FROM pragma_foreign_key_check`, &keys); err != nil {
		return nil, err
	}
	if keys.Count > 0 {
		out = append(out, keys)
	}
	return out, nil
}

// collect counts the rows of a query, which are texts, and keeps the first.
// "ok" is what SQLite says where nothing is wrong.
func collect(ctx context.Context, tx relational.Tx, sql string, f *store.Finding) error {
	rows, err := tx.Query(ctx, sql)
	if err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
		if text == "ok" {
			continue
		}
		if f.Count++; f.Count == 1 {
			f.Example = text
		}
	}
	return rows.Err()
}
