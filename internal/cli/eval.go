package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/eval"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

// evalOptions are the flags of onrecord eval.
type evalOptions struct {
	show, json bool
	half       string
	docs       []string
	kind       string
	jobs       int
	loading
	write  string
	shared string
	final  []string
}

func newEval(s streams) *cobra.Command {
	o := evalOptions{}
	cmd := &cobra.Command{
		Use:   "eval GOLD...",
		Short: "Score the program against hand-made answers",
		Long: `Score the program against hand-made answers, and print precision, recall and F1.

GOLD is a folder of answer files (*.json beside *.txt), one of them, a treebank
(.conllu), a file of names (.iob2), or one of the project's own sets, which the program
holds: own:acts, own:speakers, own:modality, own:counts, own:lookalikes. Their odd items
are kept back: use --half even while working on the rules. With --write and no GOLD, all known sets are
measured and the report is written; sets that are not at hand keep their old figures.`,
		Example: `  onrecord eval ../shared/gold/seed
  onrecord eval --show ../shared/gold/polnear-dev | less
  onrecord eval --half even --json ../shared/gold/polnear-dev
  onrecord eval --half even --show own:acts
  onrecord eval --write docs/accuracy.md`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return usageError{cmd.Name(), err}
			}
			return evaluate(cmd.Context(), s, o, args)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.show, "show", false, "print every miss, false alarm and wrong value, with its line")
	f.BoolVar(&o.json, "json", false, "print one JSON object a set")
	f.StringVar(&o.half, "half", "", "score only every other document: `even|odd`")
	f.StringSliceVar(&o.docs, "docs", nil, "score only documents whose names begin with one of these `beginnings` (treebanks, GUM)")
	f.StringVar(&o.kind, "kind", "", "`kind` of the sets, where their names do not tell: sentences, crossner, plv, plover, muc4, meantime, geovirus, gumattr, ontogum, ecbplus, copies, acts, speakers, modality, counts, lookalikes")
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "documents read at the same time")
	o.flags(cmd)
	f.StringVar(&o.write, "write", "", "measure all known sets and write the report to this `file`")
	f.StringVar(&o.shared, "shared", "../shared", "`folder` of the known sets (with --write)")
	f.StringSliceVar(&o.final, "final", nil, "measure these test parts too, by the `names` of their sets, or all (with --write)")
	mustComplete(cmd, "half", []string{"even", "odd"})
	return cmd
}

func (o *evalOptions) check(args []string) error {
	switch {
	case o.write == "" && len(args) == 0:
		return errors.New("eval needs at least one GOLD, or --write")
	case o.write != "" && len(args) > 0:
		return fmt.Errorf("--write measures the known sets; it takes no GOLD, but got %q", args[0])
	case o.half != "" && o.half != "even" && o.half != "odd":
		return fmt.Errorf("--half %q: want even or odd", o.half)
	case o.jobs < 1:
		return fmt.Errorf("--jobs %d: want at least 1", o.jobs)
	}
	return nil
}

func evaluate(ctx context.Context, s streams, o evalOptions, args []string) error {
	rd, err := o.reader()
	if err != nil {
		return err
	}
	sys := system(rd)
	if o.write != "" {
		return eval.Report{File: o.write, Shared: o.shared, Date: time.Now().Format(time.DateOnly), Model: rd.Model().Name(),
			Final: o.final, Jobs: o.jobs,
			Progress: func(set, what string) { fmt.Fprintf(s.err, "%s: %s\n", set, what) }}.Write(ctx, sys)
	}
	var sets []eval.Scores
	for _, path := range args {
		kind := eval.Kind(o.kind)
		if kind == "" {
			if kind = eval.KindOf(path); kind == "" {
				return usageError{"eval", fmt.Errorf("%s: neither a folder nor a .json, .conllu or .iob2 file; say --kind", path)}
			}
		}
		scores, err := eval.Score(ctx, sys, kind, path, eval.Options{Half: o.half, Docs: o.docs, Jobs: o.jobs})
		if err != nil {
			return err
		}
		sets = append(sets, scores)
	}
	if o.json {
		return eval.WriteJSON(s.out, sets, o.show)
	}
	if o.show {
		if err := eval.WriteFindings(s.out, sets); err != nil {
			return err
		}
		fmt.Fprintln(s.out)
	}
	return eval.WriteTable(s.out, sets)
}

// system is the reader as the scorers see it.
func system(rd *reader.Reader) eval.System {
	return eval.System{
		Read: func(ctx context.Context, text, published string) (*news.Record, error) {
			return rd.Read(ctx, reader.Input{Text: text, Published: published})
		},
		Analyse:  rd.Model().Analyse,
		Annotate: rd.Model().Annotate,
	}
}
