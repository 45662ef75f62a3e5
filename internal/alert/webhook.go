package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/store"
)

// secretPrefix begins a secret in the form of Standard Webhooks; base64 follows.
const secretPrefix = "whsec_"

// signingKey is the key of a secret.
func signingKey(secret string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil || len(key) < 16 || len(key) > 64 {
		return nil, errors.New("the secret is not whsec_ and 16 to 64 bytes in base64")
	}
	return key, nil
}

// Sign is the signature of a message by Standard Webhooks
// (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := signingKey(secret)
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "%s.%d.", id, at.Unix())
	h.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

// webhook posts messages. It follows no redirect and goes to no private address
// but those that are allowed.
type webhook struct {
	agent string
	http  *http.Client
}

// maxAnswer is how much of an answer is read, so that the connection can be kept.
const maxAnswer = 4 << 10

func newWebhook(o Options) *webhook {
	dialer := &net.Dialer{Timeout: o.Timeout, ControlContext: fetch.Control(o.Allow)}
	agent := o.Agent
	if agent == "" {
		agent = fetch.Product
	}
	return &webhook{agent: agent, http: &http.Client{
		Timeout: o.Timeout,
		Transport: &http.Transport{
			Proxy:                  nil, // the guard would see its address in place of the receiver's
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			MaxConnsPerHost:        2,
			MaxIdleConns:           20,
			IdleConnTimeout:        30 * time.Second,
			TLSHandshakeTimeout:    o.Timeout,
			ResponseHeaderTimeout:  o.Timeout,
			MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// post sends a message and returns nil where the receiver took it.
func (w *webhook) post(ctx context.Context, a store.Alert, m store.Message, now time.Time) error {
	signature, err := Sign(a.Secret, m.ID, now, m.Body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.Webhook, bytes.NewReader(m.Body))
	if err != nil {
		return fmt.Errorf("make the request: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", w.agent)
	req.Header.Set("webhook-id", m.ID)
	req.Header.Set("webhook-timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("webhook-signature", signature)
	res, err := w.http.Do(req)
	if err != nil {
		return fmt.Errorf("post to the webhook: %w", err)
	}
	defer res.Body.Close()
	_, _ = io.CopyN(io.Discard, res.Body, maxAnswer) // what it says is not needed
	switch {
	case res.StatusCode >= 200 && res.StatusCode < 300:
		return nil
	case res.StatusCode == http.StatusGone:
		return errGone
	case res.StatusCode >= 300 && res.StatusCode < 400:
		return fmt.Errorf("the webhook answers %d and sends us elsewhere; give the address that it means", res.StatusCode)
	}
	return fmt.Errorf("the webhook answers %d", res.StatusCode)
}
