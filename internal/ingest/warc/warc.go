// Package warc reads and writes WARC files (ISO 28500, versions 1.0 and 1.1),
// plain or compressed with gzip, as web archives and crawlers keep them.
//
// Reading is streaming: memory does not grow with the file, and a record's
// place in the file is known, so that it can be read again by itself. What is
// damaged is reported and passed over; reading goes on at the next record.
package warc

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Types of record (ISO 28500, 6).
const (
	TypeInfo         = "warcinfo"
	TypeResponse     = "response"
	TypeResource     = "resource"
	TypeRequest      = "request"
	TypeMetadata     = "metadata"
	TypeRevisit      = "revisit"
	TypeConversion   = "conversion"
	TypeContinuation = "continuation"
)

// Limits. A record above one is passed over with a *DamageError.
const (
	MaxHeader = 64 << 10  // bytes of one record's named fields
	MaxRecord = 256 << 20 // bytes of one record's block, decompressed, where Options say nothing
	maxBlank  = 64        // bytes of line ends tolerated between two records
	maxFields = 1000      // of one record
)

// Reasons why a record is passed over. A *DamageError wraps one of them, or an
// error of the source.
var (
	ErrNotWARC   = errors.New("no WARC record begins here")
	ErrHeader    = errors.New("the record's header cannot be read")
	ErrLength    = errors.New("the record's length is wrong")
	ErrTruncated = errors.New("the file ends inside the record")
	ErrTooLarge  = errors.New("the record is too large")
	ErrGzip      = errors.New("the compressed data is damaged")
)

// DamageError says that a record could not be read and where it begins. The
// next call of Next goes on behind it.
type DamageError struct {
	Offset int64 // in the file
	Err    error
}

// Error gives offset and reason.
func (e *DamageError) Error() string { return fmt.Sprintf("record at byte %d: %v", e.Offset, e.Err) }

// Unwrap returns the reason.
func (e *DamageError) Unwrap() error { return e.Err }

// Field is one named field of a record's header.
type Field struct{ Name, Value string }

// Header is the named fields of a record in their order.
type Header []Field

// Get returns the first value of the name, "" where there is none. Case does
// not count.
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Record is one record of a WARC file. Its block is read from Body, which ends
// where the record ends and is good until the next call of Next.
type Record struct {
	// Offset is where in the file the record begins; in a compressed file,
	// where its gzip member does.
	Offset int64
	// Inner is where in the decompressed member the record begins: 0 in files
	// that have one member a record, as they should.
	Inner int64

	Version string // "1.0" or "1.1"
	Header  Header
	Type    string    // WARC-Type, lower case
	ID      string    // WARC-Record-ID without angle brackets
	URI     string    // WARC-Target-URI without angle brackets
	Date    time.Time // WARC-Date; zero where it cannot be read
	Length  int64     // Content-Length: bytes of the block
	Body    io.Reader
}

// settle turns the fields into the record's own.
func (r *Record) settle() error {
	r.Type = strings.ToLower(r.Header.Get("WARC-Type"))
	r.ID = unbracket(r.Header.Get("WARC-Record-ID"))
	r.URI = unbracket(r.Header.Get("WARC-Target-URI"))
	r.Date = parseDate(r.Header.Get("WARC-Date"))
	n, err := parseLength(r.Header.Get("Content-Length"))
	if err != nil {
		return err
	}
	r.Length = n
	if r.Type == "" {
		return fmt.Errorf("%w: it has no WARC-Type", ErrHeader)
	}
	return nil
}

// unbracket takes off the angle brackets that WARC 1.0 puts around addresses.
func unbracket(s string) string {
	if len(s) > 2 && s[0] == '<' && s[len(s)-1] == '>' {
		return s[1 : len(s)-1]
	}
	return s
}

// parseLength reads a Content-Length. A sign, a fraction or more digits than
// any file has make it wrong.
func parseLength(s string) (int64, error) {
	if s == "" {
		return 0, fmt.Errorf("%w: it has no Content-Length", ErrHeader)
	}
	var n int64
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || len(s) > 15 {
			return 0, fmt.Errorf("%w: Content-Length is %.40q", ErrLength, s)
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, nil
}

// parseDate reads a WARC-Date: seconds in version 1.0, from years to
// nanoseconds in 1.1.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15Z07:00", time.DateOnly, "2006-01", "2006", "20060102150405"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
