package warc

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// MaxPage is how many bytes of a record's page Captures reads.
const MaxPage = 50 << 20

// ErrDigest is returned for a capture that is not what was written.
var ErrDigest = errors.New("the capture's bytes are not those that were kept")

// Capture reads the record as a capture, with a body of at most limit bytes.
func (rec *Record) Capture(limit int64) (*news.Capture, error) {
	p, err := rec.Payload(limit)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(p.Body)
	c := &news.Capture{ID: rec.ID, URL: p.URL, At: p.Date, MediaType: rec.Header.Get(fieldMedia), SHA256: hex.EncodeToString(sum[:]), Body: p.Body}
	if rec.Type == TypeResponse {
		c.Status = p.Status
		c.Header = headerText(p)
	}
	if want, ok := strings.CutPrefix(rec.Header.Get("WARC-Payload-Digest"), "sha256:"); ok && len(want) == len(c.SHA256) && want != c.SHA256 {
		return nil, fmt.Errorf("%w: %s", ErrDigest, rec.URI)
	}
	if c.MediaType == "" {
		if c.MediaType, _, err = mime.ParseMediaType(p.ContentType); err != nil {
			c.MediaType, _, _ = strings.Cut(strings.ToLower(p.ContentType), ";")
		}
	}
	if h := rec.Header.Get(fieldHint); h != "" {
		if err := json.Unmarshal([]byte(h), &c.Hint); err != nil {
			return nil, fmt.Errorf("%w: its hint: %w", ErrHeader, err)
		}
	}
	return c, nil
}

// headerText is the fields of HTTP, CRLF between them, in the order of their
// names.
func headerText(p *Payload) string {
	var lines []string
	for name, values := range p.Header {
		for _, v := range values {
			lines = append(lines, name+": "+v)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\r\n")
}

// Found is a page of an archive and where its record begins in it.
type Found struct {
	Capture *news.Capture
	Offset  int64
}

// Captures yields the pages of an archive in order: its responses of status
// 200, its resources and conversions. A record that cannot be read is yielded as
// a *DamageError and reading goes on; any other error is the last.
func Captures(ctx context.Context, r io.Reader, o Options) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		rd := NewReader(r, o)
		for {
			if err := ctx.Err(); err != nil {
				yield(Found{}, err)
				return
			}
			rec, err := rd.Next()
			var damage *DamageError
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &damage):
				if !yield(Found{Offset: damage.Offset}, err) {
					return
				}
				continue
			case err != nil:
				yield(Found{}, err)
				return
			}
			c, err := rec.Capture(MaxPage)
			if errors.Is(err, ErrNoPayload) || err == nil && rec.Type == TypeResponse && c.Status != 200 {
				continue
			}
			if err != nil {
				err = &DamageError{Offset: rec.Offset, Err: err}
			}
			if !yield(Found{Capture: c, Offset: rec.Offset}, err) {
				return
			}
		}
	}
}
