package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/what"
)

func newRules(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Check rules of your own, show the built-in ones",
		Long: `Check a folder of rules of your own, and show the built-in tables, whose form they
have (docs/rules.md). A checked folder is then read with onrecord read --rules.`,
		Example: `  onrecord rules check my-rules
  onrecord rules show verbs.tsv`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	check := &cobra.Command{
		Use:   "check DIR...",
		Short: "Check folders of rules: their form, and that each example is coded as its row says",
		Example: `  onrecord rules check my-rules
  onrecord rules check shared-rules my-rules`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{"rules check", errors.New("rules check needs a folder of rules")}
			}
			return checkRules(cmd.Context(), s, args)
		},
	}
	show := &cobra.Command{
		Use:       "show [TABLE]",
		Short:     "List the built-in tables, or print one",
		Example:   "  onrecord rules show\n  onrecord rules show contexts.tsv",
		ValidArgs: tableNames(),
		RunE:      func(_ *cobra.Command, args []string) error { return showRules(s, args) },
	}
	cmd.AddCommand(check, show)
	return cmd
}

// tableNames are the built-in tables, in the order of the alphabet.
func tableNames() []string {
	names, err := fs.Glob(what.BuiltIn(), "*.tsv")
	if err != nil {
		return nil // the only error is a bad pattern
	}
	return names
}

func showRules(s streams, args []string) error {
	if len(args) == 0 {
		for _, name := range tableNames() {
			text, err := fs.ReadFile(what.BuiltIn(), name)
			if err != nil {
				return fmt.Errorf("read the built-in table %s: %w", name, err)
			}
			first, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
			fmt.Fprintf(s.out, "%-14s %s\n", name, first)
		}
		return nil
	}
	for _, name := range args {
		if !strings.HasSuffix(name, ".tsv") {
			name += ".tsv"
		}
		text, err := fs.ReadFile(what.BuiltIn(), name)
		if err != nil {
			return usageError{"rules show", fmt.Errorf("no built-in table %s; there are %s", name, strings.Join(tableNames(), ", "))}
		}
		if _, err := s.out.Write(text); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	return nil
}

// checkRules loads the folders, then reads the example of every row and asks
// whether that very row coded it.
func checkRules(ctx context.Context, s streams, dirs []string) error {
	r, err := loading{rules: dirs}.reader()
	if err != nil {
		return err
	}
	examples := r.RuleExamples()
	missed := 0
	for _, x := range examples {
		// Before a lone sentence, a headline's tenses would apply.
		e, err := r.Explain(ctx, reader.Input{Text: "The agency sent word from the region this week.\n\n" + x.Sentence, Published: "2031-05-08"})
		if err != nil {
			return fmt.Errorf("%s: read the example: %w", x.Position, err)
		}
		if problem := x.Check(e.Events); problem != "" {
			missed++
			fmt.Fprintf(s.out, "%s: %s: %s\n", x.Position, x.Sentence, problem)
		}
	}
	if missed > 0 {
		return fmt.Errorf("%d of %d examples are not coded as their rows say; onrecord explain --rules shows why", missed, len(examples))
	}
	fmt.Fprintf(s.out, "%s: the rules are in order, and all %d examples are coded as their rows say\n", strings.Join(dirs, ", "), len(examples))
	return nil
}
