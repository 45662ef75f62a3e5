// Command large fills a new store with invented articles, not read but cloned
// from one record, and measures how long its lists take.
//
//	go run ./internal/store/storetest/large -store sqlite -articles 200000
//
// PostgreSQL is a server of its own with the settings of the tests, which are
// small: 32 MB of shared buffers.
package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

func main() {
	articles := flag.Int("articles", 200_000, "how many articles")
	kind := flag.String("store", "sqlite", "the kind of store: sqlite or postgres")
	words := flag.Int("words", 300, "words in an article")
	flag.Parse()
	if err := run(context.Background(), *kind, *articles, *words); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kind string, articles, words int) error {
	dir, err := os.MkdirTemp("", "large")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var s store.Store
	switch kind {
	case "sqlite":
		s, err = sqlite.Open(ctx, filepath.Join(dir, "store.db"), sqlite.Options{})
	case "postgres":
		server, launched := pgtest.Launch(ctx)
		if launched != nil {
			return launched
		}
		defer func() { _ = server.Close() }()
		address, made := server.Database(ctx)
		if made != nil {
			return made
		}
		s, err = postgres.Open(ctx, address, postgres.Options{})
	default:
		return fmt.Errorf("no store is called %q", kind)
	}
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	start := time.Now()
	if err := fill(ctx, s, articles, words); err != nil {
		return err
	}
	took := time.Since(start)
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d articles of %d words in %s (%.0f/s), %d MB\n", kind, articles, words, took.Round(time.Second), float64(articles)/took.Seconds(), st.Bytes>>20)
	return measure(ctx, s)
}

// batch is how many articles are kept in one transaction.
const batch = 500

func fill(ctx context.Context, s store.Store, articles, words int) error {
	r := rand.New(rand.NewPCG(1, 2)) // the same articles in every store
	begin := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for done := 0; done < articles; {
		var all []*news.Delivery
		for range min(batch, articles-done) {
			// Over two years, in another order than that in which they come.
			at := begin.Add(time.Duration(r.Int64N(int64(2 * 365 * 24 * time.Hour))))
			d := storetest.Delivery(text(r, words), at, fmt.Sprintf("https://post.example/%d", done))
			d.Published, d.Feed = at.Format(time.RFC3339), fmt.Sprintf("f%d", done%300)
			all = append(all, d)
			done++
		}
		if _, err := s.Commit(ctx, storetest.Changes(all...)); err != nil {
			return err
		}
	}
	return nil
}

// vocabulary is how many words there are; the word with number n is in a text
// as often as Zipf's law has it: 1/n of what the first is.
const vocabulary = 60_000

func text(r *rand.Rand, words int) string {
	var b strings.Builder
	b.WriteString("Report of the harbour office.")
	for range words {
		b.WriteByte(' ')
		b.WriteString(word(int(math.Pow(vocabulary, r.Float64()))))
	}
	return b.String()
}

// word is an invented word of a number.
func word(n int) string {
	b := []byte("w")
	for ; n > 0; n /= 20 {
		b = append(b, "bcdfghjklmnpqrstvwxz"[n%20], "aeiou"[n%5])
	}
	return string(b)
}

func measure(ctx context.Context, s store.Store) error {
	first, err := s.List(ctx, store.Listing{Limit: 1000})
	if err != nil {
		return err
	}
	middle := first[0].Cursor - int64(365*24*60)<<22 // a year before the newest
	for _, q := range []struct {
		name string
		l    store.Listing
	}{
		{"newest 20", store.Listing{}},
		{"20 from the middle", store.Listing{Before: middle}},
		{"newest 20 of one source of 300", store.Listing{Feed: "f7"}},
		{"newest 20 with a word of all", store.Listing{Text: "harbour"}},
		{"newest 20 with word 10", store.Listing{Text: word(10)}},
		{"newest 20 with word 1,000", store.Listing{Text: word(1000)}},
		{"newest 20 with word 50,000", store.Listing{Text: word(50_000)}},
		{"newest 20 with two words", store.Listing{Text: word(30) + " " + word(3000)}},
		{"20 from the middle with word 1,000", store.Listing{Text: word(1000), Before: middle}},
	} {
		var took []time.Duration
		found := 0
		for range 40 {
			start := time.Now()
			got, err := s.List(ctx, q.l)
			if err != nil {
				return err
			}
			found = len(got)
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		fmt.Printf("  %-36s %2d found, median %7.2f ms, 95th of 100 %7.2f ms, slowest %7.2f ms\n", q.name, found, ms(took[len(took)/2]), ms(took[len(took)*95/100]), ms(took[len(took)-1]))
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
