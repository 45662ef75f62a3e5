package said

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

// paragraphsOf makes a block of each paragraph of text.
func paragraphsOf(text string) []news.Block {
	var blocks []news.Block
	at := 0
	for _, p := range strings.Split(text, "\n\n") {
		if p != "" {
			blocks = append(blocks, news.Block{Kind: news.BlockParagraph, Range: news.Range{Start: at, End: at + len(p)}})
		}
		at += len(p) + 2
	}
	return blocks
}

func TestFindQuotes(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // a trailing + marks a quote that the next paragraph goes on with
	}{
		{"curly", "“Go,” he said. “Now.”", []string{"Go,", "Now."}},
		{"straight", `"Go," he said. "Now."`, []string{"Go,", "Now."}},
		{"straight in brackets", `He left ("for good") at noon.`, []string{"for good"}},
		{"doubled apostrophes", "''Go,'' he said.", []string{"Go,"}},
		{"backticks", "``Go,'' he said.", []string{"Go,"}},
		{"guillemets", "«Go», he said.", []string{"Go"}},
		{"low opening mark", "„Go”, he said.", []string{"Go"}},
		{"closing mark at both ends", "He said ”go now” to them.", []string{"go now"}},
		{"single", "‘Go,’ he said.", []string{"Go,"}},
		{"single with an apostrophe inside", "‘I don’t know,’ he said.", []string{"I don’t know,"}},
		{"single with a possessive plural", "‘The miners’ wives came,’ he said.", []string{"The miners’ wives came,"}},
		{"single straight", "'I don't know,' he said.", []string{"I don't know,"}},
		{"apostrophes alone", "It’s the miners’ own fault, isn’t it?", nil},
		{"elided first letter", "The ’90s were hard on ’em.", nil},
		{"nested single", "“He said ‘go’ twice,” she said.", []string{"He said ‘go’ twice,"}},
		{"nested double", "“He said “go” twice,” she said.", []string{"He said “go” twice,"}},
		{"a height", `He is 5'10" tall, or so "they" say.`, []string{"they"}},
		{"unclosed ends with its sentence", "“Go. He left. He said “Now.”", []string{"Go.", "Now."}},
		{"unclosed goes on", "“Go. Now.\n\n“And hurry.”", []string{"Go. Now.+", "And hurry."}},
		{"unclosed does not go on", "“Go. Then he left.\n\nNobody saw him.", []string{"Go."}},
		{"empty", "He typed “” by mistake.", nil},
		{"closing alone", "He left” and came back.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, q := range findQuotes(tt.text, paragraphsOf(tt.text)) {
				s := tt.text[q.start:q.end]
				if q.continues {
					s += "+"
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("quotes of %q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// Quotation marks come from strangers: a text of marks alone must neither take
// long nor go out of bounds.
func TestFindQuotesLinear(t *testing.T) {
	for _, unit := range []string{"“", "”", "\"", "'", "‘a ", "“a ", "’s ", "'' ", "“‘"} {
		text := strings.Repeat(unit, (1<<20)/len(unit))
		start := time.Now()
		findQuotes(text, paragraphsOf(text))
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q repeated to 1 MB took %v", unit, d)
		}
	}
}

func FuzzFindQuotes(f *testing.F) {
	for _, s := range []string{"“Go,” he said. “Now.”", "''a'' \"b\" ‘c’ 'd' «e» `f`", "“a\n\n“b\n\n”c", "’’’‘‘‘", "5'10\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, q := range findQuotes(text, paragraphsOf(text)) {
			if q.open < last || q.start <= q.open || q.end <= q.start || q.close < q.end || q.close > len(text) {
				t.Fatalf("quote out of order or bounds: %+v in %q (last close %d)", q, text, last)
			}
			last = q.close
		}
	})
}
