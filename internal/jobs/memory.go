package jobs

import (
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// When an address that brought nothing is asked again.
const (
	triesOfOne   = 5                  // of requests that may help when made later
	firstRetry   = 10 * time.Minute   // doubles with each
	betweenEdits = 20 * time.Minute   // times the requests so far, between two for a known article
	afterNo      = 7 * 24 * time.Hour // what was refused, missing or no article
	remembered   = 5000               // requests of a source that are looked at
	keptRequest  = 90 * 24 * time.Hour
)

// memory is what the log of requests says of a source's addresses. It lives in
// the store, so a process that is started anew asks no sooner.
type memory map[string]tried

type tried struct {
	last  news.Fetch
	tries int // requests in a row that may help when made later
	asked int // all requests
}

// remember reads a log, newest first.
func remember(log []news.Fetch) memory {
	m := make(memory)
	ended := make(map[string]bool)
	for _, f := range log {
		t, has := m[f.URL]
		if !has {
			t.last = f
		}
		t.asked++
		if !f.Outcome.Again() {
			ended[f.URL] = true
		} else if !ended[f.URL] {
			t.tries++
		}
		m[f.URL] = t
	}
	return m
}

// verdict is what is to be done about an address now.
type verdict int

const (
	ask   verdict = iota
	later         // it was asked not long ago, and asking again may help
	never         // nothing new is to be had from it for some time
)

// of decides about an address that is not known to the store.
func (m memory) of(url string, now time.Time) verdict {
	t, has := m[url]
	if !has {
		return ask
	}
	since := now.Sub(t.last.At)
	if t.last.Outcome.Again() {
		wait := max(firstRetry<<min(t.tries-1, 10), t.last.RetryAfter)
		switch {
		case t.tries >= triesOfOne && since < afterNo:
			return never
		case since < wait:
			return later
		}
		return ask
	}
	if since < afterNo {
		return never
	}
	return ask
}
