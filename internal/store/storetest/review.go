package storetest

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/review"
	"github.com/onrecord/onrecord/internal/store"
)

// corrections are kept beside the record: a later one on the same value takes
// the place of an earlier one, a reading anew and an edit leave them, forgetting
// takes them along.
func corrections(t *testing.T, k *kit) {
	s, ok := k.s.(review.Store)
	if !ok {
		t.Fatal("the store keeps no corrections")
	}
	kept := k.keep(Delivery("A bomb killed four people.", k.at, "https://post.example/1"), Delivery("Ferries stop today.", k.at, "https://post.example/2"))
	a, b := kept[0].Article, kept[1].Article
	first := review.Correction{Article: a, Object: review.Event, Start: 2, Words: "bomb", Field: review.Type, Verdict: review.Mend, Machine: "PROTEST", Value: "ASSAULT", By: "mara", Note: "NUL \x00 and \xff", At: k.at}
	second := review.Correction{Article: a, Object: review.Statement, Start: 2, Words: "bomb", Field: review.Speaker, Verdict: review.Accept, Machine: "police", At: k.at.Add(time.Minute)}
	other := review.Correction{Article: b, Object: review.Event, Start: 0, Words: "Ferries", Verdict: review.Reject, At: k.at.Add(time.Hour)}
	for _, c := range []review.Correction{second, other, first} {
		k.ok(s.PutCorrection(k.ctx, c))
	}
	got, err := s.Corrections(k.ctx, a)
	k.ok(err)
	k.want("of one article", got, []review.Correction{first, second})
	newest, err := s.NewestCorrections(k.ctx, 2)
	k.ok(err)
	k.want("newest", newest, []review.Correction{other, second})

	changed := first
	changed.Value, changed.By, changed.At = "ACCIDENT", "oz", k.at.Add(2*time.Hour)
	k.ok(s.PutCorrection(k.ctx, changed))
	got, err = s.Corrections(k.ctx, a)
	k.ok(err)
	k.want("changed", got, []review.Correction{second, changed})

	k.ok(s.RemoveCorrection(k.ctx, second))
	k.missing("taken back twice", "it", func() error { return s.RemoveCorrection(k.ctx, second) })
	k.missing("of no article", "none", func() error {
		c := first
		c.Article = "none"
		return s.PutCorrection(k.ctx, c)
	})

	r, err := k.s.Record(k.ctx, a, 1)
	k.ok(err)
	k.ok(k.s.Reread(k.ctx, a, 1, r))
	got, err = s.Corrections(k.ctx, a)
	k.ok(err)
	k.want("after a reading anew", got, []review.Correction{changed})

	var dump bytes.Buffer
	k.ok(k.s.Dump(k.ctx, &dump))
	c := *k
	c.s = k.open()
	k.ok(c.s.Restore(k.ctx, &dump))
	restored, err := c.s.(review.Store).Corrections(k.ctx, a)
	k.ok(err)
	k.want("restored", restored, []review.Correction{changed})

	c.clean()

	erase, err := k.s.Forget(k.ctx, a, "asked for")
	k.ok(err)
	for _, f := range erase {
		k.ok(k.s.Erased(k.ctx, []string{f.ID}))
	}
	newest, err = s.NewestCorrections(k.ctx, 10)
	k.ok(err)
	k.want("after forgetting", newest, []review.Correction{other})
	if _, err := k.s.Article(k.ctx, a); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the forgotten article: %v", err)
	}
}
