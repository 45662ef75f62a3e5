package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
)

// addOptions are the flags of onrecord add.
type addOptions struct {
	keeping
	asking
	loading
	published, publisher string
}

func newAdd(s streams) *cobra.Command {
	o := addOptions{}
	cmd := &cobra.Command{
		Use:   "add FILE|ADDRESS...",
		Short: "Read single articles and keep them",
		Long: `Read articles and keep them. FILE is what onrecord read takes, a document of a wire
service (ninjs, NewsML-G2, NITF), or a folder of such; an ADDRESS is fetched. An
article that is there already gets a new version if it has changed, and nothing
otherwise. The exit code is 3 where some could not be taken.`,
		Example: `  onrecord add https://post.example/2031/05/07/port-to-close
  onrecord add report.txt --published 2031-05-07 --publisher "Harbour Post"
  onrecord add archive/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return usageError{"add", err}
			}
			r, err := o.reader()
			if err != nil {
				return err
			}
			return o.withDesk(cmd.Context(), true, func(d *desk) error { return add(cmd.Context(), s, d, r, o, args) })
		},
	}
	o.keeping.flags(cmd)
	o.asking.flags(cmd)
	o.loading.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.published, "published", "", "publication `date` of all articles: 2031-05-07 or RFC 3339")
	f.StringVar(&o.publisher, "publisher", "", "`name` given to articles that name no publisher")
	return cmd
}

func (o *addOptions) check(args []string) error {
	if len(args) == 0 {
		return errors.New("add needs a file or an address")
	}
	if o.published != "" {
		if _, err := reader.Day(o.published); err != nil {
			return fmt.Errorf("--published: %w", err)
		}
	}
	return o.asking.check()
}

func add(ctx context.Context, s streams, d *desk, r *reader.Reader, o addOptions, args []string) error {
	var mu sync.Mutex
	p, end := o.pool(s, d, r, quietLog, func(j *jobs.Options) {
		j.Told = func(r store.Result, d *news.Delivery) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintln(s.out, strings.TrimRight(fmt.Sprintf("%-9s %-17s %s", r.Outcome, r.Article, title(d)), " "))
		}
	})
	defer end()
	failed := func(name string, err error) {
		mu.Lock()
		defer mu.Unlock()
		words := err.Error()
		if name != "" && !strings.Contains(words, name) {
			words = name + ": " + words
		}
		fmt.Fprintf(s.err, "onrecord: %s\n", words)
	}
	var files []string
	for _, a := range args {
		if _, err := address.Normal(a); err != nil {
			files = append(files, a)
			continue
		}
		f, err := p.Take(ctx, news.Item{URL: a, Hint: news.Hint{Given: o.published, Publisher: o.publisher}})
		if err != nil {
			return err
		}
		if f.Outcome != news.FetchOK {
			failed(a, errors.New(strings.TrimSpace(f.Detail)))
		}
	}
	if len(files) > 0 {
		if err := p.Keep(ctx, fileWorks(ctx, files, delivery.FileOptions{Published: o.published, Publisher: o.publisher}), failed); err != nil {
			return err
		}
	}
	return ending(p.Tally())
}

// title is a line for people that tells which article it is.
func title(d *news.Delivery) string {
	if d.Title != "" {
		return d.Title
	}
	line, _, _ := strings.Cut(strings.TrimSpace(d.Text), "\n")
	if r := []rune(line); len(r) > 60 {
		line = string(r[:60]) + "…"
	}
	return line
}

// fileWorks are the articles of files as work.
func fileWorks(ctx context.Context, files []string, o delivery.FileOptions) iter.Seq2[jobs.Work, error] {
	return func(yield func(jobs.Work, error) bool) {
		for d, err := range delivery.Files(ctx, files, o) {
			name := ""
			if d.Capture != nil {
				name = d.Capture.URL
			}
			if !yield(jobs.Ready(name, d), err) {
				return
			}
		}
	}
}

// ending is how a command ends whose articles were counted.
func ending(t jobs.Tally) error {
	return partly(int(t.Failed+t.NoArticle), int(t.Articles()+t.NoArticle))
}
