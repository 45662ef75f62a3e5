package clean

import (
	"context"
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/onrecord/onrecord/internal/clean/trafilatura"
	"github.com/onrecord/onrecord/internal/news"
)

// thin is how many bytes of text an article has at least. Less is a sign that
// the extractor took the wrong part of the page.
const thin = 400

// body finds the paragraphs of the article in a page: by trafilatura's
// algorithm, and only where that finds next to nothing by readability, by the
// body that the page's data gives, and by whatever stands in paragraphs
// (docs/decisions/0004-page-text.md).
func body(ctx context.Context, doc *html.Node, meta *metadata) []piece {
	pieces := piecesOf(trafilatura.Extract(doc))
	if size(pieces) >= thin || ctx.Err() != nil {
		return pieces
	}
	if more := readabilityOf(doc, meta.address("")); size(more) > 2*size(pieces) && readable(more) {
		pieces = more
	}
	if data := paragraphsOf(meta.linked.body); size(data) > 2*size(pieces) {
		pieces = data
	}
	if all := allParagraphs(doc); size(all) > 2*size(pieces) {
		pieces = all
	}
	if !readable(pieces) {
		return nil
	}
	return pieces
}

// readabilityOf is Mozilla's algorithm. It takes longer and more of what is
// around an article, but finds text in layouts that the first does not know.
func readabilityOf(doc *html.Node, address string) []piece {
	u, err := url.Parse(address)
	if err != nil {
		u = nil
	}
	parser := readability.NewParser()
	article, err := parser.ParseDocument(doc, u) // works on a copy
	if err != nil || article.Node == nil {
		return nil // nothing found: the caller has other ways
	}
	return piecesOf(article.Node)
}

// readable reports whether any of the pieces could be a sentence: the labels of
// a menu are not.
func readable(pieces []piece) bool {
	for _, p := range pieces {
		if wordCount(p.text, 8) >= 8 {
			return true
		}
	}
	return false
}

func size(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		n += len(p.text)
	}
	return n
}

// piecesOf cuts the content below n into its paragraphs, headings and captions.
func piecesOf(n *html.Node) []piece {
	c := &cutter{}
	c.walk(n, "")
	c.flush("")
	return c.pieces
}

// cutter gathers inline text until a block begins or ends.
type cutter struct {
	pieces []piece
	line   strings.Builder
	breaks int // <br> in a row
}

func (c *cutter) walk(n *html.Node, kind news.BlockKind) {
	for ch := range n.ChildNodes() {
		// Extractors make elements by name only and leave the atom out.
		tag := atom.Lookup([]byte(ch.Data))
		switch {
		case ch.Type == html.TextNode:
			if strings.TrimFunc(ch.Data, isHTMLSpace) != "" {
				c.breaks = 0
			}
			c.line.WriteString(ch.Data)
		case ch.Type != html.ElementNode || isSilent(tag):
		case tag == atom.Br:
			// Two in a row part paragraphs; one breaks a line of the same.
			if c.breaks++; c.breaks > 1 {
				c.flush(kind)
			} else {
				c.line.WriteByte(' ')
			}
		case isBlock(tag):
			c.flush(kind)
			inner := kind
			switch {
			case isHeadingTag(tag):
				inner = news.BlockHeading
			case tag == atom.Figcaption:
				inner = news.BlockCaption
			}
			c.walk(ch, inner)
			c.flush(inner)
		default:
			c.walk(ch, kind)
		}
	}
}

// flush ends a piece. What repeats the piece before it is dropped: pages for
// phones and desks carry both.
func (c *cutter) flush(kind news.BlockKind) {
	s := fold(c.line.String())
	c.line.Reset()
	c.breaks = 0
	if s == "" || len(c.pieces) > 0 && c.pieces[len(c.pieces)-1].text == s {
		return
	}
	c.pieces = append(c.pieces, piece{kind, s})
}

// paragraphsOf cuts plain text, as JSON-LD gives the body of an article.
func paragraphsOf(s string) []piece {
	var out []piece
	for _, p := range paras(s) {
		if t := fold(s[p.Start:p.End]); t != "" {
			out = append(out, piece{text: t})
		}
	}
	return out
}

// allParagraphs is the last resort: every <p> outside of what frames a page.
func allParagraphs(doc *html.Node) []piece {
	var out []piece
	for n := range elements(doc) {
		if n.DataAtom != atom.P || framed(n) {
			continue
		}
		if s := textOf(n); s != "" {
			out = append(out, piece{text: s})
		}
	}
	return out
}

// framed reports whether n stands in the frame of a page or is not shown.
func framed(n *html.Node) bool {
	for a := range n.Ancestors() {
		switch a.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Dialog, atom.Noscript, atom.Template:
			return true
		}
		if a.DataAtom != 0 && isSilent(a.DataAtom) {
			return true
		}
	}
	return false
}
