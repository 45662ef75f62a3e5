package clean

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord/internal/news"
)

// Piece is one paragraph, heading, caption or byline of an article whose source
// tells its parts: a wire format, or the full text in a feed. Kind is "" where
// the source does not say what the piece is; its words then decide.
type Piece struct {
	Kind news.BlockKind
	Text string
}

// Fragment cuts a piece of HTML that holds an article and nothing around it
// into its paragraphs.
func Fragment(s string) []Piece {
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		if doc, err = html.Parse(strings.NewReader(flatten(s))); err != nil {
			return nil
		}
	}
	var out []Piece
	for _, p := range piecesOf(doc) {
		out = append(out, Piece{p.kind, p.text})
	}
	return out
}

// Paragraphs cuts plain text into its paragraphs.
func Paragraphs(s string) []Piece {
	var out []Piece
	for _, p := range paragraphsOf(s) {
		out = append(out, Piece{p.kind, p.text})
	}
	return out
}

// Compose makes the text of an article from its pieces, one blank line between
// them, and its blocks. A first piece that repeats the title or the lead is left
// out.
func Compose(title, lead string, pieces []Piece) (text string, blocks []news.Block) {
	p := &Page{Title: fold(title)}
	rest := make([]piece, 0, len(pieces))
	for _, one := range pieces {
		rest = append(rest, piece{one.Kind, fold(one.Text)})
	}
	p.assemble(p.head(rest, fold(lead)))
	return p.Text, p.Blocks
}
