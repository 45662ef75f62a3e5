package rights

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

func TestGate(t *testing.T) {
	g := NewGate([]news.Feed{{ID: "f1", Rights: news.RightsFull}, {ID: "f2", Rights: news.RightsNothing}, {ID: "f3", Rights: news.RightsSnippet}, {ID: "f4"}, {ID: "f5", Rights: "everything"}})
	for feed, want := range map[string]news.Rights{
		"f1": news.RightsFull, "f2": news.RightsNothing, "f3": news.RightsSnippet, "f4": news.RightsSnippet, "f5": news.RightsSnippet, "": news.RightsSnippet, "gone": news.RightsSnippet,
	} {
		if got := g.Of(feed); got != want {
			t.Errorf("%q: %s, want %s", feed, got, want)
		}
	}
	if got := (Gate{}).Of("f1"); got != news.RightsSnippet {
		t.Errorf("a gate that knows no source: %s", got)
	}
}

func TestPassage(t *testing.T) {
	long := strings.Repeat("wörter ", 100)
	for _, c := range []struct {
		rights news.Rights
		in     string
		want   string
	}{
		{news.RightsFull, long, long},
		{news.RightsSnippet, "Short.", "Short."},
		{news.RightsSnippet, strings.Repeat("é", MaxPassage), strings.Repeat("é", MaxPassage)},
		{news.RightsSnippet, strings.Repeat("é", MaxPassage+1), strings.Repeat("é", MaxPassage-1) + "…"},
		{"", long, Passage(news.RightsSnippet, long)},
		{news.RightsNothing, "Short.", ""},
		{news.RightsSnippet, "", ""},
	} {
		if got := Passage(c.rights, c.in); got != c.want {
			t.Errorf("%s of %.20q: %q, want %q", c.rights, c.in, got, c.want)
		}
	}
	got := Passage(news.RightsSnippet, long)
	if n := utf8.RuneCountInString(got); n > MaxPassage || !strings.HasSuffix(got, "wörter…") {
		t.Errorf("%d characters, ending %q", n, got[len(got)-20:])
	}
}

// record is of 40 sentences, each of them a statement.
func record() *news.Record {
	sentence := "The pilots’ union said that the harbour office had counted the crates twice. "
	r := &news.Record{Article: news.Article{ID: "a1", Title: "Crates", Text: strings.Repeat(sentence, 40)}}
	r.Entities = []news.Entity{{ID: "e1", Name: "pilots’ union", Mentions: []news.Mention{{Span: news.Span{Start: 4, End: 19, Text: r.Article.Text[4:19]}}}}}
	for i := range 40 {
		at := i * len(sentence)
		r.Statements = append(r.Statements, news.Statement{ID: "s", Content: []news.Span{{Start: at, End: at + len(sentence) - 1, Text: strings.TrimSpace(sentence)}}})
	}
	return r
}

func TestRecord(t *testing.T) {
	whole := record()
	for _, c := range []struct {
		rights    news.Rights
		most      int // characters of the passages
		mention   string
		title     string
		withholds bool
	}{
		{news.RightsFull, utf8.RuneCountInString(whole.Article.Text), "pilots’ union", "Crates", false},
		{news.RightsSnippet, leastBudget, "pilots’ union", "Crates", true},
		{news.RightsNothing, 0, "", "", true},
	} {
		doc, err := Record(c.rights, record())
		if err != nil {
			t.Fatal(err)
		}
		type plain news.Record
		var got plain
		if err := json.Unmarshal(doc, &got); err != nil {
			t.Fatal(err)
		}
		n, ends := 0, 0
		for _, s := range got.Statements {
			n += utf8.RuneCountInString(s.Content[0].Text)
			ends = s.Content[0].End
		}
		if n > c.most || c.most > 0 && n < c.most/2 {
			t.Errorf("%s: %d characters in passages, at most %d may leave", c.rights, n, c.most)
		}
		if want := utf8.RuneCountInString(whole.Article.Text) - 1; ends != want {
			t.Errorf("%s: the last offset is %d, want %d (code points)", c.rights, ends, want)
		}
		if m := got.Entities[0].Mentions[0].Text; m != c.mention || got.Entities[0].Name != "pilots’ union" || string(got.Article.Title) != c.title {
			t.Errorf("%s: mention %q, name %q, title %q", c.rights, m, got.Entities[0].Name, got.Article.Title)
		}
		if withheld := len(got.Warnings) == 1 && got.Warnings[0].Code == "words_withheld"; withheld != c.withholds {
			t.Errorf("%s: warnings %v", c.rights, got.Warnings)
		}
		if text, ok := Text(c.rights, whole.Article.Text); got.Article.Text != text || ok == c.withholds {
			t.Errorf("%s: text of %d bytes, whole %v", c.rights, len(got.Article.Text), ok)
		}
	}
}
