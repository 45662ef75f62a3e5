package eval_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/eval"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

var update = flag.Bool("update", false, "write the golden metric files anew")

const shared = "../../../shared"

// TestGolden measures a sample of each known set and compares it with
// testdata/SET.golden, to the digit: whoever changes what the program finds
// shows in the same commit what that does to the figures. The full sets are
// measured by make eval.
func TestGolden(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a hundred documents")
	}
	sets, err := eval.Sets()
	if err != nil {
		t.Fatal(err)
	}
	rd, err := reader.New(reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sys := eval.System{
		Read: func(ctx context.Context, text, published string) (*news.Record, error) {
			return rd.Read(ctx, reader.Input{Text: text, Published: published})
		},
		Analyse:  rd.Model().Analyse,
		Annotate: rd.Model().Annotate,
	}
	for _, set := range sets {
		if set.Quick == 0 {
			continue
		}
		t.Run(set.Name, func(t *testing.T) {
			path, ok := set.Locate(shared)
			if !ok {
				t.Skipf("%s is absent: most sets are not part of the repository", path)
			}
			o := set.Options()
			o.First = max(set.Quick, 0)
			s, err := eval.Score(t.Context(), sys, set.Kind, path, o)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, filepath.Join("testdata", set.Name+".golden"), golden(set, s))
		})
	}
}

// golden writes scores for comparison, one metric a line.
func golden(set eval.Set, s eval.Scores) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s, %d documents. Written by: go test ./internal/eval -run Golden -update\n", set.Name, s.Docs)
	for _, m := range s.Metrics {
		switch m.Kind {
		case eval.Computed:
			fmt.Fprintf(&b, "%s\t%.4f\n", m.Name, m.Value())
		case eval.Tally:
			fmt.Fprintf(&b, "%s\t%d\n", m.Name, m.Right)
		case eval.F1:
			fmt.Fprintf(&b, "%s\t%.4f\t%d of %d, %d given\n", m.Name, m.Value(), m.Right, m.Gold, m.Given)
		default:
			fmt.Fprintf(&b, "%s\t%.4f\t%d of %d\n", m.Name, m.Value(), m.Right, m.Gold)
		}
	}
	return b.String()
}

func compare(t *testing.T, file, have string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if have == string(want) {
		return
	}
	old := map[string]string{}
	for line := range strings.Lines(string(want)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "\t")
		old[name] = value
	}
	for line := range strings.Lines(have) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if old[name] != value {
			t.Errorf("%s: have %q, want %q", name, value, old[name])
		}
	}
	t.Errorf("%s differs; if that is meant: go test ./internal/eval -run Golden -update", file)
}
