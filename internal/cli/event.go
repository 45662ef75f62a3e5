package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/story"
)

// acrossOptions are the flags of the commands that read articles and show what
// they say together.
type acrossOptions struct {
	readOptions
	keeping
	listed
	all bool
}

// newAcross makes a command that shows a part of the ledger: of a store, or of
// files that it reads. list gets a page of a store where no id is given; where it
// is nil the part has the name what.
func newAcross(s streams, what string, cmd *cobra.Command, all string, show func(io.Writer, *across, bool) error, each func(*across) []any,
	list func(context.Context, store.Store, *across, *listed) error) *cobra.Command {
	o := acrossOptions{}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if o.format != "text" && o.format != "jsonl" {
			return usageError{cmd.Name(), fmt.Errorf("--format %q is not known; use one of text, jsonl", o.format)}
		}
		if err := o.check(); err != nil {
			return usageError{cmd.Name(), err}
		}
		var x *across
		var err error
		if ofStore(args) {
			err = o.withDesk(cmd.Context(), false, func(d *desk) (err error) {
				x, err = storeAcross(cmd.Context(), s, d.Store, what, list, &o.listed, o.all, args)
				return err
			})
			o.all = o.all || len(args) > 0 && what != "story"
		} else {
			x, err = readAcross(cmd.Context(), s, o.readOptions, args)
		}
		if x == nil {
			return err
		}
		if o.next != "" {
			defer fmt.Fprintf(s.err, "onrecord: more with --before '%s'\n", o.next)
		}
		if o.format == "jsonl" {
			enc := json.NewEncoder(s.out)
			enc.SetEscapeHTML(false)
			for _, v := range each(x) {
				if err := enc.Encode(v); err != nil {
					return err
				}
			}
			return err
		}
		return errors.Join(show(s.out, x, o.all), err)
	}
	f := cmd.Flags()
	f.StringVar(&o.published, "published", "", "publication `date` of all articles: 2031-05-07 or RFC 3339")
	f.StringVar(&o.format, "format", "text", "`form` of the output: text, jsonl")
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "articles read at the same time")
	f.BoolVar(&o.all, "all", false, all)
	f.IntVar(&o.limit, "limit", 20, "of a store: how `many` a list shows, at most 1000")
	f.StringVar(&o.before, "before", "", "of a store: the `place` in the list before which it goes on")
	o.readOptions.flags(cmd)
	o.keeping.flags(cmd)
	mustComplete(cmd, "format", []string{"text", "jsonl"})
	return cmd
}

// across is the ledger of some files, or a part of that of a store.
type across struct {
	state    *ledger.State
	articles map[string]ledger.Article
	stories  []news.Story
	rows     []store.StoryRow // of a list
	actors   []news.Actor
	order    []string // of the files' articles
	whole    bool     // what was asked for by its id
}

// readAcross reads files, finds copies and stories among them and builds the
// ledger. Files that cannot be read are named on stderr; the error then says how
// many, beside the ledger of the others.
func readAcross(ctx context.Context, s streams, o readOptions, args []string) (*across, error) {
	r, err := o.reader()
	if err != nil {
		return nil, err
	}
	o.format = "jsonl" // records
	p := newProgress(s.err)
	defer p.clear()
	x := newJoining()
	var failed, done int
	for res := range inOrder(ctx, o.jobs, file.Open(ctx, args, file.Options{Stdin: s.in}), func(it file.Item) result {
		return readOne(ctx, r, o, it)
	}) {
		done++
		p.show(done)
		if res.err != nil {
			if errors.Is(res.err, context.Canceled) {
				return nil, res.err
			}
			failed++
			p.clear()
			fmt.Fprintf(s.err, "onrecord: %s\n", res.err)
			continue
		}
		x.add(res.name, res.record)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out, err := x.build(ctx)
	if err != nil {
		return nil, err
	}
	if failed > 0 {
		return out, fmt.Errorf("%w: %d of %d", errPartly, failed, done)
	}
	return out, nil
}

// joining finds copies and stories among records, one after the other, and builds
// the ledger of them.
type joining struct {
	across
	window *story.Window
}

func newJoining() *joining {
	return &joining{across: across{articles: map[string]ledger.Article{}}, window: story.New(story.Options{})}
}

// add takes a record; name is its id where it has none, or another's.
func (x *joining) add(name string, r *news.Record) {
	a := story.Of(r)
	if a.ID == "" || x.articles[a.ID].Record != nil {
		a.ID = name
	}
	x.window.Add(story.NewSketch(a))
	x.order = append(x.order, a.ID)
	x.articles[a.ID] = ledger.Article{ID: a.ID, Record: r, Published: string(r.Article.Published), Outlet: string(r.Article.Publisher)}
}

func (x *joining) build(ctx context.Context) (*across, error) {
	settled := x.window.Settle(time.Time{})
	origin := map[string]string{}
	for _, c := range settled.Copies {
		origin[c.Article] = c.Of
	}
	var in []ledger.Article
	for _, id := range x.order {
		a := x.articles[id]
		a.Origin, a.Story = id, x.window.StoryOf(id)
		for range 10 { // a copy of a copy
			of, ok := origin[a.Origin]
			if !ok {
				break
			}
			a.Origin = of
		}
		x.articles[id] = a
		in = append(in, a)
	}
	var err error
	if x.state, err = ledger.Build(ctx, in, ledger.Corrections{}); err != nil {
		return nil, err
	}
	for _, key := range x.window.Stories() {
		v, _ := x.window.Story(key)
		x.stories = append(x.stories, v)
	}
	slices.SortStableFunc(x.stories, func(a, b news.Story) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.ID, b.ID))
	})
	x.joinActors()
	return &x.across, nil
}

func newEvent(s streams) *cobra.Command {
	return newAcross(s, "event", &cobra.Command{
		Use:   "event [ID...|FILE...|-]",
		Short: "Show the events that articles tell of, joined across them",
		Long: `Without FILE, list the events of a store that were reported last, or show those of some
ids (of events, or of stories). With FILE, read articles and show the happenings that
they tell of. Each is shown once, with when and where, how many independent texts tell
of it, the toll, and why the reports were joined. FILE is as for onrecord read.`,
		Example: `  onrecord event --store desk.db
  onrecord event examples/market-bombing
  onrecord event --all --format jsonl articles/ > events.jsonl`,
	}, "show what only one article tells too", showEvents, func(x *across) (out []any) {
		for _, v := range x.state.Events {
			out = append(out, v)
		}
		return out
	}, nil)
}

func showEvents(w io.Writer, x *across, all bool) error {
	out := &plain{w: w}
	hidden := 0
	for _, v := range x.state.Events {
		if v.Articles < 2 && len(v.Tolls) == 0 && !v.Contested && !all {
			hidden++
			continue
		}
		out.line("%s", x.eventLine(&v))
		out.line("  first reported %s · %d %s, %d %s", orUnknown(v.Reported), v.Articles, plural(v.Articles, "article"), v.Origins, plural(v.Origins, "independent text"))
		for _, side := range []struct {
			name string
			of   []news.Side
		}{{"by", v.Actors}, {"to", v.Recipients}} {
			var names []string
			for _, p := range side.of {
				names = append(names, p.Name)
			}
			if len(names) > 0 {
				out.line("  %s: %s", side.name, strings.Join(names, ", "))
			}
		}
		for _, t := range v.Tolls {
			out.line("  %s: %s — %s", t.Kind, tollNumber(t), t.Rule)
		}
		for _, j := range v.Joins {
			out.line("  joined: %s, %.1f: %s", x.outlet(j.Member.Article), j.Score, strings.Join(j.Reasons, ", "))
		}
		out.line("")
	}
	if hidden > 0 {
		out.line("%d more that one article tells of (--all shows them)", hidden)
	}
	return out.err
}

// eventLine is an event in one line.
func (x *across) eventLine(v *news.ResolvedEvent) string {
	parts := []string{v.ID, strings.TrimSpace(string(v.Type.Value) + " " + string(v.Mode.Value))}
	if ev := v.Type.Given; len(ev) > 0 && len(ev[0].Evidence) > 0 {
		parts = append(parts, "“"+ev[0].Evidence[0].Text+"”")
	}
	if v.Place.Value != nil {
		parts = append(parts, v.Place.Value.Name)
	}
	parts = append(parts, eventDay(v.Time.Value), string(v.Modality.Value))
	if v.Contested {
		parts = append(parts, "contested")
	}
	return strings.Join(parts, " · ")
}

func eventDay(t news.EventTime) string {
	switch {
	case t.Earliest == "" && t.Latest == "":
		return "date unknown"
	case t.Earliest == "":
		return "by " + string(t.Latest)
	case t.Earliest == t.Latest:
		return string(t.Earliest)
	}
	return string(t.Earliest) + " to " + string(t.Latest)
}

// outlet names an article by its outlet and day.
func (x *across) outlet(article string) string {
	a := x.articles[article]
	name := a.Outlet
	if name == "" {
		name = article
	}
	if a.Published != "" {
		name += " " + a.Published[:min(10, len(a.Published))]
	}
	return name
}

func orUnknown(o news.Optional) string {
	if o == "" {
		return "on an unknown day"
	}
	return string(o)
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// plain writes lines and keeps the first error.
type plain struct {
	w   io.Writer
	err error
}

// keep takes the error of what wrote to the same place.
func (p *plain) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *plain) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}
