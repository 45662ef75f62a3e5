package relational

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// place is the cursor of an article: store.Cursor's, or the next that is free within
// the minute. Two articles of one minute would share one where their keys are some
// multiple of four million apart (docs/decisions/0010-cursor.md).
func (s *Store) place(ctx context.Context, tx Tx, published string, seen time.Time, key int64) (int64, error) {
	first := store.Cursor(published, seen, key)
	const low = 1<<store.CursorBits - 1
	for off := range int64(low) {
		at := first&^low | (first+off)&low
		var holder int64
		err := row(ctx, tx, "SELECT key FROM article WHERE cursor = $1", []any{at}, &holder)
		if errors.Is(err, store.ErrNotFound) || err == nil && holder == key {
			return at, nil
		}
		if err != nil {
			return 0, err
		}
	}
	return 0, fmt.Errorf("all %d places of a minute are taken", int64(low))
}
