package web_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// A newcomer finds on a story's page what is contested, and who denies it.
func TestStoryShowsWhoDenies(t *testing.T) {
	x := newAcross(t)
	body := get(t, site(t, x), "/stories/"+x.storyOf["ariver-denial-01-lower-danube-news"], 200)
	at := strings.Index(body, `id="contested"`)
	if at < 0 || at > strings.Index(body, `id="events"`) {
		t.Fatal("what is contested does not come first")
	}
	denial := regexp.MustCompile(`(?s)holds it not so.*?<li class="against" data-item>.*?<strong>([^<]+)</strong>`).FindStringSubmatch(body[at:])
	if denial == nil {
		t.Fatal("nobody is shown to deny it")
	}
	body += get(t, site(t, x), "/stories/"+x.storyOf["amarket-bombing-01-coastline"], 200)
	for _, want := range []string{"holds it so", `class="picture timeline"`, `class="picture map"`, `class="picture ladder"`, "?at="} {
		if !strings.Contains(body, want) {
			t.Errorf("the pages lack %s", want)
		}
	}
}

// A figure leads to the words that give it, which are marked there.
func TestFigureLeadsToItsWords(t *testing.T) {
	x := newAcross(t)
	s := site(t, x)
	checked := 0
	for _, e := range x.state.Events {
		for _, f := range e.Figures {
			body := get(t, s, "/events/"+e.ID, 200)
			link := regexp.MustCompile(`(?s)<li id="` + f.ID + `".*?<a href="([^"#]+)#t-asked">in its text`).FindStringSubmatch(body)
			if link == nil {
				t.Fatalf("figure %s has no link on the page of %s", f.ID, e.ID)
			}
			text := get(t, s, strings.ReplaceAll(link[1], "&amp;", "&"), 200)
			var marked string
			for _, m := range regexp.MustCompile(`class="[^"]*asked[^"]*"[^>]*>([^<]*)<`).FindAllStringSubmatch(text, -1) {
				marked += m[1]
			}
			if want := strings.Join(strings.Fields(f.Evidence.Text), " "); strings.Join(strings.Fields(marked), " ") != want {
				t.Errorf("figure %s: %q is marked, want %q", f.ID, marked, want)
			}
			if !strings.Contains(text, `id="t-asked"`) {
				t.Error("there is no place to go to")
			}
			checked++
		}
		if checked > 12 {
			return
		}
	}
}

// Each id of a ledger is a page, and one that was merged leads on.
func TestLedgerPages(t *testing.T) {
	x := newAcross(t)
	s := site(t, x)
	for _, e := range x.state.Events {
		get(t, s, "/events/"+e.ID, 200)
	}
	for _, c := range x.state.Claims {
		get(t, s, "/claims/"+c.ID, 200)
	}
	for id := range x.stories {
		get(t, s, "/stories/"+id, 200)
	}
	res, err := noRedirect(s).Get(s.URL + "/claims/cmerged")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if got, want := res.Header.Get("Location"), "/claims/"+x.state.Claims[0].ID; res.StatusCode != 302 || got != want {
		t.Errorf("a merged claim leads to %q (%d), want %q", got, res.StatusCode, want)
	}
	for _, path := range []string{"/stories/none", "/events/none", "/claims/none", "/actors/none", "/articles/none/events/v1"} {
		get(t, s, path, 404)
	}
}

// There are no pages on private persons.
func TestPrivatePerson(t *testing.T) {
	x := newAcross(t)
	s := site(t, x)
	if body := get(t, s, "/actors/xsipho-dlaba", 403); !strings.Contains(body, "private person") {
		t.Error("the page does not say why it is none")
	}
	if body := get(t, s, "/actors/xradu-hellmer", 200); !strings.Contains(body, "What they said") || !strings.Contains(body, "cooling water") {
		t.Error("an actor's page lacks what they said")
	}
}

// A mistake in a query is pointed at, with a way to mend it.
func TestSearchMistake(t *testing.T) {
	s := site(t, newAcross(t))
	body := get(t, s, "/search?"+url.Values{"q": {"harbour plaec:Bergen"}}.Encode(), 400)
	for _, want := range []string{"harbour plaec:Bergen\n        ^", "place: is the nearest", `value="harbour plaec:Bergen"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	long := get(t, s, "/search?q="+strings.Repeat("x", 10_000), 400)
	if !strings.Contains(long, "10000 characters") {
		t.Error("the page does not say that the query is too long")
	}
	if body := get(t, s, "/search?q=corvane&cursor=AAAA", 200); !strings.Contains(body, "does not belong to this query") {
		t.Error("a cursor of another query is not told of")
	}
}

// The count on the page is that of the rows, and the state is in the address.
func TestSearchShapes(t *testing.T) {
	x := newAcross(t)
	s := site(t, x)
	list := get(t, s, "/search?kind=events&q=bombing", 200)
	table := get(t, s, "/search?kind=events&q=bombing&as=table", 200)
	n := strings.Count(list, "data-item")
	if n == 0 || strings.Count(table, "data-item") != n || !strings.Contains(list, ">"+plural(n, "event")+"<") {
		t.Errorf("%d rows in the list, %d in the table", n, strings.Count(table, "data-item"))
	}
	for as, want := range map[string]string{"timeline": "picture timeline", "map": "picture map", "nonsense": "data-item"} {
		if body := get(t, s, "/search?kind=events&as="+as, 200); !strings.Contains(body, want) {
			t.Errorf("as %s: no %s", as, want)
		}
	}
	if got := x.asked[0]; got.Query.String() != "bombing" || got.Kind != "events" || !got.Now.Equal(now()) {
		t.Errorf("the store was asked for %+v", got)
	}
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// All that was found can be had as files, by the query on the page.
func TestFilesOfASearch(t *testing.T) {
	s := site(t, newAcross(t))
	body := get(t, s, "/search?"+url.Values{"kind": {"events"}, "q": {"type:ASSAULT"}}.Encode(), 200)
	for _, want := range []string{`href="/v1/exports/csv?kind=events&amp;q=type%3AASSAULT"`, `href="/v1/exports/atom?`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// What is typed is gone on with by names, within the query that it is in.
func TestSuggest(t *testing.T) {
	s := site(t, newAcross(t))
	for typed, want := range map[string]string{
		"hellm":                `["\"Radu Hellmer\""]`,
		"act:deny speaker:hel": `["act:deny speaker:\"Radu Hellmer\""]`,
		`-speaker:"Radu H`:     `["-speaker:\"Radu Hellmer\""]`,
		"corvan":               `["Corvane"]`,
		"h":                    `[]`,
		"nobody-has-this":      `[]`,
	} {
		if got := strings.TrimSpace(get(t, s, "/suggest?"+url.Values{"q": {typed}}.Encode(), 200)); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}
