package what_test

import (
	"bufio"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/reader"
)

// sentence is one example of the codebook, or one of its look-alikes.
type sentence struct {
	line      int
	typ, mode string // of the section that it stands in
	text      string
	lookAlike bool
	instead   string // the type that a look-alike is coded by, "none" for no event
}

var lookAlike = regexp.MustCompile(`^(.*) \(([A-Z]+|none)\)$`)

// codebookSentences reads the sentences of docs/codebook.md: "- yes: …" and
// "- no: … (TYPE)" below "### TYPE mode".
func codebookSentences(t *testing.T) (all []sentence, sections map[string][2]int) {
	t.Helper()
	f, err := os.Open("../../docs/codebook.md")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sections = map[string][2]int{}
	typ, mode := "", ""
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if head, ok := strings.CutPrefix(text, "### "); ok {
			typ, mode, _ = strings.Cut(head, " ")
			sections[strings.TrimSpace(typ+" "+mode)] = [2]int{}
			continue
		}
		key := strings.TrimSpace(typ + " " + mode)
		count := sections[key]
		if yes, ok := strings.CutPrefix(text, "- yes: "); ok {
			all = append(all, sentence{line: n, typ: typ, mode: mode, text: yes})
			count[0]++
		} else if no, ok := strings.CutPrefix(text, "- no: "); ok {
			m := lookAlike.FindStringSubmatch(no)
			if m == nil {
				t.Fatalf("docs/codebook.md:%d: a look-alike that does not say what it is: %s", n, no)
			}
			all = append(all, sentence{line: n, typ: typ, mode: mode, text: m[1], lookAlike: true, instead: m[2]})
			count[1]++
		}
		if typ != "" {
			sections[key] = count
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all, sections
}

// Every type and mode of the table has two examples and two look-alikes in
// docs/codebook.md.
func TestCodebookIsWhole(t *testing.T) {
	_, sections := codebookSentences(t)
	table, err := os.ReadFile("rules/codebook.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		cell := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(cell) < 5 {
			continue
		}
		key := strings.TrimSuffix(cell[0]+" "+cell[1], " -")
		if count, ok := sections[key]; !ok || count[0] < 2 || count[1] < 2 {
			t.Errorf("docs/codebook.md has %d examples of %s and %d look-alikes, want 2 and 2", count[0], key, count[1])
		}
	}
}

// The examples of docs/codebook.md are coded as it says, and so are the
// look-alikes.
func TestCodebookSentences(t *testing.T) {
	r := load(t)
	all, _ := codebookSentences(t)
	for _, s := range all {
		// Before a lone sentence, a headline's tenses would apply.
		text := "The agency sent word from the region this week.\n\n" + s.text
		rec, err := r.Read(context.Background(), reader.Input{Text: text, Published: "2031-05-08"})
		if err != nil {
			t.Fatal(err)
		}
		var have []string
		own, instead := false, s.instead == "none" && len(rec.Events) == 0
		for _, e := range rec.Events {
			have = append(have, strings.TrimSpace(string(e.Type)+" "+string(e.Mode)))
			own = own || string(e.Type) == s.typ && (s.mode == "" || string(e.Mode) == s.mode)
			instead = instead || string(e.Type) == s.instead
		}
		switch {
		case !s.lookAlike && !own:
			t.Errorf("docs/codebook.md:%d: no %s %s in %q: %q", s.line, s.typ, s.mode, s.text, have)
		case s.lookAlike && (own || !instead):
			t.Errorf("docs/codebook.md:%d: %q is %q, and not only %s", s.line, s.text, have, s.instead)
		}
	}
}
