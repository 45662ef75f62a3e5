package address

import "testing"

func TestNormal(t *testing.T) {
	for raw, want := range map[string]string{
		"https://Example.ORG":                                 "https://example.org/",
		" https://example.org/a\n/b ":                         "https://example.org/a/b",
		"http://example.org:80/a#top":                         "http://example.org/a",
		"https://example.org:8443/a":                          "https://example.org:8443/a",
		"https://example.org/a?utm_source=x&id=7&fbclid=1&b=": "https://example.org/a?id=7&b=",
		"https://example.org/a?utm_source=x":                  "https://example.org/a",
		"https://example.org/a?":                              "https://example.org/a",
		"https://user:secret@example.org/a":                   "https://example.org/a",
		"https://example.org/a/../b/./c/":                     "https://example.org/b/c/",
		"https://example.org/A%20b/%2F":                       "https://example.org/A%20b/%2F",
		"https://bücher.example/ü":                            "https://xn--bcher-kva.example/%C3%BC",
		"https://my_site.example.org/a":                       "https://my_site.example.org/a",
		"http://[2001:DB8::1]:80/":                            "http://[2001:db8::1]/",
		"https://example.org./a":                              "https://example.org/a",
	} {
		got, err := Normal(raw)
		if err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", raw, got, err, want)
		}
	}
	for _, raw := range []string{"", "a/b", "ftp://example.org/", "javascript:alert(1)", "mailto:a@example.org", "http://", "http://exa mple.org/", "https:example.org", "http://%41/", "file:///etc/passwd"} {
		if got, err := Normal(raw); err == nil {
			t.Errorf("%q: no error, got %q", raw, got)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range [][3]string{
		{"https://example.org/feed/rss.xml", "../news/1?utm_medium=rss", "https://example.org/news/1"},
		{"https://example.org/feed", "//cdn.example.org/1", "https://cdn.example.org/1"},
		{"https://example.org/feed", "http://other.example/1", "http://other.example/1"},
	} {
		if got, err := Resolve(c[0], c[1]); err != nil || got != c[2] {
			t.Errorf("%s at %s: got %q, %v, want %q", c[1], c[0], got, err, c[2])
		}
	}
}

// What Normal gives, it gives again.
func FuzzNormal(f *testing.F) {
	for _, s := range []string{"https://Example.org/a/../b?utm_x=1&y#z", "http://[::1]:80/", "https://bücher.example/ü", "http://a/%zz", "http://a//b/.."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once, err := Normal(raw)
		if err != nil {
			return
		}
		if again, err := Normal(once); err != nil || again != once {
			t.Errorf("%q: %q, then %q, %v", raw, once, again, err)
		}
	})
}
