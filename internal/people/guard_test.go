package people_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/people"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

const password = "correct horse battery"

// kit is a guard before a handler that tells who asks.
type kit struct {
	t       *testing.T
	store   *sqlite.Store
	handler http.Handler
	now     time.Time
	cookie  string
}

func newKit(t *testing.T, o people.Options) *kit {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	k := &kit{t: t, store: s, now: time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)}
	o.Store, o.Now = s, func() time.Time { return k.now }
	o.Readers, o.Admins = []string{"/v1/read"}, []string{"/v1/audit"}
	g, err := people.NewGuard(o)
	if err != nil {
		t.Fatal(err)
	}
	k.handler = g.Around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := people.From(r.Context())
		fmt.Fprintf(w, "%s %s %s", p.Name, p.Role, people.Token(r))
	}))
	return k
}

func (k *kit) add(name string, role people.Role) {
	k.t.Helper()
	a, err := people.NewAccount(name, role, password, k.now)
	if err != nil {
		k.t.Fatal(err)
	}
	if err := k.store.AddAccount(k.t.Context(), a); err != nil {
		k.t.Fatal(err)
	}
}

// ask makes a request; header holds "Name: value" lines.
func (k *kit) ask(method, path, body string, header ...string) *httptest.ResponseRecorder {
	k.t.Helper()
	r := httptest.NewRequest(method, "http://127.0.0.1:8700"+path, strings.NewReader(body))
	r.RemoteAddr = "192.0.2.7:4000"
	for _, h := range header {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Add(name, value)
		if name == "Host" {
			r.Host = value
		}
	}
	if k.cookie != "" {
		r.Header.Set("Cookie", k.cookie)
	}
	w := httptest.NewRecorder()
	k.handler.ServeHTTP(w, r)
	return w
}

const asForm = "Content-Type: application/x-www-form-urlencoded"

func (k *kit) login(name, password string, header ...string) *httptest.ResponseRecorder {
	k.t.Helper()
	return k.ask("POST", "/login", url.Values{"name": {name}, "password": {password}, "next": {"/search?q=port"}}.Encode(), append(header, asForm, "Origin: http://127.0.0.1:8700")...)
}

func (k *kit) want(what string, w *httptest.ResponseRecorder, status int, body string) {
	k.t.Helper()
	if w.Code != status || !strings.Contains(w.Body.String(), body) {
		k.t.Errorf("%s: %d %q, want %d with %q", what, w.Code, w.Body, status, body)
	}
}

// Whoever sits at the machine has nothing to set up, and strangers get no further.
func TestLocal(t *testing.T) {
	k := newKit(t, people.Options{Local: true})
	w := k.ask("GET", "/", "")
	k.want("local", w, 200, "local admin ")
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %s", csp)
	}
	form := strings.Fields(w.Body.String())[2]
	k.want("by name", k.ask("GET", "/", "", "Host: localhost:8700"), 200, "local admin")
	k.want("by IPv6", k.ask("GET", "/", "", "Host: [::1]:8700"), 200, "local admin")
	k.want("by a name that was made to mean this machine", k.ask("GET", "/", "", "Host: evil.example"), 421, "this machine only")
	k.want("through a proxy", k.ask("GET", "/", "", "X-Forwarded-For: 198.51.100.1"), 421, "this machine only")
	k.want("curl", k.ask("POST", "/v1/sources", `{}`, "Content-Type: application/json"), 200, "local")
	k.want("a form of the desk", k.ask("POST", "/read", "csrf="+form, asForm, "Origin: http://127.0.0.1:8700"), 200, "local")
	k.want("a form without its secret", k.ask("POST", "/read", "text=x", asForm, "Origin: http://127.0.0.1:8700"), 403, "out of date")
	k.want("a form of another site", k.ask("POST", "/read", "csrf="+form, asForm, "Origin: https://evil.example"), 403, "another site")
	k.want("a script of another site", k.ask("DELETE", "/v1/articles/a1", "", "Sec-Fetch-Site: cross-site"), 403, "another site")
	k.want("a link from another site", k.ask("GET", "/", "", "Sec-Fetch-Site: cross-site"), 200, "local")

	// With the first account, this machine needs a log-in too.
	k.add("mara", people.Edit)
	if w := k.ask("GET", "/search?q=port", ""); w.Code != 303 || w.Header().Get("Location") != "/login?next=%2Fsearch%3Fq%3Dport" {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
}

func TestSession(t *testing.T) {
	k := newKit(t, people.Options{Secure: true})
	k.add("mara", people.Edit)
	k.want("the page", k.ask("GET", "/login?next=/x", ""), 200, `name="password"`)
	k.want("an API", k.ask("GET", "/v1/articles", ""), 401, `"status":401`)
	w := k.login("mara", password)
	if w.Code != 303 || w.Header().Get("Location") != "/search?q=port" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	set := w.Header().Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(set, want) {
			t.Errorf("the cookie is not %s: %s", want, set)
		}
	}
	k.cookie, _, _ = strings.Cut(set, ";")
	w = k.ask("GET", "/", "")
	k.want("logged in", w, 200, "mara edit ")
	form := strings.Fields(w.Body.String())[2]
	k.want("a form", k.ask("POST", "/sources", "csrf="+form, asForm, "Sec-Fetch-Site: same-origin"), 200, "mara")
	k.want("a form of another session", k.ask("POST", "/sources", "csrf=x", asForm, "Sec-Fetch-Site: same-origin"), 403, "out of date")
	k.want("a request that does not say where it is from", k.ask("POST", "/sources", ""), 403, "")
	k.want("what is an admin's", k.ask("GET", "/v1/audit", ""), 403, "admin")

	// A session ends by itself, and by its person.
	k.now = k.now.Add(6 * 24 * time.Hour)
	k.want("six days later", k.ask("GET", "/", ""), 200, "mara")
	k.now = k.now.Add(8 * 24 * time.Hour)
	k.want("unseen for eight", k.ask("GET", "/", ""), 303, "")
	k.cookie, _, _ = strings.Cut(k.login("mara", password).Header().Get("Set-Cookie"), ";")
	form = strings.Fields(k.ask("GET", "/", "").Body.String())[2]
	k.want("log-out without its form", k.ask("POST", "/logout", "", asForm, "Sec-Fetch-Site: same-origin"), 403, "")
	k.want("log-out", k.ask("POST", "/logout", "csrf="+form, asForm, "Sec-Fetch-Site: same-origin"), 303, "")
	k.want("logged out", k.ask("GET", "/", ""), 303, "")

	acts, err := k.store.Acts(t.Context(), 0, 10)
	var log []string
	for _, a := range acts {
		log = append(log, a.Account+" "+a.What+" "+a.Address)
	}
	if got, want := strings.Join(log, "; "), "mara log-out 192.0.2.7; mara log-in 192.0.2.7; mara POST /sources 192.0.2.7; mara log-in 192.0.2.7"; err != nil || got != want {
		t.Errorf("the log is %s, %v", got, err)
	}
}

func TestRoles(t *testing.T) {
	k := newKit(t, people.Options{})
	k.add("reader", people.Read)
	k.add("editor", people.Edit)
	k.add("admin", people.Admin)
	secrets := map[string]string{}
	for _, name := range []string{"reader", "editor", "admin"} {
		token, secret := people.NewToken(name, "a script", k.now)
		if err := k.store.AddToken(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		secrets[name] = "Authorization: Bearer " + secret
	}
	for _, c := range []struct {
		method, path           string
		reader, editor, admins int
	}{
		{"GET", "/v1/articles", 200, 200, 200},
		{"POST", "/v1/read", 200, 200, 200},
		{"POST", "/v1/sources", 403, 200, 200},
		{"DELETE", "/v1/sources/f1", 403, 200, 200},
		{"GET", "/v1/audit", 403, 403, 200},
		{"GET", "/v1/audit/1", 403, 403, 200},
		{"GET", "/v1/auditors", 200, 200, 200},
	} {
		for name, want := range map[string]int{"reader": c.reader, "editor": c.editor, "admin": c.admins} {
			if got := k.ask(c.method, c.path, "{}", secrets[name], "Content-Type: application/json").Code; got != want {
				t.Errorf("%s %s by %s: %d, want %d", c.method, c.path, name, got, want)
			}
		}
	}
	k.want("no such token", k.ask("GET", "/v1/articles", "", "Authorization: Bearer onrecord_x"), 401, "token")
	if err := k.store.RemoveAccount(t.Context(), "reader"); err != nil {
		t.Fatal(err)
	}
	k.want("the token of one who was removed", k.ask("GET", "/v1/articles", "", secrets["reader"]), 401, "")
	for name := range secrets {
		if people.Role(name).May(people.Read) && name != "admin" {
			t.Errorf("%s is no role", name)
		}
	}
}

// After ten wrong passwords the right one is of no use for a while either; others
// are not kept out.
func TestTenWrongPasswords(t *testing.T) {
	k := newKit(t, people.Options{Proxy: true})
	k.add("mara", people.Edit)
	k.add("other", people.Edit)
	here, there := "X-Forwarded-For: 10.1.2.3, 198.51.100.1", "X-Forwarded-For: 198.51.100.2"
	for range 10 {
		k.want("wrong", k.login("mara", "a wrong password", here), 401, "wrong")
	}
	k.want("the right one, too late", k.login("mara", password, here), 429, "Too many")
	k.want("the right one from elsewhere", k.login("mara", password, there), 303, "")
	k.want("another one's from there", k.login("other", password, here), 303, "")
	k.now = k.now.Add(16 * time.Minute)
	k.want("a quarter of an hour later", k.login("mara", password, here), 303, "")
	// Names that are not there are told by nothing, and one address cannot go on.
	for i := range 50 {
		if w := k.login(fmt.Sprint("nobody", i), password, there); w.Code != 401 {
			t.Fatalf("%d: %d", i, w.Code)
		}
	}
	k.want("too many from one address", k.login("other", password, there), 429, "")
}

func TestHostile(t *testing.T) {
	k := newKit(t, people.Options{})
	k.add("mara", people.Edit)
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "/logout", "x", "/\tx"} {
		w := k.ask("POST", "/login", url.Values{"name": {"mara"}, "password": {password}, "next": {next}}.Encode(), asForm)
		if w.Code != 303 || w.Header().Get("Location") != "/" {
			t.Errorf("%s leads to %s", next, w.Header().Get("Location"))
		}
	}
	w := k.ask("POST", "/login", url.Values{"name": {`"><script>alert(1)</script>` + strings.Repeat("x", 5000)}, "password": {"\xff\x00"}}.Encode(), asForm)
	if w.Code != 401 || strings.Contains(w.Body.String(), "<script>") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	k.want("a log-in of 1 MiB", k.ask("POST", "/login", "name="+strings.Repeat("a", 1<<20), asForm), 400, "")
	k.want("PUT", k.ask("PUT", "/login", ""), 405, "")
	k.want("a cookie of rubbish", k.ask("GET", "/", "", "Cookie: onrecord_session=\x01\x02"), 303, "")
}

func TestAccounts(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		name, role, password string
		want                 error
	}{
		{"mara", "edit", password, nil}, {"m@post.example", "read", password, nil}, {"Ødegård", "admin", password, nil},
		{"", "edit", password, people.ErrName}, {"a b", "edit", password, people.ErrName}, {"local", "edit", password, people.ErrName}, {strings.Repeat("a", 65), "edit", password, people.ErrName},
		{"mara", "owner", password, people.ErrRole}, {"mara", "edit", "short", people.ErrPassword}, {"mara", "edit", strings.Repeat("a", 1025), people.ErrPassword},
	} {
		a, err := people.NewAccount(c.name, people.Role(c.role), c.password, now)
		if !errors.Is(err, c.want) {
			t.Errorf("%s, %s: %v, want %v", c.name, c.role, err, c.want)
		}
		if err == nil && (strings.Contains(a.Password, c.password) || !strings.HasPrefix(a.Password, "$argon2id$v=19$m=47104,t=1,p=1$")) {
			t.Errorf("kept as %s", a.Password)
		}
	}
}

// A store that does not answer lets nobody in.
func TestStoreAway(t *testing.T) {
	g, err := people.NewGuard(people.Options{Store: away{}, Local: true})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", "http://localhost/", nil)
	w := httptest.NewRecorder()
	g.Around(http.NotFoundHandler()).ServeHTTP(w, r)
	if w.Code != 503 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

type away struct{ store.People }

func (away) Accounts(context.Context) ([]store.Account, error) {
	return nil, errors.New("a secret address")
}
