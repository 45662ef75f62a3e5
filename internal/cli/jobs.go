package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
)

// mostDead is how many dead jobs are listed, or revived by "all".
const mostDead = 10_000

func newJobs(s streams) *cobra.Command {
	k := keeping{}
	cmd := &cobra.Command{
		Use:   "jobs",
		Short: "Count the jobs that nodes share, list those that failed for good, try them again",
		Long: `Count the jobs in the queue of a PostgreSQL store, which the nodes share (onrecord watch,
onrecord serve). A job that fails is tried again, later each time; after 25 times it is
dead, and waits for a person to look at it.`,
		Example: "  onrecord jobs --store postgres://desk@db.example/news\n  onrecord jobs dead\n  onrecord jobs retry all",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.withQueue(cmd, func(q *postgres.Store) error { return countJobs(cmd.Context(), s, q) })
		},
	}
	limit := 0
	dead := &cobra.Command{
		Use: "dead", Short: "List the jobs that failed for good, the newest first", Example: "  onrecord jobs dead --limit 100", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 1 || limit > mostDead {
				return usageError{"jobs dead", fmt.Errorf("--limit %d: want 1 to %d", limit, mostDead)}
			}
			return k.withQueue(cmd, func(q *postgres.Store) error { return listDead(cmd.Context(), s, q, limit) })
		},
	}
	dead.Flags().IntVar(&limit, "limit", 50, "most jobs to list")
	retry := &cobra.Command{
		Use: "retry ID...|all", Short: "Make dead jobs wait again", Example: "  onrecord jobs retry 7 12\n  onrecord jobs retry all",
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, err := jobIDs(args)
			if err != nil {
				return usageError{"jobs retry", err}
			}
			return k.withQueue(cmd, func(q *postgres.Store) error { return revive(cmd.Context(), s, q, ids) })
		},
	}
	k.flags(cmd)
	cmd.AddCommand(dead, retry)
	return cmd
}

// withQueue opens a store that has a queue.
func (k *keeping) withQueue(cmd *cobra.Command, f func(*postgres.Store) error) error {
	return k.withDesk(cmd.Context(), false, func(d *desk) error {
		q, ok := d.Store.(*postgres.Store)
		if !ok {
			return usageError{"jobs", errNoQueue}
		}
		return f(q)
	})
}

// jobIDs are the ids that are named; none stands for all.
func jobIDs(args []string) ([]int64, error) {
	if len(args) == 0 {
		return nil, errors.New("jobs retry needs ids of dead jobs, or all; onrecord jobs dead lists them")
	}
	if len(args) == 1 && args[0] == "all" {
		return nil, nil
	}
	var ids []int64
	for _, a := range args {
		id, err := strconv.ParseInt(a, 10, 64)
		if err != nil || id <= 0 {
			return nil, fmt.Errorf("%q is no id of a job; onrecord jobs dead lists them", a)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func countJobs(ctx context.Context, s streams, q *postgres.Store) error {
	all, err := q.Queue(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(s.out, "no jobs")
	}
	for _, one := range all {
		state := one.State
		if state == "discarded" {
			state = "dead"
		}
		fmt.Fprintf(s.out, "%-8s %-10s %8d\n", one.Kind, state, one.Jobs)
	}
	return nil
}

func listDead(ctx context.Context, s streams, q *postgres.Store, limit int) error {
	all, err := q.Dead(ctx, limit)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(s.out, "no job has failed for good")
	}
	for _, d := range all {
		fmt.Fprintf(s.out, "%-8d %-8s %s after %d tries: %s\n", d.ID, d.Job.Kind, d.At.Format("2006-01-02 15:04"), d.Attempts, oneLine(d.Error))
		args := string(d.Job.Args)
		if r := []rune(args); len(r) > 200 {
			args = string(r[:200]) + "…"
		}
		fmt.Fprintf(s.out, "         %s\n", strings.TrimSpace(args))
	}
	return nil
}

func revive(ctx context.Context, s streams, q *postgres.Store, ids []int64) error {
	if ids == nil {
		all, err := q.Dead(ctx, mostDead)
		if err != nil {
			return err
		}
		for _, d := range all {
			ids = append(ids, d.ID)
		}
	}
	failed := 0
	for _, id := range ids {
		err := q.Revive(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			failed++
			fmt.Fprintf(s.err, "onrecord: job %d is not there\n", id)
			continue
		}
		if err != nil {
			return err
		}
	}
	fmt.Fprintf(s.out, "%d jobs wait again\n", len(ids)-failed)
	return partly(failed, len(ids))
}
