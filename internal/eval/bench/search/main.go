// Command search measures how long queries and the API take on a large store:
//
//	go run ./internal/eval/bench/search -articles 100000 -store big.db
//
// The store is filled with invented articles of some 300 words, each with ten
// statements, eight events and twenty entities, whose words and names are as
// frequent as Zipf's law has it. A store that is there is measured as it is.
//
// Beside the time on the clock it prints the time of the processor that the
// process took: on a machine that does other things the two differ, and the
// second is what the first would be on an idle one (or more: the collector of
// garbage is in it).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/api"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

func main() {
	articles := flag.Int("articles", 100_000, "how many articles a new store gets")
	path := flag.String("store", "", "the store's `file`; it is made where it is not there")
	times := flag.Int("times", 20, "how often each query is asked")
	flag.Parse()
	if err := run(context.Background(), *path, *articles, *times); err != nil {
		fmt.Fprintln(os.Stderr, "search:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, path string, articles, times int) (err error) {
	if path == "" {
		return errors.New("-store names no file")
	}
	_, missing := os.Stat(path)
	s, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if errors.Is(missing, fs.ErrNotExist) {
		start := time.Now()
		if err := fill(ctx, s, articles); err != nil {
			return err
		}
		took := time.Since(start)
		fmt.Printf("filled: %d articles in %s (%.0f/s)\n", articles, took.Round(time.Second), float64(articles)/took.Seconds())
	}
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d articles, %d statements, %d events, %d MB\n", st.Articles[store.Live], st.Statements, st.Events, st.Bytes>>20)
	if err := searches(ctx, s, times); err != nil {
		return err
	}
	return answers(s, times)
}

// question is a query of one kind.
type question struct {
	kind query.Kind
	q    string
}

// questions are what people and programs ask, the common and the rare.
func questions() []question {
	var out []question
	for _, q := range []string{
		"", "harbour", word(1), word(40), word(1000), word(20000), word(30) + " " + word(300), `"` + word(2) + " " + word(3) + `"`, word(5) + " -" + word(6),
		"type:PROTEST", "type:DISASTER", "place:" + placeName(0), "place:" + placeName(700), "type:ASSAULT place:" + placeName(20), "country:NOR", "killed:>=5", "killed:>=5 country:NOR",
		"date:2031-03", "date:2031-03 type:PROTEST", "published:7d", "published:7d " + word(20), "type:PROTEST or type:AID", "place:" + placeName(300) + " or place:" + placeName(301),
		"-type:ASSAULT", "actor:" + personName(0), "actor:" + personName(3000), `actor:"` + personName(50) + " " + familyName(50) + `"`, "actor:" + personName(5) + " recipient:" + personName(6),
		"speaker:" + familyName(3), "speaker:" + familyName(9000), "act:deny", "speaker:" + familyName(30) + " act:deny", "about:" + familyName(12), "entity:" + familyName(200),
		"source:s7.example", "source:s7.example type:PROTEST", "lang:en", "lang:fr", "speaker:" + familyName(4) + " type:ASSAULT", "type:ASSAULT " + word(50), "nothingatall", "speaker:nobodyhere type:PROTEST",
	} {
		for _, kind := range []query.Kind{query.Articles, query.Statements, query.Events} {
			out = append(out, question{kind, q})
		}
	}
	return out
}

func searches(ctx context.Context, s store.Store, times int) error {
	now := newest
	var all, spent []time.Duration
	type slow struct {
		question
		median, worst, spent time.Duration
		total                int
	}
	var each []slow
	for _, c := range questions() {
		q, err := query.Parse(c.q)
		if err != nil {
			return err
		}
		var took, cpu []time.Duration
		total := 0
		for range times {
			start, busy := time.Now(), processor()
			p, err := s.Search(ctx, query.Search{Kind: c.kind, Query: q, Now: now})
			if err != nil {
				return fmt.Errorf("%s: %w", c.q, err)
			}
			took, cpu = append(took, time.Since(start)), append(cpu, processor()-busy)
			total = p.Total
		}
		all, spent = append(all, took...), append(spent, cpu...)
		slices.Sort(took)
		slices.Sort(cpu)
		each = append(each, slow{c, took[len(took)/2], took[len(took)-1], cpu[len(cpu)/2], total})
	}
	slices.SortFunc(each, func(a, b slow) int { return int(b.spent - a.spent) })
	fmt.Printf("search, first page with count: %s\n  processor: %s\n", spread(all), spread(spent))
	fmt.Println("the slowest:")
	for _, e := range each[:min(len(each), 15)] {
		fmt.Printf("  %8.1f ms of the processor, %8.1f ms median, %8.1f ms at most, %6d found: %s of %q\n", ms(e.spent), ms(e.median), ms(e.worst), e.total, e.kind, e.q)
	}
	return nil
}

// answers measures the API as a client on the same machine has it.
func answers(s store.Store, times int) error {
	server := httptest.NewServer(api.New(api.Options{Store: s, Now: func() time.Time { return newest }}))
	defer server.Close()
	var paths []string
	for _, c := range questions() {
		paths = append(paths, "/v1/"+string(c.kind)+"?q="+url.QueryEscape(c.q))
	}
	list, err := s.List(context.Background(), store.Listing{})
	if err != nil {
		return err
	}
	for _, a := range list {
		paths = append(paths, "/v1/articles/"+a.ID, "/v1/records/"+a.ID)
	}
	for range 20 {
		paths = append(paths, "/v1/sources", "/v1/changes", "/v1/suggest?q="+personName(4)[:2])
	}
	var all, spent []time.Duration
	for range times {
		for _, p := range paths {
			start, busy := time.Now(), processor()
			if err := ask(server, p); err != nil {
				return err
			}
			all, spent = append(all, time.Since(start)), append(spent, processor()-busy)
		}
	}
	fmt.Printf("API, %d addresses: %s\n  processor: %s\n", len(paths), spread(all), spread(spent))
	return nil
}

func ask(server *httptest.Server, path string) error {
	answer, err := server.Client().Get(server.URL + path)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, answer.Status)
	}
	return nil
}

func spread(all []time.Duration) string {
	slices.Sort(all)
	at := func(per int) float64 { return ms(all[(len(all)-1)*per/100]) }
	return fmt.Sprintf("median %.1f ms, p90 %.1f ms, p95 %.1f ms, p99 %.1f ms, slowest %.1f ms (%d asked)", at(50), at(90), at(95), at(99), at(100), len(all))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
