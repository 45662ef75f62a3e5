// Package actors reads lists of actors of the user's own: tables (CSV) and
// entities of FollowTheMoney, one a line, as OpenSanctions and OpenAleph ship
// them. docs/actors.md tells their form.
package actors

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/onrecord/onrecord/internal/news"
)

// Actor is one person, body or group of a list.
type Actor struct {
	Name    string   // as records show it where the text has only an acronym
	Aliases []string // other names that count wherever they stand
	Weak    []string // names that count only in an article that has one of the others
	Type    news.EntityType
	Country news.Optional // ISO 3166-1 alpha-3, IGO, NGO, MNC; null where it has none
	Sectors []string      // PLOVER's
	Terms   []Term        // when the sectors hold; none for always
	Gender  string        // of a person: "m", "f" or ""

	Wikidata news.Optional
}

// Term is a time in office, from and to the day.
type Term struct {
	From, To string // YYYY-MM-DD, "" for open
}

// List is what a file holds.
type List struct {
	Name   string // of the file, as messages show it
	Digest string // of its bytes, short: names the list in records
	Actors []Actor
}

// The limits of a list. What comes as FollowTheMoney may be large: its other
// entities (addresses, sanctions, documents) are read over.
const (
	MaxCSV    = 64 << 20  // bytes of a table
	MaxLine   = 4 << 20   // bytes of an entity
	MaxActors = 100_000   // of a list
	MaxNames  = 500_000   // of all actors of a list
	maxName   = 200       // bytes
	maxWords  = 14        // of a name
	perActor  = 200       // names of one actor
	maxWrong  = 20        // mistakes told of at once
	maxEdges  = 1_000_000 // positions held
)

// Error is a mistake in a list, with what would mend it.
type Error struct {
	File    string
	Line    int // from 1
	Column  int // in characters, from 1; 0 for the whole line
	Problem string
	Mend    string // "" where the problem says it
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Problem)
	if e.Column > 0 {
		text = fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Problem)
	}
	if e.Mend != "" {
		text += "; " + e.Mend
	}
	return text
}

// mistakes collects errors until there are enough.
type mistakes struct {
	file string
	list []error
}

func (m *mistakes) add(line, column int, mend, format string, args ...any) {
	m.list = append(m.list, &Error{File: m.file, Line: line, Column: column, Problem: fmt.Sprintf(format, args...), Mend: mend})
}

func (m *mistakes) full() bool { return len(m.list) >= maxWrong }

func (m *mistakes) err() error { return errors.Join(m.list...) }

// Read reads a list. Its form is told by its first character: entities of
// FollowTheMoney begin with a brace. name is what errors call the file.
func Read(name string, r io.Reader) (*List, error) {
	digest := sha256.New()
	in := bufio.NewReaderSize(io.TeeReader(r, digest), 64<<10)
	if b, err := in.Peek(3); err == nil && bytes.Equal(b, []byte("\uFEFF")) {
		if _, err := in.Discard(3); err != nil {
			return nil, fmt.Errorf("read the actors %s: %w", name, err)
		}
	}
	first, err := firstByte(in)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the actors %s: %w", name, err)
	}
	l := &List{Name: name}
	switch {
	case errors.Is(err, io.EOF):
		return nil, &Error{File: name, Line: 1, Problem: "the list is empty", Mend: "begin it with a line of column names, such as name,type,country,sectors"}
	case first == '[':
		return nil, &Error{File: name, Line: 1, Column: 1, Problem: "an array of JSON", Mend: "write one entity a line (jq -c '.[]')"}
	case first == '{':
		l.Actors, err = readEntities(name, in)
	default:
		l.Actors, err = readTable(name, in)
	}
	if err != nil {
		return nil, err
	}
	l.Digest = hex.EncodeToString(digest.Sum(nil)[:6])
	return l, nil
}

// firstByte looks at the first byte that is no white space; blank lines before
// it are left for the readers, which count lines.
func firstByte(in *bufio.Reader) (byte, error) {
	for n := 1; n <= in.Size(); n++ {
		b, err := in.Peek(n)
		if len(b) < n {
			return 0, err
		}
		switch c := b[n-1]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c, nil
		}
	}
	return 0, io.EOF
}
