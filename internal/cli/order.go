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
		for {
			one, ok := receive(ctx, queue)
			if !ok {
				return
			}
			res, ok := receive(ctx, one)
			if !ok || !yield(res) {
				return
			}
		}
	}
}

// receive waits for a value, but not past the end of the context: a read from
// standard input may never return.
func receive[T any](ctx context.Context, c <-chan T) (T, bool) {
	select {
	case v, ok := <-c:
		return v, ok
	case <-ctx.Done():
		var none T
		return none, false
	}
}
