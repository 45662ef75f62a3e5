package jobs_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

// sharing is a node's part in the work on a store.
func sharing(s *postgres.Store) jobs.Sharing {
	return jobs.Sharing{
		Work: func(ctx context.Context, handlers map[string]jobs.Handler) error {
			all := make(map[string]postgres.Handler)
			for kind, h := range handlers {
				all[kind] = postgres.Handler(h)
			}
			return s.Work(ctx, postgres.WorkOptions{Handlers: all, Grace: 5 * time.Second})
		},
		Idle: func(ctx context.Context) (bool, error) {
			n, err := s.Due(ctx, time.Now().Add(2*time.Second))
			return n == 0, err
		},
	}
}

func onPostgres(t *testing.T, address string) (*postgres.Store, *kit) {
	t.Helper()
	s, err := postgres.Open(t.Context(), address, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s, newKitOn(t, s, time.Minute)
}

// Several nodes share the sources of a store: each list and each article is asked
// for once, and never two at a time of one host.
func TestShare(t *testing.T) {
	server := pgtest.Start(t)
	address, err := server.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, k := onPostgres(t, address)
	other, err := postgres.Open(t.Context(), address, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	client := fetch.New(fetch.Options{Gap: -1, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	defer client.Close()
	second := jobs.New(jobs.Options{Store: other, Archive: k.folder, Reader: k.reader, Getter: client, Readers: 2})
	var papers []*paper
	for n := range 5 {
		p := newPaper(t)
		var mu sync.Mutex
		in := 0
		p.hook = func(path string) {
			mu.Lock()
			if in++; in > 1 {
				t.Errorf("%d requests at a time", in)
			}
			mu.Unlock()
			time.Sleep(5 * time.Millisecond)
			mu.Lock()
			in--
			mu.Unlock()
		}
		for m := range 6 {
			p.article(fmt.Sprintf("/%d", m), fmt.Sprintf("Report %d of paper %d", m, n), "")
		}
		papers = append(papers, p)
		k.source(p)
	}
	papers[0].set("/3", http.StatusServiceUnavailable)
	var wg sync.WaitGroup
	wg.Go(func() { k.ok(k.pool.Share(t.Context(), sharing(s))) })
	wg.Go(func() { k.ok(second.Share(t.Context(), sharing(other))) })
	wg.Wait()
	if got := len(k.titles()); got != 29 {
		t.Errorf("%d articles", got)
	}
	for _, p := range papers {
		asked := map[string]int{}
		for _, path := range p.took() {
			asked[path]++
		}
		if len(asked) != 7 {
			t.Errorf("asked for %v", asked)
		}
		for path, n := range asked {
			if n != 1 {
				t.Errorf("%s was asked for %d times", path, n)
			}
		}
	}
	// What failed waits in the queue, and not in the list: that counts as seen.
	queue, err := s.Queue(t.Context())
	k.ok(err)
	waits := int64(0)
	for _, q := range queue {
		if q.Kind == "take" && (q.State == "scheduled" || q.State == "available") {
			waits += q.Jobs
		}
	}
	if f := k.feed(store.FeedID(papers[0].URL + "/feed")); waits != 1 || f.ETag == "" {
		t.Errorf("the queue is %+v; the source %+v", queue, f)
	}
	// All is read again, by whichever node.
	k.reader.version, k.reader.says = "2", "port"
	n, err := k.pool.ReadAgain(t.Context(), jobs.Rereading{Pipeline: newer})
	k.ok(err)
	k.ok(k.pool.Share(t.Context(), sharing(s)))
	if a := k.article(papers[1].URL + "/1"); n != 29 || a.Pipeline != newer || a.Statements != 1 {
		t.Errorf("%d read again: %+v", n, a)
	}
	k.clean()
}

// A node: this program again, told where by variables.
const nodeDir = "ONRECORD_TEST_NODE"

func runNode(ctx context.Context, dir string) error {
	s, err := postgres.Open(ctx, os.Getenv(killStore), postgres.Options{})
	if err != nil {
		return err
	}
	folder, err := archive.Open(filepath.Join(dir, "captures"), archive.Options{})
	if err != nil {
		return err
	}
	client := fetch.New(fetch.Options{Gap: -1, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	p := jobs.New(jobs.Options{Store: s, Archive: folder, Reader: &quick{delay: 20 * time.Millisecond}, Readers: 2, Getter: client})
	how := sharing(s)
	how.Idle = nil
	ctx, cancel := context.WithCancel(ctx)
	go func() { _, _ = io.ReadAll(os.Stdin); cancel() }() // closed when it is to stop
	return p.Share(ctx, how)
}

// Of two nodes one is killed in the midst of the work: the other does the rest,
// and every article is kept once.
func TestNodeKilled(t *testing.T) {
	server := pgtest.Start(t)
	address, err := server.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, k := onPostgres(t, address)
	const papers, reports = 4, 20
	requests := make(chan string, papers*(2*reports+10))
	for n := range papers {
		p := newPaper(t)
		for m := range reports {
			p.article(fmt.Sprintf("/%d", m), fmt.Sprintf("Report %d of paper %d", m, n), "")
		}
		p.hook = func(path string) { requests <- path }
		k.source(p)
	}
	self, err := os.Executable()
	k.ok(err)
	var nodes []*exec.Cmd
	var stdin []io.WriteCloser
	for range 2 {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), nodeDir+"="+k.dir, killStore+"="+address)
		cmd.Stderr = os.Stderr
		in, err := cmd.StdinPipe()
		k.ok(err)
		k.ok(cmd.Start())
		nodes, stdin = append(nodes, cmd), append(stdin, in)
	}
	for range papers * reports / 4 {
		<-requests
	}
	k.ok(nodes[0].Process.Kill())
	_ = nodes[0].Wait() // killed
	for deadline := time.Now().Add(2 * time.Minute); len(k.titles()) < papers*reports && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	k.ok(stdin[1].Close())
	k.ok(nodes[1].Wait())
	st, err := k.store.Stats(t.Context())
	k.ok(err)
	if st.Articles[store.Live] != papers*reports || st.Versions != papers*reports || st.Captures != st.Versions {
		t.Errorf("%v, %d versions, %d captures", st.Articles, st.Versions, st.Captures)
	}
	feeds, err := k.store.Feeds(t.Context())
	k.ok(err)
	for _, f := range feeds {
		if f.State != news.FeedActive || f.ETag == "" {
			t.Errorf("%+v", f)
		}
	}
	k.clean()
}
