package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/onrecord/onrecord/internal/api"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

var now = time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)

// served is the API over a store with 30 articles of three sources, whose rights
// are full, snippet and nothing, in turns.
func served(t *testing.T, change func(*api.Options)) (*httptest.Server, store.Store) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), sqlite.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	feeds := []string{"f00000000000a", "f00000000000b", "f00000000000c"}
	for i, r := range []news.Rights{news.RightsFull, news.RightsSnippet, news.RightsNothing} {
		if err := s.PutFeed(t.Context(), news.Feed{ID: feeds[i], Kind: news.FeedSyndication, URL: "https://" + feeds[i] + ".example/", State: news.FeedActive, Rights: r, AddedAt: now}); err != nil {
			t.Fatal(err)
		}
	}
	var all []*news.Delivery
	for i := range 30 {
		d := storetest.Delivery(fmt.Sprintf("Nüb%d. %s", i, strings.Repeat("The dockers marched to the harbour. ", 40)), now, fmt.Sprintf("https://post.example/%d", i))
		d.Feed, d.Title, d.Published = feeds[i%3], fmt.Sprintf("Title %d", i), fmt.Sprintf("2031-04-%02d", i+1)
		all = append(all, d)
	}
	if _, err := s.Commit(t.Context(), storetest.Changes(all...)); err != nil {
		t.Fatal(err)
	}
	o := api.Options{Store: s, Now: func() time.Time { return now }, Poll: 5 * time.Millisecond}
	if change != nil {
		change(&o)
	}
	server := httptest.NewServer(api.New(o))
	t.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return server, s
}

func get(t *testing.T, server *httptest.Server, path string, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return do(t, server, r)
}

func do(t *testing.T, server *httptest.Server, r *http.Request) (*http.Response, []byte) {
	t.Helper()
	answer, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, body
}

func decoded(t *testing.T, body []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v: %.200s", err, body)
	}
	return v
}

// TestAnswersAreAsDescribed: what is answered is what openapi.json says.
func TestAnswersAreAsDescribed(t *testing.T) {
	server, s := served(t, nil)
	list, err := s.List(t.Context(), store.Listing{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	for path, described := range map[string]string{
		"/v1/articles":               "articles",
		"/v1/statements?limit=2":     "statements",
		"/v1/events?q=type:PROTEST":  "events",
		"/v1/stories":                "stories",
		"/v1/claims":                 "claims",
		"/v1/figures":                "figures",
		"/v1/entities":               "entities",
		"/v1/places":                 "places",
		"/v1/sources":                "sources",
		"/v1/sources/f00000000000a":  "sources/{id}",
		"/v1/articles/" + list[0].ID: "articles/{id}",
		"/v1/records/" + list[0].ID:  "records/{id}",
		"/v1/search?kind=events":     "search",
		"/v1/search?kind=claims":     "search",
		"/v1/suggest?q=mar":          "suggest",
		"/v1/changes":                "changes",
		"/v1/exports":                "exports",
	} {
		answer, body := get(t, server, path)
		if answer.StatusCode != http.StatusOK || answer.Header.Get("ETag") == "" {
			t.Errorf("%s: %s %.300s", path, answer.Status, body)
			continue
		}
		at := "openapi.json#/paths/" + strings.NewReplacer("/", "~1", "{", "%7B", "}", "%7D").Replace("/v1/"+described) + "/get/responses/200/content/application~1json/schema"
		schema, err := c.Compile(at)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestPages(t *testing.T) {
	server, _ := served(t, nil)
	seen := make(map[string]bool)
	next := ""
	for range 10 {
		answer, body := get(t, server, "/v1/statements?q=speaker:velin&limit=7&cursor="+next)
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s %s", answer.Status, body)
		}
		v := decoded(t, body)
		if v["total"] != 30.0 {
			t.Errorf("total %v", v["total"])
		}
		for _, item := range v["items"].([]any) {
			seen[item.(map[string]any)["article"].(map[string]any)["id"].(string)] = true
		}
		if next = v["next"].(string); next == "" {
			break
		}
		if answer, body := get(t, server, "/v1/events?q=speaker:velin&cursor="+next); answer.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), "first page again") {
			t.Errorf("a cursor of another list: %s %s", answer.Status, body)
		}
	}
	if len(seen) != 30 {
		t.Errorf("%d articles on all pages", len(seen))
	}
}

func TestProblems(t *testing.T) {
	server, _ := served(t, nil)
	for _, c := range []struct {
		path   string
		status int
		says   string
	}{
		{"/v1/search?q=speker:velin", 400, "speaker: is the nearest"},
		{"/v1/search?q=speker:velin", 400, `"character":0`},
		{"/v1/articles?q=date:2026-13", 400, "is no date"},
		{"/v1/articles?q=" + strings.Repeat("x", 10_000), 400, "at most 2000"},
		{"/v1/articles?cursor=x", 400, "first page again"},
		{"/v1/articles?limit=0", 422, "limit"},
		{"/v1/articles?limit=many", 422, "limit"},
		{"/v1/articles?qq=x", 422, "qq"},
		{"/v1/search?kind=article", 422, "kind"},
		{"/v1/articles/nothing", 404, "lists give the ids"},
		{"/v1/stories/nothing", 404, "lists give the ids"},
		{"/v1/records/nothing", 404, "lists give the ids"},
		{"/v1/articles/" + strings.Repeat("x", 200), 422, "id"},
		{"/v1/nothing", 404, "/v1/openapi.json"},
		{"/v1/exports/csv", 501, "onrecord export"},
		{"/v1/articles/'%20OR%201=1--", 404, "not in the store"},
	} {
		answer, body := get(t, server, c.path)
		if answer.StatusCode != c.status || !strings.Contains(string(body), c.says) || answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%.60s: %s (%s) %.300s; want %d saying %q", c.path, answer.Status, answer.Header.Get("Content-Type"), body, c.status, c.says)
		}
		if v := decoded(t, body); c.status != 422 && v["fix"] == nil {
			t.Errorf("%.60s: no fix: %s", c.path, body)
		}
	}
}

func TestETag(t *testing.T) {
	server, s := served(t, nil)
	answer, _ := get(t, server, "/v1/articles?limit=3")
	tag := answer.Header.Get("ETag")
	answer, body := get(t, server, "/v1/articles?limit=3", "If-None-Match", `"other", W/`+tag)
	if answer.StatusCode != http.StatusNotModified || len(body) > 0 || answer.Header.Get("ETag") != tag {
		t.Errorf("%s, %d bytes, tag %s, want %s", answer.Status, len(body), answer.Header.Get("ETag"), tag)
	}
	if _, err := s.Commit(t.Context(), storetest.Changes(storetest.Delivery("A new one.", now, "https://post.example/new"))); err != nil {
		t.Fatal(err)
	}
	if answer, _ := get(t, server, "/v1/articles?limit=3", "If-None-Match", tag); answer.StatusCode != http.StatusOK {
		t.Errorf("after a change: %s", answer.Status)
	}
}

// TestRights: no path lets out more than a source allows, unless who asks is of
// the house.
func TestRights(t *testing.T) {
	for _, inside := range []bool{false, true} {
		server, s := served(t, func(o *api.Options) { o.Inside = func(*http.Request) bool { return inside } })
		list, err := s.List(t.Context(), store.Listing{Limit: 30})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list[:3] {
			record, err := s.Record(t.Context(), a.ID, 0)
			if err != nil {
				t.Fatal(err)
			}
			_, body := get(t, server, "/v1/articles/"+a.ID)
			v := decoded(t, body)
			text := v["text"].(string)
			rights := map[string]news.Rights{"f00000000000a": news.RightsFull, "f00000000000b": news.RightsSnippet, "f00000000000c": news.RightsNothing}[a.Feed]
			if inside {
				rights = news.RightsFull
			}
			whole, title := rights == news.RightsFull, rights != news.RightsNothing
			if v["whole"] != whole || (text == record.Article.Text) != whole || (v["title"] != nil) != title || rights == news.RightsNothing && text != "" {
				t.Errorf("inside %v, %s: whole %v, %d characters, title %v", inside, rights, v["whole"], len(text), v["title"])
			}
			for _, path := range []string{"/v1/records/" + a.ID, "/v1/articles/" + a.ID, "/v1/search?kind=articles&limit=1000&q=source:" + a.Feed, "/v1/search?kind=events&q=source:" + a.Feed, "/v1/search?kind=statements&q=source:" + a.Feed} {
				_, body := get(t, server, path)
				if strings.Contains(string(body), strings.Repeat("The dockers marched to the harbour. ", 15)) && !whole {
					t.Errorf("inside %v, %s: %s lets out the text", inside, rights, path)
				}
				if strings.Contains(string(body), a.Title) != title {
					t.Errorf("inside %v, %s: %s lets out the title: %v", inside, rights, path, !title)
				}
			}
		}
	}
}

func TestHidden(t *testing.T) {
	server, s := served(t, nil)
	held := storetest.Delivery("Under embargo.", now, "https://post.example/held")
	held.Embargo = now.Add(time.Hour)
	gone := storetest.Delivery("Withdrawn.", now, "https://post.example/gone")
	got, err := s.Commit(t.Context(), storetest.Changes(held, gone))
	if err != nil {
		t.Fatal(err)
	}
	kill := *gone
	kill.Action = news.Withdraw
	if _, err := s.Commit(t.Context(), storetest.Changes(&kill)); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{got[0].Article: 404, got[1].Article: 410} {
		for _, path := range []string{"/v1/articles/", "/v1/records/"} {
			if answer, body := get(t, server, path+id); answer.StatusCode != want || strings.Contains(string(body), "embargo") {
				t.Errorf("%s%s: %s %s, want %d", path, id, answer.Status, body, want)
			}
		}
	}
}

func TestRead(t *testing.T) {
	var asked api.Reading
	server, _ := served(t, func(o *api.Options) {
		o.Read = func(_ context.Context, in api.Reading) (api.Read, error) {
			asked = in
			switch in.Text {
			case "refused":
				return api.Read{}, &api.Unreadable{Wrong: "it is not English", Fix: "send English"}
			case "broken":
				return api.Read{}, errors.New("secret path /srv")
			}
			d := storetest.Delivery(in.Text+" ", now)
			got := api.Read{Record: storetest.Record(d)}
			if in.Keep {
				got.Article = "a1"
			}
			return got, nil
		}
	})
	post := func(body string) (*http.Response, []byte) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v1/read", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		return do(t, server, r)
	}
	long := strings.Repeat("The dockers marched. ", 100)
	answer, body := post(`{"text":"` + long + `","published":"2031-05-07","store":true}`)
	if v := decoded(t, body); answer.StatusCode != 200 || v["article"].(map[string]any)["text"] != long+" " || answer.Header.Get("Onrecord-Article") != "a1" || !asked.Keep || asked.Published != "2031-05-07" {
		t.Errorf("%s %.200s; asked %+v", answer.Status, body, asked)
	}
	for _, c := range []struct {
		body   string
		status int
		says   string
	}{
		{`{}`, 422, "neither a text nor a url"},
		{`{"text":"refused"}`, 422, "send English"},
		{`{"text":"broken"}`, 500, "could not be served"},
		{`{"txt":"x"}`, 422, "unexpected property"},
		{`{`, 400, ""},
		{`{"text":"` + strings.Repeat("x", 5<<20) + `"}`, 413, ""},
	} {
		answer, body := post(c.body)
		if answer.StatusCode != c.status || !strings.Contains(string(body), c.says) || strings.Contains(string(body), "/srv") {
			t.Errorf("%.40s: %s %.200s, want %d saying %q", c.body, answer.Status, body, c.status, c.says)
		}
	}
	without, _ := served(t, nil)
	server = without
	if answer, body := post(`{"text":"x"}`); answer.StatusCode != 501 {
		t.Errorf("no reader: %s %s", answer.Status, body)
	}
}

func TestExport(t *testing.T) {
	server, _ := served(t, func(o *api.Options) {
		o.Formats = []api.Format{{Name: "csv", MediaType: "text/csv", Extension: "csv", What: "rows"}}
		o.Export = func(_ context.Context, w io.Writer, format string, s query.Search) error {
			_, err := fmt.Fprintln(w, format, s.Kind, s.Query)
			if s.Query.String() == "breaks" {
				return errors.Join(err, errors.New("the disk is full"))
			}
			return err
		}
	})
	answer, body := get(t, server, "/v1/exports/csv?kind=events&q=type:PROTEST")
	if string(body) != "csv events type:PROTEST\n" || answer.Header.Get("Content-Type") != "text/csv" || !strings.Contains(answer.Header.Get("Content-Disposition"), "onrecord-events.csv") {
		t.Errorf("%v %q", answer.Header, body)
	}
	if answer, body := get(t, server, "/v1/exports/tsv"); answer.StatusCode != 404 || !strings.Contains(string(body), "one of csv") {
		t.Errorf("%s %s", answer.Status, body)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/exports/csv?q=breaks", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := server.Client().Do(r); err == nil {
		_, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err == nil {
			t.Error("an export that broke off looks whole")
		}
	}
}

// changing is a store whose list of changes a test grows.
type changing struct {
	store.Store
	last func() int64
}

func (c changing) LedgerChanges(_ context.Context, since int64, limit int) ([]store.LedgerChange, error) {
	var out []store.LedgerChange
	for n := since + 1; n <= c.last() && len(out) < limit; n++ {
		out = append(out, store.LedgerChange{Seq: n, At: now, Change: news.Change{Kind: news.ChangeCreated, Object: "claim", ID: fmt.Sprint("c", n)}})
	}
	return out, nil
}

func TestStream(t *testing.T) {
	last := make(chan int64, 1)
	last <- 1234
	server, _ := served(t, func(o *api.Options) {
		o.Store = changing{o.Store, func() int64 { n := <-last; last <- n; return n }}
	})
	open := func(path string, header ...string) *bufio.Scanner {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(header) > 0 {
			r.Header.Set(header[0], header[1])
		}
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = answer.Body.Close() })
		if answer.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("%s %v", answer.Status, answer.Header)
		}
		return bufio.NewScanner(answer.Body)
	}
	next := func(s *bufio.Scanner) string {
		for s.Scan() {
			if data, ok := strings.CutPrefix(s.Text(), "data: "); ok {
				return data
			}
		}
		t.Fatal(s.Err())
		return ""
	}
	if got := next(open("/v1/changes/stream?since=1200")); !strings.Contains(got, `"seq":1201`) {
		t.Errorf("since: %s", got)
	}
	if got := next(open("/v1/changes/stream", "Last-Event-ID", "7")); !strings.Contains(got, `"seq":8`) {
		t.Errorf("last event: %s", got)
	}
	s := open("/v1/changes/stream?since=1234")
	fresh := open("/v1/changes/stream")
	time.Sleep(30 * time.Millisecond) // the stream without a number has begun
	<-last
	last <- 1235
	for _, s := range []*bufio.Scanner{s, fresh} {
		if got := next(s); !strings.Contains(got, `"seq":1235`) {
			t.Errorf("new: %s", got)
		}
	}
	if _, body := get(t, server, "/v1/changes?since=1230&limit=3"); decoded(t, body)["since"] != 1233.0 {
		t.Errorf("%s", body)
	}
}
