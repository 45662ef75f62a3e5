package jobs_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// The import that is killed: this program again, told where by a variable.
const (
	killDir      = "ONRECORD_TEST_KILL"
	killStore    = "ONRECORD_TEST_KILL_STORE" // a PostgreSQL's address, or nothing
	killArticles = 2000
	kills        = 50
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		if err := importAll(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if dir := os.Getenv(nodeDir); dir != "" {
		if err := runNode(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// openStore opens PostgreSQL at an address, or without one SQLite in the folder.
func openStore(ctx context.Context, dir, address string) (store.Store, error) {
	if address != "" {
		return postgres.Open(ctx, address, postgres.Options{})
	}
	return sqlite.Open(ctx, filepath.Join(dir, "desk.db"), sqlite.Options{})
}

func importAll(ctx context.Context, dir string) error {
	s, err := openStore(ctx, dir, os.Getenv(killStore))
	if err != nil {
		return err
	}
	folder, err := archive.Open(filepath.Join(dir, "captures"), archive.Options{})
	if err != nil {
		return err
	}
	begun := sync.OnceFunc(func() { fmt.Println("begun") })
	p := jobs.New(jobs.Options{
		Store: s, Archive: folder, Reader: &quick{delay: 4 * time.Millisecond}, Readers: 2,
		Told: func(r store.Result, _ *news.Delivery) {
			if r.Outcome != store.Same {
				begun()
			}
		},
	})
	defer begun()
	err = p.Keep(ctx, manyArticles(), func(name string, err error) { fmt.Fprintln(os.Stderr, name, err) })
	return errors.Join(err, folder.Close(), s.Close())
}

// manyArticles are 2,000 articles, every tenth of them in two versions.
func manyArticles() iter.Seq2[jobs.Work, error] {
	return func(yield func(jobs.Work, error) bool) {
		for n := range killArticles {
			url := fmt.Sprintf("https://post.example/%d", n)
			d := delivery(url, fmt.Sprintf("Report %d.", n), 2*n)
			if !yield(jobs.Ready(url, d), nil) {
				return
			}
			if n%10 == 0 {
				d = delivery(url, fmt.Sprintf("Report %d, edited.", n), 2*n+1)
				if !yield(jobs.Ready(url, d), nil) {
					return
				}
			}
		}
	}
}

// An import that is killed fifty times at random moments, and started again
// each time, keeps every article once and loses none.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	t.Run("SQLite", func(t *testing.T) { killAgainAndAgain(t, "") })
	t.Run("PostgreSQL", func(t *testing.T) {
		server := pgtest.Start(t)
		address, err := server.Database(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		killAgainAndAgain(t, address)
	})
}

func killAgainAndAgain(t *testing.T, address string) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	killed, runs := 0, 0
	for done := false; !done; {
		runs++
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), killDir+"="+dir, killStore+"="+address)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// A process that is killed before it has kept anything shows nothing.
		begun, _ := bufio.NewReader(out).ReadString('\n')
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if begun != "begun\n" {
			t.Fatalf("run %d: %v", runs, <-ended)
		}
		if killed < kills {
			select {
			case <-time.After(time.Duration(rand.IntN(150)) * time.Millisecond):
				if err := cmd.Process.Kill(); err == nil {
					killed++
				}
				<-ended
				continue
			case err := <-ended:
				if err != nil {
					t.Fatalf("run %d: %v", runs, err)
				}
				// It came to its end: what is left of the kills falls on runs that
				// find everything known.
				continue
			}
		}
		if err := <-ended; err != nil {
			t.Fatalf("the last run: %v", err)
		}
		done = true
	}
	s, err := openStore(t.Context(), dir, address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	folder, err := archive.Open(filepath.Join(dir, "captures"), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := &kit{t: t, store: s, folder: folder}
	k.clean()
	st, err := s.Stats(t.Context())
	k.ok(err)
	if st.Articles[store.Live] != killArticles || st.Versions != killArticles*11/10 || st.Captures != st.Versions {
		t.Errorf("after %d kills: %v, %d versions, %d captures", killed, st.Articles, st.Versions, st.Captures)
	}
	files, err := os.ReadDir(folder.Dir())
	k.ok(err)
	// Each run that came to write a capture began a file of its own.
	if len(files) < kills/2 {
		t.Errorf("only %d of %d runs were killed in the midst of it", len(files), runs)
	}
	t.Logf("%d kills in %d runs, %d files of captures", killed, runs, len(files))
}

// PostgreSQL goes away in the middle of an import and comes back: the work
// waits, and every article is kept once.
func TestPostgresAway(t *testing.T) {
	server := pgtest.Start(t)
	address, err := server.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := postgres.Open(t.Context(), address, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := newKitOn(t, s, time.Minute)
	var all []news.Delivery
	for n := range 200 {
		all = append(all, delivery(fmt.Sprintf("https://post.example/%d", n), fmt.Sprintf("Report %d.", n), n))
	}
	gone := func(yield func(jobs.Work, error) bool) {
		for n, d := range all {
			if n == 100 {
				if err := server.Crash(); err != nil {
					t.Error(err)
				}
				go func() {
					for !strings.Contains(k.log.String(), "store_waits") {
						time.Sleep(10 * time.Millisecond)
					}
					if err := server.Resume(t.Context()); err != nil {
						t.Error(err)
					}
				}()
			}
			if !yield(jobs.Ready(d.Addresses[0], d), nil) {
				return
			}
		}
	}
	k.ok(k.pool.Keep(t.Context(), gone, func(name string, err error) { t.Errorf("%s: %v", name, err) }))
	if got := len(k.titles()); got != 200 {
		t.Errorf("%d articles", got)
	}
	k.clean()
}
