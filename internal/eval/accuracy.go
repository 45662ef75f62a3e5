package eval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Report is how docs/accuracy.md is made.
type Report struct {
	File   string // docs/accuracy.md
	Shared string // the folder of shared data, "../shared"
	Date   string // of today, 2031-05-07
	Model  string // name of the language model
	// Final names the sets for final figures that are measured too; "all" is all.
	Final []string
	Jobs  int
	// Progress is told of each set as it begins, or why it is skipped.
	Progress func(set, what string)
}

// Write measures all known sets and writes the report. The section of a set
// that is not there, or only measured for final figures, is kept as the file
// has it, with the date at which it was measured.
func (r Report) Write(ctx context.Context, sys System) error {
	old, err := os.ReadFile(r.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	kept := sections(string(old))
	sets, err := Sets()
	if err != nil {
		return err
	}
	for _, name := range r.Final {
		if name != "all" && !slices.ContainsFunc(sets, func(s Set) bool { return s.Final && s.Name == name }) {
			return fmt.Errorf("%q is no set that is kept for final figures (see internal/eval/sets.tsv)", name)
		}
	}
	var b bytes.Buffer
	b.WriteString(accuracyHead)
	for _, set := range sets {
		path, ok := set.Locate(r.Shared)
		switch {
		case !ok:
			r.Progress(set.Name, "skipped: "+path+" is not there")
			b.WriteString(keep(set, kept[set.Name]))
			continue
		case set.Final && !slices.Contains(r.Final, set.Name) && !slices.Contains(r.Final, "all"):
			r.Progress(set.Name, "skipped: a test part, measured only with --final")
			b.WriteString(keep(set, kept[set.Name]))
			continue
		}
		r.Progress(set.Name, "measuring")
		o := set.Options()
		o.Jobs = r.Jobs
		s, err := Score(ctx, sys, set.Kind, path, o)
		if err != nil {
			return err
		}
		s.Set = set.Name
		writeSection(&b, set, s, fmt.Sprintf("Measured %s with model %s on %s.", r.Date, r.Model, Machine()))
	}
	return os.WriteFile(r.File, b.Bytes(), 0o644)
}

const accuracyHead = `# Accuracy

Measured figures only, written by ` + "`make eval`" + ` (` + "`onrecord eval --write docs/accuracy.md`" + `);
nothing here is entered by hand. All counts are summed over documents. P is precision,
R recall; value is F1 where P and R are given, else the share of those judged that are
right, else a count. The sets lie in ` + "`../shared`" + `, outside the repository, but for the
project's own (internal/eval/own); where one is absent its last measured section stays, with
its date. "Asked" is what the project asks of
itself (internal/eval/asked.tsv). The match rules are those of ` + "`../shared/gold/README.md`" + `;
` + "`onrecord eval --show GOLD`" + ` prints every miss, false alarm and wrong value behind a figure.
`

// sections cuts a report into the sections of its sets.
func sections(report string) map[string]string {
	out := map[string]string{}
	parts := strings.Split("\n"+report, "\n## ")
	for _, p := range parts[1:] {
		name, _, _ := strings.Cut(p, "\n")
		out[name] = "\n## " + strings.TrimRight(p, "\n") + "\n"
	}
	return out
}

func keep(set Set, section string) string {
	if section == "" {
		return fmt.Sprintf("\n## %s\n\n%s Not measured yet.\n", set.Name, set.Note)
	}
	return section
}

func writeSection(b *bytes.Buffer, set Set, s Scores, measured string) {
	part := ""
	if set.Half != "" {
		part = ", " + set.Half + " numbers only"
	}
	fmt.Fprintf(b, "\n## %s\n\n%s Licence: %s. Use: %s. %s%s. %s\n\n", set.Name, set.Note, set.Licence, set.Use, documents(s.Docs), part, measured)
	b.WriteString("| metric | P | R | value | asked | right | gold | given |\n|---|---|---|---|---|---|---|---|\n")
	for _, m := range s.Metrics {
		p, r := m.sides()
		right, gold, given := m.counts()
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", m.Name, p, r, m.format(), against(set.Name, m), right, gold, given)
	}
}

// against writes what is asked of a metric, and whether it is met.
func against(set string, m Metric) string {
	want, ok := asked(set, m.Name)
	if !ok {
		return ""
	}
	word := "met"
	if m.Kind == Tally {
		if m.Value() > want {
			word = "missed"
		}
		return fmt.Sprintf("≤ %.0f, %s", want, word)
	}
	if m.Value() < want {
		word = "missed"
	}
	return fmt.Sprintf("≥ %.2f, %s", want, word)
}
