package postgres_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/postgres/pgtest"
)

// testSearchMany: whichever way newest_with takes, it finds the newest. There
// are 12,000 articles, with the key as the cursor; "harbour" is in all,
// "pier" in all but the newest 6,000, "crane" in every thousandth, "night
// ferry" in all of even keys and "ferry night" in all of odd ones.
func testSearchMany(t *testing.T, server *pgtest.Server) {
	const articles = 12_000
	s := open(t, database(t, server), postgres.Options{})
	for _, sql := range []string{
		`INSERT INTO article (key, id, cursor, state, version, feed, first_seen, changed, entities, statements, events)
			SELECT k, 'a' || k, k, 'live', 1, 'f' || k % 7, now(), now(), 0, 0, 0 FROM generate_series(1, 12000) AS k`,
		`INSERT INTO version (article, n, received_at, digest, text_sha256, basis, action, difference) SELECT key, 1, now(), '', '', '', 'publish', '' FROM article`,
		`INSERT INTO record (article, n, pipeline, model, codebook, read_at, body) SELECT key, 1, '', '', '', now(), '' FROM article`,
		`INSERT INTO article_text (cursor, words) SELECT key, to_tsvector('onrecord', concat_ws(' ', 'harbour',
			CASE WHEN key <= 6000 THEN 'pier' END, CASE WHEN key % 1000 = 0 THEN 'crane' END, CASE WHEN key % 2 = 0 THEN 'night ferry' ELSE 'ferry night' END)) FROM article`,
	} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	all := func(k int) bool { return true }
	for _, c := range []struct {
		words string
		has   func(k int) bool
	}{
		{"harbour", all},
		{"Harbour night", all},
		{"pier", func(k int) bool { return k <= 6000 }},
		{"cranes", func(k int) bool { return k%1000 == 0 }},
		{"pier crane", func(k int) bool { return k <= 6000 && k%1000 == 0 }},
		{"night-ferry", func(k int) bool { return k%2 == 0 }},
		{"ferry-night pier", func(k int) bool { return k%2 == 1 && k <= 6000 }},
		{"nothing", func(int) bool { return false }},
	} {
		for _, l := range []store.Listing{{}, {Before: 9000}, {Before: 5500, Limit: 7}, {Before: 1}, {Feed: "f3"}, {Feed: "f3", Before: 4000}, {Feed: "none"}, {Limit: 1000}} {
			l.Text = c.words
			limit := l.Limit
			if limit == 0 {
				limit = 20
			}
			var want []string
			for k := articles; k > 0 && len(want) < limit; k-- {
				if c.has(k) && (l.Before == 0 || int64(k) < l.Before) && (l.Feed == "" || l.Feed == fmt.Sprintf("f%d", k%7)) {
					want = append(want, fmt.Sprintf("a%d", k))
				}
			}
			list, err := s.List(t.Context(), l)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range list {
				got = append(got, a.ID)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%+v (-want +got):\n%s", l, d)
			}
		}
	}
}
