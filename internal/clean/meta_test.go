package clean

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"2031-05-07":                      "2031-05-07",
		"2031-05-07T14:20:00+02:00":       "2031-05-07T14:20:00+02:00",
		"2031-05-07T14:20:00.123Z":        "2031-05-07T14:20:00Z",
		"2031-05-07T14:20+0200":           "2031-05-07T14:20:00+02:00",
		"2031-05-07 14:20:00":             "2031-05-07", // in nobody knows which zone
		"Wed, 07 May 2031 14:20:00 GMT":   "2031-05-07T14:20:00Z",
		"Wed, 07 May 2031 14:20:00 +0530": "2031-05-07T14:20:00+05:30",
		"Wed, 07 May 2031 14:20:00 IST":   "2031-05-07", // India, Ireland or Israel
		"May 7, 2031":                     "2031-05-07",
		"7 May 2031":                      "2031-05-07",
		"20310507":                        "2031-05-07",
		"2031/05/07":                      "2031-05-07",
		"05/07/2031":                      "", // two days
		"0001-01-01T00:00:00Z":            "",
		"yesterday":                       "",
		"2031":                            "",
		"":                                "",
	} {
		if got := Date(in); got != want {
			t.Errorf("Date(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDateInURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://harbour.example/2031/05/07/port-closes":      "2031-05-07",
		"https://harbour.example/news/2031-05-07-port-closes": "2031-05-07",
		"https://harbour.example/news/12031/05/07":            "",
		"https://harbour.example/2031/13/07/x":                "",
		"https://harbour.example/port-closes":                 "",
		"::":                                                  "",
	} {
		if got := dateInURL(in); got != want {
			t.Errorf("dateInURL(%q) = %q, want %q", in, got, want)
		}
	}
}

func metadataOf(t *testing.T, page string) *metadata {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return readMetadata(doc)
}

func TestHeadline(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"og", `<meta property="og:title" content="Port closes"><title>Port closes | Harbour Times</title>`, "Port closes"},
		{"site's name", `<meta property="og:site_name" content="Harbour Times"><title>Port closes - Harbour Times</title>`, "Port closes"},
		{"bar without a name", `<title>Port closes | Harbour Times</title>`, "Port closes"},
		{"dash of the headline", `<title>Port closes – for good</title>`, "Port closes – for good"},
		{"cut for machines", `<meta property="og:title" content="Port of Sandvik closes for the third…"><h1>Port of Sandvik closes for the third time</h1>`, "Port of Sandvik closes for the third time"},
		{"the page's own spelling", `<meta property="og:title" content="'We Will Stay,' Say Families"><h1>‘We will stay,’ say families</h1>`, "‘We will stay,’ say families"},
		{"another h1", `<meta property="og:title" content="Port closes"><h1>Harbour Times</h1>`, "Port closes"},
		{"h1 alone", `<h1>Port <em>closes</em></h1>`, "Port closes"},
		{"no article's name", `<script type="application/ld+json">{"@type":"WebPage","name":"News page"}</script><h1>Port closes</h1>`, "Port closes"},
		{"icon's title", `<svg><title>Search</title></svg><h1>Port closes</h1>`, "Port closes"},
	} {
		m := metadataOf(t, c.page)
		if got := m.headline(m.publisher()); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPublished(t *testing.T) {
	for _, c := range []struct{ name, page, address, want, other string }{
		{"json-ld before meta", `<meta property="article:published_time" content="2031-05-08"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-05-07T10:00:00Z"}</script>`, "", "2031-05-07T10:00:00Z", ""},
		{"they disagree", `<meta property="article:published_time" content="2031-05-17"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-05-07"}</script>`, "", "2031-05-07", "2031-05-17"},
		{"time of the entry", `<time datetime="2031-05-07" class="entry-date published">7 May</time>`, "", "2031-05-07", ""},
		{"first time, in words", `<time>7 May 2031</time>`, "", "2031-05-07", ""},
		{"address before any time", `<time datetime="2029-01-01">`, "https://harbour.example/2031/05/07/x", "2031-05-07", ""},
		{"microdata", `<span itemprop="datePublished" content="2031-05-07">`, "", "2031-05-07", ""},
		{"none", `<p>x`, "", "", ""},
		{"broken json", `<script type="application/ld+json">{"@type":"NewsArticle",}</script><meta name="pubdate" content="2031-05-07">`, "", "2031-05-07", ""},
		{"json with line breaks", "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"description\":\"a\nb\",\"datePublished\":\"2031-05-07\"}</script>", "", "2031-05-07", ""},
	} {
		got, other := metadataOf(t, c.page).published(c.address)
		if got != c.want || other != c.other {
			t.Errorf("%s: %q (other %q), want %q (%q)", c.name, got, other, c.want, c.other)
		}
	}
}

func TestAuthors(t *testing.T) {
	for _, c := range []struct {
		page string
		want []string
	}{
		{`<meta name="author" content="By Mara Velin and Tor Aas">`, []string{"Mara Velin", "Tor Aas"}},
		{`<meta property="article:author" content="https://facebook.example/mara"><p class="byline">By Mara Velin in Sandvik</p>`, []string{"Mara Velin"}},
		{`<a rel="author" href="/mv">Mara Velin</a>`, []string{"Mara Velin"}},
		{`<div class="author-page">The author says that she will not write again.</div>`, nil},
		{`<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Harbour Times"}}</script>`, nil},
	} {
		m := metadataOf(t, c.page)
		if got := m.authors("Harbour Times"); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.page, got, c.want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ page, from, want string }{
		{`<link rel="canonical" href="/a/b">`, "https://harbour.example/a/b?utm=x", "https://harbour.example/a/b"},
		{`<link rel="canonical" href="https://harbour.example/">`, "https://harbour.example/a/b", "https://harbour.example/a/b"},
		{`<meta property="og:url" content="https://harbour.example/a">`, "", "https://harbour.example/a"},
		{`<link rel="canonical" href="javascript:void(0)">`, "https://harbour.example/a", "https://harbour.example/a"},
		{``, "", ""},
	} {
		if got := metadataOf(t, c.page).address(c.from); got != c.want {
			t.Errorf("%s from %s: %q, want %q", c.page, c.from, got, c.want)
		}
	}
}

func TestMarkdown(t *testing.T) {
	text := "+++\ntitle = \"Port closes\"\ndate = 2031-05-07\nauthors = [\"Mara Velin\", 'Tor Aas']\n+++\n\n## What happened\n\nThe port of Sandvik closed\non Friday.\n\n- One quay is open.\n"
	md := Markdown(text)
	checkBlocks(t, text, md.Blocks)
	if md.Title != "Port closes" || md.Published != "2031-05-07" || !slices.Equal(md.Authors, []string{"Mara Velin", "Tor Aas"}) {
		t.Errorf("front matter: %+v", md)
	}
	var got []string
	for _, b := range md.Blocks {
		got = append(got, string(b.Kind)+" "+text[b.Start:b.End])
	}
	want := []string{"boilerplate ##", "heading What happened", "paragraph The port of Sandvik closed\non Friday.", "paragraph - One quay is open."}
	if len(got) != 5 || !slices.Equal(got[1:], want) {
		t.Errorf("blocks: %q", got)
	}
	// A rule at the top is no front matter.
	if md := Markdown("---\n\nThe port closed.\n"); len(md.Blocks) != 2 {
		t.Errorf("a rule taken for front matter: %+v", md.Blocks)
	}
}
