package clean

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metadata is what a page says of its article outside the article's text.
type metadata struct {
	linked linked
	named  map[string]string // meta elements by name, property or itemprop, lower case; the first counts
	author []string          // meta elements of authors, all of them
	byline string            // the first byline that the page shows
	looked int               // how many elements were looked at for it

	title     string // <title>
	h1        []string
	h2        []string // and h3: on a blog's page the title is one of them
	canonical string
	language  string
	times     []stamp
}

// stamp is a <time> of the page.
type stamp struct {
	date      string
	published bool // it says that it is the publication
}

// readMetadata gathers it in one pass over the page.
func readMetadata(doc *html.Node) *metadata {
	m := &metadata{named: make(map[string]string)}
	var scripts []string
	for n := range elements(doc) {
		switch n.DataAtom {
		case atom.Html:
			m.language = attr(n, "lang")
		case atom.Title:
			if m.title == "" && (n.Parent == nil || n.Parent.DataAtom == atom.Head) {
				m.title = fold(rawText(n))
			}
		case atom.H1:
			if len(m.h1) < 5 {
				m.h1 = append(m.h1, textOf(n))
			}
		case atom.H2, atom.H3:
			if len(m.h2) < 10 {
				m.h2 = append(m.h2, textOf(n))
			}
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && m.canonical == "" {
				m.canonical = strings.TrimSpace(attr(n, "href"))
			}
		case atom.Meta:
			m.meta(n)
		case atom.Script:
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr(n, "type"))), "application/ld+json") {
				scripts = append(scripts, rawText(n))
			}
		case atom.Time:
			m.time(n)
		case atom.Address, atom.A, atom.Div, atom.Span, atom.P:
			if m.byline == "" && m.looked < 20 && isBylineClass(n) {
				m.looked++
				m.byline = bylineOf(n)
			}
			fallthrough
		default:
			if p := strings.ToLower(attr(n, "itemprop")); p != "" && n.DataAtom != atom.Meta {
				m.microdata(n, p)
			}
		}
	}
	m.linked = readLinked(scripts)
	return m
}

// rawText is the text of an element that holds text only.
func rawText(n *html.Node) string {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode {
		return ""
	}
	return n.FirstChild.Data
}

func (m *metadata) meta(n *html.Node) {
	content := fold(attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop"} {
		k := strings.ToLower(strings.TrimSpace(attr(n, key)))
		if k == "" {
			continue
		}
		switch k {
		case "author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author":
			if !strings.Contains(content, "://") { // a profile's address
				m.author = append(m.author, content)
			}
		}
		if _, has := m.named[k]; !has {
			m.named[k] = content
		}
	}
}

func (m *metadata) time(n *html.Node) {
	d := Date(attr(n, "datetime"))
	if d == "" {
		d = Date(textOf(n))
	}
	if d == "" || len(m.times) >= 50 {
		return
	}
	if p := strings.ToLower(attr(n, "itemprop")); p == "datemodified" {
		m.fallback("datemodified", d)
		return
	}
	hint := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class"))
	_, pubdate := lookup(n, "pubdate")
	m.times = append(m.times, stamp{d, pubdate || strings.Contains(hint, "publish") || strings.Contains(hint, "entry-date")})
}

func lookup(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func (m *metadata) microdata(n *html.Node, prop string) {
	switch prop {
	case "datepublished", "datemodified":
		if d := Date(attr(n, "content")); d != "" {
			m.fallback(prop, d)
		} else {
			m.fallback(prop, Date(textOf(n)))
		}
	case "headline":
		m.fallback(prop, textOf(n))
	}
}

func (m *metadata) fallback(key, value string) {
	if _, has := m.named[key]; !has && value != "" {
		m.named[key] = value
	}
}

// get returns the first of the named values there is.
func (m *metadata) get(keys ...string) string {
	for _, k := range keys {
		if v := m.named[k]; v != "" {
			return v
		}
	}
	return ""
}

func (m *metadata) publisher() string {
	if m.linked.publisher != "" {
		return m.linked.publisher
	}
	return m.get("og:site_name", "application-name", "dc.publisher", "article:publisher_name")
}

// address is the page's canonical address, absolute.
func (m *metadata) address(pageURL string) string {
	base, err := url.Parse(pageURL)
	if err != nil {
		base = &url.URL{}
	}
	for _, s := range []string{m.canonical, m.get("og:url"), m.linked.url} {
		u, err := base.Parse(strings.TrimSpace(s))
		if s == "" || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			continue
		}
		// Some sites name their front page as the canonical one of every page.
		if (u.Path == "" || u.Path == "/") && u.RawQuery == "" && len(base.Path) > 1 {
			continue
		}
		return u.String()
	}
	return pageURL
}
