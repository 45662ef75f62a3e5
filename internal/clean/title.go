package clean

import (
	"strings"
	"unicode/utf8"
)

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
		if len(c) > 1000 {
			continue // an h1 around the whole page
		}
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
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0"))
	return strings.ContainsRune("|-–—:·•«»", first)
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
