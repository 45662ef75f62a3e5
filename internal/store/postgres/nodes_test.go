package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

// node runs Work until the test or stop ends it; what it returns is in ended.
func node(t *testing.T, s *postgres.Store, handlers map[string]postgres.Handler) (stop func(), ended chan error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended = make(chan error, 1)
	go func() { ended <- s.Work(ctx, postgres.WorkOptions{Handlers: handlers, Grace: 5 * time.Second}) }()
	return cancel, ended
}

func enqueue(t *testing.T, s store.Store, jobs ...store.Job) {
	t.Helper()
	if _, err := s.Commit(t.Context(), store.Changes{Jobs: jobs}); err != nil {
		t.Fatal(err)
	}
}

// testLanes: two nodes, and never two jobs of one host at the same time, even if
// the host's name has a NUL.
func testLanes(t *testing.T, server *pgtest.Server) {
	address := database(t, server)
	a, b := open(t, address, postgres.Options{}), open(t, address, postgres.Options{})
	var mu sync.Mutex
	in, done := map[string]int{}, map[string]int{}
	all := make(chan struct{})
	fetch := func(ctx context.Context, j store.Job) error {
		mu.Lock()
		in[j.Lane]++
		if in[j.Lane] > 1 {
			t.Errorf("%d jobs in lane %s", in[j.Lane], j.Lane)
		}
		mu.Unlock()
		time.Sleep(100 * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		in[j.Lane]--
		if done[j.Lane+j.Unique]++; len(done) == 8 {
			close(all)
		}
		return nil
	}
	var jobs []store.Job
	for i := range 8 {
		jobs = append(jobs, store.Job{Kind: "fetch", Args: []byte(`{}`), Lane: fmt.Sprintf("%c.example", i%2), Unique: fmt.Sprint(i)})
	}
	enqueue(t, a, append(jobs, store.Job{Kind: "of_another_program", Args: []byte(`{}`)})...)
	stopA, endedA := node(t, a.Store, map[string]postgres.Handler{"fetch": fetch})
	stopB, endedB := node(t, b.Store, map[string]postgres.Handler{"fetch": fetch})
	select {
	case <-all:
	case <-time.After(2 * time.Minute):
		t.Error("not all jobs are done")
	}
	stopA()
	stopB()
	for _, ended := range []chan error{endedA, endedB} {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("a node that was stopped: %v", err)
		}
	}
	for name, n := range done {
		if n != 1 {
			t.Errorf("job %s was done %d times", name, n)
		}
	}
	if left, err := a.Jobs(t.Context()); err != nil || len(left) != 1 || left[0].Kind != "of_another_program" {
		t.Errorf("left are %v, %v", left, err)
	}
}

// testDead: a job that failed for good is listed, and can be tried again.
func testDead(t *testing.T, server *pgtest.Server) {
	s := open(t, database(t, server), postgres.Options{})
	tried := make(chan int, 10)
	n := 0
	stop, ended := node(t, s.Store, map[string]postgres.Handler{"read": func(context.Context, store.Job) error {
		n++
		tried <- n
		if n == 1 {
			return errors.New("no model")
		}
		return nil
	}})
	enqueue(t, s, store.Job{Kind: "read", Args: []byte(`{"article":"a1"}`), Unique: "a1"})
	if got := <-tried; got != 1 {
		t.Fatal(got)
	}
	// What 25 attempts would do.
	kill := "UPDATE river_job SET state = 'discarded', finalized_at = now() WHERE state IN ('retryable', 'available', 'scheduled')"
	var dead []postgres.Dead
	for range 300 {
		if err := s.Exec(t.Context(), kill); err != nil {
			t.Fatal(err)
		}
		var err error
		if dead, err = s.Dead(t.Context(), 10); err != nil {
			t.Fatal(err)
		}
		if len(dead) > 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if len(dead) != 1 || dead[0].Error != "no model" || dead[0].Job.Kind != "read" || dead[0].Job.Unique != "a1" || dead[0].Attempts != 1 || dead[0].At.IsZero() {
		t.Fatalf("dead are %+v", dead)
	}
	if err := s.Revive(t.Context(), dead[0].ID); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-tried:
		if got != 2 {
			t.Error(got)
		}
	case <-time.After(time.Minute):
		t.Error("it is not tried again")
	}
	wantErr(t, "no such job", s.Revive(t.Context(), 1<<40), store.ErrNotFound)
	stop()
	<-ended
	if dead, err := s.Dead(t.Context(), 10); err != nil || len(dead) > 0 {
		t.Errorf("dead are %+v, %v", dead, err)
	}
}

// testNodeCutOff: a node that has lost its connection stops, and says why; its
// jobs are done by another.
func testNodeCutOff(t *testing.T, server *pgtest.Server) {
	address := database(t, server)
	first := open(t, address, postgres.Options{})
	started, done := make(chan struct{}), make(chan struct{})
	_, ended := node(t, first.Store, map[string]postgres.Handler{"read": func(ctx context.Context, _ store.Job) error {
		close(started)
		<-ctx.Done() // for as long as it is let
		return ctx.Err()
	}})
	enqueue(t, first, store.Job{Kind: "read", Args: []byte(`{}`)})
	<-started
	if _, err := connect(t, server.URL("postgres")).Exec(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", databaseName(t, address)); err != nil {
		t.Fatal(err)
	}
	second := open(t, address, postgres.Options{})
	stop, endedSecond := node(t, second.Store, map[string]postgres.Handler{"read": func(context.Context, store.Job) error {
		close(done)
		return nil
	}})
	select {
	case err := <-ended:
		wantErr(t, "the first node", err, store.ErrAway)
	case <-time.After(time.Minute):
		t.Error("the first node goes on")
	}
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Error("the second node does not do the job")
	}
	stop()
	<-endedSecond
}

func databaseName(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(u.Path, "/")
}
