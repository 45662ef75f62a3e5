package clean

import (
	"context"
	"errors"

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

// MaxText is the most text, in bytes, that one page may hold.
const MaxText = 10 << 20

// ErrTooLarge is returned for a page that holds more than MaxText of text.
var ErrTooLarge = errors.New("more text than one article may have")

func HTML(ctx context.Context, raw []byte, pageURL string) (*Page, error) { return nil, nil }
