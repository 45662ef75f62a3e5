package relational

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/store"
)

// Forget erases an article and all that was made of it. What stays is a
// tombstone: its id, when and why, and hashes of its addresses, so that it is
// not taken in again. A capture that other articles came from as well is erased
// too; they keep their records.
func (s *Store) Forget(ctx context.Context, id, reason string) ([]store.Filed, error) {
	var captures []store.Filed
	err := s.b.Write(ctx, func(tx Tx) error {
		captures = nil
		h, err := s.find(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.unfold(ctx, tx, h); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO tombstone (article, at, reason) VALUES ($1,$2,$3)", id, s.now().UTC(), reason); err != nil {
			return err
		}
		var stones [][]any
		err = each(ctx, tx, "SELECT address FROM address WHERE article = $1 ORDER BY hash", []any{h.key}, func(r Rows) error {
			var a string
			err := r.Scan(&a)
			stones = append(stones, []any{store.Tombstone(a), id})
			return err
		})
		if err != nil {
			return err
		}
		if err := insert(ctx, tx, "tombstone_address", "hash, article", stones); err != nil {
			return err
		}
		err = each(ctx, tx, "SELECT "+captureColumns+" FROM capture WHERE id IN (SELECT capture FROM version WHERE article = $1) ORDER BY id", []any{h.key}, func(r Rows) error {
			c, err := scanCapture(r)
			captures = append(captures, c)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range captures {
			if _, err := tx.Exec(ctx, "INSERT INTO erasure (capture, file, place, length) VALUES ($1,$2,$3,$4)", c.ID, c.File, c.Offset, c.Length); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "UPDATE version SET capture = NULL WHERE capture = $1", c.ID); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "DELETE FROM capture WHERE id = $1", c.ID); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `DELETE FROM "fetch" WHERE url = $1 OR final = $1`, c.URL); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "INSERT INTO stale_block (block) SELECT DISTINCT block FROM actor_article WHERE article = $1 ON CONFLICT (block) DO NOTHING", h.key); err != nil {
			return err
		}
		for _, t := range []string{"record", "version", "address", "story_article", "resolved_member", "actor_article"} {
			if _, err := tx.Exec(ctx, "DELETE FROM "+t+" WHERE article = $1", h.key); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, "DELETE FROM article WHERE key = $1", h.key)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("forget %s: %w", id, err)
	}
	return captures, nil
}

// Unerased lists captures of forgotten articles whose bytes may still be there.
func (s *Store) Unerased(ctx context.Context) ([]store.Filed, error) {
	var out []store.Filed
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return each(ctx, tx, "SELECT capture, file, place, length FROM erasure ORDER BY file, place", nil, func(r Rows) error {
			var f store.Filed
			err := r.Scan(&f.ID, &f.File, &f.Offset, &f.Length)
			out = append(out, f)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list captures to erase: %w", err)
	}
	return out, nil
}

// Erased confirms that the bytes of captures are gone.
func (s *Store) Erased(ctx context.Context, captures []string) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		for _, id := range captures {
			if _, err := tx.Exec(ctx, "DELETE FROM erasure WHERE capture = $1", id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("confirm erasures: %w", err)
	}
	return nil
}
