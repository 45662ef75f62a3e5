package storetest

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

func alerts(t *testing.T, k *kit) {
	s, ok := k.s.(store.Alerts)
	if !ok {
		t.Fatal("the store keeps no alerts")
	}
	one := store.Alert{ID: "w1", Name: "Håvn \"quoted\"; DROP TABLE alert", Kind: "events", Query: `type:PROTEST "night ferry"`, Webhook: "https://hook.example/x?a=1", Secret: "whsec_x",
		Every: time.Minute, AddedAt: k.at, NextAt: k.at}
	two := store.Alert{ID: "w2", Name: "Digest", Kind: "claims", Query: "contested:yes", Mail: "mara@post.example", Every: 24 * time.Hour, Owner: "mara", AddedAt: k.at, NextAt: k.at.Add(time.Hour)}
	k.ok(s.PutAlert(k.ctx, one))
	k.ok(s.PutAlert(k.ctx, two))
	all, err := s.Alerts(k.ctx)
	k.ok(err)
	k.want("alerts by name", all, []store.Alert{two, one})
	two.Paused, two.Name = true, "Digest\x00\xff"
	k.ok(s.PutAlert(k.ctx, two))
	two.Name = "Digest\uFFFD"
	got, err := s.Alert(k.ctx, "w2")
	k.ok(err)
	k.want("a changed alert", got, two)
	k.missing("no alert", "w9", func() error { _, err := s.Alert(k.ctx, "w9"); return err })
	k.missing("no alert to remove", "w9", func() error { return s.RemoveAlert(k.ctx, "w9") })

	// What is due is taken once, however many ask at the same time.
	var mu sync.Mutex
	var wg sync.WaitGroup
	var taken []store.Alert
	for range 4 {
		wg.Go(func() {
			a, err := s.TakeAlerts(k.ctx, k.at.Add(2*time.Hour), 10)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			taken = append(taken, a...)
		})
	}
	wg.Wait()
	one.NextAt = k.at.Add(2*time.Hour + time.Minute)
	k.want("taken", taken, []store.Alert{one}) // the other is paused

	// A look is kept whole: what it saw, and what is to be told.
	message := func(n int) store.Message {
		return store.Message{ID: fmt.Sprint("m", n), Alert: "w1", Way: "webhook", Body: []byte("{\x00}"), MadeAt: k.at.Add(time.Duration(n) * time.Second), NextAt: k.at}
	}
	k.ok(s.Looked(k.ctx, store.Look{Alert: "w1", At: k.at, Rows: []string{"a", "b"}, Messages: []store.Message{message(1), message(2)}}))
	k.ok(s.Looked(k.ctx, store.Look{Alert: "w1", At: k.at, Rows: []string{"b"}, Messages: []store.Message{message(1)}})) // again
	unseen, err := s.Unseen(k.ctx, "w1", []string{"c", "a", "d", "b"})
	k.ok(err)
	k.want("unseen", unseen, []string{"c", "d"})
	unseen, err = s.Unseen(k.ctx, "w2", []string{"a"})
	k.ok(err)
	k.want("unseen by another alert", unseen, []string{"a"})
	k.ok(s.Looked(k.ctx, store.Look{Alert: "w1", At: k.at.Add(time.Hour), Rows: []string{"b", "c"}, Until: k.at.Add(time.Minute)}))
	unseen, err = s.Unseen(k.ctx, "w1", []string{"a", "b", "c"})
	k.ok(err)
	k.want("unseen after the old was forgotten", unseen, []string{"a"})
	k.ok(s.Looked(k.ctx, store.Look{Alert: "w1", At: k.at.Add(2 * time.Hour), Rows: []string{"x"}, Error: "the disk is full"}))
	got, err = s.Alert(k.ctx, "w1")
	k.ok(err)
	one.LookedAt, one.LastError = k.at.Add(time.Hour), "the disk is full"
	k.want("after a look that failed", got, one)
	k.missing("a look at no alert", "w9", func() error { return s.Looked(k.ctx, store.Look{Alert: "w9", At: k.at, Rows: []string{"a"}}) })

	// Messages are taken once each, told or kept for later.
	taking := map[string]int{}
	for range 4 {
		wg.Go(func() {
			ms, err := s.TakeMessages(k.ctx, k.at, time.Minute, 10)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			for _, m := range ms {
				taking[m.ID] += m.Tries
			}
		})
	}
	wg.Wait()
	k.want("messages taken", taking, map[string]int{"m1": 1, "m2": 1})
	k.ok(s.Told(k.ctx, "m1"))
	k.ok(s.Told(k.ctx, "m1"))
	k.ok(s.NotTold(k.ctx, "m2", "it answers 503\x00", k.at.Add(time.Hour), false))
	ms, err := s.TakeMessages(k.ctx, k.at.Add(59*time.Minute), time.Minute, 10)
	k.ok(err)
	k.want("taken too early", len(ms), 0)
	ms, err = s.TakeMessages(k.ctx, k.at.Add(time.Hour), time.Minute, 10)
	k.ok(err)
	want := message(2)
	want.NextAt, want.Tries, want.Error = k.at.Add(time.Hour+time.Minute), 2, "it answers 503"
	k.want("taken again", ms, []store.Message{want})
	k.ok(s.NotTold(k.ctx, "m2", "given up", k.at, true))
	ms, err = s.TakeMessages(k.ctx, k.at.Add(48*time.Hour), time.Minute, 10)
	k.ok(err)
	k.want("one that was given up", len(ms), 0)
	ms, err = s.Messages(k.ctx, "w1", 10)
	k.ok(err)
	k.want("left", len(ms), 1)

	// A backup has the alerts and what they have seen; what is under way is not told
	// by two stores.
	var dump bytes.Buffer
	k.ok(k.s.Dump(k.ctx, &dump))
	to := k.open()
	k.ok(to.Restore(k.ctx, &dump))
	other, ok := to.(store.Alerts)
	if !ok {
		t.Fatal("the other store keeps no alerts")
	}
	here, err := s.Alerts(k.ctx)
	k.ok(err)
	there, err := other.Alerts(k.ctx)
	k.ok(err)
	k.want("restored", there, here)
	unseen, err = other.Unseen(k.ctx, "w1", []string{"b", "z"})
	k.ok(err)
	k.want("unseen where it was restored", unseen, []string{"z"})

	k.ok(s.RemoveAlert(k.ctx, "w1"))
	ms, err = s.Messages(k.ctx, "w1", 10)
	k.ok(err)
	k.want("messages of an alert that was removed", len(ms), 0)
	k.ok(s.PutAlert(k.ctx, one))
	unseen, err = s.Unseen(k.ctx, "w1", []string{"b"})
	k.ok(err)
	k.want("what a removed alert remembered", unseen, []string{"b"})
	// So that the tables are as they were for what follows.
	k.ok(s.RemoveAlert(k.ctx, "w1"))
	k.ok(s.RemoveAlert(k.ctx, "w2"))
}
