package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/onrecord/onrecord/internal/store"
)

// Dead is a job that is not tried any more.
type Dead struct {
	ID       int64
	Job      store.Job
	Attempts int
	Error    string // of the last attempt
	At       time.Time
}

// Dead lists the jobs that failed for good, the newest first.
func (s *Store) Dead(ctx context.Context, limit int) ([]Dead, error) {
	p := river.NewJobListParams().States(rivertype.JobStateDiscarded).OrderBy(river.JobListOrderByFinalizedAt, river.SortOrderDesc).First(min(max(limit, 1), 10_000))
	found, err := s.b.queue.JobList(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("list dead jobs: %w", classify(ctx, err))
	}
	var out []Dead
	for _, j := range found.Jobs {
		d := Dead{ID: j.ID, Attempts: j.Attempt}
		var t Task
		if err := json.Unmarshal(j.EncodedArgs, &t); err != nil {
			return nil, fmt.Errorf("decode job %d: %w", j.ID, err)
		}
		d.Job = t.Job(j.Kind)
		if n := len(j.Errors); n > 0 {
			d.Error = j.Errors[n-1].Error
		}
		if j.FinalizedAt != nil {
			d.At = j.FinalizedAt.UTC()
		}
		out = append(out, d)
	}
	return out, nil
}

// Revive makes a dead job wait again.
func (s *Store) Revive(ctx context.Context, id int64) error {
	_, err := s.b.queue.JobRetry(ctx, id)
	if errors.Is(err, river.ErrNotFound) {
		err = store.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("revive job %d: %w", id, classify(ctx, err))
	}
	return nil
}
