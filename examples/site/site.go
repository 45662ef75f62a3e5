// Package site serves the example stories as the web would: each outlet with a
// list of its reports, in one of the forms that newsrooms use, and each report
// as a page. It is what "onrecord demo" watches. No outlet in it exists.
package site

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/examples"
)

// Report is one report of an outlet.
type Report struct {
	Title      string
	Authors    string // "" where it names none
	Published  string // a day, 2031-03-11
	Path       string // on the site, such as /coastline.example/2031/03/11/durban-market
	Paragraphs []string
}

// Outlet is a newsroom with its reports, the newest first.
type Outlet struct {
	Name    string
	Host    string // such as coastline.example; its front page is /HOST/
	List    string // path of its feed or sitemap
	form    form
	Reports []Report
}

// Site is all outlets, in the order of their hosts.
type Site struct {
	Outlets []Outlet
	pages   map[string]page
}

type page struct {
	outlet *Outlet
	report *Report // nil for a front page
}

// New makes the site of the stories in package examples.
func New() (*Site, error) {
	byHost := make(map[string]*Outlet)
	for _, story := range examples.Stories() {
		for _, name := range examples.Reports(story) {
			raw, err := examples.Files.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("read the example %s: %w", name, err)
			}
			host, outlet, r, err := parse(string(raw))
			if err != nil {
				return nil, fmt.Errorf("read the example %s: %w", name, err)
			}
			o := byHost[host]
			if o == nil {
				o = &Outlet{Name: outlet, Host: host}
				byHost[host] = o
			}
			o.Reports = append(o.Reports, r)
		}
	}
	s := &Site{pages: make(map[string]page)}
	for _, o := range byHost {
		slices.SortStableFunc(o.Reports, func(a, b Report) int { return strings.Compare(b.Published, a.Published) })
		s.Outlets = append(s.Outlets, *o)
	}
	slices.SortFunc(s.Outlets, func(a, b Outlet) int { return strings.Compare(a.Host, b.Host) })
	for i := range s.Outlets {
		o := &s.Outlets[i]
		o.form = forms[i%len(forms)]
		o.List = "/" + o.Host + "/" + o.form.name
		s.pages["/"+o.Host+"/"] = page{outlet: o}
		for j := range o.Reports {
			s.pages[o.Reports[j].Path] = page{o, &o.Reports[j]}
		}
	}
	return s, nil
}

// parse reads a report: front matter, then Markdown whose first line repeats the
// title.
func parse(raw string) (host, outlet string, r Report, err error) {
	head, body, ok := strings.Cut(strings.TrimPrefix(raw, "---\n"), "\n---\n")
	if !ok {
		return "", "", r, fmt.Errorf("it has no front matter")
	}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "title":
			r.Title = value
		case "date":
			r.Published = value
		case "publisher":
			outlet = value
		case "author":
			r.Authors = value
		case "url":
			u, err := url.Parse(value)
			if err != nil {
				return "", "", r, fmt.Errorf("its address: %w", err)
			}
			host, r.Path = u.Host, path.Clean("/"+u.Host+u.Path)
		}
	}
	if host == "" || outlet == "" || r.Title == "" || r.Published == "" {
		return "", "", r, fmt.Errorf("title, date, publisher or url is missing in its front matter")
	}
	for p := range strings.SplitSeq(body, "\n\n") {
		if p = strings.TrimSpace(p); p != "" && !strings.HasPrefix(p, "# ") {
			r.Paragraphs = append(r.Paragraphs, p)
		}
	}
	return host, outlet, r, nil
}

// Latest is the morning after the last report: the moment at which a desk that
// follows the site can know all of it.
func (s *Site) Latest() time.Time {
	last := ""
	for _, o := range s.Outlets {
		for _, r := range o.Reports {
			last = max(last, r.Published)
		}
	}
	day, err := time.Parse(time.DateOnly, last)
	if err != nil {
		return time.Now() // no report has a day; the tests say that each has
	}
	return day.Add(33 * time.Hour)
}

// ServeHTTP serves lists, pages, robots.txt and a front page of all outlets.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this site can only be read", http.StatusMethodNotAllowed)
		return
	}
	var b bytes.Buffer
	kind, err := s.write(&b, r.URL.Path, "http://"+r.Host)
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	case kind == "":
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Etag", fmt.Sprintf(`"%08x"`, crc32.ChecksumIEEE(b.Bytes())))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
}

// write writes what lies at a path, and returns its media type, "" for nothing.
func (s *Site) write(b *bytes.Buffer, at, base string) (string, error) {
	if at == "/robots.txt" {
		b.WriteString("User-agent: *\nDisallow: /private/\n")
		return "text/plain; charset=utf-8", nil
	}
	if at == "/" {
		return "text/html; charset=utf-8", front.Execute(b, s)
	}
	for i := range s.Outlets {
		if o := &s.Outlets[i]; o.List == at {
			return o.form.media, o.form.write(b, o, base)
		}
	}
	p, has := s.pages[at]
	switch {
	case !has:
		return "", nil
	case p.report == nil:
		return "text/html; charset=utf-8", outletPage.Execute(b, p.outlet)
	}
	h := crc32.ChecksumIEEE([]byte(p.outlet.Host))
	return "text/html; charset=utf-8", reportPages[h%uint32(len(reportPages))].Execute(b, struct {
		*Outlet
		Report
		Base   string
		Linked template.JS
	}{p.outlet, *p.report, base, linked(p.outlet, p.report, base)})
}
