package reader_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

var update = flag.Bool("update", false, "write the golden records anew")

// TestStories reads every report of the example stories and compares the
// records with the golden ones, testdata/STORY.txtar at the root of the
// repository: a file for each report, a line for each item of its record, in
// the words of the case language.
//
//	go test ./internal/reader -run TestStories -update
//
// writes them anew; what changed is then read in the diff.
func TestStories(t *testing.T) {
	rd, err := reader.New(reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, story := range examples.Stories() {
		t.Run(story, func(t *testing.T) {
			got := &txtar.Archive{Comment: []byte("Records of examples/" + story + ", see internal/reader/story_test.go.\n")}
			for _, p := range examples.Reports(story) {
				rec := readReport(t, rd, p)
				got.Files = append(got.Files, txtar.File{Name: path.Base(p), Data: golden(rec)})
			}
			file := filepath.Join("..", "..", "testdata", story+".txtar")
			if *update {
				if err := os.WriteFile(file, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v (go test ./internal/reader -run TestStories -update makes it)", err)
			}
			if c := changes(string(raw), string(txtar.Format(got))); c != "" {
				t.Errorf("the records of %s changed (- golden, + now); if for the better, run the test with -update:\n%s", story, c)
			}
		})
	}
}

// changes returns the lines that only one of the texts has, those of the first
// marked -, those of the second +.
func changes(golden, now string) string {
	var b strings.Builder
	list := func(of, without, mark string) {
		known := make(map[string]bool)
		for line := range strings.Lines(without) {
			known[line] = true
		}
		for line := range strings.Lines(of) {
			if !known[line] {
				b.WriteString(mark + line)
			}
		}
	}
	list(golden, now, "- ")
	list(now, golden, "+ ")
	if b.Len() == 0 && golden != now {
		return "the order of the lines"
	}
	return b.String()
}

// readReport reads one example as onrecord read does.
func readReport(t *testing.T, rd *reader.Reader, p string) *news.Record {
	t.Helper()
	raw, err := examples.Files.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	md := clean.Markdown(string(raw))
	rec, err := rd.Read(t.Context(), reader.Input{
		Text: string(raw), Title: md.Title, URL: md.URL, Publisher: md.Publisher, Authors: md.Authors,
		Published: md.Published, PublishedBasis: news.PublishedMetadata, Blocks: md.Blocks,
	})
	if err != nil {
		t.Fatalf("%s: %v", p, err)
	}
	return rec
}

// golden writes the record without its sentences and without what is so of
// most items, and of blocks only how they begin.
func golden(rec *news.Record) []byte {
	usual := strings.NewReplacer("\n", " ⏎ ", " implicit=false", "", " within=false", "", " answers=false", "",
		" polarity=positive", "", " background=false", "")
	const blockStart = 90 // runes
	var b bytes.Buffer
	kind := ""
	for _, line := range cases.Lines(rec) {
		k, _, _ := strings.Cut(line, " ")
		if k == "sentence" {
			continue
		}
		if kind != "" && k != kind {
			b.WriteByte('\n')
		}
		kind = k
		line = usual.Replace(line)
		if r := []rune(line); k == "block" && len(r) > blockStart {
			line = string(r[:blockStart]) + "…"
		}
		fmt.Fprintln(&b, line)
	}
	return b.Bytes()
}
