package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/bulk"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

// newImportWARC takes archives into a store, or with --out into tables.
func newImportWARC(s streams) *cobra.Command {
	cmd := newImportArticles(s, "warc", "Take in the pages of web archives", `Take in the pages of WARC files (1.0, 1.1; plain or gzip). Of several captures of a page
the later ones are versions. What is damaged is named and passed over.

With --out the pages go to Parquet tables in that folder, without a store: articles with
their records, events, statements, and the words that they rest on. Each archive is a job of
its own: what is complete is passed over when the command is run again, by whichever machine.
Archives that lie elsewhere (s3://…) are copied here first, by the tool of their owner.`, warcWorks)
	cmd.Example = "  onrecord import warc crawl/*.warc.gz\n  onrecord import warc --out parquet crawl/*.warc.gz"
	out, words := "", ""
	cmd.Flags().StringVar(&out, "out", "", "`folder` for Parquet tables; nothing is stored then")
	cmd.Flags().StringVar(&words, "rights", string(news.RightsFull), "with --out, how much of the words is written: full, snippet, nothing")
	into := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		for _, a := range args {
			if strings.HasPrefix(a, "s3://") || strings.HasPrefix(a, "http://") || strings.HasPrefix(a, "https://") {
				return usageError{"import warc", fmt.Errorf("%s is not read from there: copy it here first, with aws s3 cp, rclone or curl", a)}
			}
		}
		if out == "" {
			if cmd.Flags().Changed("rights") {
				return usageError{"import warc", errors.New("--rights goes with --out; in a store the sources' rights hold")}
			}
			return into(cmd, args)
		}
		jobs, err := cmd.Flags().GetInt("jobs")
		if err != nil {
			return err
		}
		o := archiveOptions{out: out, rights: news.Rights(words), jobs: jobs}
		switch o.rights {
		case news.RightsFull, news.RightsSnippet, news.RightsNothing:
		default:
			return usageError{"import warc", fmt.Errorf("--rights %q is not known; use one of full, snippet, nothing", words)}
		}
		if len(args) == 0 || jobs < 1 {
			return usageError{"import warc", errors.New("import warc needs a file, and --jobs at least 1")}
		}
		var l loading
		if l.model, err = cmd.Flags().GetString("model"); err == nil {
			if l.rules, err = cmd.Flags().GetStringArray("rules"); err == nil {
				l.actors, err = cmd.Flags().GetStringArray("actors")
			}
		}
		if err != nil {
			return err
		}
		r, err := l.reader()
		if err != nil {
			return err
		}
		return readArchives(cmd.Context(), s, r, o, args)
	}
	return cmd
}

type archiveOptions struct {
	out    string
	rights news.Rights
	jobs   int
}

// readArchives reads web archives to tables.
func readArchives(ctx context.Context, s streams, r *reader.Reader, o archiveOptions, args []string) error {
	var mu sync.Mutex
	articles, passed := 0, 0
	err := bulk.Read(ctx, bulk.Options{
		Out: o.out, Jobs: o.jobs, Rights: o.rights, Pipeline: r.Pipeline(), Of: delivery.Of,
		Accept: func(c *news.Capture) bool {
			c.MediaType = delivery.MediaType(c.MediaType, c.Body)
			c.At = c.At.UTC().Truncate(time.Microsecond)
			return isArticleForm(c)
		},
		Read: func(ctx context.Context, d *news.Delivery) (*news.Record, error) {
			return r.Read(ctx, reader.Input{Text: d.Text, Title: d.Title, URL: d.URL(), Publisher: d.Publisher, Authors: d.Authors, Published: d.Published,
				PublishedBasis: d.PublishedBasis, Modified: d.Modified, Blocks: d.Blocks, Warnings: d.Warnings})
		},
		Done: func(m bulk.Mark) {
			mu.Lock()
			defer mu.Unlock()
			if m.Before {
				passed++
				fmt.Fprintf(s.err, "%s: complete already\n", m.Path)
				return
			}
			articles += m.Articles
			fmt.Fprintf(s.err, "%s: %d %s of %d %s; %d the same as before, %d without an article, %d failed, %d damaged\n", m.Path,
				m.Articles, plural(m.Articles, "article"), m.Pages, plural(m.Pages, "page"), m.Same, m.NoArticle, m.Failed, m.Damaged)
			for _, e := range m.Examples {
				fmt.Fprintf(s.err, "  %s\n", e)
			}
		},
		Failed: func(name string, err error) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(s.err, "onrecord: %s: %v\n", name, err)
		},
	}, args)
	fmt.Fprintf(s.out, "%d %s written, %d %s complete already\n", articles, plural(articles, "article"), passed, plural(passed, "archive"))
	if errors.Is(err, bulk.ErrFailed) {
		return fmt.Errorf("%w: %w", errPartly, err)
	}
	return err
}
