// Package serve is the web server around the desk and the API: limits and
// time-outs, who is let in, health, metrics, and an end in order.
package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"
)

// Limits of one request and its answer.
const (
	maxBody   = 32 << 20 // bytes; the longest article as an HTML form sends it
	maxHeader = 64 << 10
	// An answer may take as long as it likes (an export, a stream of events), but
	// a client that takes nothing of it for so long is cut off.
	writeWait = time.Minute
	readWait  = 2 * time.Minute // for all of a request
)

// Options of a Server. Parts may be left out.
type Options struct {
	// Desk answers all paths that no other part does.
	Desk http.Handler
	// API answers below /v1/.
	API http.Handler
	// Guard lets people in, or does not; nil lets all in.
	Guard func(http.Handler) http.Handler
	// Health are looked at by /healthz; one that returns an error makes it 503.
	Health map[string]func(context.Context) error
	// Metrics are those of /metrics; nil for a set without any of the store's.
	Metrics *Metrics
	Log     *slog.Logger // nil is silent
	// Grace is how long requests may take to end when the server is stopped; 0
	// is five seconds.
	Grace time.Duration
}

// Server answers requests.
type Server struct {
	o       Options
	handler http.Handler
}

// New makes a server.
func New(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Grace == 0 {
		o.Grace = 5 * time.Second
	}
	if o.Metrics == nil {
		o.Metrics = NewMetrics()
	}
	s := &Server{o: o}
	inside := http.NewServeMux()
	inside.Handle("GET /metrics", o.Metrics)
	if o.API != nil {
		inside.Handle("/v1/", o.API)
	}
	if o.Desk != nil {
		inside.Handle("/", o.Desk)
	}
	guarded := http.Handler(inside)
	if o.Guard != nil {
		guarded = o.Guard(guarded)
	}
	outside := http.NewServeMux()
	// Whoever watches over the process has no account.
	outside.HandleFunc("GET /healthz", s.health)
	outside.Handle("/", guarded)
	s.handler = s.around(outside)
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// around is what holds for every request.
func (s *Server) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		a := &answer{ResponseWriter: w, control: http.NewResponseController(w)}
		if r.Body != nil {
			r.Body = http.MaxBytesReader(a, r.Body, maxBody)
		}
		defer func() {
			if v := recover(); v != nil {
				if e, ok := v.(error); ok && errors.Is(e, http.ErrAbortHandler) {
					panic(v) // a handler that wants the connection cut
				}
				s.o.Log.Error("fault", "on", r.Method+" "+r.URL.Path, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
				if a.status == 0 {
					http.Error(a, "a fault of the program; its log has where", http.StatusInternalServerError)
				}
			}
			s.o.Metrics.asked(area(r.URL.Path), a.status, time.Since(begun))
			if a.status >= 500 {
				s.o.Log.Warn("request_failed", "method", r.Method, "path", r.URL.Path, "status", a.status)
			}
		}()
		next.ServeHTTP(a, r)
	})
}

// Run answers on l until ctx ends. Requests in hand are then finished, within
// the grace; streams end at half of it.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	requests, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	h := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: readWait, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: maxHeader,
		BaseContext: func(net.Listener) context.Context { return requests },
		ErrorLog:    slog.NewLogLogger(s.o.Log.Handler(), slog.LevelDebug), // of connections, which anyone can make fail
	}
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	streams := time.AfterFunc(s.o.Grace/2, end)
	defer streams.Stop()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.o.Grace)
	defer cancel()
	if err := h.Shutdown(last); err != nil {
		_ = h.Close() // what hangs is cut
	}
	return nil
}

// answer is a response that knows its status, and whose client is cut off only
// when it takes nothing.
type answer struct {
	http.ResponseWriter
	control *http.ResponseController
	status  int
	until   time.Time // the write deadline that is set
}

// Unwrap gives http.ResponseController the writer below.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
	a.extend()
	a.ResponseWriter.WriteHeader(status)
}

// Write writes, and gives the client time for it.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	a.extend()
	return a.ResponseWriter.Write(b)
}

// Flush sends what is written.
func (a *answer) Flush() {
	a.extend()
	_ = a.control.Flush() // a writer that cannot flush sends at the end
}

func (a *answer) extend() {
	if now := time.Now(); a.until.Sub(now) < writeWait/2 {
		a.until = now.Add(writeWait)
		_ = a.control.SetWriteDeadline(a.until) // the writer of a test has none
	}
}
