package postgres

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// check asks PostgreSQL itself: for indexes that it does not use, which an
// interrupted REINDEX leaves behind, and for constraints that are not enforced.
// Damaged blocks show when the records are opened.
func check(ctx context.Context, tx relational.Tx, _ bool) ([]store.Finding, error) {
	var out []store.Finding
	for _, c := range []struct{ code, sql, mend string }{
		{"index_invalid", `SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
			WHERE t.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)`, "run in psql: REINDEX INDEX NAME"},
		{"reference_broken", `SELECT conname::text FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND NOT convalidated`, "restore from a backup"},
	} {
		f := store.Finding{Code: c.code, Mend: c.mend}
		rows, err := tx.Query(ctx, c.sql)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.code, err)
		}
		for rows.Next() {
			if f.Count++; f.Count == 1 {
				err = rows.Scan(&f.Example)
			}
			if err != nil {
				break
			}
		}
		rows.Close()
		if err == nil {
			err = rows.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.code, err)
		}
		if f.Count > 0 {
			out = append(out, f)
		}
	}
	return out, nil
}
