package clean

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files of pages")

// describe prints a page as its golden file has it.
func describe(p *Page) string {
	var b strings.Builder
	for _, f := range []struct{ name, value string }{
		{"title", p.Title}, {"authors", strings.Join(p.Authors, "; ")}, {"publisher", p.Publisher}, {"url", p.URL},
		{"published", p.Published}, {"modified", p.Modified}, {"language", p.Language},
	} {
		fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
	}
	for _, w := range p.Warnings {
		fmt.Fprintf(&b, "warning: %s: %s\n", w.Code, w.Message)
	}
	b.WriteByte('\n')
	for _, bl := range p.Blocks {
		fmt.Fprintf(&b, "%-11s | %s\n", bl.Kind, p.Text[bl.Start:bl.End])
	}
	return b.String()
}

// testdata/pages holds invented pages and what is to be found in each.
func TestHTMLPages(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			p, err := HTML(context.Background(), raw, "")
			if err != nil {
				t.Fatal(err)
			}
			checkBlocks(t, p.Text, p.Blocks)
			got := describe(p)
			golden := strings.TrimSuffix(f, ".html") + ".golden"
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

// The parser refuses deep nesting; the text is found all the same.
func TestHTMLDeep(t *testing.T) {
	story := "<p>The mine at Tolvik was closed on Saturday after a second collapse in a week, its owner said.</p>"
	raw := "<title>Mine closed</title>" + strings.Repeat("<div><span>", 5000) + story + strings.Repeat("<b>", 100_000) + story[:60]
	p, err := HTML(context.Background(), []byte(raw), "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.Text, "The mine at Tolvik was closed on Saturday") || p.Title != "Mine closed" {
		t.Errorf("title %q, text %q", p.Title, p.Text)
	}
}

func TestHTMLCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := HTML(ctx, []byte("<p>x"), ""); err == nil {
		t.Error("a cancelled context was not looked at")
	}
}

// Large and hostile pages must be read in seconds.
func TestHTMLLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, raw := range map[string]string{
		"paragraphs": strings.Repeat("<p>The harbour board closed the port on Friday, and nobody was told why.</p>", 4_000),
		"links":      strings.Repeat("<a href=/x>Port</a> ", 10_000),
		"divs":       strings.Repeat("<div>Port</div>", 10_000),
		"attributes": "<p " + strings.Repeat("a=b ", 200_000) + ">x",
		"open tags":  strings.Repeat("<p><b><i>", 4_000),
		"lists":      strings.Repeat("<ul><li>Port <ul><li>Quay</ul></ul>", 4_000),
	} {
		p, err := HTML(context.Background(), []byte(raw), "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkBlocks(t, p.Text, p.Blocks)
	}
}

func FuzzHTML(f *testing.F) {
	files, _ := filepath.Glob("testdata/pages/*.html")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`<script type="application/ld+json">[[[{"@type":"Article","author":[[["x"]]],"headline":3}]]]</script>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := HTML(context.Background(), raw, "https://example.org/2031/05/07/x")
		if err != nil {
			return
		}
		checkBlocks(t, p.Text, p.Blocks)
	})
}

func BenchmarkHTML(b *testing.B) {
	raw, err := os.ReadFile("testdata/pages/jsonld.html")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := HTML(context.Background(), raw, ""); err != nil {
			b.Fatal(err)
		}
	}
}
