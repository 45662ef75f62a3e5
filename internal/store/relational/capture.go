package relational

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord/internal/store"
)

const captureColumns = "id, url, at, status, media_type, sha256, hint, file, place, length"

func putCapture(ctx context.Context, tx Tx, f store.Filed) error {
	hint, err := json.Marshal(f.Hint)
	if err != nil {
		return fmt.Errorf("encode the hint: %w", err)
	}
	_, err = tx.Exec(ctx, "INSERT INTO capture ("+captureColumns+") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (id) DO NOTHING",
		store.CaptureID(&f.Capture), f.URL, moment(f.At), f.Status, f.MediaType, f.SHA256, hint, f.File, f.Offset, f.Length)
	if err != nil {
		return fmt.Errorf("insert the capture of %s: %w", f.URL, err)
	}
	return nil
}

func scanCapture(r Rows) (store.Filed, error) {
	var f store.Filed
	var hint []byte
	if err := r.Scan(&f.ID, &f.URL, scanMoment{&f.At}, &f.Status, &f.MediaType, &f.SHA256, &hint, &f.File, &f.Offset, &f.Length); err != nil {
		return f, err
	}
	if err := json.Unmarshal(hint, &f.Hint); err != nil {
		return f, fmt.Errorf("decode the hint of capture %s: %w", f.ID, err)
	}
	return f, nil
}

// Capture tells where one capture lies.
func (s *Store) Capture(ctx context.Context, id string) (store.Filed, error) {
	var f store.Filed
	found := false
	err := s.b.Read(ctx, func(tx Tx) error {
		found = false
		return each(ctx, tx, "SELECT "+captureColumns+" FROM capture WHERE id = $1", []any{id}, func(r Rows) (err error) {
			f, err = scanCapture(r)
			found = true
			return err
		})
	})
	if err == nil {
		err = notFoundUnless(found)
	}
	if err != nil {
		return store.Filed{}, fmt.Errorf("capture %s: %w", id, err)
	}
	return f, nil
}

// Captures calls f for every capture in the order of file and offset.
func (s *Store) Captures(ctx context.Context, f func(store.Filed) error) error {
	err := s.b.Read(ctx, func(tx Tx) error {
		return each(ctx, tx, "SELECT "+captureColumns+" FROM capture ORDER BY file, place", nil, func(r Rows) error {
			c, err := scanCapture(r)
			if err != nil {
				return err
			}
			return f(c)
		})
	})
	if err != nil {
		return fmt.Errorf("list the captures: %w", err)
	}
	return nil
}

// dropUnused takes away captures that no version came of.
func dropUnused(ctx context.Context, tx Tx, ids []string) error {
	for _, id := range ids {
		if _, err := tx.Exec(ctx, "DELETE FROM capture WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM version WHERE capture = $1)", id); err != nil {
			return fmt.Errorf("drop capture %s: %w", id, err)
		}
	}
	return nil
}
