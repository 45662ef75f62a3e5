package query_test

import (
	"encoding/base64"
	"errors"
	"testing"
	"time"

	. "github.com/onrecord/onrecord/internal/query"
)

func TestCursor(t *testing.T) {
	q, err := Parse("type:PROTEST harbour")
	if err != nil {
		t.Fatal(err)
	}
	s := Search{Kind: Events, Query: q, Now: time.Unix(1_900_000_000, 0)}
	want := Position{After: "123456789", Total: 40, More: true, Now: 1_900_000_000}
	s.Cursor = s.Mark(want)
	if got, err := s.Find(); err != nil || got != want {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	// The number of rows on a page, and the time of day, may be others.
	later := s
	later.Limit, later.Now = 100, s.Now.Add(time.Hour)
	if _, err := later.Find(); err != nil {
		t.Error(err)
	}
	other, kind := s, s
	other.Query.Root = Not{q.Root}
	kind.Kind = Articles
	for name, s := range map[string]Search{"another query": other, "another kind": kind} {
		if _, err := s.Find(); !errors.Is(err, ErrCursor) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []string{"x", "!", "AAAAAAAAAAAAAAAAAAAA", s.Cursor[1:], s.Cursor + "A", base64.RawURLEncoding.EncodeToString(make([]byte, 400)), "' OR 1=1 --", string(make([]byte, 10_000))} {
		s := s
		s.Cursor = c
		if _, err := s.Find(); !errors.Is(err, ErrCursor) {
			t.Errorf("%.40q: %v", c, err)
		}
	}
}
