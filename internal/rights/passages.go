package rights

import (
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// Passages are what may leave of the stretches of one article's text, where they
// leave one by one and not in its record. Together they hold no more of the text
// than Record would give, however many are asked for.
type Passages struct {
	rights news.Rights
	budget budget
}

// NewPassages begins the account of one article.
func NewPassages(r news.Rights, text string) *Passages {
	return &Passages{r, budget{left: max(utf8.RuneCountInString(text)/4, leastBudget), given: make(map[news.Range]bool)}}
}

// Of is what may leave of one stretch: all of it, a part that ends with an
// ellipsis, or nothing.
func (p *Passages) Of(s news.Span) string {
	switch p.rights {
	case news.RightsFull:
		return s.Text
	case news.RightsNothing:
		return ""
	}
	return p.budget.passage(s)
}

// Rights are the article's.
func (p *Passages) Rights() news.Rights { return p.rights }
