package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store/postgres"
)

// rereadOptions are the flags of onrecord reread.
type rereadOptions struct {
	keeping
	loading
	since    string
	articles []string
	all, dry bool
	verbose  bool
	share    bool
	jobs     int
}

func newReread(s streams) *cobra.Command {
	o := rereadOptions{}
	cmd := &cobra.Command{
		Use:   "reread",
		Short: "Read kept articles again with the present program, and tell what came out otherwise",
		Long: `Read articles again from what was received of them (or, where that is gone, from the
text that was kept), put the new records in the place of those before, and count what
came out otherwise. Without --all, articles that were read by the present program, model,
codebook and lists are left alone; so a reread that was interrupted is simply run again.`,
		Example: `  onrecord reread --since 2031-05-01
  onrecord reread --dry-run --verbose --all
  onrecord reread --article a1b2c3d4e5f60718`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			since, err := o.check()
			if err != nil {
				return usageError{"reread", err}
			}
			r, err := o.reader()
			if err != nil {
				return err
			}
			return o.withDesk(cmd.Context(), false, func(d *desk) error { return reread(cmd.Context(), s, d, r, o, since) })
		},
	}
	o.keeping.flags(cmd)
	o.loading.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", "`day` (2031-05-07) since which an article was received or changed")
	f.StringArrayVar(&o.articles, "article", nil, "`id` or address of an article, all of whose versions are read again (again for more)")
	f.BoolVar(&o.all, "all", false, "also articles that the present program has read")
	f.BoolVar(&o.dry, "dry-run", false, "compare and write nothing")
	f.BoolVar(&o.verbose, "verbose", false, "a line for every article that came out otherwise")
	f.BoolVar(&o.share, "share", false, "leave it to the nodes that watch a PostgreSQL store, which are of the same version")
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "articles read at the same time")
	return cmd
}

func (o *rereadOptions) check() (since time.Time, err error) {
	if o.jobs < 1 {
		return since, errors.New("--jobs: want at least 1")
	}
	if len(o.articles) > 0 && (o.since != "" || o.all) {
		return since, errors.New("--article stands alone: its versions are read again whenever they came, and whoever read them")
	}
	if o.share && (o.dry || o.verbose || len(o.articles) > 0) {
		return since, errors.New("--share leaves the work to nodes, whose logs tell what came out otherwise: not with --dry-run, --verbose or --article")
	}
	if o.since == "" {
		return since, nil
	}
	if since, err = time.Parse(time.DateOnly, o.since); err != nil {
		return since, fmt.Errorf("--since %q is no day such as 2031-05-07", o.since)
	}
	return since, nil
}

func reread(ctx context.Context, s streams, d *desk, r *reader.Reader, o rereadOptions, since time.Time) error {
	if _, shared := d.Store.(*postgres.Store); o.share && !shared {
		return usageError{"reread", errNoQueue}
	}
	nobody := asking{}
	p, end := nobody.pool(s, d, r, quietLog, func(j *jobs.Options) { j.Readers = o.jobs })
	defer end()
	how := jobs.Rereading{Since: since, Dry: o.dry}
	if !o.all {
		how.Pipeline = r.Pipeline()
	}
	if o.share {
		n, err := p.ReadAgain(ctx, how)
		fmt.Fprintf(s.out, "%d articles wait for the nodes; onrecord jobs shows how far they are\n", n)
		return err
	}
	show := newProgress(s.err)
	defer show.clear()
	done := 0
	told := func(one jobs.Reread) {
		show.clear()
		switch {
		case one.Err != nil:
			fmt.Fprintf(s.err, "onrecord: %s: %v\n", one.Article, one.Err)
		case o.verbose || len(o.articles) > 0:
			fmt.Fprintf(s.out, "%s v%d %s: %s\n", one.Article, one.Version, one.Title, differences(one.Difference))
		}
	}
	var sum jobs.Difference
	var failed int
	var err error
	if len(o.articles) > 0 {
		for _, a := range o.articles {
			all, err := p.RereadArticle(ctx, a, o.dry)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				failed++
				fmt.Fprintf(s.err, "onrecord: %v\n", err)
			}
			for _, one := range all {
				if told(one); one.Err != nil {
					failed++
					continue
				}
				sum.Add(one.Difference)
			}
		}
	} else {
		how.Told, how.Each = told, func() { done++; show.show(done) }
		sum, failed, err = p.Reread(ctx, how)
		show.clear()
	}
	would := ""
	if o.dry {
		would = " (nothing is written)"
	}
	fmt.Fprintf(s.out, "%d read again, %d came out otherwise%s\n", sum.Records, sum.Differing, would)
	if sum.Differing > 0 {
		fmt.Fprintln(s.out, differences(sum))
	}
	if err != nil {
		return err
	}
	return partly(failed, sum.Records+failed)
}

// differences says how records came out otherwise, in one line.
func differences(d jobs.Difference) string {
	out := ""
	add := func(words string) {
		if out != "" {
			out += "; "
		}
		out += words
	}
	for _, c := range []struct {
		name string
		n    jobs.Change
	}{{"statements", d.Statements}, {"events", d.Events}, {"entities", d.Entities}} {
		if c.n != (jobs.Change{}) {
			add(fmt.Sprintf("%s: %d added, %d lost, %d changed", c.name, c.n.Added, c.n.Lost, c.n.Changed))
		}
	}
	for _, c := range []struct {
		name string
		n    int
	}{{"texts", d.Text}, {"dates of publication", d.Dates}, {"records that were missing or damaged", d.Made}} {
		if c.n > 0 {
			add(fmt.Sprintf("%s: %d", c.name, c.n))
		}
	}
	if out == "" {
		return "as before"
	}
	return out
}

func newMigrate(s streams) *cobra.Command {
	k := keeping{}
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the tables of a store up to date",
		Long: `Bring the tables of a store up to date. Every command that opens a store does so; this
one does only that, for those who want it done before the nodes start. A store of a
newer program is left as it is, with an error. Make a backup first.`,
		Example: "  onrecord migrate\n  onrecord migrate --store postgres://desk@db.example/news",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				st, err := d.Stats(cmd.Context())
				if err == nil {
					fmt.Fprintf(s.out, "the %s store is up to date: schema %d\n", st.Kind, st.Schema)
				}
				return err
			})
		},
	}
	k.flags(cmd)
	return cmd
}
