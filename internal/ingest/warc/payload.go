package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// ErrNoPayload is returned for records that hold no page: requests, metadata,
// revisits (which say only that nothing changed) and the like.
var ErrNoPayload = errors.New("the record holds no page")

// ErrEncoding is returned for a page in a compression that is not known.
var ErrEncoding = errors.New("the page's compression is not known")

// Payload is what a record holds: a page or file as it was served.
type Payload struct {
	URL         string
	Date        time.Time
	Status      int         // of HTTP; 200 for what was not served by HTTP
	Header      http.Header // of HTTP; nil for what was not served by HTTP
	ContentType string
	Body        []byte // without transfer and content encoding
	Truncated   string // why the crawler kept only part (WARC-Truncated), "" where it is whole
}

// Payload reads the record's block as a page of at most limit bytes: a
// response, a resource or a conversion.
func (rec *Record) Payload(limit int64) (*Payload, error) {
	p := &Payload{URL: rec.URI, Date: rec.Date, Status: http.StatusOK, Truncated: rec.Header.Get("WARC-Truncated")}
	kind := rec.Header.Get("Content-Type")
	switch rec.Type {
	case TypeResponse:
		if strings.HasPrefix(strings.ToLower(kind), "application/http") || strings.HasPrefix(rec.URI, "http") {
			return p, p.response(rec.Body, limit)
		}
	case TypeResource, TypeConversion:
	default:
		return nil, fmt.Errorf("%w: it is a %s", ErrNoPayload, rec.Type)
	}
	p.ContentType = kind
	var err error
	p.Body, err = readAll(rec.Body, limit)
	return p, err
}

// response reads a message of HTTP/1 and takes the encodings off its body.
// Content-Length is not believed: archives keep bodies whose length is another
// than the header says, decoded by the crawler.
func (p *Payload) response(block io.Reader, limit int64) error {
	in := bufio.NewReader(io.LimitReader(block, limit+MaxHeader))
	head := textproto.NewReader(bufio.NewReader(headOf(in)))
	line, err := head.ReadLine()
	if err != nil {
		return fmt.Errorf("%w: no status line: %w", ErrHeader, err)
	}
	if p.Status, err = parseStatus(line); err != nil {
		return err
	}
	// A malformed line costs the fields behind it, not the page.
	mime, _ := head.ReadMIMEHeader()
	p.Header = http.Header(mime)
	p.ContentType = p.Header.Get("Content-Type")
	var body io.Reader = in
	if strings.EqualFold(strings.TrimSpace(p.Header.Get("Transfer-Encoding")), "chunked") && looksChunked(in) {
		body = httputil.NewChunkedReader(in)
	}
	if body, err = decoded(body, p.Header.Get("Content-Encoding")); err != nil {
		return err
	}
	p.Body, err = readAll(body, limit)
	return err
}

// headOf reads the header of a message, with the empty line that ends it. What
// lies behind stays in the reader.
func headOf(in *bufio.Reader) io.Reader {
	var head []byte
	for len(head) < MaxHeader {
		line, err := in.ReadSlice('\n')
		head = append(head, line...)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) || len(line) > 0 && len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
	}
	return bytes.NewReader(append(head, "\r\n\r\n"...))
}

// parseStatus reads "HTTP/1.1 200 OK".
func parseStatus(line string) (int, error) {
	proto, rest, ok := strings.Cut(line, " ")
	if !ok || !strings.HasPrefix(proto, "HTTP/") {
		return 0, fmt.Errorf("%w: %.40q is no status line", ErrHeader, line)
	}
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.Atoi(code)
	if err != nil || n < 100 || n > 999 {
		return 0, fmt.Errorf("%w: %.40q is no status", ErrHeader, line)
	}
	return n, nil
}

// looksChunked reports whether a body opens with the length of a chunk: some
// archives keep the header and have undone the chunks.
func looksChunked(in *bufio.Reader) bool {
	head, _ := in.Peek(18)
	line, _, ok := bytes.Cut(head, []byte("\n"))
	if !ok {
		return false
	}
	line, _, _ = bytes.Cut(line, []byte(";"))
	_, err := strconv.ParseUint(string(bytes.TrimSpace(line)), 16, 63)
	return err == nil
}

// decoded takes off the content encodings, the last first. A body that is not
// compressed whatever the header says is left as it is.
func decoded(in io.Reader, encodings string) (io.Reader, error) {
	list := strings.Split(encodings, ",")
	if len(list) > 3 {
		return nil, fmt.Errorf("%w: %.60q", ErrEncoding, encodings)
	}
	for i := len(list) - 1; i >= 0; i-- {
		b := bufio.NewReader(in)
		in = b
		head, _ := b.Peek(2)
		var err error
		switch strings.ToLower(strings.TrimSpace(list[i])) {
		case "", "identity":
		case "gzip", "x-gzip":
			if bytes.Equal(head, []byte{0x1f, 0x8b}) {
				in, err = gzip.NewReader(b)
			}
		case "deflate":
			if len(head) == 2 && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
				in, err = zlib.NewReader(b)
			}
		default:
			return nil, fmt.Errorf("%w: %.60q", ErrEncoding, encodings)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrGzip, err)
		}
	}
	return in, nil
}

// readAll reads to the end, or fails above limit bytes: the length before
// decompression says nothing.
func readAll(in io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(in, limit+1))
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%w: more than %d bytes of page", ErrTooLarge, limit)
	}
	if err != nil && len(b) > 0 && errors.Is(err, io.ErrUnexpectedEOF) {
		return b, nil // what there is of a page that was cut off
	}
	return b, err
}
