// Package file reads articles from files, folders and standard input: plain
// text, Markdown, pages of HTML, and JSON with one article or many.
package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// Limits on what is read, in bytes.
const (
	MaxText = clean.MaxText // one article's text
	MaxPage = 20 << 20      // one page of HTML
	MaxJSON = 64 << 20      // one article in JSON, escapes and all; a file of many may have any size
)

// Item is one article as a file holds it.
type Item struct {
	Name           string // the file, and the line where it holds several: "a.jsonl:3"; "-" for standard input
	Text           string
	Title          string
	URL            string
	Publisher      string
	Authors        []string
	Published      string // a day or RFC 3339; "" where the file does not say
	PublishedBasis news.PublishedBasis
	Modified       string
	Blocks         []news.Block // nil where the form of the file does not tell them
	Warnings       []news.Warning
}

// Options say how Open reads.
type Options struct {
	Stdin io.Reader // what "-" stands for; nil is os.Stdin
}

// Open yields the articles of the paths in their order, one at a time. A path
// is a file, a folder, which is read with all below it in the order of the
// names, or "-" for standard input; no path at all is "-" too.
//
// In a folder only files named .txt, .text, .md, .markdown, .html, .htm, .xhtml,
// .json, .jsonl or .ndjson are read, hidden ones are not, and links to folders
// are not followed. A file that is named itself is read whatever its name: the
// content tells the form where the name does not.
//
// What cannot be read is yielded as an *Error, with an Item that has only a
// Name, and reading goes on behind it.
func Open(ctx context.Context, paths []string, o Options) iter.Seq2[Item, error] {
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	return func(yield func(Item, error) bool) {
		r := &opener{ctx: ctx, yield: yield}
		for _, p := range paths {
			if p == "-" {
				r.read("-", o.Stdin, "")
			} else {
				r.path(p)
			}
			if r.stopped {
				return
			}
		}
	}
}

// opener carries the state of one iteration.
type opener struct {
	ctx     context.Context
	yield   func(Item, error) bool
	stopped bool
}

// give hands one article over.
func (r *opener) give(it Item) { r.next(it, nil) }

// fail hands over what kept the named input from being read.
func (r *opener) fail(name string, err error) {
	var typed *Error
	if !errors.As(err, &typed) {
		err = &Error{Name: name, Err: err}
	}
	r.next(Item{Name: name}, err)
}

func (r *opener) next(it Item, err error) {
	r.stopped = r.stopped || r.ctx.Err() != nil || !r.yield(it, err)
}

// path reads a file or a folder.
func (r *opener) path(name string) {
	info, err := os.Stat(name)
	if err != nil {
		r.fail(name, missing(err))
		return
	}
	if !info.IsDir() {
		r.file(name, info)
		return
	}
	found := 0
	// WalkDir goes in lexical order and does not follow links.
	err = filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			r.fail(p, missing(err))
			if d != nil && d.IsDir() {
				return skip(r.stopped, fs.SkipDir)
			}
			return skip(r.stopped, nil)
		case p != name && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || formOf(p) == "":
			return nil
		}
		info, err := os.Stat(p) // through a link to a file
		if err != nil {
			r.fail(p, missing(err))
		} else if info.Mode().IsRegular() {
			found++
			r.file(p, info)
		}
		return skip(r.stopped, nil)
	})
	if err == nil && found == 0 && !r.stopped {
		r.fail(name, ErrNoArticles)
	}
}

func skip(all bool, otherwise error) error {
	if all {
		return fs.SkipAll
	}
	return otherwise
}

// file reads one file.
func (r *opener) file(name string, info fs.FileInfo) {
	if info.Mode().IsRegular() && info.Size() == 0 {
		r.fail(name, ErrEmpty)
		return
	}
	f, err := os.Open(name)
	if err != nil {
		r.fail(name, missing(err))
		return
	}
	defer f.Close()
	r.read(name, f, formOf(name))
}

// form is how a file holds its articles.
type form string

const (
	plain    form = "text"
	markdown form = "markdown"
	page     form = "html"
	jsons    form = "json"
	lines    form = "jsonl"
)

// formOf tells the form by the file's name, "" where it does not say.
func formOf(name string) form {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".text":
		return plain
	case ".md", ".markdown":
		return markdown
	case ".html", ".htm", ".xhtml":
		return page
	case ".json":
		return jsons
	case ".jsonl", ".ndjson":
		return lines
	}
	return ""
}

// missing puts the errors of the file system under this package's own.
func missing(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrNotFound // the path is named with it
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return fmt.Errorf("%w: %w", ErrUnreadable, err)
}
