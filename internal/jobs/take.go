package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// mostTaken is how many articles one job fetches: with a gap of two seconds between
// them, some minutes of work.
const mostTaken = 50

type takeArgs struct {
	Items []news.Item `json:"items"`         // of one host
	Try   int         `json:"try,omitempty"` // how often they were asked for in vain
	Made  time.Time   `json:"made"`
}

// takes makes jobs of articles, some of one host in each.
func (p *Pool) takes(items []news.Item, try int, at time.Time) []store.Job {
	var out []store.Job
	var hosts []string
	of := make(map[string][]news.Item)
	for _, it := range items {
		h := host(it.URL)
		if of[h] == nil {
			hosts = append(hosts, h)
		}
		of[h] = append(of[h], it)
	}
	for _, h := range hosts {
		for some := range slices.Chunk(of[h], mostTaken) {
			unique := some[0].Feed + " " + some[0].URL + " " + strconv.Itoa(try)
			out = append(out, job(takeJob, takeArgs{some, try, p.o.Now()}, h, unique, at))
		}
	}
	return out
}

// take fetches and keeps articles one after the other. Those that were asked for
// since the job was made are passed over: a node that had the job may have been
// killed. Those that are to be asked again later make a new job.
func (n *node) take(ctx context.Context, j store.Job) error {
	p := n.p
	var a takeArgs
	if err := json.Unmarshal(j.Args, &a); err != nil {
		return fmt.Errorf("decode the job: %w", err)
	}
	if len(a.Items) == 0 {
		return nil
	}
	log, err := p.o.Store.Fetches(ctx, a.Items[0].Feed, remembered)
	if err != nil {
		return err
	}
	m := remember(log)
	var again []news.Item
	wait := firstRetry << min(a.Try, 10)
	var rest []store.Job
	for i, it := range a.Items {
		if n.stop.Err() != nil {
			rest = p.takes(a.Items[i:], a.Try, time.Time{})
			break
		}
		f := m[it.URL].last
		if f.At.Before(a.Made) {
			f = news.Fetch{}
			p.safely(it.URL, func() { f, err = p.take(n.stop, ctx, it) })
		}
		switch {
		case n.stop.Err() != nil && f.Outcome == "":
			rest = p.takes(a.Items[i:], a.Try, time.Time{})
		case passing(err) || ctx.Err() != nil:
			return err
		case err != nil:
			p.o.Log.Error("article_not_kept", "source", it.Feed, "url", it.URL, "error", err.Error())
		case f.Outcome.Again():
			again, wait = append(again, it), max(wait, f.RetryAfter)
		}
		err = nil
		if rest != nil {
			break
		}
	}
	if a.Try+1 < triesOfOne {
		rest = append(rest, p.takes(again, a.Try+1, p.o.Now().Add(wait))...)
	}
	if len(rest) == 0 {
		return nil
	}
	_, err = p.o.Store.Commit(ctx, store.Changes{Jobs: rest})
	return err
}
