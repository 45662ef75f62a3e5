package serve

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// healthWait bounds one look at the health of all parts.
const healthWait = 3 * time.Second

// health answers what whoever watches over the process asks: 200 where all parts
// work, 503 where one does not, with its error in words.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthWait)
	defer cancel()
	names := slices.Sorted(maps.Keys(s.o.Health))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { errs[i] = s.o.Health[name](ctx) })
	}
	wg.Wait()
	out := struct {
		Status string            `json:"status"` // ok or failing
		Parts  map[string]string `json:"parts"`
	}{"ok", make(map[string]string, len(names))}
	code := http.StatusOK
	for i, name := range names {
		out.Parts[name] = "ok"
		if errs[i] != nil {
			out.Parts[name], out.Status, code = reason(errs[i]), "failing", http.StatusServiceUnavailable
		}
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(out) // the client's loss
}

// reason is why a part does not work, without what a stranger need not know,
// such as the address of a database.
func reason(err error) string {
	for _, known := range []error{store.ErrAway, store.ErrBusy, store.ErrFull, context.DeadlineExceeded, errNotRunning} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "failing; the log has why"
}

var errNotRunning = errors.New("not running")

// StoreHealth asks the store for something small.
func StoreHealth(s store.Store) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := s.Feed(ctx, "")
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	}
}

// RunningHealth reports whether work that ended is closed yet.
func RunningHealth(ended <-chan struct{}) func(context.Context) error {
	return func(context.Context) error {
		select {
		case <-ended:
			return errNotRunning
		default:
			return nil
		}
	}
}
