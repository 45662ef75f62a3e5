package query

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// Position is where a page ends, and what later pages take over from the first. The
// stores put it into cursors; a cursor is opaque to all others.
type Position struct {
	After string `json:"a"` // the last row's place in the order of its kind
	Total int    `json:"t"`
	More  bool   `json:"m,omitempty"`
	Now   int64  `json:"n"` // seconds since 1970: the moment of the first page
}

// Moment is the moment of the first page.
func (p Position) Moment() time.Time { return time.Unix(p.Now, 0).UTC() }

// Mark makes the cursor of a place in the answer to a search.
func (s Search) Mark(p Position) string {
	b, err := json.Marshal(p)
	if err != nil { // there is nothing in it that JSON does not have
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(append(s.seal(b), b...))
}

// Find reads the search's cursor. It returns ErrCursor for one that Mark did not
// make, or made for another kind or query.
func (s Search) Find() (Position, error) {
	var p Position
	b, err := base64.RawURLEncoding.DecodeString(s.Cursor)
	if err != nil || len(s.Cursor) > 500 || len(b) < sealed {
		return p, ErrCursor
	}
	if string(b[:sealed]) != string(s.seal(b[sealed:])) {
		return p, ErrCursor
	}
	if err := json.Unmarshal(b[sealed:], &p); err != nil {
		return p, ErrCursor
	}
	return p, nil
}

// sealed is the length of a seal in bytes.
const sealed = 9

// seal binds a place to its query. It finds mistakes, and is no secret: a cursor
// that is made up shows nothing that a query would not.
func (s Search) seal(place []byte) []byte {
	h := sha256.Sum256([]byte(strings.Join([]string{string(s.Kind), s.Query.String(), string(place)}, "\x00")))
	return h[:sealed]
}
