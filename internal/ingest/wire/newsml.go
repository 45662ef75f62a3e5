package wire

import (
	"strings"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// readG2 reads the news items of a NewsML-G2 document: one alone, or those that
// a news message carries. Packages, concepts and plans hold no story.
func readG2(root *node) []Item {
	var out []Item
	switch root.name {
	case "newsItem":
		out = append(out, g2Item(root))
	case "newsMessage":
		for _, it := range root.child("itemSet").children("newsItem") {
			if len(out) < maxItems {
				out = append(out, g2Item(it))
			}
		}
	}
	return out
}

func g2Item(n *node) Item {
	meta, content := n.child("itemMeta"), n.child("contentMeta")
	it := Item{
		ID: n.attr("guid"), Version: n.attr("version"), Kind: local(code(meta.child("itemClass"))),
		Published: clean.Date(meta.child("firstCreated").words()), Modified: clean.Date(meta.child("versionCreated").words()),
		Note: notes(meta), Language: content.child("language").attr("tag"),
	}
	if it.Language == "" {
		it.Language = n.attr("lang")
	}
	if e := meta.child("embargoed"); e != nil {
		it.Embargo = embargo(e.words()) // an empty one has no end (Specification, embargoed)
	}
	if withdrawn(code(meta.child("pubStatus"))) {
		it.Action = news.Withdraw
	}
	for _, s := range meta.children("signal") {
		if a := signalled(code(s)); a != "" && it.Action == "" {
			it.Action = a
		}
	}
	it.Title = headlineG2(content, meta)
	it.Publisher = nameOf(meta.child("provider"))
	for _, other := range []*node{content.child("infoSource"), n.path("rightsInfo", "copyrightHolder")} {
		if it.Publisher == "" {
			it.Publisher = nameOf(other)
		}
	}
	it.Authors = authorsG2(content, it.Publisher)
	it.Pieces = bodyG2(n.child("contentSet"), &it)
	if d := content.child("dateline").words(); d != "" && len(it.Pieces) > 0 && !opensWith(it.Pieces[0].Text, d) {
		it.Pieces = append([]clean.Piece{{Kind: news.BlockDateline, Text: d}}, it.Pieces...)
	}
	return it
}

// notes are the agency's words to editors.
func notes(meta *node) string {
	var out []string
	for _, e := range meta.children("edNote") {
		if s := e.words(); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// code is a controlled value in any of the ways that G2 writes one.
func code(n *node) string {
	for _, a := range []string{"qcode", "uri", "literal"} {
		if s := n.attr(a); s != "" {
			return s
		}
	}
	return n.words()
}

// nameOf is the name that an element of a party gives.
func nameOf(n *node) string {
	if s := n.child("name").words(); s != "" {
		return s
	}
	s := n.attr("literal")
	if s == "" && n.attr("qcode") != "" {
		_, s, _ = strings.Cut(n.attr("qcode"), ":")
		s = strings.TrimPrefix(s, "//")
	}
	if strings.ContainsAny(s, "0123456789_/") {
		return "" // a number of a catalogue
	}
	return s
}

// headlineG2 is the main headline, else the title.
func headlineG2(content, meta *node) string {
	best := ""
	for _, h := range content.children("headline") {
		role := local(h.attr("role"))
		if s := h.words(); s != "" && (best == "" || role == "main" || role == "hedline" || role == "headline") {
			best = s
		}
	}
	if best == "" {
		best = meta.child("title").words()
	}
	return best
}

// authorsG2 are the persons that made the story: those of its byline, else its
// creators.
func authorsG2(content *node, publisher string) []string {
	if by := content.child("by").words(); by != "" {
		return bylineNames(by)
	}
	var out []string
	for _, c := range content.children("creator") {
		s := c.child("name").words()
		if s == "" || strings.EqualFold(s, publisher) || len(out) == 20 || isBody(c, s) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// isBody reports whether a creator is a firm or agency: it says so, or its name
// does.
func isBody(c *node, name string) bool {
	if t := local(c.attr("type")); t != "" {
		return t == "organisation" || t == "organization"
	}
	l := strings.ToLower(name)
	for _, w := range []string{"inc", "inc.", "ltd", "llc", "agency", "press", "news", "media", "reuters", "network", "service", "agentur", "solutions"} {
		for _, f := range strings.FieldsFunc(l, func(r rune) bool { return r == ' ' || r == ',' }) {
			if f == w {
				return true
			}
		}
	}
	return false
}

// bodyG2 is the story in the richest form that the content set has.
func bodyG2(set *node, it *Item) []clean.Piece {
	for _, x := range set.children("inlineXML") {
		if root := x.first("nitf"); root != nil {
			if p := nitfBody(root); len(p) > 0 {
				inner := readNITF(root)
				if it.Title == "" {
					it.Title = inner.Title
				}
				if len(it.Authors) == 0 {
					it.Authors = inner.Authors
				}
				it.Lead = inner.Lead
				return p
			}
		}
		if !isXHTML(x) {
			continue // results of sports, prices
		}
		if p := xhtmlBody(x); len(p) > 0 {
			return p
		}
	}
	for _, d := range set.children("inlineData") {
		if enc := d.attr("encoding"); enc != "" {
			continue // packed: a picture
		}
		raw := rawText(d)
		if strings.Contains(strings.ToLower(d.attr("contenttype")), "html") {
			if p := clean.Fragment(raw); len(p) > 0 {
				return p
			}
		}
		if p := clean.Paragraphs(raw); len(p) > 0 {
			return p
		}
	}
	return nil
}

// isXHTML reports whether inline XML is a text: it is said to be one, or opens
// like one.
func isXHTML(x *node) bool {
	if strings.Contains(strings.ToLower(x.attr("contenttype")), "html") {
		return true
	}
	for _, k := range x.kids {
		switch k.name {
		case "":
			continue
		case "html", "body", "div", "section", "article", "p":
			return true
		}
		return false
	}
	return false
}

// rawText is the text below n as it stands.
func rawText(n *node) string {
	var b strings.Builder
	n.gather(&b)
	return b.String()
}

// opensWith reports whether a paragraph already has the dateline.
func opensWith(s, dateline string) bool {
	word, _, _ := strings.Cut(dateline, " ")
	word = strings.TrimRight(word, ",.")
	return len(s) >= len(word) && strings.EqualFold(s[:len(word)], word)
}
