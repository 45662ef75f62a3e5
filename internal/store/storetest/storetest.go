// Package storetest is the one suite that every store must pass.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Store is a store under test, with a way to do it harm.
type Store interface {
	store.Store
	// Exec runs a statement behind the store's back.
	Exec(ctx context.Context, sql string) error
	// Jobs lists the jobs that wait, in the order in which they were added.
	Jobs(ctx context.Context) ([]store.Job, error)
}

// Run runs the suite. open makes an empty store with the given clock.
func Run(t *testing.T, open func(t *testing.T, now func() time.Time) Store) {
	for _, c := range []struct {
		name string
		f    func(t *testing.T, k *kit)
	}{
		{"Add", add}, {"Identity", identity}, {"Edit", edit}, {"ImportAgain", importAgain}, {"Withdraw", withdraw}, {"Embargo", embargo},
		{"Forget", forget}, {"ForgetShared", forgetShared}, {"Order", order}, {"Pages", pages}, {"Search", search}, {"Hostile", hostile},
		{"Feeds", feeds}, {"FetchLog", fetchLog}, {"Unknown", unknown}, {"Reread", reread}, {"Captures", captures},
		{"AllOrNothing", allOrNothing}, {"Together", together}, {"Stats", stats}, {"Doctor", doctor}, {"DumpAndRestore", dumpAndRestore}, {"DumpHostile", dumpHostile},
		{"RestoreRefuses", restoreRefuses}, {"Jobs", jobsOnce}, {"JobsHostile", jobsHostile}, {"JobsTogether", jobsTogether}, {"Missing", missing},
		{"EditTogether", editTogether}, {"ForgetTogether", forgetTogether}, {"ReleaseTogether", releaseTogether}, {"FeedTogether", feedTogether},
		{"ForgetHostile", forgetHostile}, {"Settle", settleOnce}, {"Tombstones", tombstones}, {"LedgerPages", ledgerPages}, {"OneSettles", oneSettles}, {"Joinings", joinings},
		{"People", people}, {"PeopleDump", peopleDump}, {"Alerts", alerts}, {"Corrections", corrections}, {"Place", place},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := &kit{t: t, ctx: t.Context(), at: time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)}
			k.open = func() Store { return open(t, func() time.Time { return k.at }) }
			k.s = k.open()
			c.f(t, k)
			k.clean()
		})
	}
}

// kit is what the tests share: a store, and a clock that they set.
type kit struct {
	t    *testing.T
	ctx  context.Context
	s    Store
	at   time.Time
	open func() Store
}

// Delivery makes a delivery; its capture is received at the moment given.
func Delivery(text string, at time.Time, addresses ...string) *news.Delivery {
	url := "file:///" + text[:min(len(text), 10)]
	if len(addresses) > 0 {
		url = addresses[0]
	}
	return &news.Delivery{
		Addresses: addresses, Text: text, Title: text[:min(len(text), 20)], Publisher: "Harbour Post", Published: "2031-05-06", PublishedBasis: news.PublishedGiven,
		Capture: &news.Capture{URL: url, At: at, MediaType: "text/plain", SHA256: store.AddressHash(text), Hint: news.Hint{Title: "hint"}},
	}
}

// Record makes a record of a delivery, with one of everything, as the reader
// would.
func Record(d *news.Delivery) *news.Record {
	words := news.Span{Start: 0, End: 1, Text: d.Text[:1]}
	low, geonames, quad := 3, 3161732, 4
	return &news.Record{
		Schema: news.Schema, Pipeline: news.Pipeline{Version: "1", Model: "en-1", Codebook: news.Codebook},
		Article: news.Article{
			URL: news.Optional(d.URL()), Publisher: news.Optional(d.Publisher), Title: news.Optional(d.Title), Published: news.Optional(d.Published),
			PublishedBasis: d.PublishedBasis, Language: "en", Text: d.Text, TextSHA256: store.AddressHash(d.Text),
		},
		Entities: []news.Entity{
			{ID: "e1", Type: news.Person, Name: "Mara Velin", Country: "NOR", Mentions: []news.Mention{{Span: words, Kind: news.MentionName}}},
			{ID: "e2", Type: news.PlaceEntity, Name: "Bergen", Identifiers: news.Identifiers{GeoNames: &geonames}, Place: &news.Place{Lat: 60.39, Lon: 5.32, Country: "NOR", Precision: news.PrecisionCity}},
		},
		Times:      []news.Time{{Span: words, Type: news.TimeDate, Value: "2031-05-06", Earliest: "2031-05-06", Latest: "2031-05-06"}},
		Statements: []news.Statement{{ID: "s1", Source: &news.Source{Entity: "e1", Phrase: &words}, Content: []news.Span{words}, Form: news.Direct, Act: news.Say, Polarity: "positive", Confidence: 0.9}},
		Events: []news.Event{{
			ID: "v1", Type: news.Protest, Quad: &quad, Trigger: words, Actors: []news.Party{{Entity: "e1", Span: words}}, Place: &news.Party{Entity: "e2", Span: words},
			Time: news.EventTime{Earliest: "2031-05-06", Latest: "2031-05-06", Precision: news.PrecisionDay, Basis: news.TimeFromText}, Modality: news.Occurred,
			Counts: []news.Count{{ID: "c1", Kind: news.Killed, Low: &low, Qualifier: news.AtLeast, Span: words}},
		}},
	}
}

// Changes makes the changes that keep deliveries, with made-up places for
// their captures.
func Changes(deliveries ...*news.Delivery) store.Changes {
	var c store.Changes
	for i, d := range deliveries {
		e := store.Entry{Delivery: d}
		if d.Action != news.Withdraw {
			e.Record = Record(d)
		}
		if d.Capture != nil {
			e.At = d.Capture.At
			c.Captures = append(c.Captures, store.Filed{Capture: *d.Capture, Location: store.Location{File: "a.warc.gz", Offset: d.Capture.At.UnixMilli() + int64(i), Length: 100}})
		}
		c.Entries = append(c.Entries, e)
	}
	return c
}

// keep commits deliveries and returns what became of them.
func (k *kit) keep(deliveries ...*news.Delivery) []store.Result {
	k.t.Helper()
	r, err := k.s.Commit(k.ctx, Changes(deliveries...))
	k.ok(err)
	return r
}

func (k *kit) ok(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) article(id string) store.Article {
	k.t.Helper()
	a, err := k.s.Article(k.ctx, id)
	k.ok(err)
	return a
}

// list returns the ids of a listing.
func (k *kit) list(l store.Listing) []string {
	k.t.Helper()
	all, err := k.s.List(k.ctx, l)
	k.ok(err)
	var ids []string
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	return ids
}

// clean fails the test if the doctor finds anything.
func (k *kit) clean() {
	k.t.Helper()
	found, err := k.s.Doctor(k.ctx, true)
	k.ok(err)
	for _, f := range found {
		k.t.Errorf("doctor: %s: %d, such as %s", f.Code, f.Count, f.Example)
	}
}

func (k *kit) want(what string, got, want any) {
	k.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		k.t.Errorf("%s: %v, want %v", what, got, want)
	}
}
