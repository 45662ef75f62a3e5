package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

const superuser = "postgres"

// settings make the server quick, and small enough to stand beside others.
// Nothing of it need outlast a power cut; a crash of the server it does.
var settings = []string{
	"fsync=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=32MB",
	"max_connections=100", "autovacuum_naptime=10s", "log_min_messages=warning",
}

// keeper starts the server and stops it at a line of input, which names the
// signal; its data stay. If
// the input ends without one, the process that held it is gone, perhaps by
// kill -9: then nobody will want the folder ($1) again.
const keeper = `dir=$1; shift
"$@" </dev/null & server=$!
trap '' INT TERM HUP
(if read -r how; then
	kill -s "$how" $server
else
	kill -QUIT $server
	while kill -0 $server; do sleep 0.1; done
	rm -rf "$dir"
fi) <&3 3<&- 2>/dev/null &
exec 3<&-
wait $server`

// process is the running server; the zero value is one that does not run.
type process struct {
	mu   sync.Mutex
	life io.WriteCloser // the keeper's input
	done chan struct{}
}

// create makes the server's files.
func (s *Server) create(ctx context.Context) error {
	c := exec.CommandContext(ctx, filepath.Join(s.bin, "initdb"), "-D", s.data(), "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
	c.Dir, c.SysProcAttr = s.dir, s.as.attributes()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Resume starts the server again after Stop or Crash.
func (s *Server) Resume(ctx context.Context) error {
	args := []string{"-c", keeper, "keeper", s.dir, filepath.Join(s.bin, "postgres"), "-D", s.data(), "-k", s.dir}
	for _, set := range settings {
		args = append(args, "-c", set)
	}
	held, life, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	defer func() { _ = held.Close() }()
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return errors.Join(fmt.Errorf("start PostgreSQL: %w", err), life.Close())
	}
	defer func() { _ = log.Close() }()
	// Not bound to ctx: the server outlasts this call.
	c := exec.Command("/bin/sh", args...)
	c.Dir, c.SysProcAttr = s.dir, s.as.attributes()
	c.Stdout, c.Stderr, c.ExtraFiles = log, log, []*os.File{held}
	if err := c.Start(); err != nil {
		return errors.Join(fmt.Errorf("start PostgreSQL: %w", err), life.Close())
	}
	done := make(chan struct{})
	go func() {
		_ = c.Wait() // how it ended is in its log
		close(done)
	}()
	s.mu.Lock()
	s.life, s.done = life, done
	s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return errors.Join(err, s.Stop())
	}
	return nil
}

// Stop stops the server as its operator would; its data stay. Connections are
// cut.
func (s *Server) Stop() error { return s.end("INT") }

// Crash ends the server on the spot; what was committed is there after Resume.
func (s *Server) Crash() error { return s.end("QUIT") }

func (s *Server) end(signal string) error {
	s.mu.Lock()
	life, done := s.life, s.done
	s.life = nil
	s.mu.Unlock()
	if life == nil {
		return nil
	}
	_, err := life.Write([]byte(signal + "\n"))
	if err := errors.Join(err, life.Close()); err != nil {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	select {
	case <-done:
		return nil
	case <-time.After(time.Minute):
		return fmt.Errorf("PostgreSQL does not stop: %s", s.log())
	}
}

// ended is closed when the server has ended.
func (s *Server) ended() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done
}

// log is the end of what the server said.
func (s *Server) log() string {
	b, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(b[max(0, len(b)-2000):]))
}

// folder makes the server's folder. The path of a socket has at most 107 bytes,
// so a long TMPDIR will not do.
func folder(as *account) (string, error) {
	in := os.TempDir()
	if len(in) > 60 {
		in = "/tmp"
	}
	dir, err := os.MkdirTemp(in, "pgtest")
	if err != nil {
		return "", fmt.Errorf("make a folder for PostgreSQL: %w", err)
	}
	if as != nil {
		if err := os.Chown(dir, int(as.uid), int(as.gid)); err != nil {
			return "", fmt.Errorf("make a folder for PostgreSQL: %w", err)
		}
	}
	return dir, nil
}

// account is whom the server runs as; nil is who calls.
type account struct{ uid, gid uint32 }

func (a *account) attributes() *syscall.SysProcAttr {
	// A group of its own: Ctrl-C at the test is not one at the server.
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a != nil {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid, NoSetGroups: false}
	}
	return attr
}
