package client_test

import (
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
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/client"
	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/internal/api"
	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

var now = time.Date(2031, 8, 1, 9, 0, 0, 0, time.UTC)

// folder holds the store of the example stories for all tests.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "client"); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// stories is a store of the example stories, read and settled.
var stories = sync.OnceValues(func() (store.Store, error) {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(folder, "store.db"), sqlite.Options{Now: func() time.Time { return now }})
	if err != nil {
		return nil, err
	}
	r, err := reader.New(reader.Options{})
	if err != nil {
		return nil, err
	}
	feed := news.Feed{ID: "f00000000000a", Kind: news.FeedSyndication, URL: "https://examples.example/", State: news.FeedActive, Rights: news.RightsFull, AddedAt: now}
	if err := s.PutFeed(ctx, feed); err != nil {
		return nil, err
	}
	var all []store.Entry
	for _, name := range examples.Stories() {
		for _, path := range examples.Reports(name) {
			for it, err := range file.Open(ctx, []string{filepath.Join("../examples", path)}, file.Options{}) {
				if err != nil {
					return nil, err
				}
				d := &news.Delivery{Addresses: []string{"https://examples.example/" + path}, Feed: feed.ID, Text: it.Text, Title: it.Title, Publisher: it.Publisher, Published: it.Published, PublishedBasis: it.PublishedBasis, Blocks: it.Blocks}
				record, err := r.Read(ctx, reader.Input{Text: d.Text, Title: d.Title, URL: d.Addresses[0], Publisher: d.Publisher, Published: d.Published, PublishedBasis: d.PublishedBasis, Blocks: d.Blocks})
				if err != nil {
					return nil, err
				}
				all = append(all, store.Entry{Delivery: d, Record: record})
			}
		}
	}
	if _, err := s.Commit(ctx, store.Changes{Entries: all}); err != nil {
		return nil, err
	}
	return s, jobs.NewSettler(jobs.SettlerOptions{Store: s, Now: func() time.Time { return now }}).Finish(ctx)
})

const token = "a token"

// served is a client of the API over the example stories. The API wants a token.
func served() (*client.Client, func(), error) {
	s, err := stories()
	if err != nil {
		return nil, nil, err
	}
	h := api.New(api.Options{
		Store: s, Now: func() time.Time { return now }, Poll: 5 * time.Millisecond,
		Read: func(_ context.Context, in api.Reading) (api.Read, error) {
			return api.Read{Record: &news.Record{Article: news.Article{Text: in.Text}}}, nil
		},
		Formats: []api.Format{{Name: "lines", MediaType: "text/plain", Extension: "txt"}},
		Export: func(_ context.Context, w io.Writer, format string, s query.Search) error {
			_, err := fmt.Fprint(w, format, " ", s.Query)
			return err
		},
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	}))
	return client.New(server.URL, client.Options{Token: token}), func() { server.CloseClientConnections(); server.Close() }, nil
}

func open(t *testing.T) *client.Client {
	t.Helper()
	c, end, err := served()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return c
}

// TestCalls makes each call once, following what the answers refer to.
func TestCalls(t *testing.T) {
	c, ctx := open(t), t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	articles, err := c.ListArticles(ctx, client.ListArticlesOptions{Limit: 5})
	must(err)
	if articles.Total < 20 || len(articles.Items) != 5 || articles.Next == "" {
		t.Fatalf("%d articles, %d on a page", articles.Total, len(articles.Items))
	}
	article, err := c.GetArticle(ctx, articles.Items[0].ID)
	must(err)
	if !article.Whole || article.Text == "" || article.Story == nil || article.FirstSeen.IsZero() {
		t.Errorf("article %+v", article)
	}
	record, err := c.GetRecord(ctx, article.ID, client.GetRecordOptions{})
	must(err)
	var r news.Record
	must(json.Unmarshal(record, &r))
	if r.Article.Text != article.Text || len(r.Statements) == 0 {
		t.Errorf("record of %d characters and %d statements", len(r.Article.Text), len(r.Statements))
	}
	statements, err := c.ListStatements(ctx, client.ListStatementsOptions{Q: "story:" + *article.Story})
	must(err)
	if len(statements.Items) == 0 || statements.Items[0].Words == "" {
		t.Errorf("statements %+v", statements)
	}
	events, err := c.ListEvents(ctx, client.ListEventsOptions{Q: "killed:>=1"})
	must(err)
	if len(events.Items) == 0 || len(events.Items[0].Counts) == 0 {
		t.Errorf("events %+v", events)
	}
	claims, err := c.ListClaims(ctx, client.ListClaimsOptions{Q: "contested:yes stance:denies"})
	must(err)
	if len(claims.Items) == 0 || !claims.Items[0].Contested {
		t.Fatalf("claims %+v", claims)
	}
	claim, err := c.GetClaim(ctx, claims.Items[0].ID)
	must(err)
	// An offset of evidence counts code points of the text that the record has.
	of, err := c.GetArticle(ctx, claim.Words.Article)
	must(err)
	if got := string([]rune(of.Text)[claim.Words.Start:claim.Words.End]); got != claim.Words.Text || got == "" {
		t.Errorf("evidence %q, at its offsets %q", claim.Words.Text, got)
	}
	if claim.Event != nil {
		event, err := c.GetEvent(ctx, *claim.Event)
		must(err)
		if event.ID != *claim.Event {
			t.Errorf("event %s", event.ID)
		}
	}
	story, err := c.GetStory(ctx, *article.Story)
	must(err)
	found, err := c.ListStories(ctx, client.ListStoriesOptions{Q: "story:" + story.ID})
	must(err)
	if len(found.Items) != 1 || found.Items[0].Title != story.Title || int(found.Items[0].Articles) != len(story.Members) {
		t.Errorf("story %s: %+v", story.ID, found)
	}
	figures, err := c.ListFigures(ctx, client.ListFiguresOptions{Q: "killed:>=1"})
	must(err)
	if len(figures.Items) == 0 || figures.Items[0].Kind != "killed" {
		t.Errorf("figures %+v", figures)
	}
	entities, err := c.ListEntities(ctx, client.ListEntitiesOptions{Limit: 1})
	must(err)
	entity, err := c.GetEntity(ctx, entities.Items[0].ID)
	must(err)
	names, err := c.Suggest(ctx, client.SuggestOptions{Q: entity.Name[:3]})
	must(err)
	if len(names.Items) == 0 {
		t.Errorf("no name begins with %q", entity.Name[:3])
	}
	places, err := c.ListPlaces(ctx, client.ListPlacesOptions{Limit: 2})
	must(err)
	if len(places.Items) != 2 || places.Next == "" {
		t.Fatalf("places %+v", places)
	}
	place, err := c.GetPlace(ctx, places.Items[0].ID)
	must(err)
	if place.Name != places.Items[0].Name {
		t.Errorf("place %s", place.Name)
	}
	sources, err := c.ListSources(ctx)
	must(err)
	source, err := c.GetSource(ctx, sources.Items[0].ID)
	must(err)
	if source.NextCheck != nil || source.Rights != "full" {
		t.Errorf("source %+v", source)
	}
	changes, err := c.ListChanges(ctx, client.ListChangesOptions{Limit: 3})
	must(err)
	if len(changes.Items) != 3 || changes.Since != changes.Items[2].Seq {
		t.Errorf("changes %+v", changes)
	}
	search, err := c.Search(ctx, client.SearchOptions{Kind: "statements", Q: "act:deny"})
	must(err)
	if search.Kind != "statements" || len(search.Statements) == 0 || search.Articles != nil {
		t.Errorf("search %+v", search)
	}
	read, err := c.Read(ctx, client.Reading{Text: "The dockers marched."})
	must(err)
	if !strings.Contains(string(read), "The dockers marched.") {
		t.Errorf("read %s", read)
	}
	formats, err := c.ListExports(ctx)
	must(err)
	exported, err := c.Export(ctx, formats.Items[0].Name, client.ExportOptions{Q: "type:PROTEST"})
	must(err)
	b, err := io.ReadAll(exported)
	must(errors.Join(err, exported.Close()))
	if string(b) != "lines type:PROTEST" {
		t.Errorf("export %q", b)
	}
	n := 0
	enough := errors.New("enough")
	if err := c.Stream(ctx, 0, func(change client.LedgerChange) error {
		if n++; n == 3 {
			return enough
		}
		return nil
	}); !errors.Is(err, enough) {
		t.Errorf("stream: %v after %d", err, n)
	}
}

func TestErrors(t *testing.T) {
	c := open(t)
	_, err := c.ListEvents(t.Context(), client.ListEventsOptions{Q: "harbour speker:velin"})
	var p *client.Problem
	if !errors.As(err, &p) || p.Status != 400 || p.Character == nil || *p.Character != 8 || !strings.Contains(p.Fix, "speaker") {
		t.Errorf("%v", err)
	}
	if want := "character 9 of the query"; !strings.Contains(p.Error(), want) {
		t.Errorf("%v; want %q", p, want)
	}
	if _, err := c.GetArticle(t.Context(), "a/../b"); !errors.As(err, &p) || p.Status != 404 {
		t.Errorf("%v", err)
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", http.StatusBadGateway) }))
	defer proxy.Close()
	if _, err := client.New(proxy.URL, client.Options{}).ListSources(t.Context()); !errors.As(err, &p) || p.Status != 502 {
		t.Errorf("%v", err)
	}
}
