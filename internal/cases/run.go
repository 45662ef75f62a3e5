package cases

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

// Run reads the cases of all files that match glob and checks each as a
// subtest, named by file and case. read makes the record of a case's text.
func Run(t *testing.T, glob string, read func(context.Context, Case) (*news.Record, error)) {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("no case files match %q (%v)", glob, err)
	}
	for _, file := range files {
		cs, err := ParseFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		base := strings.TrimSuffix(filepath.Base(file), ".cases")
		for _, c := range cs {
			t.Run(base+"/"+c.Name, func(t *testing.T) {
				rec, err := read(t.Context(), c)
				if err != nil {
					t.Fatalf("%s:%d: %v", c.File, c.Line, err)
				}
				for _, f := range c.Check(rec) {
					t.Error(f)
				}
			})
		}
	}
}

// ParseFile reads the cases of one file.
func ParseFile(file string) ([]Case, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Parse(file, f)
}

// Check returns a message for each expectation that the record does not meet:
// where it stands, what it says, and what the record has of that kind.
func (c Case) Check(rec *news.Record) []string {
	v := newView(rec)
	var fails []string
	fail := func(e Expectation, what string, items []item) {
		var b strings.Builder
		fmt.Fprintf(&b, "%s:%d: %s: %s", c.File, e.Line, what, e.Text)
		for _, it := range items {
			fmt.Fprintf(&b, "\n\t%s %s", e.Kind, it)
		}
		if len(items) == 0 {
			fmt.Fprintf(&b, "\n\tthe record has no %s", e.Kind)
		}
		fails = append(fails, b.String())
	}
	for _, e := range c.Expect {
		k := kindNamed(e.Kind)
		items := k.items(v)
		var hits []item
		for _, it := range items {
			if k.has(it, e.Attrs) {
				hits = append(hits, it)
			}
		}
		switch e.Mode {
		case Some:
			if len(hits) == 0 {
				fail(e, "not found", items)
			}
		case None:
			if len(hits) > 0 {
				fail(e, "found", hits)
			}
		case Only:
			var strangers []item
			for _, it := range hits {
				if !c.names(k, it) {
					strangers = append(strangers, it)
				}
			}
			if len(strangers) > 0 {
				fail(e, "found besides", strangers)
			}
		}
	}
	return fails
}

// names reports whether a line of the case asks for the item.
func (c Case) names(k *kind, it item) bool {
	for _, e := range c.Expect {
		if e.Mode == Some && e.Kind == k.name && k.has(it, e.Attrs) {
			return true
		}
	}
	return false
}
