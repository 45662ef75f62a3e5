package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// batch is how many articles are kept in one transaction.
const batch = 250

// newest is when the last article was published; the first was two years before.
var newest = time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC)

const (
	vocabulary = 60_000
	people     = 20_000
	places     = 2_000
	sources    = 300
)

// zipf is a number below n; each is drawn as often as Zipf's law has it.
func zipf(r *rand.Rand, n int) int { return int(math.Pow(float64(n), r.Float64())) - 1 }

func syllables(first string, n int) string {
	b := []byte(first)
	for n++; n > 0; n /= 20 {
		b = append(b, "bcdfghjklmnpqrstvwxz"[n%20], "aeiou"[n%5])
	}
	return string(b)
}

func word(n int) string       { return syllables("w", n) }
func personName(n int) string { return syllables("Ma", n%500) }
func familyName(n int) string { return syllables("Ve", n) }
func placeName(n int) string  { return syllables("Ber", n) }

func fill(ctx context.Context, s store.Store, articles int) error {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range sources {
		f := news.Feed{ID: fmt.Sprintf("f%012x", i), Kind: news.FeedSyndication, URL: fmt.Sprintf("https://s%d.example/", i), State: news.FeedActive, Rights: news.RightsFull, AddedAt: newest}
		if err := s.PutFeed(ctx, f); err != nil {
			return err
		}
	}
	for done := 0; done < articles; {
		var c store.Changes
		for range min(batch, articles-done) {
			d := delivery(r, done)
			c.Entries = append(c.Entries, store.Entry{Delivery: d, Record: record(r, d), At: newest})
			done++
		}
		if _, err := s.Commit(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func delivery(r *rand.Rand, n int) *news.Delivery {
	source := zipf(r, sources)
	at := newest.Add(-time.Duration(r.Int64N(int64(2 * 365 * 24 * time.Hour))))
	var b strings.Builder
	b.WriteString("Report of the harbour office.")
	for i := range 300 {
		b.WriteByte(' ')
		b.WriteString(word(zipf(r, vocabulary)))
		if i%15 == 14 {
			b.WriteByte('.')
		}
	}
	return &news.Delivery{
		Addresses: []string{fmt.Sprintf("https://www.s%d.example/%d", source, n)}, Feed: fmt.Sprintf("f%012x", source), Text: b.String(), Title: "Report of the harbour office.",
		Publisher: fmt.Sprintf("Paper %d", source), Published: at.Format(time.RFC3339), PublishedBasis: news.PublishedMetadata,
	}
}

// record is of 20 entities, ten statements and eight events.
func record(r *rand.Rand, d *news.Delivery) *news.Record {
	out := &news.Record{
		Schema: news.Schema, Pipeline: news.Pipeline{Version: "1", Model: "none", Codebook: news.Codebook},
		Article: news.Article{URL: news.Optional(d.URL()), Publisher: news.Optional(d.Publisher), Title: news.Optional(d.Title), Published: news.Optional(d.Published),
			PublishedBasis: d.PublishedBasis, Language: "en", Text: d.Text, TextSHA256: store.AddressHash(d.Text)},
	}
	if r.IntN(200) == 0 {
		out.Article.Language = "fr"
	}
	for start := 0; start < len(d.Text); {
		end := len(d.Text)
		if i := strings.IndexByte(d.Text[start:], '.'); i >= 0 {
			end = start + i + 1
		}
		out.Sentences = append(out.Sentences, news.Range{Start: start, End: end})
		start = min(end+1, len(d.Text))
	}
	span := func(length int) news.Span {
		s := out.Sentences[r.IntN(len(out.Sentences))]
		end := min(s.Start+length, s.End)
		return news.Span{Start: s.Start, End: end, Text: d.Text[s.Start:end]}
	}
	countries := []news.Optional{"NOR", "SWE", "DNK", "FIN", "ISL", "EST", "LVA", "LTU"}
	for i := range 20 {
		e := news.Entity{ID: fmt.Sprintf("e%d", i), Mentions: []news.Mention{{Span: span(8), Kind: news.MentionName}, {Span: span(8), Kind: news.MentionPronoun}}}
		if i < 12 {
			n := zipf(r, people)
			e.Type, e.Name, e.Aliases = news.Person, personName(n)+" "+familyName(n), []string{familyName(n)}
		} else {
			n := zipf(r, places)
			e.Type, e.Name = news.PlaceEntity, placeName(n)
			e.Place = &news.Place{Lat: float64(n % 90), Lon: float64(n % 180), Country: countries[n%len(countries)], Precision: news.PrecisionCity}
		}
		out.Entities = append(out.Entities, e)
	}
	party := func(from, n int) news.Party {
		return news.Party{Entity: news.Optional(out.Entities[from+r.IntN(n)].ID), Span: span(8)}
	}
	types := news.EventTypes()
	day, _, _ := strings.Cut(d.Published, "T")
	for i := range 8 {
		place := party(12, 8)
		e := news.Event{ID: fmt.Sprintf("v%d", i), Type: types[zipf(r, len(types))], Trigger: span(6), Modality: news.Occurred, Actors: []news.Party{party(0, 12)}, Recipients: []news.Party{party(0, 12)}, Place: &place,
			Time: news.EventTime{Earliest: news.Optional(day), Latest: news.Optional(day), Precision: news.PrecisionDay, Basis: news.TimeFromText}, Confidence: 0.5}
		if r.IntN(10) == 0 {
			n := zipf(r, 200)
			e.Counts = []news.Count{{ID: "c1", Kind: news.Killed, Low: &n, Best: &n, High: &n, Qualifier: news.Exact, Span: span(8)}}
		}
		out.Events = append(out.Events, e)
	}
	acts := []news.Act{news.Say, news.Say, news.Say, news.Say, news.Report, news.Hold, news.Accuse, news.Deny, news.Demand, news.Warn}
	for i := range 10 {
		words := span(8)
		out.Statements = append(out.Statements, news.Statement{
			ID: fmt.Sprintf("s%d", i), Source: &news.Source{Entity: party(0, 12).Entity, Phrase: &words}, Content: []news.Span{span(200)}, Form: news.Direct, Act: acts[r.IntN(len(acts))],
			Polarity: news.Positive, About: []string{string(party(0, 12).Entity), string(party(0, 12).Entity)}, Events: []string{fmt.Sprintf("v%d", r.IntN(8))}, Confidence: 0.5,
		})
	}
	return out
}
