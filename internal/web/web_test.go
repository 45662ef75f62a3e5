package web_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/web"
	"github.com/onrecord/onrecord/internal/web/assets/bundle"
)

// The bundled script is what the TypeScript gives.
func TestScriptsAreBuilt(t *testing.T) {
	want, err := bundle.Scripts("assets/src/main.ts")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("assets/app.js")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("assets/app.js is not what assets/src gives; run go generate ./internal/web")
	}
}

// No page has a script or style of its own, or asks for anything outside.
func TestPagesAreStrict(t *testing.T) {
	x := newAcross(t)
	s := site(t, x, func(o *web.Options) { o.Reviews = &reviews{} })
	inline := regexp.MustCompile(`(?i)<script(?:[^>]*)>[^<]|<style| style="| on[a-z]+="|(?:src|srcset)="(?:https?:)?//`)
	for _, path := range pagesOf(x) {
		body := get(t, s, path, 200)
		if m := inline.FindString(body); m != "" {
			t.Errorf("%s holds %q", path, m)
		}
		if n := len(body); n > 100<<10 {
			t.Errorf("%s is %d bytes, want 100 KB at most", path, n)
		}
	}
}

// pagesOf are one page of each sort at least.
func pagesOf(x *across) []string {
	out := []string{"/", "/?by=contested", "/read", "/articles/amarket-bombing-01-coastline", "/articles/ariver-denial-02-galati-observer", "/sources", "/sources/f1", "/numbers", "/numbers/performance", "/help", "/corrections", "/articles/ariver-denial-02-galati-observer/correct/s1", "/articles/ariver-denial-02-galati-observer/correct/v1",
		"/search", "/actors/xcorvane", "/actors/xpolice"}
	for _, article := range []string{"ariver-denial-01-lower-danube-news", "amarket-bombing-01-coastline"} {
		out = append(out, "/stories/"+x.storyOf[article])
	}
	for _, e := range x.state.Events {
		if len(e.Figures) > 3 {
			out = append(out, "/events/"+e.ID)
			break
		}
	}
	for _, c := range x.state.Claims {
		if c.Contested {
			out = append(out, "/claims/"+c.ID)
			break
		}
	}
	for _, k := range query.Kinds() {
		for _, as := range []string{"list", "table", "timeline", "map"} {
			out = append(out, "/search?kind="+string(k)+"&as="+as)
		}
	}
	return out
}

// Every value of an article's page leads to its words, and they lead back.
func TestArticleAnchors(t *testing.T) {
	body := get(t, site(t, newAcross(t)), "/articles/amarket-bombing-01-coastline", 200)
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		ids[m[1]]++
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%d elements are called %q", n, id)
		}
	}
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if ids[m[1]] == 0 {
			t.Errorf("a link leads to %q, which is nowhere", m[1])
		}
	}
	for _, want := range []string{`id="t-s1"`, `href="#t-s1"`, "Nomsa Khubeka", "at least 4", "Coastline Press (invented), 11 Mar 2031. https://coastline.example/2031/03/11/durban-market"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// A new version is shown with what changed, and older ones can be read.
func TestVersions(t *testing.T) {
	m := newAcross(t)
	d := &news.Delivery{Text: "Ferries stop\n\nThe port said nobody was hurt.", Published: "2031-03-12"}
	for range 2 {
		r, err := read(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		m.put("aferry", r)
		d.Text = "Ferries stop\n\nThe port said two people were hurt."
	}
	s := site(t, m)
	body := get(t, s, "/articles/aferry", 200)
	for _, want := range []string{"version 2 of 2", "<del>The port said nobody was hurt.</del>", "<ins>The port said two people were hurt.</ins>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if body := get(t, s, "/articles/aferry?version=1", 200); !strings.Contains(body, "nobody was hurt") || !strings.Contains(body, "version 1 of 2") {
		t.Error("the first version is not shown")
	}
	get(t, s, "/articles/aferry?version=9", 404)
}

const pasted = "Harbour closed\n\nThe harbour master, Lena Orr, said on Tuesday that two sailors had been hurt. The union denied that the crane had failed."

// A text that is pasted is read and not kept.
func TestPaste(t *testing.T) {
	m := newAcross(t)
	before := len(m.articles)
	body := post(t, site(t, m), "/read", url.Values{"text": {pasted}, "published": {"2031-05-07"}, "publisher": {"The Pier"}}, 200)
	for _, want := range []string{"Lena Orr", "not kept", "The Pier, 7 May 2031", "<details class=\"cite\">"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "/read/keep") {
		t.Error("keeping is offered where nothing is kept")
	}
	if len(m.articles) != before {
		t.Error("it was kept")
	}
}

func TestKeep(t *testing.T) {
	m := newAcross(t)
	s := site(t, m, func(o *web.Options) {
		o.Keep = func(_ context.Context, _ *news.Delivery, r *news.Record) (string, error) {
			m.put("apasted", r)
			return "apasted", nil
		}
		o.Fetch = func(_ context.Context, address string) (*news.Delivery, error) {
			if address == "https://away.example/" {
				return nil, errors.New("no answer from away.example")
			}
			return &news.Delivery{Text: pasted, Addresses: []string{address}}, nil
		}
	})
	post(t, s, "/read/keep", url.Values{"text": {pasted}}, 303)
	if _, ok := m.articles["apasted"]; !ok {
		t.Error("it was not kept")
	}
	if body := post(t, s, "/read", url.Values{"address": {"https://pier.example/1"}}, 200); !strings.Contains(body, "https://pier.example/1") || !strings.Contains(body, "Lena Orr") {
		t.Error("the address was not read")
	}
	if body := post(t, s, "/read", url.Values{"address": {"https://away.example/"}}, 422); !strings.Contains(body, "no answer from away.example") {
		t.Error("the page does not say why the address was not read")
	}
}

// What cannot be read is refused in words.
func TestPasteBadInput(t *testing.T) {
	s := site(t, newAcross(t))
	for name, c := range map[string]struct {
		form   url.Values
		status int
		says   string
	}{
		"nothing":     {url.Values{}, 422, "nothing to read yet"},
		"blanks":      {url.Values{"text": {" \n "}}, 422, "nothing to read yet"},
		"no date":     {url.Values{"text": {pasted}, "published": {"Tuesday"}}, 422, "no date"},
		"no address":  {url.Values{"address": {"javascript:alert(1)"}}, 422, "none of the web"},
		"no UTF-8":    {url.Values{"text": {"a\xff"}}, 422, "not UTF-8"},
		"too long":    {url.Values{"text": {strings.Repeat("x", 1<<20+1)}}, 422, "longer than 1 MB"},
		"much longer": {url.Values{"text": {strings.Repeat("é", 1<<20)}}, 413, "longer than 1 MB"},
	} {
		if body := post(t, s, "/read", c.form, c.status); !strings.Contains(body, c.says) {
			t.Errorf("%s: the page does not say %q", name, c.says)
		}
	}
}

func TestThemeGoesBackInsideOnly(t *testing.T) {
	s := site(t, newAcross(t))
	for back, want := range map[string]string{"/sources?a=1": "/sources?a=1", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "": "/"} {
		res, err := noRedirect(s).PostForm(s.URL+"/theme", url.Values{"to": {"dark"}, "back": {back}})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if got := res.Header.Get("Location"); got != want {
			t.Errorf("back to %q led to %q, want %q", back, got, want)
		}
		if c := res.Cookies(); len(c) != 1 || c[0].Value != "dark" {
			t.Errorf("cookies %v", c)
		}
	}
}

func TestSourcesSayWhatIsWrong(t *testing.T) {
	body := get(t, site(t, newAcross(t)), "/sources", 200)
	for _, want := range []string{"20 checks failed one after the other", "in 20 minutes (the server&#39;s max-age)", "3 hours ago", "1 to be looked at"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Index(body, "Inland Post") > strings.Index(body, "Coastline Press") {
		t.Error("what is well comes first")
	}
}

func TestNotFound(t *testing.T) {
	s := site(t, newAcross(t))
	for _, path := range []string{"/nothing", "/articles/none", "/sources/none", "/articles/%2e%2e%2fetc"} {
		if body := get(t, s, path, 404); !strings.Contains(body, "Nothing has this address") {
			t.Errorf("%s: %s", path, body)
		}
	}
}
