// Package alert tells people and programs what is new to a saved query: by a
// webhook and by mail, at once or as a digest. What is found and what is to be told
// are kept in one step, and a message stays until it is told: whoever is told may be
// told twice, and is never passed over. (A query's feed needs nothing of this: see
// package export.)
package alert

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// Store is what alerts need of a store.
type Store interface {
	store.Alerts
	Searcher
	Sources
}

// Searcher answers queries.
type Searcher interface {
	Search(ctx context.Context, s query.Search) (query.Page, error)
}

// Options say how alerts are told.
type Options struct {
	// Base is the address of the desk, for links; "" for none.
	Base string
	// Mail is how mail is sent; alerts by mail fail where it is zero.
	Mail Mail
	// Allow are networks that webhooks may be in although they are not public.
	Allow []netip.Prefix
	// Agent is what the program calls itself to a webhook.
	Agent string
	Log   *slog.Logger     // nil for none
	Now   func() time.Time // the clock; nil is time.Now
	// Timeout bounds one try; 0 is 15 seconds.
	Timeout time.Duration
}

// Runner looks and tells. Several processes may run one on the same store.
type Runner struct {
	s Store
	o Options
	w *webhook
}

// New makes a runner.
func New(s Store, o Options) *Runner {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Timeout <= 0 {
		o.Timeout = 15 * time.Second
	}
	return &Runner{s: s, o: o, w: newWebhook(o)}
}

// The bounds of alerts.
const (
	// MaxAlerts is how many a store may have.
	MaxAlerts = 500
	// MaxRows is how many of the newest rows a look goes through. Where more are
	// new between two looks, the older of them are not told.
	MaxRows = query.MaxLimit
	// MaxEntries is how many rows a message tells in full.
	MaxEntries = 50
	// remembered is how long a row that is found no more stays known.
	remembered = 180 * 24 * time.Hour
	// AtOnce is the time between two looks of an alert that tells at once.
	AtOnce = time.Minute
)

// ErrTooMany is returned by Add where a store has MaxAlerts.
var ErrTooMany = errors.New("there are too many alerts; remove one first")

// Check says what is wrong with an alert as a user gives it.
func Check(a store.Alert) error {
	if strings.TrimSpace(a.Name) == "" || len(a.Name) > 200 {
		return errors.New("an alert needs a name of at most 200 bytes")
	}
	if _, err := query.Parse(a.Query); err != nil {
		return err
	}
	if !known(query.Kind(a.Kind)) {
		return query.ErrKind
	}
	if a.Webhook == "" && a.Mail == "" {
		return errors.New("an alert needs a webhook or an address of mail")
	}
	if a.Webhook != "" {
		u, err := url.Parse(a.Webhook)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || len(a.Webhook) > 2000 {
			return fmt.Errorf("the webhook %q is no address of the web: write https://… without a password in it", a.Webhook)
		}
	}
	if _, err := addresses(a.Mail); err != nil {
		return err
	}
	if a.Every < AtOnce || a.Every > 31*24*time.Hour {
		return errors.New("an alert looks every minute at most, and every 31 days at least")
	}
	return nil
}

func known(k query.Kind) bool {
	for _, have := range query.Kinds() {
		if k == have {
			return true
		}
	}
	return false
}

// addresses reads a list of addresses of mail.
func addresses(list string) ([]*mail.Address, error) {
	if list == "" {
		return nil, nil
	}
	all, err := mail.ParseAddressList(list)
	if err != nil || len(all) > 20 {
		return nil, fmt.Errorf("%q is no list of at most 20 addresses of mail", list)
	}
	for _, a := range all {
		if strings.ContainsAny(a.Address, "\r\n\x00") {
			return nil, fmt.Errorf("%q is no address of mail", a.Address)
		}
	}
	return all, nil
}

// Add keeps a new alert. It sets the id, the times, and the secret of the webhook
// where there is none.
func Add(ctx context.Context, s store.Alerts, a store.Alert, now time.Time) (store.Alert, error) {
	if a.Every == 0 {
		a.Every = AtOnce
	}
	if err := Check(a); err != nil {
		return a, err
	}
	all, err := s.Alerts(ctx)
	if err != nil {
		return a, err
	}
	if len(all) >= MaxAlerts {
		return a, ErrTooMany
	}
	now = now.UTC().Truncate(time.Microsecond)
	a.ID, a.AddedAt, a.NextAt, a.LookedAt = "w"+random(8), now, now, time.Time{}
	if a.Webhook != "" && a.Secret == "" {
		key := make([]byte, 24)
		_, _ = rand.Read(key) // never fails
		a.Secret = secretPrefix + base64.StdEncoding.EncodeToString(key)
	}
	if a.Secret != "" {
		if _, err := signingKey(a.Secret); err != nil {
			return a, err
		}
	}
	return a, s.PutAlert(ctx, a)
}

func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// Tally is what one run did.
type Tally struct {
	Looked, Found, Told, Failed int
}

// Run looks at the alerts that are due and tells what waits to be told. It does
// not wait for what is due later: call it every half minute or so.
func (r *Runner) Run(ctx context.Context) (Tally, error) {
	var t Tally
	for {
		due, err := r.s.TakeAlerts(ctx, r.now(), 20)
		if err != nil {
			return t, err
		}
		for _, a := range due {
			n, err := r.look(ctx, a)
			if ctx.Err() != nil {
				return t, ctx.Err()
			}
			t.Looked++
			t.Found += n
			if err != nil { // the others are looked at all the same
				r.o.Log.Warn("alert_look", "alert", a.ID, "error", err)
			}
		}
		if len(due) < 20 {
			break
		}
	}
	err := r.tell(ctx, &t)
	return t, err
}

// Every runs until the context ends.
func (r *Runner) Every(ctx context.Context, between time.Duration) {
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		if _, err := r.Run(ctx); err != nil && ctx.Err() == nil {
			r.o.Log.Warn("alert_run", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (r *Runner) now() time.Time { return r.o.Now().UTC().Truncate(time.Microsecond) }

// look asks an alert's query and keeps what is new to it. It returns how many rows
// are.
func (r *Runner) look(ctx context.Context, a store.Alert) (int, error) {
	now := r.now()
	entries, err := r.entries(ctx, a)
	if err != nil {
		if keep := r.s.Looked(ctx, store.Look{Alert: a.ID, At: now, Error: err.Error()}); keep != nil && !errors.Is(keep, store.ErrNotFound) {
			err = errors.Join(err, keep)
		}
		return 0, err
	}
	look := store.Look{Alert: a.ID, At: now, Until: now.Add(-remembered)}
	for _, e := range entries {
		look.Rows = append(look.Rows, e.key)
	}
	unseen, err := r.s.Unseen(ctx, a.ID, look.Rows)
	if err != nil {
		return 0, err
	}
	first := a.LookedAt.IsZero()
	var fresh []Entry
	isNew := map[string]bool{}
	for _, k := range unseen {
		isNew[k] = true
	}
	for _, e := range entries {
		if isNew[e.key] {
			fresh = append(fresh, e)
		}
	}
	if len(fresh) > 0 && !first {
		if look.Messages, err = r.messages(a, fresh, now); err != nil {
			return 0, err
		}
	}
	if err := r.s.Looked(ctx, look); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			return 0, nil // removed meanwhile
		}
		return 0, err
	}
	if first {
		return 0, nil
	}
	return len(fresh), nil
}

// Event is the body of a message.
type Event struct {
	Type    string    `json:"type"` // "alert.rows"
	At      time.Time `json:"timestamp"`
	Alert   Named     `json:"alert"`
	Found   int       `json:"found"`   // new rows
	Entries []Entry   `json:"entries"` // the first MaxEntries of them
	Link    string    `json:"link,omitempty"`
}

// Named is the alert of a message.
type Named struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Query string `json:"query"`
}

// The ways.
const (
	wayWebhook = "webhook"
	wayMail    = "mail"
)

func (r *Runner) messages(a store.Alert, fresh []Entry, now time.Time) ([]store.Message, error) {
	e := Event{Type: "alert.rows", At: now, Alert: Named{a.ID, a.Name, a.Kind, a.Query}, Found: len(fresh), Entries: fresh[:min(len(fresh), MaxEntries)]}
	if r.o.Base != "" {
		e.Link = strings.TrimRight(r.o.Base, "/") + "/search?" + url.Values{"q": {a.Query}, "kind": {a.Kind}}.Encode()
	}
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode the message: %w", err)
	}
	var out []store.Message
	for _, way := range []struct{ name, to string }{{wayWebhook, a.Webhook}, {wayMail, a.Mail}} {
		if way.to != "" {
			// The id is of what is told: a look that is made again tells it once.
			sum := sha256.Sum256([]byte(strings.Join([]string{a.ID, way.name, fresh[0].key, fresh[len(fresh)-1].key, fmt.Sprint(len(fresh))}, "\x00")))
			out = append(out, store.Message{ID: "m" + hex.EncodeToString(sum[:12]), Alert: a.ID, Way: way.name, Body: body, MadeAt: now, NextAt: now})
		}
	}
	return out, nil
}

// schedule is how long after a try that failed the next is made (that of Standard
// Webhooks); after the last the message is given up.
var schedule = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}

// tell tells what is due.
func (r *Runner) tell(ctx context.Context, t *Tally) error {
	for {
		const at = 10
		due, err := r.s.TakeMessages(ctx, r.now(), at*r.o.Timeout+time.Minute, at)
		if err != nil || len(due) == 0 {
			return err
		}
		for _, m := range due {
			why := r.one(ctx, m)
			if ctx.Err() != nil {
				return ctx.Err() // it is taken again when the hold has ended
			}
			if why == nil {
				t.Told++
				err = r.s.Told(ctx, m.ID)
			} else {
				t.Failed++
				err = r.failed(ctx, m, why)
			}
			if err != nil {
				return err
			}
		}
	}
}

// errGone is a receiver that wants no more messages.
var errGone = errors.New("the receiver answers 410: it wants no more messages")

func (r *Runner) failed(ctx context.Context, m store.Message, why error) error {
	dead := m.Tries > len(schedule) || errors.Is(why, errGone)
	next := r.now()
	if !dead {
		next = next.Add(schedule[max(m.Tries, 1)-1])
	}
	r.o.Log.Warn("alert_not_told", "alert", m.Alert, "way", m.Way, "try", m.Tries, "given_up", dead, "error", why)
	if errors.Is(why, errGone) {
		a, err := r.s.Alert(ctx, m.Alert)
		if err == nil {
			a.Paused, a.LastError = true, why.Error()
			err = r.s.PutAlert(ctx, a)
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	return r.s.NotTold(ctx, m.ID, why.Error(), next, dead)
}

// one tells one message.
func (r *Runner) one(ctx context.Context, m store.Message) error {
	a, err := r.s.Alert(ctx, m.Alert)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, r.o.Timeout)
	defer cancel()
	if m.Way == wayWebhook {
		return r.w.post(ctx, a, m, r.now())
	}
	return r.o.Mail.send(ctx, a, m, r.now())
}
