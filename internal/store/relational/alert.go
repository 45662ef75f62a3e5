package relational

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

var _ store.Alerts = (*Store)(nil)

const alertColumns = "id, name, kind, query, webhook, secret, mail, every_s, owner, added_at, paused, next_at, looked_at, last_error"

func scanAlert(r Rows) (store.Alert, error) {
	var a store.Alert
	var every int64
	err := r.Scan(&a.ID, &a.Name, &a.Kind, &a.Query, &a.Webhook, &a.Secret, &a.Mail, &every, &a.Owner, scanMoment{&a.AddedAt}, &a.Paused,
		scanMoment{&a.NextAt}, scanMoment{&a.LookedAt}, &a.LastError)
	a.Every = time.Duration(every) * time.Second
	return a, err
}

// clean is text that either store takes.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// Alerts lists the saved queries.
func (s *Store) Alerts(ctx context.Context) ([]store.Alert, error) {
	return rowsOf(ctx, s, "list the alerts", "SELECT "+alertColumns+" FROM alert ORDER BY name, id", nil, scanAlert)
}

// Alert returns one of them.
func (s *Store) Alert(ctx context.Context, id string) (store.Alert, error) {
	return rowOf(ctx, s, "alert "+id, "SELECT "+alertColumns+" FROM alert WHERE id = $1", []any{id}, scanAlert)
}

// PutAlert adds or replaces one.
func (s *Store) PutAlert(ctx context.Context, a store.Alert) error {
	return s.write(ctx, "keep the alert "+a.Name, true, "INSERT INTO alert ("+alertColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)
		ON CONFLICT (id) DO UPDATE SET name=excluded.name, kind=excluded.kind, query=excluded.query, webhook=excluded.webhook, secret=excluded.secret, mail=excluded.mail,
		every_s=excluded.every_s, owner=excluded.owner, paused=excluded.paused, next_at=excluded.next_at, looked_at=excluded.looked_at, last_error=excluded.last_error`,
		a.ID, clean(a.Name), a.Kind, clean(a.Query), a.Webhook, a.Secret, a.Mail, int64(a.Every/time.Second), a.Owner, moment(a.AddedAt), a.Paused, moment(a.NextAt), moment(a.LookedAt), clean(a.LastError))
}

// RemoveAlert removes one, with what it remembers and its messages.
func (s *Store) RemoveAlert(ctx context.Context, id string) error {
	return s.write(ctx, "remove the alert "+id, true, "DELETE FROM alert WHERE id = $1", id)
}

// TakeAlerts takes those that are due.
func (s *Store) TakeAlerts(ctx context.Context, now time.Time, limit int) ([]store.Alert, error) {
	due, err := rowsOf(ctx, s, "look for alerts that are due", "SELECT "+alertColumns+" FROM alert WHERE NOT paused AND next_at <= $1 ORDER BY next_at LIMIT $2", []any{moment(now), limit}, scanAlert)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var out []store.Alert
	err = s.b.Write(ctx, func(tx Tx) error {
		out = nil
		for _, a := range due {
			next := now.Add(max(a.Every, time.Second))
			n, err := tx.Exec(ctx, "UPDATE alert SET next_at = $1 WHERE id = $2 AND next_at = $3 AND NOT paused", moment(next), a.ID, moment(a.NextAt))
			if err != nil {
				return err
			}
			if n > 0 { // else another process has it
				a.NextAt = next
				out = append(out, a)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("take the alerts that are due: %w", err)
	}
	return out, nil
}

// Unseen are the keys that are new.
func (s *Store) Unseen(ctx context.Context, alert string, keys []string) ([]string, error) {
	known := map[string]bool{}
	err := s.b.Read(ctx, func(tx Tx) error {
		return each(ctx, tx, "SELECT row_key FROM alert_seen WHERE alert = $1", []any{alert}, func(r Rows) error {
			var k string
			err := r.Scan(&k)
			known[k] = true
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("look up what the alert %s has seen: %w", alert, err)
	}
	var out []string
	for _, k := range keys {
		if !known[k] {
			out = append(out, k)
		}
	}
	return out, nil
}

// Looked keeps what a look brought.
func (s *Store) Looked(ctx context.Context, l store.Look) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		if l.Error != "" {
			n, err := tx.Exec(ctx, "UPDATE alert SET last_error = $1 WHERE id = $2", clean(l.Error), l.Alert)
			if err == nil {
				err = notFoundUnless(n > 0)
			}
			return err
		}
		n, err := tx.Exec(ctx, "UPDATE alert SET looked_at = $1, last_error = '' WHERE id = $2", moment(l.At), l.Alert)
		if err == nil {
			err = notFoundUnless(n > 0)
		}
		if err != nil {
			return err
		}
		for _, k := range l.Rows {
			if _, err := tx.Exec(ctx, "INSERT INTO alert_seen (alert, row_key, at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING", l.Alert, k, moment(l.At)); err != nil {
				return err
			}
		}
		if err := forgetSeen(ctx, tx, l); err != nil {
			return err
		}
		for _, m := range l.Messages {
			if _, err := tx.Exec(ctx, "INSERT INTO alert_message (id, alert, way, body, made_at, next_at, tries, dead, error) VALUES ($1,$2,$3,$4,$5,$6,0,FALSE,'') ON CONFLICT DO NOTHING",
				m.ID, m.Alert, m.Way, m.Body, moment(m.MadeAt), moment(m.NextAt)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep the look at the alert %s: %w", l.Alert, err)
	}
	return nil
}

// forgetSeen drops what was found long ago and is found no more.
func forgetSeen(ctx context.Context, tx Tx, l store.Look) error {
	if l.Until.IsZero() {
		return nil
	}
	found := map[string]bool{}
	for _, k := range l.Rows {
		found[k] = true
	}
	var old []string
	err := each(ctx, tx, "SELECT row_key FROM alert_seen WHERE alert = $1 AND at < $2", []any{l.Alert, moment(l.Until)}, func(r Rows) error {
		var k string
		err := r.Scan(&k)
		if !found[k] {
			old = append(old, k)
		}
		return err
	})
	for _, k := range old {
		if err == nil {
			_, err = tx.Exec(ctx, "DELETE FROM alert_seen WHERE alert = $1 AND row_key = $2", l.Alert, k)
		}
	}
	return err
}

const messageColumns = "id, alert, way, body, made_at, next_at, tries, dead, error"

func scanMessage(r Rows) (store.Message, error) {
	var m store.Message
	err := r.Scan(&m.ID, &m.Alert, &m.Way, &m.Body, scanMoment{&m.MadeAt}, scanMoment{&m.NextAt}, &m.Tries, &m.Dead, &m.Error)
	return m, err
}

// TakeMessages takes those whose next try is due.
func (s *Store) TakeMessages(ctx context.Context, now time.Time, hold time.Duration, limit int) ([]store.Message, error) {
	due, err := rowsOf(ctx, s, "look for messages that are due", "SELECT "+messageColumns+" FROM alert_message WHERE NOT dead AND next_at <= $1 ORDER BY next_at, id LIMIT $2", []any{moment(now), limit}, scanMessage)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var out []store.Message
	err = s.b.Write(ctx, func(tx Tx) error {
		out = nil
		for _, m := range due {
			n, err := tx.Exec(ctx, "UPDATE alert_message SET next_at = $1, tries = tries + 1 WHERE id = $2 AND next_at = $3 AND NOT dead", moment(now.Add(hold)), m.ID, moment(m.NextAt))
			if err != nil {
				return err
			}
			if n > 0 { // else another process has it
				m.NextAt, m.Tries = now.Add(hold), m.Tries+1
				out = append(out, m)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("take the messages that are due: %w", err)
	}
	return out, nil
}

// Told drops a message.
func (s *Store) Told(ctx context.Context, id string) error {
	return s.write(ctx, "drop the message "+id, false, "DELETE FROM alert_message WHERE id = $1", id)
}

// NotTold keeps why a try failed.
func (s *Store) NotTold(ctx context.Context, id, why string, next time.Time, dead bool) error {
	return s.write(ctx, "keep the message "+id, false, "UPDATE alert_message SET error = $1, next_at = $2, dead = $3 WHERE id = $4", clean(why), moment(next), dead, id)
}

// Messages lists what an alert has not told.
func (s *Store) Messages(ctx context.Context, alert string, limit int) ([]store.Message, error) {
	return rowsOf(ctx, s, "list the messages of "+alert, "SELECT "+messageColumns+" FROM alert_message WHERE alert = $1 ORDER BY made_at, id LIMIT $2", []any{alert, limit}, scanMessage)
}
