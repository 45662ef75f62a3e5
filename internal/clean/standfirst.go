package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// standfirst finds the lead of an article: the line or two under its title. A
// lead is text that the page shows: an element that is classed as one, or one
// that says what the page's description says. A description that is shown
// nowhere was written for search engines and is no part of the article.
func standfirst(doc *html.Node, meta *metadata) string {
	var described []string
	for _, d := range []string{meta.linked.description, meta.get("og:description"), meta.get("description"), meta.get("twitter:description")} {
		if d = fold(d); wordCount(d, 5) >= 5 {
			described = append(described, d)
		}
	}
	seenTitle := false
	for n := range elements(doc) {
		switch n.DataAtom {
		case atom.H1:
			seenTitle = true
			continue
		case atom.P, atom.H2, atom.H3, atom.Div, atom.Span, atom.Header, atom.Strong, atom.Em, atom.Li:
		default:
			continue
		}
		if n.FirstChild == nil || !hasOwnText(n) || framed(n) {
			continue
		}
		classed := isStandfirstClass(attr(n, "class")+" "+attr(n, "id")+" "+attr(n, "data-testid")+" "+attr(n, "itemprop")) && seenTitle
		if !classed && len(described) == 0 {
			continue
		}
		s := textOf(n)
		if w := wordCount(s, 71); w < 5 || w > 70 {
			continue
		}
		if classed {
			return s
		}
		for _, d := range described {
			if sameWords(s, d) {
				return s
			}
		}
		if n.DataAtom == atom.P && seenTitle && wordCount(s, 41) > 40 {
			break // the article has begun
		}
	}
	return ""
}

// hasOwnText reports whether n or an inline child of it holds text, and n is
// not a mere box around other blocks.
func hasOwnText(n *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && isBlock(c.DataAtom) {
			return false
		}
	}
	return true
}

// isStandfirstClass reports whether one of the class names, or a part of one,
// is a newsroom's word for the lead.
func isStandfirstClass(classes string) bool {
	for _, c := range strings.Fields(strings.ToLower(classes)) {
		for _, w := range []string{"standfirst", "subtitle", "sub-title", "subheadline", "sub-headline", "subhead", "dek", "deck", "strapline", "article-summary", "article__summary",
			"articlesummary", "article-lead", "article__lead", "lead-text", "article-excerpt", "entry-summary", "post-excerpt", "article-description", "article__description", "synopsis", "story-kicker", "article__intro", "article-intro"} {
			if i := strings.Index(c, w); i >= 0 && (i == 0 || !isLetter(c[i-1])) && (i+len(w) == len(c) || !isLetter(c[i+len(w)])) {
				return true
			}
		}
	}
	return false
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' }
