package client

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Stream calls f for every change after a number, as it comes (see
// LedgerChange.Seq); since -1 begins with what comes from now on. It ends with
// the context, with the first error of f, or when the server ends it; to go on,
// call it again with the last number.
func (c *Client) Stream(ctx context.Context, since int64, f func(LedgerChange) error) error {
	q := url.Values{}
	if since >= 0 {
		q.Set("since", fmt.Sprint(since))
	}
	body, err := c.open(ctx, http.MethodGet, "/v1/changes/stream", q, nil)
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var change LedgerChange
		if err := json.Unmarshal([]byte(data), &change); err != nil {
			return fmt.Errorf("decode a change: %w", err)
		}
		if err := f(change); err != nil {
			return err
		}
	}
	return lines.Err()
}
