package segment

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// cut returns the tokens of text, a line for each sentence.
func cut(t *testing.T, text string) []string {
	t.Helper()
	tk, err := New()
	if err != nil {
		t.Fatal(err)
	}
	p := tk.Tokens(nil, text, 0, len(text))
	var got []string
	tk.Sentences(text, p, func(from, to int) {
		var words []string
		for _, x := range p[from:to] {
			words = append(words, text[x.Start:x.End])
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

func FuzzTokenise(f *testing.F) {
	for _, s := range []string{
		"It’s $7.2bn. “No!” she said. U.S. Gen. J. Smith’s e-mail: a.b@c.org", "a'b'c'", "1-2-3-4", "No. 5 Nov. 5 p. 5", "\u200b.\u200b’t", "n’t can’t cannot", "http://a.b/(c).", "&A&B$C$",
	} {
		f.Add(s)
	}
	tk, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := tk.Tokens(nil, text, 0, len(text))
		at := 0
		for i, x := range p {
			if x.Start < at || x.End <= x.Start || x.End > len(text) {
				t.Fatalf("token %d is %+v after %d", i, x, at)
			}
			if gap := text[at:x.Start]; strings.TrimSpace(gap) != "" {
				t.Fatalf("%q is in no token", gap)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[x.Start:x.End]) {
				t.Fatalf("token %q cuts a letter in two", text[x.Start:x.End])
			}
			at = x.End
		}
		if strings.TrimSpace(text[at:]) != "" {
			t.Fatalf("%q is in no token", text[at:])
		}
		next := 0
		tk.Sentences(text, p, func(from, to int) {
			if from != next || to <= from || to-from > longestSentence+1 {
				t.Fatalf("sentence %d:%d after %d", from, to, next)
			}
			next = to
		})
		if next != len(p) {
			t.Fatalf("%d tokens are in no sentence", len(p)-next)
		}
	})
}
