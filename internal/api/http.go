package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

type insideKey struct{}

// inside notes whether who asks is of the house.
func inside(is func(*http.Request) bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if is != nil && is(r) {
			r = r.WithContext(context.WithValue(r.Context(), insideKey{}, true))
		}
		next.ServeHTTP(w, r)
	})
}

func isInside(ctx context.Context) bool {
	in, _ := ctx.Value(insideKey{}).(bool)
	return in
}

// tagged gives answers an entity tag, made of what they hold, and leaves out the
// body that the caller says it has. Streams and files go through as they come.
func tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		if r.Method != http.MethodGet && r.Method != http.MethodHead || strings.HasPrefix(r.URL.Path, "/v1/exports/") || r.URL.Path == "/v1/changes/stream" {
			next.ServeHTTP(w, r)
			return
		}
		b := &buffered{header: h, status: http.StatusOK}
		next.ServeHTTP(b, r)
		if b.status == http.StatusOK {
			sum := sha256.Sum256(b.body.Bytes())
			tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
			h.Set("ETag", tag)
			h.Set("Cache-Control", "private, no-cache")
			if matches(r.Header.Get("If-None-Match"), tag) {
				h.Del("Content-Type")
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.WriteHeader(b.status)
		_, _ = w.Write(b.body.Bytes()) // a client that is gone
	})
}

// matches reports whether the tag is among those of an If-None-Match.
func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == tag {
			return true
		}
	}
	return false
}

// buffered keeps an answer until it is whole.
type buffered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *buffered) Header() http.Header         { return b.header }
func (b *buffered) WriteHeader(status int)      { b.status = status }
func (b *buffered) Write(p []byte) (int, error) { return b.body.Write(p) }
