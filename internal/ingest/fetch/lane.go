package fetch

import (
	"context"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// The longest times that a request waits for its turn and that a host is left
// alone, whatever it asks for.
const (
	maxPatience = 2 * time.Minute
	maxPause    = 24 * time.Hour
	idleLane    = 10 * time.Minute
)

// lanes let one request at a time to a host, with a gap between two.
type lanes struct {
	gap   time.Duration
	now   func() time.Time
	mu    sync.Mutex
	hosts map[string]*lane
	swept time.Time
}

type lane struct {
	turn  chan struct{} // holds a token while no request is open
	next  time.Time     // when the next may be made; guarded by lanes.mu
	users int           // in it or waiting; guarded by lanes.mu
}

// enter waits for the host's turn. What it returns gives the turn on, after
// the gap or the pause if that is longer. A host that wants to be left alone
// for longer than anyone waits is not waited for.
func (l *lanes) enter(ctx context.Context, host string) (leave func(pause time.Duration), e *errEnd) {
	h := l.join(host)
	release := func(next time.Time, asked bool) {
		l.mu.Lock()
		defer l.mu.Unlock()
		h.users--
		if asked {
			h.next = next
			h.turn <- struct{}{}
		}
	}
	select {
	case <-h.turn:
	case <-ctx.Done():
		release(time.Time{}, false)
		return nil, failed(ctx.Err())
	}
	l.mu.Lock()
	next := h.next
	l.mu.Unlock()
	if wait := next.Sub(l.now()); wait > maxPatience {
		release(next, true)
		e := end(news.FetchBusy, "%s wants to be left alone until %s", host, next.UTC().Format(time.RFC3339))
		e.after = wait
		return nil, e
	} else if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			release(next, true)
			return nil, failed(ctx.Err())
		}
	}
	return func(pause time.Duration) {
		release(l.now().Add(max(l.gap, min(pause, maxPause))), true)
	}, nil
}

// join finds the lane of a host, and now and then sweeps those out that nobody
// needs.
func (l *lanes) join(host string) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.Sub(l.swept) > idleLane {
		for name, h := range l.hosts {
			if h.users == 0 && now.After(h.next) {
				delete(l.hosts, name)
			}
		}
		l.swept = now
	}
	h := l.hosts[host]
	if h == nil {
		if l.hosts == nil {
			l.hosts = make(map[string]*lane)
		}
		h = &lane{turn: make(chan struct{}, 1)}
		h.turn <- struct{}{}
		l.hosts[host] = h
	}
	h.users++
	return h
}
