package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strings"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages are the templates by name, each with the layout.
type pages map[string]*template.Template

// shared are the parts that several pages have.
var shared = []string{"templates/layout.html", "templates/parts.html", "templates/ledger.html", "templates/rows.html"}

func (d *desk) parse() (pages, error) {
	layout, err := template.New("layout.html").Funcs(functions(d.assets)).ParseFS(templateFiles, shared...)
	if err != nil {
		return nil, fmt.Errorf("read the layout: %w", err)
	}
	names, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, fmt.Errorf("list the templates: %w", err)
	}
	out := pages{}
	for _, n := range names {
		if slices.Contains(shared, "templates/"+n.Name()) {
			continue
		}
		t, err := layout.Clone()
		if err == nil {
			t, err = t.ParseFS(templateFiles, "templates/"+n.Name())
		}
		if err != nil {
			return nil, fmt.Errorf("read the template %s: %w", n.Name(), err)
		}
		out[strings.TrimSuffix(n.Name(), path.Ext(n.Name()))] = t
	}
	return out, nil
}

// view is what the layout shows.
type view struct {
	Title   string
	Section string // of the navigation
	Theme   string // light, dark or auto
	Back    string // the address of this page
	Query   string // in the search box
	Token   string
	Reads   bool // texts can be pasted
	Version string
	Model   string
	Body    any
}

// sections tells which entry of the navigation a page belongs to.
var sections = map[string]string{"today": "today", "search": "search", "paste": "read", "sources": "sources", "source": "sources", "numbers": "numbers"}

// show renders a page whole before the first byte of it is sent.
func (d *desk) show(w http.ResponseWriter, r *http.Request, status int, name, title string, body any) error {
	v := view{
		Title: title, Section: sections[name], Theme: "auto", Back: r.URL.RequestURI(), Query: r.URL.Query().Get("q"), Reads: d.Read != nil,
		Version: d.Version, Model: d.Model, Body: body, Token: d.token(r),
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		v.Back = r.URL.Path
	}
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		v.Theme = c.Value
	}
	t, ok := d.pages[name]
	if !ok {
		return fmt.Errorf("there is no template %q", name)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, v); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Cookie")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the client's loss
	return nil
}

func (d *desk) token(r *http.Request) string {
	if d.Token == nil {
		return ""
	}
	return d.Token(r)
}
