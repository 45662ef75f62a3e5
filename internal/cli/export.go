package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/version"
)

// exportOptions are the flags of onrecord export.
type exportOptions struct {
	loading
	keeping
	kind      string
	format    string
	out       string
	published string
	rights    string
	base      string
	join      bool
	jobs      int
}

func newExport(s streams) *cobra.Command {
	o := exportOptions{}
	var formats, kinds []string
	var list strings.Builder
	for _, f := range export.Formats() {
		formats = append(formats, f.Name)
		var holds []string
		for _, k := range f.Kinds {
			holds = append(holds, string(k))
		}
		fmt.Fprintf(&list, "  %-12s %s (%s)\n", f.Name, f.What, strings.Join(holds, ", "))
	}
	kinds = []string{string(query.Articles), string(query.Events), string(query.Statements), string(query.Claims)}
	cmd := &cobra.Command{
		Use:   "export [QUERY | FILE...|-]",
		Short: "Write events, statements or claims to files that other programs read",
		Long: `Write events, statements or claims to files that other programs read, with a manifest
that says what each form cannot say (docs/exports.md). Where every FILE is there, those are
read: articles as for onrecord read, or records as it wrote them (--format jsonl). Else the
words are a query (docs/query-syntax.md) to the store; without any, all of it is written.

Formats, and what each holds:
` + list.String(),
		Example: `  onrecord export --out march examples/dockers-march
  onrecord export --kind statements --format jsonl examples/river-denial > statements.jsonl
  onrecord export --format parquet --out strikes type:ASSAULT killed:">=5" published:30d
  onrecord export --kind claims --format atom contested:yes > contested.atom`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return usageError{cmd.Name(), err}
			}
			return o.export(cmd.Context(), s, args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.kind, "kind", string(query.Events), "what the rows are: "+strings.Join(kinds, ", "))
	f.StringVar(&o.format, "format", "csv", "`form` of the files: "+strings.Join(formats, ", "))
	f.StringVar(&o.out, "out", "", "`folder` for the files and the manifest; without it the first file goes to standard output")
	f.StringVar(&o.published, "published", "", "publication `date` of all articles read from files: 2031-05-07 or RFC 3339")
	f.StringVar(&o.rights, "rights", string(news.RightsFull), "how much of the words of files leaves: full, snippet, nothing; of a store its sources' rights hold")
	f.StringVar(&o.base, "base", "", "`address` of the desk, for links in feeds")
	f.BoolVar(&o.join, "join", false, "join the events of files across them: fills story and resolved_event, holds all records in memory")
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "articles read at the same time")
	o.loading.flags(cmd)
	o.keeping.flags(cmd)
	mustComplete(cmd, "kind", kinds)
	mustComplete(cmd, "format", formats)
	mustComplete(cmd, "rights", []string{string(news.RightsFull), string(news.RightsSnippet), string(news.RightsNothing)})
	return cmd
}

func (o *exportOptions) check() error {
	f, err := export.FormatNamed(o.format)
	if err != nil {
		return fmt.Errorf("--format: %w", err)
	}
	if !f.Fits(query.Kind(o.kind)) {
		return fmt.Errorf("--format %s holds %v, not --kind %q", o.format, f.Kinds, o.kind)
	}
	switch news.Rights(o.rights) {
	case news.RightsFull, news.RightsSnippet, news.RightsNothing:
	default:
		return fmt.Errorf("--rights %q is not known; use one of full, snippet, nothing", o.rights)
	}
	ro := readOptions{format: "jsonl", jobs: o.jobs, published: o.published}
	return ro.check()
}

// found are the rows of an export, and what is known of them before.
type found struct {
	rows    iter.Seq2[export.Row, error]
	query   string
	matched *int
	// failed is how many files could not be read, and of how many: known when the
	// rows have been taken.
	failed func() (int, int)
}

func (o *exportOptions) export(ctx context.Context, s streams, args []string) error {
	files, err := areFiles(args)
	if err != nil {
		return usageError{"export", err}
	}
	if files {
		return o.write(ctx, s, o.fromFiles(ctx, s, args))
	}
	q, err := query.Parse(strings.Join(args, " "))
	if err != nil {
		return usageError{"export", err}
	}
	return o.withDesk(ctx, false, func(d *desk) error {
		found, err := o.fromStore(ctx, d, q)
		if err != nil {
			return err
		}
		return o.write(ctx, s, found)
	})
}

// areFiles reports whether the arguments name files and folders. Where some do and
// some do not it is a mistake: a query is not made of files.
func areFiles(args []string) (bool, error) {
	n := 0
	missing := ""
	for _, a := range args {
		if _, err := os.Stat(a); a == "-" || err == nil {
			n++
		} else {
			missing = a
		}
	}
	if n > 0 && n < len(args) {
		return false, fmt.Errorf("%s is not there, and other arguments are files", missing)
	}
	return n > 0, nil
}

func (o *exportOptions) write(ctx context.Context, s streams, in found) error {
	eo := export.Options{Kind: query.Kind(o.kind), Format: o.format, Query: in.query, Matched: in.matched, Version: version.Number, Now: time.Now(), Base: o.base}
	p := newProgress(s.err)
	defer p.clear()
	counted := func(yield func(export.Row, error) bool) {
		n := 0
		for r, err := range in.rows {
			if n++; n%1000 == 0 {
				p.show(n)
			}
			if !yield(r, err) {
				return
			}
		}
	}
	var m *export.Manifest
	var err error
	if o.out != "" {
		m, err = export.Dir(ctx, eo, o.out, counted)
	} else {
		if o.format == "parquet" && isTerminal(s.out) {
			return usageError{"export", errors.New("the form parquet is not for a terminal: give --out, or send it to a file")}
		}
		m, err = export.Write(ctx, eo, export.First(s.out), counted)
	}
	p.clear()
	if err != nil {
		return err
	}
	where := ""
	if o.out != "" {
		where = " to " + filepath.Clean(o.out)
	}
	fmt.Fprintf(s.err, "%d %s of %d %s written%s\n", m.Rows, o.kind, m.Articles, plural(m.Articles, "article"), where)
	if failed, of := in.failed(); failed > 0 {
		return fmt.Errorf("%w: %d of %d", errPartly, failed, of)
	}
	return nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
