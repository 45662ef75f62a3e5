package rights

import (
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// Passages that leave one by one hold no more than the record does.
func TestPassages(t *testing.T) {
	r := record()
	for _, c := range []struct {
		rights      news.Rights
		least, most int
	}{
		{news.RightsFull, 3000, 4000},
		{news.RightsSnippet, leastBudget / 2, leastBudget},
		{news.RightsNothing, 0, 0},
	} {
		p, n := NewPassages(c.rights, r.Article.Text), 0
		for range 2 { // what was given is given again
			n = 0
			for _, s := range r.Statements {
				n += utf8.RuneCountInString(p.Of(s.Content[0]))
			}
		}
		if n < c.least || n > c.most {
			t.Errorf("%s: %d characters, want %d to %d", c.rights, n, c.least, c.most)
		}
	}
	// A name, a date, a verb is no passage, however many of them there are.
	p := NewPassages(news.RightsSnippet, r.Article.Text)
	for i := range 1000 {
		if got := p.Of(news.Span{Start: i, End: i + 5, Text: "Oslo."}); got != "Oslo." {
			t.Fatalf("short words %d: %q", i, got)
		}
	}
}
