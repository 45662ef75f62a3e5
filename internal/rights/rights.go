// Package rights is the gate at the edge of the house: how much of a source's
// words an answer, a feed or a file may hold. What was found out (types, names,
// days, places, numbers, offsets) always may; the words depend on the source.
//
//	full     the text and every passage
//	snippet  a beginning of the text, and short passages
//	nothing  no words of the text, and no headline
package rights

import (
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// What a snippet may hold, in characters.
const (
	// MaxPassage is the longest stretch of words.
	MaxPassage = 300
	// short is a stretch that is no passage but a name, a date, a verb.
	short = 60
	// leastBudget is what the passages of one article may have together, where
	// a quarter of its text is less.
	leastBudget = 1000
)

// Gate knows the rights of each source.
type Gate struct{ of map[string]news.Rights }

// NewGate makes the gate of a store's sources.
func NewGate(feeds []news.Feed) Gate {
	g := Gate{make(map[string]news.Rights, len(feeds))}
	for _, f := range feeds {
		g.of[f.ID] = f.Rights
	}
	return g
}

// Of returns the rights of the articles of a source. What came from none, or
// from one that was removed, is a snippet.
func (g Gate) Of(feed string) news.Rights {
	switch r := g.of[feed]; r {
	case news.RightsFull, news.RightsNothing:
		return r
	}
	return news.RightsSnippet
}

// Text is what may leave of an article's text. whole is false where that is
// not all.
func Text(r news.Rights, text string) (part string, whole bool) {
	part = Passage(r, text)
	return part, part == text
}

// Passage is what may leave of one stretch of words: a quotation, a sentence, a
// headline. What is cut ends with an ellipsis.
func Passage(r news.Rights, words string) string {
	switch r {
	case news.RightsFull:
		return words
	case news.RightsNothing:
		return ""
	}
	return cut(words, MaxPassage)
}

// Record is a record's JSON with the words that may leave. Offsets stay, also of
// words that do not: who has the text can look there. A warning with the code
// "words_withheld" says that it is not whole.
func Record(r news.Rights, record *news.Record) ([]byte, error) {
	doc, err := json.Marshal(record)
	if err != nil || r == news.RightsFull {
		return doc, err
	}
	type plain news.Record // offsets stay code points: the text does not go with them
	var p plain
	if err := json.Unmarshal(doc, &p); err != nil {
		return nil, fmt.Errorf("decode the record: %w", err)
	}
	text := p.Article.Text
	p.Article.Text, _ = Text(r, text)
	p.Article.Title = news.Optional(Passage(r, string(p.Article.Title)))
	b := budget{left: max(utf8.RuneCountInString(text)/4, leastBudget), given: make(map[news.Range]bool)}
	(*news.Record)(&p).EachSpan(func(s *news.Span) {
		if r == news.RightsNothing {
			s.Text = ""
			return
		}
		s.Text = b.passage(*s)
	})
	p.Warnings = append(p.Warnings, news.Warning{
		Code:    "words_withheld",
		Message: fmt.Sprintf("The source allows %s: not all words are here.", name(r)),
	})
	doc, err = json.Marshal(&p)
	if err != nil {
		return nil, fmt.Errorf("encode the record: %w", err)
	}
	return doc, nil
}

func name(r news.Rights) string {
	if r == news.RightsNothing {
		return "no words of its articles to be passed on"
	}
	return "snippets only"
}

// budget keeps passages, which are short each, from adding up to the article.
type budget struct {
	left  int
	given map[news.Range]bool
}

func (b *budget) passage(s news.Span) string {
	words := cut(s.Text, MaxPassage)
	at := news.Range{Start: s.Start, End: s.End}
	n := utf8.RuneCountInString(words)
	if n <= short || b.given[at] {
		return words
	}
	if n > b.left {
		return ""
	}
	b.left -= n
	b.given[at] = true
	return words
}

// cut shortens s to at most n characters, at a word's end where there is one,
// and marks that with an ellipsis.
func cut(s string, n int) string {
	count, space, end := 0, 0, len(s)
	for i, r := range s {
		if count == n-1 {
			end = i
		}
		if count == n {
			if space > end/2 {
				end = space
			}
			return s[:end] + "…"
		}
		if unicode.IsSpace(r) && count < n {
			space = i
		}
		count++
	}
	return s
}
