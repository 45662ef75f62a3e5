package clean

import (
	"strings"

	"golang.org/x/net/html"
)

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
