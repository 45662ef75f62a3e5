package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

func newStory(s streams) *cobra.Command {
	var order string
	cmd := newAcross(s, "story", &cobra.Command{
		Use:   "story [ID...|FILE...|-]",
		Short: "Show stories: what happened, how the toll moved and on whose word, who denies what",
		Long: `Without FILE, list the stories of a store, or show those of some ids: with what
happened, every figure and who gave it, the claims on which sources stand on opposite
sides, and how many independent texts there are. With FILE, read articles and show the
stories among them. FILE is as for onrecord read.`,
		Example: `  onrecord story --store desk.db --by contested
  onrecord story t0123456789abcdef
  onrecord story examples/market-bombing`,
	}, "show what only one article tells, and claims that nobody contests, too", showStories, func(x *across) (out []any) {
		for _, v := range x.stories {
			out = append(out, v)
		}
		for _, r := range x.rows {
			out = append(out, r)
		}
		return out
	}, func(ctx context.Context, d store.Store, x *across, l *listed) error {
		rows, err := d.Stories(ctx, store.StoryListing{Order: store.StoryOrder(order), Before: l.before, Limit: l.limit})
		for _, r := range rows {
			x.rows, l.next = append(x.rows, r), r.Cursor
		}
		l.end(len(rows))
		return err
	})
	cmd.Flags().StringVar(&order, "by", "newest", "`order` of the list: newest, growth, contested, origins")
	mustComplete(cmd, "by", []string{"newest", "growth", "contested", "origins"})
	return cmd
}

func showStories(w io.Writer, x *across, all bool) error {
	out := &plain{w: w}
	for _, r := range x.rows {
		out.line("%s · %s · %s", r.ID, span(r.First, r.Last), r.Title)
		line := []string{fmt.Sprintf("%d %s, %d %s", r.Articles, plural(r.Articles, "article"), r.Origins, plural(r.Origins, "independent text"))}
		if r.Recent > 0 {
			line = append(line, fmt.Sprintf("%d in the last 24 hours", r.Recent))
		}
		if r.Place != nil {
			line = append(line, r.Place.Name)
		}
		for _, t := range r.Tolls {
			line = append(line, fmt.Sprintf("%s %s", tollNumber(t), t.Kind))
		}
		if r.Contested > 0 {
			line = append(line, fmt.Sprintf("%d contested", r.Contested))
		}
		out.line("  %s", strings.Join(line, " · "))
	}
	for i := range x.stories {
		x.showStory(out, &x.stories[i], all)
	}
	return out.err
}

func span(first, last news.Optional) string {
	switch first {
	case "":
		return "on unknown days"
	case last:
		return string(first)
	}
	return string(first) + " to " + string(last)
}

// showStory shows all of one story.
func (x *across) showStory(out *plain, v *news.Story, all bool) {
	out.line("%s", v.Title)
	about := []string{v.ID, span(v.First, v.Last)}
	if v.Place != nil {
		about = append(about, v.Place.Name)
	}
	out.line("%s", strings.Join(about, " · "))
	out.line("%d %s, %d %s:", len(v.Members), plural(len(v.Members), "article"), len(v.Origins), plural(len(v.Origins), "independent text"))
	for _, o := range v.Origins {
		line := "  " + x.outlet(o.Article)
		if o.Credit.Known() {
			line += ", crediting " + string(o.Credit)
		}
		for _, c := range o.Copies {
			line += fmt.Sprintf("; copied by %s (%s)", x.outlet(c.Article), strings.ReplaceAll(string(c.Reason), "_", " "))
		}
		out.line("%s", line)
	}
	if len(v.Parties) > 0 {
		var names []string
		for _, p := range v.Parties {
			names = append(names, p.Name)
		}
		out.line("about: %s", strings.Join(names, ", "))
	}
	one := x.of(v)
	out.line("\nWHAT HAPPENED")
	out.keep(showEvents(out.w, one, all))
	out.line("THE TOLL, AND ON WHOSE WORD")
	if n := len(tolls(one)); n == 0 {
		out.line("nobody gives a number\n")
	} else {
		out.keep(showFigures(out.w, one, all))
	}
	out.line("WHO STANDS AGAINST WHOM")
	if !slices.ContainsFunc(one.state.Claims, func(c news.Claim) bool { return c.Contested }) && !all {
		out.line("no two sources stand on opposite sides of a claim")
	}
	out.keep(showClaims(out.w, one, all))
	for _, l := range v.Links {
		out.line("%s story %s (likeness %.2f)", map[news.StoryLinkKind]string{news.StoryFollows: "follows", news.StoryPrecedes: "comes before", news.StoryLikeness: "is much like, but not,"}[l.Kind], l.Story, l.Likeness)
	}
	out.line("")
}

func tolls(x *across) (out []news.Toll) {
	for _, v := range x.state.Events {
		out = append(out, v.Tolls...)
	}
	return out
}

// of is the part of a ledger that is of one story, what most texts tell of first.
func (x *across) of(v *news.Story) *across {
	one := &across{state: &ledger.State{}, articles: x.articles}
	for _, e := range x.state.Events {
		if string(e.Story) == v.ID {
			one.state.Events = append(one.state.Events, e)
		}
	}
	for _, c := range x.state.Claims {
		if string(c.Story) == v.ID {
			one.state.Claims = append(one.state.Claims, c)
		}
	}
	slices.SortStableFunc(one.state.Events, func(a, b news.ResolvedEvent) int {
		return cmp.Or(cmp.Compare(b.Origins, a.Origins), cmp.Compare(len(b.Members), len(a.Members)), cmp.Compare(a.Reported, b.Reported), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(one.state.Claims, func(a, b news.Claim) int {
		return cmp.Or(cmp.Compare(len(b.Stances), len(a.Stances)), cmp.Compare(a.ID, b.ID))
	})
	return one
}
