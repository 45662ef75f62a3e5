package store

import (
	"context"
	"time"

	"github.com/onrecord/onrecord/internal/query"
)

// Searcher answers queries (docs/query-syntax.md).
type Searcher interface {
	// Search returns a page of one kind, newest first. A cursor of another query
	// gives query.ErrCursor, an unknown kind query.ErrKind.
	Search(ctx context.Context, s query.Search) (query.Page, error)
	// Suggest lists names of which a word begins with the prefix, those first
	// that most articles have; at most limit, 0 for 10.
	Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error)
	// Reindex indexes live articles, at most limit, that an older version of
	// the program kept, and returns how many those were: 0 when all are done.
	Reindex(ctx context.Context, limit int) (int, error)
}

// CursorAt is the least cursor that an article of a moment can have.
func CursorAt(at time.Time) int64 { return (at.Unix() / 60) << CursorBits }
