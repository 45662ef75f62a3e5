package jobs_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/internal/ingest/warc"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// The stories of one wire document share its capture: it is written once.
func TestSharedCapture(t *testing.T) {
	k := newKit(t)
	var all []news.Delivery
	for n := range 60 {
		d := delivery(fmt.Sprintf("urn:wire:%d", n), fmt.Sprintf("Story %d.", n), n)
		if n%20 != 0 {
			d.Capture = all[n/20*20].Capture
		} else {
			d.Capture = delivery("urn:document:"+fmt.Sprint(n), "Document.", n).Capture
		}
		all = append(all, d)
	}
	k.ok(k.pool.Keep(t.Context(), works(all...), nil))
	st, err := k.store.Stats(t.Context())
	k.ok(err)
	if st.Captures != 3 || k.records() != 3 {
		t.Errorf("%d captures, %d records", st.Captures, k.records())
	}
	k.clean()
}

// A commit that was made although its answer was lost: the capture is not taken
// for one that was written for nothing.
func TestAnswerLost(t *testing.T) {
	k := newKit(t)
	lost := false
	k.flaky.after = func() error {
		if !lost {
			lost = true
			return store.ErrAway
		}
		return nil
	}
	k.ok(k.pool.Keep(t.Context(), works(delivery("https://post.example/1", "Report.", 1)), nil))
	if got := fmt.Sprint(k.titles(), k.records()); got != "[Report.] 1" {
		t.Error(got)
	}
	k.clean()
}

// What is written and not kept leaves no copy behind.
func TestNothingIsLeftBehind(t *testing.T) {
	k := newKit(t)
	k.flaky.fail = func() error { return errors.New("not this one") }
	k.ok(k.pool.Keep(t.Context(), works(delivery("https://post.example/1", "A secret.", 1)), nil))
	k.flaky.fail = nil
	same := delivery("https://post.example/2", "Report.", 2)
	again := delivery("https://post.example/2", "Report.", 3) // found to be the same only when it is committed
	k.ok(k.pool.Keep(t.Context(), works(same, again), nil))
	if n := k.records(); n != 1 {
		t.Errorf("%d captures lie in the folder", n)
	}
	k.clean()
}

// records counts the captures in the folder.
func (k *kit) records() int {
	k.t.Helper()
	k.ok(k.folder.Sync())
	files, err := os.ReadDir(k.folder.Dir())
	k.ok(err)
	n := 0
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(k.folder.Dir(), f.Name()))
		k.ok(err)
		rd := warc.NewReader(bytes.NewReader(raw), warc.Options{})
		for {
			rec, err := rd.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			k.ok(err)
			if rec.Type == "resource" {
				n++
			}
		}
	}
	return n
}
