package relational

import (
	"context"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// Suggest lists names that begin with a prefix, and then, if there is room,
// names of which another word does.
func (s *Store) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	if limit <= 0 {
		limit = 10
	}
	limit = min(limit, 100)
	prefix = strings.Join(strings.Fields(folded(prefix)), " ")
	out := []query.Suggestion{}
	if prefix == "" {
		return out, nil
	}
	err := s.b.Read(ctx, func(tx Tx) error {
		out = out[:0]
		seen := make(map[string]bool)
		take := func(r Rows) error {
			var v query.Suggestion
			if err := r.Scan(&v.Actor, &v.Name, &v.Type, &v.Articles); err != nil {
				return err
			}
			if key := v.Actor + "\x00" + v.Name; !seen[key] && len(out) < limit {
				seen[key] = true
				out = append(out, v)
			}
			return nil
		}
		const actors = `SELECT c.id, c.name, c.type, c.articles FROM actor c WHERE c.id IN (SELECT n.actor FROM actor_name n WHERE %s)
			ORDER BY c.articles DESC, c.id LIMIT %d`
		// The greatest character is behind all others.
		if err := each(ctx, tx, fmt.Sprintf(actors, "n.folded >= $1 AND n.folded < $2", limit), []any{prefix, prefix + "\U0010FFFF"}, take); err != nil {
			return err
		}
		if len(out) < limit {
			if err := each(ctx, tx, fmt.Sprintf(actors, "n.folded LIKE $1 ESCAPE '~'", limit), []any{"% " + likeText(prefix) + "%"}, take); err != nil {
				return err
			}
		}
		if len(out) > 0 {
			return nil
		}
		// Nothing is settled yet: the names of single articles.
		return each(ctx, tx, fmt.Sprintf(`SELECT '', name, type, count(*) FROM (SELECT name, type FROM entity WHERE folded >= $1 AND folded < $2 LIMIT 1000) AS found
			GROUP BY name, type ORDER BY 4 DESC, name LIMIT %d`, limit), []any{prefix, prefix + "\U0010FFFF"}, take)
	})
	if err != nil {
		return nil, fmt.Errorf("suggest names: %w", err)
	}
	return out, nil
}

// searchForm is the form of what Search looks at. Articles with another are
// indexed again by Reindex.
const searchForm = 1

// Reindex indexes articles that an older version of the program kept.
func (s *Store) Reindex(ctx context.Context, limit int) (int, error) {
	done := 0
	err := s.b.Write(ctx, func(tx Tx) error {
		done = 0
		var ids []string
		err := each(ctx, tx, fmt.Sprintf("SELECT id FROM article WHERE state = 'live' AND searched IS NULL ORDER BY key LIMIT %d", limit), nil, func(r Rows) error {
			var id string
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range ids {
			h, err := s.find(ctx, tx, id)
			if err != nil {
				return err
			}
			if h.state != store.Live {
				continue
			}
			r, err := readRecord(ctx, tx, h.key, h.version)
			if err != nil {
				return fmt.Errorf("article %s: %w", id, err)
			}
			if err := s.unindexParts(ctx, tx, h); err != nil {
				return err
			}
			if err := s.indexParts(ctx, tx, h, r); err != nil {
				return fmt.Errorf("article %s: %w", id, err)
			}
			done++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("index again: %w", err)
	}
	return done, nil
}
