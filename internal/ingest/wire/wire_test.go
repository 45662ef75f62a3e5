package wire

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

var update = flag.Bool("update", false, "write the golden files")

// describe prints items as the golden files have them.
func describe(items []Item) string {
	var b strings.Builder
	for i, it := range items {
		if i > 0 {
			b.WriteString("----\n")
		}
		when := ""
		if !it.Embargo.IsZero() {
			when = it.Embargo.Format(time.RFC3339)
		}
		for _, f := range []struct{ name, value string }{
			{"id", it.ID}, {"version", it.Version}, {"kind", it.Kind}, {"action", string(it.Action)}, {"about", it.About}, {"embargo", when}, {"note", it.Note},
			{"title", it.Title}, {"authors", strings.Join(it.Authors, "; ")}, {"publisher", it.Publisher},
			{"language", it.Language}, {"published", it.Published}, {"modified", it.Modified},
		} {
			if f.value != "" {
				fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
			}
		}
		text, blocks := it.Text()
		for _, bl := range blocks {
			fmt.Fprintf(&b, "%-11s | %s\n", bl.Kind, text[bl.Start:bl.End])
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.[jx]*")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			items, err := Read(raw)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(items)
			golden := f[:len(f)-len(filepath.Ext(f))] + ".golden"
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
		{"a page", "<html><body>nitf</body></html>", ErrUnknown},
		{"an article in JSON", `{"title":"Port","text":"The port closed."}`, ErrUnknown},
		{"a record with a uri", `{"uri":"x","text":"The port closed."}`, ErrUnknown},
		{"cut JSON", `{"uri":"x","versioncreated":"2031`, ErrUnknown},
		{"a picture", `{"uri":"x","type":"picture","renditions":{},"body_text":"x"}`, ErrNoText},
		{"a plan", `<planningItem guid="x"/>`, ErrNoText},
		{"cut XML", `<newsItem guid="x"><itemMeta>`, ErrMalformed},
		{"too deep", "<nitf>" + strings.Repeat("<p>", 300), ErrTooLarge},
		{"too many parts", "<nitf>" + strings.Repeat("<p/>", maxNodes), ErrTooLarge},
		{"an entity that grows", `<!DOCTYPE nitf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><nitf><body><body.content>&b;</body.content></body></nitf>`, nil},
	}
	for _, c := range cases {
		items, err := Read([]byte(c.raw))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		if c.want == nil && len(items[0].Pieces[0].Text) > 10 {
			t.Errorf("%s: %q", c.name, items[0].Pieces)
		}
	}
}

func TestActionOf(t *testing.T) {
	for _, c := range []struct {
		note, title string
		want        news.Action
	}{
		{"CORRECTS day in paragraph 2", "", news.Correct},
		{"Eds: Corrects spelling of the minister's name", "", news.Correct},
		{"", "CORRECTED-Port to close, minister says", news.Correct},
		{"MANDATORY KILL. The story is wrong.", "", news.Withdraw},
		{"+++ Please disregard the story on the port +++", "", news.Withdraw},
		{"", "WITHDRAWN-Port to close", news.Withdraw},
		{"Updates with reaction; corrects nothing", "", news.Publish},
		{"", "Killing of guard shakes port", news.Publish},
		{"", "Corrected figures show fewer ships", news.Publish},
		{"Killing in headline is a quote", "", news.Publish},
	} {
		if got := actionOf(c.note, c.title); got != c.want {
			t.Errorf("%q, %q: got %s, want %s", c.note, c.title, got, c.want)
		}
	}
}

// The samples of the standards, where they are at hand.
func TestSamples(t *testing.T) {
	root := "../../../../shared/corpora/wire"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no samples of ninjs and NewsML-G2 beside the project: " + root)
	}
	read, without, failed := 0, 0, 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, ".xml") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		items, err := Read(raw)
		switch {
		case errors.Is(err, ErrNoText):
			without++
			t.Logf("no text  %s", path)
		case err != nil:
			failed++
			t.Logf("%v  %s", err, path)
		default:
			read++
			for _, it := range items {
				text, _ := it.Text()
				t.Logf("read     %s: %q by %q of %q, %s %s, %d pieces, %d bytes", filepath.Base(path), it.Title, it.Authors, it.Publisher, it.Published, it.Action, len(it.Pieces), len(text))
				if it.ID == "" {
					t.Errorf("%s: without an id", path)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d read, %d hold no text, %d of no wire format", read, without, failed)
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.[jx]*")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		items, err := Read(raw)
		if err != nil {
			return
		}
		for _, it := range items {
			text, blocks := it.Text()
			for _, b := range blocks {
				if b.Start < 0 || b.End > len(text) || b.Start >= b.End {
					t.Fatalf("block %+v of %d bytes", b, len(text))
				}
			}
		}
	})
}
