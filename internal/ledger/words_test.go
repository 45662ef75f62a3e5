package ledger

import (
	"slices"
	"strings"
	"testing"
)

// TestWords holds the table to its form.
func TestWords(t *testing.T) {
	n := 0
	for line := range strings.Lines(wordTable) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || !slices.Contains([]string{"family", "anti", "list", "phrases"}, cells[0]) {
			t.Errorf("line %d: %q", n, line)
			continue
		}
		if cells[0] == "phrases" {
			for _, p := range strings.Split(cells[2], "|") {
				if padded(p) != " "+p+" " {
					t.Errorf("line %d: phrase %q is not folded", n, p)
				}
			}
		}
	}
}

func TestStem(t *testing.T) {
	for _, c := range [][]string{
		{"dump", "dumped", "dumping", "dumps"}, {"shoot", "shot", "shooting"}, {"lock", "locked", "locking"},
		{"accuse", "accused", "accusing"}, {"kill", "killed", "killing", "dead", "died"}, {"stop", "stopped", "stopping"},
	} {
		for _, w := range c[1:] {
			if stem(w) != stem(c[0]) {
				t.Errorf("%s is %s, %s is %s", c[0], stem(c[0]), w, stem(w))
			}
		}
	}
	for _, c := range [][2]string{{"market", "mark"}, {"police", "polic y"}, {"ship", "shop"}} {
		if stem(c[0]) == stem(c[1]) {
			t.Errorf("%s and %s are one", c[0], c[1])
		}
	}
}

func TestFold(t *testing.T) {
	if got := strings.Join(tokens("The Front’s São-Tomé, “market”!"), " "); got != "the front sao-tome market" {
		t.Errorf("%q", got)
	}
}
