package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/onrecord/onrecord/internal/news"
)

// site is a server with some documents, and a client that may ask it.
func site(t *testing.T, h http.HandlerFunc) (*httptest.Server, *Client) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	c := New(Options{Version: "1", Contact: "desk@post.example", Gap: -1, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(c.Close)
	return s, c
}

func get(t *testing.T, c *Client, r Request) *Answer {
	t.Helper()
	a, err := c.Get(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestOutcomes(t *testing.T) {
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/ok":
			fmt.Fprint(w, "words")
		case "/robots.txt", "/missing":
			http.NotFound(w, r)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/forbidden":
			w.WriteHeader(http.StatusForbidden)
		case "/broken":
			w.WriteHeader(http.StatusBadGateway)
		case "/noaddress":
			w.WriteHeader(http.StatusFound)
		case "/elsewhere":
			w.Header().Set("Location", "ftp://post.example/x")
			w.WriteHeader(http.StatusFound)
		case "/strange":
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "words")
		case "/cut":
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "words")
		case "/unasked":
			w.WriteHeader(http.StatusNotModified)
		case "/large":
			_, _ = w.Write(make([]byte, 2000))
		}
	})
	for path, want := range map[string]news.Outcome{
		"/ok": news.FetchOK, "/missing": news.FetchMissing, "/gone": news.FetchGone, "/forbidden": news.FetchRefused, "/broken": news.FetchFailed,
		"/noaddress": news.FetchFailed, "/elsewhere": news.FetchRefused, "/strange": news.FetchUnreadable, "/cut": news.FetchFailed,
		"/unasked": news.FetchFailed, "/large": news.FetchTooLarge,
	} {
		a := get(t, c, Request{URL: s.URL + path, Feed: "f1", Limit: 1000})
		if a.Outcome != want {
			t.Errorf("%s: %s (%s), want %s", path, a.Outcome, a.Detail, want)
		}
		if (a.Detail == "") != (want == news.FetchOK) {
			t.Errorf("%s: its detail is %q", path, a.Detail)
		}
		if a.Feed != "f1" || a.Fetch.URL != s.URL+path || a.At.IsZero() {
			t.Errorf("%s: the log entry is %+v", path, a.Fetch)
		}
	}
	for _, url := range []string{"", "file:///etc/passwd", "gopher://post.example/", "https://", "post.example"} {
		if a := get(t, c, Request{URL: url}); a.Outcome != news.FetchRefused {
			t.Errorf("%q: %s", url, a.Outcome)
		}
	}
	s.Close()
	if a := get(t, c, Request{URL: s.URL + "/ok"}); a.Outcome != news.FetchFailed || a.Status != 0 {
		t.Errorf("no server: %s, status %d", a.Outcome, a.Status)
	}
}

func TestSaysWhoItIs(t *testing.T) {
	var agents []string
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) { agents = append(agents, r.UserAgent()) })
	get(t, c, Request{URL: s.URL + "/a"})
	if want := "Onrecord/1 (news reader; +desk@post.example)"; len(agents) != 2 || agents[0] != want || agents[1] != want {
		t.Errorf("agents %q", agents)
	}
	if a := agent("1", "evil\r\nX: y (z)"); strings.ContainsAny(a, "\r\n") || strings.Count(a, ")") != 1 {
		t.Errorf("agent %q", a)
	}
}

func TestConditional(t *testing.T) {
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"2"`)
		w.Header().Set("Cache-Control", "max-age=60")
		if r.Header.Get("If-None-Match") == `"2"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	a := get(t, c, Request{URL: s.URL, ETag: `"2"`, LastModified: "Wed, 07 May 2031 11:00:00 GMT"})
	if a.Outcome != news.FetchNotModified || a.Header.Get("Cache-Control") != "max-age=60" {
		t.Errorf("%s with %v", a.Outcome, a.Header)
	}
	if a = get(t, c, Request{URL: s.URL, ETag: `"1"`}); a.Outcome != news.FetchOK || a.Header.Get("Etag") != `"2"` {
		t.Errorf("%s with %v", a.Outcome, a.Header)
	}
}

// What takes 64 KB on the wire is 64 MB when decompressed; reading stops at the
// limit.
func TestBomb(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 64 {
		_, _ = z.Write(make([]byte, 1<<20))
	}
	_ = z.Close()
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb.Bytes())
	})
	a := get(t, c, Request{URL: s.URL, Limit: 1 << 20})
	if a.Outcome != news.FetchTooLarge || len(a.Body) > 1<<20 {
		t.Errorf("%s with %d bytes", a.Outcome, len(a.Body))
	}
}

func TestRedirects(t *testing.T) {
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/private":
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusMovedPermanently)
		case "/metadata":
			http.Redirect(w, r, "http://[::ffff:169.254.169.254]/latest/", http.StatusSeeOther)
		case "/forbidden":
			http.Redirect(w, r, "/closed/x", http.StatusFound)
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /closed")
		case "/closed/x":
			t.Error("what robots.txt forbids was asked for")
		default:
			if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err == nil && n > 0 {
				http.Redirect(w, r, fmt.Sprintf("/%d", n-1), http.StatusTemporaryRedirect)
			}
		}
	})
	for path, want := range map[string]news.Outcome{
		"/5": news.FetchOK, "/6": news.FetchFailed, "/loop": news.FetchFailed, "/private": news.FetchRefused, "/metadata": news.FetchRefused, "/forbidden": news.FetchRefused,
	} {
		if a := get(t, c, Request{URL: s.URL + path}); a.Outcome != want {
			t.Errorf("%s: %s (%s)", path, a.Outcome, a.Detail)
		}
	}
	if a := get(t, c, Request{URL: s.URL + "/2"}); a.Final != s.URL+"/0" || a.URL() != a.Final {
		t.Errorf("it ended at %s", a.Final)
	}
}

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   news.Outcome
	}{
		{"forbids", 200, "User-agent: *\nDisallow: /", news.FetchRefused},
		{"allows", 200, "User-agent: *\nDisallow: /else", news.FetchOK},
		{"too long", 200, "User-agent: *\nDisallow: /\n" + strings.Repeat("#", 1<<20), news.FetchRefused},
		{"none", 404, "", news.FetchOK},
		{"not for us to see", 403, "", news.FetchOK},
		{"server fault", 500, "", news.FetchFailed},
		{"unavailable", 503, "", news.FetchBusy},
		{"too many", 429, "", news.FetchBusy},
	} {
		asked, pages := 0, 0
		s, client := site(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/robots.txt" {
				pages++
				return
			}
			asked++
			w.WriteHeader(c.status)
			fmt.Fprint(w, c.body)
		})
		for range 2 {
			if a := get(t, client, Request{URL: s.URL + "/a"}); a.Outcome != c.want {
				t.Errorf("%s: %s (%s), want %s", c.name, a.Outcome, a.Detail, c.want)
			}
		}
		if asked != 1 || (pages > 0) != (c.want == news.FetchOK) {
			t.Errorf("%s: robots.txt was asked for %d times, the page %d times", c.name, asked, pages)
		}
	}
}

func TestRobotsIsAskedAgain(t *testing.T) {
	now := time.Now()
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			if asked++; asked == 1 {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}
	}))
	defer s.Close()
	c := New(Options{Gap: -1, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Now: func() time.Time { return now }})
	for i, step := range []struct {
		after time.Duration
		want  news.Outcome
		asked int
	}{{0, news.FetchFailed, 1}, {time.Minute, news.FetchFailed, 1}, {time.Hour, news.FetchOK, 2}, {20 * time.Hour, news.FetchOK, 2}, {5 * time.Hour, news.FetchOK, 3}} {
		now = now.Add(step.after)
		if a := get(t, c, Request{URL: s.URL}); a.Outcome != step.want || asked != step.asked {
			t.Errorf("step %d: %s, robots.txt asked for %d times", i, a.Outcome, asked)
		}
	}
}

// A server that says 429 is left alone: the second request is not made.
func TestBusyHostIsLeftAlone(t *testing.T) {
	asked := 0
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		asked++
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	for i, status := range []int{429, 0} {
		a := get(t, c, Request{URL: s.URL + "/a"})
		if a.Outcome != news.FetchBusy || a.Status != status || a.RetryAfter < 59*time.Minute {
			t.Errorf("request %d: %s, status %d, retry after %v", i, a.Outcome, a.Status, a.RetryAfter)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestGuardIsAtTheConnection(t *testing.T) {
	s, _ := site(t, func(http.ResponseWriter, *http.Request) { t.Error("the loopback was asked") })
	c := New(Options{Gap: -1})
	for _, url := range []string{s.URL, strings.Replace(s.URL, "127.0.0.1", "localhost", 1), strings.Replace(s.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1)} {
		if a := get(t, c, Request{URL: url}); a.Outcome != news.FetchRefused {
			t.Errorf("%s: %s (%s)", url, a.Outcome, a.Detail)
		}
	}
}

// A name resolves to one address when it is looked up first and to a private
// one the next time. In this test 127.0.0.1 plays the public server.
func TestNameThatChanges(t *testing.T) {
	var private atomic.Int32
	public := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Connection", "close") }))
	defer public.Close()
	_, port, _ := net.SplitHostPort(public.Listener.Addr().String())
	l, err := net.Listen("tcp", "127.0.0.2:"+port)
	if err != nil {
		t.Skipf("no second loopback address: %v", err)
	}
	inside := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { private.Add(1) })}}
	inside.Start()
	defer inside.Close()

	var lookups atomic.Int32
	answer := func() [4]byte {
		if lookups.Load() <= 2 { // robots.txt and the page
			return [4]byte{127, 0, 0, 1}
		}
		return [4]byte{127, 0, 0, 2}
	}
	c := New(Options{Gap: -1, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, resolver: resolver(&lookups, answer)})
	url := "http://rebind.example:" + port + "/"
	if a := get(t, c, Request{URL: url}); a.Outcome != news.FetchOK {
		t.Fatalf("at first: %s (%s)", a.Outcome, a.Detail)
	}
	a := get(t, c, Request{URL: url})
	if a.Outcome != news.FetchRefused || private.Load() != 0 {
		t.Errorf("after the change: %s (%s); the private server was asked %d times", a.Outcome, a.Detail, private.Load())
	}
}

// resolver answers every question for an IPv4 address.
func resolver(lookups *atomic.Int32, answer func() [4]byte) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() {
			defer server.Close()
			for {
				var size [2]byte
				if _, err := io.ReadFull(server, size[:]); err != nil {
					return
				}
				raw := make([]byte, binary.BigEndian.Uint16(size[:]))
				if _, err := io.ReadFull(server, raw); err != nil {
					return
				}
				var m dnsmessage.Message
				if m.Unpack(raw) != nil {
					return
				}
				m.Response, m.Authoritative, m.Additionals = true, true, nil
				q := m.Questions[0]
				if q.Type == dnsmessage.TypeA {
					lookups.Add(1)
					m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}, Body: &dnsmessage.AResource{A: answer()}}}
				}
				out, err := m.Pack()
				if err != nil {
					return
				}
				if _, err := server.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(out))), out...)); err != nil {
					return
				}
			}
		}()
		return client, nil
	}}
}

func TestCancelled(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			close(started)
			<-release
		}
	})
	defer close(release)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-started; cancel() }()
	if a, err := c.Get(ctx, Request{URL: s.URL + "/slow"}); err == nil {
		t.Errorf("%+v", a.Fetch)
	}
}

func TestTooSlow(t *testing.T) {
	release := make(chan struct{})
	s, _ := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			<-release
		}
	})
	defer close(release)
	c := New(Options{Gap: -1, Timeout: 50 * time.Millisecond, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	if a := get(t, c, Request{URL: s.URL + "/slow"}); a.Outcome != news.FetchFailed || a.Detail != "no answer in time" {
		t.Errorf("%s (%s)", a.Outcome, a.Detail)
	}
}
