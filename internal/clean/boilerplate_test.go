package clean

import (
	"bufio"
	"os"
	"testing"
)

// Every pattern of the lexicon must find its own example.
func TestBoilerplateExamples(t *testing.T) {
	lex, err := boilerplates()
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[*entry]bool)
	check := func(es []*entry) {
		for _, e := range es {
			if seen[e] {
				continue
			}
			seen[e] = true
			var v verdict
			words := wordsOf(e.example, maxNotice+1)
			if e.rule == ruleHolds {
				v = lex.judge(e.example, words)
			} else {
				e.apply(e.example, words, &v)
			}
			if v == (verdict{}) {
				t.Errorf("%s pattern does not match its example %q", e.rule, e.example)
			}
		}
	}
	for _, es := range lex.byFirst {
		check(es)
	}
	check(lex.loose)
	check(lex.holds)
	if len(seen) < 150 {
		t.Errorf("%d patterns read, want at least 150", len(seen))
	}
}

// Sentences of articles that begin or read like notices must be left alone.
func TestBoilerplateLeavesContent(t *testing.T) {
	f, err := os.Open("testdata/content.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lex, err := boilerplates()
	if err != nil {
		t.Fatal(err)
	}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		s := sc.Text()
		if s == "" || s[0] == '#' {
			continue
		}
		words := wordsOf(s, maxCaption+1)
		if v := lex.judge(s, words); v.boilerplate || v.kicker || v.edge {
			t.Errorf("content taken for boilerplate: %q", s)
		}
		if isCaption(s, words) {
			t.Errorf("content taken for a caption: %q", s)
		}
		if isCredit(s, words) || isAuthor(s, words) {
			t.Errorf("content taken for a byline: %q", s)
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
}
