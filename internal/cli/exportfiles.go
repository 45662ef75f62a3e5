package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// fileRecords are the records of files, one after the other. What cannot be read
// is told on stderr and counted.
type fileRecords struct {
	o            *exportOptions
	s            streams
	args         []string
	failed, done int
}

// each yields the name and the record of each article. An error ends it.
func (f *fileRecords) each(ctx context.Context) iter.Seq2[result, error] {
	return func(yield func(result, error) bool) {
		articles, records, err := partRecords(f.args)
		if err != nil {
			yield(result{}, err)
			return
		}
		for _, name := range records {
			for r, err := range recordsOf(name) {
				f.done++
				if err != nil {
					f.fail(err)
					break
				}
				if !yield(result{name: fmt.Sprintf("%s#%d", name, f.done), record: r}, ctx.Err()) {
					return
				}
			}
		}
		if len(articles) == 0 {
			return
		}
		rd, err := f.o.reader()
		if err != nil {
			yield(result{}, err)
			return
		}
		ro := readOptions{format: "jsonl", published: f.o.published}
		for res := range inOrder(ctx, f.o.jobs, file.Open(ctx, articles, file.Options{Stdin: f.s.in}), func(it file.Item) result { return readOne(ctx, rd, ro, it) }) {
			f.done++
			switch {
			case errors.Is(res.err, context.Canceled):
				yield(res, res.err)
				return
			case res.err != nil:
				f.fail(res.err)
			default:
				if !yield(res, nil) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			yield(result{}, err)
		}
	}
}

func (f *fileRecords) fail(err error) {
	f.failed++
	fmt.Fprintf(f.s.err, "onrecord: %v\n", err)
}

// fromFiles are the rows of articles and records in files.
func (o *exportOptions) fromFiles(ctx context.Context, s streams, args []string) found {
	in := &fileRecords{o: o, s: s, args: args}
	f := found{query: "", failed: func() (int, int) { return in.failed, in.done }}
	if o.join || o.kind == string(query.Claims) {
		f.rows = o.joined(ctx, in)
		return f
	}
	f.rows = func(yield func(export.Row, error) bool) {
		for res, err := range in.each(ctx) {
			if err != nil {
				yield(export.Row{}, err)
				return
			}
			a := &export.Article{Record: res.record, Rights: news.Rights(o.rights)}
			for _, row := range a.Rows(query.Kind(o.kind), nil) {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
	return f
}

// joined are the rows of files whose events and claims are joined across them.
func (o *exportOptions) joined(ctx context.Context, in *fileRecords) iter.Seq2[export.Row, error] {
	return func(yield func(export.Row, error) bool) {
		j := newJoining()
		for res, err := range in.each(ctx) {
			if err != nil {
				yield(export.Row{}, err)
				return
			}
			j.add(res.name, res.record)
		}
		x, err := j.build(ctx)
		if err != nil {
			yield(export.Row{}, err)
			return
		}
		articles := map[string]*export.Article{}
		for _, id := range j.order {
			articles[id] = &export.Article{Record: x.articles[id].Record, Rights: news.Rights(o.rights), Story: x.articles[id].Story, Resolved: map[string]string{}}
		}
		for i := range x.state.Events {
			for _, m := range x.state.Events[i].Members {
				if a := articles[m.Article]; a != nil {
					a.Resolved[m.Event] = x.state.Events[i].ID
				}
			}
		}
		if o.kind == string(query.Claims) {
			for i := range x.state.Claims {
				c := &export.Claim{Claim: &x.state.Claims[i], Article: func(id string) *export.Article { return articles[id] }}
				if !yield(export.Row{Claim: c}, nil) {
					return
				}
			}
			return
		}
		for _, id := range j.order {
			for _, row := range articles[id].Rows(query.Kind(o.kind), nil) {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// partRecords parts files of records from files of articles. A folder is one of
// records where all its files are.
func partRecords(args []string) (articles, records []string, err error) {
	for _, name := range args {
		info, err := os.Stat(name)
		switch {
		case name == "-" || err != nil:
			articles = append(articles, name)
		case info.IsDir():
			of, all, err := recordFiles(name)
			if err != nil {
				return nil, nil, err
			}
			if all {
				records = append(records, of...)
			} else {
				articles = append(articles, name)
			}
		case holdsRecords(name):
			records = append(records, name)
		default:
			articles = append(articles, name)
		}
	}
	return articles, records, nil
}

// recordFiles are the files of a folder, and whether all of them hold records.
func recordFiles(dir string) (files []string, all bool, err error) {
	all = true
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() || !holdsRecords(name) {
			all = false
			return fs.SkipAll
		}
		files = append(files, name)
		return nil
	})
	return files, all && len(files) > 0, err
}

// holdsRecords reports whether a file begins with a record.
func holdsRecords(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64)
	n, _ := io.ReadFull(f, head) // what is shorter is none
	return strings.HasPrefix(strings.Join(strings.Fields(string(head[:n])), ""), `{"schema":"onrecord/`)
}

// maxRecord bounds one record in a file, in bytes.
const maxRecord = 64 << 20

// recordsOf reads a file of records, one a line.
func recordsOf(name string) iter.Seq2[*news.Record, error] {
	return func(yield func(*news.Record, error) bool) {
		f, err := os.Open(name)
		if err != nil {
			yield(nil, fmt.Errorf("open the records: %w", err))
			return
		}
		defer f.Close()
		in := bufio.NewScanner(f)
		in.Buffer(make([]byte, 0, 64<<10), maxRecord)
		for n := 1; in.Scan(); n++ {
			if len(strings.TrimSpace(in.Text())) == 0 {
				continue
			}
			r := &news.Record{}
			if err := json.Unmarshal(in.Bytes(), r); err != nil {
				err = fmt.Errorf("%s, line %d: %w", name, n, err)
				yield(nil, err)
				return
			}
			if !yield(r, checked(r, name, n)) {
				return
			}
		}
		if err := in.Err(); err != nil {
			yield(nil, fmt.Errorf("read the records of %s: %w", name, err))
		}
	}
}

// checked sees to it that every span lies in the text and has its words: who
// writes files of records may have made a mistake.
func checked(r *news.Record, name string, line int) error {
	if r.Schema != news.Schema {
		return fmt.Errorf("%s, line %d: the record is of schema %q; this program knows %s", name, line, r.Schema, news.Schema)
	}
	var wrong error
	r.EachSpan(func(s *news.Span) {
		if s.Start > s.End && wrong == nil {
			wrong = fmt.Errorf("%s, line %d: a span ends before it begins (%q)", name, line, s.Text)
		}
	})
	for _, b := range r.Article.Blocks {
		if b.Start > b.End && wrong == nil {
			wrong = fmt.Errorf("%s, line %d: a block ends before it begins", name, line)
		}
	}
	return wrong
}
