package relational

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// lease is how long a process that settles is the only one without a word from
// it, where the store itself does not know whether it lives.
const lease = 30 * time.Second

// HoldSettling makes the caller the only one that settles.
func (s *Store) HoldSettling(ctx context.Context) (release func(), held bool, err error) {
	if s.d.Alone != nil {
		return s.d.Alone(ctx)
	}
	err = s.b.Write(ctx, func(tx Tx) error {
		n, err := tx.Exec(ctx, "UPDATE settlement SET holder = $1, until = $2 WHERE holder IS NULL OR holder = $1 OR until < $3",
			s.holder, time.Now().Add(lease).UTC(), time.Now().UTC())
		held = n > 0
		return err
	})
	if err != nil || !held {
		return nil, false, err
	}
	return func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		// Where this fails the lease runs out by itself.
		_ = s.b.Write(end, func(tx Tx) error {
			_, err := tx.Exec(end, "UPDATE settlement SET holder = NULL, until = NULL WHERE holder = $1", s.holder)
			return err
		})
	}, true, nil
}

// holderName is who settles: nobody else has the same.
func holderName() string { return rand.Text() }

// touch notes that an article is to be settled anew.
func touch(ctx context.Context, tx Tx, article string) error {
	if _, err := tx.Exec(ctx, `INSERT INTO unsettled (article, stamp, story)
		VALUES ($1, 1, (SELECT sa.story FROM story_article sa JOIN article a ON a.key = sa.article WHERE a.id = $1))
		ON CONFLICT (article) DO UPDATE SET stamp = unsettled.stamp + 1, story = coalesce(unsettled.story, excluded.story)`, article); err != nil {
		return fmt.Errorf("note what is to be settled: %w", err)
	}
	return nil
}

// Settlement is where the settling stands.
func (s *Store) Settlement(ctx context.Context) (store.Settlement, error) {
	var out store.Settlement
	err := s.b.Read(ctx, func(tx Tx) error {
		out = store.Settlement{}
		if err := row(ctx, tx, "SELECT turn FROM settlement", nil, &out.Turn); err != nil {
			return err
		}
		if err := row(ctx, tx, "SELECT count(*) FROM unsettled", nil, &out.Waiting); err != nil {
			return err
		}
		return each(ctx, tx, "SELECT n, opened, closed FROM batch ORDER BY n", nil, func(r Rows) error {
			var b store.Batch
			err := r.Scan(&b.N, scanMoment{&b.Opened}, scanMoment{&b.Closed})
			out.Batches = append(out.Batches, b)
			return err
		})
	})
	if err != nil {
		return store.Settlement{}, fmt.Errorf("read where the settling stands: %w", err)
	}
	return out, nil
}

// Unsettled lists articles that have changed since they were settled.
func (s *Store) Unsettled(ctx context.Context, limit int) ([]store.Unsettled, error) {
	var out []store.Unsettled
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return each(ctx, tx, "SELECT article, stamp, story FROM unsettled ORDER BY article LIMIT $1", []any{limit}, func(r Rows) error {
			var u store.Unsettled
			err := r.Scan(&u.Article, &u.Stamp, opt(&u.Story))
			out = append(out, u)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list what is to be settled: %w", err)
	}
	return out, nil
}

// KeptStories calls f for every story that the clustering goes on from.
func (s *Store) KeptStories(ctx context.Context, f func(key string, body []byte) error) error {
	err := s.b.Read(ctx, func(tx Tx) error {
		return each(ctx, tx, "SELECT key, body FROM story_kept ORDER BY key", nil, func(r Rows) error {
			var key string
			var body []byte
			if err := r.Scan(&key, &body); err != nil {
				return err
			}
			var raw json.RawMessage
			if err := unzip(body, &raw); err != nil {
				return err
			}
			return f(key, raw)
		})
	})
	if err != nil {
		return fmt.Errorf("read the open stories: %w", err)
	}
	return nil
}

const settledColumns = "a.id, sa.story, coalesce(o.id, a.id), sa.batch, sa.joined"
const settledTables = "story_article sa JOIN article a ON a.key = sa.article LEFT JOIN article o ON o.key = sa.origin"

func scanSettled(r Rows) (store.SettledArticle, error) {
	var a store.SettledArticle
	err := r.Scan(&a.Article, &a.Story, &a.Origin, &a.Batch, scanMoment{&a.Joined})
	return a, err
}

// BatchArticles calls f for the settled articles of a batch.
func (s *Store) BatchArticles(ctx context.Context, batch int64, f func(store.SettledArticle) error) error {
	err := s.b.Read(ctx, func(tx Tx) error {
		return each(ctx, tx, "SELECT "+settledColumns+" FROM "+settledTables+" WHERE sa.batch = $1 ORDER BY sa.article", []any{batch}, func(r Rows) error {
			a, err := scanSettled(r)
			if err != nil {
				return err
			}
			return f(a)
		})
	})
	if err != nil {
		return fmt.Errorf("articles of batch %d: %w", batch, err)
	}
	return nil
}

// Sketches returns the sketches that are kept of some articles.
func (s *Store) Sketches(ctx context.Context, ids []string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := s.b.Read(ctx, func(tx Tx) error {
		return inParts(ctx, tx, "SELECT a.id, sa.sketch FROM story_article sa JOIN article a ON a.key = sa.article WHERE a.id IN (%s) AND sa.sketch IS NOT NULL", ids, func(r Rows) error {
			var id string
			var sketch []byte
			err := r.Scan(&id, &sketch)
			out[id] = sketch
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("sketches of %d articles: %w", len(ids), err)
	}
	return out, nil
}

// StaleBlocks lists the blocks of actors of which an article was forgotten.
func (s *Store) StaleBlocks(ctx context.Context, limit int) ([]string, error) {
	return s.column(ctx, "list stale blocks", "SELECT block FROM stale_block ORDER BY block LIMIT $1", limit)
}

// SettledArticles returns those of the articles that are settled.
func (s *Store) SettledArticles(ctx context.Context, ids []string) ([]store.SettledArticle, error) {
	var out []store.SettledArticle
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return inParts(ctx, tx, "SELECT "+settledColumns+" FROM "+settledTables+" WHERE a.id IN (%s) ORDER BY sa.article", ids, func(r Rows) error {
			a, err := scanSettled(r)
			out = append(out, a)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("places of %d articles: %w", len(ids), err)
	}
	return out, nil
}

// SettledStories returns the stories of those ids or keys that are there.
func (s *Store) SettledStories(ctx context.Context, idsOrKeys []string) ([]store.SettledStory, error) {
	var out []store.SettledStory
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		at := map[string]bool{}
		for _, column := range []string{"id", "key"} {
			err := inParts(ctx, tx, "SELECT key, line, body, told FROM story WHERE "+column+" IN (%s) ORDER BY id", idsOrKeys, func(r Rows) error {
				var v store.SettledStory
				var line, body []byte
				if err := r.Scan(&v.Key, &line, &body, &v.Told); err != nil {
					return err
				}
				if err := json.Unmarshal(line, &v.Row); err != nil {
					return fmt.Errorf("decode the line of a story: %w", err)
				}
				if at[v.Row.ID] {
					return nil
				}
				at[v.Row.ID] = true
				if err := unzip(body, &v.Story); err != nil {
					return err
				}
				out = append(out, v)
				return nil
			})
			if err != nil {
				return err
			}
		}
		place := map[string]int{}
		var ids []string
		for i, v := range out {
			place[v.Story.ID] = i
			ids = append(ids, v.Story.ID)
		}
		return inParts(ctx, tx, "SELECT sa.story, a.id FROM story_article sa JOIN article a ON a.key = sa.article WHERE sa.story IN (%s) ORDER BY sa.article", ids, func(r Rows) error {
			var id, article string
			err := r.Scan(&id, &article)
			out[place[id]].Articles = append(out[place[id]].Articles, article)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read %d stories: %w", len(idsOrKeys), err)
	}
	return out, nil
}

// StoryIDs lists the ids of all stories after one.
func (s *Store) StoryIDs(ctx context.Context, after string, limit int) ([]string, error) {
	return s.column(ctx, "list stories", "SELECT id FROM story WHERE id > $1 ORDER BY id LIMIT $2", after, limit)
}

// Behind lists stories whose events and claims are made of fewer articles than
// they have.
func (s *Store) Behind(ctx context.Context, limit int) ([]string, error) {
	return s.column(ctx, "list what lags behind", "SELECT id FROM story WHERE articles <> told ORDER BY id LIMIT $1", limit)
}

func (s *Store) column(ctx context.Context, what, sql string, args ...any) ([]string, error) {
	var out []string
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return each(ctx, tx, sql, args, func(r Rows) error {
			var v string
			err := r.Scan(&v)
			out = append(out, v)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

// LedgerOf returns the events and claims of stories.
func (s *Store) LedgerOf(ctx context.Context, stories []string) (events []news.ResolvedEvent, claims []news.Claim, err error) {
	err = s.b.Read(ctx, func(tx Tx) error {
		events, claims = nil, nil
		err := inParts(ctx, tx, "SELECT body FROM resolved_event WHERE story IN (%s) ORDER BY id", stories, func(r Rows) error {
			var body []byte
			if err := r.Scan(&body); err != nil {
				return err
			}
			events = append(events, news.ResolvedEvent{})
			return unzip(body, &events[len(events)-1])
		})
		if err != nil {
			return err
		}
		return inParts(ctx, tx, "SELECT body FROM claim WHERE story IN (%s) ORDER BY id", stories, func(r Rows) error {
			var body []byte
			if err := r.Scan(&body); err != nil {
				return err
			}
			claims = append(claims, news.Claim{})
			return unzip(body, &claims[len(claims)-1])
		})
	})
	if err != nil {
		return nil, nil, fmt.Errorf("events and claims of %d stories: %w", len(stories), err)
	}
	return events, claims, nil
}

// Taken returns those of the ids that are or were given to something.
func (s *Store) Taken(ctx context.Context, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	err := s.b.Read(ctx, func(tx Tx) error {
		for _, t := range []string{"story", "resolved_event", "claim", "actor", "merged"} {
			err := inParts(ctx, tx, "SELECT id FROM "+t+" WHERE id IN (%s)", ids, func(r Rows) error {
				var id string
				err := r.Scan(&id)
				out[id] = true
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for %d ids: %w", len(ids), err)
	}
	return out, nil
}
