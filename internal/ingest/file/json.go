package file

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// article is one article in JSON. Fields that are not known are passed over.
type article struct {
	Title     string `json:"title"`
	Text      string `json:"text"`
	URL       string `json:"url"`
	Published string `json:"published"`
	Modified  string `json:"modified"`
	Publisher string `json:"publisher"`
	Authors   names  `json:"authors"`
}

// names is a list of names, or a single one.
type names []string

// UnmarshalJSON takes "Mara Velin" as well as ["Mara Velin"].
func (n *names) UnmarshalJSON(b []byte) error {
	var one string
	if err := json.Unmarshal(b, &one); err == nil {
		*n = nil
		if one != "" {
			*n = names{one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(n))
}

const wanted = "want an array or lines of {title, text, url, published}"

// json reads an array of articles, one article, or one article a line.
func (r *opener) json(name string, in *bufio.Reader, f form) {
	if bom, _ := in.Peek(3); bytes.Equal(bom, []byte("\ufeff")) {
		_, _ = in.Discard(3) // just peeked at
	}
	if f == lines || linewise(in) {
		r.jsonLines(name, in)
		return
	}
	r.jsonValues(name, in)
}

// linewise reports whether the first line is a whole JSON object and others
// follow: then each line is one, and a bad one does not spoil those after it.
func linewise(in *bufio.Reader) bool {
	head, _ := in.Peek(in.Size())
	head = bytes.TrimLeft(head, " \t\r\n")
	i := bytes.IndexByte(head, '\n')
	return i > 0 && head[0] == '{' && json.Valid(head[:i])
}

// jsonLines reads one article a line.
func (r *opener) jsonLines(name string, in *bufio.Reader) {
	given := false
	for n := 1; ; n++ {
		at := fmt.Sprintf("%s:%d", name, n)
		line, long, err := readLine(in, MaxJSON)
		if err != nil && !errors.Is(err, io.EOF) {
			r.fail(at, fmt.Errorf("%w: %w", ErrUnreadable, err))
			return
		}
		switch {
		case long:
			given = true
			r.fail(at, tooLarge(at, MaxJSON, "that is the most for one article"))
		case len(bytes.TrimSpace(line)) > 0:
			given = true
			r.jsonArticle(at, line)
		}
		if r.stopped {
			return
		}
		if err != nil {
			break
		}
	}
	if !given {
		r.fail(name, ErrEmpty)
	}
}

// readLine reads up to the next line feed. Of a line longer than limit nothing
// is kept, and long is true.
func readLine(in *bufio.Reader, limit int) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if !long {
			line = append(line, part...)
			if len(line) > limit {
				line, long = nil, true
			}
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// jsonValues reads an array of articles, or one after the other.
func (r *opener) jsonValues(name string, in *bufio.Reader) {
	src := &counted{in: in}
	dec := json.NewDecoder(src)
	src.grant(0)
	array := false
	if first, err := in.Peek(in.Size()); err == nil || len(first) > 0 {
		array = bytes.HasPrefix(bytes.TrimLeft(first, " \t\r\n"), []byte("["))
	}
	if array {
		if _, err := dec.Token(); err != nil {
			r.fail(name, src.explain(name, dec, err))
			return
		}
	}
	given := false
	for !array || dec.More() {
		src.grant(dec.InputOffset())
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) && !array {
			break
		}
		if err != nil {
			r.fail(name, src.explain(name, dec, err))
			return
		}
		given = true
		start := dec.InputOffset() - int64(len(raw))
		if r.jsonArticle(fmt.Sprintf("%s:%d", name, src.line(start)), raw); r.stopped {
			return
		}
	}
	if array {
		// Past the limit More sees the end of the input; so does a cut file.
		if _, err := dec.Token(); err != nil {
			r.fail(name, src.explain(name, dec, err))
			return
		}
	}
	if !given {
		r.fail(name, ErrEmpty)
	}
}

// jsonArticle reads one article's JSON.
func (r *opener) jsonArticle(name string, raw []byte) {
	if err := validUTF8(name, raw); err != nil {
		r.fail(name, err)
		return
	}
	var a article
	if err := json.Unmarshal(raw, &a); err != nil {
		r.fail(name, badJSON(err))
		return
	}
	it := Item{
		Name: name, Title: strings.TrimSpace(unixText(a.Title)), Text: unixText(a.Text), URL: a.URL,
		Publisher: a.Publisher, Authors: a.Authors,
	}
	if it.Title != "" {
		it.Text = it.Title + "\n\n" + it.Text
	}
	if strings.TrimSpace(it.Text) == "" {
		r.fail(name, fmt.Errorf("%w: neither text nor title; %s", ErrEmpty, wanted))
		return
	}
	if len(it.Text) > MaxText {
		r.fail(name, tooLarge(name, MaxText, "that is the most for one article"))
		return
	}
	if a.Published != "" {
		if it.Published = clean.Date(a.Published); it.Published != "" {
			it.PublishedBasis = news.PublishedGiven
		} else {
			it.Warnings = append(it.Warnings, news.Warning{
				Code:    "date_not_understood",
				Message: fmt.Sprintf("published %q is neither a day (2031-05-07) nor RFC 3339", short(a.Published)),
			})
		}
	}
	it.Modified = clean.Date(a.Modified)
	r.give(it)
}

// badJSON says what is wrong with one article's JSON, and what was wanted.
func badJSON(err error) error {
	var typ *json.UnmarshalTypeError
	var syn *json.SyntaxError
	switch {
	case errors.As(err, &typ) && typ.Field != "":
		return fmt.Errorf("%w: %s is a %s, want a %s", ErrBadJSON, typ.Field, typ.Value, typ.Type)
	case errors.As(err, &typ):
		return fmt.Errorf("%w: found a %s; %s", ErrBadJSON, typ.Value, wanted)
	case errors.As(err, &syn):
		return fmt.Errorf("%w: %w at byte %d; %s", ErrBadJSON, err, syn.Offset, wanted)
	}
	return fmt.Errorf("%w: %w; %s", ErrBadJSON, err, wanted)
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// counted is a reader that knows where lines begin and gives out no more than
// MaxJSON bytes for one article.
type counted struct {
	in     io.Reader
	read   int64
	until  int64
	starts []int64 // offsets of line feeds
}

// errLimit stops the decoder.
var errLimit = errors.New("limit")

func (c *counted) grant(from int64) { c.until = from + MaxJSON }

func (c *counted) Read(p []byte) (int, error) {
	left := c.until - c.read
	if left <= 0 {
		return 0, errLimit
	}
	n, err := c.in.Read(p[:min(int64(len(p)), left)])
	for i, b := range p[:n] {
		if b == '\n' {
			c.starts = append(c.starts, c.read+int64(i))
		}
	}
	c.read += int64(n)
	return n, err
}

// line is the number, from 1, of the line that holds the byte at offset.
func (c *counted) line(offset int64) int {
	n := 1
	lo, hi := 0, len(c.starts)
	for lo < hi {
		mid := (lo + hi) / 2
		if c.starts[mid] < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return n + lo
}

// explain turns an error of the decoder into one with a line.
func (c *counted) explain(name string, dec *json.Decoder, err error) error {
	at := dec.InputOffset()
	var syn *json.SyntaxError
	switch {
	case errors.Is(err, errLimit):
		return tooLarge(fmt.Sprintf("%s:%d", name, c.line(at)), MaxJSON, "that is the most for one article")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: line %d: the file ends in the middle of it; %s", ErrBadJSON, c.line(c.read), wanted)
	case errors.As(err, &syn):
		at = max(at, syn.Offset-1)
	}
	return fmt.Errorf("%w: line %d (byte %d): %w; %s", ErrBadJSON, c.line(at), at, err, wanted)
}
