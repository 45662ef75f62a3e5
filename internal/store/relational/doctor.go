package relational

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/store"
)

// check is a query for ids of what must not be.
type check struct{ code, sql, mend string }

const rereadMend = "run: onrecord reread --article ID"

func (s *Store) checks() []check {
	all := []check{
		{"version_missing", "SELECT a.id FROM article a LEFT JOIN version v ON v.article = a.key AND v.n = a.version WHERE v.article IS NULL", "restore from a backup"},
		{"version_gap", "SELECT a.id FROM article a WHERE a.version <> (SELECT count(*) FROM version v WHERE v.article = a.key)", "restore from a backup"},
		{"record_missing", "SELECT a.id FROM version v JOIN article a ON a.key = v.article LEFT JOIN record r ON r.article = v.article AND r.n = v.n WHERE r.article IS NULL", rereadMend},
		{"address_missing", "SELECT a.id FROM article a WHERE NOT EXISTS (SELECT 1 FROM address d WHERE d.article = a.key)", "run: onrecord forget ID, and add it again"},
		{"address_orphan", "SELECT d.address FROM address d LEFT JOIN article a ON a.key = d.article WHERE a.key IS NULL", "restore from a backup"},
		{"version_orphan", "SELECT CAST(v.article AS TEXT) FROM version v LEFT JOIN article a ON a.key = v.article WHERE a.key IS NULL", "restore from a backup"},
		{"record_orphan", "SELECT CAST(r.article AS TEXT) FROM record r LEFT JOIN version v ON v.article = r.article AND v.n = r.n WHERE v.article IS NULL", "restore from a backup"},
		{"capture_missing", "SELECT v.capture FROM version v LEFT JOIN capture c ON c.id = v.capture WHERE v.capture IS NOT NULL AND c.id IS NULL", "restore from a backup"},
		{"words_missing", "SELECT a.id FROM article a LEFT JOIN article_text t ON t." + s.d.Cursor + " = a.cursor WHERE a.state = 'live' AND t." + s.d.Cursor + " IS NULL", rereadMend},
		{"words_orphan", "SELECT CAST(t." + s.d.Cursor + " AS TEXT) FROM article_text t LEFT JOIN article a ON a.cursor = t." + s.d.Cursor + " AND a.state = 'live' WHERE a.key IS NULL", rereadMend},
		{"rows_missing", "SELECT a.id FROM article a LEFT JOIN article_part p ON p.rank = a.cursor WHERE a.state = 'live' AND p.rank IS NULL", "run: onrecord search (it indexes what an older version kept), then onrecord reread --article ID for what is left"},
		{"rows_orphan", "SELECT CAST(p.rank AS TEXT) FROM article_part p LEFT JOIN article a ON a.cursor = p.rank AND a.state = 'live' WHERE a.key IS NULL", rereadMend},
		{"forgotten_kept", "SELECT a.id FROM article a JOIN tombstone t ON t.article = a.id", "run: onrecord forget ID"},
		{"erasure_pending", "SELECT capture FROM erasure", "run: onrecord forget --resume"},
	}
	for _, t := range derived {
		all = append(all, check{t + "_orphan", "SELECT DISTINCT CAST(d.article AS TEXT) FROM " + t + " d LEFT JOIN article a ON a.key = d.article AND a.state = 'live' WHERE a.key IS NULL", rereadMend})
	}
	for _, t := range []string{"entity", "statement", "event"} {
		column := map[string]string{"entity": "entities", "statement": "statements", "event": "events"}[t]
		all = append(all, check{t + "_count", `SELECT a.id FROM article a LEFT JOIN (SELECT article, count(*) AS n FROM ` + t + ` GROUP BY article) d ON d.article = a.key
			WHERE a.state = 'live' AND a.` + column + ` <> coalesce(d.n, 0)`, rereadMend})
	}
	return all
}

// Doctor looks for what must not be.
func (s *Store) Doctor(ctx context.Context, full bool) ([]store.Finding, error) {
	var out []store.Finding
	err := s.b.Read(ctx, func(tx Tx) error {
		found, err := s.d.Check(ctx, tx, full)
		if err != nil {
			return err
		}
		out = found
		for _, c := range s.checks() {
			f := store.Finding{Code: c.code, Mend: c.mend}
			err := each(ctx, tx, c.sql, nil, func(r Rows) error {
				f.Count++
				if f.Count > 1 {
					return nil
				}
				return r.Scan(&f.Example)
			})
			if err != nil {
				return fmt.Errorf("%s: %w", c.code, err)
			}
			if f.Count > 0 {
				out = append(out, f)
			}
		}
		if !full {
			return nil
		}
		found, err = openAll(ctx, tx)
		out = append(out, found...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("examine the store: %w", err)
	}
	return out, nil
}

// openAll opens every record, and compares it with what its version says.
func openAll(ctx context.Context, tx Tx) ([]store.Finding, error) {
	damaged := store.Finding{Code: "record_damaged", Mend: rereadMend}
	differs := store.Finding{Code: "record_differs", Mend: rereadMend}
	err := each(ctx, tx, "SELECT a.id, v.text_sha256, r.body FROM record r JOIN version v ON v.article = r.article AND v.n = r.n JOIN article a ON a.key = r.article", nil, func(r Rows) error {
		var id, sum string
		var body []byte
		if err := r.Scan(&id, &sum, &body); err != nil {
			return err
		}
		rec, err := unpack(body)
		switch {
		case err != nil:
			damaged.Count++
			damaged.Example = id
		case rec.Article.ID != id || rec.Article.TextSHA256 != sum:
			differs.Count++
			differs.Example = id
		}
		return nil
	})
	var out []store.Finding
	for _, f := range []store.Finding{damaged, differs} {
		if f.Count > 0 {
			out = append(out, f)
		}
	}
	return out, err
}
