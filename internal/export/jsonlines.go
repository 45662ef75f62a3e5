package export

import (
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/rights"
)

var jsonLines = Format{Name: "jsonl", What: "one JSON object a line: records, or events, statements or claims with what they name",
	Kinds: []query.Kind{query.Articles, query.Events, query.Statements, query.Claims}, MediaType: "application/jsonl",
	open: func(o *output) (writer, error) {
		f, err := o.file(string(o.Kind)+".jsonl", nil)
		return &lineWriter{f}, err
	}}

// Source is the article that a line is from.
type source struct {
	ID        string        `json:"id"`
	URL       news.Optional `json:"url"`
	Publisher news.Optional `json:"publisher"`
	Title     news.Optional `json:"title"`
	Published news.Optional `json:"published"`
	Language  news.Optional `json:"language"`
	Rights    news.Rights   `json:"rights"`
}

func (a *Article) source() source {
	r := &a.Record.Article
	return source{r.ID, r.URL, r.Publisher, news.Optional(a.title()), r.Published, r.Language, a.rights()}
}

// line is an event or statement in the record's own form.
type line struct {
	ID         string           `json:"id"`
	Article    source           `json:"article"`
	Story      news.Optional    `json:"story"`
	Resolved   *news.Optional   `json:"resolved_event,omitempty"`
	Event      *news.Event      `json:"event,omitempty"`
	Sentence   *string          `json:"sentence,omitempty"`
	Statement  *news.Statement  `json:"statement,omitempty"`
	Statements []news.Statement `json:"statements,omitempty"` // that assert or confirm the event
	Entities   []news.Entity    `json:"entities"`             // that it names
}

type lineWriter struct{ file *sink }

func (w *lineWriter) write(r Row) error {
	w.file.Rows++
	switch {
	case r.Claim != nil:
		return putLine(w.file, r.Claim.excerpt())
	case r.Event == nil && r.Statement == nil:
		doc, err := rights.Record(r.rights(), r.Record)
		if err != nil {
			return err
		}
		_, err = w.file.Write(append(doc, '\n'))
		return err
	}
	part := r.excerpt(r)
	l := line{ID: r.id(), Article: r.source(), Story: news.Optional(r.Story), Entities: full(part.Entities)}
	if r.Event != nil {
		resolved, sentence := news.Optional(r.Resolved[r.Event.ID]), r.words(r.sentence(r.Event.Trigger))
		l.Event, l.Statements, l.Resolved, l.Sentence = &part.Events[0], part.Statements, &resolved, &sentence
	} else {
		l.Statement = &part.Statements[0]
	}
	return putLine(w.file, l)
}

func (w *lineWriter) close() error { return nil }

// putLine writes a value as one line of JSON.
func putLine(f *sink, v any) error {
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return nil
}
