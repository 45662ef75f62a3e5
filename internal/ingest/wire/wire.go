// Package wire reads what news agencies send: ninjs 1.x to 3.x, NewsML-G2 and
// NITF, the formats of the IPTC (https://iptc.org/standards/), with their
// versions, embargoes, corrections and kills.
package wire

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// Reasons why a document is not read.
var (
	ErrMalformed = errors.New("the wire document is malformed")
	ErrTooLarge  = errors.New("the wire document is too large")
	ErrUnknown   = errors.New("the document is of no wire format that is known")
	ErrNoText    = errors.New("the wire document holds no text")
)

// Item is one version of one story, or word of what became of it.
type Item struct {
	// ID names the story in all its versions: a guid or uri, "" where the
	// document has none.
	ID      string
	Version string // as the agency counts: "3"; "" where it does not say
	Kind    string // "text", "picture", "composite" …; "" where it does not say

	Action news.Action
	// Embargo is the moment before which nothing of it may be shown: zero where
	// there is none, Indefinite where it has one without an end.
	Embargo time.Time
	Note    string // the agency's, to editors
	// About is the story that Action is meant for where it is another than
	// this one: a kill may be a document of its own.
	About string

	Title     string
	Lead      string
	Pieces    []clean.Piece
	Authors   []string
	Publisher string
	Language  string // ISO 639-1
	// Published is when the story first came, or when its embargo ends, which is
	// the day that its words are written for.
	Published string
	Modified  string // when this version came
}

// Indefinite is the end of an embargo of which only the agency will say when it
// ends.
var Indefinite = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// Format is a wire format.
type Format string

// The formats, as media types.
const (
	Ninjs    Format = "application/vnd.iptc.ninjs+json"
	NewsMLG2 Format = "application/vnd.iptc.g2.newsitem+xml"
	NITF     Format = "application/nitf+xml"
)

// Sniff tells the format of a document by its content, "" where it is none of
// them.
func Sniff(raw []byte) Format {
	head := raw[:min(len(raw), 4096)]
	if t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"); len(t) > 0 && t[0] == '{' {
		if sniffNinjs(raw) {
			return Ninjs
		}
		return ""
	}
	// The first element decides; a page of HTML may speak of NITF.
	for rest := head; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 || i+1 >= len(rest) {
			return ""
		}
		rest = rest[i+1:]
		if rest[0] == '?' || rest[0] == '!' {
			continue
		}
		name := string(rest)
		if i := strings.IndexAny(name, " \t\r\n>/"); i >= 0 {
			name = name[:i]
		}
		if i := strings.IndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
		switch name {
		case "nitf":
			return NITF
		case "newsItem", "newsMessage", "packageItem", "knowledgeItem", "conceptItem", "planningItem", "catalogItem":
			return NewsMLG2
		}
		return ""
	}
}

// Read reads the stories of a document. One without any text that could be read
// is an error that wraps ErrNoText, ErrUnknown, ErrMalformed or ErrTooLarge.
func Read(raw []byte) ([]Item, error) {
	if len(raw) > MaxDocument {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, len(raw), MaxDocument)
	}
	var items []Item
	var err error
	switch Sniff(raw) {
	case Ninjs:
		items, err = readNinjs(raw)
	case NewsMLG2, NITF:
		var root *node
		if root, err = parse(raw); err != nil {
			return nil, err
		}
		items = readXML(root)
	default:
		return nil, ErrUnknown
	}
	if err != nil {
		return nil, err
	}
	var out []Item
	for i := range items {
		it := &items[i]
		it.settle()
		if it.Action == news.Withdraw || len(it.Pieces) > 0 {
			out = append(out, *it)
		}
	}
	if len(out) == 0 {
		return nil, ErrNoText
	}
	return out, nil
}

func readXML(root *node) []Item {
	if root.name == "nitf" {
		return []Item{readNITF(root)}
	}
	return readG2(root)
}

// settle decides what follows from several fields together.
func (it *Item) settle() {
	if it.Action == "" {
		it.Action = actionOf(it.Note, it.Title)
	}
	if it.Published == "" {
		it.Published = it.Modified
	}
	if !it.Embargo.IsZero() && it.Embargo != Indefinite {
		ends := it.Embargo.Format(time.RFC3339)
		if t, err := time.Parse(time.RFC3339, it.Published); err == nil && it.Embargo.After(t) || err != nil && ends > it.Published {
			it.Published = ends
		}
	}
	if it.Modified == it.Published {
		it.Modified = ""
	}
	it.Language, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(it.Language, "_", "-")), "-")
	if len(it.Language) != 2 {
		it.Language = ""
	}
}

// Text makes the article's text and its blocks.
func (it *Item) Text() (string, []news.Block) { return clean.Compose(it.Title, it.Lead, it.Pieces) }
