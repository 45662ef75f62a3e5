package relational

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// find reads the row of an article by its id, to change it.
func (s *Store) find(ctx context.Context, tx Tx, id string) (*held, error) {
	h := &held{id: id}
	err := row(ctx, tx, "SELECT key, state, version, cursor, first_seen FROM article WHERE id = $1"+s.d.Hold, []any{id},
		&h.key, opt(&h.state), &h.version, &h.cursor, scanMoment{&h.firstSeen})
	return h, err
}

// Reread puts a newer record in the place of the one that a version has.
func (s *Store) Reread(ctx context.Context, id string, version int, r *news.Record) error {
	own := *r
	own.Article.ID = id
	packed, err := pack(&own)
	if err != nil {
		return fmt.Errorf("reread %s: %w", id, err)
	}
	err = s.b.Write(ctx, func(tx Tx) error {
		h, err := s.find(ctx, tx, id)
		if err != nil {
			return err
		}
		var n int
		if err := row(ctx, tx, "SELECT n FROM version WHERE article = $1 AND n = $2", []any{h.key, version}, &n); err != nil {
			return err
		}
		if err := putRecord(ctx, tx, h.key, version, own.Pipeline, packed, s.now()); err != nil {
			return err
		}
		a := &own.Article
		if _, err := tx.Exec(ctx, "UPDATE version SET text_sha256=$3, title=$4, published=$5, basis=$6 WHERE article=$1 AND n=$2",
			h.key, version, a.TextSHA256, optional(a.Title), optional(a.Published), string(a.PublishedBasis)); err != nil {
			return err
		}
		if version != h.version {
			return nil
		}
		if err := s.unfold(ctx, tx, h); err != nil {
			return err
		}
		if h.cursor, err = s.place(ctx, tx, string(a.Published), h.firstSeen, h.key); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE article SET cursor=$2, title=$3, published=$4, language=$5, entities=$6, statements=$7, events=$8 WHERE key=$1",
			h.key, h.cursor, optional(a.Title), optional(a.Published), optional(a.Language), len(own.Entities), len(own.Statements), len(own.Events)); err != nil {
			return err
		}
		return s.fold(ctx, tx, h, &own)
	})
	if err != nil {
		return fmt.Errorf("reread %s: %w", id, err)
	}
	return nil
}

// Stale lists articles whose current record was made by another pipeline.
func (s *Store) Stale(ctx context.Context, p news.Pipeline, since time.Time, after int64, limit int) ([]string, int64, error) {
	var ids []string
	last := after
	err := s.b.Read(ctx, func(tx Tx) error {
		ids, last = nil, after
		return each(ctx, tx, `SELECT a.key, a.id FROM `+articleTables+`
			WHERE a.key > $1 AND a.changed >= $2 AND NOT (r.pipeline = $3 AND r.model = $4 AND r.codebook = $5) ORDER BY a.key LIMIT $6`,
			[]any{after, since, p.Version, p.Model, p.Codebook, limit}, func(r Rows) error {
				var id string
				if err := r.Scan(&last, &id); err != nil {
					return err
				}
				ids = append(ids, id)
				return nil
			})
	})
	if err != nil {
		return nil, after, fmt.Errorf("list what is to be read again: %w", err)
	}
	return ids, last, nil
}

// Release shows the articles whose embargo has ended by now.
func (s *Store) Release(ctx context.Context, now time.Time) (int, error) {
	released := 0
	err := s.b.Write(ctx, func(tx Tx) error {
		released = 0
		var held []string
		err := each(ctx, tx, "SELECT id FROM article WHERE state = 'held' AND (embargo IS NULL OR embargo <= $1) ORDER BY key LIMIT 1000", []any{now}, func(r Rows) error {
			var id string
			err := r.Scan(&id)
			held = append(held, id)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range held {
			h, err := s.find(ctx, tx, id)
			if errors.Is(err, store.ErrNotFound) || err == nil && h.state != store.Held {
				continue // another writer has dealt with it meanwhile
			}
			if err != nil {
				return err
			}
			h.state = store.Live
			if _, err := tx.Exec(ctx, "UPDATE article SET state=$2 WHERE key=$1", h.key, string(h.state)); err != nil {
				return err
			}
			r, err := readRecord(ctx, tx, h.key, h.version)
			if err != nil {
				return fmt.Errorf("article %s: %w", id, err)
			}
			if err := s.fold(ctx, tx, h, r); err != nil {
				return fmt.Errorf("article %s: %w", id, err)
			}
			released++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("release what is under embargo: %w", err)
	}
	return released, nil
}
