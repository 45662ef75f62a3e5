package news

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// MarshalJSON writes the record as docs/record.md has it: offsets in Unicode
// code points, unknown values null, lists never null. The record itself is not
// changed.
func (r *Record) MarshalJSON() ([]byte, error) {
	c := r.clone()
	points, err := codePoints(c.Article.Text)
	if err != nil {
		return nil, err
	}
	if err := c.eachOffset(func(at *int) error {
		if *at < 0 || *at >= len(points) || points[*at] < 0 {
			return fmt.Errorf("encode record: byte offset %d is not the start of a character of the text (%d bytes)", *at, len(points)-1)
		}
		*at = int(points[*at])
		return nil
	}); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	type plain Record // without this method
	if err := enc.Encode((*plain)(c)); err != nil {
		return nil, fmt.Errorf("encode record: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// UnmarshalJSON reads a record and converts its offsets to bytes.
func (r *Record) UnmarshalJSON(data []byte) error {
	type plain Record
	var p plain
	if err := json.Unmarshal(data, &p); err != nil {
		return fmt.Errorf("decode record: %w", err)
	}
	c := (*Record)(&p)
	offsets := make([]int, 0, len(c.Article.Text)+1)
	for i := range c.Article.Text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(c.Article.Text))
	if err := c.eachOffset(func(at *int) error {
		if *at < 0 || *at >= len(offsets) {
			return fmt.Errorf("decode record: offset %d lies outside the text (%d code points)", *at, len(offsets)-1)
		}
		*at = offsets[*at]
		return nil
	}); err != nil {
		return err
	}
	*r = *c
	return nil
}

// codePoints maps every byte offset at which a character starts, and the end
// of the text, to its code point offset; other bytes map to -1.
func codePoints(text string) ([]int32, error) {
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("encode record: the text is not valid UTF-8")
	}
	points := make([]int32, len(text)+1)
	n := int32(0)
	for i := range points[:len(text)] {
		if utf8.RuneStart(text[i]) {
			points[i] = n
			n++
		} else {
			points[i] = -1
		}
	}
	points[len(text)] = n
	return points, nil
}

// EachSpan calls f with every span of the record that carries its words, in a
// fixed order.
func (r *Record) EachSpan(f func(*Span)) {
	party := func(p *Party) {
		if p != nil {
			f(&p.Span)
		}
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		for j := range e.Roles {
			f(&e.Roles[j].Span)
		}
		for j := range e.Mentions {
			f(&e.Mentions[j].Span)
		}
	}
	for i := range r.Times {
		f(&r.Times[i].Span)
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Source != nil && s.Source.Phrase != nil {
			f(s.Source.Phrase)
		}
		if s.Cue != nil {
			f(s.Cue)
		}
		for j := range s.Content {
			f(&s.Content[j])
		}
		party(s.Addressee)
	}
	for i := range r.Events {
		v := &r.Events[i]
		f(&v.Trigger)
		for j := range v.Mentions {
			f(&v.Mentions[j])
		}
		for j := range v.Actors {
			party(&v.Actors[j])
		}
		for j := range v.Recipients {
			party(&v.Recipients[j])
		}
		party(v.Place)
		for j := range v.Places {
			party(&v.Places[j])
		}
		if v.Time.Evidence != nil {
			f(v.Time.Evidence)
		}
		for j := range v.Counts {
			f(&v.Counts[j].Span)
		}
	}
}

// eachOffset calls f with every offset of the record once and stops at the
// first error.
func (r *Record) eachOffset(f func(*int) error) error {
	var first error
	both := func(start, end *int) {
		for _, at := range []*int{start, end} {
			if err := f(at); err != nil && first == nil {
				first = err
			}
		}
	}
	for i := range r.Article.Blocks {
		both(&r.Article.Blocks[i].Start, &r.Article.Blocks[i].End)
	}
	for i := range r.Sentences {
		both(&r.Sentences[i].Start, &r.Sentences[i].End)
	}
	r.EachSpan(func(s *Span) { both(&s.Start, &s.End) })
	return first
}

// clone copies everything that holds an offset, and turns nil lists into empty
// ones; the rest is shared.
func (r *Record) clone() *Record {
	c := *r
	if c.Schema == "" {
		c.Schema = Schema
	}
	c.Article.Authors = list(c.Article.Authors)
	c.Article.Blocks = list(c.Article.Blocks)
	c.Sentences = list(c.Sentences)
	c.Times = list(c.Times)
	c.Warnings = list(c.Warnings)
	c.Entities = list(c.Entities)
	for i := range c.Entities {
		e := &c.Entities[i]
		e.Aliases, e.Sectors = list(e.Aliases), list(e.Sectors)
		e.Roles, e.Mentions = list(e.Roles), list(e.Mentions)
		if e.Place != nil {
			p := *e.Place
			p.ClaimedBy = list(p.ClaimedBy)
			e.Place = &p
		}
	}
	c.Statements = list(c.Statements)
	for i := range c.Statements {
		s := &c.Statements[i]
		if s.Source != nil {
			source := *s.Source
			source.Phrase = copied(source.Phrase)
			s.Source = &source
		}
		s.Cue, s.Content, s.Addressee = copied(s.Cue), list(s.Content), copied(s.Addressee)
		s.Answers, s.About, s.Events = list(s.Answers), list(s.About), list(s.Events)
	}
	c.Events = list(c.Events)
	for i := range c.Events {
		v := &c.Events[i]
		v.Contexts, v.Mentions, v.Counts, v.Statements = list(v.Contexts), list(v.Mentions), list(v.Counts), list(v.Statements)
		v.Actors, v.Recipients, v.Places = list(v.Actors), list(v.Recipients), list(v.Places)
		v.Place, v.Time.Evidence = copied(v.Place), copied(v.Time.Evidence)
	}
	return &c
}

// list copies a slice; the copy of nil is empty, so that JSON has [] for it.
func list[T any](s []T) []T { return append(make([]T, 0, len(s)), s...) }

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// sourceJSON is Source as the record has it: the phrase laid flat, null where
// the source is implicit.
type sourceJSON struct {
	Entity   Optional `json:"entity"`
	Start    *int     `json:"start"`
	End      *int     `json:"end"`
	Text     *string  `json:"text"`
	Implicit bool     `json:"implicit"`
}

// MarshalJSON lays the phrase flat.
func (s Source) MarshalJSON() ([]byte, error) {
	j := sourceJSON{Entity: s.Entity, Implicit: s.Implicit}
	if p := s.Phrase; p != nil {
		j.Start, j.End, j.Text = &p.Start, &p.End, &p.Text
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(j)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// UnmarshalJSON reads the flat form.
func (s *Source) UnmarshalJSON(data []byte) error {
	var j sourceJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*s = Source{Entity: j.Entity, Implicit: j.Implicit}
	if j.Start != nil && j.End != nil && j.Text != nil {
		s.Phrase = &Span{Start: *j.Start, End: *j.End, Text: *j.Text}
	}
	return nil
}
