package bulk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/onrecord/onrecord/internal/bulk"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/ingest/warc"
	"github.com/onrecord/onrecord/internal/news"
)

var pipeline = news.Pipeline{Version: "1", Model: "m", Codebook: news.Codebook}

// archive writes a WARC of n pages, with one of them twice, one that is no article
// and one on which the reading fails.
func archive(t *testing.T, dir, name string, n int) string {
	t.Helper()
	var b bytes.Buffer
	w := warc.NewWriter(&b, 0)
	put := func(url, body string) {
		t.Helper()
		c := &news.Capture{URL: url, At: time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC), MediaType: delivery.Plain, Body: []byte(body)}
		if _, err := w.Capture(c); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		put(fmt.Sprintf("https://%s.example/%d", name, i), fmt.Sprintf("Article %d of %s.", i, name))
	}
	put(fmt.Sprintf("https://%s.example/0", name), fmt.Sprintf("Article 0 of %s.", name))
	put(fmt.Sprintf("https://%s.example/section", name), "section")
	put(fmt.Sprintf("https://%s.example/bad", name), "bad")
	put(fmt.Sprintf("https://%s.example/fault", name), "fault")
	file := filepath.Join(dir, name+".warc.gz")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// options read a page to a record with one event; reads counts them.
func options(out string, reads *atomic.Int64) bulk.Options {
	return bulk.Options{Out: out, Jobs: 3, Pipeline: pipeline, Rights: news.RightsFull, Accept: func(*news.Capture) bool { return true },
		Of: func(_ context.Context, c *news.Capture) ([]news.Delivery, error) {
			switch string(c.Body) {
			case "section":
				return nil, page.ErrNoArticle
			case "fault":
				panic("a fault of the program")
			}
			return []news.Delivery{{Addresses: []string{c.URL}, Text: string(c.Body)}}, nil
		},
		Read: func(_ context.Context, d *news.Delivery) (*news.Record, error) {
			reads.Add(1)
			if d.Text == "bad" {
				return nil, errors.New("it cannot be read")
			}
			r := &news.Record{Schema: news.Schema, Pipeline: pipeline, Article: news.Article{URL: news.Optional(d.URL()), Text: d.Text}}
			r.Events = []news.Event{{ID: "v1", Type: news.Consult, Trigger: news.Span{Start: 0, End: 7, Text: d.Text[:7]}}}
			return r, nil
		}}
}

func rowsOf(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	for _, table := range []string{"articles", "events", "statements", "evidence"} {
		files, err := filepath.Glob(filepath.Join(dir, table, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			doc, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := parquet.OpenFile(bytes.NewReader(doc), int64(len(doc)))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			out[table] += f.NumRows()
		}
	}
	return out
}

func TestRead(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	files := []string{archive(t, in, "one", 40), archive(t, in, "two", 30), filepath.Join(in, "missing.warc")}
	var reads atomic.Int64
	o := options(out, &reads)
	marks := make(chan bulk.Mark, 10)
	failed := make(chan string, 10)
	o.Done, o.Failed = func(m bulk.Mark) { marks <- m }, func(name string, _ error) { failed <- name }
	if err := bulk.Read(context.Background(), o, append(files, files[0])); !errors.Is(err, bulk.ErrFailed) {
		t.Errorf("with an archive that is not there: %v", err)
	}
	if name := <-failed; name != files[2] {
		t.Errorf("%s failed", name)
	}
	for range 2 {
		m := <-marks
		want := 40
		if strings.HasPrefix(m.Archive, "two") {
			want = 30
		}
		if m.Articles != want || m.Same != 1 || m.NoArticle != 1 || m.Failed != 2 || m.Pages != want+4 || len(m.Examples) != 2 || m.Before {
			t.Errorf("%+v", m)
		}
	}
	if got := rowsOf(t, out); got["articles"] != 70 || got["events"] != 70 || got["statements"] != 0 || got["evidence"] != 70 {
		t.Errorf("rows: %v", got)
	}
	// What is complete is not read again, by this pipeline.
	before := reads.Load()
	if err := bulk.Read(context.Background(), o, files[:2]); err != nil {
		t.Error(err)
	}
	first, second := <-marks, <-marks
	if !first.Before || !second.Before || reads.Load() != before {
		t.Errorf("read again: %d articles", reads.Load()-before)
	}
	o.Pipeline.Version = "2"
	if err := bulk.Read(context.Background(), o, files[:1]); err != nil {
		t.Error(err)
	}
	if m := <-marks; m.Before || reads.Load() == before {
		t.Error("another version of the program did not read it again")
	}
	// A table that is gone makes the archive read again.
	if err := os.Remove(filepath.Join(out, "events", bulk.Name(files[0])+".parquet")); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Read(context.Background(), o, files[:1]); err != nil || (<-marks).Before {
		t.Errorf("a table was missing: %v", err)
	}
}

// Broken off at any article, an archive has no mark, and is whole when it is read
// again.
func TestBrokenOff(t *testing.T) {
	in := t.TempDir()
	file := archive(t, in, "one", 40)
	for _, at := range []int64{1, 7, 23, 41} {
		out := t.TempDir()
		var reads atomic.Int64
		o := options(out, &reads)
		ctx, stop := context.WithCancel(context.Background())
		read := o.Read
		o.Read = func(ctx context.Context, d *news.Delivery) (*news.Record, error) {
			if reads.Load() == at {
				stop()
			}
			return read(ctx, d)
		}
		if err := bulk.Read(ctx, o, []string{file}); !errors.Is(err, context.Canceled) {
			t.Errorf("broken off at %d: %v", at, err)
		}
		if left, _ := filepath.Glob(filepath.Join(out, "*", "*")); len(left) > 0 {
			t.Errorf("broken off at %d, left: %v", at, left)
		}
		o.Read = read
		if err := bulk.Read(context.Background(), o, []string{file}); err != nil {
			t.Error(err)
		}
		if got := rowsOf(t, out); got["articles"] != 40 {
			t.Errorf("rows: %v", got)
		}
		stop()
	}
}

// A damaged record is named and the rest is read; what is no archive is told.
func TestDamagedArchive(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	file := archive(t, in, "one", 20)
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(doc) / 2; i < len(doc)/2+40; i++ {
		doc[i] ^= 0x5a
	}
	if err := os.WriteFile(file, doc, 0o644); err != nil {
		t.Fatal(err)
	}
	var reads atomic.Int64
	o := options(out, &reads)
	var m bulk.Mark
	o.Done = func(got bulk.Mark) { m = got }
	if err := bulk.Read(context.Background(), o, []string{file}); err != nil {
		t.Fatal(err)
	}
	if m.Damaged == 0 || m.Articles < 15 {
		t.Errorf("%+v", m)
	}
}
