package serve

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/store"
)

// Metrics are what /metrics tells, in the text format of Prometheus. Their names
// stay as they are (docs/operations.md).
type Metrics struct {
	set     *metrics.Set
	writers []func(context.Context, io.Writer)
}

// NewMetrics makes metrics with those of the requests that are answered.
func NewMetrics() *Metrics { return &Metrics{set: metrics.NewSet()} }

// seconds are the upper bounds of the times of requests. The desk's pages are
// to take 0.15 at most.
var seconds = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30}

// asked counts a request.
func (m *Metrics) asked(area string, status int, took time.Duration) {
	m.set.GetOrCreateCounter(fmt.Sprintf("onrecord_http_requests_total{area=%q,status=\"%dxx\"}", area, status/100)).Inc()
	m.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf("onrecord_http_request_seconds{area=%q}", area), seconds).Update(took.Seconds())
}

// area is which part of the site a path belongs to: few words, whatever is
// asked for.
func area(path string) string {
	switch {
	case path == "/healthz", path == "/metrics":
		return "upkeep"
	case strings.HasPrefix(path, "/v1/"):
		return "api"
	}
	return "desk"
}

// Work adds what the workers have done.
func (m *Metrics) Work(tally func() jobs.Tally) {
	m.writers = append(m.writers, func(_ context.Context, w io.Writer) {
		t := tally()
		metrics.WriteCounterUint64(w, "onrecord_source_checks_total", uint64(t.Checked))
		metrics.WriteCounterUint64(w, "onrecord_article_requests_total", uint64(t.Fetched))
		for _, c := range []struct {
			outcome string
			n       int64
		}{
			{"added", t.Added}, {"edited", t.Edited}, {"withdrawn", t.Withdrawn}, {"same", t.Same}, {"forgotten", t.Forgotten},
			{"no_target", t.NoTarget}, {"no_article", t.NoArticle}, {"failed", t.Failed},
		} {
			metrics.WriteCounterUint64(w, fmt.Sprintf("onrecord_articles_total{outcome=%q}", c.outcome), uint64(c.n))
		}
	})
}

// countedEvery is how long counts of the store are told again before they are
// counted anew: that reads whole tables.
const countedEvery = time.Minute

// Store adds what the store holds.
func (m *Metrics) Store(s store.Store) {
	var mu sync.Mutex
	var last store.Stats
	var at time.Time
	m.writers = append(m.writers, func(ctx context.Context, w io.Writer) {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(at) > countedEvery {
			st, err := s.Stats(ctx)
			if err != nil {
				metrics.WriteGaugeUint64(w, "onrecord_store_up", 0)
				return
			}
			last, at = st, time.Now()
		}
		metrics.WriteGaugeUint64(w, "onrecord_store_up", 1)
		for _, state := range slices.Sorted(maps.Keys(last.Articles)) {
			metrics.WriteGaugeUint64(w, fmt.Sprintf("onrecord_store_articles{state=%q}", state), uint64(last.Articles[state]))
		}
		for _, state := range slices.Sorted(maps.Keys(last.Feeds)) {
			metrics.WriteGaugeUint64(w, fmt.Sprintf("onrecord_store_sources{state=%q}", state), uint64(last.Feeds[state]))
		}
		for _, g := range []struct {
			name string
			n    int64
		}{
			{"versions", last.Versions}, {"statements", last.Statements}, {"events", last.Events}, {"captures", last.Captures},
			{"capture_bytes", last.Captured}, {"bytes", last.Bytes},
		} {
			metrics.WriteGaugeUint64(w, "onrecord_store_"+g.name, uint64(g.n))
		}
	})
}

// Info adds what the program is made of, as labels of a gauge that is 1.
func (m *Metrics) Info(version, model, codebook string) {
	m.writers = append(m.writers, func(_ context.Context, w io.Writer) {
		metrics.WriteGaugeUint64(w, fmt.Sprintf("onrecord_info{version=%q,model=%q,codebook=%q}", version, model, codebook), 1)
	})
}

// ServeHTTP writes all metrics, those of the process too.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	for _, f := range m.writers {
		f(r.Context(), &b)
	}
	m.set.WritePrometheus(&b)
	metrics.WriteProcessMetrics(&b)
	h := w.Header()
	h.Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(b.Bytes()) // the client's loss
}
