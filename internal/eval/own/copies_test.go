package own

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCopyPairs holds the set to what it promises: enough of both answers in
// each half, and edits that do edit.
func TestCopyPairs(t *testing.T) {
	table, err := Table("copies")
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := CopyPairs(table)
	if err != nil {
		t.Fatal(err)
	}
	var n [2][2]int // by half and answer
	for _, p := range pairs {
		answer := 0
		if p.Copy {
			answer = 1
		}
		n[p.Story%2][answer]++
		if p.First.Text() == p.Second.Text() {
			t.Errorf("line %d: %s changes nothing", p.Line, p.How)
		}
	}
	for half, answers := range n {
		if answers[0] < 50 || answers[1] < 50 {
			t.Errorf("half %d has %d pairs that are no copies and %d copies; want 50 of each", half, answers[0], answers[1])
		}
	}
	again, err := CopyPairs(table)
	if err != nil || cmp.Diff(pairs, again) != "" {
		t.Errorf("the same table gives other pairs: %v\n%s", err, cmp.Diff(pairs, again))
	}
}

func TestEdits(t *testing.T) {
	r := Report{"Fire", []string{"OSLO (Fjord Wire) — A shed burned, police said.", "“Nobody was in,” said Ola.", "It was old.", "It was red."}}
	other := Report{"Shed gone", []string{"A shed is gone.", "“I liked it,” said Kari.", "The fire took it.", "So it goes."}}
	for name, c := range map[string]struct{ have, want Report }{
		"the end cut":      {cut(r, 0), Report{"Fire", []string{"A shed burned, police said.", "“Nobody was in,” said Ola.", "It was old."}}},
		"the middle cut":   {cut(r, 1), Report{"Fire", []string{"A shed burned, police said.", "“Nobody was in,” said Ola.", "It was red."}}},
		"quotations":       {swapQuotations(r, other), Report{"Fire", []string{r.Paragraphs[0], "“I liked it,” said Ola.", "It was old.", "It was red."}}},
		"words":            {changeWords(r), Report{"Fire", []string{"OSLO (Fjord Wire) — A shed burned, police told reporters.", "“Nobody was in,” stated Ola.", "It was old.", "It was red."}}},
		"a paragraph lent": {borrow(r, other, 1), Report{"Shed gone", []string{"A shed is gone.", "“I liked it,” said Kari.", "It was old.", "The fire took it.", "So it goes."}}},
	} {
		if d := cmp.Diff(c.want, c.have); d != "" {
			t.Errorf("%s (-want +have):\n%s", name, d)
		}
	}
}

func TestCopyPairsRefuses(t *testing.T) {
	for _, table := range []string{
		"0\ta\t-\tTitle", "x\ta\t-\tT\ta ¶ b ¶ c ¶ d", "1\ta\t-\tT\ta ¶ b ¶ c ¶ d",
		"0\ta\t-\tT\ta ¶ b", "0\ta\tb\tT\ta ¶ b ¶ c ¶ d",
	} {
		if _, err := CopyPairs(table); err == nil {
			t.Errorf("%q was read without an error", table)
		}
	}
}
