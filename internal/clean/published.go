package clean

import (
	"net/url"
	"strings"
)

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
