package pgtest_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

// childVar makes the test binary a process that starts a server and waits to be
// killed.
const childVar = "ONRECORD_PGTEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVar) == "" {
		os.Exit(m.Run())
	}
	s, err := pgtest.Launch(context.Background())
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println(s.Dir(), s.URL("postgres"))
	time.Sleep(time.Minute)
}

func ask(t *testing.T, address, sql string) (answer string, err error) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close(t.Context()) }()
	return answer, c.QueryRow(t.Context(), sql).Scan(&answer)
}

func TestServer(t *testing.T) {
	s := pgtest.Start(t)
	address, err := s.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ask(t, address, "SELECT current_setting('server_encoding')"); err != nil || got != "UTF8" {
		t.Errorf("%q, %v", got, err)
	}
	other, err := s.Database(t.Context())
	if err != nil || other == address {
		t.Errorf("a second database: %q, %v", other, err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := ask(t, address, "SELECT 'here'"); err == nil {
		t.Error("it answers after it was stopped")
	}
	if err := s.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := ask(t, address, "SELECT 'here'"); err != nil || got != "here" {
		t.Errorf("after it was started again: %q, %v", got, err)
	}
}

// TestOrphan: the server goes with the process that started it.
func TestOrphan(t *testing.T) {
	pgtest.Start(t) // skips where there is none
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVar+"=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	dir, address, ok := strings.Cut(strings.TrimSpace(line), " ")
	if err != nil || !ok {
		t.Fatalf("the child says %q, %v", line, err)
	}
	if _, err := ask(t, address, "SELECT 'here'"); err != nil {
		t.Error(err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	for range 600 {
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%s is still there", dir)
}

func TestExcused(t *testing.T) {
	missing := fmt.Errorf("start: %w", pgtest.ErrNotInstalled)
	for _, c := range []struct {
		err  error
		ci   string
		want bool
	}{{missing, "", true}, {missing, "true", false}, {errors.New("initdb fails"), "", false}, {nil, "", false}} {
		if got := pgtest.Excused(c.err, c.ci); got != c.want {
			t.Errorf("%v with CI=%q: %v", c.err, c.ci, got)
		}
	}
}
