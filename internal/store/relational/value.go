package relational

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// moment is a time in a column; a zero time is NULL.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

// scanMoment reads what moment wrote, from either store.
type scanMoment struct{ to *time.Time }

// Scan takes NULL, microseconds since 1970, or a time.
func (s scanMoment) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s.to = time.Time{}
	case int64:
		*s.to = time.UnixMicro(v).UTC()
	case time.Time:
		*s.to = v.UTC()
	default:
		return fmt.Errorf("a %T is no time", v)
	}
	return nil
}

// optional is NULL for the empty string.
func optional[S ~string](s S) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// scanOptional reads NULL as "".
type scanOptional[S ~string] struct{ to *S }

// Scan takes NULL and text.
func (s scanOptional[S]) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s.to = ""
	case string:
		*s.to = S(v)
	case []byte:
		*s.to = S(v)
	default:
		return fmt.Errorf("a %T is no text", v)
	}
	return nil
}

func opt[S ~string](to *S) scanOptional[S] { return scanOptional[S]{to} }

// pack makes the bytes that a record is kept as: its JSON, compressed. A
// record's JSON repeats the words of the article in its spans, and takes a
// tenth when compressed; gzip's checksum tells of damage.
func pack(r *news.Record) ([]byte, error) { return zip(r) }

// zippers are gzip writers that wait to be used again: a new one takes 1.2 MB, more
// than what it compresses.
var zippers sync.Pool

// zip makes JSON of anything and compresses it.
func zip(v any) ([]byte, error) {
	doc, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, ok := zippers.Get().(*gzip.Writer)
	if ok {
		w.Reset(&b)
	} else if w, err = gzip.NewWriterLevel(&b, gzip.BestSpeed); err != nil {
		return nil, err
	}
	defer zippers.Put(w)
	if _, err := w.Write(doc); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpack(b []byte) (*news.Record, error) {
	var r news.Record
	if err := unzip(b, &r); err != nil {
		return nil, fmt.Errorf("open the record: %w", err)
	}
	return &r, nil
}

func unzip(b []byte, to any) error {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return err
	}
	doc, err := io.ReadAll(z)
	if err != nil {
		return fmt.Errorf("decompress: %w", err)
	}
	if err := json.Unmarshal(doc, to); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}

// quoted is the name of a table in quotes: "fetch" is a word of SQL.
func quoted(table string) string { return `"` + table + `"` }

// insert writes rows in few statements. Numbers of rows in one statement are
// powers of two, so that a database which keeps prepared statements sees few.
func insert(ctx context.Context, tx Tx, table, columns string, rows [][]any) error {
	const most = 32
	for len(rows) > 0 {
		n := most
		for n > len(rows) {
			n /= 2
		}
		var sql strings.Builder
		fmt.Fprintf(&sql, "INSERT INTO %s (%s) VALUES ", quoted(table), columns)
		args := make([]any, 0, n*len(rows[0]))
		for i, r := range rows[:n] {
			if i > 0 {
				sql.WriteByte(',')
			}
			sql.WriteByte('(')
			for j := range r {
				if j > 0 {
					sql.WriteByte(',')
				}
				fmt.Fprintf(&sql, "$%d", len(args)+j+1)
			}
			sql.WriteByte(')')
			args = append(args, r...)
		}
		if _, err := tx.Exec(ctx, sql.String(), args...); err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
		rows = rows[n:]
	}
	return nil
}

// list is "$from, $from+1 …" for n parameters.
func list(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

func anys[T any](in []T) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = v
	}
	return out
}

// inParts runs a query for some hundred values at a time; %s stands for their
// parameters.
func inParts[T any](ctx context.Context, tx Tx, sql string, values []T, f func(Rows) error) error {
	for part := range slices.Chunk(values, 500) {
		if err := each(ctx, tx, fmt.Sprintf(sql, list(1, len(part))), anys(part), f); err != nil {
			return err
		}
	}
	return nil
}
