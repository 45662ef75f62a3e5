package cli

import (
	"context"
	"iter"

	"github.com/onrecord/onrecord/internal/ingest/file"
)

// inOrder runs work on the items with n workers and yields the results in the
// order of the items. At most 2n results wait for a slow one before them, so
// memory does not grow with the number of files.
func inOrder(ctx context.Context, n int, items iter.Seq2[file.Item, error], work func(file.Item) result) iter.Seq[result] {
	return func(yield func(result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		queue := make(chan chan result, 2*n)
		slots := make(chan struct{}, n)
		go func() {
			defer close(queue)
			for it, err := range items {
				one := make(chan result, 1)
				select {
				case queue <- one:
				case <-ctx.Done():
					return
				}
				if err != nil {
					one <- result{name: it.Name, err: err}
					continue
				}
				select {
				case slots <- struct{}{}:
				case <-ctx.Done():
					one <- result{name: it.Name, err: ctx.Err()}
					return
				}
				go func() {
					defer func() { <-slots }()
					one <- work(it)
				}()
			}
		}()
		for one := range queue {
			if !yield(<-one) {
				return
			}
		}
	}
}
