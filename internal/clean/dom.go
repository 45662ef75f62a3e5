package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attr is the value of an attribute, "" where there is none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// elements yields the elements below root in the order of the page. The parser
// nests at most 512 deep, so the recursion beneath is bounded.
func elements(root *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

// textOf is the text below n with white space folded, without scripts and
// styles.
func textOf(n *html.Node) string {
	var b strings.Builder
	gather(n, &b)
	return fold(b.String())
}

func gather(n *html.Node, b *strings.Builder) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && !isSilent(c.DataAtom):
			if isBlock(c.DataAtom) {
				b.WriteByte(' ')
			}
			gather(c, b)
			if isBlock(c.DataAtom) {
				b.WriteByte(' ')
			}
		}
	}
}

// fold makes every run of the white space that HTML folds one space. A
// non-breaking space is kept: it is the author's.
func fold(s string) string {
	return strings.Trim(strings.Join(strings.FieldsFunc(s, isHTMLSpace), " "), " \u00a0")
}

func isHTMLSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f'
}

// isSilent reports whether an element's text is not shown.
func isSilent(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Select, atom.Textarea, atom.Button, atom.Head, atom.Title, atom.Math:
		return true
	}
	return false
}

// isBlock reports whether an element starts a line of its own.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Pre, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Caption,
		atom.Figure, atom.Figcaption, atom.Hr, atom.Body, atom.Form, atom.Fieldset, atom.Address, atom.Details, atom.Summary, atom.Center, atom.Html:
		return true
	}
	return false
}

func isHeadingTag(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}
