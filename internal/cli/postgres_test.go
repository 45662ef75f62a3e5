package cli_test

import (
	"os/exec"
	"regexp"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

// The command line on a store in PostgreSQL: testdata/postgres/*.txtar, each with a
// database of its own at $PG.
func TestPostgresScripts(t *testing.T) {
	server := pgtest.Start(t)
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/postgres",
		Cmds: commands,
		Setup: func(e *testscript.Env) error {
			address, err := server.Database(t.Context())
			e.Setenv("PG", address)
			return err
		},
	})
}

// eventually REGEXP COMMAND ARG...: runs a command until what it prints fits, for
// two minutes at most.
func eventually(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: eventually REGEXP COMMAND ARG...")
	}
	want, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	var out []byte
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		cmd := exec.Command(args[1], args[2:]...)
		cmd.Dir = ts.MkAbs(".")
		cmd.Env = append(cmd.Environ(), "ONRECORD_STORE="+ts.Getenv("ONRECORD_STORE"))
		if out, _ = cmd.CombinedOutput(); want.Match(out) {
			return
		}
	}
	ts.Fatalf("%q does not come to print %s, but\n%s", args[1:], want, out)
}
