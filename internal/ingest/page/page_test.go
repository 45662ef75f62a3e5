package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

var received = time.Date(2031, time.May, 8, 9, 0, 0, 0, time.UTC)

const body = `<p>The council of Bergen rejected the plan for a second ferry terminal on Monday after a debate that lasted until midnight, its speaker said.</p>
<p>Supporters of the plan said they would bring it back in the autumn, when a new council takes its seats and the port's lease runs out.</p>
<p>“We have lost a vote and not the argument,” said Mara Velin, who had put the plan forward in January with the backing of the ferry workers' union.</p>
<p>The port authority declined to comment on what the vote means for the lease, which it has held since the old terminal burned down eleven years ago.</p>`

func article(head, text string) []byte {
	return []byte(`<!doctype html><html lang="en"><head>` + head + `</head><body><main><article>` + text + `</article></main></body></html>`)
}

func read(t *testing.T, c *news.Capture) *news.Delivery {
	t.Helper()
	d, err := Read(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range d.Blocks {
		if b.Start < 0 || b.End > len(d.Text) || b.Start >= b.End {
			t.Errorf("block %+v in a text of %d bytes", b, len(d.Text))
		}
	}
	return d
}

func TestRead(t *testing.T) {
	head := `<title>Council rejects terminal | Harbour Post</title><link rel="canonical" href="/2031/05/06/council-rejects-terminal">
		<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Jonas Reker">
		<meta property="article:published_time" content="2031-05-06T07:30:00+02:00">`
	d := read(t, &news.Capture{URL: "https://m.post.example/2031/05/06/council-rejects-terminal/amp?utm_source=x", At: received, Body: article(head, "<h1>Council rejects terminal</h1>"+body)})
	want := "[https://m.post.example/2031/05/06/council-rejects-terminal https://m.post.example/2031/05/06/council-rejects-terminal/amp]"
	if got := fmt.Sprint(d.Addresses); got != want {
		t.Errorf("addresses %s", got)
	}
	if d.Title != "Council rejects terminal" || d.Publisher != "Harbour Post" || fmt.Sprint(d.Authors) != "[Jonas Reker]" || d.Published != "2031-05-06T07:30:00+02:00" || d.PublishedBasis != news.PublishedMetadata {
		t.Errorf("%q by %q %v on %s (%s)", d.Title, d.Publisher, d.Authors, d.Published, d.PublishedBasis)
	}
	if !strings.HasPrefix(d.Text, d.Title+"\n\n") || len(d.Warnings) > 0 {
		t.Errorf("text %.60q, warnings %v", d.Text, d.Warnings)
	}
}

// What the page does not say the list does.
func TestHints(t *testing.T) {
	hint := news.Hint{Title: "Council rejects terminal", Authors: []string{"Jonas Reker"}, Published: "2031-05-06T05:30:00Z", Publisher: "Harbour Post", Modified: "2031-05-07"}
	d := read(t, &news.Capture{URL: "https://post.example/a", At: received, Hint: hint, Body: article("", body)})
	if d.Title != hint.Title || d.Publisher != hint.Publisher || fmt.Sprint(d.Authors) != "[Jonas Reker]" || d.Published != hint.Published || d.Modified != hint.Modified {
		t.Errorf("%q by %q %v on %s, %s", d.Title, d.Publisher, d.Authors, d.Published, d.Modified)
	}
	if len(d.Blocks) < 5 || d.Blocks[0].Kind != news.BlockTitle || d.Text[d.Blocks[0].Start:d.Blocks[0].End] != hint.Title || !strings.HasPrefix(d.Text[d.Blocks[1].Start:], "The council") {
		t.Errorf("blocks %v of %.80q", d.Blocks, d.Text)
	}
}

func TestDates(t *testing.T) {
	day := `<meta name="date" content="%s">`
	for _, c := range []struct {
		name, page, listed, given, want string
		warning                         string
	}{
		{"a person's above all", "2031-05-06", "2031-05-05", "2030-01-01", "2030-01-01", ""},
		{"the page's hour", "2031-05-06T08:00:00Z", "2031-05-01T08:00:00Z", "", "2031-05-06T08:00:00Z", ""},
		{"the list's hour on the page's day", "2031-05-06", "2031-05-06T23:30:00-02:00", "", "2031-05-06T23:30:00-02:00", ""},
		{"a bare day that the list contradicts", "2031-02-06", "2031-05-06T10:00:00Z", "", "2031-05-06T10:00:00Z", "dates_disagree"},
		{"only the page's", "2031-05-06", "", "", "2031-05-06", ""},
		{"a wrong clock", "2099-01-01", "2031-05-06", "", "2031-05-06", "date_impossible"},
		{"two wrong clocks", "2099-01-01", "2098-01-01", "", "", "date_impossible"},
	} {
		capture := &news.Capture{URL: "https://post.example/a", At: received, Hint: news.Hint{Published: c.listed, Given: c.given}, Body: article("<title>Council rejects terminal</title>"+fmt.Sprintf(day, c.page), body)}
		d := read(t, capture)
		if d.Published != c.want {
			t.Errorf("%s: %s, want %s", c.name, d.Published, c.want)
		}
		if got := fmt.Sprint(d.Warnings); (c.warning == "") != (len(d.Warnings) == 0) || !strings.Contains(got, c.warning) {
			t.Errorf("%s: warnings %s", c.name, got)
		}
	}
}

// A list that tells only when an article was last changed dates a new one, where the
// page has no date; never one that was known before.
func TestChangedOnly(t *testing.T) {
	for _, c := range []struct {
		name, page string
		edited     bool
		want       string
	}{
		{"new, and the page has no date", "", false, "2031-05-06T10:00:00Z"},
		{"new, and the page has one", `<meta name="date" content="2031-04-02">`, false, "2031-04-02"},
		{"known before", "", true, ""},
	} {
		hint := news.Hint{Modified: "2031-05-06T10:00:00Z", Edited: c.edited}
		d := read(t, &news.Capture{URL: "https://post.example/a", At: received, Hint: hint, Body: article("<title>Council rejects terminal</title>"+c.page, body)})
		if d.Published != c.want || len(d.Warnings) > 0 {
			t.Errorf("%s: %s %v, want %s", c.name, d.Published, d.Warnings, c.want)
		}
	}
}

func TestNoArticle(t *testing.T) {
	short := "<p>The council of Bergen rejected the plan for a second ferry terminal on Monday after a long debate.</p>"
	paid := `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree": "False"}</script>`
	for _, c := range []struct{ name, url, head, text, reason string }{
		{"consent at an address of its own", "https://consent.post.example/v2?continue=x", "<title>Harbour Post</title>", body, "consent"},
		{"consent by its title", "", "<title>Before you continue to Harbour Post</title>", "<p>We use cookies and data to deliver our pages, to measure how they are read and to show you advertisements that are worth your while.</p>", "consent"},
		{"consent by its words", "", "<title>Harbour Post</title>", "<p>We value your privacy. We and our partners store and access information on your device, such as cookies, to show you what you like.</p>", "consent"},
		{"a paywall's words", "", "<title>Council rejects terminal</title>", short + "<p>Subscribe to continue reading. Already a subscriber? Sign in with the address that you gave when you joined us.</p>", "paywall"},
		{"a paywall's data", "", "<title>Council rejects terminal</title>" + paid, short, "paywall"},
		{"a search for robots", "", "<title>Just a moment...</title>", "<p>Enable JavaScript and cookies to continue. This may take some seconds, and you will then be sent on to the page that you asked for.</p>", "robot check"},
		{"nothing there", "", "<title>Page not found – Harbour Post</title>", "<p>Sorry, the page you are looking for has moved or never was here; perhaps our front page or the search can help you to find it.</p>", "not found"},
		{"a list of headlines", "", "<title>World</title>", "<ul><li><a href=/a>Council rejects terminal</a></li><li><a href=/b>Ferry strike ends</a></li></ul>", "no text"},
		{"nothing at all", "", "", "", "no text"},
	} {
		if c.url == "" {
			c.url = "https://post.example/a"
		}
		d, err := Read(t.Context(), &news.Capture{URL: c.url, At: received, Body: article(c.head, c.text)})
		if !errors.Is(err, ErrNoArticle) || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v (%v)", c.name, err, d)
		}
	}
}

// Articles that speak of what gates speak of are articles.
func TestArticlesAboutGates(t *testing.T) {
	about := `<p>The newspaper will ask readers to subscribe to continue reading, its publisher said on Monday, and page not found was all that many saw that day.</p>`
	for _, title := range []string{"Access denied: how a port shut out its own workers", "We value your privacy, says the ministry that sold it", "Council rejects terminal"} {
		read(t, &news.Capture{URL: "https://post.example/a", At: received, Body: article("<title>"+title+"</title>", body+body[:300]+"</p>"+about+strings.ReplaceAll(body, "Bergen", "Oslo"))})
	}
	d := read(t, &news.Capture{URL: "https://post.example/a", At: received, Body: article(`<title>Council rejects terminal</title><script type="application/ld+json">{"isAccessibleForFree":false}</script>`, body)})
	if len(d.Warnings) != 1 || d.Warnings[0].Code != "paywall" {
		t.Errorf("the beginning of a paid article: %v", d.Warnings)
	}
}

func TestCanonical(t *testing.T) {
	for _, c := range []struct {
		served, canonical  string
		trusted, elsewhere bool
	}{
		{"https://m.post.example/a/port-to-close", "https://www.post.example/a/port-to-close", true, false},
		{"https://post.example/story-12345?page=2", "https://post.example/story-12345", true, false},
		{"https://post.example/port-to-close-soon?output=amp", "https://post.example/port-to-close-soon", true, false},
		{"https://post.example/article.php?id=7", "https://post.example/article.php", false, false},
		{"https://post.example/article.php?id=7&x=1", "https://post.example/article.php?id=7", true, false},
		{"https://post.example/world/port-to-close-soon", "https://post.example/world", false, false},
		{"https://post.example/world/port/amp", "https://post.example/world/port", true, false},
		{"https://post.example/world/port", "https://post.example/", false, false},
		{"https://post.example/a", "https://wire.example/a", false, true},
		{"https://a.co.uk/a", "https://b.co.uk/a", false, true},
		{"http://127.0.0.1:8080/a/1", "http://127.0.0.1:8080/b/2", true, false},
	} {
		trusted, elsewhere := canonicalOf(c.served, c.canonical)
		if trusted != c.trusted || elsewhere != c.elsewhere {
			t.Errorf("%s names %s: %v, %v", c.served, c.canonical, trusted, elsewhere)
		}
	}
	d := read(t, &news.Capture{URL: "https://post.example/a", At: received, Body: article(`<title>Council rejects terminal</title><link rel=canonical href="https://wire.example/x">`, body)})
	if fmt.Sprint(d.Addresses) != "[https://post.example/a]" || d.Warnings[0].Code != "canonical_elsewhere" {
		t.Errorf("%v %v", d.Addresses, d.Warnings)
	}
}

// The header names the encoding; the page does not, or wrongly.
func TestEncoding(t *testing.T) {
	const words = "<p>\xc1\xe5\xf0\xe3\xe5\xed: the council rejected the plan for a second ferry terminal on Monday after a debate that lasted until midnight.</p>"
	for name, want := range map[string]string{"text/html; charset=windows-1251": "Берген: the council", "text/html; charset=none": "", "text/html": ""} {
		d := read(t, &news.Capture{URL: "https://post.example/a", At: received, Header: "Age: 1\r\nContent-Type: " + name, Body: article("<title>Council rejects terminal</title>", words)})
		if want != "" && !strings.Contains(d.Text, want) || !utf8.ValidString(d.Text) {
			t.Errorf("%s: %.80q", name, d.Text)
		}
	}
	d := read(t, &news.Capture{URL: "https://post.example/a", At: received, Header: "Content-Type: text/html; charset=windows-1251", Body: article("<title>Rådet avviser</title>", body)})
	if d.Title != "Rådet avviser" {
		t.Errorf("a page in UTF-8 by a wrong header: %q", d.Title)
	}
}

func TestGateTable(t *testing.T) {
	if len(gates) < 40 {
		t.Fatalf("%d gates", len(gates))
	}
	for _, g := range gates {
		if g.where != "title" && g.where != "text" && g.where != "address" || strings.TrimSpace(g.words) == "" || plain(g.words) != strings.TrimSpace(g.words) {
			t.Errorf("%+v", g)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(article("<title>T</title><link rel=canonical href=//x>", body), "https://post.example/a?b", "2031-05-06")
	f.Fuzz(func(t *testing.T, raw []byte, url, published string) {
		d, err := Read(t.Context(), &news.Capture{URL: url, At: received, Body: raw, Hint: news.Hint{Title: "Title", Published: published}})
		if err != nil {
			return
		}
		for _, b := range d.Blocks {
			_ = d.Text[b.Start:b.End]
		}
	})
}
