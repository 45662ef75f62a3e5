package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// The import that is killed: this program again, told where by a variable.
const (
	killDir      = "ONRECORD_TEST_KILL"
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
	os.Exit(m.Run())
}

func importAll(ctx context.Context, dir string) error {
	s, err := sqlite.Open(ctx, filepath.Join(dir, "desk.db"), sqlite.Options{})
	if err != nil {
		return err
	}
	folder, err := archive.Open(filepath.Join(dir, "captures"), archive.Options{})
	if err != nil {
		return err
	}
	p := jobs.New(jobs.Options{Store: s, Archive: folder, Reader: &quick{delay: 2 * time.Millisecond}, Readers: 2})
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
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	killed, runs := 0, 0
	for done := false; !done; {
		runs++
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), killDir+"="+dir)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if killed < kills {
			select {
			case <-time.After(time.Duration(20+rand.IntN(300)) * time.Millisecond):
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
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "desk.db"), sqlite.Options{})
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
	t.Logf("%d kills in %d runs, %d files of captures", killed, runs, len(files))
}
