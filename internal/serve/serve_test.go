package serve_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/serve"
	"github.com/onrecord/onrecord/internal/store"
)

func ask(t *testing.T, h http.Handler, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(body)))
	return w
}

func TestParts(t *testing.T) {
	part := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, name+" "+r.URL.Path) })
	}
	m := serve.NewMetrics()
	m.Work(func() jobs.Tally { return jobs.Tally{Added: 7} })
	m.Info("1", "none", "plover-16")
	s := serve.New(serve.Options{
		Desk: part("desk"), API: part("api"), Metrics: m,
		Guard: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "" || r.URL.Path != "/secret" {
					next.ServeHTTP(w, r)
					return
				}
				http.Error(w, "no", http.StatusUnauthorized)
			})
		},
	})
	for path, want := range map[string]string{"/": "desk /", "/story/1": "desk /story/1", "/v1/articles": "api /v1/articles", "/healthz": `{"status":"ok","parts":{}}` + "\n", "/secret": "no\n"} {
		if got := ask(t, s, http.MethodGet, path, "").Body.String(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	told := ask(t, s, http.MethodGet, "/metrics", "").Body.String()
	for _, want := range []string{
		`onrecord_articles_total{outcome="added"} 7`, `onrecord_http_requests_total{area="desk",status="2xx"} 2`, `onrecord_http_requests_total{area="desk",status="4xx"} 1`,
		`onrecord_info{version="1",model="none",codebook="plover-16"} 1`, "process_resident_memory_bytes", `onrecord_http_request_seconds_count{area="api"} 1`,
	} {
		if !strings.Contains(told, want) {
			t.Errorf("/metrics does not have %s", want)
		}
	}
}

// What one request brings about harms no other, and is not told to strangers.
func TestFaults(t *testing.T) {
	s := serve.New(serve.Options{
		Desk: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/panic" {
				panic("a secret")
			}
			if _, err := io.ReadAll(r.Body); err != nil {
				w.WriteHeader(http.StatusRequestEntityTooLarge)
			}
		}),
		Health: map[string]func(context.Context) error{
			"store": func(context.Context) error { return errors.Join(errors.New("postgres://me@db"), store.ErrAway) },
			"other": func(context.Context) error { return errors.New("a secret") },
		},
	})
	if w := ask(t, s, http.MethodGet, "/panic", ""); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ask(t, s, http.MethodPost, "/", strings.Repeat("a", 33<<20)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of 33 MiB: %d", w.Code)
	}
	w := ask(t, s, http.MethodGet, "/healthz", "")
	want := `{"status":"failing","parts":{"other":"failing; the log has why","store":"the store does not answer"}}` + "\n"
	if w.Code != http.StatusServiceUnavailable || w.Body.String() != want {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestRunningHealth(t *testing.T) {
	ended := make(chan struct{})
	f := serve.RunningHealth(ended)
	if err := f(t.Context()); err != nil {
		t.Error(err)
	}
	close(ended)
	if f(t.Context()) == nil {
		t.Error("what has ended is healthy")
	}
}

// Told to stop, the server finishes what is quick and ends streams.
func TestEndInOrder(t *testing.T) {
	begun := make(chan struct{}, 2)
	release := make(chan struct{})
	s := serve.New(serve.Options{Grace: 2 * time.Second, Desk: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun <- struct{}{}
		if r.URL.Path == "/stream" {
			_, _ = io.WriteString(w, "event\n")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
			return
		}
		<-release
		_, _ = io.WriteString(w, "done")
	})})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	answers := make(chan string, 2)
	for _, path := range []string{"/quick", "/stream"} {
		go func() {
			res, err := http.Get("http://" + l.Addr().String() + path)
			if err != nil {
				answers <- err.Error()
				return
			}
			defer res.Body.Close()
			b, _ := io.ReadAll(res.Body)
			answers <- string(b)
		}()
	}
	<-begun
	<-begun
	stop()
	close(release)
	got := map[string]bool{<-answers: true, <-answers: true}
	if !got["done"] || !got["event\n"] {
		t.Errorf("answers: %v", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if res, err := http.Get("http://" + l.Addr().String() + "/"); err == nil {
		res.Body.Close()
		t.Error("it goes on answering")
	}
}
