package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flatten rewrites a page that nests too deep for the parser: the elements that
// carry text and metadata are kept, every other tag is dropped, and nothing is
// nested in anything.
func flatten(source string) string {
	var head, b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	open := atom.Atom(0) // the block that is open
	silent := atom.Atom(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return "<html><head>" + head.String() + "</head><body>" + b.String()
		case html.TextToken:
			if silent == 0 {
				b.WriteString(html.EscapeString(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch {
			case t.DataAtom == atom.Br:
				b.WriteString("<br>")
			case t.DataAtom == atom.Meta || t.DataAtom == atom.Link:
				head.WriteString(t.String())
			case t.DataAtom == atom.Script && strings.Contains(attrOf(t, "type"), "ld+json"), t.DataAtom == atom.Title:
				head.WriteString(t.String())
				if z.Next() == html.TextToken {
					head.Write(z.Raw())
				}
				head.WriteString("</" + t.Data + ">")
			case isSilent(t.DataAtom) && t.DataAtom != atom.Head && t.Type == html.StartTagToken:
				silent = t.DataAtom
			case isBlock(t.DataAtom) && silent == 0:
				if open != 0 {
					b.WriteString("</" + open.String() + ">")
				}
				if open = atom.P; isHeadingTag(t.DataAtom) {
					open = t.DataAtom
				}
				b.WriteString("<" + open.String() + ">")
			}
		case html.EndTagToken:
			t := z.Token()
			switch {
			case t.DataAtom == silent:
				silent = 0
			case isBlock(t.DataAtom) && open != 0 && silent == 0:
				b.WriteString("</" + open.String() + ">")
				open = 0
			}
		}
	}
}

func attrOf(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
