package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// Handler does one job. It may be called again for a job that it has done, when
// its node is killed before that is noted: what it does twice must come to the
// same. A job whose handler returns an error is tried again, later each time,
// and after 25 times is dead.
type Handler func(ctx context.Context, j store.Job) error

// WorkOptions say what a node does. Handlers are needed.
type WorkOptions struct {
	Handlers map[string]Handler // by kind; jobs of other kinds are left to others
	Jobs     int                // at a time; 0 is 8
	// Most is how long a job may take; 0 is half an hour.
	Most time.Duration
	// Grace is how long running jobs may take to end when the node is stopped;
	// 0 is 15 seconds.
	Grace time.Duration
	// Gap is how long a lane stays taken after a job in it: the time between two
	// requests to a host, whichever nodes make them.
	Gap time.Duration
	Log *slog.Logger // nil is silent
}

// Work does jobs until ctx ends, as one of any number of nodes that share them.
// It returns store.ErrAway when the server is gone; then it may be called again.
//
// A node holds a lock by which the others know that it lives. The jobs of one
// that was killed are done by others within seconds.
func (s *Store) Work(ctx context.Context, o WorkOptions) error {
	if o.Jobs <= 0 {
		o.Jobs = 8
	}
	if o.Most <= 0 {
		o.Most = 30 * time.Minute
	}
	if o.Grace <= 0 {
		o.Grace = 15 * time.Second
	}
	if o.Log == nil {
		o.Log = silent
	}
	host, err := os.Hostname()
	if err != nil {
		host = "node"
	}
	id := host + "-" + rand.Text()
	p, err := s.b.join(ctx, id)
	if err != nil {
		return fmt.Errorf("join the nodes: %w", err)
	}
	defer p.leave()
	workers := river.NewWorkers()
	for kind, f := range o.Handlers {
		river.AddWorkerArgs(workers, NewTask(store.Job{Kind: kind}), &worker{do: f, p: p, gap: o.Gap})
	}
	client, err := river.NewClient(riverpgxv5.New(s.b.pool), &river.Config{
		ID: id, Logger: o.Log, Workers: workers, FetchOnlyKnownKinds: true, JobTimeout: o.Most, SoftStopTimeout: o.Grace,
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.Jobs}},
	})
	if err != nil {
		return fmt.Errorf("work: %w", err)
	}
	run, stop := context.WithCancel(ctx)
	defer stop()
	if err := client.Start(run); err != nil {
		return fmt.Errorf("work: %w", classify(ctx, err))
	}
	gone := s.b.watch(run, p, o.Log)
	if gone != nil {
		// Others take its jobs now, so it must not go on with them.
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), o.Grace)
		defer cancel()
		_ = client.StopAndCancel(end) // what hangs is left behind
		return fmt.Errorf("work: %w", gone)
	}
	<-client.Stopped()
	return ctx.Err()
}

// presence is a node's connection that holds its locks: the one by which it is
// known to live, and those of the lanes that it works in.
type presence struct {
	mu    sync.Mutex
	conn  *pgxpool.Conn // nil when the node has left
	lanes map[string]bool
}

// join takes the lock of a node.
func (b *backend) join(ctx context.Context, id string) (*presence, error) {
	c, err := b.pool.Acquire(ctx)
	if err != nil {
		return nil, classify(ctx, err)
	}
	if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1, hashtext($2))", lockNode, id); err != nil {
		defer c.Release()
		return nil, lost(ctx, c.Conn(), classify(ctx, err))
	}
	return &presence{conn: c, lanes: make(map[string]bool)}, nil
}

// leave gives the locks back, with the connection.
func (p *presence) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = p.conn.Conn().Close(ctx) // the server drops the locks either way
	p.conn.Release()
	p.conn = nil
}

// enter takes a lane, if no job of this or another node is in it.
func (p *presence) enter(ctx context.Context, lane string) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conn == nil || p.lanes[lane] {
		return false, nil // the connection would be given the lock twice
	}
	var got bool
	if err := p.conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, hashtext($2))", lockLane, relational.Escaped(lane)).Scan(&got); err != nil {
		return false, lost(ctx, p.conn.Conn(), classify(ctx, err))
	}
	if got {
		p.lanes[lane] = true
	}
	return got, nil
}

// exit gives a lane back.
func (p *presence) exit(ctx context.Context, lane string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.lanes, lane)
	if p.conn == nil {
		return
	}
	_, _ = p.conn.Exec(ctx, "SELECT pg_advisory_unlock($1, hashtext($2))", lockLane, relational.Escaped(lane)) // lost with the connection
}

// reclaimEvery is how often a node looks for jobs of dead ones.
const reclaimEvery = 2 * time.Second

// watch sees to it that the node is known to live, and gives jobs of dead nodes
// to the others, until ctx ends (nil) or the connection does.
func (b *backend) watch(ctx context.Context, p *presence, log *slog.Logger) error {
	t := time.NewTicker(reclaimEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
		n, err := b.reclaim(ctx, p)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, store.ErrAway):
			return err
		case err != nil:
			log.Warn("reclaim_failed", "error", err.Error())
		case n > 0:
			log.Warn("jobs_of_dead_node", "jobs", n)
		}
	}
}

// reclaim makes jobs available again whose node has no lock any more.
func (b *backend) reclaim(ctx context.Context, p *presence) (int64, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r, err := p.conn.Exec(ctx, `UPDATE river_job SET state = 'available', scheduled_at = now()
		WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM pg_locks
			WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND granted
			AND classid::bigint = $1 AND objsubid = 2
			AND objid::bigint = hashtext(attempted_by[array_length(attempted_by, 1)])::bigint & 4294967295)`, int64(lockNode))
	if err != nil {
		return 0, lost(ctx, p.conn.Conn(), classify(ctx, err))
	}
	return r.RowsAffected(), nil
}

// worker does River's jobs with a handler.
type worker struct {
	river.WorkerDefaults[Task]
	do  Handler
	p   *presence
	gap time.Duration
}

// laneWait is after what time a job is tried again whose lane was taken.
const laneWait = time.Second

// Work does one job, in its lane.
func (w *worker) Work(ctx context.Context, j *river.Job[Task]) error {
	task := j.Args.Job(j.Kind)
	if task.Lane != "" {
		got, err := w.p.enter(ctx, task.Lane)
		if err != nil {
			return err
		}
		if !got {
			return river.JobSnooze(laneWait)
		}
		defer w.leave(context.WithoutCancel(ctx), task.Lane)
	}
	return w.do(ctx, task)
}

// leave gives a lane back after the gap.
func (w *worker) leave(ctx context.Context, lane string) {
	if w.gap <= 0 {
		w.p.exit(ctx, lane)
		return
	}
	time.AfterFunc(w.gap, func() { w.p.exit(ctx, lane) })
}
