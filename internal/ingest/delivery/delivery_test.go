package delivery

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/news"
)

const (
	ninjs = `{"uri":"urn:wire:7","type":"text","versioncreated":"2031-05-07T09:00:00Z","headline":"Port to close","body_text":"The port will close on Friday, the board said."}`
	kill  = `{"uri":"urn:wire:7","type":"text","pubstatus":"canceled","versioncreated":"2031-05-07T10:00:00Z","headline":"Port to close","body_text":"The port will close on Friday, the board said.","ednote":"MANDATORY KILL"}`
	html  = `<!doctype html><html><head><title>Port to close</title><link rel="canonical" href="https://post.example/port-to-close"></head><body><article><h1>Port to close</h1>
		<p>The port will close on Friday, its board said on Tuesday after a meeting that lasted until midnight and ended without a vote.</p>
		<p>Workers said that they would occupy the quays until the owners give them a date on which the work at the terminal begins again.</p></article></body></html>`
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func collect(t *testing.T, dir string, o FileOptions) (all []news.Delivery, failed []string) {
	t.Helper()
	for d, err := range Files(t.Context(), []string{dir}, o) {
		if err != nil {
			failed = append(failed, strings.ReplaceAll(err.Error(), dir+"/", ""))
			continue
		}
		all = append(all, d)
	}
	return all, failed
}

func TestFiles(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.json": ninjs, "b.json": kill,
		"c.json":  `{"title":"Ferry strike ends","text":"The strike ended on Monday.","url":"HTTPS://Post.example/strike?utm_source=x","published":"2031-05-06","authors":"Jonas Reker"}`,
		"d.jsonl": "{\"text\":\"One thing happened.\"}\nnonsense\n{\"text\":\"Another happened.\",\"title\":\"Two\"}\n",
		"e.html":  html, "f.txt": "\ufeffPort closes\r\n\r\nIt closed on Monday.", "g.md": "---\nurl: https://post.example/g\n---\n# Port closes\n\nIt closed on Monday.\n",
		"h.xml": "<rss></rss>", ".hidden.txt": "Not read.", "i.csv": "not,read", "sub/j.txt": "Deep.", "k.txt": "\xff\xfe\x00",
	})
	all, failed := collect(t, dir, FileOptions{Publisher: "Harbour Post"})
	var got []string
	for _, d := range all {
		name := strings.TrimPrefix(d.Capture.URL, "file://"+dir+"/")
		got = append(got, fmt.Sprintf("%s %s %v %q %s", name, d.Action, d.Addresses, d.Title, d.Published))
		if d.Text == "" && d.Action != news.Withdraw || d.Publisher == "" || d.Capture.SHA256 == "" || d.Capture.At.IsZero() {
			t.Errorf("%s: %+v", name, d)
		}
	}
	want := []string{
		`a.json publish [urn:wire:7] "Port to close" 2031-05-07T09:00:00Z`,
		`b.json withdraw [urn:wire:7] "Port to close" 2031-05-07T10:00:00Z`,
		`c.json#L1 publish [https://post.example/strike] "Ferry strike ends" 2031-05-06`,
		`d.jsonl#L1 publish [] "" `,
		`d.jsonl#L3 publish [] "Two" `,
		`e.html publish [https://post.example/port-to-close] "Port to close" `,
		`f.txt publish [] "" `,
		`g.md publish [https://post.example/g] "Port closes" `,
		`sub/j.txt publish [] "" `,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s := strings.Join(failed, "\n"); len(failed) != 3 || !strings.Contains(s, "d.jsonl:2") || !strings.Contains(s, "h.xml") || !strings.Contains(s, "k.txt") {
		t.Errorf("failed:\n%s", s)
	}
}

// What is kept of a file makes the same article when it is read again.
func TestCapturesMakeTheSameArticle(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.json": ninjs, "c.jsonl": `{"title":"Ferry strike ends","text":"The strike ended on Monday.","url":"https://post.example/strike","published":"2031-05-06","authors":["Jonas Reker"],"publisher":"Post"}` + "\n" + `{"text":"No title, no address."}`,
		"e.html": html, "f.txt": "\ufeffPort closes\r\n\r\nIt closed on Monday.", "g.md": "---\nurl: https://post.example/g\ndate: 2031-05-06\n---\n# Port closes\n\nIt closed on Monday.\n",
	})
	all, failed := collect(t, dir, FileOptions{Published: "2031-05-01"})
	if len(all) != 6 || len(failed) > 0 {
		t.Fatalf("%d articles, failed %v", len(all), failed)
	}
	for _, d := range all {
		again, err := Of(t.Context(), d.Capture)
		if err != nil || len(again) != 1 {
			t.Errorf("%s: %v, %d articles", d.Capture.URL, err, len(again))
			continue
		}
		if d.Published != "2031-05-01" || d.PublishedBasis != news.PublishedGiven {
			t.Errorf("%s: published %s (%s)", d.Capture.URL, d.Published, d.PublishedBasis)
		}
		if !reflect.DeepEqual(again[0], d) {
			t.Errorf("%s: read again it is\n%+v\nand was\n%+v", d.Capture.URL, again[0], d)
		}
	}
}

func TestIsRead(t *testing.T) {
	for name, want := range map[string]bool{"a.txt": true, "b/C.XML": true, "b/.hidden.txt": false, "c.csv": false, "d": false} {
		if IsRead(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

func TestFilesStop(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "One.", "b.txt": "Two.", "c.txt": "Three."})
	n := 0
	for range Files(t.Context(), []string{dir, dir}, FileOptions{}) {
		if n++; n == 2 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n = 0
	for range Files(ctx, []string{dir, dir}, FileOptions{}) {
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d articles after it was given up", n)
	}
}

func TestMediaType(t *testing.T) {
	for _, c := range []struct{ declared, body, want string }{
		{"text/html; charset=utf-8", html, HTML},
		{"text/plain", html, HTML},
		{"", html, HTML},
		{"text/html", `<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>`, Feed},
		{"application/octet-stream", `<feed xmlns="http://www.w3.org/2005/Atom"></feed>`, Feed},
		{"text/xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`, Sitemap},
		{"application/json", ninjs, "application/vnd.iptc.ninjs+json"},
		{"application/json", `{"text":"x"}`, JSON},
		{"application/pdf", "%PDF-1.7", "application/pdf"},
		{"", "%PDF-1.7", "application/pdf"},
		{"bad;;type", "words", "text/plain"},
	} {
		if got := MediaType(c.declared, []byte(c.body)); got != c.want {
			t.Errorf("%q %.30q: %s, want %s", c.declared, c.body, got, c.want)
		}
	}
}

func TestOfRefuses(t *testing.T) {
	for _, c := range []struct {
		capture news.Capture
		want    error
	}{
		{news.Capture{MediaType: "application/pdf"}, ErrForm},
		{news.Capture{MediaType: Feed}, ErrForm},
		{news.Capture{MediaType: JSON, Body: []byte(`[{"text":"a"},{"text":"b"}]`)}, ErrForm},
		{news.Capture{MediaType: JSON, Body: []byte(`{"text":`)}, nil},
		{news.Capture{MediaType: Plain, Body: []byte(" ")}, nil},
		{news.Capture{MediaType: Plain, Body: []byte("\xff")}, nil},
		{news.Capture{MediaType: HTML, Body: []byte("<p>")}, page.ErrNoArticle},
	} {
		_, err := Of(t.Context(), &c.capture)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s %q: %v", c.capture.MediaType, c.capture.Body, err)
		}
	}
}
