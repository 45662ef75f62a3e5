package alert_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/alert"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

var start = time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)

// clock is a time that tests set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func runner(m *memory, c *clock, o alert.Options) *alert.Runner {
	o.Now = c.now
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	return alert.New(m, o)
}

func add(t *testing.T, m *memory, a store.Alert) store.Alert {
	t.Helper()
	if a.Name == "" {
		a.Name = "Harbour"
	}
	if a.Kind == "" {
		a.Kind = string(query.Statements)
	}
	out, err := alert.Add(context.Background(), m, a, start)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func run(t *testing.T, r *alert.Runner) alert.Tally {
	t.Helper()
	tally, err := r.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func statement(n int) query.StatementRow {
	return query.StatementRow{Article: query.ArticleRow{ID: fmt.Sprint("a", n), Feed: "f1", Title: "A headline", Publisher: "The Post", Published: "2031-05-07"}, ID: "s1",
		Speaker: &query.Name{Entity: "e1", Name: "Mara\r\nVelin"}, Words: fmt.Sprintf("We would not load ship %d", n), Act: news.Deny}
}

// receiver is a webhook that keeps what it is told.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	got    []alert.Event
	ids    []string
	answer int
	secret string
	t      *testing.T
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{answer: http.StatusNoContent, t: t}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	body, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}
	id, at := req.Header.Get("webhook-id"), req.Header.Get("webhook-timestamp")
	seconds, _ := strconv.ParseInt(at, 10, 64)
	if want, err := alert.Sign(r.secret, id, time.Unix(seconds, 0), body); err != nil || req.Header.Get("webhook-signature") != want {
		r.t.Errorf("signature %q, want %q (%v)", req.Header.Get("webhook-signature"), want, err)
	}
	var e alert.Event
	if err := json.Unmarshal(body, &e); err != nil {
		r.t.Errorf("%v: %s", err, body)
	}
	if r.ids = append(r.ids, id); r.answer < 300 {
		r.got = append(r.got, e)
	}
	w.WriteHeader(r.answer)
}

// What was there before an alert is told to nobody, what is new once, whoever the
// alert is of.
func TestTellsWhatIsNew(t *testing.T) {
	m, c, hook := newMemory(), &clock{at: start}, newReceiver(t)
	m.page.Statements = []query.StatementRow{statement(1)}
	a := add(t, m, store.Alert{Query: "act:deny", Webhook: hook.URL})
	hook.secret = a.Secret
	r := runner(m, c, alert.Options{Allow: loopback, Base: "https://desk.example/"})
	if got := run(t, r); got != (alert.Tally{Looked: 1}) {
		t.Errorf("the first look: %+v", got)
	}
	m.page.Statements = []query.StatementRow{statement(3), statement(2), statement(1)}
	if got := run(t, r); got.Looked != 0 {
		t.Errorf("before it is due: %+v", got)
	}
	c.pass(time.Minute)
	if got := run(t, r); got != (alert.Tally{Looked: 1, Found: 2, Told: 1}) {
		t.Errorf("with two new ones: %+v", got)
	}
	c.pass(time.Minute)
	if got := run(t, r); got != (alert.Tally{Looked: 1}) {
		t.Errorf("with nothing new: %+v", got)
	}
	if len(hook.got) != 1 || hook.got[0].Found != 2 || hook.got[0].Alert.Query != "act:deny" || hook.got[0].Link != "https://desk.example/search?kind=statements&q=act%3Adeny" {
		t.Fatalf("told: %+v", hook.got)
	}
	e := hook.got[0].Entries[0]
	if e.ID != "a3/s1" || e.Author != "Mara Velin" || e.Summary != "We would not load ship 3" || e.Link != "https://desk.example/articles/a3#s1" {
		t.Errorf("entry: %+v", e)
	}
	if s := m.asked[0]; s.Kind != query.Statements || s.Query.String() != "act:deny" {
		t.Errorf("asked: %+v", s)
	}
}

// A claim is told again when somebody takes a stand on it; words of a source that
// may not leave are not told.
func TestClaimsAndRights(t *testing.T) {
	m, c, hook := newMemory(), &clock{at: start}, newReceiver(t)
	m.rights = news.RightsNothing
	a := add(t, m, store.Alert{Kind: string(query.Claims), Query: "contested:yes", Webhook: hook.URL})
	hook.secret = a.Secret
	r := runner(m, c, alert.Options{Allow: loopback})
	claim := news.Claim{ID: "c1", Words: news.Evidence{Article: "a1", Span: news.Span{Text: "secret words"}}, Stances: []news.Stance{{ID: "t1", SaidAt: "2031-05-07"}}}
	m.page.Claims = []query.ClaimRow{{Claim: claim}}
	run(t, r)
	claim.Stances = append(claim.Stances, news.Stance{ID: "t2", SaidAt: "2031-05-08"})
	gone := news.Claim{ID: "c2", Words: news.Evidence{Article: "gone", Span: news.Span{Text: "secret words"}}}
	m.page.Claims = []query.ClaimRow{{Claim: claim}, {Claim: gone}}
	c.pass(time.Minute)
	if got := run(t, r); got.Found != 2 || got.Told != 1 {
		t.Errorf("%+v", got)
	}
	body, _ := json.Marshal(hook.got)
	if strings.Contains(string(body), "secret") || len(hook.got[0].Entries) != 2 || hook.got[0].Entries[0].At != "2031-05-08" {
		t.Errorf("told: %s", body)
	}
}

// A webhook that fails is tried again, later each time, with the same id, and given
// up in the end; the alert goes on.
func TestRetries(t *testing.T) {
	m, c, hook := newMemory(), &clock{at: start}, newReceiver(t)
	a := add(t, m, store.Alert{Query: "harbour", Webhook: hook.URL, Every: 24 * time.Hour})
	hook.secret, hook.answer = a.Secret, http.StatusServiceUnavailable
	r := runner(m, c, alert.Options{Allow: loopback})
	run(t, r)
	m.page.Statements = []query.StatementRow{statement(1)}
	c.pass(24 * time.Hour)
	m.alerts[a.ID] = func() store.Alert { v := m.alerts[a.ID]; v.Every = 30 * 24 * time.Hour; return v }() // so that no other look comes between
	if got := run(t, r); got.Found != 1 || got.Failed != 1 {
		t.Fatalf("%+v", got)
	}
	if got := run(t, r); got != (alert.Tally{}) {
		t.Errorf("tried again at once: %+v", got)
	}
	var waits []time.Duration
	for len(waits) < 20 {
		left, _ := m.Messages(context.Background(), a.ID, 10)
		if left[0].Dead {
			break
		}
		wait := left[0].NextAt.Sub(c.now())
		waits = append(waits, wait)
		c.pass(wait)
		run(t, r)
	}
	if len(waits) != 9 || waits[0] != 5*time.Second || waits[8] != 24*time.Hour {
		t.Errorf("waited %v", waits)
	}
	if len(hook.ids) != 10 || hook.ids[0] != hook.ids[9] {
		t.Errorf("%d tries: %v", len(hook.ids), hook.ids)
	}
	left, _ := m.Messages(context.Background(), a.ID, 10)
	if !left[0].Dead || left[0].Error != "the webhook answers 503" {
		t.Errorf("left: %+v", left)
	}
	// One that is told after a failure is gone.
	hook.answer = http.StatusOK
	m.page.Statements = []query.StatementRow{statement(2), statement(1)}
	c.pass(31 * 24 * time.Hour)
	if got := run(t, r); got.Told != 1 {
		t.Errorf("the next: %+v", got)
	}
	// 410: no more of it.
	hook.answer = http.StatusGone
	m.page.Statements = []query.StatementRow{statement(3)}
	c.pass(31 * 24 * time.Hour)
	run(t, r)
	if got := m.alerts[a.ID]; !got.Paused {
		t.Errorf("after 410: %+v", got)
	}
}

// A webhook that hangs is cut off; one that leads into the house, by name, address
// or redirect, is not asked.
func TestHostileReceivers(t *testing.T) {
	release := make(chan struct{})
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	defer hanging.Close()
	defer close(release)
	inside := 0
	house := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside++ }))
	defer house.Close()
	away := httptest.NewServer(http.RedirectHandler(house.URL, http.StatusTemporaryRedirect))
	defer away.Close()
	for _, x := range []struct {
		name, url string
		allow     []netip.Prefix
		says      string
	}{
		{"hangs", hanging.URL, loopback, "post to the webhook"},
		{"private", house.URL, nil, "is not asked"},
		{"private by name", strings.Replace(house.URL, "127.0.0.1", "localhost", 1), nil, "is not asked"},
		{"redirect", away.URL, loopback, "sends us elsewhere"},
	} {
		m, c := newMemory(), &clock{at: start}
		a := add(t, m, store.Alert{Query: "harbour", Webhook: x.url})
		r := runner(m, c, alert.Options{Allow: x.allow, Timeout: 200 * time.Millisecond})
		run(t, r)
		m.page.Statements = []query.StatementRow{statement(1)}
		c.pass(time.Minute)
		if got := run(t, r); got.Failed != 1 || got.Told != 0 {
			t.Errorf("%s: %+v", x.name, got)
		}
		if left, _ := m.Messages(context.Background(), a.ID, 10); len(left) != 1 || !strings.Contains(left[0].Error, x.says) {
			t.Errorf("%s: %+v", x.name, left)
		}
	}
	if inside > 0 {
		t.Errorf("the house was asked %d times", inside)
	}
}

func TestCheck(t *testing.T) {
	good := store.Alert{Name: "n", Kind: "events", Query: "harbour", Webhook: "https://hook.example/x", Every: time.Minute}
	if err := alert.Check(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*store.Alert){
		"no name": func(a *store.Alert) { a.Name = " " }, "kind": func(a *store.Alert) { a.Kind = "tables" }, "query": func(a *store.Alert) { a.Query = "speker:x" },
		"nobody": func(a *store.Alert) { a.Webhook = "" }, "scheme": func(a *store.Alert) { a.Webhook = "file:///etc/passwd" },
		"password": func(a *store.Alert) { a.Webhook = "https://me:pw@hook.example/" }, "mail": func(a *store.Alert) { a.Mail = "a@b\r\nBcc: c@d" },
		"often": func(a *store.Alert) { a.Every = time.Second }, "seldom": func(a *store.Alert) { a.Every = 1000 * time.Hour },
	} {
		a := good
		change(&a)
		if err := alert.Check(a); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	m := newMemory()
	for i := range alert.MaxAlerts {
		m.alerts[fmt.Sprint(i)] = store.Alert{}
	}
	if _, err := alert.Add(context.Background(), m, good, start); !errors.Is(err, alert.ErrTooMany) {
		t.Errorf("one too many: %v", err)
	}
}

// A query that cannot be asked is told of in the alert, and the other alerts go on.
func TestQueryFails(t *testing.T) {
	m, c := newMemory(), &clock{at: start}
	a := add(t, m, store.Alert{Query: "harbour", Mail: "mara@post.example"})
	m.err = errors.New("the disk is gone")
	if got := run(t, runner(m, c, alert.Options{})); got.Looked != 1 || m.alerts[a.ID].LastError == "" {
		t.Errorf("%+v, %+v", got, m.alerts[a.ID])
	}
}

// mailbox is a server that takes mail by the simplest SMTP.
func mailbox(t *testing.T, hang bool) (addr string, letters <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	out := make(chan string, 10)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if hang {
					time.Sleep(time.Minute)
					return
				}
				in := bufio.NewScanner(conn)
				fmt.Fprint(conn, "220 box\r\n")
				var all strings.Builder
				data := false
				for in.Scan() {
					line := in.Text()
					all.WriteString(line + "\n")
					switch {
					case data && line == ".":
						data = false
						fmt.Fprint(conn, "250 taken\r\n")
					case data:
					case strings.HasPrefix(line, "EHLO"):
						fmt.Fprint(conn, "250 box\r\n")
					case line == "DATA":
						data = true
						fmt.Fprint(conn, "354 go on\r\n")
					case line == "QUIT":
						fmt.Fprint(conn, "221 bye\r\n")
						out <- all.String()
						return
					default:
						fmt.Fprint(conn, "250 ok\r\n")
					}
				}
			}()
		}
	}()
	return l.Addr().String(), out
}

func TestMail(t *testing.T) {
	server, letters := mailbox(t, false)
	m, c := newMemory(), &clock{at: start}
	add(t, m, store.Alert{Name: "Håvn\r\nBcc: all@post.example", Query: "harbour", Mail: "Mara Velin <mara@post.example>, o@post.example", Every: 24 * time.Hour})
	r := runner(m, c, alert.Options{Mail: alert.Mail{Server: server, From: "Onrecord <desk@post.example>"}, Base: "https://desk.example"})
	run(t, r)
	for n := range 60 {
		m.page.Statements = append(m.page.Statements, statement(n))
	}
	c.pass(24 * time.Hour)
	if got := run(t, r); got.Found != 60 || got.Told != 1 {
		t.Fatalf("%+v", got)
	}
	got := <-letters
	for _, want := range []string{"MAIL FROM:<desk@post.example>", "RCPT TO:<mara@post.example>", "RCPT TO:<o@post.example>", "Subject: =?utf-8?q?H=C3=A5vn_Bcc:_all@post.example:_60_new?=",
		"We would not load ship 0", "and 10 more", "Mara Velin =E2=80=94 deny"} {
		if !strings.Contains(got, want) {
			t.Errorf("the mail has no %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "\nBcc:") || strings.Contains(got, "load ship 55") {
		t.Errorf("the mail:\n%s", got)
	}
}

func TestMailServerHangs(t *testing.T) {
	server, _ := mailbox(t, true)
	m, c := newMemory(), &clock{at: start}
	a := add(t, m, store.Alert{Query: "harbour", Mail: "mara@post.example"})
	r := runner(m, c, alert.Options{Mail: alert.Mail{Server: server, From: "desk@post.example"}, Timeout: 200 * time.Millisecond})
	run(t, r)
	m.page.Statements = []query.StatementRow{statement(1)}
	c.pass(time.Minute)
	if got := run(t, r); got.Failed != 1 {
		t.Errorf("%+v", got)
	}
	if left, _ := m.Messages(context.Background(), a.ID, 10); len(left) != 1 || !strings.Contains(left[0].Error, "send mail") {
		t.Errorf("%+v", left)
	}
}
