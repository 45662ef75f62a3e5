package people

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

// The pages need no style sheet and no script, since whoever sees them may have
// neither yet.
var loginPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Log in · Onrecord</title></head>
<body><main><h1>Onrecord</h1>
{{with .Error}}<p role="alert"><strong>{{.}}</strong></p>
{{end}}<form method="post" action="/login"><input type="hidden" name="next" value="{{.Next}}">
<p><label for="name">Name</label><br><input id="name" name="name" value="{{.Name}}" autocomplete="username" autocapitalize="none" required autofocus></p>
<p><label for="password">Password</label><br><input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button>Log in</button></p></form></main></body></html>
`))

var messagePage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>{{.Title}} · Onrecord</title></head>
<body><main><h1>{{.Title}}</h1><p>{{.Why}}</p><p><a href="/">To the desk</a></p></main></body></html>
`))

func message(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = messagePage.Execute(w, struct{ Title, Why string }{http.StatusText(status), why}) // the client's loss
}

// login shows the page and takes its form. The form has no secret, since there is
// no session yet; the check of its origin stands before.
func (g *Guard) login(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		g.loginForm(w, http.StatusOK, "", "", inside(r.URL.Query().Get("next")))
		return
	case http.MethodPost:
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		message(w, http.StatusMethodNotAllowed, "log in by the form")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		message(w, http.StatusBadRequest, "the form cannot be read")
		return
	}
	who, next := strings.TrimSpace(r.PostForm.Get("name")), inside(r.PostForm.Get("next"))
	if len(who) > 256 {
		who = who[:256]
	}
	s, secret, err := g.gate.enter(r.Context(), who, r.PostForm.Get("password"), g.address(r))
	var tooMany *TooManyError
	switch {
	case errors.Is(err, ErrWrong):
		g.write(r, "", "log-in refused", "for "+strings.ToValidUTF8(who, "\ufffd"))
		g.loginForm(w, http.StatusUnauthorized, "Name or password is wrong.", who, next)
		return
	case errors.As(err, &tooMany):
		g.o.Log.Warn("login_locked", "name", who, "address", g.address(r), "wait", tooMany.Wait.String())
		g.loginForm(w, http.StatusTooManyRequests, "Too many wrong passwords: try again in a quarter of an hour.", who, next)
		return
	case err != nil:
		g.o.Log.Error("account_not_read", "error", err.Error())
		g.loginForm(w, http.StatusServiceUnavailable, "The store does not answer; try again.", who, next)
		return
	}
	g.write(r, s.Account, "log-in", "")
	http.SetCookie(w, g.cookie(secret, int(lastsFor.Seconds())))
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (g *Guard) loginForm(w http.ResponseWriter, status int, failure, who, next string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = loginPage.Execute(w, struct{ Error, Name, Next string }{failure, who, next}) // the client's loss
}

// logout ends the session.
func (g *Guard) logout(w http.ResponseWriter, r *http.Request, p Person) {
	if c, err := r.Cookie(cookieName); err == nil {
		if err := g.o.Store.EndSession(r.Context(), digest(c.Value)); err != nil {
			g.refuse(w, r, http.StatusServiceUnavailable, "the store does not answer")
			return
		}
		g.write(r, p.Name, "log-out", "")
	}
	http.SetCookie(w, g.cookie("", -1))
	http.Redirect(w, r, loginPath, http.StatusSeeOther)
}

func (g *Guard) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: g.o.Secure, SameSite: http.SameSiteLaxMode}
}

// inside is an address of the desk to go on to, and never one of elsewhere.
func inside(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") ||
		u.Path == loginPath || u.Path == logoutPath {
		return "/"
	}
	return next
}
