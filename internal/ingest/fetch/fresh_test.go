package fetch

import (
	"net/http"
	"testing"
	"time"
)

var noon = time.Date(2031, time.May, 7, 12, 0, 0, 0, time.UTC)

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, " 120 ": 2 * time.Minute, "-5": 0, "soon": 0, "1.5": 0,
		"Wed, 07 May 2031 13:00:00 GMT": time.Hour, "Wed, 07 May 2031 11:00:00 GMT": 0,
		"99999999999999999999": maxSeconds * time.Second,
	} {
		if got := RetryAfter(http.Header{"Retry-After": {value}}, noon); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

func TestFresh(t *testing.T) {
	const one = "Wed, 07 May 2031 13:00:00 GMT"
	for _, c := range []struct {
		name            string
		h               http.Header
		maxAge, expires time.Duration
	}{
		{"nothing", http.Header{}, 0, 0},
		{"max-age", http.Header{"Cache-Control": {"public, Max-Age=300"}}, 5 * time.Minute, 0},
		{"quoted, in a second field", http.Header{"Cache-Control": {"public", `max-age="300"`}}, 5 * time.Minute, 0},
		{"less its age", http.Header{"Cache-Control": {"max-age=300"}, "Age": {"100"}}, 200 * time.Second, 0},
		{"older than good", http.Header{"Cache-Control": {"max-age=300"}, "Age": {"400"}}, 0, 0},
		{"no-cache", http.Header{"Cache-Control": {"max-age=300, no-cache"}, "Expires": {one}}, 0, 0},
		{"expires", http.Header{"Expires": {one}}, 0, time.Hour},
		{"expires by the server's clock", http.Header{"Expires": {one}, "Date": {"Wed, 07 May 2031 12:30:00 GMT"}}, 0, 30 * time.Minute},
		{"max-age above expires", http.Header{"Cache-Control": {"max-age=0"}, "Expires": {one}}, 0, 0},
		{"expired", http.Header{"Expires": {"0"}}, 0, 0},
		{"nonsense", http.Header{"Cache-Control": {"max-age=soon,,="}, "Expires": {"tomorrow"}}, 0, 0},
	} {
		maxAge, expires := Fresh(c.h, noon)
		if maxAge != c.maxAge || expires != c.expires {
			t.Errorf("%s: %v and %v, want %v and %v", c.name, maxAge, expires, c.maxAge, c.expires)
		}
	}
}
