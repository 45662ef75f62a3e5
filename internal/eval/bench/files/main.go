// Command files measures how many rows a second are written in each form of
// export, and what memory that takes:
//
//	go run ./internal/eval/bench/files
//	go run ./internal/eval/bench/files -store desk.db
//
// The rows are those of one invented article (../article.txt), read once and
// cloned with new ids. With -store a store's events are written by the program
// itself, as it is released; internal/eval/bench/search makes such a store.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/eval"
	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/reader"
)

func main() {
	events := flag.Int("events", 60_000, "how many events are written in each form")
	file := flag.String("article", "internal/eval/bench/article.txt", "the article")
	store := flag.String("store", "", "a store's `file`: its events are written too, by the program")
	only := flag.String("format", "", "one form only")
	flag.Parse()
	if err := run(context.Background(), *events, *file, *only); err == nil && *store != "" {
		err = fromStore(context.Background(), *store, *only)
		end(err)
	} else {
		end(err)
	}
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "files:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, events int, file, only string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	rd, err := reader.New(reader.Options{})
	if err != nil {
		return err
	}
	r, err := rd.Read(ctx, reader.Input{Text: string(text), Published: "2031-09-14"})
	if err != nil {
		return err
	}
	// As JSON and back, so that nothing of the reading is still held.
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	r, rd = &news.Record{}, nil
	if err := json.Unmarshal(doc, r); err != nil {
		return err
	}
	fmt.Printf("%s. The article has %d words, %d events, %d statements.\n\n", eval.Machine(), len(bytes.Fields(text)), len(r.Events), len(r.Statements))
	fmt.Printf("| form | words | events | a second | a second of one processor | MB | heap beyond the start, MB |\n|---|---|---|---|---|---|---|\n")
	dir, err := os.MkdirTemp("", "onrecord-files-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, f := range export.Formats() {
		if !f.Fits(query.Events) || only != "" && f.Name != only {
			continue
		}
		for _, rights := range []news.Rights{news.RightsFull, news.RightsSnippet} {
			if err := one(ctx, dir, f.Name, r, rights, events); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
		}
	}
	return nil
}

// one writes the events in one form.
func one(ctx context.Context, dir, format string, r *news.Record, rights news.Rights, events int) error {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	most := before.HeapAlloc
	n := 0
	rows := clones(r, rights, events, func() {
		if n++; n%3 == 0 {
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	})
	start, busy := time.Now(), processor()
	m, err := export.Dir(ctx, export.Options{Kind: query.Events, Format: format, Version: "bench", Now: start}, dir, rows)
	if err != nil {
		return err
	}
	took, cpu := time.Since(start), processor()-busy
	var size int64
	for _, f := range m.Files {
		size += f.Bytes
	}
	fmt.Printf("| %s | %s | %d | %.0f | %.0f | %.1f | %.0f |\n", format, rights, m.Rows, float64(m.Rows)/took.Seconds(), float64(m.Rows)/cpu.Seconds(), float64(size)/1e6, float64(most-before.HeapAlloc)/1e6)
	return nil
}

// clones yields the events of the record again and again, each time as another
// article's.
func clones(r *news.Record, rights news.Rights, events int, each func()) iter.Seq2[export.Row, error] {
	return func(yield func(export.Row, error) bool) {
		if len(r.Events) == 0 {
			yield(export.Row{}, errors.New("the article has no events"))
			return
		}
		for n, article := 0, 0; n < events; article++ {
			c := *r
			c.Article.ID = fmt.Sprintf("a%015x", article)
			a := &export.Article{Record: &c, Rights: rights}
			if article%200 == 0 {
				each()
			}
			for _, row := range a.Rows(query.Events, nil) {
				if !yield(row, nil) {
					return
				}
				if n++; n == events {
					return
				}
			}
		}
	}
}

// fromStore writes all events of a store with the program.
func fromStore(ctx context.Context, store, only string) error {
	dir, err := os.MkdirTemp("", "onrecord-files-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin := filepath.Join(dir, "onrecord")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", bin, "./cmd/onrecord").CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	for _, format := range []string{"csv", "parquet"} {
		if only != "" && format != only {
			continue
		}
		out := filepath.Join(dir, format)
		cmd := exec.CommandContext(ctx, bin, "export", "--store", store, "--format", format, "--out", out)
		start := time.Now()
		if told, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("export %s: %w\n%s", format, err, told)
		}
		took := time.Since(start)
		doc, err := os.ReadFile(filepath.Join(out, export.ManifestName))
		if err != nil {
			return err
		}
		var m export.Manifest
		if err := json.Unmarshal(doc, &m); err != nil {
			return err
		}
		fmt.Printf("\n%s: %s of %d events of %d articles in %s: %.0f events a second (%s of processors)\n", strings.TrimSuffix(filepath.Base(store), ".db"), format, m.Rows, m.Articles,
			took.Round(10*time.Millisecond), float64(m.Rows)/took.Seconds(), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Round(10*time.Millisecond))
	}
	return nil
}
