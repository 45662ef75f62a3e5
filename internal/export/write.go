package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/query"
)

// Format is a form that rows are written in.
type Format struct {
	Name  string
	What  string // in a few words
	Kinds []query.Kind
	// Notes say what the form as a whole cannot say.
	Notes []string
	// MediaType is that of the first file.
	MediaType string
	// Most is how many rows are written, the first of them; 0 for all.
	Most int
	open func(*output) (writer, error)
}

// writer writes rows in one form. Rows come once each, those of one article one
// after the other.
type writer interface {
	write(Row) error
	close() error
}

// Formats are all forms, in the order of the documentation.
func Formats() []Format {
	return []Format{jsonLines, csvTables, parquetTables, geoJSON, plover, acled, ucdp, gdelt, followTheMoney, annotations, schemaClaim, atomFeed, rssFeed, jsonFeed}
}

// FormatNamed finds a form by its name.
func FormatNamed(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("there is no format %q; it is one of %s", name, strings.Join(names, ", "))
}

// Fits reports whether rows of the kind can be written in the form.
func (f Format) Fits(k query.Kind) bool { return slices.Contains(f.Kinds, k) }

// Options say what is written and what is known of it.
type Options struct {
	Kind   query.Kind
	Format string
	Query  string // as the user wrote it
	// Matched is how many rows the query found, nil where that is not known.
	Matched *int
	Version string    // of the program
	Now     time.Time // goes into the manifest and the feeds; zero for none
	// Base is the address of the desk, for links to its pages; "" for none.
	Base string
	// Title names a feed; "" for one made of the query.
	Title string
}

// ErrKind is a form that cannot hold what was asked for.
var ErrKind = errors.New("the format does not hold rows of this kind")

// Write writes rows in a form. It makes the files with create, one after the
// other at the beginning, and writes to all of them at once; memory does not grow
// with the rows. The manifest is returned, and not written.
func Write(ctx context.Context, o Options, create func(name string) (io.WriteCloser, error), rows iter.Seq2[Row, error]) (*Manifest, error) {
	f, err := FormatNamed(o.Format)
	if err != nil {
		return nil, err
	}
	if !f.Fits(o.Kind) {
		var kinds []string
		for _, k := range f.Kinds {
			kinds = append(kinds, string(k))
		}
		return nil, fmt.Errorf("%s, %s: %w; it holds %s", o.Format, o.Kind, ErrKind, strings.Join(kinds, ", "))
	}
	m := newManifest(o, f)
	out := &output{Options: o, create: create}
	defer out.abandon()
	w, err := f.open(out)
	if err != nil {
		return nil, fmt.Errorf("begin %s: %w", f.Name, err)
	}
	count := tally{manifest: m}
	for row, err := range rows {
		if f.Most > 0 && m.Rows == f.Most && err == nil {
			m.Notes = append(m.Notes, fmt.Sprintf("there are more than the %d rows that a feed holds", f.Most))
			break
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if row.Article != nil {
			row.prepare()
		}
		count.row(row)
		if err := w.write(row); err != nil {
			return nil, fmt.Errorf("write %s: %w", row.id(), err)
		}
	}
	if err := errors.Join(ctx.Err(), w.close()); err != nil {
		return nil, fmt.Errorf("end %s: %w", f.Name, err)
	}
	if m.Files, err = out.finish(); err != nil {
		return nil, err
	}
	if m.Matched != nil && *m.Matched != m.Rows && (f.Most == 0 || m.Rows < f.Most) {
		m.Notes = append(m.Notes, fmt.Sprintf("the query found %d rows when the export began, and %d were there when it was written", *m.Matched, m.Rows))
	}
	return m, nil
}
