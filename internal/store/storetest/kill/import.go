package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/store/storetest"
)

// target is what is imported, and to where.
type target struct {
	store    string // a file, or the address of a PostgreSQL database
	captures string // folder
	articles int
}

// The import is this program again, with these variables.
const (
	storeVar    = "ONRECORD_KILL_STORE"
	capturesVar = "ONRECORD_KILL_CAPTURES"
	articlesVar = "ONRECORD_KILL_ARTICLES"
)

func (t target) environment() []string {
	return append(os.Environ(), storeVar+"="+t.store, capturesVar+"="+t.captures, articlesVar+"="+strconv.Itoa(t.articles))
}

func importing() bool { return os.Getenv(storeVar) != "" }

// What the import says, a line each: that the store is open; that articles were
// read; that they were kept.
const (
	sayOpen = "open"
	sayRead = "read"
	sayKept = "kept"
)

func importMain() int {
	n, err := strconv.Atoi(os.Getenv(articlesVar))
	if err == nil {
		t := target{os.Getenv(storeVar), os.Getenv(capturesVar), n}
		if os.Getenv(nodeVar) != "" {
			err = work(context.Background(), t)
		} else {
			err = importAll(context.Background(), t, os.Stdout)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "import:", err)
		return 1
	}
	return 0
}

func openStore(ctx context.Context, where string) (store.Store, error) {
	if strings.HasPrefix(where, "postgres:") {
		return postgres.Open(ctx, where, postgres.Options{})
	}
	return sqlite.Open(ctx, where, sqlite.Options{})
}

// versionJob is the job that each version calls for. Nobody does it.
const versionJob = "new_version"

const (
	writers = 3
	// reading is how long an article takes to be read: long enough that kills
	// fall there too.
	reading = 2 * time.Millisecond
)

// importAll imports every article from the first: what is kept already is
// passed over.
func importAll(ctx context.Context, t target, out io.Writer) error {
	s, err := openStore(ctx, t.store)
	if err != nil {
		return err
	}
	folder, err := archive.Open(t.captures, archive.Options{})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	i := importer{s, folder, out}
	i.say(sayOpen, 1)
	var wg sync.WaitGroup
	failed := make([]error, writers)
	for w := range writers {
		wg.Go(func() { failed[w] = i.importShare(ctx, share(t.articles, w)) })
	}
	wg.Wait()
	return errors.Join(errors.Join(failed...), folder.Close(), s.Close())
}

// share is what one of the writers imports, in its order: two versions of one
// article have one writer.
func share(articles, w int) []*news.Delivery {
	var out []*news.Delivery
	for n := w; n < articles; n += writers {
		for _, d := range deliveries(n) {
			out = append(out, &d)
		}
	}
	return out
}

// importer keeps deliveries, and says so.
type importer struct {
	store  store.Store
	folder *archive.Folder
	out    io.Writer
}

// importShare keeps deliveries in transactions of one to eight.
func (i importer) importShare(ctx context.Context, all []*news.Delivery) error {
	for round := 0; len(all) > 0; round++ {
		n := min(1+round%8, len(all))
		for {
			err := i.keep(ctx, all[:n])
			if err == nil {
				break
			}
			if !store.Passing(err) {
				return err
			}
			time.Sleep(50 * time.Millisecond)
		}
		all = all[n:]
	}
	return nil
}

// keep reads what is not known and keeps it with its captures, and with a job
// for each version.
func (i importer) keep(ctx context.Context, all []*news.Delivery) error {
	var c store.Changes
	for _, d := range all {
		e := store.Entry{Delivery: d, At: d.Capture.At}
		known, err := i.store.Look(ctx, d)
		if err != nil {
			return err
		}
		if known.Outcome == store.Added || known.Outcome == store.Edited {
			time.Sleep(reading)
			i.say(sayRead, 1)
			e.Record = storetest.Record(d)
			at, err := i.folder.Write(d.Capture)
			if err != nil {
				return err
			}
			f := store.Filed{Capture: *d.Capture, Location: store.Location(at)}
			f.ID, f.Body = store.CaptureID(d.Capture), nil
			c.Captures, c.Unused = append(c.Captures, f), append(c.Unused, f.ID)
			c.Jobs = append(c.Jobs, store.Job{Kind: versionJob, Args: []byte(`{}`), Unique: store.Digest(d)})
		}
		c.Entries = append(c.Entries, e)
	}
	if len(c.Captures) > 0 {
		if err := i.folder.Sync(); err != nil {
			return err
		}
	}
	results, err := i.store.Commit(ctx, c)
	if err != nil {
		return err
	}
	kept := 0
	for _, r := range results {
		if r.Outcome == store.Added || r.Outcome == store.Edited {
			kept++
		}
	}
	i.say(sayKept, kept)
	return nil
}

// say writes one line at once: a line that is in the pipe outlives its writer.
func (i importer) say(what string, n int) { _, _ = fmt.Fprintf(i.out, "%s %d\n", what, n) }

// deliveries are what comes of the article with number n: all by two addresses,
// every tenth edited an hour later, every fifteenth again by its short address.
func deliveries(n int) []news.Delivery {
	long, short := fmt.Sprintf("https://post.example/%d", n), fmt.Sprintf("https://p.example/%d", n)
	at := time.Date(2031, 5, 7, 9, 0, n, 0, time.UTC)
	out := []news.Delivery{delivery(text(n, 1), at, long, short)}
	if versions(n) == 2 {
		out = append(out, delivery(text(n, 2), at.Add(time.Hour), long))
	}
	if n%15 == 0 {
		out = append(out, delivery(text(n, versions(n)), at.Add(2*time.Hour), short))
	}
	return out
}

func versions(n int) int {
	if n%10 == 0 {
		return 2
	}
	return 1
}

func text(n, version int) string {
	t := fmt.Sprintf("Report %d of the harbour office.\n\nPier %d is closed to ships of more than %d tonnes.", n, n%40, 100+n)
	if version == 2 {
		t += "\n\nCorrection: it is open at night."
	}
	return t
}

func delivery(text string, at time.Time, addresses ...string) news.Delivery {
	sum := sha256.Sum256([]byte(text))
	d := *storetest.Delivery(text, at, addresses...)
	d.Capture = &news.Capture{URL: addresses[0], At: at, Status: 200, Header: "Content-Type: text/plain", MediaType: "text/plain", SHA256: hex.EncodeToString(sum[:]), Body: []byte(text)}
	return d
}
