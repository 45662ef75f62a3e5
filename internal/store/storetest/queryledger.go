package storetest

import (
	"testing"

	"github.com/onrecord/onrecord/internal/query"
)

// queryLedger: stories, claims, figures and actors are asked for, whether there
// are any or not.
func queryLedger(t *testing.T, k *kit) {
	k.happened()
	for _, kind := range []query.Kind{query.Stories, query.Claims, query.Figures, query.Actors} {
		for _, f := range query.Fields() {
			for _, sign := range []string{"", "-", "harbour ", "type:PROTEST place:bergen or "} {
				q, err := query.Parse(sign + f.Example)
				k.ok(err)
				if _, err := k.s.Search(k.ctx, query.Search{Kind: kind, Query: q, Now: k.at}); err != nil {
					t.Errorf("%s %s: %v", kind, q, err)
				}
			}
		}
	}
}

// reindex: what was kept before there was an index is found after Reindex, and
// what was indexed stays.
func reindex(_ *testing.T, k *kit) {
	ids := k.happened()
	for _, sql := range []string{
		"DELETE FROM event_term", "DELETE FROM article_term", "DELETE FROM statement_event", "DELETE FROM statement_text", "DELETE FROM event_text",
		"DELETE FROM statement_term", "DELETE FROM article_part",
		"UPDATE article SET searched = NULL",
	} {
		k.ok(k.s.Exec(k.ctx, sql))
	}
	k.want("before", k.find(query.Articles, ids, "type:PROTEST or entity:velin"), "")
	for _, want := range []int{3, 2, 0} {
		n, err := k.s.Reindex(k.ctx, 3)
		k.ok(err)
		k.want("indexed", n, want)
	}
	k.want("after", k.find(query.Articles, ids, "type:PROTEST or entity:velin"), "5 4 3 1")
	k.want("words", k.find(query.Statements, ids, "strike"), "4")
}

func suggest(_ *testing.T, k *kit) {
	k.happened()
	names := func(prefix string, limit int) (out []string) {
		all, err := k.s.Suggest(k.ctx, prefix, limit)
		k.ok(err)
		for _, s := range all {
			out = append(out, s.Name)
		}
		return out
	}
	k.want("mara", names("MARA", 0), []string{"Mara Velin", "Mara Jensen and Olav Velin"})
	k.want("one", names("mara", 1), []string{"Mara Velin"})
	for _, nothing := range []string{"", " ", "zzz", "%", "'; DROP TABLE entity; --", "\x00", "ma_a"} {
		k.want(nothing, names(nothing, 0), []string(nil))
	}
}
