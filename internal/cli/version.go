package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/version"
)

func newVersion(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of program, model, codebook and record",
		Example: "  onrecord version",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			m, err := nlp.Embedded()
			if err != nil {
				return fmt.Errorf("load the embedded language model: %w", err)
			}
			fmt.Fprintf(s.out, "onrecord %s%s\nmodel    %s\ncodebook %s\nrecord   %s\n%s %s/%s\n",
				version.Number, revision(), m.Name(), news.Codebook, news.Schema, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// revision is the commit that the program was built from, where the build
// knows it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return " (" + s.Value[:12] + ")"
		}
	}
	return ""
}

// noArgs refuses arguments where a command takes none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{cmd.Name(), fmt.Errorf("%s takes no arguments, but got %q", cmd.Name(), args[0])}
	}
	return nil
}
