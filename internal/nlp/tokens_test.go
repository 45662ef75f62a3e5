package nlp

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cut returns the tokens of text, a line for each sentence.
func cut(t *testing.T, text string) []string {
	t.Helper()
	a, err := readAbbreviations(abbreviationTable)
	if err != nil {
		t.Fatal(err)
	}
	tk := tokeniser{a}
	p := tk.pieces(nil, text, 0, len(text))
	var got []string
	sentences(text, p, func(from, to int) {
		var words []string
		for _, x := range p[from:to] {
			words = append(words, text[x.start:x.end])
		}
		got = append(got, strings.Join(words, " "))
	})
	return got
}

func TestTokensAndSentences(t *testing.T) {
	b, err := os.ReadFile("testdata/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range strings.Split(string(b), "\n== ")[1:] {
		name, rest, _ := strings.Cut(c, "\n")
		text, want, ok := strings.Cut(rest, "\n--\n")
		if !ok {
			t.Fatalf("%s: no --", name)
		}
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(strings.Split(strings.TrimSpace(want), "\n"), cut(t, text)); d != "" {
				t.Errorf("%s\n%s", text, d)
			}
		})
	}
}
