// Package reader turns the text of an article into its record. It is the only
// package that knows the order of the steps. A record is a pure function of
// the input: no clock, no network, no store.
package reader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/said"
	"github.com/onrecord/onrecord/internal/what"
	"github.com/onrecord/onrecord/internal/where"
	"github.com/onrecord/onrecord/internal/who"
	"github.com/onrecord/onrecord/internal/who/actors"
)

// MaxText is the longest text that is read, in bytes.
const MaxText = 10 << 20

// The errors that Read returns for a text it cannot take.
var (
	ErrTooLong = errors.New("text too long")
	ErrNotUTF8 = errors.New("text is not valid UTF-8")
)

// Input is an article as it comes in. Only Text is needed.
type Input struct {
	Text      string
	Title     string // where known, the words that Text begins with
	URL       string
	Publisher string
	Authors   []string
	Published string // a day (2031-05-07) or RFC 3339; "" where unknown
	// PublishedBasis is where Published is from; "" means given.
	PublishedBasis news.PublishedBasis
	Modified       string
	// Blocks, where the form of the source told them; else they are found.
	Blocks   []news.Block
	Warnings []news.Warning // of the steps before
}

// Options choose what a Reader is made of.
type Options struct {
	Model   *nlp.Model // nil for the embedded one
	Version string     // of the program, for Record.Pipeline
	// Rules are laid over the built-in rules of events; the first holds where
	// two speak of the same thing.
	Rules []what.Rules
	// Actors are lists of the user's own, laid over the tables of who; the first
	// holds where two name the same actor.
	Actors []ActorList
}

// ActorList is a list of actors that has not been read yet.
type ActorList struct {
	Name string // as errors call it
	Text io.Reader
}

// Reader reads articles. It may be used by many goroutines at once.
type Reader struct {
	version string
	model   *nlp.Model
	places  *where.Gazetteer
	people  *who.Resolver
	said    *said.Finder
	events  *what.Coder
	lists   string // names the users' lists of actors in records
	steps   []step
}

// New loads the model and the tables. It takes a fraction of a second; make
// one Reader and keep it.
func New(o Options) (*Reader, error) {
	r := &Reader{version: o.Version, model: o.Model}
	var err error
	if r.model == nil {
		if r.model, err = nlp.Embedded(); err != nil {
			return nil, fmt.Errorf("load the embedded language model: %w", err)
		}
	}
	if r.places, err = where.Load(); err != nil {
		return nil, fmt.Errorf("load the gazetteer: %w", err)
	}
	lists, err := r.readActors(o.Actors)
	if err != nil {
		return nil, err
	}
	if r.people, err = who.New(r.places, lists...); err != nil {
		return nil, fmt.Errorf("load the tables of who: %w", err)
	}
	if r.said, err = said.New(); err != nil {
		return nil, fmt.Errorf("load the cues of said: %w", err)
	}
	if r.events, err = what.New(o.Rules...); err != nil {
		return nil, fmt.Errorf("load the codebook of what: %w", err)
	}
	r.steps = r.order()
	if err := check(r.steps); err != nil {
		return nil, err
	}
	return r, nil
}

// readActors reads the users' lists of actors.
func (r *Reader) readActors(lists []ActorList) ([]*actors.List, error) {
	var out []*actors.List
	for _, l := range lists {
		list, err := actors.Read(l.Name, l.Text)
		if err != nil {
			return nil, err
		}
		out = append(out, list)
		r.lists += "+actors-" + list.Digest
	}
	return out, nil
}

// Read makes the record of one article.
func (r *Reader) Read(ctx context.Context, in Input) (*news.Record, error) {
	d, err := r.run(ctx, &draft{in: in}, "")
	if err != nil {
		return nil, err
	}
	return d.record, nil
}

// Analyse runs only the steps up to the language model's and returns its
// document: for people who check parsers.
func (r *Reader) Analyse(ctx context.Context, in Input) (*nlp.Doc, error) {
	d, err := r.run(ctx, &draft{in: in}, stepNLP)
	if err != nil {
		return nil, err
	}
	return d.doc, nil
}

// Pipeline is what every record of the reader says that it was made by.
func (r *Reader) Pipeline() news.Pipeline {
	return news.Pipeline{Version: r.version, Model: r.model.Name(), Codebook: r.events.Codebook() + r.lists}
}

// Model is the language model in use.
func (r *Reader) Model() *nlp.Model { return r.model }

// run takes an article through the steps, up to the last one named.
func (r *Reader) run(ctx context.Context, d *draft, last string) (*draft, error) {
	in := d.in
	if len(in.Text) > MaxText {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLong, len(in.Text), MaxText)
	}
	if !utf8.ValidString(in.Text) {
		return nil, ErrNotUTF8
	}
	d.record = r.blank(in)
	for _, s := range r.steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if d.unread && !s.always {
			continue
		}
		if err := s.run(ctx, d); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		if s.name == last {
			break
		}
	}
	return d, nil
}

// blank is the record of an article of which nothing has been read yet.
func (r *Reader) blank(in Input) *news.Record {
	text := sha256.Sum256([]byte(in.Text))
	id := sha256.Sum256([]byte(in.URL + "\n" + in.Text))
	return &news.Record{
		Schema:   news.Schema,
		Pipeline: r.Pipeline(),
		Article: news.Article{
			ID:             "a" + hex.EncodeToString(id[:8]),
			URL:            news.Optional(in.URL),
			Publisher:      news.Optional(in.Publisher),
			Title:          news.Optional(in.Title),
			Authors:        in.Authors,
			Modified:       news.Optional(in.Modified),
			PublishedBasis: news.PublishedUnknown,
			Text:           in.Text,
			TextSHA256:     hex.EncodeToString(text[:]),
		},
		Warnings: append([]news.Warning(nil), in.Warnings...),
	}
}
