package export

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/rights"
)

// recordCells is an article with its whole record.
type recordCells struct {
	articleCells
	Captured   string   `parquet:"captured,optional"` // RFC 3339
	Offset     int64    `parquet:"offset"`            // of the capture in the archive, in bytes
	Authors    []string `parquet:"authors,list"`
	Modified   string   `parquet:"modified,optional"`
	Text       string   `parquet:"text,optional"`
	TextSHA256 string   `parquet:"text_sha256,optional"`
	Pipeline   string   `parquet:"pipeline,dict"`
	Model      string   `parquet:"model,dict"`
	Codebook   string   `parquet:"codebook,dict"`
	Entities   int32    `parquet:"entities"`
	Statements int32    `parquet:"statements"`
	Events     int32    `parquet:"events"`
	Record     string   `parquet:"record,json"` // docs/record.md
}

// ArchiveFiles are the files of an Archive.
func ArchiveFiles() []string {
	return []string{"articles.parquet", "events.parquet", "statements.parquet", "evidence.parquet"}
}

// Archive writes articles with all that was read from them as four tables in
// Parquet: articles with their records, events, statements, and the words that
// those rest on.
type Archive struct {
	out        *output
	articles   *parquetTable[recordCells]
	events     table
	statements table
	evidence   table
	into       []evidenceCells
}

// recordGroup is how many articles Parquet holds in memory before it writes them:
// a record with its text has some 50 KB.
const recordGroup = 500

// NewArchive makes the four files.
func NewArchive(create func(name string) (io.WriteCloser, error)) (*Archive, error) {
	a := &Archive{out: &output{create: create}}
	f, err := a.out.file(ArchiveFiles()[0], nil)
	if err == nil {
		a.articles = &parquetTable[recordCells]{file: f, rows: make([]recordCells, 0, 16), w: parquet.NewGenericWriter[recordCells](f,
			parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), parquet.MaxRowsPerRowGroup(recordGroup), parquet.CreatedBy("onrecord", "", ""))}
		a.events, err = newParquet(a.out, ArchiveFiles()[1], &eventCells{})
	}
	if err == nil {
		a.statements, err = newParquet(a.out, ArchiveFiles()[2], &statementCells{})
	}
	if err == nil {
		a.evidence, err = newParquet(a.out, ArchiveFiles()[3], &evidenceCells{})
	}
	if err != nil {
		a.out.abandon()
		return nil, err
	}
	return a, nil
}

// Add writes an article; captured is when it was received (RFC 3339, "" where that
// is not known), offset where in the archive.
func (w *Archive) Add(a *Article, captured string, offset int64) error {
	a.prepare()
	r := a.Record
	doc, err := rights.Record(a.rights(), r)
	if err != nil {
		return fmt.Errorf("encode the record of %s: %w", r.Article.ID, err)
	}
	text, _ := rights.Text(a.rights(), r.Article.Text)
	if err := w.articles.put(&recordCells{articleCells: a.cells(r.Article.ID), Captured: captured, Offset: offset, Authors: r.Article.Authors, Modified: string(r.Article.Modified),
		Text: text, TextSHA256: r.Article.TextSHA256, Pipeline: r.Pipeline.Version, Model: r.Pipeline.Model, Codebook: r.Pipeline.Codebook,
		Entities: int32(len(r.Entities)), Statements: int32(len(r.Statements)), Events: int32(len(r.Events)), Record: string(doc)}); err != nil {
		return err
	}
	for _, row := range a.Rows(query.Events, nil) {
		cells := a.eventCells(row)
		if err := errors.Join(w.events.put(&cells), w.rest(row)); err != nil {
			return err
		}
	}
	for _, row := range a.Rows(query.Statements, nil) {
		cells := a.statementCells(row)
		if err := errors.Join(w.statements.put(&cells), w.rest(row)); err != nil {
			return err
		}
	}
	return nil
}

func (w *Archive) rest(row Row) error {
	w.into = row.evidence(row, w.into)
	for i := range w.into {
		if err := w.evidence.put(&w.into[i]); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the files and tells what they hold.
func (w *Archive) Close() ([]File, error) {
	err := errors.Join(w.articles.close(), w.events.close(), w.statements.close(), w.evidence.close())
	if err != nil {
		w.out.abandon()
		return nil, fmt.Errorf("end the tables: %w", err)
	}
	return w.out.finish()
}

// Abandon closes the files as they are.
func (w *Archive) Abandon() { w.out.abandon() }
