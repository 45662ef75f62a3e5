package wire

import (
	"strings"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// readNITF reads a document of the News Industry Text Format (NITF 3.x).
func readNITF(root *node) Item {
	head, data := root.child("head"), root.path("head", "docdata")
	it := Item{
		Kind: "text", ID: data.child("doc-id").attr("id-string"), Version: data.child("du-key").attr("version"),
		Published: clean.Date(data.child("date.issue").attr("norm")),
		Publisher: head.child("pubdata").attr("name"),
	}
	if it.Publisher == "" {
		it.Publisher = data.child("doc.copyright").attr("holder")
	}
	if it.Language = root.attr("lang"); it.Language == "" {
		it.Language = root.child("body").attr("lang")
	}
	for _, h := range head.children("revision-history") {
		it.Modified = clean.Date(h.attr("norm"))
	}
	if release := data.child("date.release").attr("norm"); release != "" && (it.Published == "" || clean.Date(release) > it.Published) {
		it.Embargo = embargo(release)
	}
	it.nitfAction(data)
	bodyHead := root.path("body", "body.head")
	if it.Title = bodyHead.path("hedline", "hl1").words(); it.Title == "" {
		if it.Title = bodyHead.child("hedline").words(); it.Title == "" {
			it.Title = head.child("title").words()
		}
	}
	if it.Publisher == "" {
		it.Publisher = bodyHead.child("distributor").words()
	}
	it.Lead = bodyHead.path("hedline", "hl2").words()
	it.Authors = authorsNITF(bodyHead)
	it.Pieces = nitfBody(root)
	return it
}

// nitfAction reads the status, the message to editors and the correction. A
// status may be meant for another document (management-doc-idref).
func (it *Item) nitfAction(data *node) {
	msg := data.child("ed-msg")
	it.Note = msg.attr("info")
	if withdrawn(data.attr("management-status")) {
		it.Action = news.Withdraw
	}
	if other := data.attr("management-doc-idref"); other != "" && withdrawn(data.attr("management-idref-status")) {
		it.Action, it.About = news.Withdraw, other
	}
	if it.Action == "" {
		it.Action = signalled(msg.attr("msg-type"))
	}
	if c := data.child("correction"); c != nil && it.Action == "" {
		it.Action = news.Correct
		if it.Note == "" {
			it.Note = c.attr("info")
		}
		if other := c.attr("id-string"); other != "" && other != it.ID {
			it.About = other
		}
	}
	if strings.EqualFold(data.attr("management-status"), "embargoed") && it.Embargo.IsZero() {
		it.Embargo = Indefinite
	}
}

// authorsNITF are the persons of the byline.
func authorsNITF(bodyHead *node) []string {
	var out []string
	for _, by := range bodyHead.children("byline") {
		persons := by.children("person")
		for _, p := range persons {
			if s := p.words(); s != "" && len(out) < 20 {
				out = append(out, s)
			}
		}
		if len(persons) > 0 {
			continue
		}
		// By Mara Velin, <byttl>Staff Writer</byttl>
		plain := &node{}
		for _, k := range by.kids {
			if k.name != "byttl" {
				plain.kids = append(plain.kids, k)
			}
		}
		out = append(out, bylineNames(plain.words())...)
	}
	return out
}

// nitfBody cuts the content into pieces, dateline first.
func nitfBody(root *node) []clean.Piece {
	body := root.first("body")
	if body == nil {
		return nil
	}
	c := &pieces{}
	content := body.first("body.content")
	if content == nil {
		return nil
	}
	c.walk(content, "")
	c.flush("")
	if len(c.out) == 0 {
		return nil
	}
	if d := body.path("body.head", "dateline").words(); d != "" && !opensWith(c.out[0].Text, d) {
		c.out = append([]clean.Piece{{Kind: news.BlockDateline, Text: d}}, c.out...)
	}
	// "Reporting by …" at the foot is a credit like any other.
	if t := body.path("body.end", "tagline").words(); t != "" {
		c.out = append(c.out, clean.Piece{Text: t})
	}
	return c.out
}

// xhtmlBody cuts XHTML into pieces.
func xhtmlBody(n *node) []clean.Piece {
	if b := n.first("body"); b != nil {
		n = b
	}
	c := &pieces{}
	c.walk(n, "")
	c.flush("")
	return c.out
}

// pieces gathers the words of inline elements until a block begins or ends.
type pieces struct {
	out  []clean.Piece
	line strings.Builder
}

func (c *pieces) walk(n *node, kind news.BlockKind) {
	for _, k := range n.kids {
		switch k.name {
		case "":
			c.line.WriteString(k.text)
		case "br":
			c.line.WriteByte('\n')
		case "style", "script", "title", "head", "media-reference", "media-metadata", "media-object", "media-producer", "note", "ds", "object", "svg":
		case "media-caption", "figcaption", "caption":
			c.block(k, kind, news.BlockCaption)
		case "hl1", "hl2", "h1", "h2", "h3", "h4", "h5", "h6":
			c.block(k, kind, news.BlockHeading)
		case "p", "div", "block", "blockquote", "bq", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "media", "figure", "section", "article", "hr", "nitf-table", "credit", "fn", "html", "body":
			c.block(k, kind, kind)
		default:
			c.walk(k, kind)
		}
	}
}

// block reads an element that stands on lines of its own.
func (c *pieces) block(n *node, around, kind news.BlockKind) {
	c.flush(around)
	c.walk(n, kind)
	c.flush(kind)
}

func (c *pieces) flush(kind news.BlockKind) {
	s := strings.Join(strings.Fields(c.line.String()), " ")
	c.line.Reset()
	if s != "" {
		c.out = append(c.out, clean.Piece{Kind: kind, Text: s})
	}
}
