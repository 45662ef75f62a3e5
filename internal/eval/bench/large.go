package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// large measures lists and searches on a store of so many articles: the records of
// the example stories, cloned with ids, addresses and dates of their own, and put
// in without being read.
func large(ctx context.Context, dir string, articles int) (rows []row, err error) {
	path := filepath.Join(dir, "large.db")
	s, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	records, err := exampleRecords(ctx)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := clone(ctx, s, records, articles); err != nil {
		return nil, err
	}
	took := time.Since(start)
	size := int64(0)
	for _, f := range []string{path, path + "-wal"} {
		if info, err := os.Stat(f); err == nil {
			size += info.Size()
		}
	}
	in := "in a store of " + thousands(float64(articles)) + " articles: "
	rows = []row{
		{in + "putting them in, without reading", fmt.Sprintf("%s a second", thousands(float64(articles)/took.Seconds())), ""},
		{in + "size of the file", fmt.Sprintf("%.2f GB, %.1f KB an article", float64(size)/1e9, float64(size)/1e3/float64(articles)), ""},
	}
	for _, q := range []struct {
		what, asked string
		l           store.Listing
	}{
		{"the newest 20", "≤ 20 ms", store.Listing{}},
		{"20 from the middle", "≤ 20 ms", store.Listing{Before: store.Cursor(midway.Format(time.RFC3339), midway, 1)}},
		{"the newest 20 with a word that most have", "≤ 50 ms", store.Listing{Text: "said"}},
		{"the newest 20 with a word that a thirtieth have", "≤ 50 ms", store.Listing{Text: "Tampere"}},
		{"the newest 20 with two words that a thirtieth have", "≤ 50 ms", store.Listing{Text: "Tampere substation"}},
		{"the newest 20 with two words that no article has both", "≤ 50 ms", store.Listing{Text: "Tampere Durban"}},
	} {
		median, worst, err := asked(ctx, s, q.l)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{in + q.what, fmt.Sprintf("%.1f ms (95 of 100 within %.1f ms)", median.Seconds()*1e3, worst.Seconds()*1e3), q.asked})
	}
	return rows, nil
}

// asked lists a hundred times, and returns the median and the 95th of the times.
func asked(ctx context.Context, s *sqlite.Store, l store.Listing) (median, worst time.Duration, err error) {
	var all []time.Duration
	for range 100 {
		start := time.Now()
		if _, err := s.List(ctx, l); err != nil {
			return 0, 0, err
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	return all[50], all[95], nil
}

func exampleRecords(ctx context.Context) ([]*news.Record, error) {
	rd, err := reader.New(reader.Options{})
	if err != nil {
		return nil, err
	}
	all, err := reports()
	if err != nil {
		return nil, err
	}
	var out []*news.Record
	for _, r := range all {
		rec, err := rd.Read(ctx, reader.Input{Text: r.text, Title: r.title, Publisher: r.publisher, Published: r.day})
		if err != nil {
			return nil, err
		}
		out = append(out, rec)
	}
	return out, nil
}

// The clones were published over two years, evenly.
var (
	begin  = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	span   = 2 * 365 * 24 * time.Hour
	midway = begin.Add(span / 2)
)

func clone(ctx context.Context, s *sqlite.Store, records []*news.Record, articles int) error {
	const together = 500
	for done := 0; done < articles; {
		var c store.Changes
		for range min(together, articles-done) {
			at := begin.Add(span / time.Duration(articles) * time.Duration(done))
			r := *records[done%len(records)]
			url := fmt.Sprintf("https://post%d.example/%d", done%300, done)
			r.Article.URL, r.Article.Published, r.Article.PublishedBasis = news.Optional(url), news.Optional(at.Format(time.RFC3339)), news.PublishedMetadata
			d := &news.Delivery{Addresses: []string{url}, Action: news.Publish, Text: r.Article.Text, Title: string(r.Article.Title), Published: string(r.Article.Published), PublishedBasis: news.PublishedMetadata}
			c.Entries = append(c.Entries, store.Entry{Delivery: d, Record: &r, At: at.Add(time.Hour)})
			done++
		}
		if _, err := s.Commit(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
