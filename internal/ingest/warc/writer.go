package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/onrecord/onrecord/internal/news"
)

// Location is where in a file a record was written.
type Location struct {
	Offset int64 // of the record
	Size   int64 // of the record as it is stored
}

// Writer writes records of WARC 1.1, each a gzip member of its own.
type Writer struct {
	w      io.Writer
	offset int64
	zip    *gzip.Writer // of the last record, to be used again
}

// NewWriter writes to w, which has offset bytes already: 0 for a new file.
func NewWriter(w io.Writer, offset int64) *Writer { return &Writer{w: w, offset: offset} }

// Info writes the record that names who made the file; it belongs first.
func (w *Writer) Info(software string, date time.Time) (Location, error) {
	block := "software: " + oneLine(software) + "\r\nformat: WARC File Format 1.1\r\n"
	return w.write(TypeInfo, "", date, "application/warc-fields", []byte(block), nil)
}

// Capture writes what was received: a response where it came by HTTP, else a
// resource. Encodings that were taken off the body are named in
// X-Crawl-Content-Encoding and X-Crawl-Transfer-Encoding, as Common Crawl does,
// so that header and body agree; cookies are left out. What the record's
// standard fields have no place for is kept in fields of our own
// (Onrecord-Media-Type, Onrecord-Hint), as the standard allows.
//
// A record's id is made from its content: the same capture gives the same
// bytes.
func (w *Writer) Capture(c *news.Capture) (Location, error) {
	var extra []Field
	if c.MediaType != "" {
		extra = append(extra, Field{fieldMedia, c.MediaType})
	}
	hint, err := json.Marshal(c.Hint)
	if err != nil {
		return Location{}, fmt.Errorf("write the hint of %s: %w", c.URL, err)
	}
	if string(hint) != "{}" {
		extra = append(extra, Field{fieldHint, asciiJSON(hint)})
	}
	digest := sha256.Sum256(c.Body)
	extra = append(extra, Field{"WARC-Payload-Digest", "sha256:" + hex.EncodeToString(digest[:])})
	if c.Status == 0 {
		media := c.MediaType
		if media == "" {
			media = "application/octet-stream"
		}
		return w.write(TypeResource, c.URL, c.At, media, c.Body, extra)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", c.Status, http.StatusText(c.Status))
	for line := range strings.SplitSeq(c.Header, "\n") {
		name, value, ok := strings.Cut(strings.TrimRight(line, "\r"), ":")
		if !ok || strings.TrimSpace(name) == "" {
			continue
		}
		switch http.CanonicalHeaderKey(name) {
		case "Content-Length", "Set-Cookie":
			continue
		case "Content-Encoding", "Transfer-Encoding":
			name = "X-Crawl-" + name
		}
		fmt.Fprintf(&b, "%s: %s\r\n", oneLine(name), oneLine(strings.TrimSpace(value)))
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(c.Body))
	b.Write(c.Body)
	return w.write(TypeResponse, c.URL, c.At, "application/http;msgtype=response", b.Bytes(), extra)
}

// Fields of our own in a record's header.
const (
	fieldMedia = "Onrecord-Media-Type"
	fieldHint  = "Onrecord-Hint"
)

// asciiJSON escapes what is not ASCII: other readers of WARC may read a header
// as Latin-1.
func asciiJSON(raw []byte) string {
	var b strings.Builder
	for _, r := range string(raw) {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, "\\u%04x\\u%04x", hi, lo)
		}
	}
	return b.String()
}

// oneLine keeps what comes from a server from opening a field of its own.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == 0 {
			return ' '
		}
		return r
	}, s)
}

func (w *Writer) write(kind, uri string, date time.Time, contentType string, block []byte, extra []Field) (Location, error) {
	digest := sha256.Sum256(block)
	stamp := date.UTC().Format("2006-01-02T15:04:05.000000Z")
	id := sha256.Sum256([]byte(kind + "\n" + uri + "\n" + stamp + "\n" + hex.EncodeToString(digest[:])))
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // a UUID of version 8 (RFC 9562)
	var out bytes.Buffer
	if w.zip == nil {
		w.zip = gzip.NewWriter(&out)
	} else {
		w.zip.Reset(&out)
	}
	z := w.zip
	fmt.Fprintf(z, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%x-%x-%x-%x-%x>\r\nWARC-Date: %s\r\n",
		kind, id[0:4], id[4:6], id[6:8], id[8:10], id[10:16], stamp)
	if uri != "" {
		fmt.Fprintf(z, "WARC-Target-URI: %s\r\n", oneLine(uri))
	}
	fmt.Fprintf(z, "WARC-Block-Digest: sha256:%x\r\n", digest)
	for _, f := range extra {
		fmt.Fprintf(z, "%s: %s\r\n", f.Name, oneLine(f.Value))
	}
	fmt.Fprintf(z, "Content-Type: %s\r\nContent-Length: %d\r\n\r\n", oneLine(contentType), len(block))
	if _, err := z.Write(block); err != nil {
		return Location{}, err
	}
	if _, err := io.WriteString(z, "\r\n\r\n"); err != nil {
		return Location{}, err
	}
	if err := z.Close(); err != nil {
		return Location{}, err
	}
	at := Location{Offset: w.offset, Size: int64(out.Len())}
	n, err := w.w.Write(out.Bytes())
	w.offset += int64(n)
	if err != nil {
		return Location{}, fmt.Errorf("write a WARC record of %s: %w", uri, err)
	}
	return at, nil
}
