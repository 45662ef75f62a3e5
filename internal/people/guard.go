package people

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// Options of a Guard. Store is needed.
type Options struct {
	Store store.People
	// Local lets whoever sits at the machine in as an Admin, while there is no
	// account: for a server that only this machine reaches.
	Local bool
	// Secure: the browser reaches the server by HTTPS, directly or by way of a
	// proxy. Its cookie is then sent by HTTPS only.
	Secure bool
	// Proxy: a reverse proxy stands before the server, and the last entry of its
	// X-Forwarded-For is the client's address.
	Proxy bool
	// Readers are paths to which a POST changes nothing, such as /v1/read.
	Readers []string
	// Admins are paths, with all below them, that only an Admin may ask for.
	Admins []string
	Now    func() time.Time // nil is time.Now
	Log    *slog.Logger     // nil is silent
}

// Guard stands before the desk and the API: it sets the headers of every answer,
// finds out who asks, refuses what they may not do, and writes down what they
// changed.
type Guard struct {
	o      Options
	gate   *gate
	origin *http.CrossOriginProtection
	form   string // the secret in the forms of the local user
}

// NewGuard makes a guard.
func NewGuard(o Options) (*Guard, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	dummy, err := Hash(random(16))
	if err != nil {
		return nil, err
	}
	return &Guard{
		o: o, origin: http.NewCrossOriginProtection(), form: random(24),
		gate: &gate{store: o.Store, now: o.Now, slots: make(slots, 2), dummy: dummy},
	}, nil
}

// Token is the value that the field "csrf" of a form must have: for web.Options.
func Token(r *http.Request) string { return From(r.Context()).Form }

const (
	cookieName  = "onrecord_session"
	loginPath   = "/login"
	logoutPath  = "/logout"
	maxFormBody = 32 << 20
)

// policy lets a page load what the program itself serves, and nothing run that
// stands in a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (g *Guard) headers(h http.Header) {
	for name, value := range map[string]string{
		"Content-Security-Policy":      policy,
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "camera=(), microphone=(), geolocation=(), payment=()",
	} {
		h.Set(name, value)
	}
	if g.o.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// Around puts the guard before next.
func (g *Guard) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.headers(w.Header())
		if err := g.origin.Check(r); err != nil {
			g.refuse(w, r, http.StatusForbidden, "the request comes from another site")
			return
		}
		if r.URL.Path == loginPath {
			g.login(w, r)
			return
		}
		p, err := g.who(r)
		switch {
		case errors.Is(err, errForeign):
			g.refuse(w, r, http.StatusMisdirectedRequest, err.Error())
			return
		case errors.Is(err, store.ErrNotFound):
			g.ask(w, r)
			return
		case err != nil:
			g.o.Log.Error("account_not_read", "error", err.Error())
			g.refuse(w, r, http.StatusServiceUnavailable, "the store does not answer")
			return
		}
		if !g.ofForm(w, r, p) {
			g.refuse(w, r, http.StatusForbidden, "the form is out of date: load its page again")
			return
		}
		if r.URL.Path == logoutPath && r.Method == http.MethodPost {
			g.logout(w, r, p)
			return
		}
		if needed := g.needed(r); !p.Role.May(needed) {
			g.refuse(w, r, http.StatusForbidden, fmt.Sprintf("%s may %s; this needs the role %s", p.Name, p.Role, needed))
			return
		}
		r = r.WithContext(With(r.Context(), p))
		if safe(r.Method) || slices.Contains(g.o.Readers, r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		a := &noted{ResponseWriter: w}
		next.ServeHTTP(a, r)
		if a.status < 400 {
			detail := ""
			if p.Program {
				detail = "by a token"
			}
			g.write(r, p.Name, r.Method+" "+r.URL.Path, detail)
		}
	})
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// needed is the role that a request needs.
func (g *Guard) needed(r *http.Request) Role {
	for _, path := range g.o.Admins {
		if r.URL.Path == path || strings.HasPrefix(r.URL.Path, path+"/") {
			return Admin
		}
	}
	if safe(r.Method) || slices.Contains(g.o.Readers, r.URL.Path) {
		return Read
	}
	return Edit
}

// errForeign is a request to the local server by another name: a page of the web
// whose name was made to mean this machine (DNS rebinding), or a proxy.
var errForeign = errors.New("this desk answers on this machine only, by localhost or 127.0.0.1; for others add accounts (onrecord user add) and see docs/operations.md")

// who finds out who makes a request; store.ErrNotFound where nobody is known.
func (g *Guard) who(r *http.Request) (Person, error) {
	ctx := r.Context()
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return g.gate.program(ctx, strings.TrimSpace(token))
	}
	if c, err := r.Cookie(cookieName); err == nil {
		if p, err := g.gate.session(ctx, c.Value); !errors.Is(err, store.ErrNotFound) {
			return p, err
		}
	}
	if !g.o.Local {
		return Person{}, store.ErrNotFound
	}
	all, err := g.o.Store.Accounts(ctx)
	if err != nil {
		return Person{}, err
	}
	if len(all) > 0 {
		return Person{}, store.ErrNotFound
	}
	if !isLocal(r) {
		return Person{}, errForeign
	}
	return Person{Name: LocalName, Role: Admin, Local: true, Form: g.form}, nil
}

// isLocal reports whether a request was made on this machine, to this machine.
func isLocal(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	name := r.Host
	if h, _, err := net.SplitHostPort(name); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	a, err := netip.ParseAddr(name)
	return err == nil && a.IsLoopback()
}

// ofForm reports whether a form of a browser was made by the desk for this person.
// What is not a form cannot be sent by another site without asking first.
func (g *Guard) ofForm(w http.ResponseWriter, r *http.Request, p Person) bool {
	if safe(r.Method) || p.Program {
		return true
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || kind == "text/plain":
		// What a foreign form could send too, or nothing at all: a browser says
		// where it is from.
		return r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != "" || r.Header.Get("Cookie") == ""
	case kind == "application/x-www-form-urlencoded":
		r.Body = http.MaxBytesReader(w, r.Body, maxFormBody)
		return r.ParseForm() == nil && r.PostForm.Get("csrf") == p.Form
	case kind == "multipart/form-data":
		r.Body = http.MaxBytesReader(w, r.Body, maxFormBody)
		return r.ParseMultipartForm(8<<20) == nil && r.PostForm.Get("csrf") == p.Form
	}
	return true
}

// isAPI reports whether an answer is for a program.
func isAPI(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/v1/") || r.Header.Get("Authorization") != "" || r.URL.Path == "/metrics"
}

// ask asks for a log-in: of a browser by a page, of a program by 401.
func (g *Guard) ask(w http.ResponseWriter, r *http.Request) {
	if isAPI(r) || !safe(r.Method) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="Onrecord"`)
		g.refuse(w, r, http.StatusUnauthorized, "a token is needed, or a log-in at "+loginPath)
		return
	}
	http.Redirect(w, r, loginPath+"?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
}

// refuse says why, in the form that is understood.
func (g *Guard) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if isAPI(r) {
		h.Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		// RFC 9457, as the API's own errors. The client's loss.
		_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": why})
		return
	}
	message(w, status, why)
}

// write adds a line to the audit log.
func (g *Guard) write(r *http.Request, who, what, detail string) {
	err := g.o.Store.Log(context.WithoutCancel(r.Context()), store.Act{At: g.o.Now(), Account: who, Address: g.address(r), What: what, Detail: detail})
	if err != nil {
		g.o.Log.Error("audit_not_written", "who", who, "what", what, "error", err.Error())
	}
}

// address is where a request comes from.
func (g *Guard) address(r *http.Request) string {
	if g.o.Proxy {
		all := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(all[len(all)-1]); last != "" {
			return network(last)
		}
	}
	return network(r.RemoteAddr)
}

// noted is a response whose status is known.
type noted struct {
	http.ResponseWriter
	status int
}

// Unwrap gives http.ResponseController the writer below.
func (n *noted) Unwrap() http.ResponseWriter { return n.ResponseWriter }

// WriteHeader notes the status.
func (n *noted) WriteHeader(status int) {
	if n.status == 0 && status >= 200 {
		n.status = status
	}
	n.ResponseWriter.WriteHeader(status)
}

// Flush sends what is written.
func (n *noted) Flush() { _ = http.NewResponseController(n.ResponseWriter).Flush() }
