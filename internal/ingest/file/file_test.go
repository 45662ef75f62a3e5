package file

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

// folder writes files below a temporary folder and returns its path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// open reads the paths to the end and prints one line for each item or error.
func open(t *testing.T, o Options, dir string, paths ...string) []string {
	t.Helper()
	var out []string
	for it, err := range Open(context.Background(), paths, o) {
		name := strings.TrimPrefix(strings.TrimPrefix(it.Name, dir), "/")
		if err != nil {
			out = append(out, name+" ! "+strings.ReplaceAll(err.Error(), dir+"/", ""))
			continue
		}
		out = append(out, fmt.Sprintf("%s = %q", name, it.Text))
	}
	return out
}

func TestFolder(t *testing.T) {
	dir := folder(t, map[string]string{
		"b.txt":         "Port closes.\r\nToday.\r\n",
		"a/z.md":        "# Port closes\n\nThe port closed.\n",
		"a/b/c.txt":     "\ufeffDeep.",
		"c.json":        `{"title":"Port closes","text":"It closed."}`,
		"d.jsonl":       "{\"text\":\"One.\"}\n\n{\"text\":\"Two.\"}\n",
		"e.csv":         "not read",
		".hidden.txt":   "not read",
		".git/x.txt":    "not read",
		"f.txt":         "",
		"g.txt":         "caf\xe9 fire",
		"h.HTML":        "<title>Mine closed</title><p>The mine at Tolvik was closed on Saturday after a collapse.",
		"not-txt/x.bin": "not read",
	})
	got := open(t, Options{}, dir, dir)
	want := []string{
		`a/b/c.txt = "Deep."`,
		`a/z.md = "# Port closes\n\nThe port closed.\n"`,
		`b.txt = "Port closes.\nToday.\n"`,
		`c.json:1 = "Port closes\n\nIt closed."`,
		`d.jsonl:1 = "One."`,
		`d.jsonl:3 = "Two."`,
		`f.txt ! f.txt: is empty`,
		`g.txt ! g.txt: is not valid UTF-8: byte 3 (0xe9), line 1 (convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8)`,
		`h.HTML = "Mine closed\n\nThe mine at Tolvik was closed on Saturday after a collapse."`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// like compares; a * in want stands for words of the standard library.
func like(want, got string) bool {
	first, last, any := strings.Cut(want, "*")
	return want == got || any && strings.HasPrefix(got, first) && strings.HasSuffix(got, last)
}

func TestErrors(t *testing.T) {
	dir := folder(t, map[string]string{
		"blank.txt":    " \n\t\n",
		"utf16.txt":    "\xff\xfeP\x00o\x00",
		"doc.pdf":      "%PDF-1.7 …",
		"zero.txt":     "Port\x00closes",
		"bad.json":     "[{\"text\": \"One.\"},\n {\"text\": 3},\n {\"text\": \"Three.\"}\n {]",
		"cut.json":     `[{"text": "One."}, {"te`,
		"number.json":  "17",
		"lines.jsonl":  "{\"text\": \"One.\"}\n{\"text\": \nnull\n{\"text\": \"Four.\", \"authors\": \"Mara Velin\"}\n{}\n{\"text\": \"\xff\"}\n",
		"none/x.csv":   "x",
		"empty.jsonl":  "\n\n",
		"array.json":   "[]",
		"pretty.json":  "{\n \"title\": \"Port closes\",\n \"text\": \"It closed.\"\n}\n",
		"lines.json":   "{\"text\": \"One.\"}\n{\"text\": \"Two.\"\n{\"text\": \"Three.\"}\n",
		"noextension":  "Port closes.",
		"page.unknown": "<!DOCTYPE html><p>The mine at Tolvik was closed on Saturday after a collapse.",
	})
	for _, c := range []struct {
		file string
		err  error
		want []string
	}{
		{"missing.txt", ErrNotFound, []string{"missing.txt ! missing.txt: no such file or folder"}},
		{"blank.txt", ErrEmpty, []string{"blank.txt ! blank.txt: is empty"}},
		{"utf16.txt", ErrNotUTF8, []string{"utf16.txt ! utf16.txt: is not valid UTF-8: it is UTF-16 (convert it: iconv -f UTF-16 -t UTF-8)"}},
		{"doc.pdf", ErrBinary, []string{"doc.pdf ! doc.pdf: is not text: it is a PDF (save its text as a .txt or .html file)"}},
		{"zero.txt", ErrBinary, []string{"zero.txt ! zero.txt: is not text: byte 4 is zero"}},
		{"bad.json", ErrBadJSON, []string{
			`bad.json:1 = "One."`,
			`bad.json:2 ! bad.json:2: is not the JSON that was expected: text is a number, want a string`,
			`bad.json:3 = "Three."`,
			`bad.json ! bad.json: is not the JSON that was expected: line 4 (byte 54): *; want an array or lines of {title, text, url, published}`,
		}},
		{"cut.json", ErrBadJSON, []string{
			`cut.json:1 = "One."`,
			`cut.json ! cut.json: is not the JSON that was expected: line 1: the file ends in the middle of it; want an array or lines of {title, text, url, published}`,
		}},
		{"number.json", ErrBadJSON, []string{`number.json:1 ! number.json:1: is not the JSON that was expected: found a number; want an array or lines of {title, text, url, published}`}},
		{"lines.jsonl", ErrBadJSON, []string{
			`lines.jsonl:1 = "One."`,
			`lines.jsonl:2 ! lines.jsonl:2: is not the JSON that was expected: *; want an array or lines of {title, text, url, published}`,
			`lines.jsonl:3 ! lines.jsonl:3: is empty: neither text nor title; want an array or lines of {title, text, url, published}`,
			`lines.jsonl:4 = "Four."`,
			`lines.jsonl:5 ! lines.jsonl:5: is empty: neither text nor title; want an array or lines of {title, text, url, published}`,
			`lines.jsonl:6 ! lines.jsonl:6: is not valid UTF-8: byte 10 (0xff), line 1 (convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8)`,
		}},
		{"none", ErrNoArticles, []string{"none ! none: the folder holds no .txt, .md, .html, .json or .jsonl file"}},
		{"empty.jsonl", ErrEmpty, []string{"empty.jsonl ! empty.jsonl: is empty"}},
		{"array.json", ErrEmpty, []string{"array.json ! array.json: is empty"}},
		{"pretty.json", nil, []string{`pretty.json:1 = "Port closes\n\nIt closed."`}},
		{"lines.json", ErrBadJSON, []string{
			`lines.json:1 = "One."`,
			`lines.json:2 ! lines.json:2: is not the JSON that was expected: *; want an array or lines of {title, text, url, published}`,
			`lines.json:3 = "Three."`,
		}},
		{"noextension", nil, []string{`noextension = "Port closes."`}},
		{"page.unknown", nil, []string{`page.unknown = "The mine at Tolvik was closed on Saturday after a collapse."`}},
	} {
		path := filepath.Join(dir, c.file)
		got := open(t, Options{}, dir, path)
		if !slices.EqualFunc(c.want, got, like) {
			t.Errorf("%s: -want +got\n%s", c.file, cmp.Diff(c.want, got))
		}
		found := c.err == nil
		for _, err := range Open(context.Background(), []string{path}, Options{}) {
			var typed *Error
			if err != nil && !errors.As(err, &typed) {
				t.Errorf("%s: %v is no *Error", c.file, err)
			}
			found = found || errors.Is(err, c.err)
		}
		if !found {
			t.Errorf("%s: no error is %v", c.file, c.err)
		}
	}
}

func TestStdin(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Port closes.\n", `- = "Port closes.\n"`},
		{"", "- ! standard input: is empty"},
		{"  [{\"text\": \"One.\"}]", `-:1 = "One."`},
		{"[VELIN] We will stay.", `- = "[VELIN] We will stay."`},
		{"{\"text\": \"One.\"}", `-:1 = "One."`},
		{"{Port} closes", `- = "{Port} closes"`},
		{"<html><p>The mine at Tolvik was closed on Saturday after a collapse.", `- = "The mine at Tolvik was closed on Saturday after a collapse."`},
	} {
		for _, paths := range [][]string{nil, {"-"}} {
			got := open(t, Options{Stdin: strings.NewReader(c.in)}, "", paths...)
			if d := cmp.Diff([]string{c.want}, got); d != "" {
				t.Errorf("%q: -want +got\n%s", c.in, d)
			}
		}
	}
}

func TestFields(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.json": `[{"title":" Port closes ","text":"It closed.","url":"https://example.org/a","published":"2031-05-07T10:00:00+02:00","publisher":"Harbour Times","authors":["Mara Velin"],"modified":"2031-05-08"},
{"text":"It closed.","published":"last Tuesday"}]`,
		"b.md": "---\ntitle: \"Port closes\"\ndate: 2031-05-07\nurl: https://example.org/b\nauthors:\n  - Mara Velin\n  - Tor Aas\n---\n\n# Port closes\n\nIt closed.\n",
	})
	var got []Item
	for it, err := range Open(context.Background(), []string{filepath.Join(dir, "a.json"), filepath.Join(dir, "b.md")}, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		it.Name = filepath.Base(it.Name)
		got = append(got, it)
	}
	md := "---\ntitle: \"Port closes\"\ndate: 2031-05-07\nurl: https://example.org/b\nauthors:\n  - Mara Velin\n  - Tor Aas\n---\n\n# Port closes\n\nIt closed.\n"
	block := func(kind news.BlockKind, s string) news.Block {
		i := strings.LastIndex(md, s)
		return news.Block{Kind: kind, Range: news.Range{Start: i, End: i + len(s)}}
	}
	want := []Item{
		{Name: "a.json:1", Text: "Port closes\n\nIt closed.", Title: "Port closes", URL: "https://example.org/a", Publisher: "Harbour Times", Authors: []string{"Mara Velin"},
			Published: "2031-05-07T10:00:00+02:00", PublishedBasis: news.PublishedGiven, Modified: "2031-05-08"},
		{Name: "a.json:2", Text: "It closed.", Warnings: []news.Warning{{Code: "date_not_understood", Message: `published "last Tuesday" is neither a day (2031-05-07) nor RFC 3339`}}},
		{Name: "b.md", Text: md, Title: "Port closes", URL: "https://example.org/b", Authors: []string{"Mara Velin", "Tor Aas"}, Published: "2031-05-07", PublishedBasis: news.PublishedMetadata,
			Blocks: []news.Block{
				{Kind: news.BlockBoilerplate, Range: news.Range{Start: 0, End: strings.Index(md, "\n\n#")}},
				block(news.BlockBoilerplate, "#"), block(news.BlockTitle, "Port closes"), block(news.BlockParagraph, "It closed."),
			}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

func TestTooLarge(t *testing.T) {
	big := strings.Repeat("The port closed on Friday.\n", MaxText/27+1)
	dir := folder(t, map[string]string{
		"big.txt":    big,
		"long.jsonl": `{"text":"` + strings.Repeat("x", MaxText+1) + "\"}\n{\"text\":\"Two.\"}\n",
	})
	got := open(t, Options{}, dir, dir)
	want := []string{
		"big.txt ! big.txt: is too large: the limit is 10 MiB (one file is one article; give many as JSON, one {title, text, url, published} a line)",
		"long.jsonl:1 ! long.jsonl:1: is too large: the limit is 10 MiB (that is the most for one article)",
		`long.jsonl:2 = "Two."`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	// An article in JSON without an end must not fill the memory.
	got = open(t, Options{Stdin: &endless{start: `[{"text":"`}}, "", "-")
	if len(got) != 1 || !strings.Contains(got[0], "too large") {
		t.Errorf("endless JSON: %q", got)
	}
}

// endless is JSON that never ends.
type endless struct{ start string }

func (e *endless) Read(p []byte) (int, error) {
	if n := copy(p, e.start); n > 0 {
		e.start = e.start[n:]
		return n, nil
	}
	return copy(p, bytes.Repeat([]byte("x"), len(p))), nil
}

// Links in a folder: those to files are read, those to folders are not, so no
// loop is followed.
func TestLinks(t *testing.T) {
	dir := folder(t, map[string]string{"a/x.txt": "One."})
	for link, to := range map[string]string{"a/loop": "..", "a/y.txt": "x.txt", "a/gone.txt": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	got := open(t, Options{}, dir, dir)
	if len(got) != 3 || !strings.Contains(got[0], "a/gone.txt !") || got[1] != `a/x.txt = "One."` || got[2] != `a/y.txt = "One."` {
		t.Errorf("got %q", got)
	}
}

func TestStop(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "One.", "b.txt": "Two.", "c.jsonl": "{\"text\":\"Three.\"}\n{\"text\":\"Four.\"}"})
	n := 0
	for _, err := range Open(context.Background(), []string{dir}, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d items before the stop", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for it, err := range Open(ctx, []string{dir}, Options{}) {
		t.Errorf("%s (%v) after the context was cancelled", it.Name, err)
	}
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`[{"title":"a","text":"b","published":"2031-05-07","authors":["x"]}]`, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", `[`, `[[[]]]`, `{"text":{"a":1}}`, "null\n1\n", `[{"text":"a"},`, `{"text":"\ud800"}`, "[]x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, form := range []form{jsons, lines} {
			r := &opener{ctx: context.Background()}
			n := 0
			r.yield = func(it Item, err error) bool {
				if (err == nil) != (it.Text != "") {
					t.Errorf("text %q with error %v", it.Text, err)
				}
				n++
				return n < 1000
			}
			r.read("x", strings.NewReader(s), form)
			if n == 0 {
				t.Error("neither an article nor an error")
			}
		}
	})
}
