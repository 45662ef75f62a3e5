// Package client asks the HTTP API of Onrecord. Its types and calls are
// generated from the API's description:
//
//	c := client.New("http://127.0.0.1:8700", client.Options{Token: token})
//	page, err := c.ListEvents(ctx, client.ListEventsOptions{Q: "type:PROTEST place:Bergen"})
//
// Offsets in answers count Unicode code points, not bytes.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

//go:generate go run ./generate ../internal/api/openapi.json generated.go

// Options of a client. The zero value will do for a server on this machine.
type Options struct {
	Token string       // of the API; "" where none is needed
	HTTP  *http.Client // nil is http.DefaultClient
}

// Client asks one server. It may be used by many goroutines at once.
type Client struct {
	base string
	o    Options
}

// New makes a client for the server at an address such as
// http://127.0.0.1:8700.
func New(base string, o Options) *Client {
	if o.HTTP == nil {
		o.HTTP = http.DefaultClient
	}
	return &Client{strings.TrimRight(base, "/"), o}
}

// Error says what is wrong, where in the query, and how to mend it.
func (p *Problem) Error() string {
	s := fmt.Sprintf("%d %s: %s", p.Status, p.Title, p.Detail)
	if p.Character != nil {
		s += fmt.Sprintf(" (character %d of the query)", *p.Character+1)
	}
	if p.Fix != "" {
		s += "; " + p.Fix
	}
	return s
}

// most is the largest answer that is read, in bytes; files are not bounded.
const most = 256 << 20

// ask sends a request and decodes the answer. Errors of the server are *Problem.
func (c *Client) ask(ctx context.Context, method, path string, q url.Values, body, to any) error {
	answer, err := c.open(ctx, method, path, q, body)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Close() }()
	b, err := io.ReadAll(io.LimitReader(answer, most+1))
	if err != nil {
		return fmt.Errorf("%s %s: read the answer: %w", method, path, err)
	}
	if len(b) > most {
		return fmt.Errorf("%s %s: the answer has more than %d bytes", method, path, most)
	}
	if err := json.Unmarshal(b, to); err != nil {
		return fmt.Errorf("%s %s: decode the answer: %w", method, path, err)
	}
	return nil
}

// open sends a request; the caller closes the answer.
func (c *Client) open(ctx context.Context, method, path string, q url.Values, body any) (io.ReadCloser, error) {
	address := c.base + path
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: encode the body: %w", method, path, err)
		}
		in = bytes.NewReader(b)
	}
	r, err := http.NewRequestWithContext(ctx, method, address, in)
	if err != nil {
		return nil, err
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.o.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.o.Token)
	}
	answer, err := c.o.HTTP.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode < 300 {
		return answer.Body, nil
	}
	defer func() { _ = answer.Body.Close() }()
	p := &Problem{Status: int64(answer.StatusCode), Title: http.StatusText(answer.StatusCode)}
	b, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err == nil {
		err = json.Unmarshal(b, p)
	}
	if err != nil { // no problem of ours: a proxy's page
		p.Detail = "the server says " + answer.Status
	}
	return nil, p
}

func set(q url.Values, name, value string) {
	if value != "" {
		q.Set(name, value)
	}
}

func setNumber(q url.Values, name string, value int64) {
	if value != 0 {
		q.Set(name, strconv.FormatInt(value, 10))
	}
}
