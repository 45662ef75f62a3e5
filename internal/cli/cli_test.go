package cli_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/onrecord/onrecord/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"onrecord": func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// The command line as it is typed: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: commands,
	})
}

// commands are those that scripts have beside testscript's own.
var commands = map[string]func(*testscript.TestScript, bool, []string){
	"validrecords": validRecords,
	"exitcode":     exitCode,
	"site":         site,
	"port":         port,
	"get":          get,
	"post":         post,
	"interrupt":    interrupt,
	"eventually":   eventually,
}
