package fetch

import (
	"net/url"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func TestRules(t *testing.T) {
	for _, c := range []struct {
		name, robots string
		allowed      []string
		forbidden    []string
	}{
		{"empty", "", []string{"/", "/a?b=c"}, nil},
		{"all", "User-agent: *\nDisallow: /", []string{"/robots.txt"}, []string{"/", "/a"}},
		{"own group beats the one for all", "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private", []string{"/a"}, []string{"/private/b"}},
		{"own empty group allows all", "User-agent: Onrecord\nDisallow:\n\nUser-agent: *\nDisallow: /", []string{"/a"}, nil},
		{"with a version", "User-agent: Onrecord/2.0 (x)\nDisallow: /a", []string{"/b"}, []string{"/a"}},
		{"a name that only begins alike", "User-agent: on\nDisallow: /\nUser-agent: onrecorder\nDisallow: /", []string{"/a"}, nil},
		{"several names, one group", "User-agent: other\nUser-agent: onrecord\nDisallow: /a", nil, []string{"/a"}},
		{"two groups of one name are one", "User-agent: onrecord\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: onrecord\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		{"the longest counts", "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /news/open/not", []string{"/news/open/a"}, []string{"/news/x", "/news/open/not/b"}},
		{"of two as long the one that allows", "User-agent: *\nDisallow: /page\nAllow: /page", []string{"/page"}, nil},
		{"star", "User-agent: *\nDisallow: /*/print\nDisallow: *.pdf$", []string{"/print", "/a.pdf?x=1"}, []string{"/a/print", "/a/b/print/c", "/a.pdf"}},
		{"patterns begin at the beginning", "User-agent: *\nDisallow: /a*b", []string{"/x/ab"}, []string{"/ab", "/a/c/b"}},
		{"end", "User-agent: *\nDisallow: /a$\nDisallow: /c$d", []string{"/ab", "/c"}, []string{"/a", "/c$d"}},
		{"the query counts", "User-agent: *\nDisallow: /*?print=", []string{"/a?id=1"}, []string{"/a?print=1"}},
		{"encodings are the same", "User-agent: *\nDisallow: /b%c3%b8rsen\nDisallow: /~x\nDisallow: /ø", []string{"/b"}, []string{"/børsen", "/b%C3%B8rsen", "/%7ex", "/%c3%b8"}},
		{"a slash that is encoded is none", "User-agent: *\nDisallow: /a/b", []string{"/a%2Fb"}, []string{"/a/b"}},
		{"bad lines cost nothing else", "nonsense\nDisallow: /first\nUser-agent: *\nCrawl-delay: soon\n: x\nDisallow: /a # why\r\nSitemap: https://x.example/s\nDisallow: /b", []string{"/first"}, []string{"/a", "/b"}},
		{"byte order mark and carriage returns", "\ufeffUser-agent: *\rDisallow: /a", nil, []string{"/a"}},
	} {
		r := parseRobots([]byte(c.robots))
		for want, paths := range map[bool][]string{true: c.allowed, false: c.forbidden} {
			for _, p := range paths {
				u, err := url.Parse("https://post.example" + p)
				if err != nil {
					t.Fatal(err)
				}
				if r.allowed(u) != want {
					t.Errorf("%s: %s: allowed is %v", c.name, p, !want)
				}
			}
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	for robots, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2.5":    2500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 1e300":  maxDelay,
		"User-agent: *\nCrawl-delay: -1":     0,
		"User-agent: *\nCrawl-delay: NaN":    0,
		"User-agent: else\nCrawl-delay: 10":  0,
		"Crawl-delay: 10\nUser-agent: *\n\n": 0,
	} {
		if got := parseRobots([]byte(robots)).delay; got != want {
			t.Errorf("%q: %v, want %v", robots, got, want)
		}
	}
}

// A pattern without signs of its own matches exactly what begins with it.
func TestMatchesPrefix(t *testing.T) {
	plain := func(s string) string { return strings.NewReplacer("*", "", "$", "").Replace(s) }
	err := quick.Check(func(pattern, rest string) bool {
		p := plain(pattern)
		return matches(p, p+rest) && matches("*"+p, rest+p) && matches(p+"$", p) && (rest == "" || !matches(p+"x$", p))
	}, nil)
	if err != nil {
		t.Error(err)
	}
}

func TestOnlyTheBeginningCounts(t *testing.T) {
	long := "User-agent: *\nDisallow: /a\n" + strings.Repeat("# filler\n", mostRobots/9) + "Disallow: /b\n"
	r := parseRobots([]byte(long))
	for path, want := range map[string]bool{"/a": false, "/b": true} {
		if got := r.allowed(&url.URL{Path: path}); got != want {
			t.Errorf("%s: allowed is %v", path, got)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*b$\nAllow: /%zz"), "/a%2")
	f.Fuzz(func(_ *testing.T, raw []byte, path string) {
		r := parseRobots(raw)
		r.allowed(&url.URL{Path: path})
		r.allowed(&url.URL{RawQuery: path})
	})
}
