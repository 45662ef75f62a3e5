package file

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// sniffed is how much of an input is looked at to tell its form.
const sniffed = 4096

// read reads one input of the form, which is told from the content where it
// is "".
func (r *opener) read(name string, in io.Reader, f form) {
	b := bufio.NewReaderSize(in, 64<<10)
	head, err := b.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		r.fail(name, fmt.Errorf("%w: %w", ErrUnreadable, err))
		return
	}
	if len(head) == 0 {
		r.fail(name, ErrEmpty)
		return
	}
	if f == "" {
		f = sniff(head)
	}
	if err := binary(name, head, f); err != nil {
		r.fail(name, err)
		return
	}
	switch f {
	case jsons, lines:
		r.json(name, b, f)
	case page:
		r.page(name, b)
	default:
		r.plain(name, b, f)
	}
}

// sniff tells the form by the first bytes.
func sniff(head []byte) form {
	s := strings.TrimLeftFunc(string(bytes.TrimPrefix(head, []byte("\ufeff"))), unicode.IsSpace)
	if len(s) > 1 {
		rest := strings.TrimLeftFunc(s[1:], unicode.IsSpace)
		// "[Velin] We will stay." is a transcript, not JSON.
		if s[0] == '{' && strings.HasPrefix(rest, `"`) || s[0] == '[' && (strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "]")) {
			return jsons
		}
	}
	low := strings.ToLower(s)
	for _, p := range []string{"<!doctype html", "<html", "<head", "<body", "<!--", "<?xml"} {
		if strings.HasPrefix(low, p) && (p != "<!--" && p != "<?xml" || strings.Contains(low, "<html")) {
			return page
		}
	}
	return plain
}

// magics are the first bytes of files that are often taken for text.
var magics = []struct{ first, what string }{
	{"%PDF-", "a PDF"},
	{"PK\x03\x04", "a ZIP archive (or a .docx, .odt or .epub)"},
	{"\x1f\x8b", "compressed with gzip"},
	{"\xd0\xcf\x11\xe0", "an old Word document"},
	{"{\\rtf", "an RTF document"},
	{"\x89PNG", "a picture"},
	{"\xff\xd8\xff", "a picture"},
}

// binary reports what is plainly no text.
func binary(name string, head []byte, f form) error {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.first)) {
			return &Error{Name: name, Err: fmt.Errorf("%w: it is %s", ErrBinary, m.what), Mend: "save its text as a .txt or .html file"}
		}
	}
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		if f == page {
			return nil // a page may be UTF-16
		}
		return &Error{Name: name, Err: fmt.Errorf("%w: it is UTF-16", ErrNotUTF8), Mend: "convert it: iconv -f UTF-16 -t UTF-8"}
	}
	if i := bytes.IndexByte(head, 0); i >= 0 && f != page {
		return &Error{Name: name, Err: fmt.Errorf("%w: byte %d is zero", ErrBinary, i)}
	}
	return nil
}

// all reads in to its end, or fails where it is longer than limit bytes.
func all(name string, in io.Reader, limit int, mend string) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if len(raw) > limit {
		return nil, tooLarge(name, limit, mend)
	}
	return raw, nil
}

func tooLarge(name string, limit int, mend string) error {
	return &Error{Name: name, Err: fmt.Errorf("%w: the limit is %d MiB", ErrTooLarge, limit>>20), Mend: mend}
}

const oneArticle = "one file is one article; give many as JSON, one {title, text, url, published} a line"

// plain reads text and Markdown.
func (r *opener) plain(name string, in io.Reader, f form) {
	raw, err := all(name, in, MaxText, oneArticle)
	if err != nil {
		r.fail(name, err)
		return
	}
	if err := validUTF8(name, raw); err != nil {
		r.fail(name, err)
		return
	}
	text := unixText(string(raw))
	if strings.TrimSpace(text) == "" {
		r.fail(name, ErrEmpty)
		return
	}
	it := Item{Name: name, Text: text}
	if f == markdown {
		md := clean.Markdown(text)
		it.Title, it.URL, it.Publisher, it.Authors, it.Blocks = md.Title, md.URL, md.Publisher, md.Authors, md.Blocks
		it.Published, it.Modified = md.Published, md.Modified
		if md.Published != "" {
			it.PublishedBasis = news.PublishedMetadata
		}
	}
	r.give(it)
}

// page reads HTML.
func (r *opener) page(name string, in io.Reader) {
	raw, err := all(name, in, MaxPage, "save the page without pictures in it")
	if err != nil {
		r.fail(name, err)
		return
	}
	p, err := clean.HTML(r.ctx, raw, "")
	if err != nil {
		if errors.Is(err, clean.ErrTooLarge) {
			err = tooLarge(name, clean.MaxText, "the page holds more text than any article")
		}
		r.fail(name, err)
		return
	}
	it := Item{
		Name: name, Text: p.Text, Title: p.Title, URL: p.URL, Publisher: p.Publisher, Authors: p.Authors,
		Published: p.Published, Modified: p.Modified, Blocks: p.Blocks, Warnings: p.Warnings,
	}
	if p.Published != "" {
		it.PublishedBasis = news.PublishedMetadata
	}
	r.give(it)
}

// unixText drops a byte order mark and the carriage returns before line feeds:
// all that is ever changed of a text.
func unixText(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	if strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return s
}

// validUTF8 names the first byte that is not UTF-8.
func validUTF8(name string, raw []byte) error {
	if utf8.Valid(raw) {
		return nil
	}
	for i := 0; i < len(raw); {
		c, n := utf8.DecodeRune(raw[i:])
		if c == utf8.RuneError && n == 1 {
			return &Error{
				Name: name,
				Err:  fmt.Errorf("%w: byte %d (0x%02x), line %d", ErrNotUTF8, i, raw[i], 1+bytes.Count(raw[:i], []byte("\n"))),
				Mend: "convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8",
			}
		}
		i += n
	}
	return nil
}
