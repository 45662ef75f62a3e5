package web

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// cite is a statement as another text can quote it: speaker, words, outlet, day
// and address. What is not in quotation marks in the article is not put into
// them here.
func (x *reading) cite(s *news.Statement) string {
	who := x.speaker(s)
	if s.Source != nil {
		if e := x.entities[string(s.Source.Entity)]; e != nil && len(e.Roles) > 0 {
			who += " (" + describe(e) + ")"
		}
	}
	if s.Source == nil {
		who = "An unnamed source"
	}
	words := content(s)
	switch {
	case s.Form == news.Direct:
		words = ": “" + strings.Trim(words, `"“”`) + "”"
	case s.Cue != nil:
		words = ", in reported speech (" + oneLine(s.Cue.Text) + "): " + words
	default:
		words = ", in reported speech: " + words
	}
	if s.Polarity == news.Negative {
		words = ", who did not say so" + words
	}
	return citation(who+words, x.Article.Publisher, x.Article.Title, x.Article.Published, x.Article.URL)
}

func (x *reading) citeCount(c news.Count, f figureView) string {
	what := f.Number + " " + string(c.Kind)
	if f.Of != "" {
		what += " (" + f.Of + ")"
	}
	return citation(what+", according to "+f.Source+": “"+oneLine(c.Text)+"”", x.Article.Publisher, x.Article.Title, x.Article.Published, x.Article.URL)
}

// citation ends words with where they stand.
func citation(words string, outlet, title, published, address news.Optional) string {
	words = strings.TrimRight(words, " .")
	var from []string
	for _, p := range []string{string(outlet), day(published)} {
		if p != "" {
			from = append(from, oneLine(p))
		}
	}
	if outlet == "" && title != "" {
		from = append([]string{"“" + oneLine(string(title)) + "”"}, from...)
	}
	if len(from) > 0 {
		words += " — " + strings.Join(from, ", ")
	}
	words += "."
	if isWeb(address) {
		words += " " + string(address)
	}
	return words
}
