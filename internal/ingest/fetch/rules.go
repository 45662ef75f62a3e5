package fetch

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// rules are what a robots.txt says to one crawler (RFC 9309).
type rules struct {
	list  []rule
	delay time.Duration // Crawl-delay, which the RFC does not know but sites use
	why   string        // where they are from, in words that follow "robots.txt"
}

// longest is how much of a path and of a pattern is compared, in bytes: a site
// that sets out to make this dear cannot.
const longest = 2000

type rule struct {
	pattern string // with * and a closing $
	allow   bool
}

// parseRobots reads the groups that name this program, or where none does those
// for all (*). Lines that cannot be read are passed over, as 2.2.4 wants it.
func parseRobots(raw []byte) *rules {
	raw = bytes.TrimPrefix(raw[:min(len(raw), mostRobots)], []byte("\ufeff"))
	var own, all rules
	named := false
	var forOwn, forAll, inRules bool
	for _, line := range strings.FieldsFunc(string(raw), func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if inRules { // a new group begins
				forOwn, forAll, inRules = false, false, false
			}
			if value == "*" {
				forAll = true
			} else if strings.EqualFold(token(value), Product) {
				forOwn, named = true, true
			}
			continue
		}
		var add func(*rules)
		switch key {
		case "allow", "disallow":
			inRules = true
			if value == "" {
				continue // "Disallow:" forbids nothing
			}
			value = value[:min(len(value), longest)]
			add = func(to *rules) { to.list = append(to.list, rule{normal(value), key == "allow"}) }
		case "crawl-delay":
			inRules = true
			f, err := strconv.ParseFloat(value, 64)
			if err != nil || !(f > 0) {
				continue
			}
			add = func(to *rules) { to.delay = time.Duration(min(f, maxDelay.Seconds()) * float64(time.Second)) }
		default:
			continue // Sitemap and others belong to no group and end none
		}
		if forOwn {
			add(&own)
		}
		if forAll {
			add(&all)
		}
	}
	if named {
		own.why = ", in what it says to " + Product
		return &own
	}
	return &all
}

// token is the product of a user-agent line: "Onrecord" of "Onrecord/1.0".
func token(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '-')
	})
	if end >= 0 {
		return s[:end]
	}
	return s
}

// allowed reports whether an address may be fetched: the longest rule that
// matches decides, of two as long the one that allows.
func (r *rules) allowed(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "/robots.txt" {
		return true
	}
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normal(path)
	path = path[:min(len(path), longest)]
	length, allow := -1, true
	for _, rule := range r.list {
		if n := len(rule.pattern); (n > length || n == length && rule.allow) && matches(rule.pattern, path) {
			length, allow = n, rule.allow
		}
	}
	return allow
}

// normal writes paths and patterns in one form: what is not ASCII, and no more,
// is percent-encoded, with digits in upper case (2.2.2).
func normal(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8) // both are digits
			if d := byte(n); d >= '0' && d <= '9' || d >= 'a' && d <= 'z' || d >= 'A' && d <= 'Z' || strings.IndexByte("-._~", d) >= 0 {
				b.WriteByte(d)
			} else {
				b.WriteString(strings.ToUpper(s[i : i+3]))
			}
			i += 2
		case c >= 0x80 || c <= ' ':
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)|0x100, 16)[1:]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// matches reports whether a pattern matches the beginning of a path; * stands
// for any number of characters, a closing $ for the end. It goes back only to
// the last *, so its time is at most the product of the two lengths.
func matches(pattern, path string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	if anchored {
		pattern = pattern[:len(pattern)-1]
	} else {
		pattern += "*"
	}
	p, s := 0, 0
	star, from := -1, 0
	for s < len(path) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, s
			p++
		case p < len(pattern) && pattern[p] == path[s]:
			p++
			s++
		case star >= 0:
			from++
			p, s = star+1, from
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}
