package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/onrecord/onrecord/internal/alert"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// warcJob is the kind of the jobs of which each takes in one web archive.
const warcJob = "warc"

type warcArgs struct {
	File string `json:"file"` // absolute, and there on every node
}

// toldEvery is how often the alerts are looked at while the sources are watched.
const toldEvery = 10 * time.Second

// telling tells the alerts while the work is done. Several nodes may: each alert is
// taken by one at a time.
func (o *serving) telling(ctx context.Context, d *desk, log *slog.Logger, work func() error) error {
	keeps, ok := d.Store.(alert.Store)
	if !ok {
		return work()
	}
	how, err := o.tell.options(log)
	if err != nil {
		return err
	}
	how.Now = o.keeping.now
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		alert.New(keeps, how).Every(ctx, toldEvery)
	}()
	err = work()
	stop()
	<-ended
	return err
}

// watch watches the sources of a store until ctx ends, or with once until what is due
// is done. On SQLite that is for one process alone; on PostgreSQL it is one node of
// any number.
func (o *serving) watch(ctx context.Context, d *desk, p *jobs.Pool, once bool) (err error) {
	switch s := d.Store.(type) {
	case *sqlite.Store:
		release, err := s.Watch(ctx)
		if errors.Is(err, store.ErrWatched) {
			return fmt.Errorf("%w: one process at a time watches a store in SQLite (onrecord serve --no-watch may run beside it; a store in PostgreSQL takes any number)", err)
		}
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, release()) }()
	case *postgres.Store:
		return p.Share(ctx, o.sharing(s, p, once))
	}
	if once {
		return p.Once(ctx)
	}
	return p.Run(ctx)
}

// sharing is a node's part in the work.
func (o *serving) sharing(s *postgres.Store, p *jobs.Pool, once bool) jobs.Sharing {
	how := jobs.Sharing{
		Work: func(ctx context.Context, handlers map[string]jobs.Handler) error {
			all := make(map[string]postgres.Handler, len(handlers))
			for kind, h := range handlers {
				all[kind] = postgres.Handler(h)
			}
			// A large archive takes hours, and is begun anew when its time is up.
			return s.Work(ctx, postgres.WorkOptions{Handlers: all, Jobs: o.hosts, Gap: o.gap, Most: 12 * time.Hour})
		},
		Others: map[string]jobs.Handler{warcJob: func(ctx context.Context, j store.Job) error {
			var a warcArgs
			if err := json.Unmarshal(j.Args, &a); err != nil {
				return fmt.Errorf("decode the job: %w", err)
			}
			return takeArchive(ctx, p, a.File)
		}},
	}
	if once {
		how.Idle = func(ctx context.Context) (bool, error) {
			n, err := s.Due(ctx, time.Now().Add(2*time.Second))
			return n == 0, err
		}
	}
	return how
}

// takeArchive takes in one web archive. Pages that are no articles are none of the
// job's errors; an archive that cannot be opened is.
func takeArchive(ctx context.Context, p *jobs.Pool, name string) error {
	var broken error
	read := 0
	err := p.Keep(ctx, func(yield func(jobs.Work, error) bool) {
		for w, err := range warcWorks(ctx, []string{name}) {
			if err == nil {
				read++
			} else {
				broken = err
			}
			if !yield(w, err) {
				return
			}
		}
	}, nil)
	if err == nil && read == 0 {
		err = broken
	}
	return err
}

// shareArchives puts web archives into the queue of a store that nodes share.
func shareArchives(ctx context.Context, s streams, d *desk, files []string) error {
	if _, ok := d.Store.(*postgres.Store); !ok {
		return usageError{"import warc", errNoQueue}
	}
	var c store.Changes
	for _, name := range files {
		at, err := filepath.Abs(name)
		if err != nil {
			return err
		}
		raw, err := json.Marshal(warcArgs{at})
		if err != nil {
			return fmt.Errorf("encode the job: %w", err)
		}
		c.Jobs = append(c.Jobs, store.Job{Kind: warcJob, Args: raw, Unique: at})
	}
	if _, err := d.Commit(ctx, c); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d archives wait for the nodes; onrecord jobs shows how far they are\n", len(files))
	return nil
}

var errNoQueue = errors.New("a store in SQLite has no queue: its one process does the work at once, and what failed comes with the next check")
