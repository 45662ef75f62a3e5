package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/onrecord/onrecord/internal/store/relational"
)

// tx is a transaction of the driver's.
type tx struct{ t pgx.Tx }

func (t tx) Exec(ctx context.Context, q string, args ...any) (int64, error) {
	r, err := t.t.Exec(ctx, q, values(args)...)
	return r.RowsAffected(), err
}

func (t tx) Query(ctx context.Context, q string, args ...any) (relational.Rows, error) {
	r, err := t.t.Query(ctx, q, values(args)...)
	if err != nil {
		return nil, err
	}
	return rows{r}, nil
}

// PostgreSQL's text is valid UTF-8 without NUL. What comes from outside may be
// neither, and must come back as it was: hashes are made of it. So a NUL, a byte
// that is no character's, and the sign that stands before them are kept as that
// sign (U+0010, "data link escape", which no text has) and two letters of hex.
const escape = '\x10'

func escaped(s string) string {
	if utf8.ValidString(s) && !strings.ContainsAny(s, "\x00\x10") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == 0 || r == escape || r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "%c%02x", escape, s[i])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

func unescaped(s string) string {
	if !strings.ContainsRune(s, escape) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		var c byte
		if s[i] == escape && i+3 <= len(s) {
			if _, err := fmt.Sscanf(s[i+1:i+3], "%02x", &c); err == nil {
				b.WriteByte(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// values turns texts into what their columns can hold. The arguments stay as
// they are: they may be used again.
func values(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a
		if s, ok := a.(string); ok {
			out[i] = escaped(s)
		} else if r := reflect.ValueOf(a); r.Kind() == reflect.String {
			out[i] = escaped(r.String())
		}
	}
	return out
}

type rows struct{ pgx.Rows }

// Scan reads a row; texts become what they were before values.
func (r rows) Scan(to ...any) error {
	into := make([]any, len(to))
	for i, t := range to {
		switch t := t.(type) {
		case *string:
			into[i] = scanText{t}
		case **string:
			into[i] = scanTextPointer{t}
		case sql.Scanner:
			into[i] = scanUnescaped{t}
		default:
			into[i] = t
		}
	}
	return r.Rows.Scan(into...)
}

// scanText scans a text.
type scanText struct{ to *string }

// Scan takes text, not NULL.
func (s scanText) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("a %T is no text", v)
	}
	*s.to = unescaped(text)
	return nil
}

// scanTextPointer scans a text or nil.
type scanTextPointer struct{ to **string }

// Scan takes text and NULL.
func (s scanTextPointer) Scan(v any) error {
	*s.to = nil
	if v == nil {
		return nil
	}
	text := new(string)
	*s.to = text
	return scanText{text}.Scan(v)
}

// scanUnescaped scans into another scanner.
type scanUnescaped struct{ to sql.Scanner }

// Scan takes what the other takes.
func (s scanUnescaped) Scan(v any) error {
	if text, ok := v.(string); ok {
		v = unescaped(text)
	}
	return s.to.Scan(v)
}
