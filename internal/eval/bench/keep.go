package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/examples/site"
	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/ingest/warc"
	"github.com/onrecord/onrecord/internal/news"
)

// keeping measures what it costs to keep so many articles, beside reading them.
func keeping(ctx context.Context, bin, dir string, kept int) ([]row, error) {
	name := filepath.Join(dir, "articles.jsonl")
	if err := writeArticles(name, kept); err != nil {
		return nil, err
	}
	// In turns, so that what else the machine does falls on both.
	var reads, keeps []time.Duration
	var peak int64
	for i := range 3 {
		took, _, err := timed(ctx, bin, "read", "--format", "jsonl", name)
		if err != nil {
			return nil, err
		}
		reads = append(reads, took)
		took, p, err := timed(ctx, bin, "import", "jsonl", "--store", filepath.Join(dir, fmt.Sprintf("kept%d.db", i)), name)
		if err != nil {
			return nil, err
		}
		keeps, peak = append(keeps, took), max(peak, p)
	}
	slices.Sort(reads)
	slices.Sort(keeps)
	read, keep := reads[len(reads)/2], keeps[len(keeps)/2]
	rate := func(d time.Duration) string { return fmt.Sprintf("%.1f", float64(kept)/d.Seconds()) }
	rows := []row{
		{fmt.Sprintf("articles a second: reading %d articles of the example stories", kept), rate(read), ""},
		{"articles a second: reading and storing them in SQLite, with stories and claims", rate(keep), ""},
		{"… of what reading alone does", fmt.Sprintf("%.0f %%", 100*read.Seconds()/keep.Seconds()), "≥ 70 %"},
	}
	if peak > 0 {
		rows = append(rows, row{"storing them, peak resident memory", fmt.Sprintf("%.0f MB", float64(peak)/1e6), ""})
	}
	watched, err := watching(ctx, bin, dir)
	if err != nil {
		return nil, err
	}
	archive, err := archives(ctx)
	return slices.Concat(rows, watched, archive), err
}

// writeArticles writes n articles as JSON lines: the reports of the example
// stories again and again, each round two months later and each text with a line of
// its own, so that every round is news of its own.
func writeArticles(name string, n int) error {
	type line struct {
		Title     string `json:"title"`
		Text      string `json:"text"`
		URL       string `json:"url"`
		Published string `json:"published"`
	}
	all, err := reports()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	for i := range n {
		r, round := all[i%len(all)], i/len(all)
		day, err := time.Parse(time.DateOnly, r.day)
		if err != nil {
			return fmt.Errorf("the day of %s: %w", r.title, err)
		}
		text := fmt.Sprintf("%s\n\nThis is report %d.", r.text, i)
		err = e.Encode(line{r.title, text, fmt.Sprintf("https://post%d.example/%d", i%40, i), day.AddDate(0, 2*round, 0).Format(time.DateOnly)})
		if err != nil {
			return err
		}
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

type told struct{ title, text, day, publisher string }

// reports are the reports of the example stories.
func reports() ([]told, error) {
	var out []told
	for _, story := range examples.Stories() {
		for _, name := range examples.Reports(story) {
			raw, err := examples.Files.ReadFile(name)
			if err != nil {
				return nil, err
			}
			md := clean.Markdown(string(raw))
			var text []string
			for _, b := range md.Blocks {
				text = append(text, string(raw)[b.Start:b.End])
			}
			out = append(out, told{md.Title, strings.Join(text, "\n\n"), md.Published, md.Publisher})
		}
	}
	return out, nil
}

// timed runs the program, and returns its time on the clock and its peak memory.
func timed(ctx context.Context, bin string, args ...string) (time.Duration, int64, error) {
	cmd := exec.CommandContext(ctx, bin, args...)
	var failed bytes.Buffer
	cmd.Stderr = &failed
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, 0, fmt.Errorf("run onrecord %s: %w\n%s", args[0], err, failed.String())
	}
	return time.Since(start), peakMemory(cmd.ProcessState), nil
}

// watching measures a round of watch over the example outlets.
func watching(ctx context.Context, bin, dir string) ([]row, error) {
	outlets, err := site.New()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &http.Server{Handler: outlets, ReadHeaderTimeout: time.Minute}
	go func() { _ = s.Serve(l) }() // it ends when it is closed
	defer s.Close()
	store := filepath.Join(dir, "watched.db")
	add := []string{"source", "add", "--no-check", "--store", store}
	reports := 0
	for _, o := range outlets.Outlets {
		if strings.HasSuffix(o.List, "sitemap.xml") {
			continue // lists years of reports, of which a new source takes no old ones
		}
		add = append(add, "http://"+l.Addr().String()+o.List)
		reports += len(o.Reports)
	}
	if _, _, err := timed(ctx, bin, add...); err != nil {
		return nil, err
	}
	took, peak, err := timed(ctx, bin, "watch", "--once", "--store", store, "--allow-network", "127.0.0.1", "--gap", "0s")
	if err != nil || peak == 0 {
		return nil, err
	}
	what := fmt.Sprintf("watch: a round over %d sources with %d articles", len(add)-5, reports)
	return []row{{what, fmt.Sprintf("%.1f s", took.Seconds()), ""}, {what + ", peak resident memory", fmt.Sprintf("%.0f MB", float64(peak)/1e6), "≤ 600 MB"}}, nil
}

// archives measures the reader of web archives, on one core: records of pages of
// some 40 KB, each its own gzip member, without what is made of them.
func archives(ctx context.Context) ([]row, error) {
	const pages = 2000
	var b bytes.Buffer
	w := warc.NewWriter(&b, 0)
	for i := range pages {
		var page strings.Builder
		fmt.Fprintf(&page, "<!doctype html><html><head><title>Report %d</title></head><body><article>", i)
		for n := 0; page.Len() < 40_000; n++ {
			fmt.Fprintf(&page, "<p class=\"p%d\">%s</p>\n<div class=\"teaser\"><a href=\"/news/%d/%d\">Report %d</a></div>", n, article[n*97%1000:][:400], i, n, i*n)
		}
		c := &news.Capture{URL: fmt.Sprintf("https://post.example/%d", i), At: time.Unix(1_900_000_000, 0), Status: 200, Header: "Content-Type: text/html; charset=utf-8", MediaType: "text/html", Body: []byte(page.String())}
		if _, err := w.Capture(c); err != nil {
			return nil, err
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var best time.Duration
	for range 3 {
		start, n := time.Now(), 0
		for _, err := range warc.Captures(ctx, bytes.NewReader(b.Bytes()), warc.Options{}) {
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			n++
		}
		if n != pages {
			return nil, fmt.Errorf("%d of %d records were read", n, pages)
		}
		if took := time.Since(start); best == 0 || took < best {
			best = took
		}
	}
	return []row{{"web archives: records a second on one core (pages of 40 KB)", thousands(pages / best.Seconds()), "≥ 1,000"}}, nil
}
