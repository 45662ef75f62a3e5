package api

import (
	"context"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"github.com/onrecord/onrecord/internal/store"
)

// mostStreams is how many streams of changes are open at once.
const mostStreams = 200

type streams struct{ n atomic.Int64 }

// Changes are changes of stories, events, claims and entities, in their order.
type Changes struct {
	Items []store.LedgerChange `json:"items" nullable:"false"`
	Since int64                `json:"since" doc:"of the next call"`
}

func (s *server) changes() {
	type since struct {
		Since int64 `query:"since" minimum:"0" doc:"number of the last change that is known"`
		Limit int   `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	type output struct{ Body Changes }
	huma.Register(s.api, s.operation("list-changes", "/changes", "What changed, in its order", "changes"), func(ctx context.Context, in *since) (*output, error) {
		all, err := s.Store.LedgerChanges(ctx, in.Since, in.Limit)
		if err != nil {
			return nil, problemOf(err)
		}
		out := &output{Changes{Items: []store.LedgerChange{}, Since: in.Since}}
		for _, c := range all {
			if c.Fields == nil {
				c.Fields = []string{}
			}
			out.Body.Items, out.Body.Since = append(out.Body.Items, c), c.Seq
		}
		return out, nil
	})

	type streaming struct {
		Since string `query:"since" doc:"number of the last change that is known; what comes from now on where not given"`
		Last  string `header:"Last-Event-ID" doc:"the same, as browsers send it"`
	}
	op := s.operation("stream-changes", "/changes/stream", "What changes, as it does (server-sent events)", "changes")
	op.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		if s.streams.n.Add(1) > mostStreams {
			s.streams.n.Add(-1)
			_ = huma.WriteErr(s.api, ctx, http.StatusServiceUnavailable, "too many streams are open; ask /v1/changes?since= now and then instead")
			return
		}
		defer s.streams.n.Add(-1)
		// The caller learns at once that the stream is open, not at the first change.
		ctx.SetHeader("Content-Type", "text/event-stream")
		ctx.SetHeader("Cache-Control", "no-store")
		ctx.SetStatus(http.StatusOK)
		if f, ok := ctx.BodyWriter().(http.Flusher); ok {
			f.Flush()
		}
		next(ctx)
	}}
	sse.Register(s.api, op, map[string]any{"change": store.LedgerChange{}}, func(ctx context.Context, in *streaming, send sse.Sender) {
		from, err := s.start(ctx, in.Last, in.Since)
		if err != nil {
			return // the connection ends; the client comes again
		}
		tick := time.NewTicker(s.Poll)
		defer tick.Stop()
		for {
			all, err := s.Store.LedgerChanges(ctx, from, 1000)
			if err != nil && !store.Passing(err) {
				return
			}
			for _, c := range all {
				if c.Fields == nil {
					c.Fields = []string{}
				}
				if send(sse.Message{ID: int(c.Seq), Data: c}) != nil {
					return
				}
				from = c.Seq
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// start is the number of the change after which a stream begins.
func (s *server) start(ctx context.Context, given ...string) (int64, error) {
	for _, g := range given {
		if n, err := strconv.ParseInt(g, 10, 64); err == nil && n >= 0 {
			return n, nil
		}
	}
	// The last there is: the store lists changes after a number only.
	after := func(n int64) (bool, error) {
		c, err := s.Store.LedgerChanges(ctx, n, 1)
		return len(c) > 0, err
	}
	low, high := int64(0), int64(1)
	for high < 1<<60 {
		more, err := after(high - 1)
		if err != nil {
			return 0, err
		}
		if !more {
			break
		}
		low, high = high, high*2
	}
	// All changes are before high.
	for low < high-1 {
		mid := low + (high-low)/2
		more, err := after(mid - 1)
		if err != nil {
			return 0, err
		}
		if more {
			low = mid
		} else {
			high = mid
		}
	}
	return high - 1, nil
}
