package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

type searchOptions struct {
	keeping
	kind   string
	format string
	limit  int
	cursor string
}

func newSearch(s streams) *cobra.Command {
	o := searchOptions{}
	cmd := &cobra.Command{
		Use:   "search [QUERY...]",
		Short: "Search the store: articles, statements, events, stories, claims, figures, actors",
		Long: `Search the store with the query language (docs/query-syntax.md); several arguments are
one query. The newest come first. The last line on stderr says how many there are, and
what --cursor has the next page.`,
		Example: `  onrecord search type:PROTEST place:Bergen
  onrecord search --kind statements 'speaker:"Mara Velin" act:deny'
  onrecord search --kind events --format jsonl 'killed:>=5 published:7d'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return usageError{"search", err}
			}
			q, err := query.Parse(strings.Join(args, " "))
			var wrong *query.Error
			if errors.As(err, &wrong) {
				return usageError{"search", fmt.Errorf("%w\n%s", err, wrong.Pointer())}
			}
			if err != nil {
				return err
			}
			return o.withDesk(cmd.Context(), false, func(d *desk) error { return o.search(cmd.Context(), s, d, q) })
		},
	}
	o.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.kind, "kind", string(query.Articles), "what is searched for: "+strings.Join(searchKinds(), ", "))
	f.StringVar(&o.format, "format", "text", "text or jsonl")
	f.IntVar(&o.limit, "limit", query.DefaultLimit, fmt.Sprintf("rows, at most %d", query.MaxLimit))
	f.StringVar(&o.cursor, "cursor", "", "the next page, as the page before named it")
	return cmd
}

func searchKinds() []string {
	var out []string
	for _, k := range query.Kinds() {
		out = append(out, string(k))
	}
	return out
}

func (o *searchOptions) check() error {
	switch {
	case !slices.Contains(searchKinds(), o.kind):
		return fmt.Errorf("--kind %q is none of %s", o.kind, strings.Join(searchKinds(), ", "))
	case o.format != "text" && o.format != "jsonl":
		return fmt.Errorf("--format %q is neither text nor jsonl", o.format)
	case o.limit < 1 || o.limit > query.MaxLimit:
		return fmt.Errorf("--limit: want 1 to %d", query.MaxLimit)
	}
	return nil
}

// reindex indexes the articles that an older version of the program kept, so that they
// are found.
func reindex(ctx context.Context, d *desk) error {
	for {
		n, err := d.Reindex(ctx, 200)
		if err != nil || n == 0 {
			return err
		}
	}
}

func (o *searchOptions) search(ctx context.Context, s streams, d *desk, q query.Query) error {
	if err := reindex(ctx, d); err != nil {
		return err
	}
	page, err := d.Search(ctx, query.Search{Kind: query.Kind(o.kind), Query: q, Now: time.Now(), Limit: o.limit, Cursor: o.cursor})
	if err != nil {
		return err
	}
	write := writeRow
	if o.format == "jsonl" {
		write = writeRowJSON
	}
	for _, r := range rowsOf(&page) {
		if err := write(s.out, r); err != nil {
			return err
		}
	}
	more := ""
	if page.More {
		more = "more than "
	}
	fmt.Fprintf(s.err, "%s%d found\n", more, page.Total)
	if page.Next != "" {
		fmt.Fprintf(s.err, "next page: --cursor %s\n", page.Next)
	}
	return nil
}

// rowsOf are the rows of a page, whatever they are.
func rowsOf(p *query.Page) []any {
	var out []any
	for i := range p.Articles {
		out = append(out, &p.Articles[i])
	}
	for i := range p.Statements {
		out = append(out, &p.Statements[i])
	}
	for i := range p.Events {
		out = append(out, &p.Events[i])
	}
	for i := range p.Stories {
		out = append(out, &p.Stories[i])
	}
	for i := range p.Claims {
		out = append(out, &p.Claims[i])
	}
	for i := range p.Figures {
		out = append(out, &p.Figures[i])
	}
	for i := range p.Actors {
		out = append(out, &p.Actors[i])
	}
	return out
}

func writeRowJSON(w io.Writer, row any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(row)
}

// writeRow writes one row for people: when, what, and where it stands.
func writeRow(w io.Writer, row any) error {
	var parts []string
	at := func(a *query.ArticleRow) string {
		return fmt.Sprintf("%s, %s, %s", orDash(a.Publisher), orDash(firstDay(a.Published)), a.ID)
	}
	switch r := row.(type) {
	case *query.ArticleRow:
		parts = []string{orDash(firstDay(r.Published)), orDash(r.Title), orDash(r.Publisher), r.ID}
	case *query.StatementRow:
		speaker := "nobody named"
		if r.Speaker != nil {
			speaker = orDash(news.Optional(r.Speaker.Name))
		}
		parts = []string{orDash(r.SaidFirst), speaker, string(r.Act), printable(r.Words), at(&r.Article)}
	case *query.EventRow:
		place := "—"
		if r.Place != nil {
			place = r.Place.Name.Name
		}
		parts = []string{orDash(r.Earliest), string(r.Type), place, printable(r.Words), at(&r.Article)}
	case *query.StoryRow:
		parts = []string{orDash(r.Last), r.Title, fmt.Sprintf("%d articles, %d origins, %d contested", r.Articles, r.Origins, r.Contested), r.ID}
	case *query.ClaimRow:
		contested := "not contested"
		if r.Contested {
			contested = "contested"
		}
		parts = []string{string(r.Kind), printable(r.Words.Text), contested, fmt.Sprintf("%d for, %d against", r.Origins.For, r.Origins.Against), r.ID}
	case *query.FigureRow:
		parts = []string{orDash(r.SaidAt), string(r.Kind), printable(r.Evidence.Text), r.Source.Name, r.ID}
	case *query.ActorRow:
		parts = []string{r.Name, string(r.Type), orDash(r.Country), fmt.Sprintf("%d articles", r.Articles), r.ID}
	}
	_, err := fmt.Fprintln(w, strings.Join(parts, " · "))
	return err
}

func firstDay(published news.Optional) news.Optional { return published[:min(len(published), 10)] }

func orDash[S ~string](s S) string {
	if s == "" {
		return "—"
	}
	return printable(string(s))
}

// printable is a text without breaks, and without signs that a terminal obeys.
func printable(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }), " ")
}
