package postgres

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// Task is a job as River keeps it.
type Task struct {
	kind   string
	Unique string          `json:"unique,omitempty" river:"unique"`
	Lane   string          `json:"lane,omitempty"`
	Args   json.RawMessage `json:"args,omitempty"`
	// Packed stands for Args where they hold what PostgreSQL's JSON cannot, such
	// as the character NUL.
	Packed []byte `json:"packed,omitempty"`
}

// Kind is the job's kind.
func (t Task) Kind() string { return t.kind }

// NewTask makes the task of a job. A Task of a kind alone, NewTask(store.Job{Kind:
// kind}), tells River which jobs a worker does.
func NewTask(j store.Job) Task {
	t := Task{kind: j.Kind, Unique: relational.Escaped(j.Unique), Lane: relational.Escaped(j.Lane)}
	if storable(j.Args) {
		t.Args = j.Args
	} else {
		t.Packed = j.Args
	}
	return t
}

// Job is what the task was made of, without its time.
func (t Task) Job(kind string) store.Job {
	j := store.Job{Kind: kind, Unique: relational.Unescaped(t.Unique), Lane: relational.Unescaped(t.Lane), Args: t.Args}
	if len(t.Packed) > 0 {
		j.Args = t.Packed
	}
	return j
}

// storable reports whether a column of type jsonb takes the JSON.
func storable(args []byte) bool {
	lower := bytes.ToLower(args)
	return utf8.Valid(args) && !bytes.Contains(lower, []byte(`\u0000`)) && !bytes.Contains(lower, []byte(`\ud`))
}

// unfinished are the states of jobs beside which no second of the same name is
// added.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
}

// enqueue adds jobs to River's within the transaction. One whose like waits or
// runs already is not added.
func (b *backend) enqueue(ctx context.Context, t relational.Tx, jobs []store.Job) error {
	var params []river.InsertManyParams
	type name struct{ kind, unique string }
	seen := make(map[name]bool)
	// In one order everywhere, so that two writers cannot wait for each other.
	sorted := slices.SortedStableFunc(slices.Values(jobs), func(a, b store.Job) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Unique, b.Unique))
	})
	for _, j := range sorted {
		o := &river.InsertOpts{ScheduledAt: j.At}
		if j.Unique != "" {
			if seen[name{j.Kind, j.Unique}] {
				continue
			}
			seen[name{j.Kind, j.Unique}] = true
			o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished}
		}
		params = append(params, river.InsertManyParams{Args: NewTask(j), InsertOpts: o})
	}
	if _, err := b.queue.InsertManyTx(ctx, t.(tx).t, params); err != nil {
		return fmt.Errorf("enqueue %d jobs: %w", len(params), err)
	}
	return nil
}
