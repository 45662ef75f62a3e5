package cli

import (
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/jobs"
)

func newRebuild(s streams) *cobra.Command {
	k := keeping{}
	cmd := &cobra.Command{
		Use:   "rebuild",
		Short: "Make stories, events, claims, figures and actors anew from the records",
		Long: `Make all that goes across articles anew from the records that are kept: stories, events,
claims, figures and actors. Ids stay, by what they are made of; what is as it was is not
written. A rebuild that was interrupted is simply run again. It needs to be the only one
that settles: stop onrecord serve and onrecord watch first.`,
		Example: "  onrecord rebuild\n  onrecord rebuild --store desk.db",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return k.withDesk(ctx, false, func(d *desk) error {
				before, err := d.Settlement(ctx)
				if err != nil {
					return err
				}
				p := newProgress(s.err)
				defer p.clear()
				o := jobs.SettlerOptions{Store: d.Store, Now: k.now, Log: slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: quietLog}))}
				if err := jobs.Rebuild(ctx, o, func(_ string, done, _ int) { p.show(done) }); err != nil {
					return err
				}
				p.clear()
				after, err := d.Settlement(ctx)
				if err != nil {
					return err
				}
				fmt.Fprintf(s.out, "rebuilt in %d settlements\n", after.Turn-before.Turn)
				return nil
			})
		},
	}
	k.flags(cmd)
	return cmd
}
