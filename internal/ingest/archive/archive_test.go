package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/warc"
	"github.com/onrecord/onrecord/internal/news"
)

func capture(n int, body string) *news.Capture {
	return &news.Capture{
		URL: fmt.Sprintf("https://post.example/%d", n), At: time.Date(2031, 5, 7, 9, 0, n, 0, time.UTC), Status: 200, MediaType: "text/html",
		Header: "Content-Type: text/html", Hint: news.Hint{Title: "Port to close – today"}, Body: []byte(body),
	}
}

func open(t *testing.T, dir string, o Options) *Folder {
	t.Helper()
	f, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func write(t *testing.T, f *Folder, c *news.Capture) Location {
	t.Helper()
	at, err := f.Write(c)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func same(t *testing.T, f *Folder, at Location, want *news.Capture) {
	t.Helper()
	got, err := f.Read(at)
	if err != nil {
		t.Error(err)
		return
	}
	if got.URL != want.URL || !got.At.Equal(want.At) || string(got.Body) != string(want.Body) || got.Hint.Title != want.Hint.Title || got.MediaType != want.MediaType || got.Status != want.Status {
		t.Errorf("read %+v, want %+v", got, want)
	}
}

func TestWriteAndRead(t *testing.T) {
	dir := t.TempDir()
	f, other := open(t, dir, Options{Software: "Onrecord/1"}), open(t, dir, Options{})
	var places []Location
	for n := range 10 {
		to := f
		if n%3 == 0 {
			to = other // as another process would
		}
		places = append(places, write(t, to, capture(n, strings.Repeat("words ", n*100))))
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	for n, at := range places {
		same(t, other, at, capture(n, strings.Repeat("words ", n*100)))
		if !f.Has(at) {
			t.Errorf("%v is not there", at)
		}
	}
	if f.Has(Location{places[0].File, places[9].Offset + 1<<20, 10}) || f.Has(Location{"else.warc.gz", 0, 10}) {
		t.Error("it has what it does not have")
	}
	files, _ := os.ReadDir(dir)
	if len(files) != 2 {
		t.Errorf("%d files", len(files))
	}
}

func TestNewFileWhenFull(t *testing.T) {
	f := open(t, t.TempDir(), Options{MaxFile: 600})
	seen := map[string]bool{}
	for n := range 4 {
		c := capture(n, "words")
		at := write(t, f, c)
		seen[at.File] = true
		same(t, f, at, c)
	}
	if len(seen) < 2 {
		t.Errorf("%d files", len(seen))
	}
}

// What a process that was killed left behind harms nothing.
func TestTornEnd(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{})
	c := capture(1, "words")
	at := write(t, f, c)
	torn := write(t, f, capture(2, "torn"))
	if err := os.Truncate(filepath.Join(dir, torn.File), torn.Offset+torn.Length/2); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, Options{})
	same(t, again, at, c)
	if again.Has(torn) {
		t.Error("a torn capture counts as there")
	}
	if _, err := again.Read(torn); err == nil {
		t.Error("a torn capture was read")
	}
	next := write(t, again, c)
	if next.File == at.File {
		t.Error("the file of another process was written to")
	}
}

func TestErase(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{})
	noise := make([]byte, 300_000)
	for i := range noise {
		noise[i] = byte(rand.Uint32())
	}
	bodies := []string{"", "first secret", strings.Repeat("second secret ", 500), string(noise), "last"}
	var places []Location
	for n, b := range bodies {
		places = append(places, write(t, f, capture(n, b)))
	}
	for _, n := range []int{1, 2, 3} {
		for range 2 { // again is no error
			if err := f.Erase(places[n]); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.Read(places[n]); err == nil {
			t.Errorf("capture %d is still read", n)
		}
	}
	same(t, f, places[0], capture(0, bodies[0]))
	same(t, f, places[4], capture(4, bodies[4]))
	raw, err := os.ReadFile(filepath.Join(dir, places[0].File))
	if err != nil {
		t.Fatal(err)
	}
	// The file is whole: every record is read, none is damaged.
	kinds := ""
	rd := warc.NewReader(bytes.NewReader(raw), warc.Options{})
	for {
		rec, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(rec.Body); err != nil || bytes.Contains(b, []byte("secret")) {
			t.Errorf("record at %d: %v, %.60q", rec.Offset, err, b)
		}
		kinds += rec.Type + " "
	}
	if kinds != "warcinfo response metadata metadata metadata response " {
		t.Errorf("records: %s", kinds)
	}
}

// Every length can be filled.
func TestBlank(t *testing.T) {
	least := int64(len(member(0, "")))
	lengths := []int64{1, 2, 3, 18, least - 1, 65_500, 65_535, 65_540, 65_541, 65_550, 65_800, 131_000, 131_090, 131_300}
	for n := range int64(300) {
		lengths = append(lengths, least+n)
	}
	for _, n := range lengths {
		b := blank(n)
		if int64(len(b)) != n {
			t.Errorf("%d bytes for %d", len(b), n)
		}
		if n >= least+2 && b[0] != 0x1f {
			t.Errorf("%d bytes are zeros", n)
		}
	}
}

func TestBadPlaces(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{})
	at := write(t, f, capture(1, "words"))
	if err := os.WriteFile(filepath.Join(dir, "..", "outside"), []byte("\x1f\x8bx"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, l := range []Location{{"../outside", 0, 2}, {"", 0, 1}, {".", 0, 1}, {"/etc/passwd", 0, 1}, {at.File, at.Offset + 1, 5}, {at.File, at.Offset, 1 << 40}, {at.File, -1, 5}, {at.File, 0, 0}} {
		if err := f.Erase(l); err == nil {
			t.Errorf("%v was erased", l)
		}
		if _, err := f.Read(l); err == nil && l.Length < 1<<30 {
			t.Errorf("%v was read", l)
		}
	}
	if err := f.Erase(Location{"gone.warc.gz", 0, 10}); err != nil {
		t.Errorf("a file that is gone: %v", err)
	}
	same(t, f, at, capture(1, "words"))
}

func TestTogether(t *testing.T) {
	f := open(t, t.TempDir(), Options{MaxFile: 5000})
	var wg sync.WaitGroup
	for n := range 40 {
		wg.Go(func() {
			c := capture(n, strings.Repeat("words ", n))
			at, err := f.Write(c)
			if err != nil {
				t.Error(err)
				return
			}
			if err := f.Sync(); err != nil {
				t.Error(err)
			}
			same(t, f, at, c)
		})
	}
	wg.Wait()
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{Software: "Onrecord/1"})
	var known []Location
	for n := range 9 {
		at := write(t, f, capture(n, fmt.Sprintf("secret %d", n)))
		if n%3 == 1 {
			known = append(known, at)
		}
	}
	name := filepath.Join(dir, known[0].File)
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, info.Size()-10); err != nil { // a torn end
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	if n, err := f.Sweep(known, later); n != 0 || err != nil {
		t.Errorf("a file that is written to was swept: %d, %v", n, err)
	}
	other := open(t, dir, Options{})
	if n, err := other.Sweep(known, time.Now().Add(-time.Hour)); n != 0 || err != nil {
		t.Errorf("a file that was just written to was swept: %d, %v", n, err)
	}
	if n, err := other.Sweep(nil, later); n != 0 || err != nil {
		t.Errorf("a file of which nothing is known was swept: %d, %v", n, err)
	}
	n, err := other.Sweep(known, later)
	if n == 0 || err != nil {
		t.Fatalf("%d bytes, %v", n, err)
	}
	for i, at := range known {
		same(t, other, at, capture(3*i+1, fmt.Sprintf("secret %d", 3*i+1)))
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	kinds := ""
	rd := warc.NewReader(bytes.NewReader(raw), warc.Options{})
	for {
		rec, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kinds += rec.Type + " "
	}
	if kinds != "warcinfo metadata response metadata response metadata response metadata " {
		t.Errorf("records: %s", kinds)
	}
	if n, err := other.Sweep(known, later); n != 0 || err != nil {
		t.Errorf("again: %d bytes, %v", n, err)
	}
}
