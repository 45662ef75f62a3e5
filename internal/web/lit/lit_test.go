package lit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/web/lit"
)

const text = "Ferries stop\n\nThe union said four men were hurt in the blast."

func span(words string) news.Span {
	at := strings.Index(text, words)
	return news.Span{Start: at, End: at + len(words), Text: words}
}

func record() *news.Record {
	return &news.Record{
		Article: news.Article{Text: text, Blocks: []news.Block{
			{Kind: news.BlockTitle, Range: news.Range{Start: 0, End: 12}},
			{Kind: news.BlockParagraph, Range: news.Range{Start: 14, End: len(text)}},
		}},
		Entities:   []news.Entity{{ID: "e1", Mentions: []news.Mention{{Span: span("The union")}, {Span: span("men")}}}},
		Statements: []news.Statement{{ID: "s1", Content: []news.Span{span("four men were hurt in the blast")}}},
		Events:     []news.Event{{ID: "v1", Trigger: span("blast"), Counts: []news.Count{{ID: "c1", Span: span("four men")}}}},
	}
}

// The parts are the text again, and each is lit by all that rests on it.
func TestBlocks(t *testing.T) {
	got := lit.Blocks(record(), news.Range{})
	want := []lit.Block{
		{Kind: news.BlockTitle, Parts: []lit.Part{{Text: "Ferries stop"}}},
		{Kind: news.BlockParagraph, Parts: []lit.Part{
			{Text: "The union", Kinds: []lit.Kind{lit.Name}, Leads: "e1", Anchors: []string{"e1"}},
			{Text: " said "},
			{Text: "four ", Kinds: []lit.Kind{lit.Statement, lit.Count}, Leads: "v1-c1", Anchors: []string{"s1", "v1-c1"}, Begins: []string{"s1"}},
			{Text: "men", Kinds: []lit.Kind{lit.Statement, lit.Name, lit.Count}, Leads: "v1-c1"},
			{Text: " were hurt in the ", Kinds: []lit.Kind{lit.Statement}},
			{Text: "blast", Kinds: []lit.Kind{lit.Statement, lit.Event}, Leads: "v1", Anchors: []string{"v1"}},
			{Text: "."},
		}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Spans that no text has, as a damaged record may, light nothing.
func TestBlocksOfDamage(t *testing.T) {
	r := record()
	r.Statements[0].Content = []news.Span{{Start: -4, End: 7}, {Start: 50, End: 900}, {Start: 9, End: 3}}
	r.Article.Blocks = append(r.Article.Blocks, news.Block{Range: news.Range{Start: 10, End: 5000}}, news.Block{Range: news.Range{Start: -1, End: 4}})
	blocks := lit.Blocks(r, news.Range{})
	if len(blocks) != 2 {
		t.Fatalf("%d blocks", len(blocks))
	}
	for _, p := range blocks[1].Parts {
		if len(p.Begins) > 0 {
			t.Errorf("a statement begins at %q", p.Text)
		}
	}
}

func TestLines(t *testing.T) {
	l := lit.NewLines("a\nb\n\nc")
	for offset, want := range map[int]int{0: 1, 1: 1, 2: 2, 4: 3, 5: 4, 6: 4} {
		if got := l.Of(offset); got != want {
			t.Errorf("byte %d: line %d, want %d", offset, got, want)
		}
	}
}

// The stretch that a link asks for is marked within what it lies in.
func TestAsked(t *testing.T) {
	at := span("men were")
	var got string
	for _, b := range lit.Blocks(record(), news.Range{Start: at.Start, End: at.End}) {
		for _, p := range b.Parts {
			if slices.Contains(p.Kinds, lit.Asked) {
				got += p.Text
			}
			if slices.Contains(p.Anchors, "asked") && p.Text != "men" {
				t.Errorf("it is said to begin at %q", p.Text)
			}
		}
	}
	if got != "men were" {
		t.Errorf("%q is marked", got)
	}
}
