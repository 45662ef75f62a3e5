package page

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// canonicalOf reports whether the address that a page names as its canonical
// one may name the article. It must be of the same site (a paper that runs
// another's report names the other's page: it is an article of its own all the
// same, of one origin), and must not be one that many pages would share. Two
// articles taken for one are a greater harm than one kept twice.
func canonicalOf(served, canonical string) (trusted, elsewhere bool) {
	s, err1 := url.Parse(served)
	c, err2 := url.Parse(canonical)
	if err1 != nil || err2 != nil {
		return false, false
	}
	if site(s.Hostname()) != site(c.Hostname()) {
		return false, true
	}
	from, to := segments(s.Path), segments(c.Path)
	if len(to) == 0 && c.RawQuery == "" {
		return false, false // the front page
	}
	if within(to, from) && c.RawQuery == "" {
		rest := from[len(to):]
		if len(rest) == 0 {
			// The same but for the query: fine where the path names the article
			// ("/port-to-close-on-friday?page=2"), and not where the query did
			// ("/article.php?id=7").
			return s.RawQuery == "" || names(to[len(to)-1]), false
		}
		// "/story/amp" is a form of "/story"; "/world/port-closes" is none of
		// "/world", which is a section.
		return len(rest) == 1 && isForm(rest[0]) || names(to[len(to)-1]), false
	}
	return true, false
}

// site is the part of a host's name under which one owner stands.
func site(host string) string {
	if s, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return s
	}
	return host
}

func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

func within(short, long []string) bool {
	if len(short) > len(long) {
		return false
	}
	for i := range short {
		if short[i] != long[i] {
			return false
		}
	}
	return true
}

// names reports whether a segment of a path could name one article: a number
// of some length, or several words.
func names(segment string) bool {
	digits := 0
	for _, r := range segment {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 4 || strings.Count(segment, "-")+strings.Count(segment, "_") >= 2
}

// isForm reports whether a segment names only the form of a page.
func isForm(segment string) bool {
	switch strings.ToLower(segment) {
	case "amp", "print", "mobile", "m", "full", "all", "index.html", "index.htm", "index.php", "1", "2", "3":
		return true
	}
	return false
}
