package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
)

func newFigures(s streams) *cobra.Command {
	return newAcross(s, "figures", &cobra.Command{
		Use:   "figures [ID...|FILE...|-]",
		Short: "Show how many were killed, hurt, missing …: every figure and who gave it",
		Long: `Without FILE, show the figures of a store that were given last, or those of some ids (of
events or stories). With FILE, read articles and show those in them. Shown is for each
event every figure that somebody gave, on which day and on whose word, what became of it, and the toll that is derived from them by
the written rule (docs/decisions/0008-figures.md). FILE is as for onrecord read.`,
		Example: `  onrecord figures examples/beira-flood
  onrecord figures --format jsonl articles/ > figures.jsonl`,
	}, "show parts of counts too", showFigures, func(x *across) (out []any) {
		for _, v := range x.state.Events {
			for _, f := range v.Figures {
				out = append(out, f)
			}
		}
		return out
	}, nil)
}

func showFigures(w io.Writer, x *across, all bool) error {
	out := &plain{w: w}
	for _, v := range x.state.Events {
		if len(v.Tolls) == 0 {
			continue
		}
		out.line("%s", x.eventLine(&v))
		for _, t := range v.Tolls {
			out.line("  %s: %s", t.Kind, tollNumber(t))
			out.line("    %s", t.Rule)
			for _, f := range v.Figures {
				if f.Kind != t.Kind || f.Fate == news.FatePart && !all {
					continue
				}
				out.line("    %-10s  %-14s  %s (%s)%s — %s", f.SaidAt, ledger.Number(f.Low, f.Best, f.High, f.Qualifier), voice(f.Source), x.outlet(f.Article), copies(f.Copies), f.Why)
			}
			byID := map[string]news.Figure{}
			for _, f := range v.Figures {
				byID[f.ID] = f
			}
			for _, d := range t.Differences {
				a, b := byID[d[0]], byID[d[1]]
				out.line("    differ: %s by %s, %s by %s", ledger.Number(a.Low, a.Best, a.High, a.Qualifier), voice(a.Source), ledger.Number(b.Low, b.Best, b.High, b.Qualifier), voice(b.Source))
			}
		}
		out.line("")
	}
	return out.err
}

func copies(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d %s", len(ids), map[bool]string{true: "copy", false: "copies"}[len(ids) == 1])
}

// voice names a source and whom it speaks for.
func voice(v news.Voice) string {
	switch {
	case v.Own:
		return "in its own words"
	case v.Name == "":
		return "an unnamed source"
	case v.For != "":
		return v.Name + " for " + string(v.For)
	}
	return v.Name
}

func tollNumber(t news.Toll) string { return ledger.Number(t.Low, t.Best, t.High, "") }
