package clean

import (
	"context"
	"net/url"
	"strings"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/onrecord/onrecord/internal/news"
)

// thin is how many bytes of text an article has at least. Less is a sign that
// the extractor took the wrong part of the page.
const thin = 400

// body finds the paragraphs of the article in a page: by trafilatura's main
// algorithm, and only where that finds next to nothing by its slower
// fallbacks, by the body that the page's data gives, and by whatever stands in
// paragraphs.
func body(ctx context.Context, doc *html.Node, meta *metadata) []piece {
	pieces := extract(doc, meta, false)
	data := paragraphsOf(meta.linked.body)
	// All text in one piece is a sign that it is the data's own, run together.
	if len(pieces) == 1 && len(data) > 1 && size(data)*5 >= size(pieces)*4 {
		pieces = data
	}
	if size(pieces) >= thin || ctx.Err() != nil {
		return pieces
	}
	if more := extract(doc, meta, true); size(more)*4 > size(pieces)*5 && readable(more) {
		pieces = more
	}
	if size(data) > 2*size(pieces) {
		pieces = data
	}
	// On a page this short the extractor may have taken all text there is, its
	// title and menus too, and twice: what stands in paragraphs is better.
	if all := allParagraphs(doc); size(all)*5 > size(pieces)*2 && readable(all) {
		pieces = all
	}
	if !readable(pieces) {
		return nil
	}
	return pieces
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

// extract runs trafilatura. Its reading of dates and titles is not used (see
// metadata), and its scan of the whole page for a date is switched off.
func extract(doc *html.Node, meta *metadata, fallback bool) []piece {
	address, err := url.Parse(meta.address(""))
	if err != nil {
		address = nil
	}
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:     address,
		EnableFallback:  fallback,
		ExcludeComments: true,
		ExcludeTables:   true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil || res == nil || res.ContentNode == nil {
		return nil // nothing found: the caller tries other ways
	}
	return piecesOf(res.ContentNode)
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
