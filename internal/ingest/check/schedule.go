package check

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/news"
)

// The times between two checks of a source.
const (
	usual   = 30 * time.Minute // where nothing is known of its pace
	fastest = 15 * time.Minute // that the program chooses by itself
	slowest = 6 * time.Hour    // that the program chooses by itself
	// MinInterval is the shortest that a person may choose.
	MinInterval = time.Minute
	// MaxWish is the longest that a publisher's ttl, max-age or Expires counts
	// for: servers for pictures say "a year" of everything.
	MaxWish  = 24 * time.Hour
	maxRetry = 7 * 24 * time.Hour
	// MaxFailures is the weight of failures in a row at which a source pauses
	// itself. With the growing time between checks that is about a week.
	MaxFailures = 10
)

// What decided the time of the next check (news.Feed.NextReason).
const (
	ByInterval = "interval"    // the user's
	ByPace     = "pace"        // of its articles
	ByDefault  = "default"     // nothing else is known
	ByTTL      = "ttl"         // of the feed
	ByMaxAge   = "max-age"     // of the answer
	ByExpires  = "expires"     // of the answer
	ByRetry    = "retry-after" // of an answer that says it is too much
	ByFailures = "failures"
)

// wishes is what the answers to one check say of the next.
type wishes struct{ ttl, maxAge, expires time.Duration }

// heed takes the wishes of an answer's header.
func (w *wishes) heed(h http.Header, now time.Time) {
	maxAge, expires := fetch.Fresh(h, now)
	w.maxAge, w.expires = max(w.maxAge, maxAge), max(w.expires, expires)
}

// base is the time between two checks by the user or the program.
func base(f *news.Feed, items []news.Item) (time.Duration, string) {
	if f.Interval > 0 {
		return max(f.Interval, MinInterval), ByInterval
	}
	if pace := paceOf(items); pace > 0 {
		return pace, ByPace
	}
	// No list this time, since nothing has changed: its pace is still known.
	if last := f.NextCheck.Sub(f.CheckedAt); len(items) == 0 && f.NextReason == ByPace && last >= fastest && last <= slowest {
		return last, ByPace
	}
	return usual, ByDefault
}

// paceOf is half of the middle gap between the newest articles, by which none
// is missed and few checks find nothing; 0 where too few are dated.
func paceOf(items []news.Item) time.Duration {
	var at []time.Time
	for _, it := range items {
		if t, err := time.Parse(time.RFC3339, cmp.Or(it.Hint.Published, it.Hint.Modified)); err == nil {
			at = append(at, t)
		}
	}
	if len(at) < 4 {
		return 0
	}
	slices.SortFunc(at, func(a, b time.Time) int { return b.Compare(a) })
	at = at[:min(len(at), 20)]
	var gaps []time.Duration
	for i := 1; i < len(at); i++ {
		gaps = append(gaps, at[i-1].Sub(at[i]))
	}
	slices.Sort(gaps)
	return min(max(gaps[len(gaps)/2]/2, fastest), slowest)
}

// next sets the time of the next check after one that went well: the longest
// of what user, feed and server want.
func next(f *news.Feed, items []news.Item, w wishes, now time.Time) {
	wait, reason := base(f, items)
	for _, wish := range []struct {
		wait   time.Duration
		reason string
	}{{w.ttl, ByTTL}, {w.maxAge, ByMaxAge}, {w.expires, ByExpires}} {
		if d := min(wish.wait, MaxWish); d > wait {
			wait, reason = d, wish.reason
		}
	}
	f.NextCheck, f.NextReason = now.Add(wait), reason
}

// weight is how much a failure counts towards a source's pausing itself. No
// answer at all may be a fault on our side; a server that is busy is in order.
func weight(a *news.Fetch) float64 {
	switch {
	case a.Outcome == news.FetchBusy:
		return 0.25
	case a.Outcome == news.FetchFailed && a.Status == 0:
		return 0.5
	}
	return 1
}

// failure sets state and time after a check that went wrong.
func failure(f *news.Feed, a *news.Fetch, now time.Time) {
	f.LastError = a.Detail
	if f.LastError == "" {
		f.LastError = string(a.Outcome)
	}
	if a.Outcome == news.FetchGone {
		f.State, f.StateReason = news.FeedGone, "it answered 410 Gone: its publisher has taken it away for good"
		f.Failures++
		f.NextCheck, f.NextReason = time.Time{}, ""
		return
	}
	f.Failures += weight(a)
	wait, _ := base(f, nil)
	reason := ByFailures
	// Twice as long after each failure, up to a day.
	for n := 1.0; n <= f.Failures && wait < 24*time.Hour; n++ {
		wait *= 2
	}
	wait = min(wait, max(24*time.Hour, f.Interval))
	if retry := min(a.RetryAfter, maxRetry); retry > wait {
		wait, reason = retry, ByRetry
	}
	f.NextCheck, f.NextReason = now.Add(wait), reason
	if f.Failures >= MaxFailures {
		f.State = news.FeedFailing
		f.StateReason = fmt.Sprintf("it paused itself after failures that count %.4g; the last: %s", f.Failures, f.LastError)
	}
}
