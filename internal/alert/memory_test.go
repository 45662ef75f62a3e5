package alert_test

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// memory is a store of alerts for these tests; storetest holds the suite of the
// real ones.
type memory struct {
	mu       sync.Mutex
	alerts   map[string]store.Alert
	seen     map[string]map[string]bool
	messages []store.Message

	page   query.Page
	err    error
	asked  []query.Search
	rights news.Rights
}

func newMemory() *memory {
	return &memory{alerts: map[string]store.Alert{}, seen: map[string]map[string]bool{}, rights: news.RightsFull}
}

func (m *memory) Search(_ context.Context, s query.Search) (query.Page, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked = append(m.asked, s)
	return m.page, m.err
}

func (m *memory) Feeds(context.Context) ([]news.Feed, error) {
	return []news.Feed{{ID: "f1", Rights: m.rights}}, nil
}

func (m *memory) Article(_ context.Context, id string) (store.Article, error) {
	if id == "gone" {
		return store.Article{}, store.ErrNotFound
	}
	return store.Article{ID: id, Feed: "f1"}, nil
}

func (m *memory) Alerts(context.Context) ([]store.Alert, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []store.Alert
	for _, a := range m.alerts {
		out = append(out, a)
	}
	return out, nil
}

func (m *memory) Alert(_ context.Context, id string) (store.Alert, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.alerts[id]
	if !ok {
		return a, store.ErrNotFound
	}
	return a, nil
}

func (m *memory) PutAlert(_ context.Context, a store.Alert) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.alerts[a.ID] = a
	return nil
}

func (m *memory) RemoveAlert(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.alerts, id)
	m.messages = slices.DeleteFunc(m.messages, func(v store.Message) bool { return v.Alert == id })
	return nil
}

func (m *memory) TakeAlerts(_ context.Context, now time.Time, _ int) ([]store.Alert, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []store.Alert
	for id, a := range m.alerts {
		if !a.Paused && !a.NextAt.After(now) {
			a.NextAt = now.Add(a.Every)
			m.alerts[id] = a
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) Unseen(_ context.Context, alert string, keys []string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []string
	for _, k := range keys {
		if !m.seen[alert][k] {
			out = append(out, k)
		}
	}
	return out, nil
}

func (m *memory) Looked(_ context.Context, l store.Look) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.alerts[l.Alert]
	if !ok {
		return store.ErrNotFound
	}
	if a.LastError = l.Error; l.Error == "" {
		a.LookedAt = l.At
	}
	m.alerts[l.Alert] = a
	if m.seen[l.Alert] == nil {
		m.seen[l.Alert] = map[string]bool{}
	}
	for _, k := range l.Rows {
		m.seen[l.Alert][k] = true
	}
	m.messages = append(m.messages, l.Messages...)
	return nil
}

func (m *memory) TakeMessages(_ context.Context, now time.Time, hold time.Duration, limit int) ([]store.Message, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []store.Message
	for i := range m.messages {
		if v := &m.messages[i]; !v.Dead && !v.NextAt.After(now) && len(out) < limit {
			v.NextAt, v.Tries = now.Add(hold), v.Tries+1
			out = append(out, *v)
		}
	}
	return out, nil
}

func (m *memory) Told(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.messages = slices.DeleteFunc(m.messages, func(v store.Message) bool { return v.ID == id })
	return nil
}

func (m *memory) NotTold(_ context.Context, id, why string, next time.Time, dead bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.messages {
		if m.messages[i].ID == id {
			m.messages[i].Error, m.messages[i].NextAt, m.messages[i].Dead = why, next, dead
		}
	}
	return nil
}

func (m *memory) Messages(context.Context, string, int) ([]store.Message, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.messages), nil
}
