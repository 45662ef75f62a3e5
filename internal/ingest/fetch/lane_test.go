package fetch

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// The clock of these tests stands still but for sleepers.
func TestLaneGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lanes{gap: 2 * time.Second, now: time.Now}
		start := time.Now()
		ends := make(chan time.Duration, 10)
		open := make(chan struct{}, 1)
		for range 3 {
			go func() {
				leave, e := l.enter(t.Context(), "post.example")
				if e != nil {
					t.Error(e)
					return
				}
				select {
				case open <- struct{}{}:
				default:
					t.Error("two requests to one host at a time")
				}
				time.Sleep(time.Second)
				<-open
				leave(0)
				ends <- time.Since(start)
			}()
		}
		for _, want := range []time.Duration{1, 4, 7} {
			if got := <-ends; got != want*time.Second {
				t.Errorf("a request ended after %v, want %v", got, want*time.Second)
			}
		}
		// Another host waits for none of them.
		leave, e := l.enter(t.Context(), "other.example")
		if e != nil || time.Since(start) != 7*time.Second {
			t.Errorf("another host: %v after %v", e, time.Since(start))
		}
		leave(0)
	})
}

func TestLanePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lanes{gap: time.Second, now: time.Now}
		leave, _ := l.enter(t.Context(), "post.example")
		leave(time.Hour)
		start := time.Now()
		_, e := l.enter(t.Context(), "post.example")
		if e == nil || e.outcome != news.FetchBusy || e.after != time.Hour || time.Since(start) != 0 {
			t.Fatalf("a host that asked for an hour: %+v after %v", e, time.Since(start))
		}
		time.Sleep(time.Hour - time.Minute)
		if _, e = l.enter(t.Context(), "post.example"); e != nil || time.Since(start) != time.Hour {
			t.Errorf("a minute before its end: %v at %v", e, time.Since(start))
		}
	})
}

func TestLaneCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lanes{gap: time.Minute, now: time.Now}
		leave, _ := l.enter(t.Context(), "post.example")
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan *errEnd)
		go func() {
			_, e := l.enter(ctx, "post.example")
			done <- e
		}()
		synctest.Wait()
		cancel()
		if <-done == nil {
			t.Error("a request that was given up entered")
		}
		leave(0)
		// Given up while it waited for the gap: the turn is not lost.
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, e := l.enter(ctx, "post.example"); e == nil {
			t.Error("a request that was given up entered")
		}
		if leave, e := l.enter(t.Context(), "post.example"); e != nil {
			t.Error(e)
		} else {
			leave(0)
		}
	})
}

func TestLanesAreSwept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lanes{now: time.Now}
		for _, host := range []string{"a", "b", "c"} {
			leave, _ := l.enter(t.Context(), host)
			leave(0)
		}
		time.Sleep(time.Hour)
		leave, _ := l.enter(t.Context(), "d")
		leave(0)
		if len(l.hosts) != 1 {
			t.Errorf("%d lanes are kept", len(l.hosts))
		}
	})
}
