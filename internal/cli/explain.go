package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/explain"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/reader"
)

// explainOptions are the flags of onrecord explain.
type explainOptions struct {
	published string
	format    string
	sentence  int
	loading
}

var explainFormats = []string{"text", "json"}

func newExplain(s streams) *cobra.Command {
	o := explainOptions{}
	cmd := &cobra.Command{
		Use:   "explain FILE|-",
		Short: "Show for each sentence which rule fired, on what, and why",
		Long: `Show for each sentence how its part of the record came about: which rule spoke of
which word, what stood in its places (who did it, to whom, where, when, how many), what
it was made of and why; and which words were seen and not coded, by what look-alike or
for what reason. FILE is as for onrecord read.`,
		Example: `  onrecord explain article.txt --published 2031-05-07
  onrecord explain article.txt --sentence 3
  onrecord explain article.txt --rules my-rules --format json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return usageError{cmd.Name(), err}
			}
			return explainAll(cmd.Context(), s, o, args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.published, "published", "", "publication `date`: 2031-05-07 or RFC 3339")
	f.StringVar(&o.format, "format", "text", "`form` of the output: "+strings.Join(explainFormats, ", "))
	f.IntVar(&o.sentence, "sentence", 0, "show only this sentence: its `number`, from 1")
	o.flags(cmd)
	mustComplete(cmd, "format", explainFormats)
	return cmd
}

func (o *explainOptions) check(args []string) error {
	switch {
	case len(args) != 1:
		return fmt.Errorf("explain takes one FILE, or -, but got %d", len(args))
	case o.format != "text" && o.format != "json":
		return fmt.Errorf("--format %q is not known; use one of %s", o.format, strings.Join(explainFormats, ", "))
	case o.sentence < 0:
		return fmt.Errorf("--sentence %d: sentences are counted from 1", o.sentence)
	}
	if o.published != "" {
		if _, err := reader.Day(o.published); err != nil {
			return fmt.Errorf("--published: %w", err)
		}
	}
	return nil
}

func explainAll(ctx context.Context, s streams, o explainOptions, args []string) error {
	r, err := o.reader()
	if err != nil {
		return err
	}
	for it, err := range file.Open(ctx, args, file.Options{Stdin: s.in}) {
		if err != nil {
			return err
		}
		e, err := r.Explain(ctx, input(it, o.published))
		if err != nil {
			return fmt.Errorf("explain %s: %w", it.Name, err)
		}
		a := explain.New(e.Record, e.Statements, e.Events)
		if o.sentence > len(a.Sentences) {
			return usageError{"explain", fmt.Errorf("--sentence %d: %s has %d sentences", o.sentence, it.Name, len(a.Sentences))}
		}
		if o.format == "json" {
			if o.sentence > 0 {
				a.Sentences = a.Sentences[o.sentence-1 : o.sentence]
			}
			enc := json.NewEncoder(s.out)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(a); err != nil {
				return fmt.Errorf("write the explanation: %w", err)
			}
			continue
		}
		if err := explain.Text(s.out, a, o.sentence, look(s.out)); err != nil {
			return err
		}
	}
	return nil
}
