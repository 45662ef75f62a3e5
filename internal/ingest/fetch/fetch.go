// Package fetch asks web servers for documents, politely: it obeys robots.txt
// (RFC 9309), has one request open per host and a gap between two, waits when
// it is told to wait, and says who it is. It asks no address of a private
// network, whatever a name resolves to at the moment of the connection.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/news"
)

// Product is the name by which robots.txt speaks of this program.
const Product = "Onrecord"

// Limits of one request.
const (
	MaxRedirects = 5
	MaxBody      = 50 << 20 // bytes, decompressed, where a request names no other limit
	maxHeader    = 256 << 10
)

// Options of a Client. Of the zero value all but Contact may be left.
type Options struct {
	Version string // of the program
	// Contact is where a webmaster can complain: an address of the web or of
	// mail, or both. It is sent with every request.
	Contact string
	// Gap is the time between the end of one request to a host and the next;
	// 0 is two seconds, negative is none. A longer Crawl-delay of the host's
	// robots.txt counts above it, up to a minute.
	Gap time.Duration
	// Timeout bounds one request with its body; 0 is a minute.
	Timeout time.Duration
	// Allow are networks that may be asked although they are not public: an
	// intranet's, or the loopback for a test site.
	Allow []netip.Prefix
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	resolver *net.Resolver // of tests
}

// Client asks. It may be used by many goroutines at once; make one and keep
// it, for it is what knows when a host was asked last.
type Client struct {
	o      Options
	agent  string
	http   *http.Client
	lanes  lanes
	robots cache
}

// New makes a client.
func New(o Options) *Client {
	if o.Gap == 0 {
		o.Gap = 2 * time.Second
	}
	o.Gap = max(o.Gap, 0)
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	c := &Client{o: o, agent: agent(o.Version, o.Contact)}
	dialer := &net.Dialer{Timeout: 10 * time.Second, ControlContext: guard{o.Allow}.control, Resolver: o.resolver}
	c.http = &http.Client{
		Transport: &http.Transport{
			// No proxy: the guard would see its address in place of the server's.
			Proxy:                  nil,
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			MaxConnsPerHost:        1,
			MaxIdleConns:           100,
			IdleConnTimeout:        30 * time.Second,
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  30 * time.Second,
			MaxResponseHeaderBytes: maxHeader,
		},
		// Each hop is a request of its own, with its host's lane and rules.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.lanes.gap, c.lanes.now = o.Gap, o.Now
	return c
}

// agent is what the program calls itself: product, version, and a contact in
// the form that crawlers have for it.
func agent(version, contact string) string {
	s := Product
	if version != "" {
		s += "/" + version
	}
	contact = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '(' || r == ')' {
			return -1
		}
		return r
	}, contact)
	if contact != "" {
		s += " (news reader; +" + contact + ")"
	}
	return s
}

// Close ends the connections that are kept open.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Agent is what the client calls itself.
func (c *Client) Agent() string { return c.agent }

// Request is what is asked for.
type Request struct {
	URL    string
	Feed   string // id of the source, for the log
	Accept string // media types; "" for any
	// ETag and LastModified are those of the copy that is there.
	ETag, LastModified string
	// Limit is the most that the body may have, decompressed; 0 is MaxBody.
	Limit int64
}

// Answer is what came of a request. Header and Body are set where the outcome
// is news.FetchOK, Header with news.FetchNotModified too; with
// news.FetchTooLarge, Body is what was read of it.
type Answer struct {
	news.Fetch
	Header http.Header
	Body   []byte
}

// URL is where the body came from.
func (a *Answer) URL() string {
	if a.Final != "" {
		return a.Final
	}
	return a.Fetch.URL
}

// Get asks for a document and follows redirects. What goes wrong is told by
// the answer's outcome; the error is only that of ctx.
func (c *Client) Get(ctx context.Context, r Request) (*Answer, error) {
	a := &Answer{Fetch: news.Fetch{Feed: r.Feed, URL: r.URL, At: c.o.Now()}}
	c.follow(ctx, r, a, true)
	a.Took = c.o.Now().Sub(a.At)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("fetch %s: %w", r.URL, err)
	}
	return a, nil
}

// errEnd says how a request ended, where it did not end with a document.
type errEnd struct {
	outcome news.Outcome
	detail  string
	after   time.Duration
}

func (e *errEnd) Error() string { return e.detail }

func end(outcome news.Outcome, format string, args ...any) *errEnd {
	return &errEnd{outcome: outcome, detail: fmt.Sprintf(format, args...)}
}

// follow asks hop by hop.
func (c *Client) follow(ctx context.Context, r Request, a *Answer, ruled bool) {
	at := r.URL
	for hop := 0; ; hop++ {
		next, err := c.hop(ctx, r, at, a, ruled)
		if err != nil {
			a.Outcome, a.Detail, a.RetryAfter = err.outcome, err.detail, err.after
			return
		}
		if next == "" {
			return
		}
		if hop == MaxRedirects {
			a.Outcome, a.Detail = news.FetchFailed, fmt.Sprintf("more than %d redirects, the last to %.200s", MaxRedirects, next)
			return
		}
		at, a.Final = next, next
	}
}

// hop makes one request. It returns where to go on, "" where this was the end.
func (c *Client) hop(ctx context.Context, r Request, at string, a *Answer, ruled bool) (string, *errEnd) {
	at, err := address.Normal(at)
	if err != nil {
		return "", end(news.FetchRefused, "%.200q: %v", at, err)
	}
	u, err := url.Parse(at)
	if err != nil {
		return "", end(news.FetchRefused, "%.200q: %v", at, err)
	}
	var pause time.Duration
	if ruled {
		rules, e := c.rulesOf(ctx, u)
		if e != nil {
			return "", e
		}
		if !rules.allowed(u) {
			return "", end(news.FetchRefused, "%s does not want it fetched (robots.txt%s)", u.Host, rules.why)
		}
		pause = rules.delay
	}
	leave, e := c.lanes.enter(ctx, u.Hostname())
	if e != nil {
		return "", e
	}
	next, e := c.ask(ctx, r, u, a)
	if e != nil && e.after > 0 && e.outcome == news.FetchBusy {
		pause = max(pause, e.after)
	}
	leave(pause)
	return next, e
}

// ask makes one request of HTTP.
func (c *Client) ask(ctx context.Context, r Request, u *url.URL, a *Answer) (string, *errEnd) {
	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	a.Status = 0 // not that of the hop before
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return "", end(news.FetchRefused, "%v", err)
	}
	req.Header.Set("User-Agent", c.agent)
	if r.Accept != "" {
		req.Header.Set("Accept", r.Accept)
	}
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return "", failed(err)
	}
	defer res.Body.Close()
	a.Status = res.StatusCode
	if next, e := c.status(r, res); next != "" || e != nil {
		return next, e
	}
	a.Header = res.Header
	if res.StatusCode == http.StatusNotModified {
		a.Outcome = news.FetchNotModified
		return "", nil
	}
	if e := a.read(res, r.limit()); e != nil {
		return "", e
	}
	a.Outcome = news.FetchOK
	return "", nil
}

func (r *Request) limit() int64 {
	if r.Limit > 0 {
		return r.Limit
	}
	return MaxBody
}

// status decides by the status line whether there is a document.
func (c *Client) status(r Request, res *http.Response) (string, *errEnd) {
	code := res.StatusCode
	after := RetryAfter(res.Header, c.o.Now())
	said := fmt.Sprintf("the server says %d %s", code, http.StatusText(code))
	switch {
	case code >= 200 && code < 300:
		return "", nil
	case code == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""):
		return "", nil
	case code >= 300 && code < 400 && code != http.StatusNotModified && code != http.StatusUseProxy:
		to := res.Header.Get("Location")
		if to == "" {
			return "", end(news.FetchFailed, "%s without an address", said)
		}
		next, err := address.Resolve(res.Request.URL.String(), to)
		if err != nil {
			return "", end(news.FetchRefused, "redirected to %v", err)
		}
		return next, nil
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		return "", &errEnd{news.FetchBusy, said, after}
	case code == http.StatusNotFound:
		return "", end(news.FetchMissing, "%s", said)
	case code == http.StatusGone:
		return "", end(news.FetchGone, "%s", said)
	case code == http.StatusRequestTimeout || code == http.StatusTooEarly:
		return "", &errEnd{news.FetchFailed, said, after}
	case code >= 400 && code < 500:
		return "", end(news.FetchRefused, "%s", said)
	}
	return "", &errEnd{news.FetchFailed, said, after}
}

// read reads the body. The transport decompresses as it reads, and reading
// stops at the limit: how small the body was on the wire does not matter.
func (a *Answer) read(res *http.Response, limit int64) *errEnd {
	if e := strings.TrimSpace(res.Header.Get("Content-Encoding")); e != "" && !strings.EqualFold(e, "identity") {
		return end(news.FetchUnreadable, "compressed as %.40q, which was not asked for", e)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, limit+1))
	a.Bytes, a.Body = min(int64(len(body)), limit), body[:min(int64(len(body)), limit)]
	if int64(len(body)) > limit {
		return end(news.FetchTooLarge, "more than %d bytes", limit)
	}
	if err != nil {
		return failed(fmt.Errorf("the body ends early: %w", err))
	}
	return nil
}

// failed tells a refusal of our own from what may pass.
func failed(err error) *errEnd {
	var guarded *ForbiddenError
	if errors.As(err, &guarded) {
		return end(news.FetchRefused, "%v", guarded)
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // the address is named beside it
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return end(news.FetchFailed, "no answer in time")
	}
	return end(news.FetchFailed, "%v", err)
}
