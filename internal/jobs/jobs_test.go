package jobs_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// quick is a reader that finds nothing, so that tests are of the work around
// it. Texts with some words make it fail.
type quick struct {
	delay   time.Duration
	version string // "" for 1
	says    string // the one statement that it finds in every text
	mu      sync.Mutex
	read    []string
}

func (q *quick) pipeline() news.Pipeline {
	return news.Pipeline{Version: cmp.Or(q.version, "1"), Model: "none", Codebook: news.Codebook}
}

func (q *quick) Read(ctx context.Context, in reader.Input) (*news.Record, error) {
	time.Sleep(q.delay)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	q.mu.Lock()
	q.read = append(q.read, in.Text)
	q.mu.Unlock()
	switch {
	case strings.Contains(in.Text, "UNREADABLE"):
		return nil, errors.New("cannot be read")
	case strings.Contains(in.Text, "PANIC"):
		panic("no record of this")
	}
	sum := sha256.Sum256([]byte(in.Text))
	r := &news.Record{
		Schema: news.Schema, Pipeline: q.pipeline(),
		Article: news.Article{
			URL: news.Optional(in.URL), Publisher: news.Optional(in.Publisher), Title: news.Optional(in.Title), Published: news.Optional(in.Published), PublishedBasis: in.PublishedBasis,
			Language: "en", Text: in.Text, TextSHA256: hex.EncodeToString(sum[:]),
		},
	}
	if q.says != "" {
		r.Statements = []news.Statement{{ID: "s1", Content: []news.Span{{End: 1, Text: in.Text[:1]}}, Form: news.Indirect, Act: news.Say, Polarity: news.Positive}}
	}
	return r, nil
}

// kit is a pool with a store of its own.
type kit struct {
	t      *testing.T
	dir    string
	store  store.Store
	folder *archive.Folder
	reader *quick
	pool   *jobs.Pool
	flaky  *flaky
	log    *record
	mu     sync.Mutex
	skew   time.Duration // added to the clock's time
}

// flaky is a store whose commits may fail.
type flaky struct {
	store.Store
	fail    func() error
	after   func() error
	damaged bool // no record can be opened
}

func (f *flaky) Record(ctx context.Context, id string, version int) (*news.Record, error) {
	if f.damaged {
		return nil, errors.New("no gzip")
	}
	return f.Store.Record(ctx, id, version)
}

func (f *flaky) Commit(ctx context.Context, c store.Changes) ([]store.Result, error) {
	if f.fail != nil {
		if err := f.fail(); err != nil {
			return nil, err
		}
	}
	r, err := f.Store.Commit(ctx, c)
	if err == nil && f.after != nil {
		if err := f.after(); err != nil {
			return nil, err
		}
	}
	return r, err
}

func (k *kit) now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return time.Now().Add(k.skew)
}

// pass lets time pass.
func (k *kit) pass(d time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.skew += d
}

func newKit(t *testing.T) *kit { return newKitWith(t, time.Minute) }

func newKitWith(t *testing.T, grace time.Duration) *kit {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return newKitOn(t, s, grace)
}

// newKitOn makes a kit on a store, which it closes in the end.
func newKitOn(t *testing.T, s store.Store, grace time.Duration) *kit {
	t.Helper()
	k := &kit{t: t, dir: t.TempDir(), store: s, reader: &quick{}, log: &record{}}
	k.flaky = &flaky{Store: s}
	var err error
	if k.folder, err = archive.Open(filepath.Join(k.dir, "captures"), archive.Options{Now: k.now}); err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{Gap: -1, Now: k.now, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(func() {
		client.Close()
		if err := errors.Join(k.store.Close(), k.folder.Close()); err != nil {
			t.Error(err)
		}
	})
	k.pool = jobs.New(jobs.Options{
		Store: k.flaky, Archive: k.folder, Reader: k.reader, Getter: client, Now: k.now, Readers: 4, Grace: grace, Wait: 5 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(k.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	return k
}

// record is a log that many goroutines write.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}

// clean fails the test where the store is not whole, or a capture is not where
// the store says.
func (k *kit) clean() {
	k.t.Helper()
	found, err := k.store.Doctor(k.t.Context(), true)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, f := range found {
		k.t.Errorf("doctor: %s: %d, such as %s", f.Code, f.Count, f.Example)
	}
	err = k.store.Captures(k.t.Context(), func(f store.Filed) error {
		c, err := k.folder.Read(archive.Location(f.Location))
		if err != nil {
			return err
		}
		if c.URL != f.URL || c.SHA256 != f.SHA256 || !c.At.Equal(f.At) {
			k.t.Errorf("the capture of %s is that of %s", f.URL, c.URL)
		}
		return nil
	})
	if err != nil {
		k.t.Error(err)
	}
}

func (k *kit) ok(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// titles lists the live articles, newest first.
func (k *kit) titles() []string {
	k.t.Helper()
	all, err := k.store.List(k.t.Context(), store.Listing{Limit: 1000})
	k.ok(err)
	var out []string
	for _, a := range all {
		out = append(out, a.Title)
	}
	return out
}

func (k *kit) tally(want jobs.Tally) {
	k.t.Helper()
	if got := k.pool.Tally(); got != want {
		k.t.Errorf("done: %+v\nwant: %+v", got, want)
	}
}

var received = time.Date(2031, time.May, 7, 9, 0, 0, 0, time.UTC)

// delivery is an article by an address, received n seconds after the others.
func delivery(url, text string, n int) news.Delivery {
	body := []byte("capture of " + text)
	sum := sha256.Sum256(body)
	return news.Delivery{
		Addresses: []string{url}, Action: news.Publish, Text: text, Title: text, Published: "2031-05-06", PublishedBasis: news.PublishedGiven,
		Capture: &news.Capture{URL: url, At: received.Add(time.Duration(n) * time.Second), MediaType: "text/plain", SHA256: hex.EncodeToString(sum[:]), Body: body},
	}
}

func works(all ...news.Delivery) iter.Seq2[jobs.Work, error] {
	return func(yield func(jobs.Work, error) bool) {
		for _, d := range all {
			if !yield(jobs.Ready(d.Addresses[0], d), nil) {
				return
			}
		}
	}
}

func TestKeep(t *testing.T) {
	k := newKit(t)
	var all []news.Delivery
	for n := range 200 {
		all = append(all, delivery(fmt.Sprintf("https://post.example/%d", n%150), fmt.Sprintf("Report %d in version %d.", n%150, n/150), n))
	}
	kill := delivery("https://post.example/7", "", 300)
	kill.Action = news.Withdraw
	stray := delivery("https://post.example/none", "", 301)
	stray.Action = news.Withdraw
	bad, worse := delivery("https://post.example/bad", "UNREADABLE", 302), delivery("https://post.example/worse", "PANIC", 303)
	back := delivery("https://post.example/8", "Report 8 in version 0.", 304) // an older text again
	all = append(all, kill, stray, bad, worse, back)
	var failed []string
	report := func(name string, err error) { failed = append(failed, name+": "+err.Error()) }
	k.ok(k.pool.Keep(t.Context(), works(all...), report))
	k.tally(jobs.Tally{Added: 150, Edited: 51, Withdrawn: 1, NoTarget: 1, Failed: 2})
	if len(failed) != 2 || !strings.Contains(k.log.String(), "no record of this") {
		t.Errorf("failed: %q", failed)
	}
	if got := k.titles(); len(got) != 149 {
		t.Errorf("%d live articles", len(got))
	}
	k.clean()
	// Again: nothing new, and nothing is read.
	k.reader.read = nil
	k.ok(k.pool.Keep(t.Context(), works(all[:150]...), report))
	if got := k.pool.Tally().Same; got != 150 || len(k.reader.read) != 0 {
		t.Errorf("the same again: %d, %d read", got, len(k.reader.read))
	}
	k.clean()
}

// An article whose text goes away and comes back while a first import still
// runs: the versions come in their order, whichever was read first.
func TestKeepOrder(t *testing.T) {
	k := newKit(t)
	const url = "https://post.example/1"
	var all []news.Delivery
	for n := range 30 {
		all = append(all, delivery(url, fmt.Sprintf("Text %d.", n%3), n))
	}
	k.ok(k.pool.Keep(t.Context(), works(all...), nil))
	id, err := k.store.Find(t.Context(), url)
	k.ok(err)
	versions, err := k.store.Versions(t.Context(), id)
	k.ok(err)
	for i, v := range versions {
		if want := fmt.Sprintf("Text %d.", i%3); v.Title != want {
			t.Errorf("version %d is %q, want %q", v.N, v.Title, want)
		}
	}
	if len(versions) != 30 {
		t.Errorf("%d versions", len(versions))
	}
	k.clean()
}

// Told to stop, the work ends soon, and what it has begun is whole.
func TestKeepStops(t *testing.T) {
	k := newKit(t)
	k.reader.delay = 5 * time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	endless := func(yield func(jobs.Work, error) bool) {
		for ; ; n++ {
			if n == 40 {
				cancel()
			}
			d := delivery(fmt.Sprintf("https://post.example/%d", n), fmt.Sprintf("Report %d.", n), n)
			if !yield(jobs.Ready(d.Addresses[0], d), nil) {
				return
			}
		}
	}
	err := k.pool.Keep(ctx, endless, func(name string, err error) { t.Errorf("%s: %v", name, err) })
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := len(k.titles()); int64(got) != k.pool.Tally().Added || got < 20 || got > 40 {
		t.Errorf("%d kept, %d counted of %d", got, k.pool.Tally().Added, n)
	}
	k.clean()
}

// A full disk, a locked database: the work waits, says so, and goes on.
func TestStoreThatWaits(t *testing.T) {
	for _, reason := range []error{store.ErrFull, store.ErrBusy, store.ErrAway} {
		k := newKit(t)
		var all []news.Delivery
		for n := range 50 {
			all = append(all, delivery(fmt.Sprintf("https://post.example/%d", n), fmt.Sprintf("Report %d.", n), n))
		}
		failures := 7
		k.flaky.fail = func() error {
			if failures--; failures > 0 {
				return fmt.Errorf("commit: %w", reason)
			}
			return nil
		}
		k.ok(k.pool.Keep(t.Context(), works(all...), func(name string, err error) { t.Errorf("%s: %v", name, err) }))
		if got := len(k.titles()); got != 50 || strings.Count(k.log.String(), "store_waits") < 6 {
			t.Errorf("%v: %d articles; the log:\n%s", reason, got, k.log.String())
		}
		k.clean()
	}
}

// Told to stop while the store does not answer: it ends.
func TestStopWhileWaiting(t *testing.T) {
	k := newKitWith(t, 10*time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	k.flaky.fail = func() error { cancel(); return store.ErrAway }
	if err := k.pool.Keep(ctx, works(delivery("https://post.example/1", "Report.", 1)), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := k.pool.Tally().Added; got != 0 || len(k.titles()) != 0 {
		t.Errorf("%d counted as kept", got)
	}
}

// A store that takes nothing is not given everything.
func TestBrokenStore(t *testing.T) {
	k := newKit(t)
	k.flaky.fail = func() error { return errors.New("the table is not there") }
	given, refused := 0, 0
	endless := func(yield func(jobs.Work, error) bool) {
		for given = 0; ; given++ {
			if d := delivery(fmt.Sprintf("https://post.example/%d", given), fmt.Sprintf("Report %d.", given), given); !yield(jobs.Ready(d.Addresses[0], d), nil) {
				return
			}
		}
	}
	err := k.pool.Keep(t.Context(), endless, func(string, error) { refused++ })
	if err == nil || !strings.Contains(err.Error(), "the table is not there") || refused == 0 {
		t.Errorf("%v after %d", err, given)
	}
}

func TestForget(t *testing.T) {
	k := newKit(t)
	keep, secret := delivery("https://post.example/1", "To be kept.", 1), delivery("https://post.example/2", "A secret.", 2)
	k.ok(k.pool.Keep(t.Context(), works(keep, secret, delivery("https://post.example/2", "A secret, edited.", 3)), nil))
	id, err := k.pool.Forget(t.Context(), "https://post.example/2", "by request")
	k.ok(err)
	if id != store.ArticleID("https://post.example/2") {
		t.Errorf("id %s", id)
	}
	k.ok(k.folder.Sync())
	k.holdsNot("secret")
	if _, err := k.pool.Forget(t.Context(), id, ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("again: %v", err)
	}
	k.ok(k.pool.Keep(t.Context(), works(secret), nil))
	if got := k.pool.Tally().Forgotten; got != 1 || len(k.titles()) != 1 {
		t.Errorf("taken in again: %v", k.titles())
	}
	k.clean()
}

// holdsNot fails where the words are in a file of the captures folder.
func (k *kit) holdsNot(words string) {
	k.t.Helper()
	found := 0
	k.ok(k.store.Captures(k.t.Context(), func(f store.Filed) error {
		c, err := k.folder.Read(archive.Location(f.Location))
		if err == nil && bytes.Contains(c.Body, []byte(words)) {
			k.t.Errorf("the capture of %s holds %q", c.URL, words)
		}
		found++
		return err
	}))
	files, err := os.ReadDir(k.folder.Dir())
	k.ok(err)
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(k.folder.Dir(), f.Name()))
		k.ok(err)
		// What is erased is stored as spaces; nothing else in the file but the
		// captures that were found above.
		if n := bytes.Count(raw, []byte("urn:onrecord:erased")); n != 2 {
			k.t.Errorf("%s holds %d erased captures and %d others", f.Name(), n, found)
		}
	}
}
