package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxSeconds keeps what servers write from overflowing a Duration.
const maxSeconds = 10 * 365 * 24 * 3600

// RetryAfter is how long a server wants to be left alone (RFC 9110, 10.2.3), 0
// where it does not say or the time has passed.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	s := strings.TrimSpace(h.Get("Retry-After"))
	if s == "" {
		return 0
	}
	if n, ok := seconds(s); ok {
		return n
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(t.Sub(now), 0)
	}
	return 0
}

// Fresh is how long a document stays good: maxAge by Cache-Control less the
// Age that it has already (RFC 9111, 4.2), expires by Expires. Where
// Cache-Control says anything of it, Expires does not count.
func Fresh(h http.Header, now time.Time) (maxAge, expires time.Duration) {
	said := false
	for _, d := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-store", "no-cache":
			return 0, 0
		case "max-age":
			if n, ok := seconds(strings.Trim(strings.TrimSpace(value), `"`)); ok {
				maxAge, said = n, true
			}
		}
	}
	if said {
		if age, ok := seconds(strings.TrimSpace(h.Get("Age"))); ok {
			maxAge = max(maxAge-age, 0)
		}
		return maxAge, 0
	}
	t, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0, 0 // "0" and "-1" are common, and mean that it is stale
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date // the server's own clock
	}
	return 0, max(t.Sub(now), 0)
}

func seconds(s string) (time.Duration, bool) {
	if s == "" {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		n = maxSeconds
	}
	return time.Duration(min(n, maxSeconds)) * time.Second, true
}
