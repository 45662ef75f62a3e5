package cli_test

import (
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// port NAME: sets $NAME to a port of this machine that nobody listens on.
func port(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: port NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
	ts.Check(l.Close())
}

// get URL REGEXP: asks for the address until the answer fits, for two minutes at
// most; whoever serves it may have begun just now.
func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: get URL REGEXP")
	}
	want, err := regexp.Compile(args[1])
	ts.Check(err)
	last := ""
	for range 1200 {
		if last = body(args[0]); want.MatchString(last) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	ts.Fatalf("%s does not answer with %s, but with\n%s", args[0], want, last)
}

func body(url string) string {
	res, err := http.Get(url)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// post URL FILE REGEXP: sends a file of JSON, and wants an answer that fits.
func post(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: post URL FILE REGEXP")
	}
	want, err := regexp.Compile(args[2])
	ts.Check(err)
	res, err := http.Post(args[0], "application/json", strings.NewReader(ts.ReadFile(args[1])))
	ts.Check(err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	ts.Check(err)
	if !want.Match(raw) {
		ts.Fatalf("%s answers %s to %s, want %s", args[0], raw, args[1], want)
	}
}

// interrupt NAME: Ctrl-C for all commands in the background.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: interrupt NAME")
	}
	for _, c := range ts.BackgroundCmds() {
		_ = c.Process.Signal(os.Interrupt) // one that has ended already
	}
}
