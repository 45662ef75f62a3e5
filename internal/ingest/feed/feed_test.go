package feed

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	update = flag.Bool("update", false, "write the golden files")
	now    = time.Date(2031, 5, 7, 12, 0, 0, 0, time.UTC)
)

const base = "https://www.example.org/feeds/news.xml"

func describe(f *Feed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nhomepage: %s\nttl: %s\n", f.Title, f.Homepage, f.TTL)
	for _, w := range f.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	for _, it := range f.Items {
		fmt.Fprintf(&b, "\n%s\n", it.URL)
		for _, x := range []struct{ name, value string }{
			{"guid", it.Hint.GUID}, {"title", it.Hint.Title}, {"authors", strings.Join(it.Hint.Authors, "; ")}, {"published", it.Hint.Published}, {"modified", it.Hint.Modified}, {"language", it.Hint.Language},
		} {
			if x.value != "" {
				fmt.Fprintf(&b, "  %s: %s\n", x.name, x.value)
			}
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.[xj]*")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !Sniff(raw) {
				t.Error("not seen to be a feed")
			}
			f, err := Read(raw, "", base, now)
			if err != nil {
				t.Fatal(err)
			}
			got, golden := describe(f), file[:len(file)-len(filepath.Ext(file))]+".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	cases := []struct {
		name, raw string
		want      error
	}{
		{"nothing", "", ErrNotFeed},
		{"a page", "<!DOCTYPE html><html><body>No feed</body></html>", ErrNotFeed},
		{"a sitemap", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>`, ErrNotFeed},
		{"words", "Service unavailable", ErrNotFeed},
		{"JSON of another kind", `{"error":"not found"}`, ErrNotFeed},
		{"no item can be read", "<rss version='2.0'><channel><item><title>x</ite", ErrBroken},
		{"too large", strings.Repeat(" ", MaxBytes+1), ErrTooLarge},
		// Elements in elements: a parser that calls itself would end the program.
		{"too deep", "<rss version='2.0'><channel><item><m:a xmlns:m='m'>" + strings.Repeat("<m:b>", 2_000_000), ErrNotFeed},
	}
	for _, c := range cases {
		if _, err := Read([]byte(c.raw), "", base, now); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestReadMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("<rss version='2.0'><channel>")
	for i := range MaxItems + 10 {
		fmt.Fprintf(&b, "<item><link>/n/%d</link></item>", i)
	}
	b.WriteString("</channel></rss>")
	f, err := Read([]byte(b.String()), "", base, now)
	if err != nil || len(f.Items) != MaxItems || len(f.Warnings) != 1 {
		t.Errorf("%d items, %v, %v", len(f.Items), f.Warnings, err)
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.[xj]*")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := Read(raw, "", base, now)
		if err != nil {
			return
		}
		seen := make(map[string]bool)
		for _, it := range got.Items {
			if it.URL == "" || seen[it.URL] || !strings.HasPrefix(it.URL, "http") {
				t.Errorf("address %q", it.URL)
			}
			seen[it.URL] = true
		}
	})
}
