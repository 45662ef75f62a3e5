// Package onrecord reads a news article and returns its record: who said what,
// and what happened to whom, where and when, on whose word. Each value carries
// the span of text that says it.
//
//	rec, err := onrecord.Read(ctx, text, onrecord.Options{Published: "2031-05-07"})
//
// It needs no network, no files and no other program: the language model and
// the tables are part of the package. Only English is read.
//
// Spans are byte offsets in Go, so that text[s.Start:s.End] == s.Text. In JSON
// a record counts Unicode code points, as docs/record.md says; Record's JSON
// methods convert.
package onrecord

import (
	"context"
	"io"
	"io/fs"
	"sync"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/version"
	"github.com/onrecord/onrecord/internal/what"
	"github.com/onrecord/onrecord/internal/who/actors"
)

// The parts of a record. Each is documented in docs/record.md.
//
//revive:disable:exported
type (
	Record    = news.Record
	Article   = news.Article
	Block     = news.Block
	Entity    = news.Entity
	Mention   = news.Mention
	Role      = news.Role
	Place     = news.Place
	Time      = news.Time
	Statement = news.Statement
	Source    = news.Source
	Event     = news.Event
	Party     = news.Party
	Count     = news.Count
	Span      = news.Span
	Range     = news.Range
	Warning   = news.Warning
	Optional  = news.Optional
)

//revive:enable:exported

// The errors of Read for a text that it cannot take.
var (
	ErrTooLong = reader.ErrTooLong // over 10 MiB
	ErrNotUTF8 = reader.ErrNotUTF8
)

// RuleError is a mistake in a user's rules: file, line, column, and what would
// mend it.
type RuleError = what.RuleError

// ActorError is a mistake in a user's list of actors: file, line, column, and
// what would mend it.
type ActorError = actors.Error

// Options say what is known of an article beside its text.
type Options struct {
	// Published is the publication date: a day (2031-05-07) or RFC 3339.
	// Without it, and where the text itself fixes no date, relative
	// expressions such as "on Tuesday" keep a null value.
	Published string
	Title     string // the words that the text begins with, where known
	URL       string
	Publisher string
	Authors   []string
}

// Reader reads articles. It may be used by many goroutines at once. Making one
// loads the model and the tables, a fraction of a second.
type Reader struct{ r *reader.Reader }

// Option changes what a Reader is made of.
type Option func(*reader.Options)

// WithRules lays a folder of the user's own rules over the built-in ones: new
// types, modes, contexts, trigger words and look-alikes (docs/rules.md). name is
// what errors call the folder, which RuleError then says the line of.
//
//	onrecord.NewReader(onrecord.WithRules("my-rules", os.DirFS("my-rules")))
func WithRules(name string, files fs.FS) Option {
	return func(o *reader.Options) { o.Rules = append(o.Rules, what.Rules{Name: name, Files: files}) }
}

// WithActors lays a list of the user's own actors over the built-in tables: CSV,
// or entities of FollowTheMoney, one a line, as OpenSanctions and OpenAleph ship
// them (docs/actors.md). name is what errors call the list, which ActorError then
// says the line of. text is read by NewReader.
func WithActors(name string, text io.Reader) Option {
	return func(o *reader.Options) { o.Actors = append(o.Actors, reader.ActorList{Name: name, Text: text}) }
}

// NewReader loads the embedded model and tables.
func NewReader(options ...Option) (*Reader, error) {
	o := reader.Options{Version: version.Number}
	for _, option := range options {
		option(&o)
	}
	r, err := reader.New(o)
	if err != nil {
		return nil, err
	}
	return &Reader{r}, nil
}

// Read makes the record of one article. The same input always gives the same
// record.
func (r *Reader) Read(ctx context.Context, text string, o Options) (*Record, error) {
	return r.r.Read(ctx, reader.Input{Text: text, Title: o.Title, URL: o.URL, Publisher: o.Publisher, Authors: o.Authors, Published: o.Published})
}

var shared = sync.OnceValues(func() (*Reader, error) { return NewReader() })

// Read makes the record of one article with a Reader that is loaded at the
// first call and kept.
func Read(ctx context.Context, text string, o Options) (*Record, error) {
	r, err := shared()
	if err != nil {
		return nil, err
	}
	return r.Read(ctx, text, o)
}
