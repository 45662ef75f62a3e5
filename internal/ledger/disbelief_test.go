package ledger_test

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
)

// TestDisbelief: that somebody does not believe another is told without a
// statement as often as with one.
func TestDisbelief(t *testing.T) {
	for _, c := range []struct {
		name, text, who string // who doubts; "" for nobody
	}{
		{"a clause about the group", "Red Kestrel said that it had bombed the depot. City Police do not believe the group that says it did it. ", "City Police"},
		{"the claim as the object", "Red Kestrel said that it had bombed the depot. City Police doubt the claim about the depot. ", "City Police"},
		{"an adjective", "Red Kestrel said that it had bombed the depot. City Police are sceptical of Red Kestrel. ", "City Police"},
		{"another verb", "Red Kestrel said that it had bombed the depot. Officers of City Police cast doubt on the account of the depot. ", "City Police"},
		{"no doubt at all", "Red Kestrel said that it had bombed the depot. City Police have no doubt about the claim. ", ""},
		{"nothing that was said", "Red Kestrel said that it had bombed the depot. City Police doubted that rain would come. ", ""},
		{"nobody who doubts", "Red Kestrel said that it had bombed the depot. Few doubted the claim. ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := text("x", "2031-06-03", "x", c.text)
			w.entity("k", "Red Kestrel", news.Group).entity("p", "City Police", news.Organisation)
			for i := range w.Record.Entities {
				e := &w.Record.Entities[i]
				e.Mentions = nil
				for at := 0; ; at++ {
					n := strings.Index(c.text[at:], e.Name)
					if n < 0 {
						break
					}
					at += n
					e.Mentions = append(e.Mentions, news.Mention{Span: news.Span{Start: at, End: at + len(e.Name), Text: e.Name}, Kind: news.MentionName})
				}
			}
			if at := strings.Index(c.text, "the group"); at >= 0 {
				w.Record.Entities[0].Mentions = append(w.Record.Entities[0].Mentions, news.Mention{Span: w.span("the group"), Kind: news.MentionNominal})
			}
			w.says("s1", "k", news.ClaimResponsibility, "it had bombed the depot", about("k"))
			s := build(t, ledger.Corrections{}, w)
			doubts := ""
			contested := false
			for _, c := range s.Claims {
				contested = contested || c.Contested
				for _, st := range c.Stances {
					if st.Kind == news.Doubts {
						doubts = st.Source.Name
					}
				}
			}
			if doubts != c.who || contested != (c.who != "") {
				t.Errorf("%q doubts, contested %v; want %q", doubts, contested, c.who)
			}
		})
	}
}
