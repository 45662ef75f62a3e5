package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/ingest/opml"
	"github.com/onrecord/onrecord/internal/ingest/warc"
	"github.com/onrecord/onrecord/internal/ingest/wire"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

func newImport(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Take in lists of sources and archives of articles",
		Long: `Take in lists of sources and archives of articles. An import that was interrupted is
run again: what is known is passed over.`,
		Example: "  onrecord import opml sources.opml\n  onrecord import warc crawl/*.warc.gz\n  onrecord import jsonl articles.jsonl",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newImportOPML(s),
		newImportWARC(s),
		newImportArticles(s, "jsonl", "Take in articles in JSON", "Take in articles in JSON, one {title, text, url, published} a line, or arrays of them.", func(ctx context.Context, files []string) iter.Seq2[jobs.Work, error] {
			return fileWorks(ctx, files, delivery.FileOptions{})
		}))
	return cmd
}

// importOptions are the flags of the imports of articles.
type importOptions struct {
	keeping
	loading
	jobs  int
	share bool
}

func newImportArticles(s streams, kind, short, long string, works func(context.Context, []string) iter.Seq2[jobs.Work, error]) *cobra.Command {
	o := importOptions{}
	cmd := &cobra.Command{
		Use: kind + " FILE...", Short: short, Long: long, Example: "  onrecord import " + kind + " archive." + kind,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || o.jobs < 1 {
				return usageError{"import " + kind, fmt.Errorf("import %s needs a file, and --jobs at least 1", kind)}
			}
			ctx := cmd.Context()
			if o.share {
				return o.withDesk(ctx, true, func(d *desk) error { return shareArchives(ctx, s, d, args) })
			}
			r, err := o.reader()
			if err != nil {
				return err
			}
			return o.withDesk(ctx, true, func(d *desk) error {
				show := newProgress(s.err)
				defer show.clear()
				var p *jobs.Pool
				nobody := asking{}
				p, end := nobody.pool(s, d, r, quietLog, func(j *jobs.Options) {
					j.Readers = o.jobs
					j.Told = func(store.Result, *news.Delivery) { show.show(int(p.Tally().Articles())) }
				})
				defer end()
				err := p.Keep(ctx, works(ctx, args), func(name string, err error) {
					show.clear()
					fmt.Fprintf(s.err, "onrecord: %v\n", err)
				})
				show.clear()
				fmt.Fprintln(s.out, summary(p.Tally()))
				if err != nil {
					return err
				}
				return ending(p.Tally())
			})
		},
	}
	o.keeping.flags(cmd)
	o.loading.flags(cmd)
	cmd.Flags().IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "articles read at the same time")
	if kind == "warc" {
		cmd.Flags().BoolVar(&o.share, "share", false, "leave each archive to one of the nodes that watch a PostgreSQL store; the files are to be there on each")
	}
	return cmd
}

// warcWorks are the pages of web archives as work. Pictures, scripts and the
// like are no work.
func warcWorks(ctx context.Context, files []string) iter.Seq2[jobs.Work, error] {
	return func(yield func(jobs.Work, error) bool) {
		for _, name := range files {
			if !warcFile(ctx, name, yield) {
				return
			}
		}
	}
}

func warcFile(ctx context.Context, name string, yield func(jobs.Work, error) bool) bool {
	in, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = file.ErrNotFound
		}
		return yield(jobs.Work{Name: name}, &file.Error{Name: name, Err: err})
	}
	defer in.Close()
	for found, err := range warc.Captures(ctx, in, warc.Options{}) {
		w := jobs.Work{Name: fmt.Sprintf("%s@%d", name, found.Offset)}
		if err != nil {
			if !yield(w, &file.Error{Name: name, Err: err}) {
				return false
			}
			continue
		}
		c := found.Capture
		c.MediaType = delivery.MediaType(c.MediaType, c.Body)
		if !isArticleForm(c) {
			continue
		}
		c.At = c.At.UTC().Truncate(time.Microsecond)
		w.Make = func(ctx context.Context) ([]news.Delivery, error) {
			all, err := delivery.Of(ctx, c)
			if err != nil {
				return nil, fmt.Errorf("%s@%d: %s: %w", name, found.Offset, c.URL, err)
			}
			return all, nil
		}
		if !yield(w, nil) {
			return false
		}
	}
	return ctx.Err() == nil
}

// isArticleForm reports whether a page of an archive is of a form that
// articles have there: a robots.txt is text too.
func isArticleForm(c *news.Capture) bool {
	switch c.MediaType {
	case delivery.HTML:
		_, err := address.Normal(c.URL)
		return err == nil
	case delivery.Plain, delivery.Markdown, delivery.JSON:
		return c.Status == 0 // a file that was added, from a captures folder of our own
	case delivery.Feed, delivery.Sitemap:
		return false
	}
	return wire.Sniff(c.Body) != ""
}

func newImportOPML(s streams) *cobra.Command {
	k := keeping{}
	cmd := &cobra.Command{
		Use: "opml FILE...", Short: "Add the feeds of lists in OPML", Long: "Add the feeds of lists in OPML, as feed readers write them. Feeds that are sources already stay as they are.",
		Example: "  onrecord import opml sources.opml",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{"import opml", errors.New("import opml needs a file")}
			}
			return k.withDesk(cmd.Context(), true, func(d *desk) error { return importOPML(cmd.Context(), s, d, args) })
		},
	}
	k.flags(cmd)
	return cmd
}

func importOPML(ctx context.Context, s streams, d *desk, files []string) error {
	added, known, failed := 0, 0, 0
	for _, name := range files {
		list, err := readOPML(name)
		if err != nil {
			failed++
			fmt.Fprintf(s.err, "onrecord: %s: %v\n", name, err)
			continue
		}
		for _, left := range list.Left {
			fmt.Fprintf(s.err, "onrecord: %s: left out: %s\n", name, left)
		}
		for _, f := range list.Feeds {
			f.ID, f.State, f.Rights, f.AddedAt = store.FeedID(f.URL), news.FeedActive, news.RightsSnippet, time.Now().UTC().Truncate(time.Microsecond)
			if _, err := d.Feed(ctx, f.ID); err == nil {
				known++
				continue
			} else if !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if err := d.PutFeed(ctx, f); err != nil {
				return err
			}
			added++
		}
	}
	fmt.Fprintf(s.out, "%d sources added, %d known already\n", added, known)
	return partly(failed, len(files))
}

func readOPML(name string) (*opml.List, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, file.ErrNotFound
	}
	if info.Size() > opml.MaxBytes {
		return nil, opml.ErrTooLarge
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return opml.Read(raw)
}
