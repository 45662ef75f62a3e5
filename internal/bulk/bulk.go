// Package bulk reads web archives to Parquet without a store: one job for each
// file, on as many machines as there are. What a job makes is complete when its
// mark is there; a job that was broken off is made again from the start, one that is
// complete is passed over.
//
//	OUT/articles/NAME.parquet    a row for each article, with its record
//	OUT/events/NAME.parquet      docs/exports.md
//	OUT/statements/NAME.parquet
//	OUT/evidence/NAME.parquet
//	OUT/done/NAME.json           the mark
package bulk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/news"
)

// Options say how archives are read.
type Options struct {
	Out string // folder
	// Read makes the record of an article.
	Read func(ctx context.Context, d *news.Delivery) (*news.Record, error)
	// Accept says whether a page of an archive is one that may hold an article, and
	// sets its media type; Of makes the articles of it.
	Accept func(c *news.Capture) bool
	Of     func(ctx context.Context, c *news.Capture) ([]news.Delivery, error)
	// Pipeline names what Read is made of: an archive that was read by another is
	// read again.
	Pipeline news.Pipeline
	Rights   news.Rights // of the words in the tables
	Jobs     int         // articles read at the same time, and archives that are open
	// Done is told when an archive is complete; Failed of one that is not. Both may
	// be called from several goroutines.
	Done   func(Mark)
	Failed func(name string, err error)
}

// Mark says that an archive was read to its end, and what came of it.
type Mark struct {
	Archive  string        `json:"archive"` // its name
	Path     string        `json:"path"`
	Bytes    int64         `json:"bytes"` // of the archive
	Pipeline news.Pipeline `json:"pipeline"`
	Rights   news.Rights   `json:"rights"`

	Pages     int `json:"pages"`      // that may hold an article
	Articles  int `json:"articles"`   // rows
	Same      int `json:"same"`       // articles with an address and text that were there already
	NoArticle int `json:"no_article"` // pages that hold none
	Failed    int `json:"failed"`     // articles that could not be read
	Damaged   int `json:"damaged"`    // records of the archive that are damaged
	// Examples are the first reasons for Failed and Damaged, at most ten.
	Examples []string      `json:"examples"`
	Files    []export.File `json:"files"`

	// Before is true where it was complete before this run.
	Before bool `json:"-"`
}

// ErrFailed is returned when some archives could not be read; each was told.
var ErrFailed = errors.New("some archives could not be read")

// Name is the name of an archive's files: its own and eight digits of its whole
// path, since archives of two crawls may have one name.
func Name(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	base := filepath.Base(path)
	for _, ext := range []string{".gz", ".warc"} {
		base = strings.TrimSuffix(base, ext)
	}
	sum := sha256.Sum256([]byte(path))
	return base + "-" + hex.EncodeToString(sum[:4])
}

// Read reads the archives, Jobs of them side by side. Whatever their number, Jobs
// articles are read at the same time.
func Read(ctx context.Context, o Options, archives []string) error {
	for _, f := range append(tables(), done) {
		if err := os.MkdirAll(filepath.Join(o.Out, f), 0o755); err != nil {
			return fmt.Errorf("make the folder for %s: %w", f, err)
		}
	}
	slots := make(chan struct{}, max(o.Jobs, 1))
	open := make(chan struct{}, max(o.Jobs, 1))
	var wg sync.WaitGroup
	var mu sync.Mutex
	failed := 0
	seen := map[string]bool{}
	for _, path := range archives {
		name := Name(path)
		if seen[name] {
			continue // given twice
		}
		seen[name] = true
		select {
		case open <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-open }()
			m, err := one(ctx, o, path, slots)
			if err != nil {
				mu.Lock()
				failed++
				mu.Unlock()
				if o.Failed != nil && ctx.Err() == nil {
					o.Failed(path, err)
				}
			} else if o.Done != nil {
				o.Done(*m)
			}
		})
	}
	wg.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case failed > 0:
		return fmt.Errorf("%w: %d of %d", ErrFailed, failed, len(seen))
	}
	return nil
}

// done is the folder of the marks.
const done = "done"

// tables are the names of the folders for the tables.
func tables() []string {
	var out []string
	for _, f := range export.ArchiveFiles() {
		out = append(out, strings.TrimSuffix(f, ".parquet"))
	}
	return out
}

// one reads one archive, unless it is complete.
func one(ctx context.Context, o Options, path string, slots chan struct{}) (*Mark, error) {
	name := Name(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at the archive: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no file")
	}
	mark := filepath.Join(o.Out, done, name+".json")
	m := &Mark{Archive: name, Path: path, Bytes: info.Size(), Pipeline: o.Pipeline, Rights: o.Rights, Examples: []string{}}
	if before := marked(mark); before != nil && before.Bytes == m.Bytes && before.Pipeline == m.Pipeline && before.Rights == m.Rights && o.whole(before) {
		before.Before = true
		return before, nil
	}
	// What is there is of another reading: without its mark it does not count.
	if err := os.Remove(mark); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("take away the mark of an earlier reading: %w", err)
	}
	at := func(file string) string {
		return filepath.Join(o.Out, strings.TrimSuffix(file, ".parquet"), name+".parquet")
	}
	a, err := export.NewArchive(func(file string) (io.WriteCloser, error) { return os.Create(at(file) + partial) })
	if err != nil {
		return nil, err
	}
	if err := o.pages(ctx, path, slots, a, m); err != nil {
		a.Abandon()
		for _, f := range export.ArchiveFiles() {
			_ = os.Remove(at(f) + partial) // the first error is the one to be told
		}
		return nil, err
	}
	if m.Files, err = a.Close(); err != nil {
		return nil, err
	}
	for _, f := range export.ArchiveFiles() {
		if err := os.Rename(at(f)+partial, at(f)); err != nil {
			return nil, fmt.Errorf("name the table: %w", err)
		}
	}
	return m, write(mark, m)
}

// partial ends the name of a file that is not whole.
const partial = ".partial"

// marked reads a mark; nil where there is none that can be read.
func marked(path string) *Mark {
	doc, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var m Mark
	if json.Unmarshal(doc, &m) != nil {
		return nil
	}
	return &m
}

// whole reports whether the tables of a mark are all there.
func (o Options) whole(m *Mark) bool {
	for _, f := range m.Files {
		info, err := os.Stat(filepath.Join(o.Out, strings.TrimSuffix(f.Name, ".parquet"), m.Archive+".parquet"))
		if err != nil || info.Size() != f.Bytes {
			return false
		}
	}
	return len(m.Files) == len(export.ArchiveFiles())
}

func write(path string, m *Mark) error {
	doc, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the mark: %w", err)
	}
	if err := os.WriteFile(path+partial, append(doc, '\n'), 0o644); err != nil {
		return fmt.Errorf("write the mark: %w", err)
	}
	if err := os.Rename(path+partial, path); err != nil {
		return fmt.Errorf("name the mark: %w", err)
	}
	return nil
}
