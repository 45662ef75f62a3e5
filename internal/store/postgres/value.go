package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"

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

// values turns texts into what their columns can hold: PostgreSQL's text is
// valid UTF-8 without NUL. The arguments stay as
// they are: they may be used again.
func values(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a
		if s, ok := a.(string); ok {
			out[i] = relational.Escaped(s)
		} else if r := reflect.ValueOf(a); r.Kind() == reflect.String {
			out[i] = relational.Escaped(r.String())
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
	*s.to = relational.Unescaped(text)
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
		v = relational.Unescaped(text)
	}
	return s.to.Scan(v)
}
