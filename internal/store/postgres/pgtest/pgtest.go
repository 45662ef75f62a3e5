// Package pgtest starts real PostgreSQL servers that last as long as a test.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Start starts a server that is stopped when the test ends. Where PostgreSQL is
// not installed the test is skipped; on CI (CI=true) it fails, since a check
// that is always skipped there checks nothing.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := Launch(t.Context())
	if excused(err, os.Getenv("CI")) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("stop PostgreSQL: %v", err)
		}
	})
	return s
}

func excused(err error, ci string) bool { return errors.Is(err, ErrNotInstalled) && ci != "true" }

// Server is a server in a folder of its own, reached by a socket in it.
type Server struct {
	bin, dir string
	as       *account
	databases
	process
}

// databases counts those that were made, to name the next.
type databases struct{ n atomic.Int64 }

// Launch makes a server in a temporary folder and starts it. It ends with
// Close, and also when the calling process does, however that ends.
func Launch(ctx context.Context) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := folder(as)
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, as: as}
	if err := s.create(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := s.Resume(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// Close stops the server and removes its folder.
func (s *Server) Close() error {
	err := s.Stop()
	return errors.Join(err, os.RemoveAll(s.dir))
}

// URL is the address of a database of the server.
func (s *Server) URL(database string) string {
	q := url.Values{"host": {s.dir}, "user": {superuser}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// Database makes an empty database and returns its address.
func (s *Server) Database(ctx context.Context) (string, error) {
	// What news of the whole world needs, whatever the machine's own locale.
	return s.make(ctx, "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
}

// Copy makes a database with what the one at an address holds. Nobody may be
// connected to that.
func (s *Server) Copy(ctx context.Context, address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("copy a database: %w", err)
	}
	return s.make(ctx, "TEMPLATE "+strings.TrimPrefix(u.Path, "/"))
}

func (s *Server) make(ctx context.Context, how string) (string, error) {
	name := fmt.Sprintf("test%d", s.n.Add(1))
	c, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return "", fmt.Errorf("connect to the test server: %w", err)
	}
	defer func() { _ = c.Close(context.WithoutCancel(ctx)) }()
	if _, err := c.Exec(ctx, "CREATE DATABASE "+name+" "+how); err != nil {
		return "", fmt.Errorf("make a database: %w", err)
	}
	return s.URL(name), nil
}

// ready waits until the server takes connections.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		c, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return c.Close(ctx)
		}
		select {
		case <-s.ended():
			return fmt.Errorf("PostgreSQL ended at once: %s", s.log())
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not start: %w: %s", err, s.log())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
