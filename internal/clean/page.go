package clean

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/onrecord/onrecord/internal/news"
)

// Page is the article that a web page holds.
type Page struct {
	Title     string
	Lead      string // the standfirst under the title
	Text      string // title, lead and paragraphs, one blank line between them
	Blocks    []news.Block
	Authors   []string
	Publisher string
	URL       string // the canonical one
	Published string // a day or RFC 3339
	Modified  string
	Language  string // ISO 639-1, as the page declares it
	Warnings  []news.Warning
}

// Limits on a page, in bytes.
const (
	MaxPage = 20 << 20 // of HTML
	MaxText = 10 << 20 // of the article's text
)

// ErrTooLarge is returned for a page above a limit.
var ErrTooLarge = errors.New("page too large")

// HTML takes the article out of a web page. Raw is the page as it was served,
// in any character set that it declares; pageURL is where it is from, "" where
// unknown. A page without an article is no error: its Text is empty (or the
// title alone) and a warning says so.
func HTML(ctx context.Context, raw []byte, pageURL string) (*Page, error) {
	if len(raw) > MaxPage {
		return nil, fmt.Errorf("%w: %d bytes of HTML, the limit is %d", ErrTooLarge, len(raw), MaxPage)
	}
	source := decode(raw)
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		// The parser refuses what is nested more than 512 deep. No newsroom
		// writes that, but a hostile or broken page must not go unread.
		if doc, err = html.Parse(strings.NewReader(flatten(source))); err != nil {
			return nil, fmt.Errorf("parse the page: %w", err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	meta := readMetadata(doc)
	p := &Page{Publisher: meta.publisher(), URL: meta.address(pageURL), Modified: meta.modified(), Language: language(meta)}
	p.Title = meta.headline(p.Publisher)
	p.Authors = meta.authors(p.Publisher)
	var other string
	if p.Published, other = meta.published(p.URL); other != "" {
		p.warn("dates_disagree", fmt.Sprintf("the page gives %s as its date, and also %s", p.Published, other))
	}
	pieces := body(ctx, doc, meta)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	pieces = p.head(pieces, standfirst(doc, meta))
	if len(pieces) == 0 {
		p.warn("no_text", "the page holds no article that could be found")
	}
	p.assemble(pieces)
	if len(p.Text) > MaxText {
		return nil, fmt.Errorf("%w: %d bytes of text, the limit is %d", ErrTooLarge, len(p.Text), MaxText)
	}
	return p, nil
}

func (p *Page) warn(code, message string) {
	p.Warnings = append(p.Warnings, news.Warning{Code: code, Message: message})
}

// decode returns the page as UTF-8. A page that is valid UTF-8 is taken for it
// whatever it declares: declarations are wrong more often than that is chance.
func decode(raw []byte) string {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if utf8.Valid(raw) {
		return string(raw)
	}
	enc, _, _ := charset.DetermineEncoding(raw, "")
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		out = raw
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

// language is the declared one, without its region.
func language(m *metadata) string {
	for _, s := range []string{m.language, m.linked.language, m.get("og:locale", "language", "dc.language", "dcterms.language")} {
		s, _, _ = strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
		if s = strings.ToLower(s); len(s) == 2 {
			return s
		}
	}
	return ""
}

// piece is one paragraph, heading or caption found in the page.
type piece struct {
	kind news.BlockKind // "" where the page's form does not tell
	text string
}

// head settles title and lead, and returns the pieces below them.
func (p *Page) head(pieces []piece, lead string) []piece {
	if p.Title == "" && len(pieces) > 0 && pieces[0].kind == news.BlockHeading {
		p.Title = pieces[0].text
	}
	for len(pieces) > 0 && (sameWords(pieces[0].text, p.Title) || sameWords(pieces[0].text, lead)) {
		pieces = pieces[1:]
	}
	for i := range min(len(pieces), 3) {
		if sameWords(pieces[i].text, lead) {
			pieces = append(pieces[:i:i], pieces[i+1:]...)
			break
		}
	}
	// A description that repeats how the article begins is no standfirst.
	if len(pieces) == 0 || sameWords(lead, p.Title) || strings.HasPrefix(pieces[0].text, strings.TrimRight(lead, ".… ")) {
		lead = ""
	}
	p.Lead = lead
	return pieces
}

// assemble makes the text of title, lead and pieces, and its blocks.
func (p *Page) assemble(pieces []piece) {
	var b strings.Builder
	m := &marker{headline: -1}
	add := func(kind, hint news.BlockKind, s string) {
		if s == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(s)
		m.parts = append(m.parts, part{
			para: para{Range: news.Range{Start: start, End: b.Len()}, blank: true, lines: 1}, kind: kind, hint: hint,
		})
	}
	if p.Title != "" {
		m.headline = 0
	}
	add(news.BlockTitle, "", p.Title)
	add(news.BlockLead, "", p.Lead)
	for _, piece := range pieces {
		add("", piece.kind, piece.text)
	}
	p.Text = b.String()
	full := newMarker(p.Text)
	full.parts, full.headline = m.parts, m.headline
	p.Blocks = full.mark()
}
