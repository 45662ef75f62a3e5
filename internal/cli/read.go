package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/version"
	"github.com/onrecord/onrecord/internal/what"
)

// readOptions are the flags of onrecord read.
type readOptions struct {
	published string
	format    string
	jobs      int
	loading
}

// loading is what the commands that read articles share: what the reader is made
// of.
type loading struct {
	model  string
	rules  []string
	actors []string
}

func (l *loading) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&l.model, "model", "", "`file` of a language model to use in place of the embedded one")
	f.StringArrayVar(&l.rules, "rules", nil, "`folder` of rules of your own to lay over the built-in ones (again for more)")
	f.StringArrayVar(&l.actors, "actors", nil, "`file` of actors of your own: CSV, or entities of FollowTheMoney (again for more)")
	// The only error is a flag that does not exist.
	_ = cmd.MarkFlagDirname("rules")
}

func newRead(s streams) *cobra.Command {
	o := readOptions{}
	cmd := &cobra.Command{
		Use:   "read [FILE...|-]",
		Short: "Read articles and print their records",
		Long: `Read articles and print their records: who said what, what happened to whom,
where and when, on whose word.

FILE is text (.txt), Markdown (.md), a page (.html), JSON (.json, .jsonl: an array
or lines of {title, text, url, published}), or a folder of such; "-" or nothing is
standard input. Records come in the order of the files. A file that cannot be read
is named on stderr, the others are read, and the exit code is 3.`,
		Example: `  onrecord read article.txt --published 2031-05-07
  onrecord read --format jsonl articles/ > records.jsonl
  onrecord read --format html report.html > record.html
  onrecord read --rules my-rules report.html
  onrecord read --actors my-actors.csv --actors entities.ftm.json report.html
  curl -s https://example.org/report.html | onrecord read -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return usageError{cmd.Name(), err}
			}
			return read(cmd.Context(), s, o, args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.published, "published", "", "publication `date` of all articles: 2031-05-07 or RFC 3339")
	f.StringVar(&o.format, "format", "text", "`form` of the output: "+strings.Join(formats, ", "))
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "articles read at the same time")
	o.flags(cmd)
	mustComplete(cmd, "format", formats)
	return cmd
}

var formats = []string{"text", "jsonl", "html", "conllu"}

// mustComplete gives a flag its values for shell completion.
func mustComplete(cmd *cobra.Command, flag string, values []string) {
	// The only error is a flag that does not exist or has completion already.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

func (o *readOptions) check() error {
	known := false
	for _, f := range formats {
		known = known || f == o.format
	}
	if !known {
		return fmt.Errorf("--format %q is not known; use one of %s", o.format, strings.Join(formats, ", "))
	}
	if o.jobs < 1 {
		return fmt.Errorf("--jobs %d: want at least 1", o.jobs)
	}
	if o.published != "" {
		if _, err := reader.Day(o.published); err != nil {
			return fmt.Errorf("--published: %w", err)
		}
	}
	return nil
}

func (l loading) reader() (*reader.Reader, error) {
	o := reader.Options{Version: version.Number}
	if l.model != "" {
		f, err := os.Open(l.model)
		if err != nil {
			return nil, fmt.Errorf("open the language model: %w", err)
		}
		defer f.Close()
		if o.Model, err = nlp.Load(f); err != nil {
			return nil, fmt.Errorf("load the language model %s: %w", l.model, err)
		}
	}
	for _, dir := range l.rules {
		o.Rules = append(o.Rules, what.Rules{Name: dir, Files: os.DirFS(dir)})
	}
	for _, name := range l.actors {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("open the list of actors: %w", err)
		}
		defer f.Close()
		o.Actors = append(o.Actors, reader.ActorList{Name: name, Text: f})
	}
	return reader.New(o)
}

// result is what became of one input.
type result struct {
	name   string
	record *news.Record
	doc    *nlp.Doc // for conllu
	err    error
}

func read(ctx context.Context, s streams, o readOptions, args []string) error {
	r, err := o.reader()
	if err != nil {
		return err
	}
	out, err := newOutput(s.out, o.format)
	if err != nil {
		return err
	}
	p := newProgress(s.err)
	defer p.clear()
	var failed, done int
	for res := range inOrder(ctx, o.jobs, file.Open(ctx, args, file.Options{Stdin: s.in}), func(it file.Item) result {
		return readOne(ctx, r, o, it)
	}) {
		done++
		p.show(done)
		if res.err != nil {
			if errors.Is(res.err, context.Canceled) {
				return res.err
			}
			failed++
			p.clear()
			fmt.Fprintf(s.err, "onrecord: %s\n", res.err)
			continue
		}
		if err := out.write(res); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := out.close(); err != nil {
		return err
	}
	switch {
	case failed > 0 && failed == done:
		return fmt.Errorf("%w: none of %d", errPartly, done)
	case failed > 0:
		return fmt.Errorf("%w: %d of %d", errPartly, failed, done)
	}
	return nil
}

// input is an item as the reader takes it. A date given in the command counts
// above the item's own.
func input(it file.Item, published string) reader.Input {
	in := reader.Input{
		Text: it.Text, Title: it.Title, URL: it.URL, Publisher: it.Publisher, Authors: it.Authors,
		Published: it.Published, PublishedBasis: it.PublishedBasis, Modified: it.Modified, Blocks: it.Blocks, Warnings: it.Warnings,
	}
	if published != "" {
		in.Published, in.PublishedBasis = published, news.PublishedGiven
	}
	return in
}

func readOne(ctx context.Context, r *reader.Reader, o readOptions, it file.Item) result {
	in := input(it, o.published)
	res := result{name: it.Name}
	if o.format == "conllu" {
		res.doc, res.err = r.Analyse(ctx, in)
	} else {
		res.record, res.err = r.Read(ctx, in)
	}
	if res.err != nil {
		res.err = fmt.Errorf("read %s: %w", it.Name, res.err)
	}
	return res
}

// output writes results in one form. A line or page is written whole or not at
// all.
type output interface {
	write(result) error
	close() error
}

func newOutput(w io.Writer, format string) (output, error) {
	switch format {
	case "jsonl":
		return jsonlOutput{w}, nil
	case "conllu":
		return conlluOutput{w}, nil
	case "html":
		page, err := export.NewPage()
		return &htmlOutput{w: w, page: page}, err
	}
	return &textOutput{w: w, look: look(w)}, nil
}

type jsonlOutput struct{ w io.Writer }

func (o jsonlOutput) write(r result) error { return export.JSONL(o.w, r.record) }
func (o jsonlOutput) close() error         { return nil }

type conlluOutput struct{ w io.Writer }

func (o conlluOutput) write(r result) error {
	if r.doc == nil { // another language: there is no analysis
		return nil
	}
	return nlp.WriteCoNLLU(o.w, r.doc, r.name)
}
func (o conlluOutput) close() error { return nil }

// htmlOutput keeps the records until the end: they make one page.
type htmlOutput struct {
	w       io.Writer
	page    *export.Page
	records []*news.Record
}

func (o *htmlOutput) write(r result) error { o.records = append(o.records, r.record); return nil }
func (o *htmlOutput) close() error {
	if len(o.records) == 0 {
		return nil
	}
	return o.page.HTML(o.w, o.records...)
}

type textOutput struct {
	w    io.Writer
	look export.Look
	n    int
}

func (o *textOutput) write(r result) error {
	if o.n > 0 {
		if _, err := fmt.Fprintf(o.w, "\n%s\n\n", strings.Repeat("─", max(24, min(o.look.Width, 100)))); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	o.n++
	return export.Text(o.w, r.record, o.look)
}
func (o *textOutput) close() error { return nil }

// look asks the terminal, if there is one, how wide it is and whether it has
// colours (https://no-color.org). Elsewhere lines are not wrapped.
func look(w io.Writer) export.Look {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return export.Look{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 40 {
		width = 80
	}
	return export.Look{Width: min(width, 120), Colour: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}
