package export

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// ManifestName is the name of the manifest's file.
const ManifestName = "manifest.json"

// Manifest says what an export holds, what it was made of, and what its form
// cannot say. It is written last: an export without one is not whole.
type Manifest struct {
	Program string `json:"program"` // "onrecord 0.6.0"
	Schema  string `json:"schema"`  // of the records
	// Pipelines are the versions that made the records, at most 100 of them.
	Pipelines []news.Pipeline `json:"pipelines"`
	Made      string          `json:"made,omitempty"` // when, RFC 3339

	Kind   query.Kind `json:"kind"`
	Format string     `json:"format"`
	Query  string     `json:"query"` // "" for everything
	// Rows are those of the kind; one may be several lines of a file.
	Rows int `json:"rows"`
	// Matched is how many the query found before the export began, null where
	// that was not counted. It differs from Rows where the store changed meanwhile.
	Matched *int `json:"matched"`
	// Articles are those whose rows they are; of claims, those that they begin in,
	// which count again where another came between.
	Articles int `json:"articles"`
	// Rights are how many articles' words left under which rights.
	Rights map[news.Rights]int `json:"rights"`
	Files  []File              `json:"files"`
	Notes  []string            `json:"notes"`
}

// File is one file of an export.
type File struct {
	Name    string   `json:"name"`
	Rows    int      `json:"rows"` // lines, features or entries, without a header
	Bytes   int64    `json:"bytes"`
	SHA256  string   `json:"sha256"`
	Columns []Column `json:"columns,omitempty"` // or properties
}

// write writes the manifest as JSON for people.
func (m *Manifest) write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	return nil
}

// tally counts while rows go by.
type tally struct {
	manifest *Manifest
	last     *Article
}

const maxPipelines = 100

func (t *tally) row(r Row) {
	m := t.manifest
	m.Rows++
	a := r.Article
	if r.Claim != nil {
		a = r.Claim.article(r.Claim.Words.Article)
	}
	if a == nil || a == t.last {
		return
	}
	t.last = a
	m.Articles++
	m.Rights[a.rights()]++
	p := a.Record.Pipeline
	for _, have := range m.Pipelines {
		if have == p {
			return
		}
	}
	if len(m.Pipelines) < maxPipelines {
		m.Pipelines = append(m.Pipelines, p)
	}
}

func newManifest(o Options, f Format) *Manifest {
	m := &Manifest{Program: "onrecord " + o.Version, Schema: news.Schema, Pipelines: []news.Pipeline{}, Kind: o.Kind, Format: f.Name, Query: o.Query,
		Matched: o.Matched, Rights: map[news.Rights]int{}, Files: []File{}, Notes: append([]string{}, f.Notes...)}
	if !o.Now.IsZero() {
		m.Made = o.Now.UTC().Format(time.RFC3339)
	}
	return m
}
