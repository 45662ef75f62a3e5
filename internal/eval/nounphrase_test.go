package eval

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// parsed builds a document of one sentence of words "form/UPOS/head/relation",
// heads counted from 1.
func parsed(words string) *nlp.Doc {
	doc := &nlp.Doc{Sentences: []nlp.Sentence{{}}, Blocks: []news.Block{{Kind: news.BlockParagraph}}}
	for _, w := range strings.Fields(words) {
		col := strings.Split(w, "/")
		head := -1
		for _, r := range col[2] {
			head = max(head, 0)*10 + int(r-'0')
		}
		t := nlp.Token{Start: len(doc.Text), End: len(doc.Text) + len(col[0]), Form: col[0], UPOS: col[1], Head: head - 1, Deprel: col[3]}
		if col[0] == "'s" {
			t.XPOS = "POS"
		}
		doc.Text += col[0] + " "
		doc.Tokens = append(doc.Tokens, t)
	}
	doc.Sentences[0].To = len(doc.Tokens)
	doc.Blocks[0].End = len(doc.Text)
	doc.Index()
	return doc
}

// A mention is widened to what OntoNotes would mark, and no further.
func TestNounPhrase(t *testing.T) {
	doc := parsed("U.S./PROPN/2/compound President/PROPN/6/nmod:poss Odd/PROPN/2/flat Lien/PROPN/2/flat 's/PART/2/case aides/NOUN/7/nsubj " +
		"met/VERB/0/root in/ADP/10/case the/DET/10/det town/NOUN/7/obl of/ADP/12/case Rosk/PROPN/10/nmod and/CCONJ/16/cc a/DET/16/det Norse/ADJ/16/amod team/NOUN/10/conj")
	for _, tt := range []struct{ mention, want string }{
		{"Odd Lien", "U.S. President Odd Lien 's"},
		{"U.S.", "U.S."},
		{"aides", "U.S. President Odd Lien 's aides"},
		{"town", "the town of Rosk"},
		{"Rosk", "Rosk"},
		{"team", "a Norse team"},
		{"Norse", ""},
	} {
		at := strings.Index(doc.Text, tt.mention)
		r, ok := nounPhrase(doc, news.Range{Start: at, End: at + len(tt.mention)})
		if got := doc.Text[r.Start:r.End]; ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.mention, got, ok, tt.want)
		}
	}
	// A predicate is widened to its own phrase, not to its clause.
	doc = parsed("Lien/PROPN/4/nsubj is/AUX/4/cop the/DET/4/det head/NOUN/0/root of/ADP/7/case the/DET/7/det port/NOUN/4/nmod")
	if r, _ := nounPhrase(doc, news.Range{Start: strings.Index(doc.Text, "head"), End: strings.Index(doc.Text, "head") + 4}); doc.Text[r.Start:r.End] != "the head of the port" {
		t.Errorf("predicate: %q", doc.Text[r.Start:r.End])
	}
}
