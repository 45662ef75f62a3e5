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

// headline resolves the title. What publishers write for machines (JSON-LD,
// Open Graph) is trusted most; the page's own h1 is taken where it says the
// same at greater length, for machines are often given 110 characters, and
// <title>, without the name of the site, last.
func (m *metadata) headline(site string) string {
	candidates := []string{
		m.linked.headlineOf(), m.get("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"),
	}
	candidates = append(candidates, m.h1...)
	title := m.title
	for _, h := range m.h2 {
		// "What the flood left – Notes from the Delta" over that heading.
		if rest, ok := strings.CutPrefix(title, h); ok && wordCount(h, 3) >= 3 && startsSeparator(rest) {
			title = h
			break
		}
	}
	candidates = append(candidates, title)
	best := ""
	for _, c := range candidates {
		if c = withoutSite(fold(c), site); c == "" || len(c) > 500 {
			continue
		}
		if best == "" {
			best = c
			continue
		}
		stem := strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(best, "..."), "…"))
		if len(c) > len(best) && stem != best && strings.HasPrefix(c, stem) || sameWords(best, c) && c != title {
			best = c // the page's own spelling, or the whole of what was cut
		}
	}
	return best
}

// startsSeparator reports whether s opens with a mark between title and site.
func startsSeparator(s string) bool {
	s = strings.TrimLeft(s, " \u00a0")
	return s != "" && strings.ContainsRune("|-–—:·•«»", []rune(s)[0])
}

// headlineOf leaves out the name of a page that is no article.
func (l linked) headlineOf() string {
	if l.rank < 2 {
		return ""
	}
	return l.headline
}

// withoutSite cuts the site's name off a title: "Port to close | Harbour Times".
func withoutSite(s, site string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " · ", " • "} {
		i := strings.LastIndex(s, sep)
		if i <= 0 {
			continue
		}
		tail := s[i+len(sep):]
		if site != "" && (strings.EqualFold(tail, site) || strings.Contains(strings.ToLower(site), strings.ToLower(tail)) && len(tail) > 3) {
			return withoutSite(strings.TrimSpace(s[:i]), site)
		}
		// A bar is never part of a headline; a dash may be.
		if site == "" && sep == " | " {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// sameWords reports whether two titles differ in case, spaces and punctuation
// only.
func sameWords(a, b string) bool {
	x, y := wordsOf(a, 80), wordsOf(b, 80)
	if len(x) == 0 || len(x) != len(y) {
		return false
	}
	for i := range x {
		if !strings.EqualFold(x[i].low, y[i].low) {
			return false
		}
	}
	return true
}

// published resolves the date of publication, and reports a second date more
// than a day off where the page contradicts itself.
func (m *metadata) published(address string) (date, other string) {
	candidates := []string{m.linked.published}
	for _, k := range []string{
		"article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published", "published_time", "parsely-pub-date", "sailthru.date",
		"dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "pubdate", "publishdate", "publish-date", "publish_date", "ptime", "cxenseparse:recs:publishtime", "date",
	} {
		candidates = append(candidates, Date(m.named[k]))
	}
	for _, t := range m.times {
		if t.published {
			candidates = append(candidates, t.date)
		}
	}
	inAddress := dateInURL(address)
	candidates = append(candidates, inAddress)
	if len(m.times) > 0 {
		candidates = append(candidates, m.times[0].date)
	}
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if date == "" {
			date = c
			continue
		}
		// A stray <time> may be anything's; what is declared may not contradict.
		if other == "" && apart(date, c) && (len(m.times) == 0 || c != m.times[0].date || c == inAddress) {
			other = c
		}
	}
	return date, other
}

// apart reports whether two dates lie more than a day apart, which time zones
// do not explain.
func apart(a, b string) bool {
	x, ok1 := dayOf(a)
	y, ok2 := dayOf(b)
	if !ok1 || !ok2 {
		return false
	}
	d := x.Sub(y).Hours()
	return d > 24 || d < -24
}

// dateInURL reads the day of addresses like /2031/05/07/port-closes or
// /2031-05-07-port-closes.
func dateInURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	path := u.Path
	for i := 0; i+10 <= len(path); i++ {
		s := path[i : i+10]
		if (s[4] == '/' || s[4] == '-') && s[7] == s[4] && (i == 0 || path[i-1] < '0' || path[i-1] > '9') {
			if d := Date(strings.ReplaceAll(s, "/", "-")); d != "" && (i+10 == len(path) || path[i+10] < '0' || path[i+10] > '9') {
				return d
			}
		}
	}
	return ""
}

func (m *metadata) modified() string {
	for _, d := range []string{m.linked.modified, Date(m.get("article:modified_time")), Date(m.get("og:updated_time")), Date(m.get("datemodified")), Date(m.get("last-modified")), Date(m.get("dcterms.modified"))} {
		if d != "" {
			return d
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

// authors returns the names of the authors, without "By", addresses and what
// is the publisher's own name.
func (m *metadata) authors(publisher string) []string {
	raw := m.linked.authors
	if len(raw) == 0 {
		raw = m.author
	}
	if len(raw) == 0 && m.byline != "" {
		raw = []string{m.byline}
	}
	var out []string
	seen := make(map[string]bool)
	for _, r := range raw {
		for _, s := range splitNames(r) {
			k := strings.ToLower(s)
			if s == "" || seen[k] || strings.Contains(s, "://") || strings.Contains(s, "@") || len(s) > 100 || strings.EqualFold(s, publisher) {
				continue
			}
			seen[k] = true
			if out = append(out, s); len(out) == 20 {
				return out
			}
		}
	}
	return out
}

// isBylineClass reports whether an element is marked as the author's.
func isBylineClass(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class") + " " + attr(n, "itemprop") + " " + attr(n, "rel"))
	return strings.Contains(class, "byline") || strings.Contains(class, "author")
}

// bylineOf is the text of an element that holds names and no more, else "".
func bylineOf(n *html.Node) string {
	s := textOf(n)
	if len(s) > 120 {
		return ""
	}
	words := wordsOf(s, 21)
	if len(words) > 1 && words[0].low == "by" && isAuthor(s, words) || areAuthors(s) {
		s, _, _ = strings.Cut(s, " in ")
		return s
	}
	return ""
}

// splitNames parts "By Mara Velin, Tor Aas and Ine Dahl".
func splitNames(s string) []string {
	s = fold(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	var out []string
	for _, p := range strings.FieldsFunc(strings.ReplaceAll(s, " and ", ";"), func(r rune) bool { return r == ';' || r == ',' || r == '|' }) {
		out = append(out, strings.TrimSpace(p))
	}
	return out
}
