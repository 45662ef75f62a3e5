// Package cli is the command line: one file per sub-command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// Main runs the program with the arguments that follow its name and returns
// its exit code.
func Main(args []string, in io.Reader, out, errw io.Writer) int {
	// Go ends a program that writes to a closed stdout by SIGPIPE; caught, the
	// write fails instead, and the command ends in order.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := streams{in, out, errw}
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && err != nil {
		err = errors.Join(context.Canceled, errors.New("interrupted"))
		fmt.Fprintln(errw, "onrecord: interrupted")
		return exitCode(err)
	}
	if err != nil && !quiet(err) {
		fmt.Fprintln(errw, "onrecord: "+message(err))
	}
	return exitCode(err)
}

// message leaves out the marks that are only for the exit code.
func message(err error) string {
	var u usageError
	if errors.As(err, &u) {
		return u.Error() + "\nSee: " + strings.TrimSpace("onrecord "+u.command) + " --help"
	}
	return err.Error()
}

// usageError is an error in the words of a command.
type usageError struct {
	command string
	err     error
}

func (u usageError) Error() string   { return u.err.Error() }
func (u usageError) Unwrap() []error { return []error{u.err, errUsage} }

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "onrecord",
		Short: "Read the news and keep the record",
		Long: `Onrecord reads the news and keeps the record: who said what, and what happened
to whom, where and when, on whose word. Each value leads to the words that say it.`,
		Example: `  onrecord read article.txt --published 2031-05-07
  onrecord read --format jsonl articles/ > records.jsonl
  onrecord read --format html article.html > record.html`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{"", fmt.Errorf("unknown command %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usageError{cmd.Name(), err} })
	root.AddCommand(newRead(s), newExplain(s), newStory(s), newEvent(s), newClaim(s), newFigures(s), newActor(s), newSource(s), newAdd(s), newImport(s), newWatch(s), newServe(s), newDemo(s), newReread(s), newRebuild(s), newForget(s), newDoctor(s), newMigrate(s), newJobs(s), newUser(s), newStats(s),
		newBackup(s), newRestore(s), newExport(s), newSearch(s), newPlot(s), newAlert(s), newRules(s), newEval(s), newSchema(s), newVersion(s))
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "completion":
			c.Example = "  source <(onrecord completion bash)\n  onrecord completion zsh > \"${fpath[1]}/_onrecord\""
			for _, shell := range c.Commands() {
				shell.Example = "  onrecord completion " + shell.Name()
			}
		case "help":
			c.Example = "  onrecord help read"
		}
	}
	return root
}
