package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

// rec makes one record as a crawler writes it.
func rec(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <%s>\r\nWARC-Date: 2031-05-07T10:30:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http; msgtype=%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, kind, len(block), block)
}

func page(n int) string {
	body := fmt.Sprintf("<html><title>Port closes %d</title><p>The port of Sandvik closed on Friday.", n)
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

func zip(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.String()
}

// outline reads a whole file: one line a record or damage.
func outline(t *testing.T, r io.Reader, o Options) []string {
	t.Helper()
	var out []string
	rd := NewReader(r, o)
	for range 100_000 {
		rec, err := rd.Next()
		var damage *DamageError
		switch {
		case errors.Is(err, io.EOF):
			return out
		case errors.As(err, &damage):
			out = append(out, fmt.Sprintf("damage@%d", damage.Offset))
			continue
		case err != nil:
			return append(out, "error: "+err.Error())
		}
		line := fmt.Sprintf("%s %s", rec.Type, rec.URI)
		if p, err := rec.Payload(1 << 20); err == nil {
			line += fmt.Sprintf(" %d %q", p.Status, p.Body)
		} else if !errors.Is(err, ErrNoPayload) {
			line += " " + err.Error()
		}
		out = append(out, line)
	}
	t.Fatal("the reader does not come to an end")
	return nil
}

func TestReader(t *testing.T) {
	a, b, c := rec("response", "https://example.org/a", page(1)), rec("request", "https://example.org/a", "GET /a HTTP/1.1\r\n\r\n"), rec("response", "https://example.org/b", page(2))
	is := func(n int, uri string) string {
		return fmt.Sprintf("response https://example.org/%s 200 %q", uri, page(n)[strings.Index(page(n), "\r\n\r\n")+4:])
	}
	request := "request https://example.org/a"
	offset := func(s ...string) string { return fmt.Sprintf("damage@%d", len(strings.Join(s, ""))) }
	long := strings.Replace(c, "Content-Length: ", "Content-Length: 9", 1)
	cases := []struct {
		name, file string
		want       []string
	}{
		{"plain", a + b + c, []string{is(1, "a"), request, is(2, "b")}},
		{"a member a record", zip(a) + zip(b) + zip(c), []string{is(1, "a"), request, is(2, "b")}},
		{"all in one member", zip(a + b + c), []string{is(1, "a"), request, is(2, "b")}},
		{"members of two", zip(a+b) + zip(c), []string{is(1, "a"), request, is(2, "b")}},
		{"empty", "", nil},
		{"no end of record at the end", strings.TrimSpace(a + c), []string{is(1, "a"), is(2, "b")}},
		{"one line end between", strings.TrimRight(a, "\r\n") + "\n" + c, []string{is(1, "a"), is(2, "b")}},
		{"line feeds only", strings.ReplaceAll(rec("resource", "urn:x", "text"), "\r\n", "\n"), []string{`resource urn:x 200 "text"`}},
		{"text before", "This is a WARC file.\n" + a, []string{"damage@0", is(1, "a")}},
		{"no length", a + strings.Replace(b, "Content-Length", "Content-Len", 1) + c, []string{is(1, "a"), offset(a), is(2, "b")}},
		{"negative length", a + strings.Replace(b, "Content-Length: ", "Content-Length: -", 1) + c, []string{is(1, "a"), offset(a), is(2, "b")}},
		{"endless length", a + strings.Replace(b, "Content-Length: ", "Content-Length: 99999999999999999", 1) + c, []string{is(1, "a"), offset(a), is(2, "b")}},
		{"length too short", strings.Replace(b, "Content-Length: 19", "Content-Length: 3", 1) + c, []string{request, "damage@0", is(2, "b")}},
		{"length past the next record", a + strings.Replace(b, "Content-Length: 19", "Content-Length: 190", 1) + c, []string{is(1, "a"), request, offset(a), is(2, "b")}},
		{"cut in the block", a + c[:len(c)-20], []string{is(1, "a"), "response https://example.org/b the file ends inside the record", offset(a)}},
		{"cut in the header", a + c[:40], []string{is(1, "a"), offset(a)}},
		{"cut in a member", zip(a) + zip(c)[:60], []string{is(1, "a"), offset(zip(a))}},
		{"length past the member", zip(a) + zip(long) + zip(c), []string{is(1, "a"), offset(zip(a)), is(2, "b")}},
		{"damaged member", zip(a) + zip(b)[:30] + strings.Repeat("\x07", 40) + zip(c), []string{is(1, "a"), offset(zip(a)), is(2, "b")}},
		{"noise between members", zip(a) + "\x1f\x8b\x08noise\x1f\x8b\x08" + zip(c), []string{is(1, "a"), offset(zip(a)), is(2, "b")}},
		{"many fields", "WARC/1.0\r\n" + strings.Repeat("a: b\r\n", 2000) + "\r\n" + a, []string{"damage@0", is(1, "a")}},
		{"a line without end", "WARC/1.0" + strings.Repeat("x", 200_000) + "\r\n" + a, []string{"damage@0", is(1, "a")}},
		{"blank lines", a + strings.Repeat("\r\n", 1000) + c, []string{is(1, "a"), fmt.Sprintf("damage@%d", len(a)+maxBlank-4), is(2, "b")}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for how, r := range map[string]io.Reader{"whole": strings.NewReader(c.file), "byte by byte": iotest.OneByteReader(strings.NewReader(c.file))} {
				got := outline(t, r, Options{MaxRecord: 1 << 20})
				switch c.name { // what was given of the record before it was known to be damaged
				case "length past the member":
					got = without(got, "the member ends before")
				case "cut in a member", "damaged member":
					got = without(got, "the file ends inside", "is damaged")
				case "blank lines":
					got, c.want = without(got, "damage@"), without(c.want, "damage@")
				}
				if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
					t.Errorf("%s: got\n%s\nwant\n%s", how, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
				}
			}
		})
	}
}

func without(lines []string, marks ...string) []string {
	var out []string
next:
	for _, l := range lines {
		for _, m := range marks {
			if strings.Contains(l, m) {
				continue next
			}
		}
		out = append(out, l)
	}
	return out
}

// A record can be read again from where it was found.
func TestOffsets(t *testing.T) {
	var recs []string
	for i := range 5 {
		recs = append(recs, rec("response", fmt.Sprintf("https://example.org/%d", i), page(i)))
	}
	plain := strings.Join(recs, "")
	var zipped string
	for _, r := range recs {
		zipped += zip(r)
	}
	for name, file := range map[string]string{"plain": plain, "gzip": zipped} {
		rd := NewReader(strings.NewReader(file), Options{})
		for i := range recs {
			rec, err := rd.Next()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			again, err := At(strings.NewReader(file), rec.Offset)
			if err != nil {
				t.Fatalf("%s: record %d at %d: %v", name, i, rec.Offset, err)
			}
			if again.URI != rec.URI || rec.Inner != 0 {
				t.Errorf("%s: at %d is %s, want %s", name, rec.Offset, again.URI, rec.URI)
			}
		}
	}
}

// Little on the disk must not become much in memory or time.
func TestBomb(t *testing.T) {
	zeros := strings.Repeat("\x00", 8<<20)
	a := rec("response", "https://example.org/a", page(1))
	bomb := rec("response", "https://example.org/bomb", "HTTP/1.1 200 OK\r\n\r\n"+zeros)
	inside := rec("response", "https://example.org/gz", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+zip(zeros))
	got := outline(t, strings.NewReader(zip(bomb)+zip(inside)+zip(a+zeros)+zip(a)), Options{MaxRecord: 1 << 20})
	want := []string{"damage@0", "response https://example.org/gz the record is too large: more than 1048576 bytes of page", "response https://example.org/a", "damage@", "response https://example.org/a"}
	if len(got) != len(want) {
		t.Fatalf("got %.200q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got %.200q, want %q", got[i], want[i])
		}
	}
}

func TestPayload(t *testing.T) {
	text := "The port closed."
	deflated := "\x78\x9c" // a zlib header alone
	cases := []struct{ name, block, want string }{
		{"plain", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text, text},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nThe \r\nc\r\nport closed.\r\n0\r\n\r\n", text},
		{"chunks undone", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + text, text},
		{"gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + zip(text), text},
		{"gzip undone", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n" + text, text},
		{"cut", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + zip(strings.Repeat("x", 50))[:20], ""},
		{"malformed field", "HTTP/1.0 200 OK\r\nno field\r\nContent-Type: text/html\r\n\r\n" + text, text},
		{"header in capitals", "HTTP/1.1 200\r\nCONTENT-TYPE: text/html\r\n\r\n" + text, text},
		{"no header", "HTTP/1.1 204 No Content\r\n\r\n", ""},
		{"brotli", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx", "!" + ErrEncoding.Error()},
		{"zlib header only", "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + deflated, ""},
		{"no status", "<html>", "!" + ErrHeader.Error()},
		{"status of letters", "HTTP/1.1 OK\r\n\r\n", "!" + ErrHeader.Error()},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := NewReader(strings.NewReader(rec("response", "https://example.org/", c.block)), Options{}).Next()
			if err != nil {
				t.Fatal(err)
			}
			p, err := r.Payload(1 << 10)
			if want, bad := strings.CutPrefix(c.want, "!"); bad {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Fatalf("got %v, want %s", err, want)
				}
				return
			}
			if c.name == "cut" || c.name == "zlib header only" {
				return // either is right, as long as nothing breaks
			}
			if err != nil || string(p.Body) != c.want {
				t.Errorf("got %q, %v, want %q", p.Body, err, c.want)
			}
		})
	}
}

// What is written is read again, and the same capture gives the same bytes.
func TestWriter(t *testing.T) {
	c := news.Capture{
		URL: "https://example.org/port", At: time.Date(2031, 5, 7, 10, 30, 0, 0, time.UTC), Status: 200, Body: []byte("<p>The port closed."), MediaType: "text/html",
		Header: "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\nSet-Cookie: a=b\r\nX-Odd: a\rWARC/1.1\r\nno field",
		Hint:   news.Hint{GUID: "1", Title: "Häfen “schließen” 😀", Authors: []string{"Mara Velin"}},
	}
	var files [2]bytes.Buffer
	for i := range files {
		w := NewWriter(&files[i], 0)
		if _, err := w.Info("onrecord", c.At); err != nil {
			t.Fatal(err)
		}
		at, err := w.Capture(&c)
		if err != nil {
			t.Fatal(err)
		}
		r, err := At(bytes.NewReader(files[i].Bytes()), at.Offset)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Capture(1 << 20)
		if err != nil {
			t.Fatal(err)
		}
		want := c
		want.ID, want.SHA256 = got.ID, got.SHA256
		want.Header = "Content-Length: 19\r\nContent-Type: text/html; charset=utf-8\r\nX-Crawl-Content-Encoding: gzip\r\nX-Odd: a WARC/1.1"
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("read again (-want +got):\n%s", diff)
		}
		if got := outline(t, bytes.NewReader(files[i].Bytes()), Options{}); len(got) != 2 || at.Offset+at.Size != int64(files[i].Len()) {
			t.Errorf("records: %q", got)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("the same capture gave other bytes")
	}
}

// A file has no answer of HTTP, and what was changed on the disk is noticed.
func TestWriterFile(t *testing.T) {
	var file bytes.Buffer
	c := news.Capture{URL: "file:///wire/a.jsonl#L3", At: time.Date(2031, 5, 7, 0, 0, 0, 0, time.UTC), MediaType: "application/json", Body: []byte(`{"text":"The port closed."}`)}
	if _, err := NewWriter(&file, 0).Capture(&c); err != nil {
		t.Fatal(err)
	}
	r, err := At(bytes.NewReader(file.Bytes()), 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Capture(1 << 20); err != nil || got.Status != 0 || got.URL != c.URL || got.MediaType != c.MediaType || !bytes.Equal(got.Body, c.Body) {
		t.Errorf("read again: %+v, %v", got, err)
	}
	plain, err := gzip.NewReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := io.ReadAll(plain)
	changed := bytes.Replace(raw, []byte("port"), []byte("fort"), 1)
	r, err = At(bytes.NewReader(changed), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Capture(1 << 20); !errors.Is(err, ErrDigest) {
		t.Errorf("changed bytes: %v", err)
	}
}

func TestCaptures(t *testing.T) {
	missing := rec("response", "https://example.org/gone", "HTTP/1.1 404 Not Found\r\n\r\n")
	file := zip(rec("warcinfo", "", "")) + zip(rec("response", "https://example.org/a", page(1))) + zip(missing) + zip("WARC/1.0\r\n\r\n") + zip(rec("revisit", "https://example.org/a", "")) + zip(rec("response", "https://example.org/b", page(2)))
	var got []string
	for f, err := range Captures(t.Context(), strings.NewReader(file), Options{}) {
		if err != nil {
			got = append(got, "damage")
			continue
		}
		got = append(got, f.Capture.URL+" "+f.Capture.MediaType)
	}
	if want := []string{"https://example.org/a text/html", "damage", "https://example.org/b text/html"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// An error of the disk is not taken for damage in the file.
func TestReaderFails(t *testing.T) {
	broken := errors.New("disk gone")
	_, err := NewReader(iotest.ErrReader(broken), Options{}).Next()
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func FuzzReader(f *testing.F) {
	a := rec("response", "https://example.org/a", page(1))
	f.Add([]byte(a + a))
	f.Add([]byte(zip(a) + zip(a)))
	f.Add([]byte(zip(a)[:50] + zip(a)))
	f.Add([]byte("WARC/1.0\r\nContent-Length: 5\r\nWARC-Type: x\r\n\r\nab"))
	f.Add([]byte(rec("response", "http://x", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip, deflate\r\n\r\n1\r\nx\r\n0\r\n")))
	f.Fuzz(func(t *testing.T, file []byte) {
		last := int64(-1)
		rd := NewReader(bytes.NewReader(file), Options{MaxRecord: 1 << 16})
		for n := 0; ; n++ {
			if n > len(file)*2000+10 {
				t.Fatal("the reader does not come to an end")
			}
			rec, err := rd.Next()
			var damage *DamageError
			if errors.As(err, &damage) {
				continue
			}
			if err != nil {
				return
			}
			if rec.Offset < last || rec.Offset > int64(len(file)) {
				t.Fatalf("offset %d after %d", rec.Offset, last)
			}
			last = rec.Offset
			_, _ = rec.Payload(1 << 12)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	body := strings.Repeat("<p>The harbour board of Sandvik said on Friday that it would close the port after the third flood in a month.</p>\n", 400)
	var file bytes.Buffer
	w := NewWriter(&file, 0)
	const records = 500
	for i := range records {
		if _, err := w.Capture(&news.Capture{URL: fmt.Sprintf("https://example.org/%d", i), Status: 200, Header: "Content-Type: text/html", Body: fmt.Appendf(nil, "%d %s", i, body)}); err != nil {
			b.Fatal(err)
		}
	}
	var plain bytes.Buffer
	for i := range records {
		plain.WriteString(rec("response", fmt.Sprintf("https://example.org/%d", i), page(i)+body))
	}
	for name, raw := range map[string][]byte{"gzip": file.Bytes(), "plain": plain.Bytes()} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				rd := NewReader(bytes.NewReader(raw), Options{})
				for {
					rec, err := rd.Next()
					if err != nil {
						break
					}
					if _, err := rec.Payload(1 << 20); err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
		})
	}
}
