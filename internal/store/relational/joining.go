package relational

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/store"
)

// Joinings lists a person's words on joinings, the first first.
func (s *Store) Joinings(ctx context.Context) ([]store.Joining, error) {
	var out []store.Joining
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return each(ctx, tx, "SELECT object, article, part, other_article, other_part, together, note, at FROM joining ORDER BY at, object, article, part, other_article, other_part", nil, func(r Rows) error {
			var j store.Joining
			err := r.Scan(&j.Object, &j.One.Article, &j.One.ID, &j.Two.Article, &j.Two.ID, &j.Together, &j.Note, scanMoment{&j.At})
			out = append(out, j)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list words on joinings: %w", err)
	}
	return out, nil
}

// ordered puts the lesser part first.
func ordered(j store.Joining) store.Joining {
	if j.Two.Article < j.One.Article || j.Two.Article == j.One.Article && j.Two.ID < j.One.ID {
		j.One, j.Two = j.Two, j.One
	}
	return j
}

// PutJoining adds a word on a joining.
func (s *Store) PutJoining(ctx context.Context, j store.Joining) error {
	if j.Object != "event" && j.Object != "actor" {
		return fmt.Errorf("a word on a joining of %q: want event or actor", j.Object)
	}
	if j = ordered(j); j.At.IsZero() {
		j.At = s.now()
	}
	err := s.onJoining(ctx, j, `INSERT INTO joining (object, article, part, other_article, other_part, together, note, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
		ON CONFLICT (object, article, part, other_article, other_part) DO UPDATE SET together=excluded.together, note=excluded.note, at=excluded.at`,
		j.Together, j.Note, j.At.UTC())
	if err != nil {
		return fmt.Errorf("put a word on a joining: %w", err)
	}
	return nil
}

// RemoveJoining takes a word on a joining back.
func (s *Store) RemoveJoining(ctx context.Context, j store.Joining) error {
	if err := s.onJoining(ctx, ordered(j), "DELETE FROM joining WHERE object = $1 AND article = $2 AND part = $3 AND other_article = $4 AND other_part = $5"); err != nil {
		return fmt.Errorf("take back a word on a joining: %w", err)
	}
	return nil
}

func (s *Store) onJoining(ctx context.Context, j store.Joining, sql string, more ...any) error {
	return s.b.Write(ctx, func(tx Tx) error {
		for _, p := range []store.Part{j.One, j.Two} {
			var key int64
			if err := row(ctx, tx, "SELECT key FROM article WHERE id = $1", []any{p.Article}, &key); err != nil {
				return fmt.Errorf("article %s: %w", p.Article, err)
			}
			if err := touch(ctx, tx, p.Article); err != nil {
				return err
			}
		}
		n, err := tx.Exec(ctx, sql, append([]any{j.Object, j.One.Article, j.One.ID, j.Two.Article, j.Two.ID}, more...)...)
		if err == nil && n == 0 {
			return store.ErrNotFound
		}
		return err
	})
}
