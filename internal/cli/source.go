package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/check"
	"github.com/onrecord/onrecord/internal/ingest/opml"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

func newSource(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "source",
		Short: "Add, list, pause and check the sources that are watched",
		Example: `  onrecord source add https://post.example/feed.xml
  onrecord source list`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSourceAdd(s), newSourceList(s), newSourceCheck(s))
	for _, c := range []struct {
		use, short string
		change     func(context.Context, *desk, news.Feed) error
	}{
		{"pause", "Leave sources alone until they are resumed", func(ctx context.Context, d *desk, f news.Feed) error {
			f.State, f.StateReason = news.FeedPaused, "by hand"
			return d.PutFeed(ctx, f)
		}},
		{"resume", "Check sources again that were paused, have paused themselves or were gone", func(ctx context.Context, d *desk, f news.Feed) error {
			f.State, f.StateReason, f.Failures, f.NextCheck, f.NextReason = news.FeedActive, "", 0, time.Time{}, ""
			return d.PutFeed(ctx, f)
		}},
		{"remove", "Forget sources; their articles stay", func(ctx context.Context, d *desk, f news.Feed) error { return d.RemoveFeed(ctx, f.ID) }},
	} {
		k := keeping{}
		sub := &cobra.Command{
			Use: c.use + " ID|ADDRESS...", Short: c.short, Example: "  onrecord source " + c.use + " https://post.example/feed.xml",
			RunE: func(cmd *cobra.Command, args []string) error {
				return k.eachSource(cmd, s, args, func(d *desk, f news.Feed) error {
					if err := c.change(cmd.Context(), d, f); err != nil {
						return err
					}
					fmt.Fprintf(s.out, "%sd %s\n", c.use, f.URL)
					return nil
				})
			},
		}
		k.flags(sub)
		cmd.AddCommand(sub)
	}
	return cmd
}

// eachSource finds the sources that are named, and runs f on each.
func (k *keeping) eachSource(cmd *cobra.Command, s streams, args []string, f func(*desk, news.Feed) error) error {
	if len(args) == 0 {
		return usageError{"source " + cmd.Name(), errors.New("name a source by its id or address; onrecord source list shows them")}
	}
	return k.withDesk(cmd.Context(), false, func(d *desk) error {
		feeds, err := d.Feeds(cmd.Context())
		if err != nil {
			return err
		}
		failed := 0
		for _, a := range args {
			i := slices.IndexFunc(feeds, func(f news.Feed) bool { return names(f, a) })
			if i < 0 {
				failed++
				fmt.Fprintf(s.err, "onrecord: %s is no source; onrecord source list shows them\n", a)
				continue
			}
			if err := f(d, feeds[i]); err != nil {
				return err
			}
		}
		return partly(failed, len(args))
	})
}

// names reports whether an argument names the source.
func names(f news.Feed, arg string) bool {
	if f.ID == arg || f.URL == arg {
		return true
	}
	if f.Kind == news.FeedFolder {
		abs, err := filepath.Abs(arg)
		return err == nil && abs == f.URL
	}
	u, err := address.Normal(arg)
	return err == nil && u == f.URL
}

// sourceOptions are the flags of onrecord source add.
type sourceOptions struct {
	keeping
	asking
	kind, title, publisher, rights string
	interval                       time.Duration
	unchecked                      bool
}

var (
	kinds  = []string{string(news.FeedSyndication), string(news.FeedSitemap), string(news.FeedPage), string(news.FeedFolder)}
	rights = []string{string(news.RightsSnippet), string(news.RightsFull), string(news.RightsNothing)}
)

func newSourceAdd(s streams) *cobra.Command {
	o := sourceOptions{}
	cmd := &cobra.Command{
		Use:   "add ADDRESS|FOLDER...",
		Short: "Watch feeds, sitemaps, pages or folders",
		Long: `Watch feeds (RSS, RDF, Atom, JSON Feed), sitemaps, single pages (--kind page) or
folders that a wire service writes into. An address is asked once, to tell what it
is; its articles come with onrecord watch.`,
		Example: `  onrecord source add https://post.example/feed.xml --publisher "Harbour Post"
  onrecord source add --kind page --interval 10m https://post.example/live
  onrecord source add /srv/wire`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return usageError{"source add", err}
			}
			return o.withDesk(cmd.Context(), true, func(d *desk) error { return addSources(cmd.Context(), s, d, o, args) })
		},
	}
	o.keeping.flags(cmd)
	o.asking.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.kind, "kind", "", "`what` it is, where its content does not tell: "+strings.Join(kinds, ", "))
	f.StringVar(&o.title, "title", "", "`name` of the source, in place of its own")
	f.StringVar(&o.publisher, "publisher", "", "`name` given to articles that name no publisher")
	f.StringVar(&o.rights, "rights", rights[0], "how `much` of its texts may be shown: "+strings.Join(rights, ", "))
	f.DurationVar(&o.interval, "interval", 0, "`time` between checks, such as 10m; the source's own wishes count where they are longer")
	f.BoolVar(&o.unchecked, "no-check", false, "do not ask the address now")
	mustComplete(cmd, "kind", kinds)
	mustComplete(cmd, "rights", rights)
	return cmd
}

func (o *sourceOptions) check(args []string) error {
	switch {
	case len(args) == 0:
		return errors.New("source add needs an address or a folder")
	case o.kind != "" && !slices.Contains(kinds, o.kind):
		return fmt.Errorf("--kind %q is not known; use one of %s", o.kind, strings.Join(kinds, ", "))
	case !slices.Contains(rights, o.rights):
		return fmt.Errorf("--rights %q is not known; use one of %s", o.rights, strings.Join(rights, ", "))
	case o.interval != 0 && o.interval < check.MinInterval:
		return fmt.Errorf("--interval %v: want at least %v", o.interval, check.MinInterval)
	}
	return o.asking.check()
}

func addSources(ctx context.Context, s streams, d *desk, o sourceOptions, args []string) error {
	client := o.client()
	defer client.Close()
	failed := 0
	for _, a := range args {
		f, err := o.source(a)
		if err == nil {
			err = addSource(ctx, s, d, &check.Checker{Getter: client}, f, o.unchecked)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			fmt.Fprintf(s.err, "onrecord: %s: %v\n", a, err)
		}
	}
	return partly(failed, len(args))
}

// source makes a source of an argument.
func (o *sourceOptions) source(arg string) (news.Feed, error) {
	f := news.Feed{
		Kind: news.FeedKind(o.kind), Title: o.title, Publisher: o.publisher, Rights: news.Rights(o.rights), Interval: o.interval,
		AddedAt: time.Now().UTC().Truncate(time.Microsecond), State: news.FeedActive,
	}
	info, err := os.Stat(arg)
	if err == nil && info.IsDir() && (o.kind == "" || f.Kind == news.FeedFolder) {
		if f.URL, err = filepath.Abs(arg); err != nil {
			return f, err
		}
		f.Kind = news.FeedFolder
	} else if f.Kind == news.FeedFolder {
		return f, errors.New("is no folder")
	} else if f.URL, err = address.Normal(arg); err != nil {
		return f, fmt.Errorf("is neither a folder nor an address: %w", err)
	}
	f.ID = store.FeedID(f.URL)
	return f, nil
}

// addSource adds one source. It is asked first, since a page that is no feed
// can be told only by looking at it; one that does not answer now is added all
// the same.
func addSource(ctx context.Context, s streams, d *desk, c *check.Checker, f news.Feed, unchecked bool) error {
	if _, err := d.Feed(ctx, f.ID); err == nil {
		return fmt.Errorf("is a source already, %s", f.ID)
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	note := ""
	if !unchecked && f.Kind != news.FeedFolder {
		now, err := c.Check(ctx, f)
		if err != nil {
			return err
		}
		last := now.Fetches[len(now.Fetches)-1]
		switch {
		case last.Outcome == news.FetchUnreadable, last.Outcome == news.FetchRefused && last.Status == 0:
			return errors.New(last.Detail) // by what it is, by robots.txt, or for its network
		case now.Feed.Failures > 0:
			note = "; it could not be had now (" + now.Feed.LastError + "), and will be tried again"
		default:
			note = fmt.Sprintf("; it lists %d articles", len(now.Items)+len(now.Deliveries))
		}
		// What it lists is not taken yet, so nothing of the answer is kept but
		// what it is.
		f.Kind, f.Title, f.Homepage = now.Feed.Kind, now.Feed.Title, now.Feed.Homepage
	}
	if err := d.PutFeed(ctx, f); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "added %s %s %s%s\n", f.ID, f.Kind, f.URL, note)
	return nil
}

var listFormats = []string{"text", "json", "opml"}

func newSourceList(s streams) *cobra.Command {
	k := keeping{}
	format := ""
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the sources, when each is checked next and why then",
		Example: "  onrecord source list\n  onrecord source list --format opml > sources.opml",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains(listFormats, format) {
				return usageError{"source list", fmt.Errorf("--format %q is not known; use one of %s", format, strings.Join(listFormats, ", "))}
			}
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				feeds, err := d.Feeds(cmd.Context())
				if err != nil {
					return err
				}
				return listSources(s, feeds, format)
			})
		},
	}
	k.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "`form` of the output: "+strings.Join(listFormats, ", "))
	mustComplete(cmd, "format", listFormats)
	return cmd
}

func listSources(s streams, feeds []news.Feed, format string) error {
	switch format {
	case "json":
		e := json.NewEncoder(s.out)
		for _, f := range feeds {
			if err := e.Encode(f); err != nil {
				return fmt.Errorf("write the list: %w", err)
			}
		}
		return nil
	case "opml":
		left, err := opml.Write(s.out, "Sources of Onrecord", feeds, time.Now())
		if left > 0 {
			fmt.Fprintf(s.err, "onrecord: %d pages and folders have no place in OPML and are left out\n", left)
		}
		return err
	}
	for _, f := range feeds {
		fmt.Fprintf(s.out, "%s  %-7s  %-7s  %s\n", f.ID, f.State, f.Kind, f.URL)
		if f.Title != "" {
			fmt.Fprintf(s.out, "    %s\n", f.Title)
		}
		fmt.Fprintf(s.out, "    %s\n", when(f))
		for _, words := range []string{f.StateReason, f.LastError} {
			if words != "" {
				fmt.Fprintf(s.out, "    %s\n", words)
			}
		}
	}
	return nil
}

// when says when a source was checked and will be, and what decided it.
func when(f news.Feed) string {
	said := "never checked"
	if !f.CheckedAt.IsZero() {
		said = "checked " + f.CheckedAt.Local().Format("2006-01-02 15:04")
	}
	switch {
	case f.State != news.FeedActive:
	case f.NextCheck.IsZero():
		said += ", due now"
	default:
		said += ", next " + f.NextCheck.Local().Format("2006-01-02 15:04") + " by " + f.NextReason
	}
	return said
}

func newSourceCheck(s streams) *cobra.Command {
	o := struct {
		keeping
		asking
		loading
	}{}
	cmd := &cobra.Command{
		Use:     "check ID|ADDRESS...",
		Short:   "Look at sources now, due or not, and take in what is new",
		Example: "  onrecord source check https://post.example/feed.xml",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.asking.check(); err != nil {
				return usageError{"source check", err}
			}
			r, err := o.reader()
			if err != nil {
				return err
			}
			return o.eachSource(cmd, s, args, func(d *desk, f news.Feed) error {
				p, end := o.pool(s, d, r, quietLog)
				defer end()
				before := p.Tally()
				f, err := p.Check(cmd.Context(), f)
				if err != nil {
					return err
				}
				done := p.Tally()
				fmt.Fprintf(s.out, "%s: %d new, %d edited, %d not taken; %s\n", f.URL, done.Added-before.Added, done.Edited-before.Edited, done.Failed+done.NoArticle, when(f))
				if f.LastError != "" {
					fmt.Fprintf(s.out, "    %s\n", f.LastError)
				}
				return nil
			})
		},
	}
	o.keeping.flags(cmd)
	o.asking.flags(cmd)
	o.loading.flags(cmd)
	return cmd
}
