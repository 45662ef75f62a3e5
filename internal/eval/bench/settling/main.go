//go:build unix

// Command settling measures what it costs to settle an article — to put it into a
// story, and to make that story's events, claims and figures and the actors in it
// anew — when so many are stored:
//
//	go run ./internal/eval/bench/settling -stored 10000,100000 -last 5000
//
// It prints rows for docs/performance.md. The articles are those of the
// clustering's benchmark (internal/story/storytest), of 250 invented words, a
// fifth of them copies, each with an event, a toll, a charge and a denial;
// 100,000 of them are of one fortnight. They come by the
// thousand. Only the settlement is timed, and not the putting in; "of the
// processor" is without what other programs took.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/story"
	"github.com/onrecord/onrecord/internal/story/storytest"
)

func main() {
	marks := flag.String("stored", "10000", "`numbers` of stored articles at which it is measured, with commas")
	last := flag.Int("last", 5000, "over how many of the `articles` before that")
	dir := flag.String("dir", "", "`folder` for the store; else one that is removed")
	profile := flag.String("profile", "", "`file` for a profile of the processor's time")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "settling:", err)
			os.Exit(1)
		}
	}
	if err := run(context.Background(), *marks, *last, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "settling:", err)
		pprof.StopCPUProfile()
		os.Exit(1)
	}
}

const (
	fortnight  = 100_000
	together   = 1000
	happenings = 8000
)

func run(ctx context.Context, marks string, last int, dir string) (err error) {
	var at []int
	for m := range strings.SplitSeq(marks, ",") {
		n, err := strconv.Atoi(m)
		if err != nil || n < last {
			return fmt.Errorf("-stored %q: want numbers not below -last", m)
		}
		at = append(at, n)
	}
	slices.Sort(at)
	if dir == "" {
		if dir, err = os.MkdirTemp("", "onrecord-settling-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	now := time.Date(2031, 5, 7, 0, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, err := sqlite.Open(ctx, filepath.Join(dir, "settling.db"), sqlite.Options{Now: clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	settler := jobs.NewSettler(jobs.SettlerOptions{Store: s, Now: clock})
	world := storytest.NewWorld(1, happenings)
	var used, wall []time.Duration // of each thousand
	for n := 0; n < at[len(at)-1]; {
		var c store.Changes
		for i := range together {
			now = now.Add(14 * 24 * time.Hour / fortnight)
			if i%(fortnight/14*3/happenings+1) == 0 {
				world.Turn()
			}
			n++
			c.Entries = append(c.Entries, entry(world.Article(fmt.Sprint("a", n), now), n, now))
		}
		if _, err := s.Commit(ctx, c); err != nil {
			return err
		}
		cpu, start := processor(), time.Now()
		if err := settler.Finish(ctx); err != nil {
			return err
		}
		used, wall = append(used, processor()-cpu), append(wall, time.Since(start))
		if slices.Contains(at, n) {
			k := last / together
			u, w := sum(used[len(used)-k:]), sum(wall[len(wall)-k:])
			fmt.Printf("| with %d stored: articles settled a second | %.0f (of the processor %.0f) | ≥ 300 |\n", n, float64(last)/w.Seconds(), float64(last)/u.Seconds())
		}
	}
	return nil
}

// entry is an article as it is put into the store.
func entry(a story.Article, n int, at time.Time) store.Entry {
	address := fmt.Sprintf("https://settling.example/%d", n)
	r := *a.Record
	published := at.Format(time.RFC3339)
	r.Article.URL, r.Article.Published = news.Optional(address), news.Optional(published)
	r.Entities = slices.Clone(r.Entities)
	for i := range r.Entities { // a copy that was cut has lost some
		e := &r.Entities[i]
		e.Mentions = slices.DeleteFunc(slices.Clone(e.Mentions), func(m news.Mention) bool {
			return m.End > len(r.Article.Text) || r.Article.Text[m.Start:m.End] != m.Text
		})
	}
	for i := range r.Article.Blocks {
		r.Article.Blocks = slices.Clone(r.Article.Blocks)
		r.Article.Blocks[i].End = min(r.Article.Blocks[i].End, len(r.Article.Text))
	}
	told(&r, n, published[:len(time.DateOnly)])
	d := &news.Delivery{Addresses: []string{address}, Text: r.Article.Text, Title: string(r.Article.Title), Publisher: string(r.Article.Publisher), Published: published, PublishedBasis: news.PublishedGiven}
	return store.Entry{Delivery: d, Record: &r, At: at}
}

// told gives a record, which has only names, an event with a toll and two
// statements on it, one against the other.
func told(r *news.Record, n int, day string) {
	words := spans(r.Article.Text, 12)
	if len(words) < 12 || len(r.Entities) < 2 {
		return
	}
	toll := n%40 + 1
	party := func(i int) news.Optional { return news.Optional(r.Entities[i].ID) }
	r.Events = []news.Event{{
		ID: "v1", Type: news.Assault, Mode: "explosives", Trigger: words[2], Modality: news.Occurred, Confidence: 0.9,
		Recipients: []news.Party{{Entity: party(1), Span: words[3]}},
		Time:       news.EventTime{Earliest: news.Optional(day), Latest: news.Optional(day), Precision: news.PrecisionDay, Basis: news.TimeFromText},
		Counts:     []news.Count{{ID: "c1", Kind: news.Killed, Low: &toll, Best: &toll, High: &toll, Qualifier: news.Exact, Statement: "s1", Span: words[4]}},
		Statements: []string{"s1"},
	}}
	said := func(id string, i int, act news.Act, at int) news.Statement {
		return news.Statement{ID: id, Source: &news.Source{Entity: party(i), Phrase: &words[at]}, Cue: &words[at+1], Content: []news.Span{words[at+2]}, Form: news.Indirect, Act: act, Polarity: news.Positive, Events: []string{"v1"}, Confidence: 0.9}
	}
	r.Statements = []news.Statement{said("s1", 0, news.Accuse, 5), said("s2", 1, news.Deny, 8)}
	r.Statements[1].Answers = []string{"s1"}
}

// spans are the first words of a text.
func spans(text string, n int) (out []news.Span) {
	at := 0
	for len(out) < n {
		for at < len(text) && text[at] == ' ' {
			at++
		}
		end := strings.IndexByte(text[at:], ' ')
		if end <= 0 {
			return out
		}
		out = append(out, news.Span{Start: at, End: at + end, Text: text[at : at+end]})
		at += end
	}
	return out
}

func sum(all []time.Duration) (d time.Duration) {
	for _, x := range all {
		d += x
	}
	return d
}

// processor is the time that the process has taken of the processors.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
