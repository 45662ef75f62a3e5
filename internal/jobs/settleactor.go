package jobs

import (
	"context"

	"github.com/onrecord/onrecord/internal/store"
)

// joinActors joins the entities of what has changed with those of all articles.
func (s *Settler) joinActors(ctx context.Context, w *work, out *store.Settled) error { return nil }
