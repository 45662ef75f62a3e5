package cli

import (
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/jobs"
)

func newWatch(s streams) *cobra.Command {
	o := serving{level: fullLog}
	once := false
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Check the sources when they are due, and keep what they bring",
		Long: `Check the sources when they are due, fetch, read and keep what they list, release
embargoes when they end, and tell the alerts. Ctrl-C or a termination signal ends it in order; killed, it
loses the articles in hand, and finds them again at the next check. One process
watches a store in SQLite; a store in PostgreSQL is watched by any number of nodes,
which share the work.`,
		Example: "  onrecord watch --contact desk@post.example\n  onrecord watch --once --store desk.db",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.checkWork(); err != nil {
				return usageError{"watch", err}
			}
			r, err := o.reader()
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			return o.withDesk(ctx, true, func(d *desk) error {
				p, end := o.pool(s, d, r, o.level, func(j *jobs.Options) { j.Readers, j.Hosts = o.jobs, o.hosts })
				defer end()
				if !once {
					log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: o.level}))
					return o.telling(ctx, d, log, func() error { return o.watch(ctx, d, p, false) })
				}
				if err := o.watch(ctx, d, p, true); err != nil {
					return err
				}
				fmt.Fprintln(s.out, summary(p.Tally()))
				return nil
			})
		},
	}
	o.keeping.flags(cmd)
	o.asking.flags(cmd)
	o.loading.flags(cmd)
	o.workFlags(cmd)
	cmd.Flags().BoolVar(&once, "once", false, "look at what is due now, and end")
	return cmd
}

// summary says what was done in one line.
func summary(t jobs.Tally) string {
	out := ""
	for _, c := range []struct {
		n    int64
		what string
	}{
		{t.Checked, "sources checked"}, {t.Added, "articles added"}, {t.Edited, "edited"}, {t.Withdrawn, "withdrawn"}, {t.Same, "known already"},
		{t.Forgotten, "forgotten earlier and not taken"}, {t.NoTarget, "withdrawals of what is not kept"}, {t.NoArticle, "pages without an article"}, {t.Failed, "failed"},
	} {
		if c.n > 0 {
			if out != "" {
				out += ", "
			}
			out += fmt.Sprintf("%d %s", c.n, c.what)
		}
	}
	if out == "" {
		return "nothing to do"
	}
	return out
}
