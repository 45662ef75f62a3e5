package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
)

func newClaim(s streams) *cobra.Command {
	return newAcross(s, "claim", &cobra.Command{
		Use:   "claim [ID...|FILE...|-]",
		Short: "Show what sources contest: who asserts, who denies, who changed their word",
		Long: `Without FILE, list the claims of a store on which sources stand on opposite sides, those
with the latest word first, or show those of some ids (of claims, events, stories or
actors). With FILE, read articles and show those in them. Each stand is shown with its
words. Nothing is ruled on. FILE is as for onrecord read.`,
		Example: `  onrecord claim --store desk.db
  onrecord claim examples/river-denial
  onrecord claim --all --format jsonl articles/ > claims.jsonl`,
	}, "show claims that nobody contests too", showClaims, func(x *across) (out []any) {
		for _, c := range x.state.Claims {
			out = append(out, c)
		}
		return out
	}, nil)
}

func showClaims(w io.Writer, x *across, all bool) error {
	out := &plain{w: w}
	hidden := 0
	for _, c := range x.state.Claims {
		if !c.Contested && !all {
			hidden++
			continue
		}
		state := "open"
		if c.Contested {
			state = "contested"
		}
		out.line("%s · %s · %s · %s", c.ID, c.Kind, state, c.Why)
		out.line("  claim: “%s” (%s)", oneLine(c.Words.Text), x.outlet(c.Words.Article))
		by := map[string]string{}
		for _, st := range c.Stances {
			by[st.ID] = string(st.Kind)
			var words []string
			for _, e := range st.Evidence {
				words = append(words, oneLine(e.Text))
			}
			out.line("  %-10s  %s: %s “%s” (%s%s)", st.SaidAt, voice(st.Source), strings.ReplaceAll(string(st.Kind), "_", " "), strings.Join(words, " … "), x.outlet(st.Article), copies(st.Copies))
		}
		for _, t := range c.Changed {
			out.line("  changed: %s, from %s to %s", t.Source, said(by[t.From]), said(by[t.To]))
		}
		if len(c.Silent) > 0 {
			out.line("  not heard: %s", strings.Join(c.Silent, ", "))
		}
		out.line("")
	}
	for _, v := range x.state.Events {
		for _, t := range v.Tolls {
			if len(t.Differences) > 0 {
				out.line("%s · figures · %s: %s", v.ID, t.Kind, t.Rule)
			}
		}
	}
	if hidden > 0 {
		out.line("%d more that nobody contests (--all shows them)", hidden)
	}
	return out.err
}

func said(kind string) string { return strings.ReplaceAll(kind, "_", " ") }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
