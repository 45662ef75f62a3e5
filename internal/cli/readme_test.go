package cli_test

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/cli"
)

var update = flag.Bool("update", false, "write the README's output anew")

// The README shows what the program really prints.
func TestReadmeShowsTheRealOutput(t *testing.T) {
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```console\n\\$ onrecord ([^\n]+)\n(.*?)```")
	m := block.FindSubmatchIndex(readme)
	if m == nil {
		t.Fatal("README.md has no console block")
	}
	args := strings.Fields(string(readme[m[2]:m[3]]))
	var out, errb bytes.Buffer
	if code := cli.Main(args, nil, &out, &errb); code != cli.ExitOK {
		t.Fatalf("exit code %d: %s", code, errb.String())
	}
	if *update {
		now := string(readme[:m[4]]) + out.String() + string(readme[m[5]:])
		if err := os.WriteFile("README.md", []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(readme[m[4]:m[5]]), out.String()); diff != "" {
		t.Errorf("run go test ./internal/cli -run Readme -update where this is right (-README +now):\n%s", diff)
	}
}
