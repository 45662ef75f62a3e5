package fetch

import (
	"context"
	"net/url"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// How long what was learnt of a host's robots.txt counts: RFC 9309, 2.4, asks
// for no more than a day; a host that gave none is asked again sooner.
const (
	rulesLast       = 24 * time.Hour
	unreachableLast = 15 * time.Minute
	mostHosts       = 20_000
	mostRobots      = 500 << 10 // bytes read of a robots.txt; what follows does not count
	maxDelay        = time.Minute
)

// cache keeps the rules of hosts.
type cache struct {
	mu    sync.Mutex
	hosts map[string]*kept
}

// kept is what is known of one authority (scheme, host and port).
type kept struct {
	mu    sync.Mutex // held while it is fetched, so that it is once
	until time.Time
	rules *rules
	end   *errEnd // why nothing may be asked for now
}

// rulesOf returns what the authority's robots.txt says to this program. While
// the file cannot be had for a fault of the server, nothing may be asked (RFC
// 9309, 2.3.1.4): that is a failure that passes, and no refusal.
func (c *Client) rulesOf(ctx context.Context, u *url.URL) (*rules, *errEnd) {
	authority := u.Scheme + "://" + u.Host
	k := c.robots.find(authority, c.o.Now())
	k.mu.Lock()
	defer k.mu.Unlock()
	now := c.o.Now()
	if now.Before(k.until) {
		return k.rules, k.end
	}
	a := &Answer{}
	c.follow(ctx, Request{URL: authority + "/robots.txt", Accept: "text/plain,*/*;q=0.5", Limit: mostRobots}, a, false)
	if err := ctx.Err(); err != nil {
		return nil, failed(err)
	}
	k.rules, k.end = nil, nil
	last := rulesLast
	switch {
	case a.Outcome == news.FetchOK || a.Outcome == news.FetchTooLarge:
		k.rules = parseRobots(a.Body)
	case a.Outcome == news.FetchRefused && a.Status == 0:
		k.end, last = end(news.FetchRefused, "%s", a.Detail), unreachableLast // the guard's word
	case a.Status >= 400 && a.Status < 500 && a.Status != 429:
		k.rules = &rules{why: ": it has none"}
	case a.Status >= 300 && a.Status < 400:
		k.rules = &rules{why: ": it leads nowhere"} // 2.3.1.2: as if there were none
	default:
		last = max(unreachableLast, min(a.RetryAfter, rulesLast))
		k.end = end(a.Outcome, "nothing is asked of %s while its robots.txt cannot be had (%s)", u.Host, a.Detail)
		k.end.after = a.RetryAfter
	}
	k.until = now.Add(last)
	return k.rules, k.end
}

// find returns the entry of an authority. A cache that has grown too large
// loses what is out of date, and if that is not enough everything.
func (c *cache) find(authority string, now time.Time) *kept {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.hosts[authority]; k != nil {
		return k
	}
	if len(c.hosts) >= mostHosts {
		for name, k := range c.hosts {
			if k.mu.TryLock() {
				if now.After(k.until) {
					delete(c.hosts, name)
				}
				k.mu.Unlock()
			}
		}
		if len(c.hosts) >= mostHosts {
			clear(c.hosts)
		}
	}
	if c.hosts == nil {
		c.hosts = make(map[string]*kept)
	}
	k := &kept{}
	c.hosts[authority] = k
	return k
}
