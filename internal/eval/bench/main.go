// Command bench measures speed and memory and writes docs/performance.md:
//
//	go run ./internal/eval/bench -write docs/performance.md
//
// It builds the program as it is released, so that start-up and memory are
// those of what users run. The article is invented and fixed (article.txt).
package main

import (
	"bytes"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/eval"
	"github.com/onrecord/onrecord/internal/reader"
)

// article has some 500 words, as many as a longish agency report.
//
//go:embed article.txt
var article string

const published = "2031-09-14"

func main() {
	file := flag.String("write", "", "write the report to this `file`; else it is printed")
	words := flag.Bool("words", false, "print only how many words the language model analyses in a second")
	articles := flag.Int("articles", 200_000, "how many `articles` the large store has; 0 for none")
	kept := flag.Int("kept", 580, "how many articles are read, and stored, to compare the two")
	storing := flag.Bool("keep", false, "measure only what is stored: end to end, web archives, a large store")
	flag.Parse()
	if *storing {
		if err := onlyKeeping(context.Background(), *kept, *articles); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if *words {
		if err := printWords(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	var b bytes.Buffer
	if err := report(context.Background(), &b, *kept, *articles); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	if *file == "" {
		fmt.Print(b.String())
		return
	}
	if err := os.WriteFile(*file, b.Bytes(), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// row is one line of the report.
type row struct{ what, measured, asked string }

func report(ctx context.Context, w io.Writer, kept, articles int) error {
	dir, err := os.MkdirTemp("", "onrecord-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	busy := load()
	model, err := languageModel(ctx)
	if err != nil {
		return err
	}
	rows, err := inside(ctx)
	if err != nil {
		return err
	}
	more, err := outside(ctx, dir)
	if err != nil {
		return err
	}
	stored, err := stores(ctx, dir, kept, articles)
	if err != nil {
		return err
	}
	words := len(strings.Fields(article))
	fmt.Fprintf(w, `# Performance

Measured figures only, written by `+"`make bench`"+`; nothing here is entered by hand.
Measured %s on %s%s.
The article is internal/eval/bench/article.txt: invented, %d words.

| what | measured | asked |
|---|---|---|
`, time.Now().Format(time.DateOnly), eval.Machine(), busy, words)
	for _, r := range slices.Concat(model, rows, more, stored) {
		fmt.Fprintf(w, "| %s | %s | %s |\n", r.what, r.measured, r.asked)
	}
	return nil
}

// stores measures what is kept; outside has built the program.
func stores(ctx context.Context, dir string, kept, articles int) ([]row, error) {
	rows, err := keeping(ctx, filepath.Join(dir, "onrecord"), dir, kept)
	if err != nil || articles == 0 {
		return rows, err
	}
	more, err := large(ctx, dir, articles)
	return slices.Concat(rows, more), err
}

// onlyKeeping prints what stores measures.
func onlyKeeping(ctx context.Context, kept, articles int) error {
	dir, err := os.MkdirTemp("", "onrecord-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := build(ctx, filepath.Join(dir, "onrecord")); err != nil {
		return err
	}
	rows, err := stores(ctx, dir, kept, articles)
	for _, r := range rows {
		fmt.Printf("| %s | %s | %s |\n", r.what, r.measured, r.asked)
	}
	return err
}

// load says how busy the machine was before anything was measured, where
// Linux tells: figures from a busy machine are too low.
func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	minute, _, _ := strings.Cut(string(b), " ")
	return ", load average " + minute
}

// inside measures the reader in this process.
func inside(ctx context.Context) ([]row, error) {
	start := time.Now()
	rd, err := reader.New(reader.Options{})
	if err != nil {
		return nil, err
	}
	loading := time.Since(start)
	one, err := speed(ctx, rd, 1)
	if err != nil {
		return nil, err
	}
	rows := []row{
		{"loading the tables", loading.Round(time.Millisecond).String(), ""},
		{"articles a second on one core (GOMAXPROCS=1)", fmt.Sprintf("%.0f", one), "≥ 12"},
	}
	if n := runtime.NumCPU(); n > 1 {
		all, err := speed(ctx, rd, n)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{fmt.Sprintf("articles a second on %d cores", n), fmt.Sprintf("%.0f", all), ""})
	}
	return rows, nil
}

// speed is how many articles are read in a second on so many cores.
func speed(ctx context.Context, rd *reader.Reader, cores int) (float64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	var failed error
	var once sync.Once
	r := testing.Benchmark(func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := rd.Read(ctx, reader.Input{Text: article, Published: published}); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	})
	if failed != nil {
		return 0, failed
	}
	return float64(r.N) / r.T.Seconds(), nil
}

// outside measures the program as a user starts it.
func outside(ctx context.Context, dir string) ([]row, error) {
	bin := filepath.Join(dir, "onrecord")
	if err := build(ctx, bin); err != nil {
		return nil, err
	}
	info, err := os.Stat(bin)
	if err != nil {
		return nil, err
	}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if werr := os.WriteFile(path, []byte(text), 0o644); werr != nil {
			err = werr
		}
		return path
	}
	short := write("short.txt", "The port of Hallin will close on Friday, the mayor said.\n")
	one := write("one.txt", article)
	megabyte := write("megabyte.txt", strings.Repeat(article+"\n\n", (1<<20)/len(article)+1))
	var many []string
	for i := range 200 {
		many = append(many, write(fmt.Sprintf("many%03d.txt", i), article))
	}
	if err != nil {
		return nil, err
	}
	rows := []row{{"size of the program", fmt.Sprintf("%.1f MB", float64(info.Size())/1e6), ""}}
	for _, m := range []struct {
		what          string
		runs          int
		files         []string
		wall, resides string // what is asked
	}{
		{"start-up: reading one sentence", 9, []string{short}, "≤ 0.5 s", ""},
		{"reading one article", 9, []string{one}, "", "≤ 500 MB"},
		{"reading 200 articles in one run", 1, many, "", "≤ 500 MB"},
		{"reading one text of 1 MB", 1, []string{megabyte}, "", "≤ 500 MB"},
	} {
		u, err := run(ctx, bin, m.files, m.runs)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{m.what, fmt.Sprintf("%.2f s (%.2f s of processor time)", u.wall.Seconds(), u.cpu.Seconds()), m.wall})
		if u.peak > 0 {
			rows = append(rows, row{m.what + ", peak resident memory", fmt.Sprintf("%.0f MB", float64(u.peak)/1e6), m.resides})
		}
	}
	return rows, nil
}
