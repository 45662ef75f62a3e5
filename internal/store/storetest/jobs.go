package storetest

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

func jobsOnce(t *testing.T, k *kit) {
	job := store.Job{Kind: "check", Args: []byte(`{"feed":"f1"}`), Lane: "post.example", Unique: "f1"}
	bad := Changes(Delivery("Bad.", k.at, "https://post.example/1"))
	bad.Entries[0].Record = nil
	bad.Jobs = []store.Job{job}
	_, err := k.s.Commit(k.ctx, bad)
	k.want("a failed commit", err != nil, true)
	k.want("its jobs", len(k.jobs()), 0)
	for range 2 {
		_, err = k.s.Commit(k.ctx, store.Changes{Jobs: []store.Job{job, job}})
		k.ok(err)
	}
	k.want("one of one name", k.jobs(), []string{`check {"feed":"f1"} lane=post.example unique=f1`})
	// The same name of another kind is another job; a later one waits until its
	// time; what has no name is added each time.
	other, later := job, job
	other.Kind = "read"
	later.Kind, later.Unique, later.At = "read", "f2", time.Date(2131, 5, 7, 9, 30, 0, 123456000, time.UTC)
	plain := store.Job{Kind: "plain", Args: []byte(`{}`)}
	_, err = k.s.Commit(k.ctx, store.Changes{Jobs: []store.Job{other, later, plain, plain}})
	k.ok(err)
	k.want("all", k.jobs(), []string{
		`check {"feed":"f1"} lane=post.example unique=f1`, `plain {} lane= unique=`, `plain {} lane= unique=`,
		`read {"feed":"f1"} lane=post.example unique=f1`, `read {"feed":"f1"} lane=post.example unique=f2 at=2131-05-07T09:30:00.123456Z`,
	})
}

func jobsHostile(t *testing.T, k *kit) {
	for i, url := range []string{"https://post.example/\x00", "\u2028 \\u0000 \\", "\ufffd", `"'$1`, "\\ud800"} {
		args, err := json.Marshal(map[string]string{"url": url})
		k.ok(err)
		unique := fmt.Sprintf("%d %s", i, url)
		for range 2 {
			_, err = k.s.Commit(k.ctx, store.Changes{Jobs: []store.Job{{Kind: "check", Args: args, Unique: unique, Lane: url}}})
			k.ok(err)
		}
		all, err := k.s.Jobs(k.ctx)
		k.ok(err)
		k.want("jobs", len(all), i+1)
		var got map[string]string
		k.ok(json.Unmarshal(all[i].Args, &got))
		k.want("url", got["url"], url)
		k.want("lane", all[i].Lane, url)
		k.want("unique", all[i].Unique, unique)
	}
}

// jobsTogether: writers add the same jobs, in either order.
func jobsTogether(t *testing.T, k *kit) {
	const writers, jobs = 8, 20
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			var c store.Changes
			for i := range jobs {
				if w%2 == 1 {
					i = jobs - 1 - i
				}
				c.Jobs = append(c.Jobs, store.Job{Kind: "check", Args: []byte(`{}`), Unique: fmt.Sprint("f", i)})
			}
			if _, err := k.s.Commit(k.ctx, c); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	k.want("jobs", len(k.jobs()), jobs)
}

// jobs lists the waiting jobs in words, sorted by kind and then in the order in
// which they were added: a store may do jobs of different kinds in any order.
func (k *kit) jobs() []string {
	k.t.Helper()
	all, err := k.s.Jobs(k.ctx)
	k.ok(err)
	var out []string
	for _, kind := range []string{"check", "plain", "read"} {
		for _, j := range all {
			if j.Kind != kind {
				continue
			}
			var args any
			k.ok(json.Unmarshal(j.Args, &args))
			plain, err := json.Marshal(args)
			k.ok(err)
			line := fmt.Sprintf("%s %s lane=%s unique=%s", j.Kind, plain, j.Lane, j.Unique)
			if j.At.Year() > 2100 {
				line += " at=" + j.At.UTC().Format(time.RFC3339Nano)
			}
			out = append(out, line)
		}
	}
	return out
}
