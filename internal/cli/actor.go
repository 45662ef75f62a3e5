package cli

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/actor"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

func newActor(s streams) *cobra.Command {
	var name, kind string
	cmd := newAcross(s, "actor", &cobra.Command{
		Use:   "actor [ID...|FILE...|-]",
		Short: "Show persons, bodies, groups and places across articles, and why they are one",
		Long: `Without FILE, list the actors of a store, or show those of some ids: the names that
they go by, their offices and since when articles give them, their company, why entities
of different stories were joined, and on what they take a stand. With FILE, read articles
and join the entities in them. Nobody is joined on a bare surname. FILE is as for
onrecord read.`,
		Example: `  onrecord actor --store desk.db --name 'Mara Velin'
  onrecord actor n0123456789abcdef
  onrecord actor examples/market-bombing`,
	}, "show those that one article names, too", showActors, func(x *across) (out []any) {
		for _, a := range x.actors {
			out = append(out, a)
		}
		return out
	}, func(ctx context.Context, d store.Store, x *across, l *listed) error {
		rows, err := d.Actors(ctx, store.ActorListing{Name: name, Type: news.EntityType(kind), Before: l.before, Limit: l.limit})
		if err != nil {
			return err
		}
		for _, r := range rows {
			a, err := d.Actor(ctx, r.ID)
			if err != nil {
				return err
			}
			x.actors, l.next = append(x.actors, a), r.Cursor
		}
		x.whole = true // a list of a store shows all of its page
		l.end(len(rows))
		return nil
	})
	f := cmd.Flags()
	f.StringVar(&name, "name", "", "of a store: those that go by this `name`")
	f.StringVar(&kind, "type", "", "of a store: those of a `type`: person, organisation, group, country, place, facility, other")
	return cmd
}

func showActors(w io.Writer, x *across, all bool) error {
	out := &plain{w: w}
	hidden := 0
	for i := range x.actors {
		a := &x.actors[i]
		if a.Articles < 2 && !all && !x.whole {
			hidden++
			continue
		}
		about := []string{a.ID, string(a.Type), a.Name}
		if a.Country.Known() {
			about = append(about, string(a.Country))
		}
		out.line("%s", strings.Join(about, " · "))
		out.line("  named in %d %s, %s", a.Articles, plural(a.Articles, "article"), span(a.First, a.Last))
		var names []string
		for _, n := range a.Names {
			if n.Name != a.Name {
				names = append(names, n.Name)
			}
		}
		if len(names) > 0 {
			out.line("  also: %s", strings.Join(names, ", "))
		}
		for _, r := range a.Roles {
			title := oneLine(r.Title)
			if r.Of.Known() && !strings.Contains(title, string(r.Of)) {
				title += " of " + oneLine(string(r.Of))
			}
			out.line("  office: %s, %s (%d %s, first %s)", title, span(r.First, r.Last), r.Articles, plural(r.Articles, "article"), x.outlet(r.Evidence.Article))
		}
		if len(a.Company) > 0 {
			var mates []string
			for _, m := range a.Company[:min(6, len(a.Company))] {
				mates = append(mates, m.Name)
			}
			out.line("  company: %s", strings.Join(mates, ", "))
		}
		for _, j := range a.Joins {
			out.line("  joined: %s %s with %s %s: %s", x.outlet(j.Member.Article), j.Member.Entity, x.outlet(j.To.Article), j.To.Entity, strings.Join(j.Reasons, ", "))
		}
	}
	if len(x.state.Claims) > 0 && x.whole {
		out.line("")
		out.keep(showClaims(w, x, true))
	}
	if hidden > 0 {
		out.line("%d more that one article names (--all shows them)", hidden)
	}
	return out.err
}

// joinActors joins the entities of files, block by block.
func (x *across) joinActors() {
	blocks := map[string][]actor.Profile{}
	var order []string
	for _, id := range x.order {
		a := x.articles[id]
		for _, p := range actor.Profiles(id, a.Record) {
			p.Story = a.Story
			if blocks[p.Block] == nil {
				order = append(order, p.Block)
			}
			blocks[p.Block] = append(blocks[p.Block], p)
		}
	}
	for _, b := range order {
		for _, j := range actor.Join(blocks[b], actor.Corrections{}) {
			x.actors = append(x.actors, j.Actor)
		}
	}
	slices.SortStableFunc(x.actors, func(a, b news.Actor) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}
