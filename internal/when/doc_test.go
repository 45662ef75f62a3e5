package when

import (
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// plainDoc makes an untagged document: paragraphs are blocks, words between
// white space tokens. The grammar must do most of its work on it.
func plainDoc(text string) *nlp.Doc {
	doc := &nlp.Doc{Text: text}
	start := 0
	for start < len(text) {
		end := strings.Index(text[start:], "\n\n")
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		if end > start {
			from := len(doc.Tokens)
			addTokens(doc, start, end)
			if len(doc.Tokens) > from {
				doc.Blocks = append(doc.Blocks, news.Block{Kind: news.BlockParagraph, Range: news.Range{Start: start, End: end}})
				doc.Sentences = append(doc.Sentences, nlp.Sentence{From: from, To: len(doc.Tokens), Block: len(doc.Blocks) - 1})
			}
		}
		start = end + 2
	}
	doc.Index()
	return doc
}

func addTokens(doc *nlp.Doc, start, end int) {
	open := -1
	flush := func(i int) {
		if open >= 0 {
			doc.Tokens = append(doc.Tokens, nlp.Token{Start: open, End: i, Form: doc.Text[open:i], Head: -1})
			open = -1
		}
	}
	for i, r := range doc.Text[start:end] {
		if unicode.IsSpace(r) {
			flush(start + i)
		} else if open < 0 {
			open = start + i
		}
	}
	flush(end)
}
