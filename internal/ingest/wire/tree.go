package wire

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/onrecord/onrecord/internal/ingest/markup"
)

// Limits on a document.
const (
	MaxDocument = 20 << 20 // bytes
	maxDepth    = 200      // of its elements
	maxNodes    = 500_000
	maxItems    = 10_000
)

// node is an element with its content in order, or a stretch of text.
type node struct {
	name  string // without its namespace; "" for text
	text  string // of a text node
	attrs []xml.Attr
	kids  []*node
}

// parse reads a document of XML. Entities that it declares itself are not
// expanded, so it cannot grow.
func parse(raw []byte) (*node, error) {
	s, err := markup.Decode(raw, "")
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	root := &node{}
	open := []*node{root}
	for n := 0; ; n++ {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
		}
		if n > maxNodes {
			return nil, fmt.Errorf("%w: more than %d parts", ErrTooLarge, maxNodes)
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if len(open) > maxDepth {
				return nil, fmt.Errorf("%w: more than %d elements deep", ErrTooLarge, maxDepth)
			}
			e := &node{name: t.Name.Local, attrs: t.Attr}
			top.kids = append(top.kids, e)
			open = append(open, e)
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			top.kids = append(top.kids, &node{text: string(t)})
		}
	}
	for _, k := range root.kids {
		if k.name != "" {
			return k, nil
		}
	}
	return nil, fmt.Errorf("%w: no element", ErrMalformed)
}

// attr is the value of an attribute, "" where there is none.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// child is the first element of the name directly below, nil where there is
// none.
func (n *node) child(name string) *node {
	if n != nil {
		for _, k := range n.kids {
			if k.name == name {
				return k
			}
		}
	}
	return nil
}

// path goes down by names.
func (n *node) path(names ...string) *node {
	for _, name := range names {
		n = n.child(name)
	}
	return n
}

// children are the elements of the name directly below.
func (n *node) children(name string) []*node {
	var out []*node
	if n != nil {
		for _, k := range n.kids {
			if k.name == name {
				out = append(out, k)
			}
		}
	}
	return out
}

// first is the first element of the name anywhere below, n itself among them.
func (n *node) first(name string) *node {
	if n == nil || n.name == name {
		return n
	}
	for _, k := range n.kids {
		if found := k.first(name); found != nil {
			return found
		}
	}
	return nil
}

// words is all text below, white space folded.
func (n *node) words() string {
	var b strings.Builder
	n.gather(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n *node) gather(b *strings.Builder) {
	if n == nil {
		return
	}
	b.WriteString(n.text)
	for _, k := range n.kids {
		k.gather(b)
		switch k.name {
		case "br", "p", "person", "byttl", "location", "story.date", "hl1", "hl2":
			b.WriteByte(' ')
		}
	}
}
